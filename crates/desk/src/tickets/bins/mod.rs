//! Bins: what lies apart from all other tickets, as spam or in the trash.
//!
//! A ticket in a bin keeps everything that it has, counts nowhere and is shown in its bin alone; nothing is written into it until
//! it is taken out, and then it is as far as it was. More mail that belongs to spam stays there with it; whoever writes to what is
//! in the trash takes it out. What has lain in the trash for [`PATIENCE`] is removed for good, with its files and mails.

pub mod api;
pub(crate) mod demo;
pub mod jobs;
mod removing;
mod store;
mod views;
pub mod web;

use std::time::Duration;

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::events;
use tandem_core::permissions::Permission;

use super::changing::{differences, keep_changes};
use super::connections::must_stand;
use super::{Change, Field, Status, Step, Ticket, TicketError, TicketId, history, store as tickets};
use crate::mails::{self, MailError};
use crate::statuses;

/// A ticket was removed for good.
pub const REMOVED: events::Kind = events::Kind::new("ticket.removed", Permission::TicketsRead);

/// For how long a ticket lies in the trash before it is removed.
pub const PATIENCE: Duration = Duration::from_secs(30 * 86_400);

/// How many changes of a ticket are looked through for the one that put it where it lies.
const CHANGES: i64 = 1_000;
/// The word by which an act on many takes tickets out of their bins.
pub const RESTORED: &str = "restored";

/// Where a ticket lies apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bin {
    /// Nobody who is meant wrote it.
    Spam,
    /// It is to be gone.
    Trash,
}

impl Bin {
    /// The status of what lies there.
    pub const fn status(self) -> Status {
        match self {
            Self::Spam => Status::Spam,
            Self::Trash => Status::Trash,
        }
    }

    /// What one needs to put something there and to take it out.
    pub const fn needs(self) -> Permission {
        match self {
            Self::Spam => Permission::TicketsWrite,
            Self::Trash => Permission::TicketsDelete,
        }
    }

    /// The bin of a status, by its word.
    fn named(word: &str) -> Option<Self> {
        let all = [Self::Spam, Self::Trash];
        all.into_iter().find(|bin| bin.status().as_str() == word)
    }
}

/// What a change of a status means for where a ticket lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// It is put there.
    Into(Bin),
    /// It is taken out.
    Out,
}

impl Wish {
    /// What values mean, where they say nothing but that.
    pub(super) fn of(before: &Ticket, values: &[(Field, String)]) -> Option<Self> {
        let is_other = |(field, value): &&(Field, String)| before.value(*field) != *value;
        let others: Vec<_> = values.iter().filter(is_other).collect();
        match others.as_slice() {
            // Nothing is to be another.
            [] => Bin::named(before.status.as_str()).map(Self::Into),
            [(Field::Status, word)] if word == RESTORED => Some(Self::Out),
            [(Field::Status, word)] => Bin::named(word).map(Self::Into),
            _ => None,
        }
    }

    /// What takes a change back, where it put a ticket into a bin or took it out.
    pub(super) fn back(before: &Ticket, change: &Change) -> Result<Option<Self>, TicketError> {
        let bin =
            |written: &str| Bin::named(Step::category(written)).filter(|_| change.field == Field::Status);
        let (was, is) = (bin(&change.before), bin(&change.after));
        let back = is.map(|_| Self::Out).or(was.map(Self::Into));
        if back.is_some() && before.value(Field::Status) != change.after {
            return Err(TicketError::ChangedMeanwhile);
        }
        Ok(back)
    }
}

/// Marks a ticket as spam; `blocks` holds back further mail of whoever wrote it. Twice is no harm. Gives the ticket and what
/// changed.
///
/// # Errors
/// [`TicketError::Apart`] for what is in the trash, [`TicketError::Merged`]; a missing permission, also to block; a ticket of no or
/// another workspace.
pub fn mark(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    blocks: bool,
) -> Result<(Ticket, Vec<Change>), TicketError> {
    let before = there(tx, actor, id)?;
    let done = put(tx, actor, before, Bin::Spam)?;
    if blocks {
        blocked(mails::block_writer(tx, actor, id))?;
    }
    Ok(done)
}

/// Puts a ticket into the trash, from where [`PATIENCE`] removes it. Twice is no harm. Gives the ticket and what changed.
///
/// # Errors
/// As of [`mark`].
pub fn throw_away(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
) -> Result<(Ticket, Vec<Change>), TicketError> {
    let before = there(tx, actor, id)?;
    put(tx, actor, before, Bin::Trash)
}

/// Takes a ticket out of a bin: it is as far as it was, and whoever was blocked with it is not any more. One that is not there
/// stays as it is. Gives the ticket and what changed.
///
/// # Errors
/// A missing permission, or a ticket of no or another workspace.
pub fn restore(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    from: Bin,
) -> Result<(Ticket, Vec<Change>), TicketError> {
    let before = there(tx, actor, id)?;
    if before.status != from.status() {
        return Ok((before, Vec::new()));
    }
    take_out(tx, actor, before)
}

fn there(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Ticket, TicketError> {
    actor.must(Permission::TicketsWrite)?;
    tickets::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)
}

/// Does what somebody wishes.
pub(super) fn done(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Ticket,
    wish: Wish,
) -> Result<(Ticket, Vec<Change>), TicketError> {
    match wish {
        Wish::Into(bin) => put(tx, actor, before, bin),
        Wish::Out => take_out(tx, actor, before),
    }
}

fn put(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Ticket,
    bin: Bin,
) -> Result<(Ticket, Vec<Change>), TicketError> {
    actor.must(bin.needs())?;
    if before.status == bin.status() {
        return Ok((before, Vec::new()));
    }
    // Spam can be thrown away; what is thrown away is taken out before it is anything else.
    if before.status != Status::Spam {
        must_stand(tx, actor.workspace, &before)?;
    }
    let mut after = before.clone();
    (after.status, after.own) = (bin.status(), None);
    let changes = differences(tx, actor, &before, &after);
    keep_changes(tx, actor, &before, &mut after, &changes)?;
    Ok((after, changes))
}

fn take_out(tx: &mut Tx<'_>, actor: &Actor, before: Ticket) -> Result<(Ticket, Vec<Change>), TicketError> {
    let Some(bin) = Bin::named(before.status.as_str()) else {
        return Ok((before, Vec::new()));
    };
    actor.must(bin.needs())?;
    let putting = putting(tx, actor, &before)?;
    let mut step = putting
        .as_ref()
        .and_then(|change| change.before.parse().ok())
        .unwrap_or(Step::from(Status::Open));
    if !statuses::is_there(tx, actor.workspace, step, true)? {
        step.own = None;
    }
    let (mut after, now) = (before.clone(), tx.now());
    (after.status, after.own) = (step.status, step.own);
    after.snoozed_until = before.snoozed_until.filter(|until| *until > now);
    let mut changes = differences(tx, actor, &before, &after);
    for change in changes.iter_mut().filter(|change| change.field == Field::Status) {
        change.undoes = putting.as_ref().map(|putting| putting.id);
    }
    keep_changes(tx, actor, &before, &mut after, &changes)?;
    if let Some(putting) = putting.filter(|_| bin == Bin::Spam) {
        let (id, since) = (before.id, (putting.author.as_str(), putting.at));
        blocked(mails::unblock_writer(tx, actor, id, since))?;
    }
    Ok((after, changes))
}

/// The change by which a ticket came to where it lies.
fn putting(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket) -> Result<Option<Change>, DbError> {
    let changes = history::store::changes(tx, actor.workspace, ticket.id, CHANGES)?;
    let is_it = |change: &Change| change.field == Field::Status && change.after == ticket.status.as_str();
    Ok(changes.into_iter().find(is_it))
}

fn blocked(done: Result<bool, MailError>) -> Result<bool, TicketError> {
    match done {
        Ok(done) => Ok(done),
        Err(MailError::Forbidden(missing)) => Err(missing.into()),
        Err(MailError::Db(error)) => Err(error.into()),
        // What is no address is nobody's to block.
        Err(_) => Ok(false),
    }
}
