//! Tickets for programs: the same verbs as the pages.

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};
use tandem_core::actor::Actor;
use tandem_core::fields;

use super::beginning::{self, Beginning};
use super::documents::{
    ChangeDocument, MessageDocument, MessageInput, MessagesQuery, NewTicketInput, TicketDocument, TicketInput,
};
use super::listing::{self, Cursor, View};
use super::nouns::NOUN;
use super::sifting::{self, TicketsQuery};
use super::{LIST, Message, MessageId, NewMessage, Step, TicketError, TicketId, turn};

/// The name of the list of messages, in cursors.
const MESSAGES: &str = "ticket_messages";

/// `GET /api/v1/tickets`
///
/// # Errors
/// A cursor that is none, a view that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<TicketsQuery>,
) -> Result<Listed<TicketDocument>, Failure> {
    let from: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let view: View = match query.view.as_deref() {
        None => View::All,
        Some(word) => word.parse().map_err(|_| TicketError::BadField)?,
    };
    let (limit, sieve) = (query.limit.and_one(), query.sieve());
    let found = db
        .read(move |tx| {
            let (found, order) = match (sieve, query.account, query.contact) {
                (Some(sieve), ..) => (sifting::part(tx, &actor, &sieve, from, limit)?, None),
                (None, Some(account), _) => (listing::of_account(tx, &actor, account, from, limit)?, None),
                (None, None, Some(contact)) => (listing::of_contact(tx, &actor, contact, from, limit)?, None),
                (None, None, None) => {
                    let order = listing::order(tx, &actor, view)?;
                    (listing::view(tx, &actor, view, from, limit)?, order)
                }
            };
            Ok::<_, TicketError>((found, order))
        })
        .await?;
    let (found, order) = found;
    Ok(Listed::of(found, query.limit, |last| listing::after(order, last).encode()).linked(&address))
}

/// `POST /api/v1/tickets`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn open(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<NewTicketInput>,
) -> Result<Response, Failure> {
    let (values, new) = (input.fields.clone(), Beginning::from(input));
    let (turn, owner) = (turn(actor.workspace), (&actor).into());
    once.run_in_turn(&db, &turn, owner, move |tx| {
        let mut new = new.clone();
        new.fields = fields::api::read(tx, actor.workspace, &NOUN, &values)?;
        let ticket = beginning::begin(tx, &actor, &new)?;
        let location = format!("/api/v1/tickets/{}", ticket.id);
        Ok(Single::made(&TicketDocument::from(ticket), location))
    })
    .await
}

/// `GET /api/v1/tickets/{id}`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(Single::of(&TicketDocument::from(
        found.ok_or(TicketError::Unknown)?,
    )))
}

/// `PUT /api/v1/tickets/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such ticket here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    state: IfMatch,
    Sent(input): Sent<TicketInput>,
) -> Result<Single, Failure> {
    let turn = turn(actor.workspace);
    db.write_in_turn(&turn, move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
        let values = input.values(&now);
        state.must_hold(&Single::of(&TicketDocument::from(now)))?;
        let (ticket, _) = super::change(tx, &actor, id, &values)?;
        Ok(Single::of(&TicketDocument::from(ticket)))
    })
    .await
}

/// `GET /api/v1/tickets/{id}/messages`
///
/// # Errors
/// No such ticket here, a cursor that is none, or the database's.
pub async fn messages(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    address: Uri,
    Asked(query): Asked<MessagesQuery>,
) -> Result<Listed<MessageDocument>, Failure> {
    let before: Option<MessageId> = cursor::wanted(MESSAGES, query.after.as_deref())?;
    let limit = query.limit.and_one();
    let mut found = db
        .read(move |tx| {
            super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
            super::messages(tx, &actor, id, before, limit)
        })
        .await?;
    found.reverse();
    let cursor = |last: &Message| cursor::write(MESSAGES, &last.id);
    Ok(Listed::of(found, query.limit, cursor).linked(&address))
}

/// `POST /api/v1/tickets/{id}/messages`
///
/// # Errors
/// A field that does not fit, a message that the writer had not seen, no such ticket here, or the database's.
pub async fn write(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    Posted { input, once }: Posted<MessageInput>,
) -> Result<Response, Failure> {
    if input.body.is_some() == input.html.is_some() {
        return Err(TicketError::BadBody.into());
    }
    let new = NewMessage {
        kind: input.kind,
        body: input.body.unwrap_or_default(),
        html: input.html,
        seen: Some(input.seen).filter(|_| !input.force),
        then: input.status.map(|status| Step {
            status,
            own: input.own_status,
        }),
        files: input.files,
    };
    let (turn, owner) = (turn(actor.workspace), (&actor).into());
    once.run_in_turn(&db, &turn, owner, move |tx| {
        let (_, message) = super::write(tx, &actor, id, &new)?;
        let location = format!("/api/v1/tickets/{id}/messages");
        Ok(Single::made(&MessageDocument::from(message), location))
    })
    .await
}

/// `GET /api/v1/tickets/{id}/changes`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn changes(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
) -> Result<Listed<ChangeDocument>, Failure> {
    let found = db
        .read(move |tx| {
            super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
            super::changes(tx, &actor, id, 1_000)
        })
        .await?;
    let found = found.into_iter().map(ChangeDocument::from).collect();
    Ok(Listed::whole(found, None))
}
