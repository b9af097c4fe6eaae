//! Tickets by tag, on pages.

use axum::extract::{Path, Query, State};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::tags::{self, TagId};

use super::super::listing::{Cursor, PAGE};
use super::super::names::Names;
use super::super::pages::PLACE;
use super::super::{LIST, TicketError};
use super::views::{TagPage, TagsPage};

/// Which part of the list.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PartQuery {
    after: Option<String>,
}

/// The tags that are on tickets.
///
/// # Errors
/// The database's.
pub async fn all(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let tags = db.read(move |tx| super::all(tx, &actor)).await?;
    let view = TagsPage::new(&t, tags);
    Ok(Page::new(t.say("tagged-title"), &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox")
        .live(LIST)
        .live(tags::LIST))
}

/// The tickets with a tag.
///
/// # Errors
/// No such tag here, a cursor that is none, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<PartQuery>,
) -> Result<Page, Failure> {
    let id: TagId = known(&id)?;
    let bad = || Failure::of(StatusCode::BAD_REQUEST);
    let from = query
        .after
        .as_ref()
        .map(|text| Cursor::decode(text).ok_or_else(bad));
    let from = from.transpose()?;
    let (tag, tickets, names) = db
        .read(move |tx| {
            let tag = super::tag(tx, &actor, id)?;
            let tickets = super::part(tx, &actor, id, from, PAGE + 1)?;
            let names = Names::of(tx, &actor, &tickets)?;
            Ok::<_, TicketError>((tag, tickets, names))
        })
        .await?;
    let title = tag.name.clone();
    let view = TagPage::new(&t, &tag, tickets, names);
    Ok(Page::new(title, &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(t.say("tagged-title"), "/inbox/tags")
        .live(LIST)
        .live(tags::LIST))
}
