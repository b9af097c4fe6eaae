//! What makes the pages of side conversations: one with its composer, where they stand, and what says that a message is on its
//! way.

use axum::response::{IntoResponse, Redirect, Response};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::views::{SideActions, SidePage, subject};
use super::{Entry, Side, SideError, SideId, Whole};
use crate::tickets::files::{self, File};
use crate::tickets::{self, MessageId, Ticket, TicketError, TicketId};
use crate::{mails, outbox};

/// Which files are chosen.
pub(super) type Chosen<'a> = &'a (dyn Fn(&File) -> bool + Send + Sync);

/// A page that stands behind a ticket.
pub(super) fn beside(page: Page, t: &Text, ticket: &Ticket) -> Page {
    page.place("inbox")
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(format!("#{}", ticket.number), format!("/tickets/{}", ticket.id))
}

/// The files that can go along: of what the ticket's customer wrote or got, and of the side conversation itself, each once. Those of
/// notes and of other side conversations are not for them.
pub(super) fn offered(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    own: &[File],
) -> Result<Vec<File>, TicketError> {
    let mut found: Vec<File> = Vec::new();
    for file in files::public(tx, actor, id)?.iter().chain(own) {
        if !has(&found, file) {
            found.push(file.clone());
        }
    }
    Ok(found)
}

/// Whether a file is among others: of the same content and name.
pub(super) fn has(files: &[File], file: &File) -> bool {
    let is_same = |one: &File| one.content == file.content && one.name == file.name;
    files.iter().any(is_same)
}

/// Says that a message is on its way, and how that can be taken back.
pub(super) async fn said(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (side, entry): (&Side, &Entry),
) -> Result<Response, Failure> {
    let (workspace, message) = (actor.workspace, entry.id);
    let parcel = db
        .read(move |tx| outbox::of_message(tx, workspace, message))
        .await?;
    let mut notice = Notice::new(t.say("sides-was-sent"));
    if let Some(parcel) = parcel.filter(outbox::Parcel::may_withdraw) {
        notice = notice.undo(format!("/settings/outgoing/{}/withdrawal", parcel.mail.id));
    }
    Ok((notice, Redirect::to(&format!("/tickets/sides/{}", side.id))).into_response())
}

/// One with everything in it, with what was typed into its composer.
pub(super) async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    id: SideId,
    (filled, chosen): (Filled, Chosen<'_>),
) -> Result<Page, Failure> {
    let (reader, voice) = (actor.clone(), t.clone());
    let (whole, ticket, files, offered, marks, form) = db
        .read(move |tx| {
            let whole: Whole = super::find(tx, &reader, id)?;
            let ticket = tickets::find(tx, &reader, whole.side.ticket)?.ok_or(SideError::Unknown)?;
            let ids: Vec<MessageId> = whole.entries.iter().map(|entry| entry.id).collect();
            let mut marks = mails::marks::say(tx, &reader, &voice, &ticket, &ids)?;
            marks.extend(outbox::say_of(tx, &reader, &voice, &ids)?);
            let mut files = files::of_ticket(tx, &reader, ticket.id)?;
            files.retain(|file| file.message.is_some_and(|message| ids.contains(&message)));
            let offered = offered(tx, &reader, ticket.id, &files)?;
            Ok::<_, SideError>((whole, ticket, files, offered, marks, tx.new_id()))
        })
        .await?;
    let may_write = actor.may(Permission::TicketsWrite);
    let offered = offered.into_iter().map(|file| {
        let is_chosen = chosen(&file);
        (file, is_chosen)
    });
    let view = SidePage {
        t,
        whole: &whole,
        ticket: &ticket,
        files,
        offered: offered.collect(),
        form,
        marks,
        filled: &filled,
        may_write,
    };
    let actions = SideActions {
        t,
        side: &whole.side,
        may_write,
    };
    let page = Page::new(subject(t, &whole.side), &view).actions(&actions);
    Ok(beside(page, t, &ticket)
        .live(id.to_string())
        .live(ticket.id.to_string()))
}
