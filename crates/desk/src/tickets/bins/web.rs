//! Spam and trash on pages: putting a ticket there, and taking it out.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::super::acts::{back, with_undo};
use super::super::listing::View;
use super::super::pages::PLACE;
use super::super::{Change, Ticket, TicketError, TicketId, turn};
use super::Bin;
use super::views::BinPage;
use crate::mails;

/// From which list the ticket was opened.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct FromQuery {
    view: Option<String>,
}

/// The form that marks a ticket as spam, or puts it into the trash.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn form(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<FromQuery>,
) -> Result<Page, Failure> {
    let id: TicketId = known(&id)?;
    let (reader, may_block) = (actor.clone(), actor.may(Permission::MailsWrite));
    let (ticket, writer) = db
        .read(move |tx| {
            let ticket = super::super::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            let writer = mails::writer(tx, reader.workspace, id)?;
            Ok::<_, TicketError>((ticket, writer))
        })
        .await?;
    let view = BinPage {
        t: &t,
        ticket: &ticket,
        view: query.view.as_deref().unwrap_or_default(),
        writer: writer.filter(|_| may_block),
        may_delete: actor.may(Permission::TicketsDelete),
    };
    Ok(Page::new(t.say("bins-title"), &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(format!("#{}", ticket.number), format!("/tickets/{id}")))
}

/// Marks a ticket as spam, and blocks whoever wrote it where that is ticked.
///
/// # Errors
/// It is in the trash, no such ticket here, a missing permission, or the database's.
pub async fn mark(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<(Notice, Redirect), Failure> {
    let id: TicketId = known(&id)?;
    let filled: Filled = sent.into_iter().collect();
    let (turn, blocks) = (turn(actor.workspace), filled.has("block"));
    let done = db
        .write_in_turn(&turn, move |tx| super::mark(tx, &actor, id, blocks))
        .await?;
    Ok(put(&t, &done, ("bins-was-marked", filled.value("view"))))
}

/// Puts a ticket into the trash.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn throw_away(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<(Notice, Redirect), Failure> {
    let id: TicketId = known(&id)?;
    let filled: Filled = sent.into_iter().collect();
    let turn = turn(actor.workspace);
    let done = db
        .write_in_turn(&turn, move |tx| super::throw_away(tx, &actor, id))
        .await?;
    Ok(put(&t, &done, ("bins-was-thrown-away", filled.value("view"))))
}

/// What was done, how it is taken back, and the list in which one goes on.
fn put(t: &Text, done: &(Ticket, Vec<Change>), (said, view): (&str, &str)) -> (Notice, Redirect) {
    let (ticket, changes) = done;
    let said = t.say_with(said, kit::args!(number = ticket.number));
    let view: View = view.parse().unwrap_or(View::Mine);
    let to = Redirect::to(&format!("/inbox/{view}"));
    (with_undo(Notice::new(said), changes), to)
}

/// Takes a ticket out of the spam.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn unmark(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<(Notice, Redirect), Failure> {
    restored(&db, actor, &t, (known(&id)?, Bin::Spam)).await
}

/// Takes a ticket out of the trash.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn take_out(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<(Notice, Redirect), Failure> {
    restored(&db, actor, &t, (known(&id)?, Bin::Trash)).await
}

async fn restored(
    db: &Db,
    actor: Actor,
    t: &Text,
    (id, bin): (TicketId, Bin),
) -> Result<(Notice, Redirect), Failure> {
    let turn = turn(actor.workspace);
    let (ticket, changes) = db
        .write_in_turn(&turn, move |tx| super::restore(tx, &actor, id, bin))
        .await?;
    let said = t.say_with("bins-was-restored", kit::args!(number = ticket.number));
    let notice = with_undo(Notice::new(said), &changes);
    Ok((notice, Redirect::to(&back(id, ""))))
}
