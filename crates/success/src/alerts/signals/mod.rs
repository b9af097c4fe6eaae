//! Signals: what somebody heard from a customer and tells whoever looks after the account, mostly from a ticket, with one key.
//! Each opens an alert, which is worked on like any other; nobody looks for its cause, so it stays until somebody says what
//! came of it, or whoever told it takes it back before anybody has acted.
//!
//! Who may see alerts sees all signals; who may not, sees their own and what became of them.

pub mod api;
pub mod demo;
mod personal;
mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::i18n::Text;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::bridge;
use tandem_core::contacts::ContactId;
use tandem_core::panels::{Panel, Place};
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::acting::{self, Work};
use super::{Alert, AlertError, Did, SignalKind, Source, State, looking, weighing};
use crate::health;

pub use personal::HOLDS;

kit::id! {
    /// What somebody told us.
    SignalId, "sgn"
}

/// Characters of words at most.
const MOST: usize = 500;
/// The list of all signals, in cursors.
pub(super) const LIST: &str = "signals";

/// The panel beside a ticket: what was told from it, and what became of that.
pub const PANEL: Panel = Panel {
    lines: 2,
    ..Panel::new(
        "signals",
        Place::Case,
        Permission::SignalsWrite,
        "/tickets/{id}/signals",
    )
};

/// What somebody told us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// Its id.
    pub id: SignalId,
    /// What it is.
    pub kind: SignalKind,
    /// What was said; may be empty.
    pub words: String,
    /// The id of the ticket in which it was heard, as it is written; empty for none.
    pub ticket: String,
    /// Who asked in that ticket.
    pub contact: Option<ContactId>,
    /// The signature of who told it.
    pub by: String,
    /// The agent who told it.
    pub agent: Option<AgentId>,
    /// When.
    pub at: Timestamp,
}

/// What somebody is about to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSignal {
    /// What it is.
    pub kind: SignalKind,
    /// What there is to say; may be empty.
    pub words: String,
    /// Of which account; without, the ticket's.
    pub account: Option<AccountId>,
    /// The id of the ticket in which it was heard; empty for none.
    pub ticket: String,
}

/// A signal with what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The alert, which says what was told.
    pub alert: Alert,
    /// The account's name.
    pub account: String,
    /// Whose the alert is.
    pub owner: Option<String>,
}

/// Which signals.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of which account; of all without.
    pub account: Option<AccountId>,
    /// From which ticket; from anywhere when empty.
    pub ticket: String,
}

impl Signal {
    /// Who told it, by name.
    pub fn teller(&self) -> &str {
        self.by.split_once(' ').map_or(&*self.by, |(_, name)| name)
    }

    /// What was said, in the reader's language where nothing was.
    pub(super) fn said(&self, t: &Text) -> String {
        match self.words.as_str() {
            "" => t.say(self.kind.hint()),
            words => words.to_owned(),
        }
    }
}

/// Tells whoever looks after an account; one that was told under this id already is not told again.
///
/// # Errors
/// [`AlertError::NoAccount`] where it can't be said whose account it is about or it is closed,
/// [`AlertError::UnknownTicket`], [`AlertError::BadWords`], a missing permission, or the database's.
pub fn tell(tx: &mut Tx<'_>, actor: &Actor, id: SignalId, new: &NewSignal) -> Result<Sent, AlertError> {
    actor.must(Permission::SignalsWrite)?;
    if store::find(tx, actor.workspace, id)?.is_some() {
        return find(tx, actor, id);
    }
    let words = new.words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > MOST {
        return Err(AlertError::BadWords);
    }
    let case = match new.ticket.as_str() {
        "" => None,
        ticket => Some(bridge::case(tx, actor, ticket)?.ok_or(AlertError::UnknownTicket)?),
    };
    let own = case.as_ref().and_then(|case| case.account);
    let account = new.account.or(own).ok_or(AlertError::NoAccount)?;
    if own != Some(account) {
        actor.must(Permission::AccountsRead)?;
    }
    if !accounts::is_open(tx, actor.workspace, account)? {
        return Err(AlertError::NoAccount);
    }
    let signal = Signal {
        id,
        kind: new.kind,
        words,
        ticket: new.ticket.clone(),
        contact: case.and_then(|case| case.contact),
        by: actor.signature(),
        agent: actor.agent(),
        at: tx.now(),
    };
    open(tx, actor, account, signal)?;
    find(tx, actor, id)
}

fn open(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, signal: Signal) -> Result<(), AlertError> {
    let workspace = actor.workspace;
    let today = workspaces::today(tx, workspace)?;
    let course = health::course(tx, workspace, account, (today, today))?;
    let confidence = course.last().map(|(_, _, confidence, _)| *confidence);
    let stake = weighing::stakes(tx, workspace, &[account], today)?.of(account, confidence);
    let way = signal.kind.way();
    let told = (Source::Signal(signal.clone()), way, stake.told(), Vec::new());
    let alert = looking::open(tx, actor, (account, today), told)?;
    store::insert(tx, workspace, (alert.id, account), &signal)?;
    Ok(())
}

/// Takes a signal back that nobody has acted on; its alert closes. Twice is no harm.
///
/// # Errors
/// [`AlertError::Superseded`] when somebody acted meanwhile, and as of [`find`].
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, id: SignalId) -> Result<Sent, AlertError> {
    actor.must(Permission::SignalsWrite)?;
    let sent = find(tx, actor, id)?;
    let alert = &sent.alert;
    let is_own = alert.signal().and_then(|signal| signal.agent) == actor.agent();
    if !is_own {
        actor.must(Permission::AlertsWrite)?;
    }
    let changes = super::store::changes(tx, actor.workspace, alert.id)?;
    if changes.first().is_some_and(|last| last.did == Did::Withdrawn) {
        return Ok(sent);
    }
    let is_fresh = |did: Did| matches!(did, Did::Told | Did::Weighed);
    if !changes.iter().all(|change| is_fresh(change.did)) {
        return Err(AlertError::Superseded);
    }
    let work = Work {
        state: State::Eased,
        closed_at: Some(tx.now()),
        closed_by: Some(actor.signature()),
        ..alert.work.clone()
    };
    acting::note(tx, actor, alert, (Did::Withdrawn, alert.severity(), work))?;
    find(tx, actor, id)
}

/// A signal, and what became of it.
///
/// # Errors
/// [`AlertError::UnknownSignal`] for one of nobody here or of others, where the actor may not see alerts; the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: SignalId) -> Result<Sent, AlertError> {
    let sent = store::find(tx, actor.workspace, id)?.ok_or(AlertError::UnknownSignal)?;
    let teller = sent.alert.signal().and_then(|signal| signal.agent);
    match whose(actor)? {
        Some(agent) if teller != Some(agent) => Err(AlertError::UnknownSignal),
        _ => Ok(sent),
    }
}

/// Up to `limit` signals before one, the last first.
///
/// # Errors
/// A missing permission, or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    before: Option<SignalId>,
    limit: i64,
) -> Result<Vec<Sent>, AlertError> {
    let whose = whose(actor)?;
    Ok(store::list(tx, actor.workspace, (filter, whose), before, limit)?)
}

/// Whose signals the actor may see: everybody's without.
fn whose(actor: &Actor) -> Result<Option<AgentId>, AlertError> {
    if actor.may(Permission::AlertsRead) {
        return Ok(None);
    }
    actor.must(Permission::SignalsWrite)?;
    // What is no agent has no permissions of its own.
    actor.agent().map(Some).ok_or(AlertError::UnknownSignal)
}

/// The signals that name a contact, for what is kept of persons.
fn of_contact(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Sent>, DbError> {
    store::of_contact(tx, actor.workspace, contact)
}
