//! Sample data of conversations: what agents have begun to write in open tickets.

use std::time::Duration;

use kit::db::{Db, DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, Agent};
use tandem_core::demo::Cast;
use tandem_core::permissions::Permission;
use tandem_core::tags::{self, TagError};

use super::connections::{self, Joint};
use super::drafts::{self, NewDraft};
use super::listing::{self, View};
use super::nouns::NOUN;
use super::scheduled::{self, NewScheduled, ScheduleError};
use super::{MessageKind, NewMessage, Status, TicketError, followers, unread};

/// Among how many solved tickets some of one account are looked for.
const LOOKED: i64 = 200;

/// How many open tickets are unread.
const UNREAD: i64 = 5;

const TAGS: &[&str] = &["month-end", "onboarding", "bug"];

const LATER: &str = "Hello,\n\ndid the last change help? If not, we look at it together this week.";
const TWO_DAYS: Duration = Duration::from_secs(2 * 86_400);

const DRAFTS: &[(MessageKind, &str)] = &[
    (
        MessageKind::Reply,
        "Hello,\n\nthank you for waiting. I have found what it is: ",
    ),
    (
        MessageKind::Note,
        "Same as last month's? Compare the two logs before answering.",
    ),
    (
        MessageKind::Reply,
        "Hello,\n\nwe can do this on Thursday at ten, if ",
    ),
];

/// Begins a few answers and notes, as the first agents who may write.
///
/// # Errors
/// The database's.
pub async fn fill(db: &Db, cast: &Cast) -> Result<(), TicketError> {
    let may_write = |agent: &&Agent| agent.permissions.has(Permission::TicketsWrite);
    let writers = cast.agents.iter().filter(may_write);
    let actors: Vec<Actor> = writers.map(|agent| agent.actor(cast.workspace.id)).collect();
    db.write(move |tx| {
        begin(tx, &actors)?;
        schedule(tx, &actors)?;
        name(tx, &actors)?;
        arrive(tx, &actors)?;
        tag(tx, &actors)?;
        join(tx, &actors)
    })
    .await
}

/// Somebody asks the first agent in a note, and the first agent follows another ticket.
fn name(tx: &mut Tx<'_>, actors: &[Actor]) -> Result<(), TicketError> {
    let [first, .., last] = actors else { return Ok(()) };
    let named = first
        .agent()
        .map(|id| agents::find(tx, first.workspace, id))
        .transpose()?
        .flatten();
    let open = listing::view(tx, last, View::Open, None, 2)?;
    let [ticket, other, ..] = &open[..] else {
        return Ok(());
    };
    if let Some(agent) = named {
        let note = NewMessage {
            kind: MessageKind::Note,
            body: String::new(),
            html: Some(format!(
                "<p>@{} have we had this before? What I would do:</p><ol><li>offer them <b>a call</b></li><li>ask for their log</li></ol>",
                agent.name.replace('&', "&amp;").replace('<', "&lt;")
            )),
            seen: None,
            then: None,
            files: Vec::new(),
        };
        super::write(tx, last, ticket.id, &note)?;
    }
    followers::follow(tx, first, other.id)
}

/// In the newest open tickets nobody has read yet what the customer wrote.
fn arrive(tx: &mut Tx<'_>, actors: &[Actor]) -> Result<(), TicketError> {
    let [first, ..] = actors else { return Ok(()) };
    for ticket in listing::view(tx, first, View::Open, None, UNREAD)? {
        unread::came(tx, first.workspace, ticket.id)?;
    }
    Ok(())
}

/// Some tags on what came last.
fn tag(tx: &mut Tx<'_>, actors: &[Actor]) -> Result<(), TicketError> {
    let [first, ..] = actors else { return Ok(()) };
    for (place, ticket) in listing::view(tx, first, View::All, None, LOOKED)?
        .iter()
        .enumerate()
    {
        let Some(tag) = TAGS.get(place % 7) else { continue };
        tags::put(tx, first, &NOUN, ticket.id.into(), tag).map_err(|error| match error {
            TagError::Db(error) => TicketError::Db(error),
            other => TicketError::Db(DbError::Internal {
                statement: "sample tags".to_owned(),
                problem: other.to_string(),
            }),
        })?;
    }
    Ok(())
}

/// Merges a solved ticket into another of its account, and says of a third that it has to do with it.
fn join(tx: &mut Tx<'_>, actors: &[Actor]) -> Result<(), TicketError> {
    let Some(actor) = actors.last() else { return Ok(()) };
    let solved = listing::view(tx, actor, View::Solved, None, LOOKED)?;
    for ticket in &solved {
        let others = solved
            .iter()
            .filter(|one| one.account == ticket.account && one.id != ticket.id);
        let others: Vec<_> = others.collect();
        if let [first, second, ..] = others[..] {
            connections::connect(tx, actor, (first.id, ticket.id), Joint::Merged)?;
            connections::connect(tx, actor, (second.id, ticket.id), Joint::Related)?;
            return Ok(());
        }
    }
    Ok(())
}

/// The first agent's answer in one more open ticket leaves in two days, unless the customer writes first.
fn schedule(tx: &mut Tx<'_>, actors: &[Actor]) -> Result<(), TicketError> {
    let [first, ..] = actors else { return Ok(()) };
    let open = listing::view(tx, first, View::Open, None, DRAFTS.len() as i64 + 1)?;
    let Some(ticket) = open.last() else {
        return Ok(());
    };
    let new = NewScheduled {
        body: LATER.to_owned(),
        html: None,
        then: Some(Status::Waiting),
        due_at: tx.now().plus(TWO_DAYS),
        unless_reply: true,
        files: Vec::new(),
    };
    match scheduled::schedule(tx, first, (ticket.id, None), &new) {
        Err(ScheduleError::Db(error)) => Err(error.into()),
        Err(ScheduleError::Ticket(error)) => Err(error),
        _ => Ok(()),
    }
}

fn begin(tx: &mut Tx<'_>, actors: &[Actor]) -> Result<(), TicketError> {
    let [first, ..] = actors else { return Ok(()) };
    let open = listing::view(tx, first, View::Open, None, DRAFTS.len() as i64)?;
    for (place, (ticket, (kind, body))) in open.iter().zip(DRAFTS).enumerate() {
        let new = NewDraft {
            kind: *kind,
            body: (*body).to_owned(),
            html: None,
            form: None,
        };
        // The last is somebody else's, so that one ticket shows whose turn it is not.
        let is_last = place + 1 == DRAFTS.len();
        let writer = if is_last {
            actors.last().unwrap_or(first)
        } else {
            first
        };
        drafts::save(tx, writer, ticket.id, &new)?;
    }
    Ok(())
}
