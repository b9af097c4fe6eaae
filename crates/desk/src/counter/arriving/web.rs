//! The pages of whoever comes: the form, and the slip with their number.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::workspaces;

use super::super::people::{self, Candidate};
use super::super::web::{PLACE, refused};
use super::super::{CounterError, CounterPlaceId, CounterVisitId, Visit, looking, places};
use super::views::{NewPage, SlipPage};
use super::{Arrival, Who};
use crate::tickets::turn;

/// The form of whoever comes.
///
/// # Errors
/// No such place here, or the database's.
pub async fn new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
) -> Result<Page, Failure> {
    new_page(&db, &actor, &t, id, (Filled::default(), Vec::new())).await
}

async fn new_page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    id: CounterPlaceId,
    (form, candidates): (Filled, Vec<Candidate>),
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let place = db.read(move |tx| places::find(tx, &reader, id)).await?;
    let name = place.name.clone();
    let view = NewPage {
        t,
        place,
        candidates,
        form,
    };
    Ok(Page::new(t.say("counter-new"), &view)
        .place(PLACE)
        .crumb(t.say("nav-counter"), "/counter")
        .crumb(name, format!("/counter/{id}")))
}

/// What was typed of whoever comes.
#[derive(Debug, Default, Deserialize)]
pub struct PeopleQuery {
    #[serde(default)]
    q: String,
}

/// Who may be meant by what was typed.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn people(
    State(db): State<Db>,
    actor: Actor,
    Query(query): Query<PeopleQuery>,
) -> Result<Json<Vec<Candidate>>, Failure> {
    let found = db
        .read(move |tx| people::candidates(tx, &actor, &query.q))
        .await?;
    Ok(Json(found))
}

/// What came of a form: a visit, or somebody who is to be chosen first.
enum Came {
    Visit(Visit),
    Which(Vec<Candidate>),
}

/// Takes somebody in and shows their slip; asks who is meant, or shows the form again with what is wrong.
///
/// # Errors
/// No such place here, a missing permission, or the database's.
pub async fn arrive(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let (writer, filled) = (actor.clone(), form.clone());
    let came = db
        .write_in_turn(&turn(actor.workspace), move |tx| came(tx, &writer, id, &filled))
        .await;
    let (status, candidates) = match came {
        Ok(Came::Visit(visit)) => {
            let number = visit.code();
            let said = t.say_with("counter-was-given", kit::args!(number = number.as_str()));
            let to = format!("/counter/visits/{}/slip", visit.id);
            return Ok((Notice::new(said), Redirect::to(&to)).into_response());
        }
        Ok(Came::Which(candidates)) => {
            form.refuse("who", t.say("counter-who-which"));
            (StatusCode::UNPROCESSABLE_ENTITY, candidates)
        }
        Err(CounterError::Archived) => return refused(&t, CounterError::Archived, id),
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            let about_who = form.error("contact").to_owned();
            if !about_who.is_empty() {
                form.refuse("who", about_who);
            }
            (status, Vec::new())
        }
    };
    let page = new_page(&db, &actor, &t, id, (form, candidates)).await?;
    Ok(page.status(status).into_response())
}

fn came(tx: &mut Tx<'_>, actor: &Actor, id: CounterPlaceId, form: &Filled) -> Result<Came, CounterError> {
    places::find(tx, actor, id)?;
    let typed = form.value("who").trim();
    let chosen = [form.value("pick"), form.value("contact")];
    let chosen = chosen.into_iter().find(|one| !one.is_empty());
    let who = match chosen {
        Some("new") => Who::Called(typed.to_owned()),
        Some(contact) => Who::Known(contact.parse().map_err(|_| CounterError::NoContact)?),
        None => {
            let candidates = people::candidates(tx, actor, typed)?;
            if !candidates.is_empty() && !people::is_known_by(tx, actor, typed)? {
                return Ok(Came::Which(candidates));
            }
            Who::Called(typed.to_owned())
        }
    };
    let new = Arrival {
        who,
        what: form.value("what").to_owned(),
        queue: form.value("queue").to_owned(),
    };
    super::arrive(tx, actor, id, &new).map(Came::Visit)
}

/// The slip that whoever came takes along.
///
/// # Errors
/// No such visit here, or the database's.
pub async fn slip(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterVisitId>,
) -> Result<Page, Failure> {
    let (place, visit, ahead, workspace) = db
        .read(move |tx| {
            let visit = looking::visit(tx, &actor, id)?;
            let place = places::find(tx, &actor, visit.place)?;
            let ahead = looking::ahead(tx, &actor, &visit)?;
            let workspace = workspaces::find(tx, actor.workspace)?;
            let workspace = workspace.map(|found| found.name).unwrap_or_default();
            Ok::<_, CounterError>((place, visit, ahead, workspace))
        })
        .await?;
    let (title, back) = (visit.code(), format!("/counter/{}", place.id));
    let view = SlipPage {
        t: &t,
        ahead,
        place,
        visit,
        workspace,
    };
    Ok(Page::new(title, &view)
        .place(PLACE)
        .crumb(t.say("nav-counter"), "/counter")
        .crumb(view.place.name.clone(), back)
        .live(id.to_string()))
}
