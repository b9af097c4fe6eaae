//! The pages of the counter: who waits, and whom one serves.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page, Sent};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::views::{IndexPage, Names, ShowPage};
use super::{CounterError, CounterPlaceId, CounterVisitId, Deed, LIST, Visit, VisitState, looking};
use crate::tickets::turn;

/// The counter's place in the rail.
pub(super) const PLACE: &str = "counter";

/// Leads to where one sits today, or to the only place; else shows the places to choose from.
///
/// # Errors
/// The database's.
pub async fn index(State(db): State<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    let reader = actor.clone();
    let (places, seat) = db
        .read(move |tx| {
            Ok::<_, CounterError>((looking::open_places(tx, &reader)?, looking::seat(tx, &reader)?))
        })
        .await?;
    let only = (places.len() == 1).then(|| places[0].0.id);
    if let Some(id) = seat.map(|seat| seat.place).or(only) {
        return Ok(Redirect::to(&format!("/counter/{id}")).into_response());
    }
    let view = IndexPage {
        t: &t,
        places,
        may_set: actor.may(Permission::InboxWrite),
    };
    let page = Page::new(t.say("nav-counter"), &view).place(PLACE).live(LIST);
    Ok(page.into_response())
}

/// What stands at a place.
///
/// # Errors
/// No such place here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
) -> Result<Page, Failure> {
    page(&db, &actor, &t, id, Filled::default()).await
}

async fn page(db: &Db, actor: &Actor, t: &Text, id: CounterPlaceId, form: Filled) -> Result<Page, Failure> {
    let (reader, words) = (actor.clone(), t.clone());
    db.read(move |tx| {
        let line = looking::line(tx, &reader, id)?;
        let (_, _, visits) = looking::of_day(tx, &reader, id, Some(line.day))?;
        let view = ShowPage {
            t: &words,
            names: Names::of(tx, &reader, &visits)?,
            seat: looking::seat(tx, &reader)?,
            current: looking::current(tx, &reader)?,
            others: looking::open_places(tx, &reader)?,
            may_write: reader.may(Permission::CounterWrite),
            line,
            visits,
            form: form.clone(),
        };
        let page = Page::new(view.line.place.name.clone(), &view)
            .place(PLACE)
            .crumb(words.say("nav-counter"), "/counter")
            .live(id.to_string())
            .live(LIST);
        Ok::<_, CounterError>(match view.actions() {
            Some(actions) => page.actions(&actions),
            None => page,
        })
    })
    .await
    .map_err(Into::into)
}

/// Takes a window.
///
/// # Errors
/// No such place here, a missing permission, or the database's; what does not fit shows the page again.
pub async fn sit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let writer = actor.clone();
    let window = sent.one("window").to_owned();
    let letters: Vec<String> = sent.all("letters").map(str::to_owned).collect();
    let mut form = Filled::default();
    form.set("window", window.clone());
    let seated = db
        .write_in_turn(&turn(actor.workspace), move |tx| {
            super::sit(tx, &writer, id, &window, &letters)
        })
        .await;
    match seated {
        Ok(seat) => {
            let said = t.say_with("counter-at-window", kit::args!(window = seat.window.as_str()));
            Ok((Notice::new(said), to(id)).into_response())
        }
        Err(error @ (CounterError::BadWindow | CounterError::WindowTaken)) => {
            let status = form.refuse_all(error.into(), &t)?;
            let page = page(&db, &actor, &t, id, form).await?;
            Ok(page.status(status).into_response())
        }
        Err(error) => refused(&t, error, id),
    }
}

/// Leaves the window.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn leave(State(db): State<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    let left = db
        .write_in_turn(&turn(actor.workspace), move |tx| super::leave(tx, &actor))
        .await;
    let notice = match left {
        Ok(()) => Notice::new(t.say("counter-left")),
        Err(CounterError::Busy) => Notice::bad(t.say("counter-failure-busy")),
        Err(error) => return Err(error.into()),
    };
    Ok((notice, Redirect::to("/counter")).into_response())
}

/// Calls the next.
///
/// # Errors
/// No such place here, a missing permission, or the database's.
pub async fn next(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
) -> Result<Response, Failure> {
    let called = db
        .write_in_turn(&turn(actor.workspace), move |tx| super::next(tx, &actor, id))
        .await;
    match called {
        Ok(visit) => Ok(done(&t, &visit, "counter-was-called")),
        Err(error) => refused(&t, error, id),
    }
}

/// Does something with a visit.
///
/// # Errors
/// No such visit here, a missing permission, or the database's.
pub async fn act(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterVisitId>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    carry_out(&db, actor, &t, id, sent).await
}

/// Puts somebody back into the line: also what undoes that they did not come.
///
/// # Errors
/// As of [`act`].
pub async fn put_back(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterVisitId>,
) -> Result<Response, Failure> {
    let pair = ("act".to_owned(), Deed::PutBack.as_str().to_owned());
    carry_out(&db, actor, &t, id, [pair].into_iter().collect()).await
}

async fn carry_out(
    db: &Db,
    actor: Actor,
    t: &Text,
    id: CounterVisitId,
    sent: Sent,
) -> Result<Response, Failure> {
    let reader = actor.clone();
    let visit = db.read(move |tx| looking::visit(tx, &reader, id)).await?;
    let deed = Deed::parse(sent.one("act")).ok_or(CounterError::BadAct)?;
    let letter = sent.one("queue").to_owned();
    let acted = db
        .write_in_turn(&turn(actor.workspace), move |tx| {
            super::act(tx, &actor, id, (deed, &letter))
        })
        .await;
    match acted {
        Ok(visit) => {
            let key = match deed {
                Deed::Call => "counter-was-called",
                Deed::CallAgain => "counter-was-called-again",
                Deed::Done => "counter-was-done",
                Deed::Solve => "counter-was-solved",
                Deed::NoShow => "counter-was-missed",
                Deed::HandOn => "counter-was-handed-on",
                Deed::PutBack => "counter-was-put-back",
            };
            Ok(done(t, &visit, key))
        }
        Err(error) => refused(t, error, visit.place),
    }
}

/// Back to the counter, with what was done; who did not come can be put back at once.
fn done(t: &Text, visit: &Visit, key: &str) -> Response {
    let number = visit.code();
    let said = t.say_with(
        key,
        kit::args!(number = number.as_str(), window = visit.window.as_str()),
    );
    let notice = Notice::new(said);
    let notice = match visit.state {
        VisitState::NoShow => notice.undo(format!("/counter/visits/{}/back", visit.id)),
        _ => notice,
    };
    (notice, to(visit.place)).into_response()
}

/// Back to the counter, with why nothing was done.
pub(super) fn refused(t: &Text, error: CounterError, id: CounterPlaceId) -> Result<Response, Failure> {
    if let CounterError::Ticket(error) = &error
        && let Some(said) = crate::tickets::unanswered(t, error)
    {
        return Ok((Notice::bad(said), to(id)).into_response());
    }
    let failure = Failure::from(error);
    let field = failure.fields.first().map(|(_, code)| *code);
    let code = field.unwrap_or(failure.code);
    let is_of_ours = code.name.starts_with("counter-");
    if !is_of_ours {
        return Err(failure);
    }
    Ok((Notice::bad(t.say(code.text)), to(id)).into_response())
}

fn to(id: CounterPlaceId) -> Redirect {
    Redirect::to(&format!("/counter/{id}"))
}
