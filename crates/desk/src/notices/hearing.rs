//! Who is to be told of what happened to a ticket.

use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::jobs::{self, Job};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId};
use tandem_core::doors::letters::Outgoing;
use tandem_core::events::{Event, Listener};
use tandem_core::permissions::Permission;

use super::bell::WAKES;
use super::jobs::Tell;
use super::{ANSWERABLE, Reason, TicketNotice, of, store};
use crate::tickets::{self, Field, MessageId, Ticket, TicketError, TicketId, followers};
use crate::{outbox, surveys};

/// Tells everybody who wants to be told of an event, each the ways that they chose.
pub const TELL: Listener = Listener::new(<Tell as Job>::KIND, hear);

/// Notices of one ticket that an agent gets within [`WHILE`].
const MOST: usize = 20;
const WHILE: Duration = Duration::from_secs(3_600);

fn hear(tx: &mut Tx<'_>, event: &Event) -> Result<(), DbError> {
    // What is told of a mail names its ticket.
    let named = event.payload["ticket"].as_str();
    let Some(id) = event
        .subject
        .parse::<TicketId>()
        .ok()
        .or_else(|| named?.parse().ok())
    else {
        return Ok(());
    };
    let is_of_agent = event.payload["field"].as_str() == Some(Field::Agent.as_str());
    if event.kind == tickets::CHANGED.name && !is_of_agent {
        return Ok(());
    }
    let ticket = tickets::with_id(tx, event.workspace, id)?;
    let Some(ticket) = ticket.filter(|ticket| !ticket.status.is_apart()) else {
        return Ok(());
    };
    let author: Option<AgentId> = event.actor.split(' ').next().and_then(|id| id.parse().ok());
    let mut told: Vec<(AgentId, Reason, Ways)> = Vec::new();
    for (agent, reason) in concerned(tx, event, &ticket)? {
        let ways = Ways::of(tx, event, agent, reason)?;
        if Some(agent) == author || !ways.are_any() {
            continue;
        }
        match told.iter_mut().find(|(other, ..)| *other == agent) {
            Some((_, _, known)) => known.add(ways),
            None => told.push((agent, reason, ways)),
        }
    }
    for one in told {
        tell(tx, event, &ticket, one)?;
    }
    Ok(())
}

/// Which ways somebody is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ways {
    mail: bool,
    bell: bool,
    browser: bool,
}

impl Ways {
    fn of(tx: &mut Tx<'_>, event: &Event, agent: AgentId, reason: Reason) -> Result<Self, DbError> {
        let has_post = tx.attached::<Outgoing>().is_some();
        let choices = of(tx, event.workspace, agent)?;
        Ok(Self {
            mail: has_post && choices.want(reason),
            bell: choices.bell.has(reason),
            browser: choices.browser.has(reason),
        })
    }

    const fn are_any(self) -> bool {
        self.mail || self.bell || self.browser
    }

    const fn add(&mut self, other: Self) {
        self.mail |= other.mail;
        self.bell |= other.bell;
        self.browser |= other.browser;
    }
}

/// Whom an event of a ticket concerns, and why.
fn concerned(tx: &mut Tx<'_>, event: &Event, ticket: &Ticket) -> Result<Vec<(AgentId, Reason)>, DbError> {
    let (kind, payload) = (event.kind.as_str(), &event.payload);
    let named = |name: &str| payload[name].as_str().and_then(|id| id.parse::<AgentId>().ok());
    let is = |name: &str| payload[name].as_bool() == Some(true);
    let assigned = |agent: AgentId| (agent, Reason::Assigned);
    if kind == tickets::OPENED.name {
        return Ok(ticket.agent.map(assigned).into_iter().collect());
    }
    if kind == tickets::CHANGED.name {
        return Ok(named("after").map(assigned).into_iter().collect());
    }
    if kind == surveys::LOW.name {
        let whom = surveys::whom_to_alert(tx, event.workspace, ticket)?;
        return Ok(whom.into_iter().map(|agent| (agent, Reason::Low)).collect());
    }
    if kind == outbox::FAILED.name {
        let writer = match payload["message"].as_str().and_then(|id| id.parse().ok()) {
            Some(message) => tickets::author_of(tx, event.workspace, message)?,
            None => None,
        };
        let both = writer.into_iter().chain(ticket.agent);
        return Ok(both.map(|agent| (agent, Reason::Failed)).collect());
    }
    if kind == followers::MENTIONED.name {
        let agent = named("agent").map(|agent| (agent, Reason::Mentioned));
        return Ok(agent.into_iter().collect());
    }
    let mut all = Vec::new();
    if kind == tickets::HEARD.name {
        // What machines and strangers write is nothing to hurry for.
        if is("is_automatic") || is("is_stranger") {
            return Ok(all);
        }
        all.extend(ticket.agent.map(|agent| (agent, Reason::Heard)));
    }
    let reader = Actor::system(event.workspace, "notices");
    let following = followers::of(tx, &reader, ticket.id).map_err(of_ticket)?;
    all.extend(following.into_iter().map(|(agent, _)| (agent, Reason::Followed)));
    Ok(all)
}

fn tell(
    tx: &mut Tx<'_>,
    event: &Event,
    ticket: &Ticket,
    (id, reason, ways): (AgentId, Reason, Ways),
) -> Result<(), DbError> {
    let (workspace, now) = (event.workspace, tx.now());
    let may = |agent: &agents::Agent| {
        agent.is_active && !agent.is_machine && agent.permissions.has(Permission::TicketsRead)
    };
    if !agents::find(tx, workspace, id)?.is_some_and(|agent| may(&agent)) {
        return Ok(());
    }
    let message: Option<MessageId> = event.payload["message"].as_str().and_then(|id| id.parse().ok());
    // What is written beside a ticket is no message in it.
    let message = message.filter(|_| event.payload["side_conversation"].is_null());
    let known = store::told_since(tx, workspace, (id, ticket.id), now.minus(WHILE))?;
    // That a mail failed is news though its message was told of.
    let is_known = message.is_some() && known.contains(&message) && reason != Reason::Failed;
    if known.len() >= MOST || is_known {
        return Ok(());
    }
    let is_internal = event.kind == tickets::NOTED.name || event.kind == followers::MENTIONED.name;
    let notice = TicketNotice {
        id: tx.new_id(),
        agent: id,
        ticket: ticket.id,
        message,
        reason,
        is_internal,
        made_at: now,
        expires_at: now.plus(ANSWERABLE),
        is_mailed: ways.mail,
        is_shown: ways.bell,
        is_browsed: ways.browser,
        read_at: None,
    };
    store::forget(tx, workspace, id, now)?;
    store::insert(tx, workspace, &notice)?;
    if ways.mail {
        jobs::queue(tx, workspace, &Tell { notice: notice.id })?;
    }
    tx.wake(WAKES);
    Ok(())
}

fn of_ticket(error: TicketError) -> DbError {
    match error {
        TicketError::Db(error) => error,
        other => DbError::Internal {
            statement: "notices".to_owned(),
            problem: other.to_string(),
        },
    }
}
