//! Statements: one text for both databases, each in a registry that a test walks.
//!
//! `sql!("select … where id = $1")` is PostgreSQL's dialect with the portable subset of DESIGN's data rules; for
//! SQLite `$1` becomes `?1` and a closing `for update` is left out (its writers are alone anyway). The twin form
//! `sql! { kind: "…", lite: "…", pg: "…" }` is for the few [`KINDS`] that cannot be said once.

use std::sync::OnceLock;

/// Why a statement may have two texts.
pub const KINDS: [&str; 5] = [
    "list of values",
    "claiming a job",
    "bulk load",
    "percentiles",
    "catalogue",
];

/// A statement known to the registry.
#[derive(Debug)]
pub struct Sql {
    lite: &'static str,
    pg: &'static str,
    file: &'static str,
    line: u32,
    kind: Option<&'static str>,
    translated: OnceLock<String>,
}

impl Sql {
    /// A statement with a text for each database; made by [`sql!`](crate::sql!).
    pub const fn new(
        kind: Option<&'static str>,
        lite: &'static str,
        pg: &'static str,
        file: &'static str,
        line: u32,
    ) -> Self {
        Self {
            lite,
            pg,
            file,
            line,
            kind,
            translated: OnceLock::new(),
        }
    }

    /// The text for SQLite.
    pub fn lite(&self) -> &str {
        self.translated.get_or_init(|| for_sqlite(self.lite))
    }

    /// The text for PostgreSQL.
    pub fn pg(&self) -> &'static str {
        self.pg
    }

    /// Why it has two texts, when it has.
    pub fn kind(&self) -> Option<&'static str> {
        self.kind
    }

    /// Where it stands: `crates/…/store.rs:12`. What logs and errors show instead of its text.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

/// A statement of the registry; submitted by [`sql!`](crate::sql!).
#[derive(Debug)]
pub struct Registered(pub &'static Sql);

inventory::collect!(Registered);

/// Every statement linked into this program.
pub fn registry() -> impl Iterator<Item = &'static Sql> {
    inventory::iter::<Registered>
        .into_iter()
        .map(|registered| registered.0)
}

/// A statement: see the [module](crate::db::sql).
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $crate::sql!(@register None, $text, $text)
    };
    (kind: $kind:literal, lite: $lite:literal, pg: $pg:literal $(,)?) => {
        $crate::sql!(@register Some($kind), $lite, $pg)
    };
    (@register $kind:expr, $lite:literal, $pg:literal) => {{
        static SQL: $crate::db::sql::Sql = $crate::db::sql::Sql::new($kind, $lite, $pg, file!(), line!());
        $crate::inventory::submit! { $crate::db::sql::Registered(&SQL) }
        &SQL
    }};
}

/// `$n` as `?n` and without a closing `for update`.
fn for_sqlite(text: &str) -> String {
    let kept = text.trim_end();
    let kept = kept.strip_suffix("for update").unwrap_or(kept);
    let mut out = String::with_capacity(kept.len());
    let mut rest = kept.chars().peekable();
    while let Some(c) = rest.next() {
        let is_parameter = c == '$' && rest.peek().is_some_and(char::is_ascii_digit);
        out.push(if is_parameter { '?' } else { c });
    }
    out
}

/// The text of a migration for SQLite: its column types by SQLite's names, its tables strict.
pub fn schema_for_sqlite(text: &str) -> String {
    let mut out = text.to_owned();
    for (theirs, ours) in [
        (" double precision", " real"),
        (" bytea", " blob"),
        (" bigint", " integer"),
        (" boolean", " int"),
    ] {
        out = out.replace(theirs, ours);
    }
    strict(&out)
}

/// Ends each `create table … );` with `strict`.
fn strict(text: &str) -> String {
    text.split_inclusive(';')
        .map(|statement| {
            let is_table = statement
                .lines()
                .any(|line| line.trim_start().starts_with("create table"));
            match statement.strip_suffix(");") {
                Some(body) if is_table => format!("{body}) strict;"),
                _ => statement.to_owned(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_the_same_whatever_their_order() {
        assert_eq!(
            for_sqlite("select a from t where b = $2 and c = $1"),
            "select a from t where b = ?2 and c = ?1"
        );
        assert_eq!(
            for_sqlite("select '$' from t where a = $1\n for update\n"),
            "select '$' from t where a = ?1\n "
        );
    }

    #[test]
    fn tables_are_strict_and_typed_by_sqlites_names() {
        let text = "create table t (\n  id bytea not null,\n  n bigint,\n  x double precision,\n  primary key (id)\n);\ncreate index i on t (n);";
        let lite = schema_for_sqlite(text);
        assert!(
            lite.contains("id blob not null") && lite.contains("x real"),
            "{lite}"
        );
        assert!(
            lite.contains("\n) strict;") && lite.ends_with("on t (n);"),
            "{lite}"
        );
    }
}
