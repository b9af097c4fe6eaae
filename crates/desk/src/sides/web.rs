//! Side conversations on pages: beside their ticket, in a list of those that are open, and each with its composer. How one
//! begins stands in [`super::beginning`].

use axum::extract::{Path, Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::{Failure, Filled, Notice, Page, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::once::once;
use super::reading::{self, Body};
use super::showing::{beside, has, page, said};
use super::views::{ListPage, PanelPage};
use super::{Entry, LIST, Person, Side, SideError, SideId, Spot};
use crate::tickets::files::{self, File};
use crate::tickets::listing;
use crate::tickets::{self, MessageId, TicketError, TicketId};

/// Side conversations on one page of the list.
const PAGE: i64 = 50;
/// Where the list is.
const ADDRESS: &str = "/inbox/sides";

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    after: Option<String>,
}

/// A message whose words and files the composer begins with, because its mail was taken back.
#[derive(Debug, Deserialize)]
pub struct SideQuery {
    words: Option<MessageId>,
}

/// All that are open.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let after: Option<Spot> = cursor::wanted(LIST, query.after.as_deref())?;
    let (rows, next) = db
        .read(move |tx| {
            let mut found = super::list(tx, &actor, after, PAGE + 1)?;
            let page = usize::try_from(PAGE).expect("a page is small");
            let has_more = found.len() > page;
            found.truncate(page);
            let next = found.last().filter(|_| has_more);
            let next: Option<Spot> = next.map(|(side, _)| (side.touched_at, side.id));
            let ids: Vec<TicketId> = found.iter().map(|(side, _)| side.ticket).collect();
            let tickets = listing::with_ids(tx, &actor, &ids)?;
            let with_ticket = |(side, people): (Side, Vec<Person>)| {
                let ticket = tickets.iter().find(|ticket| ticket.id == side.ticket)?;
                Some((side, people, ticket.clone()))
            };
            let rows: Vec<_> = found.into_iter().filter_map(with_ticket).collect();
            Ok::<_, SideError>((rows, next))
        })
        .await?;
    let next = next.map(|spot| format!("{ADDRESS}?after={}", cursor::write(LIST, &spot)));
    let view = ListPage { t: &t, rows, next };
    Ok(Page::new(t.say("sides-title"), &view)
        .place("inbox")
        .crumb(t.say("nav-inbox"), "/inbox")
        .live(LIST))
}

/// The side conversations of a ticket; a panel beside it.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn of_ticket(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let (id, reader): (TicketId, _) = (known(&id)?, actor.clone());
    let (ticket, sides) = db
        .read(move |tx| {
            let ticket = tickets::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            Ok::<_, SideError>((ticket, super::of_ticket(tx, &reader, id)?))
        })
        .await?;
    let view = PanelPage {
        t: &t,
        ticket: id,
        sides,
        may_write: actor.may(Permission::TicketsWrite),
    };
    Ok(beside(Page::new(t.say("sides-title"), &view), &t, &ticket).live(id.to_string()))
}

/// One with everything in it.
///
/// # Errors
/// No such side conversation here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<SideQuery>,
) -> Result<Page, Failure> {
    let id: SideId = known(&id)?;
    let (mut filled, mut again) = (Filled::default(), Vec::new());
    if let Some(words) = query.words {
        let reader = actor.clone();
        let (whole, files) = db
            .read(move |tx| {
                let whole = super::find(tx, &reader, id)?;
                Ok::<_, SideError>((whole, files::of_message(tx, &reader, words)?))
            })
            .await?;
        if let Some(entry) = whole.entries.iter().find(|entry| entry.id == words) {
            filled.set("body", entry.body.clone());
            if !entry.quoted.is_empty() {
                filled.set("quoted", entry.quoted.clone());
            }
            again = files;
        }
    }
    page(&db, &actor, &t, id, (filled, &|file: &File| has(&again, file))).await
}

/// Writes in one, or shows it again with what is wrong.
///
/// # Errors
/// No such side conversation here, a missing permission, or the database's.
pub async fn write(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let id: SideId = known(&id)?;
    let reader = actor.clone();
    // Nothing is taken in for what is not there.
    db.read(move |tx| super::find(tx, &reader, id).map(drop)).await?;
    let mut body = reading::body(&db, request).await?;
    match written(&db, &actor, id, &mut body).await {
        Ok((side, entry)) => said(&db, &actor, &t, (&side, &entry)).await,
        Err(error) => {
            let status = body.filled.refuse_all(error.into(), &t)?;
            let filled = body.filled.clone();
            let page = page(
                &db,
                &actor,
                &t,
                id,
                (filled, &|file: &File| body.has_chosen(file.id)),
            )
            .await?;
            Ok(page.status(status).into_response())
        }
    }
}

async fn written(db: &Db, actor: &Actor, id: SideId, body: &mut Body) -> Result<(Side, Entry), SideError> {
    if let Some(trouble) = body.trouble.take() {
        return Err(trouble.into());
    }
    let (writer, new, sent) = (actor.clone(), body.entry(), body.form());
    db.write_in_turn(&tickets::turn(actor.workspace), move |tx| {
        once(tx, &writer, sent, |tx| super::write(tx, &writer, id, &new))
    })
    .await
}

/// Closes one.
///
/// # Errors
/// No such side conversation here, a missing permission, or the database's.
pub async fn close(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<(Notice, Redirect), Failure> {
    let id: SideId = known(&id)?;
    db.write(move |tx| super::close(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("sides-was-closed")).undo(format!("/tickets/sides/{id}/reopen"));
    Ok((notice, Redirect::to(&format!("/tickets/sides/{id}"))))
}

/// Opens one again.
///
/// # Errors
/// As of [`close`].
pub async fn reopen(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<(Notice, Redirect), Failure> {
    let id: SideId = known(&id)?;
    db.write(move |tx| super::reopen(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("sides-was-reopened")).undo(format!("/tickets/sides/{id}/close"));
    Ok((notice, Redirect::to(&format!("/tickets/sides/{id}"))))
}
