//! Connections on pages: joining two tickets, taking that back, splitting a message off.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};
use serde::Deserialize;
use tandem_core::actor::Actor;

use super::super::names::Names;
use super::super::pages::PLACE;
use super::super::{MessageId, Ticket, TicketError, TicketId, listing, turn};
use super::views::ConnectPage;
use super::{Connection, Joint, TicketConnectionId};

/// How many tickets of the same customer are offered.
const OFFERED: i64 = 12;

/// With which ticket, as a link may say.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct WithQuery {
    number: Option<i64>,
    kind: Option<String>,
}

/// The form that joins a ticket with another.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn form(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<WithQuery>,
) -> Result<Page, Failure> {
    let mut filled = Filled::default();
    filled.set(
        "number",
        query.number.map(|number| number.to_string()).unwrap_or_default(),
    );
    filled.set("kind", query.kind.unwrap_or_default());
    page(&db, &actor, &t, known(&id)?, filled).await
}

async fn page(db: &Db, actor: &Actor, t: &Text, id: TicketId, filled: Filled) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (ticket, offered, names) = db
        .read(move |tx| {
            let ticket = super::super::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            let mut offered = offered(tx, &reader, &ticket)?;
            offered.retain(|one| one.id != id);
            let names = Names::of(tx, &reader, &offered)?;
            Ok::<_, TicketError>((ticket, offered, names))
        })
        .await?;
    let crumb = (format!("#{}", ticket.number), format!("/tickets/{id}"));
    let view = ConnectPage::new(t, &ticket, offered, names, &filled);
    Ok(Page::new(t.say("connections-new"), &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(crumb.0, crumb.1))
}

/// Other tickets of the same person, and of the same account.
fn offered(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket) -> Result<Vec<Ticket>, TicketError> {
    let mut offered = match ticket.contact {
        Some(contact) => listing::of_contact(tx, actor, contact, None, OFFERED)?,
        None => Vec::new(),
    };
    if let Some(account) = ticket.account {
        for one in listing::of_account(tx, actor, account, None, OFFERED)? {
            if offered.iter().all(|there| there.id != one.id) {
                offered.push(one);
            }
        }
    }
    offered.retain(|one| one.status != super::Status::Merged && !one.status.is_apart());
    offered.truncate(usize::try_from(OFFERED).unwrap_or_default());
    Ok(offered)
}

/// Joins a ticket with the one of a number.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's; what does not fit shows the form again.
pub async fn connect(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TicketId = known(&id)?;
    let mut filled: Filled = sent.into_iter().collect();
    let (writer, asked) = (actor.clone(), filled.clone());
    let made = db
        .write_in_turn(&turn(actor.workspace), move |tx| {
            let joint: Joint = asked.value("kind").parse()?;
            let number = asked.value("number").trim().trim_start_matches('#');
            let number: i64 = number.parse().map_err(|_| TicketError::NoTicket)?;
            let other = super::super::numbered(tx, &writer, number)?.ok_or(TicketError::NoTicket)?;
            super::connect(tx, &writer, (id, other.id), joint)
        })
        .await;
    match made {
        Ok(connection) => Ok(done(&t, &connection).into_response()),
        Err(error) => {
            let status = filled.refuse_all(error.into(), &t)?;
            let page = page(&db, &actor, &t, id, filled).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// What was done, how it is taken back, and where it is seen.
fn done(t: &Text, connection: &Connection) -> (Notice, Redirect) {
    let (said, to) = match connection.joint {
        Joint::Merged => ("connections-was-merged", connection.other),
        Joint::Split => ("connections-was-split", connection.ticket),
        _ => ("connections-was-made", connection.ticket),
    };
    let notice = Notice::new(t.say(said)).undo(format!("/tickets/connections/{}/end", connection.id));
    (notice, Redirect::to(&format!("/tickets/{to}")))
}

/// Ends what joins two tickets.
///
/// # Errors
/// No such connection here, a missing permission, or the database's.
pub async fn end(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: TicketConnectionId = known(&id)?;
    let turn = turn(actor.workspace);
    let ended = db
        .write_in_turn(&turn, move |tx| super::end(tx, &actor, id))
        .await?;
    // What was split off is merged back: a connection of its own.
    if ended.ended.is_none() {
        return Ok(done(&t, &ended).into_response());
    }
    let said = match ended.joint {
        Joint::Merged => "connections-was-unmerged",
        _ => "connections-was-ended",
    };
    let notice = Notice::new(t.say(said)).undo(format!("/tickets/connections/{id}/again"));
    Ok((notice, Redirect::to(&format!("/tickets/{}", ended.ticket))).into_response())
}

/// Joins again what was ended.
///
/// # Errors
/// No such connection here, what does not fit any more, a missing permission, or the database's.
pub async fn again(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<(Notice, Redirect), Failure> {
    let id: TicketConnectionId = known(&id)?;
    let turn = turn(actor.workspace);
    let made = db
        .write_in_turn(&turn, move |tx| super::again(tx, &actor, id))
        .await?;
    Ok(done(&t, &made))
}

/// Makes a ticket of a message and what follows.
///
/// # Errors
/// The first message of a ticket, no such message here, a missing permission, or the database's.
pub async fn split(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<(Notice, Redirect), Failure> {
    let id: MessageId = known(&id)?;
    let turn = turn(actor.workspace);
    let (_, connection) = db
        .write_in_turn(&turn, move |tx| super::split(tx, &actor, id, ""))
        .await?;
    Ok(done(&t, &connection))
}
