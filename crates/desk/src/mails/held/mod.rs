//! Mails that are held back, many at once: what they are held back for, decisions about those that were chosen, taking these
//! back, and what was thrown away until it is gone.

pub mod api;
pub(super) mod store;
pub(super) mod views;
pub mod web;

use std::time::Duration;

use kit::blob;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{About, Job, JobError};
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::store as rows;
use super::{Cause, MailError, MailId, Reading, deciding};

/// How many are decided about at once: a page of them.
pub const MOST: usize = 50;
/// For how long what was thrown away can be taken back.
pub const KEPT: Duration = Duration::from_secs(30 * 86_400);
/// How many thrown away mails go in one transaction.
const SWEPT: i64 = 500;

/// How many mails are held back for each cause, those that there are; in the order of causes.
///
/// # Errors
/// [`MailError::Forbidden`], or the database's.
pub fn causes(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(Cause, i64)>, MailError> {
    actor.must(Permission::MailboxesRead)?;
    let counted = store::causes(tx, actor.workspace)?;
    let count = |cause: &Cause| {
        let mut all = counted.iter();
        all.find(|(word, _)| word == cause.as_str())
            .map(|(_, count)| *count)
    };
    let all = Cause::ALL.iter();
    Ok(all.filter_map(|cause| Some((*cause, count(cause)?))).collect())
}

/// Lets mails through; those that nobody has to decide about any more, or of which there are no bytes, stay as they are. Gives
/// those that were let through.
///
/// # Errors
/// [`MailError::TooMany`] for more than [`MOST`], of which none is touched; a missing permission, or the database's.
pub fn release(tx: &mut Tx<'_>, actor: &Actor, ids: &[MailId]) -> Result<Vec<MailId>, MailError> {
    each(ids, |id| deciding::release(tx, actor, id, false).map(drop))
}

/// Puts mails aside, as [`release`] lets them through.
///
/// # Errors
/// As of [`release`].
pub fn block(tx: &mut Tx<'_>, actor: &Actor, ids: &[MailId]) -> Result<Vec<MailId>, MailError> {
    each(ids, |id| deciding::block(tx, actor, id, false).map(drop))
}

/// Throws mails away, as [`block`] puts them aside.
///
/// # Errors
/// As of [`release`].
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, ids: &[MailId]) -> Result<Vec<MailId>, MailError> {
    each(ids, |id| deciding::delete(tx, actor, id).map(drop))
}

/// Takes [`block`] and [`delete`] back.
///
/// # Errors
/// As of [`release`].
pub fn unblock(tx: &mut Tx<'_>, actor: &Actor, ids: &[MailId]) -> Result<Vec<MailId>, MailError> {
    each(ids, |id| deciding::unblock(tx, actor, id).map(drop))
}

fn each(
    ids: &[MailId],
    mut verb: impl FnMut(MailId) -> Result<(), MailError>,
) -> Result<Vec<MailId>, MailError> {
    if ids.len() > MOST {
        return Err(MailError::TooMany);
    }
    let mut done = Vec::new();
    for id in ids {
        match verb(*id) {
            Ok(()) => done.push(*id),
            // Somebody else was faster, or there is nothing to read.
            Err(MailError::Unknown | MailError::Decided | MailError::NotKept) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Lets the bytes go of what was thrown away long ago, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "mails.sweep-deleted";
}

/// Lets them go. That a mail came stays, so that it is not fetched again.
///
/// # Errors
/// The database's.
pub fn sweep(tx: &mut Tx<'_>, _: &Sweep, _: &About) -> Result<(), JobError> {
    Ok(forget_old(tx)?)
}

/// What [`sweep`] does.
///
/// # Errors
/// [`DbError`] of the database.
pub fn forget_old(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let before = tx.now().minus(KEPT);
    for (workspace, id) in store::thrown_away(tx, before, SWEPT)? {
        forget(tx, workspace, id)?;
    }
    Ok(())
}

fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailId) -> Result<(), DbError> {
    if let Some(mut mail) = rows::find(tx, workspace, id)? {
        if let Some(raw) = mail.arrival.blob.take() {
            blob::unlink(tx, workspace.uuid(), raw, &id.to_string())?;
        }
        (mail.reading, mail.cause) = (Reading::default(), None);
        mail.trouble.clear();
        rows::update(tx, workspace, &mail)?;
        rows::forget_arrival(tx, workspace, id)?;
    }
    store::set_deleted(tx, workspace, id, None)
}
