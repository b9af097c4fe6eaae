//! Who is to be told of what happened to a ticket.

use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::jobs::{self, Job};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId};
use tandem_core::doors::letters::Outgoing;
use tandem_core::events::{Event, Listener};
use tandem_core::permissions::Permission;

use super::jobs::Tell;
use super::{ANSWERABLE, Reason, TicketNotice, of, store};
use crate::tickets::{self, Field, MessageId, Ticket, TicketError, TicketId, followers};

/// Queues a mail for everybody who wants to be told of an event.
pub const TELL: Listener = Listener::new(<Tell as Job>::KIND, hear);

/// Notices of one ticket that an agent gets within [`WHILE`].
const MOST: usize = 20;
const WHILE: Duration = Duration::from_secs(3_600);

fn hear(tx: &mut Tx<'_>, event: &Event) -> Result<(), DbError> {
    let Ok(id) = event.subject.parse::<TicketId>() else {
        return Ok(());
    };
    let is_of_agent = event.payload["field"].as_str() == Some(Field::Agent.as_str());
    let is_nothing = event.kind == tickets::CHANGED.name && !is_of_agent;
    if is_nothing || tx.attached::<Outgoing>().is_none() {
        return Ok(());
    }
    let Some(ticket) = tickets::with_id(tx, event.workspace, id)? else {
        return Ok(());
    };
    let author: Option<AgentId> = event.actor.split(' ').next().and_then(|id| id.parse().ok());
    let mut told: Vec<AgentId> = author.into_iter().collect();
    for (agent, reason) in concerned(tx, event, &ticket)? {
        if !told.contains(&agent) && of(tx, event.workspace, agent)?.want(reason) {
            told.push(agent);
            tell(tx, event, &ticket, (agent, reason))?;
        }
    }
    Ok(())
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
    (id, reason): (AgentId, Reason),
) -> Result<(), DbError> {
    let (workspace, now) = (event.workspace, tx.now());
    let may = |agent: &agents::Agent| {
        agent.is_active && !agent.is_machine && agent.permissions.has(Permission::TicketsRead)
    };
    if !agents::find(tx, workspace, id)?.is_some_and(|agent| may(&agent)) {
        return Ok(());
    }
    let message: Option<MessageId> = event.payload["message"].as_str().and_then(|id| id.parse().ok());
    let known = store::told_since(tx, workspace, (id, ticket.id), now.minus(WHILE))?;
    if known.len() >= MOST || (message.is_some() && known.contains(&message)) {
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
    };
    store::forget(tx, workspace, id, now)?;
    store::insert(tx, workspace, &notice)?;
    jobs::queue(tx, workspace, &Tell { notice: notice.id })?;
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
