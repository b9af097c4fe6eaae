//! Whether files may come: decided before the first of them is stored, for whoever sends, whatever becomes of the form.

use std::time::Duration;

use kit::db::{Db, DbError};
use tandem_core::doors::tries::{self, Verdict};

use super::sending::HOUR;
use super::{Opened, proof, store};

/// Why nothing is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// What was sent is not as it has to be: the key of a sentence.
    Said(&'static str),
    /// The source or the address sent too often, and waits so long.
    Often(Duration),
    /// The form takes no more in this hour.
    Busy,
}

/// How files may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admission {
    /// They are stored: the source was counted, and the stamp is spent.
    Free,
    /// They are here already: the form was sent before, with this stamp.
    Known,
}

/// Counts the source and spends the stamp, if files may come.
///
/// # Errors
/// The database's.
pub(super) async fn admit(
    db: &Db,
    opened: &Opened,
    source: &str,
    stamp: &str,
) -> Result<Result<Admission, Trouble>, DbError> {
    let (workspace, form, per_hour) = (opened.workspace.id, opened.form.id, opened.form.text.per_hour);
    let (source, stamp) = (source.to_owned(), stamp.to_owned());
    db.write(move |tx| {
        if store::of_stamp(tx, workspace, form, &stamp)?.is_some() {
            return Ok(Ok(Admission::Known));
        }
        let now = tx.now();
        if store::count(tx, workspace, form, now.minus(HOUR))? >= per_hour {
            return Ok(Err(Trouble::Busy));
        }
        if let Verdict::Wait(time) = tries::count(tx, &[(tries::FORM, source.as_str())])? {
            return Ok(Err(Trouble::Often(time)));
        }
        let is_new = store::spend(tx, workspace, form, (&stamp, proof::oldest(now)))?;
        Ok(if is_new {
            Ok(Admission::Free)
        } else {
            Err(Trouble::Said("forms-failure-stamp"))
        })
    })
    .await
}

/// Counts a form that is good against its source, unless its files were, and its address.
///
/// # Errors
/// The database's.
pub(super) async fn limited(
    db: &Db,
    source: &str,
    address: &str,
    admission: Option<Admission>,
) -> Result<Option<Trouble>, DbError> {
    let (source, address) = (source.to_owned(), kit::text::fold(address));
    let verdict = db
        .write(move |tx| {
            let mut keys = vec![(tries::FORM_ADDRESS, address.as_str())];
            if admission != Some(Admission::Free) {
                keys.push((tries::FORM, source.as_str()));
            }
            tries::count(tx, &keys)
        })
        .await?;
    Ok(match verdict {
        Verdict::Free => None,
        Verdict::Wait(time) => Some(Trouble::Often(time)),
    })
}
