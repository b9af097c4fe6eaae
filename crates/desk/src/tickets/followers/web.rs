//! Following on pages: beginning and ending it, one's mentions, and what one follows.

use axum::extract::{Path, State};
use axum::response::Redirect;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page, known};
use tandem_core::actor::Actor;

use super::super::names::Names;
use super::super::pages::PLACE;
use super::super::{TicketError, TicketId};
use super::views::{FollowedPage, MentionsPage, NewsPanel};
use super::{LIST, Shown};

/// Follows a ticket.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn follow(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<(Notice, Redirect), Failure> {
    let id: TicketId = known(&id)?;
    db.write(move |tx| super::follow(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("followers-begun")).undo(format!("/tickets/{id}/following/end"));
    Ok((notice, Redirect::to(&format!("/tickets/{id}"))))
}

/// Follows it no more.
///
/// # Errors
/// As of [`follow`].
pub async fn unfollow(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<(Notice, Redirect), Failure> {
    let id: TicketId = known(&id)?;
    db.write(move |tx| super::unfollow(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("followers-ended")).undo(format!("/tickets/{id}/following"));
    Ok((notice, Redirect::to(&format!("/tickets/{id}"))))
}

/// Where notes name the person who looks.
///
/// # Errors
/// The database's.
pub async fn mentions(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let mentions = db.read(move |tx| super::mentions(tx, &actor)).await?;
    let view = MentionsPage::new(&t, mentions);
    Ok(Page::new(t.say("followers-mentions"), &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox")
        .live(super::super::LIST)
        .live(LIST))
}

/// What the person who looks follows.
///
/// # Errors
/// The database's.
pub async fn followed(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let (followed, names) = db
        .read(move |tx| {
            let followed = super::followed(tx, &actor)?;
            let tickets: Vec<_> = followed.iter().map(|(ticket, _)| ticket.clone()).collect();
            let names = Names::of(tx, &actor, &tickets)?;
            Ok::<_, TicketError>((followed, names))
        })
        .await?;
    let view = FollowedPage::new(&t, followed, names);
    Ok(Page::new(t.say("followers-followed"), &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox")
        .live(super::super::LIST)
        .live(LIST))
}

/// What is new of both: a panel of the home page.
///
/// # Errors
/// The database's.
pub async fn news(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let (mut mentions, mut followed) = db
        .read(move |tx| {
            let mentions = super::mentions(tx, &actor)?;
            Ok::<_, TicketError>((mentions, super::followed(tx, &actor)?))
        })
        .await?;
    mentions.retain(|one: &Shown| one.mention.seen_at.is_none());
    followed.retain(|(ticket, has_news)| *has_news && mentions.iter().all(|one| one.ticket.id != ticket.id));
    let view = NewsPanel::new(
        &t,
        mentions,
        followed.into_iter().map(|(ticket, _)| ticket).collect(),
    );
    Ok(Page::new(t.say("panel-mentions"), &view)
        .place("home")
        .crumb(t.say("nav-home"), "/")
        .live(super::super::LIST)
        .live(LIST))
}
