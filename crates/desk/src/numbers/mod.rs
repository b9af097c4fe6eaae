//! The numbers of support: how fast tickets are answered and solved, how many come back, how much waits, what people say of
//! it, by whom, by which way and when.
//!
//! Each ticket has one narrow *fact*, kept in the transaction of every change ([`follow`]); nothing is counted from events
//! that could be missed, and a merged ticket counts nowhere, so that its survivor counts once. The facts of a day are packed
//! into one value for each of its two sides, tickets opened and tickets last solved, so that a year is read in a few hundred
//! rows (decision 39). A packed day that is stale is read from its facts. What facts come to is pure arithmetic
//! (`report.rs`).

pub mod api;
mod asking;
mod charts;
mod documents;
mod fact;
mod failures;
mod item;
pub mod jobs;
mod names;
pub mod operations;
mod own_columns;
mod packing;
pub mod past;
mod period;
mod reading;
mod report;
pub mod rows;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;
use tandem_core::{tags, tiers};

pub use fact::{Around, Fact, Time};
pub use item::{By, Filter, HOURS, Item, Key};
pub use period::{Ask, Period};
pub use report::{AGES, Hours, Report, Spans, Spread, Sum};

use crate::surveys::{self, Question};
use crate::tickets::{Ticket, TicketId, nouns::NOUN};
use crate::{mails, working};

/// Why there are no numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumbersError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The period ends before it begins, or is longer than ten years.
    #[error("a period has 1 to 3660 days")]
    BadPeriod,
    /// A word that names nothing to tell tickets apart by, or no value of it.
    #[error("there is no such {0}")]
    BadWord(&'static str),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Counts a ticket as it is now, in the transaction that changed it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: &Ticket) -> Result<(), DbError> {
    let around = around(tx, workspace, ticket)?;
    let calendar = working::calendar(tx, workspace)?;
    let before = store::find(tx, workspace, ticket.id)?;
    let mut fact = Fact::of(ticket, around, &calendar);
    if let Some(before) = &before {
        // The tier counts that the account had when the ticket was opened.
        fact.tier = before.tier.or(fact.tier);
    }
    if before.as_ref() == Some(&fact) {
        return Ok(());
    }
    store::put(tx, workspace, &fact)?;
    for fact in before.iter().chain([&fact]) {
        store::mark(tx, workspace, (store::Side::Opened, fact.opened_day))?;
        if let Some(day) = fact.solved_day {
            store::mark(tx, workspace, (store::Side::Solved, day))?;
        }
    }
    Ok(())
}

/// What is counted of a ticket beside its own row.
fn around(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: &Ticket) -> Result<Around, DbError> {
    let tier = match ticket.account {
        Some(account) => tiers::of(tx, workspace, &[account])?.remove(&account),
        None => None,
    };
    let last_solved = match (ticket.solved_at, ticket.first_solved_at) {
        (Some(at), _) => Some(at),
        (None, Some(_)) => fact::last_solved(&store::turns(tx, workspace, ticket.id)?),
        (None, None) => None,
    };
    let tags = tags::of(tx, workspace, &NOUN, ticket.id.uuid())?;
    let mailbox = mails::mailbox_of_ticket(tx, workspace, ticket.id)?;
    let survey = surveys::standing(tx, workspace, ticket.id)?;
    let rated = survey.and_then(|survey| survey.answer.map(|answer| (survey.asks, answer.rating)));
    let of = |question| rated.filter(|(asks, _)| asks.question == question);
    Ok(Around {
        last_solved,
        mailbox: mailbox.map(TypedId::uuid),
        tier: tier.and_then(|standing| standing.tier).map(|tier| tier.id.uuid()),
        tags: tags.iter().map(|tag| tag.id.uuid()).collect(),
        csat: of(Question::Csat).map(|(_, rating)| rating),
        effort: of(Question::Ces).map(|(asks, rating)| asks.effort(rating)),
    })
}

/// What the tickets of a time come to.
///
/// # Errors
/// A missing permission, or the database's.
pub fn report(tx: &mut Tx<'_>, actor: &Actor, ask: &Ask) -> Result<Report, NumbersError> {
    actor.must(Permission::ReportsRead)?;
    Ok(reading::report(tx, actor.workspace, ask)?)
}

/// What is counted of a ticket.
///
/// # Errors
/// A missing permission, or the database's.
pub fn fact(tx: &mut Tx<'_>, actor: &Actor, ticket: TicketId) -> Result<Option<Fact>, NumbersError> {
    actor.must(Permission::ReportsRead)?;
    actor.must(Permission::TicketsRead)?;
    Ok(store::find(tx, actor.workspace, ticket)?)
}
