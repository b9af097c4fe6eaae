//! One `sql!` in the source: its text or its two texts, and the rules for statements.

use super::lexer::{Lexed, Token, lex};
use super::schema::Schema;
use super::{is_of_a_domain, words};
use crate::excuses::Excuses;
use crate::source::{Finding, SourceFile};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;

/// Why a statement may have a text for each database. A further kind needs a decision record.
const KINDS: &[&str] = &["list of values", "claiming a job", "bulk load", "percentiles"];
/// The database layer's own questions about tables and constraints.
const KIND_OF_THE_LAYER: &str = "catalogue";
const LAYER: &str = "crates/kit/src/db/";

/// A statement as written at its call.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// One text for both databases.
    Single(String),
    /// A text for each, and why.
    Twin { kind: String, lite: String, pg: String },
}

impl Statement {
    /// Reads what stands between the delimiters of `sql!`.
    pub(super) fn parse(body: TokenStream) -> Result<Self, String> {
        let tokens: Vec<TokenTree> = body.into_iter().collect();
        if let [TokenTree::Literal(text)] = tokens.as_slice() {
            return Ok(Self::Single(text_of(text)?));
        }
        let fields = fields(&tokens)?;
        let field = |name: &str| {
            let found = fields
                .iter()
                .find(|(own, _)| own == name)
                .map(|(_, text)| text.clone());
            found.ok_or_else(|| {
                format!("`sql!` takes one text, or `kind`, `lite` and `pg`: there is no `{name}`")
            })
        };
        Ok(Self::Twin {
            kind: field("kind")?,
            lite: field("lite")?,
            pg: field("pg")?,
        })
    }

    /// Breaches of the rules in this statement.
    pub(super) fn findings(
        &self,
        file: &SourceFile,
        line: usize,
        schema: &Schema,
        excuses: &Excuses,
    ) -> Vec<Finding> {
        let mut problems = match self {
            Self::Single(text) => problems(text, false),
            Self::Twin { lite, pg, .. } => [problems(lite, true), problems(pg, true)].concat(),
        };
        problems.extend(self.foreign_kind(file));
        for text in self.texts() {
            let is_bound = !is_of_a_domain(file) || is_bound_to_a_workspace(text, schema);
            if !is_bound && !excuses.statement(&file.path, text) {
                problems.push("the statement names no workspace_id".into());
            }
        }
        let distinct: BTreeSet<String> = problems.into_iter().collect();
        distinct
            .into_iter()
            .map(|problem| file.finding(line, problem))
            .collect()
    }

    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Single(text) => vec![text],
            Self::Twin { lite, pg, .. } => vec![lite, pg],
        }
    }

    fn foreign_kind(&self, file: &SourceFile) -> Option<String> {
        let Self::Twin { kind, .. } = self else {
            return None;
        };
        let is_of_the_layer = kind == KIND_OF_THE_LAYER && file.path.starts_with(LAYER);
        let is_known = KINDS.contains(&kind.as_str()) || is_of_the_layer;
        (!is_known).then(|| format!("two texts are for {}, not for `{kind}`", KINDS.join(", ")))
    }
}

/// `kind: "…", lite: "…", pg: "…"`, in any order.
fn fields(tokens: &[TokenTree]) -> Result<Vec<(String, String)>, String> {
    let mut fields = Vec::new();
    for field in tokens
        .split(|token| crate::tokens::is_punct(token, ','))
        .filter(|field| !field.is_empty())
    {
        match field {
            [TokenTree::Ident(name), colon, TokenTree::Literal(text)]
                if crate::tokens::is_punct(colon, ':') =>
            {
                fields.push((name.to_string(), text_of(text)?));
            }
            _ => return Err("`sql!` takes texts written out, so that they can be read here".into()),
        }
    }
    Ok(fields)
}

fn text_of(literal: &proc_macro2::Literal) -> Result<String, String> {
    let text: syn::LitStr =
        syn::parse_str(&literal.to_string()).map_err(|_| "`sql!` takes a text".to_owned())?;
    Ok(text.value())
}

fn problems(text: &str, is_twin: bool) -> Vec<String> {
    let Lexed { tokens, .. } = lex(text);
    let mut problems = words::problems(&tokens, is_twin);
    problems.extend(unnamed_columns(&tokens));
    problems.extend(gap_in_parameters(&tokens));
    problems
}

fn unnamed_columns(tokens: &[Token]) -> Option<String> {
    for (at, token) in tokens.iter().enumerate().skip(1) {
        let before = &tokens[at - 1];
        let is_after_a_list_start = ["select", "distinct", "returning"]
            .iter()
            .any(|word| before.is(word))
            || matches!(before, Token::Mark(',' | '.'));
        if *token == Token::Mark('*') && is_after_a_list_start {
            return Some("name the columns instead of `*`".into());
        }
        let is_table = at >= 2 && tokens[at - 2].is("into");
        if is_table && (token.is("values") || token.is("select")) {
            return Some("name the columns of the `insert`".into());
        }
    }
    None
}

fn gap_in_parameters(tokens: &[Token]) -> Option<String> {
    let used: BTreeSet<usize> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Placeholder(number) => Some(*number),
            _ => None,
        })
        .collect();
    let missing = (1..=used.last().copied().unwrap_or(0)).find(|number| !used.contains(number));
    missing.map(|number| format!("the parameters are counted from $1 without a gap: there is no ${number}"))
}

/// A statement on tables of a workspace must say which workspace.
fn is_bound_to_a_workspace(text: &str, schema: &Schema) -> bool {
    let Lexed { tokens, .. } = lex(text);
    let names_it = tokens.iter().any(|token| token.is("workspace_id"));
    names_it || tables(&tokens).iter().all(|table| schema.is_global(table))
}

/// The names behind `from`, `join`, `into` and `update`.
fn tables(tokens: &[Token]) -> Vec<&str> {
    let pairs = tokens.windows(2);
    let tables = pairs.filter(|pair| {
        ["from", "join", "into", "update"]
            .iter()
            .any(|word| pair[0].is(word))
    });
    tables
        .filter_map(|pair| pair[1].word())
        .filter(|name| !["set", "select"].contains(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::excuses::Excuses;
    use crate::source::Sources;

    fn found_in(path: &str, call: &str) -> Vec<String> {
        let text = format!("fn a() {{ tx.rows({call}) }}");
        let schema = "-- global: a workspace is not inside one\ncreate table workspaces (id bytea not null primary key);";
        let sources = Sources::of(&[(path, &text), ("crates/core/migrations/0001.sql", schema)]);
        let excuses = Excuses::parse("").unwrap();
        super::super::check(&sources, &excuses)
            .findings
            .iter()
            .map(|finding| finding.message.clone())
            .collect()
    }

    fn found(call: &str) -> Vec<String> {
        found_in("crates/desk/src/tickets/store.rs", call)
    }

    #[test]
    fn a_good_statement_passes() {
        let call = "sql!(\"select id, count(*) as n from tickets where workspace_id = $1 group by id\")";
        assert_eq!(found(call), Vec::<String>::new());
    }

    #[test]
    fn a_text_may_span_lines_or_be_raw() {
        assert!(found("sql!(r#\"select id\n from t\n where workspace_id = $1\"#)").is_empty());
        assert_eq!(
            found("sql!(r#\"select id\n from t\n offset 3 where workspace_id = $1\"#)").len(),
            1
        );
    }

    #[test]
    fn a_star_is_flagged_and_a_product_is_not() {
        assert_eq!(
            found("sql!(\"select * from t where workspace_id = $1\")").len(),
            1
        );
        assert_eq!(
            found("sql!(\"select t.* from t where workspace_id = $1\")").len(),
            1
        );
        assert_eq!(
            found("sql!(\"delete from t where workspace_id = $1 returning *\")").len(),
            1
        );
        assert_eq!(
            found("sql!(\"insert into t values ($1) -- workspace_id\")").len(),
            2
        );
        assert!(found("sql!(\"select a * b as c from t where workspace_id = $1\")").is_empty());
    }

    #[test]
    fn a_gap_in_the_parameters_is_flagged() {
        assert_eq!(
            found("sql!(\"select a from t where workspace_id = $1 and a = $3\")").len(),
            1
        );
    }

    #[test]
    fn a_twin_needs_a_kind_of_the_list() {
        let twin = |kind| {
            format!(
                "sql! {{ kind: \"{kind}\", lite: \"select a from t where workspace_id = $1\", pg: \"select a from t where workspace_id = $1 and a = any($2)\" }}"
            )
        };
        assert!(found(&twin("list of values")).is_empty());
        assert_eq!(found(&twin("faster")).len(), 1);
        assert_eq!(found(&twin("catalogue")).len(), 1);
        assert!(found_in("crates/kit/src/db/migrate.rs", &twin("catalogue")).is_empty());
        assert_eq!(
            found("sql! { lite: \"select a from t\", pg: \"select a from t\" }").len(),
            1
        );
    }

    #[test]
    fn a_text_that_is_put_together_is_flagged() {
        assert_eq!(found("sql!(concat!(\"select \", \"a\"))").len(), 1);
        assert_eq!(found("sql!(TEXT)").len(), 1);
    }

    #[test]
    fn a_domain_statement_names_its_workspace_unless_all_its_tables_are_global() {
        assert_eq!(
            found("sql!(\"select subject from tickets where id = $1\")").len(),
            1
        );
        assert_eq!(found("sql!(\"update tickets set subject = $1\")").len(), 1);
        assert!(found("sql!(\"select id from workspaces where id = $1\")").is_empty());
        assert!(
            found_in(
                "crates/kit/src/jobs/store.rs",
                "sql!(\"select id from jobs where id = $1\")"
            )
            .is_empty()
        );
    }

    #[test]
    fn an_excuse_frees_one_statement() {
        let text = "fn a() { sql!(\"select id from tickets where due_at < $1\"); }";
        let path = "crates/desk/src/tickets/store.rs";
        let excuses = format!(
            "[[statement]]\npath = \"{path}\"\ntext = \"where due_at < $1\"\nreason = \"all clocks\"\n"
        );
        let excuses = Excuses::parse(&excuses).unwrap();
        assert!(
            super::super::check(&Sources::of(&[(path, text)]), &excuses)
                .findings
                .is_empty()
        );
        assert!(excuses.unused(&["statement"]).is_empty());
    }
}
