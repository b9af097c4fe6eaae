//! What happens to scheduled replies by themselves: they are sent when they are due, and called off when the customer
//! writes first.

use jiff::tz::TimeZone;
use kit::db::{DbError, Tx};
use kit::i18n::{Locale, Text};
use tandem_core::actor::{Actor, Origin, Who};
use tandem_core::agents;
use tandem_core::contacts::{self, ContactError, ContactId};
use tandem_core::events::{Event, Listener};
use tandem_core::permissions::PermissionSet;
use tandem_core::tokens;
use tandem_core::workspaces::{self, WorkspaceId};

use super::super::{
    MessageKind, NewMessage, Ticket, TicketError, TicketId, files, store as tickets, writing,
};
use super::{ScheduleError, Scheduled, State, keep, store, tell};

/// Calls off what waits in a ticket where the customer wrote, and tells whoever wrote it in a note that names them.
pub const CANCEL: Listener = Listener::new("tickets.scheduled.cancel", heard);

fn heard(tx: &mut Tx<'_>, event: &Event) -> Result<(), DbError> {
    let says = |word: &str| event.payload[word].as_bool().unwrap_or_default();
    let Ok(ticket) = event.subject.parse::<TicketId>() else {
        return Ok(());
    };
    // Neither is the customer.
    if says("is_automatic") || says("is_stranger") {
        return Ok(());
    }
    let actor = Actor::system(event.workspace, "scheduled");
    for mut one in store::waiting_of(tx, event.workspace, ticket)? {
        if !one.unless_reply {
            continue;
        }
        let now = tx.now();
        one.end(&actor, State::Answered, now);
        store::update(tx, event.workspace, &one)?;
        tell(tx, &actor, &one)?;
        say(tx, &actor, &one, "scheduled-note-answered")?;
    }
    Ok(())
}

/// Writes a note that names who wrote a reply, in the workspace's language.
fn say(tx: &mut Tx<'_>, actor: &Actor, one: &Scheduled, word: &str) -> Result<(), DbError> {
    let workspace = workspaces::find(tx, actor.workspace)?;
    let zone = workspace
        .as_ref()
        .and_then(|workspace| TimeZone::get(&workspace.zone).ok());
    let locale = workspace.and_then(|workspace| Locale::parse(&workspace.locale));
    let t = Text::new(
        locale.unwrap_or_else(Locale::english),
        zone.unwrap_or(TimeZone::UTC),
        tx.now(),
    );
    let agent = agents::find(tx, actor.workspace, one.agent)?;
    let name = agent.map(|agent| agent.name).unwrap_or_default();
    let moment = t.moment(one.due_at);
    let note = NewMessage {
        kind: MessageKind::Note,
        body: t.say_with(word, kit::args!(name = name.as_str(), moment = moment.as_str())),
        html: None,
        seen: None,
        then: None,
        files: Vec::new(),
    };
    match writing::write(tx, actor, one.ticket, &note) {
        Err(TicketError::Db(error)) => Err(error),
        // A ticket that takes no note shows it above its composer all the same.
        _ => Ok(()),
    }
}

/// Makes a message of a reply, in the name of whoever wrote it; `actor` is why now.
pub(super) fn send(tx: &mut Tx<'_>, actor: &Actor, mut one: Scheduled) -> Result<Scheduled, ScheduleError> {
    let ticket = tickets::find(tx, actor.workspace, one.ticket)?.ok_or(TicketError::Unknown)?;
    must_be_theirs(tx, actor.workspace, &ticket, &one)?;
    let sender = sender(tx, actor.workspace, &one)?;
    let new = NewMessage {
        kind: MessageKind::Reply,
        body: one.body.clone(),
        html: one.html.clone(),
        seen: None,
        then: one.then.map(Into::into),
        files: Vec::new(),
    };
    let held = files::held(tx, actor.workspace, one.holder())?;
    let (_, message) = writing::write_with(tx, &sender, one.ticket, &new, &held)?;
    files::hand_on(tx, actor.workspace, (one.holder(), message.id))?;
    one.message = Some(message.id);
    let now = tx.now();
    one.end(actor, State::Sent, now);
    keep(tx, actor, &one)?;
    Ok(one)
}

/// Stops words that were written to another contact than the ticket's: a merge carried them there, or it was given away. Two
/// records of one person are one.
pub(super) fn must_be_theirs(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
    one: &Scheduled,
) -> Result<(), ScheduleError> {
    if ticket.contact == one.contact {
        return Ok(());
    }
    let (Some(now), Some(then)) = (ticket.contact, one.contact) else {
        return Err(ScheduleError::OtherContact);
    };
    let now = person(tx, workspace, now)?;
    if now.is_some() && now == person(tx, workspace, then)? {
        Ok(())
    } else {
        Err(ScheduleError::OtherContact)
    }
}

/// Who a contact turned out to be.
fn person(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Option<ContactId>, ScheduleError> {
    let system = Actor::system(workspace, "scheduled");
    match contacts::find(tx, &system, contact) {
        Ok(found) => Ok(found.map(|contact| contact.root)),
        Err(ContactError::Db(error)) => Err(error.into()),
        // The system may read.
        Err(_) => Ok(None),
    }
}

/// Sends a reply that is due. What its ticket or its writer's permissions refuse is put aside and said to them.
pub(super) fn send_due(tx: &mut Tx<'_>, actor: &Actor, one: Scheduled) -> Result<(), DbError> {
    match tx.attempt(|tx| send(tx, actor, one.clone())) {
        Ok(_) => Ok(()),
        Err(ScheduleError::Db(error)) => Err(error),
        Err(_) => {
            let mut one = one;
            let now = tx.now();
            one.end(actor, State::Failed, now);
            store::update(tx, actor.workspace, &one)?;
            tell(tx, actor, &one)?;
            say(tx, actor, &one, "scheduled-note-failed")
        }
    }
}

/// Who wrote it, with what they may do now and could do then; nothing once they are gone, or the token that they used.
fn sender(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Scheduled) -> Result<Actor, DbError> {
    let agent = agents::find(tx, workspace, one.agent)?.filter(|agent| agent.is_active);
    let works = match one.token {
        Some(token) => tokens::works(tx, workspace, token)?,
        None => true,
    };
    let agent = agent.filter(|_| works);
    let (name, permissions) = agent.map_or_else(
        || (one.author.clone(), PermissionSet::NONE),
        |agent| {
            let may = PermissionSet::of_words(&one.may);
            let permissions = agent.actor(workspace).permissions().and(may);
            (agent.name, permissions)
        },
    );
    Ok(Actor {
        workspace,
        who: Who::Agent {
            id: one.agent,
            name,
            permissions,
        },
        origin: Origin::default(),
    })
}
