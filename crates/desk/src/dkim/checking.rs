//! Whether the record of a key stands in the DNS, and what follows from it.

use kit::db::{Db, Tx};
use mail::dkim::Published;
use tandem_core::actor::Actor;
use tandem_core::audit::Act;
use tandem_core::permissions::Permission;

use super::{DkimKey, DkimKeyError, DkimKeyId, Stage, known, note, replace_others, store};
use crate::mails::MailChecker;

/// Asks the DNS for the record of a key, now, and settles what follows.
///
/// # Errors
/// [`DkimKeyError::Unknown`], a missing permission, or the database's.
pub async fn check(db: &Db, actor: &Actor, id: DkimKeyId) -> Result<DkimKey, DkimKeyError> {
    actor.must(Permission::MailboxesWrite)?;
    let reader = actor.clone();
    let key = db.read(move |tx| known(tx, &reader, id)).await?;
    let verdict = match db.attached::<MailChecker>() {
        Some(checker) => checker.checker().published(&key.name(), &key.record).await,
        None => Published::NoAnswer,
    };
    let writer = actor.clone();
    db.write(move |tx| settle(tx, &writer, id, verdict)).await
}

/// Takes down what the DNS says of a key: whose record is seen signs from now on, and what signed before it in the same way
/// is retired; whose record is gone signs no more. A retired key stays so.
///
/// # Errors
/// As of [`check`].
pub fn settle(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: DkimKeyId,
    verdict: Published,
) -> Result<DkimKey, DkimKeyError> {
    actor.must(Permission::MailboxesWrite)?;
    let mut key = known(tx, actor, id)?;
    let before = key.stage();
    key.meet(verdict, tx.now());
    store::update(tx, actor.workspace, &key)?;
    match (before, key.stage()) {
        (Stage::Waiting, Stage::Signing) => {
            note(tx, actor, Act::DkimKeySigns, &key)?;
            replace_others(tx, actor, &key)?;
        }
        (Stage::Signing, Stage::Waiting) => note(tx, actor, Act::DkimKeyLost, &key)?,
        _ => {}
    }
    Ok(key)
}
