//! What a database says about a statement without running it, for the test that prepares every one of them.

use super::catalog::Kind;
use super::error::DbError;
use super::handle::Db;
use super::sql::Sql;

/// A prepared statement's shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// How many parameters it takes.
    pub parameters: usize,
    /// Its columns, in their order.
    pub columns: Vec<DescribedColumn>,
}

/// A column of a prepared statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescribedColumn {
    /// Its name.
    pub name: String,
    /// The type by the database's own word; SQLite tells it only for columns that are a table's.
    pub word: Option<String>,
}

impl DescribedColumn {
    /// The type, if it is told and one of ours.
    pub fn kind(&self) -> Option<Kind> {
        self.word.as_deref().and_then(Kind::from_name)
    }
}

impl Db {
    /// Prepares `statements`, each by itself.
    ///
    /// # Errors
    /// [`DbError`] when there is no connection; what is wrong with a statement stands in its place.
    #[doc(hidden)]
    pub async fn describe(
        &self,
        statements: Vec<&'static Sql>,
    ) -> Result<Vec<Result<Described, DbError>>, DbError> {
        self.snapshot(move |tx| {
            Ok(statements
                .iter()
                .map(|sql| tx.attempt(|tx| tx.describe(sql)))
                .collect())
        })
        .await
    }
}
