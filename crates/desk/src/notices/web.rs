//! The bell, the page of all notices, and the page on which people choose of what they are told which way.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::clock::Timestamp;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::{Failure, Filled, Notice, Page, Sent};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::doors::letters::Outgoing;

use super::listing::{self, Asked, Cursor, LIST};
use super::views::{BellPart, ChoicesPage, ListPage};
use super::{Choices, Kinds, NoticeId, Reason, topic};
use crate::tickets::TicketError;

pub(super) const ADDRESS: &str = "/settings/notices";
/// The page of all notices.
pub(super) const ALL: &str = "/notices";
/// Notices on one page.
const PAGE: usize = 50;
/// How far the bell counts.
const MOST: i64 = 100;
/// How many the browser shows at once.
const AT_ONCE: i64 = 3;

/// Which notices.
#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    show: Option<String>,
    reason: Option<String>,
    after: Option<String>,
}

/// The bell in the head of every page: how many notices are unread, and what the browser is to show.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn bell(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (unread, news) = db
        .read(move |tx| {
            let unread = super::unread(tx, &reader, MOST)?;
            let news = match super::mine(tx, &reader)?.browser.list().is_empty() {
                true => None,
                false => Some(listing::for_browser(tx, &reader, AT_ONCE)?),
            };
            Ok::<_, TicketError>((unread, news))
        })
        .await?;
    let view = BellPart {
        t: &t,
        topic: actor.agent().map(topic).unwrap_or_default(),
        unread,
        is_more: unread >= MOST,
        news: news.map(|news| super::views::for_script(&t, &news)),
    };
    Ok(Page::new(t.say("notices-title"), &view))
}

/// All notices of whoever looks, or those of one kind.
///
/// # Errors
/// A cursor that is none, a missing permission, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let bad = || Failure::of(StatusCode::BAD_REQUEST);
    let after = query.after.as_deref().filter(|text| !text.is_empty());
    let after: Option<Cursor> = match after {
        Some(text) => Some(cursor::read(LIST, text).ok_or_else(bad)?),
        None => None,
    };
    let asked = Asked {
        only_unread: query.show.as_deref() == Some("unread"),
        reason: query.reason.as_deref().and_then(Reason::parse),
        after,
    };
    let topic = actor.agent().map(topic).unwrap_or_default();
    let mut notices = db
        .read(move |tx| listing::part(tx, &actor, asked, i64::try_from(PAGE).unwrap_or(0) + 1))
        .await?;
    let has_more = notices.len() > PAGE;
    notices.truncate(PAGE);
    let last = notices.last().filter(|_| has_more);
    let next = last.map(|(notice, _)| cursor::write(LIST, &Cursor(notice.id)));
    let view = ListPage {
        t: &t,
        asked,
        notices,
        next,
    };
    Ok(Page::new(t.say("notices-title"), &view)
        .actions(&view.actions())
        .place("inbox")
        .crumb(t.say("nav-inbox"), "/inbox")
        .live(topic))
}

/// Marks notices as read: those that are named, else all.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn read(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let named: Vec<NoticeId> = sent.all("notice").filter_map(|id| id.parse().ok()).collect();
    let (done, at) = db
        .write(move |tx| Ok::<_, TicketError>((super::read(tx, &actor, &named, true)?, tx.now())))
        .await?;
    let notice = Notice::new(t.count("notices-were-read", count(&done)));
    let notice = match done.is_empty() {
        true => notice,
        false => notice.undo(format!("{ALL}/unread?at={}", at.0)),
    };
    Ok((notice, Redirect::to(ALL)).into_response())
}

/// When the notices were read that are unread again.
#[derive(Debug, Deserialize)]
pub struct Undone {
    at: i64,
}

/// Takes back that notices were marked as read.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn unread(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(sent): Query<Undone>,
) -> Result<Response, Failure> {
    let done = db
        .write(move |tx| super::unread_again(tx, &actor, Timestamp(sent.at)))
        .await?;
    let notice = Notice::new(t.count("notices-are-unread", count(&done)));
    Ok((notice, Redirect::to(ALL)).into_response())
}

fn count(done: &[NoticeId]) -> i64 {
    i64::try_from(done.len()).unwrap_or(i64::MAX)
}

/// Of what one is told.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let choices = db.read(move |tx| super::mine(tx, &actor)).await?;
    let view = ChoicesPage {
        t: &t,
        choices,
        has_post: db.attached::<Outgoing>().is_some(),
    };
    Ok(Page::new(t.say("settings-notices"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings"))
}

/// Chooses it.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn choose(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let by = |way: &str| -> Kinds {
        let all = Reason::ALL.iter().copied();
        all.filter(|one| form.has(&format!("{way}_{}", one.as_str())))
            .collect()
    };
    let wanted = Choices {
        assigned: form.has("assigned"),
        heard: form.has("heard"),
        mentioned: form.has("mentioned"),
        followed: form.has("followed"),
        low: form.has("low"),
        failed: form.has("failed"),
        bell: by("bell"),
        browser: by("browser"),
        version: 0,
    };
    db.write(move |tx| super::choose(tx, &actor, wanted)).await?;
    Ok((Notice::new(t.say("notices-were-chosen")), Redirect::to(ADDRESS)).into_response())
}
