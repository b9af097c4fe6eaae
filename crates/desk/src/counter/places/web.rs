//! The pages on which places are set up, and the address of the board.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page};
use tandem_core::actor::Actor;
use tandem_core::teams;

use super::super::model::{LETTERS, Place, PlaceText, Queue};
use super::super::{CounterError, CounterPlaceId, LIST};
use super::views::{FormPage, LinkPage, ListPage};
use crate::surveys::Origin;
use crate::tickets::Kind;

const ADDRESS: &str = "/settings/counter";

/// The places.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let places = db.read(move |tx| super::all(tx, &actor)).await?;
    let view = ListPage { t: &t, places };
    Ok(Page::new(t.say("settings-counter"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .actions(&view.actions())
        .live(LIST))
}

/// The empty form.
///
/// # Errors
/// The database's.
pub async fn new(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    form_page(&db, &actor, &t, (None, Filled::default()), false).await
}

/// Sets a place up, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let (writer, text) = (actor.clone(), read(&form));
    match db.write(move |tx| super::create(tx, &writer, &text)).await {
        Ok(place) => Ok(done(&t, &place, "counter-place-added", None)),
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            let page = form_page(&db, &actor, &t, (None, form), false).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// A place in its form, and its board.
///
/// # Errors
/// No such place here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let place = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let form = written(&place);
    form_page(&db, &actor, &t, (Some(place), form), false).await
}

/// Changes a place, or shows the form again with what is wrong.
///
/// # Errors
/// No such place here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let (writer, text, version) = (actor.clone(), read(&form), form.version());
    let changed = db
        .write(move |tx| super::change(tx, &writer, id, version, &text))
        .await;
    let error = match changed {
        Ok(place) => return Ok(done(&t, &place, "counter-place-changed", None)),
        Err(error) => error,
    };
    let (reader, is_stale) = (actor.clone(), error == CounterError::Stale);
    let place = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let status = if is_stale {
        // Sent again, what was typed goes over what is there now.
        form.set("version", place.version.to_string());
        StatusCode::CONFLICT
    } else {
        form.refuse_all(error.into(), &t)?
    };
    let page = form_page(&db, &actor, &t, (Some(place), form), is_stale).await?;
    Ok(page.status(status).into_response())
}

/// Archives a place.
///
/// # Errors
/// No such place here, a missing permission, or the database's.
pub async fn archive(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
) -> Result<Response, Failure> {
    let place = db.write(move |tx| super::archive(tx, &actor, id)).await?;
    Ok(done(&t, &place, "counter-place-archived", Some("archiving/end")))
}

/// Brings a place back.
///
/// # Errors
/// As of [`archive`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
) -> Result<Response, Failure> {
    let place = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(done(&t, &place, "counter-place-restored", Some("archiving")))
}

/// Gives the board a new key and shows its address once.
///
/// # Errors
/// The place is archived; no such place here, a missing permission, or the database's.
pub async fn renew_board(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
) -> Result<Page, Failure> {
    let (place, secret) = db.write(move |tx| super::renew_board(tx, &actor, id)).await?;
    let origin = db.attached::<Origin>();
    let view = LinkPage {
        t: &t,
        id,
        link: super::address(origin.as_ref().map_or("", |origin| &origin.0), &secret),
    };
    Ok(Page::new(t.say("counter-board"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-counter"), ADDRESS)
        .crumb(place.name, format!("{ADDRESS}/{id}")))
}

/// Closes the board.
///
/// # Errors
/// No such place here, a missing permission, or the database's.
pub async fn close_board(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
) -> Result<Response, Failure> {
    let place = db.write(move |tx| super::close_board(tx, &actor, id)).await?;
    let to = Redirect::to(&format!("{ADDRESS}/{}", place.id));
    Ok((Notice::new(t.say("counter-board-was-closed")), to).into_response())
}

async fn form_page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (place, form): (Option<Place>, Filled),
    is_stale: bool,
) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let teams = db.read(move |tx| teams::all(tx, workspace)).await?;
    let title = match &place {
        Some(place) => place.name.clone(),
        None => t.say("counter-place-new"),
    };
    let view = FormPage {
        t,
        place,
        teams,
        form,
        is_stale,
    };
    let page = Page::new(title, &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-counter"), ADDRESS);
    Ok(match view.actions() {
        Some(actions) => page.actions(&actions),
        None => page,
    })
}

/// Back to the list, with what was done and what takes it back.
fn done(t: &Text, place: &Place, key: &str, undo: Option<&str>) -> Response {
    let said = t.say_with(key, kit::args!(name = place.name.as_str()));
    let notice = Notice::new(said);
    let notice = match undo {
        Some(end) => notice.undo(format!("{ADDRESS}/{}/{end}", place.id)),
        None => notice,
    };
    (notice, Redirect::to(ADDRESS)).into_response()
}

/// A place as its form writes it.
fn written(place: &Place) -> Filled {
    let mut form = Filled::default();
    form.set("name", place.name.clone());
    form.set("version", place.version.to_string());
    for queue in &place.queues {
        form.set(format!("queue_{}", queue.letter), queue.name.clone());
        form.set(format!("kind_{}", queue.letter), queue.kind.as_str());
        let team = queue.team.map(|team| team.to_string());
        form.set(format!("team_{}", queue.letter), team.unwrap_or_default());
    }
    form
}

/// What a form says: queues without a name are none.
fn read(form: &Filled) -> PlaceText {
    let queue = |letter: &str| {
        let value = |part: &str| form.value(&format!("{part}_{letter}")).trim().to_owned();
        let name = value("queue");
        (!name.is_empty()).then(|| Queue {
            letter: letter.to_owned(),
            name,
            kind: value("kind").parse().unwrap_or(Kind::Question),
            team: value("team").parse().ok(),
        })
    };
    PlaceText {
        name: form.value("name").to_owned(),
        queues: LETTERS.into_iter().filter_map(queue).collect(),
    }
}
