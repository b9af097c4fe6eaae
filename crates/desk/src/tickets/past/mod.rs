//! Tickets of a past that is made up, many at once.
//!
//! A [`Story`] lives through what the verbs would have done to a ticket, by the same pure rules (`model.rs`), without the
//! database; [`bring`] stores many of them with a few statements and lets follow what would have followed: counts, facts,
//! events in their order, traces on timelines. Nobody reacts to it: no mail is sent, no webhook is called.

pub(crate) mod letters;
mod store;

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::events::{self, NewEvent};
use tandem_core::tallies;
use tandem_core::touchpoints::bulk as timelines;
use tandem_core::workspaces::WorkspaceId;

use super::changing::{differences, facts, turning};
use super::writing::{message, telling};
use super::{
    CHANGED, Change, Field, Message, MessageKind, NewTicket, OPENED, Status, Ticket, TicketError, TicketId,
    first, fresh, model, told,
};
use crate::numbers::{self, Around};
use crate::surveys::{self, Question, Survey};

/// A ticket that has lived through its past.
#[derive(Clone, Debug)]
pub struct Story {
    /// How it stands now.
    pub ticket: Ticket,
    messages: Vec<Message>,
    changes: Vec<Change>,
    told: Vec<events::Past>,
    /// What its contact was asked, and said.
    pub(crate) survey: Option<Survey>,
}

/// Takes `count` numbers of a workspace's tickets; gives the first of them.
///
/// # Errors
/// [`DbError`] of the database.
pub fn take_numbers(tx: &mut Tx<'_>, workspace: WorkspaceId, count: i64) -> Result<i64, DbError> {
    let last = store::take_numbers(tx, workspace, count)?;
    Ok(last - count + 1)
}

impl Story {
    /// A ticket that was opened at a moment with a number that was taken for it. What it names is there.
    ///
    /// # Errors
    /// [`TicketError`] for words that do not fit.
    pub fn open(
        tx: &mut Tx<'_>,
        actor: &Actor,
        (at, number): (Timestamp, i64),
        new: &NewTicket,
    ) -> Result<Self, TicketError> {
        tx.as_of(at, |tx| {
            let mut ticket = Ticket {
                number,
                ..fresh(tx, new)?
            };
            let first = first(tx, actor, &ticket, new)?;
            if let Some(message) = &first {
                ticket.hear(message);
            }
            let opened = told(&OPENED, &ticket, json!({}));
            Ok(Self {
                ticket,
                messages: first.into_iter().collect(),
                changes: Vec::new(),
                told: vec![(actor.clone(), at, opened)],
                survey: None,
            })
        })
    }

    /// Its id.
    pub fn id(&self) -> TicketId {
        self.ticket.id
    }

    /// Fields took other values, as [`super::change`] does it.
    ///
    /// # Errors
    /// [`TicketError`] for a value that does not fit.
    pub fn change(
        &mut self,
        tx: &mut Tx<'_>,
        (actor, at): (&Actor, Timestamp),
        values: &[(Field, String)],
    ) -> Result<(), TicketError> {
        let mut after = self.ticket.clone();
        for (field, value) in values {
            after.set(*field, value, at)?;
        }
        tx.as_of(at, |tx| self.settle(tx, actor, after));
        Ok(())
    }

    /// Somebody wrote in it, as [`super::write`] does it; it has come to `then`, where that is named.
    ///
    /// # Errors
    /// [`TicketError`] for words that do not fit.
    pub fn write(
        &mut self,
        tx: &mut Tx<'_>,
        (actor, at): (&Actor, Timestamp),
        (kind, body): (MessageKind, &str),
        then: Option<Status>,
    ) -> Result<(), TicketError> {
        let body = model::body(body)?;
        tx.as_of(at, |tx| {
            let message = message(tx, actor, &self.ticket, (kind, body));
            let mut after = self.ticket.clone();
            after.hear(&message);
            if let Some(status) = then {
                after.set(Field::Status, status.as_str(), at)?;
            }
            self.settle(tx, actor, after);
            let written = told(telling(kind), &self.ticket, json!({ "message": message.id }));
            self.tell(actor, at, written);
            self.messages.push(message);
            Ok(())
        })
    }

    /// Something was told of it.
    pub(crate) fn tell(&mut self, actor: &Actor, at: Timestamp, event: NewEvent) {
        self.told.push((actor.clone(), at, event));
    }

    /// What is different from before, with what is told of it, as `changing::settle` does it.
    fn settle(&mut self, tx: &Tx<'_>, actor: &Actor, mut after: Ticket) {
        if after == self.ticket {
            return;
        }
        let changes = differences(tx, actor, &self.ticket, &after);
        after.version = self.ticket.version + 1;
        for change in &changes {
            self.tell(actor, tx.now(), told(&CHANGED, &after, facts(change)));
        }
        if let Some(kind) = turning(&self.ticket, &after) {
            self.tell(actor, tx.now(), told(kind, &after, json!({})));
        }
        self.changes.extend(changes);
        self.ticket = after;
    }

    /// What is counted of it beside its own row.
    fn around(&self) -> Around {
        let solvings = self
            .changes
            .iter()
            .filter(|change| change.field == Field::Status && change.after == Status::Solved.as_str());
        let rated = self
            .survey
            .as_ref()
            .and_then(|survey| Some((survey.asks, survey.answer.as_ref()?.rating)));
        let of = |question| rated.filter(|(asks, _)| asks.question == question);
        Around {
            last_solved: self.ticket.solved_at.or(solvings.map(|change| change.at).max()),
            csat: of(Question::Csat).map(|(_, rating)| rating),
            effort: of(Question::Ces).map(|(asks, rating)| asks.effort(rating)),
            ..Around::default()
        }
    }
}

/// Stores tickets with their past. What they name is there, and their numbers were taken for them.
///
/// # Errors
/// [`DbError`] of the database; then nothing of the transaction is kept.
pub fn bring(tx: &mut Tx<'_>, workspace: WorkspaceId, stories: Vec<Story>) -> Result<(), DbError> {
    let tickets: Vec<&Ticket> = stories.iter().map(|story| &story.ticket).collect();
    let messages: Vec<&Message> = stories.iter().flat_map(|story| &story.messages).collect();
    let changes: Vec<&Change> = stories.iter().flat_map(|story| &story.changes).collect();
    let surveys: Vec<&Survey> = stories.iter().filter_map(|story| story.survey.as_ref()).collect();
    store::insert_tickets(tx, workspace, &tickets)?;
    store::insert_messages(tx, workspace, &messages)?;
    store::insert_changes(tx, workspace, &changes)?;
    surveys::past::keep(tx, workspace, &surveys)?;
    let lived: Vec<(&Ticket, Around)> = stories
        .iter()
        .map(|story| (&story.ticket, story.around()))
        .collect();
    numbers::past::follow(tx, workspace, &lived)?;
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for ticket in &tickets {
        for name in ticket.tallies() {
            *counts.entry(name).or_default() += 1;
        }
    }
    for (name, count) in counts {
        tallies::add(tx, workspace, &name, count)?;
    }
    crate::own_views::follow_all(tx, workspace, &tickets)?;
    let mut told: Vec<events::Past> = stories.into_iter().flat_map(|story| story.told).collect();
    // Each story is in its order already, and what happened at one moment stays in it.
    told.sort_by_key(|(_, at, _)| *at);
    let told = events::record_past(tx, told)?;
    timelines::follow_past(tx, workspace, &told)
}
