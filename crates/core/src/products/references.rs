//! Products as the rows of files name them.

use kit::db::Tx;
use kit::text::fold;

use super::{Product, ProductError};
use crate::actor::Actor;
use crate::imports::target::{self, Refusal, RowError, Values};

/// The product that a field names, where it names one.
///
/// # Errors
/// A refusal when there is none of this name; the database's.
pub(crate) fn named_in(
    tx: &mut Tx<'_>,
    actor: &Actor,
    values: &Values,
    field: &str,
) -> Result<Option<Product>, RowError> {
    let Some(written) = values.get(field) else {
        return Ok(None);
    };
    let all = match super::all(tx, actor) {
        Ok(all) => all,
        Err(ProductError::Db(error)) => return Err(error.into()),
        Err(_) => Vec::new(),
    };
    let folded = fold(written);
    let near = |product: &&Product| {
        let known = fold(&product.name);
        known.starts_with(&folded) || folded.starts_with(&known)
    };
    let perhaps = all.iter().find(near).map(|product| product.name.clone());
    let found = all.into_iter().find(|product| fold(&product.name) == folded);
    let refusal = || {
        Refusal::of(target::NOT_THERE)
            .field(field)
            .about(written.chars().take(80).collect::<String>())
            .instead(perhaps.unwrap_or_default())
    };
    Ok(Some(found.ok_or_else(refusal)?))
}
