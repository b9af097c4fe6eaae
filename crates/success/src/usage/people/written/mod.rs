//! How names are written, and how they are searched: folded in the same way on both databases. What is written folded already is not
//! kept twice.

mod store;

use kit::db::{DbError, Tx};
use kit::text::fold;
use tandem_core::workspaces::WorkspaceId;

pub(super) use store::{forget, insert, set_titles};

/// How many names are folded at once that were written before anybody did.
const PART: i64 = 2_000;

/// What is kept beside a text to search it: its folded form, empty where that is the text.
fn folded(text: &str) -> String {
    let folded = fold(text);
    match folded == text {
        true => String::new(),
        false => folded,
    }
}

/// Folds some names that were written before names were folded; whether there may be more.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn fold_some(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    let some = store::unfolded(tx, workspace, PART)?;
    store::set_folded(tx, workspace, &some)?;
    Ok(i64::try_from(some.len()).is_ok_and(|some| some == PART))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_folded_already_is_not_kept_twice() {
        let folded = super::folded;
        assert_eq!(
            (folded("u-1"), folded("Łódź Freight"), folded("")),
            (String::new(), "łódź freight".to_owned(), String::new())
        );
    }
}
