//! What a session runs: a statement of the registry, or one made while the program runs.

use super::sql::Sql;

/// A statement on its way to a session.
#[derive(Clone, Copy, Debug)]
pub(super) enum Query<'q> {
    /// From the registry.
    Registered(&'static Sql),
    /// Made by the catalogue, in words that both databases take; parameters as `?1` would not be.
    Made(&'q str),
}

impl Query<'_> {
    /// The text for SQLite.
    pub(super) fn lite(&self) -> &str {
        match self {
            Self::Registered(sql) => sql.lite(),
            Self::Made(text) => text,
        }
    }

    /// The text for PostgreSQL.
    pub(super) fn pg(&self) -> &str {
        match self {
            Self::Registered(sql) => sql.pg(),
            Self::Made(text) => text,
        }
    }

    /// Where it stands in the source; what logs and errors show instead of its text.
    pub(super) fn place(&self) -> String {
        match self {
            Self::Registered(sql) => sql.place(),
            Self::Made(_) => "a statement of the catalogue".to_owned(),
        }
    }
}
