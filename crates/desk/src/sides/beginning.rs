//! Beginning a side conversation: the form, empty or with what is passed on.

use axum::extract::{Path, Query, Request, State};
use axum::response::{IntoResponse, Response};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Page, known};
use serde::Deserialize;
use tandem_core::actor::Actor;

use super::once::once;
use super::reading::{self, Body};
use super::showing::{Chosen, beside, has, offered, said};
use super::views::FormPage;
use super::{Entry, Forward, Side, SideError, forwarded, quoted};
use crate::tickets::files::File;
use crate::tickets::{self, Ticket, TicketError, TicketId};

/// What is passed on: `newest`, `all` or the id of a message.
#[derive(Debug, Deserialize)]
pub struct NewQuery {
    from: Option<String>,
}

/// The form of a new one: empty, or with what is passed on.
///
/// # Errors
/// No such ticket here, nothing to pass on, or the database's.
pub async fn new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<NewQuery>,
) -> Result<Page, Failure> {
    let (id, from): (TicketId, _) = (known(&id)?, query.from.unwrap_or_default());
    let which = Forward::named(&from);
    let (voice, reader) = (t.clone(), actor.clone());
    let (filled, chosen) = db
        .read(move |tx| {
            let ticket = tickets::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            begun(tx, &reader, &voice, &ticket, which)
        })
        .await?;
    let mut filled = filled;
    filled.set("from", from);
    form(
        &db,
        &actor,
        &t,
        id,
        // The same file may have come more than once and is offered once.
        (filled, &move |file: &File| has(&chosen, file)),
    )
    .await
}

/// What the form begins with, and the files that go along.
fn begun(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    ticket: &Ticket,
    which: Option<Forward>,
) -> Result<(Filled, Vec<File>), SideError> {
    let mut filled = Filled::default();
    let Some(which) = which else {
        filled.set("subject", ticket.subject.clone());
        return Ok((filled, Vec::new()));
    };
    let subject = t.say_with(
        "sides-forward-subject",
        kit::args!(subject = ticket.subject.as_str()),
    );
    filled.set("subject", subject.chars().take(300).collect::<String>());
    match forwarded(tx, actor, ticket.id, which) {
        Ok((messages, files)) => {
            filled.set("quoted", quoted(tx, actor, &messages)?);
            Ok((filled, files))
        }
        // A ticket that only has notes has nothing to pass on: the form says so.
        Err(SideError::NoMessage) => {
            filled.refuse("quoted", t.say("sides-failure-message"));
            Ok((filled, Vec::new()))
        }
        Err(error) => Err(error),
    }
}

async fn form(
    db: &Db,
    actor: &Actor,
    t: &Text,
    id: TicketId,
    (filled, chosen): (Filled, Chosen<'_>),
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (ticket, files, form) = db
        .read(move |tx| {
            let ticket = tickets::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            Ok::<_, SideError>((ticket, offered(tx, &reader, id, &[])?, tx.new_id()))
        })
        .await?;
    let is_forward = filled.has("quoted") || !filled.error("quoted").is_empty();
    let files = files.into_iter().map(|file| {
        let is_chosen = chosen(&file);
        (file, is_chosen)
    });
    let view = FormPage {
        t,
        ticket: &ticket,
        filled: &filled,
        form,
        files: files.collect(),
        is_forward,
    };
    let title = t.say(if is_forward { "sides-forward" } else { "sides-new" });
    Ok(beside(Page::new(title, &view), t, &ticket))
}

/// Begins one, or shows the form again with what is wrong.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn open(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let id: TicketId = known(&id)?;
    let reader = actor.clone();
    // Nothing is taken in for what is not there.
    db.read(move |tx| {
        tickets::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
        Ok::<_, SideError>(())
    })
    .await?;
    let mut body = reading::body(&db, request).await?;
    match opened(&db, &actor, id, &mut body).await {
        Ok((side, entry)) => said(&db, &actor, &t, (&side, &entry)).await,
        Err(error) => {
            let status = body.filled.refuse_all(error.into(), &t)?;
            let filled = body.filled.clone();
            let page = form(
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

async fn opened(db: &Db, actor: &Actor, id: TicketId, body: &mut Body) -> Result<(Side, Entry), SideError> {
    if let Some(trouble) = body.trouble.take() {
        return Err(trouble.into());
    }
    let (writer, new, sent) = (actor.clone(), body.side(), body.form());
    db.write_in_turn(&tickets::turn(actor.workspace), move |tx| {
        once(tx, &writer, sent, |tx| super::open(tx, &writer, id, &new))
    })
    .await
}
