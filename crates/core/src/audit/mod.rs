//! The audit trail: who changed what in the administration of a workspace, from where, before and after.
//!
//! A verb of administration calls [`record`] in its own transaction, so that nothing is done without its entry and no
//! entry stands for what was not done. Entries are only ever added: no function here changes or removes one, and the
//! database refuses it. Each entry's hash covers the entry and the hash before it, so that [`check`] finds one that was
//! forged, edited or taken out behind the program's back. Who could rewrite the whole chain is caught by comparing
//! with a hash written down elsewhere: every entry leaves its number and hash in the log.
//!
//! Words: an *act* is what was done, the *subject* what it was done to. Secrets never come in: verbs name what they
//! write down, and what is called like a secret is left out.

mod acts;
pub mod api;
mod chain;
mod model;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};

pub use acts::Act;
pub use chain::{Break, Trail, check};
pub use model::{AuditError, Entry, Filter, Record};

use crate::actor::Actor;
use crate::permissions::Permission;

/// Entries on one page of the list.
pub const PAGE: i64 = 50;

/// Writes down what `actor` did, in the caller's transaction.
///
/// # Errors
/// [`DbError`] of the database; then nothing of the transaction is kept.
pub fn record(tx: &mut Tx<'_>, actor: &Actor, entry: Entry) -> Result<(), DbError> {
    let workspace = actor.workspace;
    let head = store::held_head(tx, workspace)?;
    let record = entry.by(head.number + 1, actor, tx.now());
    let hash = chain::link(&head.hash, workspace, &record);
    store::insert(tx, workspace, &record, &hash)?;
    store::set_head(tx, workspace, record.number, &hash)?;
    let (number, hash) = (record.number, chain::hexadecimal(&hash));
    tx.after_commit(move || tracing::info!(%workspace, number, hash, "audit"));
    Ok(())
}

/// Up to `limit` entries that fit `filter`, the newest first, before the one numbered `before`.
///
/// # Errors
/// [`AuditError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Record>, AuditError> {
    actor.must(Permission::AuditRead)?;
    Ok(store::list(tx, actor.workspace, filter, before, limit)?)
}

/// Cuts a list that was read with one entry too many to its page; gives the number to go on before.
fn trim_to_page(records: &mut Vec<Record>) -> Option<i64> {
    let page = usize::try_from(PAGE).expect("a page is small");
    (records.len() > page).then(|| {
        records.truncate(page);
        records[page - 1].number
    })
}
