//! The numbers of a day, and everybody who came, as a page and as a file.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Page};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::sheets::{Cell, Sheet};
use tandem_core::workspaces;

use super::super::model::{Place, Visit};
use super::super::views::Names;
use super::super::web::PLACE;
use super::super::{CounterError, CounterPlaceId, looking};
use super::views::DayPage;

/// The heads of the file's columns.
const HEAD: [&str; 15] = [
    "visit",
    "place",
    "day",
    "number",
    "queue",
    "state",
    "ticket",
    "contact",
    "agent",
    "window",
    "came_at",
    "called_at",
    "ended_at",
    "waited_seconds",
    "served_seconds",
];

/// The numbers of a day; of today unless one is named.
///
/// # Errors
/// No such place here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let mut form: Filled = asked.into_iter().collect();
    let is_typed = !form.value("date").trim().is_empty();
    let wanted: Option<Day> = match is_typed {
        true => form.day(&t, "date"),
        false => form.value("day").parse().ok(),
    };
    let (place, day, visits, names, today) = db
        .read(move |tx| {
            let (place, day, visits) = looking::of_day(tx, &actor, id, wanted)?;
            let names = Names::of(tx, &actor, &visits)?;
            let today = workspaces::today(tx, actor.workspace)?;
            Ok::<_, CounterError>((place, day, visits, names, today))
        })
        .await?;
    if form.is_good() {
        form.set("date", t.day_written(day));
    }
    let view = DayPage {
        t: &t,
        place,
        day,
        today,
        visits,
        names,
        form,
    };
    Ok(Page::new(t.say("counter-day-title"), &view)
        .place(PLACE)
        .crumb(t.say("nav-counter"), "/counter")
        .crumb(view.place.name.clone(), format!("/counter/{id}"))
        .actions(&view.actions())
        .live(id.to_string()))
}

/// Everybody who came on a day as a file; taking it is recorded.
///
/// # Errors
/// No such place here, a missing permission, or the database's.
pub async fn export(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<CounterPlaceId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let day: Option<Day> = form.value("day").parse().ok();
    let sheet = db.write(move |tx| sheet(tx, &actor, &t, (id, day))).await?;
    sheet.file(form.value("format"))
}

fn sheet(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    (id, day): (CounterPlaceId, Option<Day>),
) -> Result<Sheet, CounterError> {
    let (place, _, visits) = looking::of_day(tx, actor, id, day)?;
    let entry = Entry::of(Act::Exported, actor.workspace).after(json!({ "what": "counter" }));
    audit::record(tx, actor, entry)?;
    let rows = visits.iter().map(|visit| row(t, &place, visit));
    Ok(Sheet::new("counter", HEAD, rows.collect()))
}

/// A visit as the file has it, below [`HEAD`].
fn row(t: &Text, place: &Place, visit: &Visit) -> Vec<Cell> {
    let given = |text: Option<String>| Cell::text(text.unwrap_or_default());
    let seconds = |micros: i64| Cell::Number(micros as f64 / 1e6);
    vec![
        Cell::text(visit.id),
        Cell::text(&place.name),
        Cell::text(visit.day),
        Cell::text(visit.code()),
        Cell::text(place.queue_name(&visit.queue)),
        Cell::text(visit.state.as_str()),
        Cell::text(visit.ticket),
        given(visit.contact.map(|id| id.to_string())),
        given(visit.agent.map(|id| id.to_string())),
        Cell::text(&visit.window),
        Cell::text(t.machine(visit.came_at)),
        given(visit.called_at.map(|at| t.machine(at))),
        given(visit.ended_at.map(|at| t.machine(at))),
        seconds(visit.waited),
        seconds(visit.served),
    ]
}
