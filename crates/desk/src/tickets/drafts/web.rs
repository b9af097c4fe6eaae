//! Drafts on pages: kept while somebody types, thrown away and taken back, and all of one's own.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Redirect;
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;

use super::super::names::Names;
use super::super::pages::PLACE;
use super::super::{MessageKind, TicketError, TicketId, presence};
use super::views::DraftsPage;
use super::{LIST, NewDraft};

/// Keeps what the composer holds.
///
/// # Errors
/// Too many words, no such ticket here, a missing permission, or the database's.
pub async fn save(
    State(db): State<Db>,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<StatusCode, Failure> {
    let id: TicketId = known(&id)?;
    let filled: Filled = sent.into_iter().collect();
    let new = NewDraft {
        kind: MessageKind::of_composer(filled.value("mode")),
        body: filled.value("body").to_owned(),
        html: Some(filled.value("html").to_owned()),
        form: filled.value("form").parse().ok(),
    };
    db.write(move |tx| {
        super::save(tx, &actor, id, &new)?;
        presence::stir(tx, &actor, id)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Throws the draft in a ticket away.
///
/// # Errors
/// No draft or no such ticket here, a missing permission, or the database's.
pub async fn discard(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<(Notice, Redirect), Failure> {
    let id: TicketId = known(&id)?;
    let filled: Filled = sent.into_iter().collect();
    db.write(move |tx| super::discard(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("drafts-discarded")).undo(format!("/tickets/{id}/draft/undo"));
    let to = match filled.value("from") {
        "list" => "/inbox/drafts".to_owned(),
        _ => super::super::acts::back(id, filled.value("view")),
    };
    Ok((notice, Redirect::to(&to)))
}

/// Takes over what another agent has begun in the ticket, and opens it with that in the composer.
///
/// # Errors
/// They have begun nothing, no such ticket here, a missing permission, or the database's.
pub async fn take_over(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<(Notice, Redirect), Failure> {
    let id: TicketId = known(&id)?;
    let filled: Filled = sent.into_iter().collect();
    let from: AgentId = known(filled.value("agent"))?;
    db.write(move |tx| {
        super::take_over(tx, &actor, id, from)?;
        presence::stir(tx, &actor, id)
    })
    .await?;
    let to = Redirect::to(&format!("/tickets/{id}#composer"));
    Ok((Notice::new(t.say("drafts-taken-over")), to))
}

/// Takes that back, and opens the ticket with it.
///
/// # Errors
/// As of [`discard`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<(Notice, Redirect), Failure> {
    let id: TicketId = known(&id)?;
    db.write(move |tx| super::restore(tx, &actor, id)).await?;
    let to = Redirect::to(&format!("/tickets/{id}#composer"));
    Ok((Notice::new(t.say("drafts-restored")), to))
}

/// All that the person who looks has begun to write.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let (drafts, names) = db
        .read(move |tx| {
            let drafts = super::all_mine(tx, &actor)?;
            let tickets: Vec<_> = drafts.iter().map(|(_, ticket)| ticket.clone()).collect();
            let names = Names::of(tx, &actor, &tickets)?;
            Ok::<_, TicketError>((drafts, names))
        })
        .await?;
    let view = DraftsPage::new(&t, drafts, names);
    Ok(Page::new(t.say("drafts-title"), &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox")
        .live(super::super::LIST)
        .live(LIST))
}
