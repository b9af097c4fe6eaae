//! What a product is.

use kit::db::DbError;

use super::ProductId;
use crate::actor::Forbidden;

/// What the company sells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Its name.
    pub name: String,
    /// Grows by one with every change.
    pub version: i64,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProductError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or longer than 100 characters.
    #[error("a name has 1 to 100 characters")]
    BadName,
    /// Another product has this name.
    #[error("another product has this name")]
    NameTaken,
    /// There is no such product here.
    #[error("there is no such product")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the product meanwhile")]
    Stale(Box<Product>),
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for ProductError {
    fn from(error: DbError) -> Self {
        match &error {
            DbError::Unique { table, .. } if table == "products" => Self::NameTaken,
            _ => Self::Db(error),
        }
    }
}

/// The name as it is stored.
pub(super) fn checked(name: &str) -> Result<String, ProductError> {
    let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(ProductError::BadName);
    }
    Ok(name)
}
