//! Tags of tickets: what they stand on, their addresses, and the tickets of a tag.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use kit::db::{Db, DbError, Tx};
use kit::i18n::Text;
use kit::id::{AnyId, TypedId, Uuid};
use kit::web::api::{At, Operation, Sample, Single};
use kit::web::{Failure, Sent, known};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tandem_core::actor::Actor;
use tandem_core::events::Kind;
use tandem_core::nouns::Noun;
use tandem_core::permissions::Permission;
use tandem_core::tags::{self, Tag, line};

use super::{LIST, Ticket, TicketError, TicketId};

/// A ticket has other tags.
pub const TAGGED: Kind = Kind::new("ticket.tagged", Permission::TicketsRead);

/// A ticket has other values in the workspace's own fields.
pub const DESCRIBED: Kind = Kind::new("ticket.described", Permission::TicketsRead);

/// Tickets, for tags and fields.
pub static NOUN: Noun = Noun {
    key: "ticket",
    title: "tickets-title",
    reads: Permission::TicketsRead,
    writes: Permission::TicketsWrite,
    path: "/tickets",
    home: "/inbox",
    place: "inbox",
    list: LIST,
    tagged: &TAGGED,
    described: &DESCRIBED,
    details: "details",
    keeps: Some(super::details::keep),
    rules: Some("/settings/ticket-fields"),
};

/// The tags of several tickets, by name.
pub(super) fn of_many(
    tx: &mut Tx<'_>,
    actor: &Actor,
    tickets: &[Ticket],
) -> Result<BTreeMap<Uuid, Vec<Tag>>, DbError> {
    let ids: Vec<Uuid> = tickets.iter().map(|ticket| ticket.id.uuid()).collect();
    tags::of_many(tx, actor.workspace, &NOUN, &ids)
}

fn find(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<AnyId, Failure> {
    let id: TicketId = known(id)?;
    let ticket = super::find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    Ok(ticket.id.into())
}

/// Puts a tag on a ticket.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn put_tag(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(back)): (Path<String>, Query<Vec<(String, String)>>),
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let sent: Sent = back.into_iter().chain(sent).collect();
    line::put((db, actor, t), &NOUN, find, (id, sent)).await
}

/// Takes a tag off a ticket.
///
/// # Errors
/// As of [`put_tag`].
pub async fn take_tag(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(back)): (Path<String>, Query<Vec<(String, String)>>),
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let sent: Sent = back.into_iter().chain(sent).collect();
    line::take((db, actor, t), &NOUN, find, (id, sent)).await
}

/// The tags of a ticket.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TicketTags")]
#[serde(deny_unknown_fields)]
pub struct TagsDocument {
    /// Their words; one that is not known yet becomes a tag.
    #[schemars(length(max = 50))]
    tags: Vec<String>,
}

impl Sample for TagsDocument {
    fn sample() -> Self {
        Self {
            tags: vec!["exports".to_owned(), "month-end".to_owned()],
        }
    }
}

/// `GET /api/v1/tickets/{id}/tags`
pub const SHOW: Operation = Operation::new("Tickets", "Show a ticket's tags", "Their words, by name.")
    .of::<TicketId>()
    .shows::<TagsDocument>();

/// `PUT /api/v1/tickets/{id}/tags`
pub const SET: Operation = Operation::new(
    "Tickets",
    "Give a ticket its tags",
    "Exactly these: others are taken off.",
)
.of::<TicketId>()
.takes::<TagsDocument>()
.shows::<TagsDocument>()
.fails(&[&tags::TAG]);

/// `GET /api/v1/tickets/{id}/tags`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    db.read(move |tx| document(tx, &actor, id)).await
}

/// `PUT /api/v1/tickets/{id}/tags`
///
/// # Errors
/// A word that can't be a tag, no such ticket here, a missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    kit::web::api::Sent(input): kit::web::api::Sent<TagsDocument>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
        tags::api::set(tx, &actor, &NOUN, id.into(), &input.tags)?;
        document(tx, &actor, id)
    })
    .await
}

fn document(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Single, Failure> {
    super::find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    let tags = tags::of(tx, actor.workspace, &NOUN, id.uuid())?;
    let tags = tags.into_iter().map(|tag| tag.name).collect();
    Ok(Single::of(&TagsDocument { tags }).without_tag())
}
