//! Migrations: the tables they make, and the rules for them.
//!
//! A table of a domain crate belongs to workspaces: `workspace_id bytea not null`, first in the primary key and in
//! every unique key, so that no key of one workspace shows in another. The few that stand above workspaces say so
//! in a comment inside or right above the statement: `-- global: why`.

use super::is_of_a_domain;
use super::lexer::{Lexed, Token, lex};
use super::words::{self, TYPES};
use crate::source::{Finding, SourceFile, Sources};
use std::collections::BTreeSet;

/// Begins the comment that sets a table or a key above workspaces.
const GLOBAL: &str = "global:";

/// What the rules for statements need to know of the tables.
pub(super) struct Schema {
    global: BTreeSet<String>,
}

/// One statement of a migration.
struct Step {
    tokens: Vec<Token>,
    line: usize,
    is_global: bool,
}

impl Schema {
    /// Reads all migrations.
    pub(super) fn of(sources: &Sources) -> Self {
        let steps = sources.with_extension("sql").flat_map(steps);
        let global = steps
            .filter(|step| step.is_global)
            .filter_map(|step| step.table().map(str::to_owned));
        Self {
            global: global.collect(),
        }
    }

    /// Whether a table stands above workspaces.
    pub(super) fn is_global(&self, table: &str) -> bool {
        self.global.contains(table)
    }

    /// Breaches of the rules in all migrations.
    pub(super) fn findings(&self, sources: &Sources) -> Vec<Finding> {
        let mut findings = Vec::new();
        for file in sources.with_extension("sql") {
            let is_twin = file.name().ends_with(".lite.sql") || file.name().ends_with(".pg.sql");
            for step in steps(file) {
                let mut problems = words::problems(&step.tokens, is_twin);
                if !is_twin {
                    problems.extend(step.foreign_types());
                }
                if is_of_a_domain(file) {
                    problems.extend(self.keys_without_workspace(&step));
                }
                findings.extend(
                    problems
                        .into_iter()
                        .map(|problem| file.finding(step.line, problem)),
                );
            }
        }
        findings
    }

    fn keys_without_workspace(&self, step: &Step) -> Vec<String> {
        let is_above = step.is_global || step.indexed_table().is_some_and(|table| self.is_global(table));
        if is_above {
            return Vec::new();
        }
        let mut problems = Vec::new();
        if step.table().is_some() {
            problems.extend(step.table_without_workspace());
        }
        if step.is_unique_index() && step.keys().iter().any(|key| !leads_with_workspace(key)) {
            problems.push("a unique index begins with workspace_id".into());
        }
        problems
    }
}

/// The statements of a migration with their lines and comments.
fn steps(file: &SourceFile) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut line = 1;
    for text in statements(&file.text) {
        let Lexed { tokens, comments } = lex(text);
        let before = text.len() - text.trim_start().len();
        let first = line + text[..before].matches('\n').count();
        line += text.matches('\n').count();
        if !tokens.is_empty() {
            let is_global = comments.iter().any(|comment| {
                comment
                    .strip_prefix(GLOBAL)
                    .is_some_and(|reason| !reason.trim().is_empty())
            });
            steps.push(Step {
                tokens,
                line: first,
                is_global,
            });
        }
    }
    steps
}

/// Cuts at semicolons, but not at those in comments.
fn statements(text: &str) -> Vec<&str> {
    let mut statements = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let code = line.split("--").next().unwrap_or(line);
        for (inside, _) in code.match_indices(';') {
            statements.push(&text[start..at + inside]);
            start = at + inside + 1;
        }
        at += line.len();
    }
    statements.push(&text[start..]);
    statements
}

impl Step {
    /// The table that the statement creates.
    fn table(&self) -> Option<&str> {
        self.name_after(&["create", "table"])
    }

    fn indexed_table(&self) -> Option<&str> {
        let on = self.tokens.iter().position(|token| token.is("on"))?;
        self.tokens
            .first()?
            .is("create")
            .then(|| self.tokens.get(on + 1)?.word())?
    }

    fn is_unique_index(&self) -> bool {
        self.name_after(&["create", "unique", "index"]).is_some()
    }

    /// The name behind these words and behind `if not exists`.
    fn name_after(&self, words: &[&str]) -> Option<&str> {
        let begins = words
            .iter()
            .enumerate()
            .all(|(at, word)| self.tokens.get(at).is_some_and(|token| token.is(word)));
        let rest = self.tokens.get(words.len()..).filter(|_| begins)?;
        rest.iter()
            .filter_map(Token::word)
            .find(|word| !["if", "not", "exists"].contains(word))
    }

    /// What stands between the outermost brackets, cut at their commas.
    fn parts(&self) -> Vec<Vec<&Token>> {
        let mut parts = vec![Vec::new()];
        let mut depth = 0;
        for token in &self.tokens {
            match token {
                Token::Mark('(') => depth += 1,
                Token::Mark(')') => depth -= 1,
                _ => {}
            }
            match (token, depth) {
                (Token::Mark(','), 1) => parts.push(Vec::new()),
                (_, 0) | (Token::Mark('('), 1) => {}
                (token, _) => parts.last_mut().into_iter().for_each(|part| part.push(token)),
            }
        }
        parts
    }

    /// The parts of a `create table` that define a column.
    fn columns(&self) -> Vec<Vec<&Token>> {
        const CONSTRAINTS: &[&str] = &["primary", "foreign", "unique", "check", "constraint"];
        let is_column = |part: &Vec<&Token>| {
            let first = part.first().and_then(|token| token.word());
            first.is_some_and(|word| !CONSTRAINTS.contains(&word))
        };
        if self.table().is_none() {
            Vec::new()
        } else {
            self.parts().into_iter().filter(is_column).collect()
        }
    }

    fn foreign_types(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for column in self.columns() {
            let words: Vec<&str> = column.iter().skip(1).map_while(|token| token.word()).collect();
            let words = words.join(" ") + " ";
            let is_known = TYPES.iter().any(|name| words.starts_with(&format!("{name} ")));
            if !is_known {
                let name = column[0].word().unwrap_or_default();
                problems.push(format!("column `{name}`: the types are {}", TYPES.join(", ")));
            }
        }
        problems
    }

    fn table_without_workspace(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let has_column = self.columns().iter().any(|column| {
            let words: Vec<&str> = column.iter().filter_map(|token| token.word()).collect();
            // SQLite's word for it, in a text of its own.
            ["bytea", "blob"]
                .iter()
                .any(|word| words.starts_with(&["workspace_id", *word, "not", "null"]))
        });
        if !has_column {
            problems.push(format!(
                "a table of a domain has `workspace_id bytea not null`, or says `-- {GLOBAL} why`"
            ));
        }
        if self.keys().iter().any(|key| !leads_with_workspace(key)) {
            problems.push("every primary and unique key begins with workspace_id".into());
        }
        problems
    }

    /// The columns of each primary or unique key; a key written at its column has that column alone.
    fn keys(&self) -> Vec<Vec<&str>> {
        let mut keys = Vec::new();
        if self.is_unique_index() {
            keys.extend(self.parts().first().map(|_| {
                self.parts()
                    .iter()
                    .filter_map(|part| part.first()?.word())
                    .collect()
            }));
        }
        for part in self.parts() {
            let at = part
                .iter()
                .position(|token| token.is("unique") || token.is("primary"));
            let Some(at) = at.filter(|_| self.table().is_some()) else {
                continue;
            };
            let listed: Vec<&str> = part[at + 1..]
                .iter()
                .filter_map(|token| token.word())
                .filter(|word| *word != "key")
                .collect();
            let is_listed = part[at + 1..].iter().any(|token| **token == Token::Mark('('));
            keys.push(if is_listed {
                listed
            } else {
                part[0].word().into_iter().collect()
            });
        }
        keys
    }
}

fn leads_with_workspace(key: &[&str]) -> bool {
    key.first() == Some(&"workspace_id")
}

#[cfg(test)]
mod tests {
    use crate::excuses::Excuses;
    use crate::source::Sources;

    fn found_in(path: &str, text: &str) -> Vec<String> {
        let excuses = Excuses::parse("").unwrap();
        let report = super::super::check(&Sources::of(&[(path, text)]), &excuses);
        report.findings.iter().map(ToString::to_string).collect()
    }

    fn found(text: &str) -> Vec<String> {
        found_in("crates/desk/migrations/0001_tickets.sql", text)
    }

    const GOOD: &str = "\
-- What customers ask; one row each.
create table tickets (
    workspace_id bytea not null,
    id bytea not null,
    number bigint not null, -- people say #1042; unique in its workspace
    share double precision not null default 0.5,
    subject text not null check (subject <> ''),
    primary key (workspace_id, id),
    unique (workspace_id, number),
    foreign key (workspace_id, id) references accounts (workspace_id, id)
);
create index tickets_by_subject on tickets (workspace_id, subject);
create unique index tickets_numbers on tickets (workspace_id, number);
";

    #[test]
    fn a_table_of_a_workspace_passes() {
        assert_eq!(found(GOOD), Vec::<String>::new());
    }

    #[test]
    fn a_table_without_a_workspace_is_flagged_with_its_line() {
        let bad = "\n\ncreate table tags (id bytea not null, name text not null);";
        let found = found(bad);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("crates/desk/migrations/0001_tickets.sql:3:"),
            "{found:?}"
        );
    }

    #[test]
    fn keys_that_do_not_begin_with_the_workspace_are_flagged() {
        for (from, to) in [
            ("primary key (workspace_id, id)", "primary key (id)"),
            ("unique (workspace_id, number)", "unique (number)"),
            ("number bigint not null", "number bigint not null unique"),
            (
                "index tickets_numbers on tickets (workspace_id, number)",
                "index tickets_numbers on tickets (number)",
            ),
        ] {
            assert!(GOOD.contains(from));
            assert_eq!(found(&GOOD.replacen(from, to, 1)).len(), 1, "{to}");
        }
    }

    #[test]
    fn a_global_table_says_why() {
        let table = "create table workspaces (id bytea not null primary key);\ncreate unique index w on workspaces (id);";
        assert_eq!(
            found(&format!("-- global: a workspace is not inside one\n{table}")),
            Vec::<String>::new()
        );
        assert_eq!(found(&format!("-- global:\n{table}")).len(), 3);
    }

    #[test]
    fn kit_has_tables_of_its_own() {
        assert!(
            found_in(
                "crates/kit/src/jobs/0001.sql",
                "create table jobs (id bytea not null primary key);"
            )
            .is_empty()
        );
    }

    #[test]
    fn other_types_are_flagged_unless_the_file_is_a_twin() {
        for column in [
            "made integer",
            "made timestamptz",
            "made varchar(20)",
            "made jsonb",
            "made",
        ] {
            let text = GOOD
                .replacen("number bigint", column, 1)
                .replace("number", "made");
            assert!(!found(&text).is_empty(), "{column}");
        }
        let twin = GOOD.replacen("number bigint", "number integer", 1);
        assert!(found_in("crates/desk/migrations/0001.lite.sql", &twin).is_empty());
        assert_eq!(found(&twin).len(), 1);
    }
}
