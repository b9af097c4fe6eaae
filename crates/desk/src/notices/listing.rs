//! The list of an agent's notices.

use kit::db::Tx;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::{NoticeId, Reason, TicketNotice, store};
use crate::tickets::listing::with_ids;
use crate::tickets::{Ticket, TicketError, TicketId};

/// The name of the list, in cursors.
pub const LIST: &str = "notices";

/// Which notices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Unread ones alone.
    pub only_unread: bool,
    /// Those for one reason.
    pub reason: Option<Reason>,
    /// Those before this one.
    pub after: Option<Cursor>,
}

/// The last one that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor(pub NoticeId);

/// A part of the actor's notices in the bell, the newest first, each with its ticket.
///
/// # Errors
/// A missing permission, or the database's.
pub fn part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    asked: Asked,
    limit: i64,
) -> Result<Vec<(TicketNotice, Ticket)>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let Some(agent) = actor.agent() else {
        return Ok(Vec::new());
    };
    let found = store::part(tx, actor.workspace, agent, &asked, limit)?;
    with_tickets(tx, actor, found)
}

/// The newest unread ones that the browser shows, each with its ticket.
///
/// # Errors
/// As of [`part`].
pub(super) fn for_browser(
    tx: &mut Tx<'_>,
    actor: &Actor,
    limit: i64,
) -> Result<Vec<(TicketNotice, Ticket)>, TicketError> {
    let Some(agent) = actor.agent() else {
        return Ok(Vec::new());
    };
    let found = store::browsed(tx, actor.workspace, agent, limit)?;
    with_tickets(tx, actor, found)
}

fn with_tickets(
    tx: &mut Tx<'_>,
    actor: &Actor,
    found: Vec<TicketNotice>,
) -> Result<Vec<(TicketNotice, Ticket)>, TicketError> {
    let mut ids: Vec<TicketId> = found.iter().map(|notice| notice.ticket).collect();
    ids.sort();
    ids.dedup();
    let tickets = with_ids(tx, actor, &ids)?;
    let of = |notice: &TicketNotice| tickets.iter().find(|ticket| ticket.id == notice.ticket).cloned();
    let all = found
        .into_iter()
        .filter_map(|notice| of(&notice).map(|ticket| (notice, ticket)));
    Ok(all.collect())
}
