//! Statements: one text for both databases, each in a registry that a test walks.
//!
//! `sql!("select … where id = $1")` is PostgreSQL's dialect with the portable subset of DESIGN's data rules; for
//! SQLite `$1` becomes `?1` and a closing `for update` is left out (its writers are alone anyway). The twin form
//! `sql! { kind: "…", lite: "…", pg: "…" }` is for the few [`KINDS`] that cannot be said once.

use std::sync::OnceLock;

use super::dialect;

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
        self.translated.get_or_init(|| dialect::statement(self.lite))
    }

    /// The text for PostgreSQL.
    pub fn pg(&self) -> &'static str {
        self.pg
    }

    /// Why it has two texts, when it has.
    pub fn kind(&self) -> Option<&'static str> {
        self.kind
    }

    /// The file it stands in: `crates/…/store.rs`.
    pub fn file(&self) -> &'static str {
        self.file
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
