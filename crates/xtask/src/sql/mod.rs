//! House rules for SQL: one text that means the same on SQLite and on PostgreSQL, bound to a workspace.
//!
//! A test of `kit::db` prepares every statement on both databases, so these rules look for what both databases
//! accept and understand differently, and for what the house does not want: a clock, randomness or paging of the
//! database's own, and rows without a workspace.

mod lexer;
mod schema;
mod statements;
mod words;

use crate::excuses::Excuses;
use crate::rules::Report;
use crate::source::{SourceFile, Sources};
use crate::tokens;
use proc_macro2::TokenStream;
use schema::Schema;
use statements::Statement;

/// The crates whose tables belong to workspaces.
const DOMAIN_CRATES: &[&str] = &["core", "desk", "success"];

/// Reads every `sql!` and every migration.
pub(crate) fn check(sources: &Sources, excuses: &Excuses) -> Report {
    let schema = Schema::of(sources);
    let mut findings = schema.findings(sources);
    let mut count = 0;
    for file in sources.with_extension("rs").filter(|file| has_product_sql(file)) {
        let calls = tokens::outside_tests(file).map(|tokens| tokens::macro_calls(tokens, "sql"));
        for call in calls
            .unwrap_or_default()
            .into_iter()
            .filter(|call| !is_the_macro_itself(&call.body))
        {
            count += 1;
            match Statement::parse(call.body) {
                Ok(statement) => findings.extend(statement.findings(file, call.line, &schema, excuses)),
                Err(problem) => findings.push(file.finding(call.line, problem)),
            }
        }
    }
    let migrations = sources.with_extension("sql").count();
    Report {
        findings,
        summary: format!("{count} statements, {migrations} migrations"),
    }
}

fn has_product_sql(file: &SourceFile) -> bool {
    !file.is_test() && !file.is_example() && !matches!(file.crate_folder(), Some("testkit" | "xtask"))
}

/// `sql!(@register …)` stands in the macro's own definition.
fn is_the_macro_itself(body: &TokenStream) -> bool {
    body.clone()
        .into_iter()
        .next()
        .is_some_and(|token| tokens::is_punct(&token, '@'))
}

fn is_of_a_domain(file: &SourceFile) -> bool {
    file.crate_folder()
        .is_some_and(|folder| DOMAIN_CRATES.contains(&folder))
}
