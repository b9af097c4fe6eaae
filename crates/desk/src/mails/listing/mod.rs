//! Lists of mails, and how many wait for something.

pub(super) mod store;

use std::collections::HashMap;

use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::{Cause, Mail, MailError, MailId, State, held};
use crate::mailboxes::MailboxId;

/// The newest mails, of one state or of all, older than `before`.
///
/// # Errors
/// [`MailError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    state: Option<State>,
    before: Option<MailId>,
    limit: i64,
) -> Result<Vec<Mail>, MailError> {
    actor.must(Permission::MailboxesRead)?;
    let before = before.unwrap_or_else(|| MailId::from_uuid(Uuid::max()));
    Ok(match state {
        Some(state) => store::of_state(tx, actor.workspace, state, before, limit)?,
        None => store::newest(tx, actor.workspace, before, limit)?,
    })
}

/// The newest mails that are held back for a cause, older than `before`; of another state, those that were held back for it.
///
/// # Errors
/// [`MailError::Forbidden`], or the database's.
pub fn of_cause(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (state, cause): (Option<State>, Cause),
    before: Option<MailId>,
    limit: i64,
) -> Result<Vec<Mail>, MailError> {
    actor.must(Permission::MailboxesRead)?;
    let before = before.unwrap_or_else(|| MailId::from_uuid(Uuid::max()));
    let kind = (state.unwrap_or(State::Suspended), cause);
    Ok(held::store::of_cause(tx, actor.workspace, kind, before, limit)?)
}

/// How many mails of a mailbox wait for something, by state.
///
/// # Errors
/// [`MailError::Forbidden`], or the database's.
pub fn counts(tx: &mut Tx<'_>, actor: &Actor, mailbox: MailboxId) -> Result<HashMap<State, i64>, MailError> {
    actor.must(Permission::MailboxesRead)?;
    let counts = store::counts(tx, actor.workspace, mailbox)?;
    Ok(counts.into_iter().collect())
}
