//! The pages of metrics that people define: which there are, and one as a form with what it would say.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Choice, Failure, Filled, Notice, Page, known};
use tandem_core::actor::Actor;
use tandem_core::metrics::own::{OwnMetricId, Use};
use tandem_core::permissions::Permission;

use super::failures::{STALE, of_filter};
use super::model::{Event, Measure, Test, WINDOWS};
use super::views::{ListActions, ListPage, MetricActions, MetricPage, Row, event_name};
use super::{Defined, Definition, LIST, OwnError, OwnText, Preview, days, form};

const PATH: &str = "/metrics/own";
const PLACE: &str = "health";
/// Events that can be chosen from.
const EVENTS: i64 = 2_000;

/// The metrics that people defined.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::ShapeWrite);
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    let view = ListPage {
        t: &t,
        all,
        may_write,
    };
    let page = Page::new(t.say("own-metrics-title"), &view)
        .place(PLACE)
        .crumb(t.say("metrics-title"), "/metrics")
        .live(LIST);
    Ok(match may_write {
        true => page.actions(&ListActions { t: &t }),
        false => page,
    })
}

/// The form for a new one.
///
/// # Errors
/// The database's.
pub async fn new(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    Shown::new(&db, &actor, &t)
        .page(None, &form::empty(), Extra::default())
        .await
}

/// One as a form, with how far it has come.
///
/// # Errors
/// No such metric here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let one = find(&db, &actor, known(&id)?).await?;
    let form = form::filled(&t, &one);
    Shown::new(&db, &actor, &t)
        .page(Some(&one), &form, Extra::default())
        .await
}

/// Defines a metric, or shows what it would say, or the form again with what is wrong.
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
    let text = form::text(&form, &t);
    let shown = Shown::new(&db, &actor, &t);
    if form.value("act") == "preview" {
        return shown.preview(None, &mut form, text).await;
    }
    let writer = actor.clone();
    match db.write(move |tx| super::add(tx, &writer, &text)).await {
        Ok(one) => Ok(saved(&t, &one)),
        Err(error) => {
            let status = refuse(&mut form, error, &t)?;
            shown.again(None, &form, status).await
        }
    }
}

/// Changes a metric, or shows what it would say, or the form again with what is wrong.
///
/// # Errors
/// No such metric here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let one = find(&db, &actor, known(&id)?).await?;
    let text = form::text(&form, &t);
    let shown = Shown::new(&db, &actor, &t);
    if form.value("act") == "preview" {
        return shown.preview(Some(&one), &mut form, text).await;
    }
    let (writer, version, id) = (actor.clone(), form.version(), one.metric.id);
    match db
        .write(move |tx| super::change(tx, &writer, id, version, &text))
        .await
    {
        Ok(one) => Ok(saved(&t, &one)),
        Err(OwnError::Stale(now)) => {
            let extra = Extra {
                conflict: Some(t.say(STALE.text)),
                preview: None,
            };
            let page = shown.page(Some(&now), &form, extra).await?;
            Ok(page.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error, &t)?;
            shown.again(Some(&one), &form, status).await
        }
    }
}

/// Removes a metric; what is in use stays, and it is said by what.
///
/// # Errors
/// No such metric here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: OwnMetricId = known(&id)?;
    match db.write(move |tx| super::remove(tx, &actor, id)).await {
        Ok(_) => {
            let undo = format!("{PATH}/{id}/removal/end");
            let notice = Notice::new(t.say("own-metrics-was-removed")).undo(undo);
            Ok((notice, Redirect::to(PATH)).into_response())
        }
        Err(OwnError::InUse(uses)) => {
            let notice = Notice::bad(in_use(&t, &uses));
            Ok((notice, Redirect::to(&format!("{PATH}/{id}"))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Brings a removed one back.
///
/// # Errors
/// As of [`remove`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: OwnMetricId = known(&id)?;
    let one = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(saved(&t, &one))
}

/// Which things use a metric; what has no name for the reader is called by its kind.
fn in_use(t: &Text, uses: &[Use]) -> String {
    let name = |one: &Use| match one.name.as_str() {
        "" => t.say(one.kind),
        name => name.to_owned(),
    };
    let names: Vec<String> = uses.iter().map(name).collect();
    t.say_with("own-metrics-in-use", kit::args!(names = t.list(&names)))
}

async fn find(db: &Db, actor: &Actor, id: OwnMetricId) -> Result<Defined, Failure> {
    let reader = actor.clone();
    Ok(db.read(move |tx| super::find(tx, &reader, id)).await?)
}

/// Back to the list, which shows how far the counting has come.
fn saved(t: &Text, one: &Defined) -> Response {
    let name = one.metric.title.as_str();
    let notice = Notice::new(t.say_with("own-metrics-was-saved", kit::args!(name = name)));
    (notice, Redirect::to(PATH)).into_response()
}

/// Puts what is wrong beside its field, a condition's in its line; gives the status.
fn refuse(form: &mut Filled, error: OwnError, t: &Text) -> Result<StatusCode, Failure> {
    if let Some((code, field, number)) = of_filter(&error) {
        let line = form::line_of(form, number);
        form.refuse(format!("{field}.{line}"), t.say(code.text));
        return Ok(code.status);
    }
    form.refuse_all(error.into(), t)
}

/// What the form's page is made with.
struct Shown<'a> {
    db: &'a Db,
    actor: &'a Actor,
    t: &'a Text,
}

/// What a page may have beside the form.
#[derive(Default)]
struct Extra {
    conflict: Option<String>,
    preview: Option<Preview>,
}

impl<'a> Shown<'a> {
    fn new(db: &'a Db, actor: &'a Actor, t: &'a Text) -> Self {
        Self { db, actor, t }
    }

    async fn again(
        &self,
        one: Option<&Defined>,
        form: &Filled,
        status: StatusCode,
    ) -> Result<Response, Failure> {
        let page = self.page(one, form, Extra::default()).await?;
        Ok(page.status(status).into_response())
    }

    /// What it would say of three accounts.
    async fn preview(
        &self,
        one: Option<&Defined>,
        form: &mut Filled,
        text: OwnText,
    ) -> Result<Response, Failure> {
        match super::preview(self.db, self.actor, &text).await {
            Ok(preview) => {
                let extra = Extra {
                    conflict: None,
                    preview: Some(preview),
                };
                Ok(self.page(one, form, extra).await?.into_response())
            }
            Err(error) => {
                let status = refuse(form, error, self.t)?;
                self.again(one, form, status).await
            }
        }
    }

    async fn page(&self, one: Option<&Defined>, form: &Filled, extra: Extra) -> Result<Page, Failure> {
        let t = self.t;
        let (events, versions, uses) = self.around(one).await?;
        let may_write = self.actor.may(Permission::ShapeWrite);
        let measure = Measure::named(form.value("measure")).unwrap_or_default();
        let view = MetricPage {
            t,
            one,
            form,
            events: event_choices(t, &events, ("own-metrics-any-event", form.value("event"))),
            measures: measures(t, measure),
            windows: windows(t, form.value("window")),
            rows: (1..=form::lines(form))
                .map(|number| row(t, form, number))
                .collect(),
            versions,
            uses,
            preview: extra.preview,
            measure,
            conflict: extra.conflict,
            may_write,
        };
        let title = one.map_or_else(|| t.say("own-metrics-new"), |one| one.metric.title.clone());
        let page = Page::new(title, &view)
            .place(PLACE)
            .crumb(t.say("metrics-title"), "/metrics")
            .crumb(t.say("own-metrics-title"), PATH);
        Ok(match one.filter(|one| one.metric.removal.is_none()) {
            Some(one) => page.actions(&MetricActions { t, one, may_write }),
            None => page,
        })
    }

    /// The events that can be chosen, what the metric counted so far, and what uses it.
    async fn around(
        &self,
        one: Option<&Defined>,
    ) -> Result<(Vec<Event>, Vec<Definition>, Vec<Use>), Failure> {
        let (reader, id) = (self.actor.clone(), one.map(|one| one.metric.id));
        let read = self.db.read(move |tx| {
            // What came is usage, whoever may define metrics.
            reader.must(Permission::UsageRead)?;
            let events = days::store::choices(tx, reader.workspace, EVENTS)?;
            Ok::<_, OwnError>(match id {
                Some(id) => (
                    events,
                    super::versions(tx, &reader, id)?,
                    super::uses(tx, &reader, id)?,
                ),
                None => (events, Vec::new(), Vec::new()),
            })
        });
        Ok(read.await?)
    }
}

/// Every event that came, and the one that is asked for, which may be gone.
pub(in crate::usage) fn event_choices(
    t: &Text,
    events: &[Event],
    (none, chosen): (&str, &str),
) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", t.say(none)).chosen_if(chosen.is_empty())];
    let is_known = chosen.is_empty() || events.iter().any(|event| form::event(event) == chosen);
    if let Some((call, name)) = chosen.split_once(':').filter(|_| !is_known) {
        let gone = Event {
            call: call.to_owned(),
            name: name.to_owned(),
        };
        choices.push(Choice::new(chosen, event_name(t, Some(&gone))).chosen_if(true));
    }
    let known = events.iter().map(|event| {
        let value = form::event(event);
        let is_chosen = value == chosen;
        Choice::new(value, event_name(t, Some(event))).chosen_if(is_chosen)
    });
    choices.extend(known);
    choices
}

fn measures(t: &Text, chosen: Measure) -> Vec<Choice> {
    let choice = |one: Measure| Choice::new(one.as_str(), t.say(one.text())).chosen_if(one == chosen);
    Measure::ALL.into_iter().map(choice).collect()
}

fn windows(t: &Text, chosen: &str) -> Vec<Choice> {
    let choice = |days: i64| {
        let value = days.to_string();
        let is_chosen = value == chosen;
        Choice::new(value, t.count("metrics-days", days)).chosen_if(is_chosen)
    };
    WINDOWS.into_iter().map(choice).collect()
}

fn row(t: &Text, form: &Filled, number: usize) -> Row {
    let chosen = form.value(&format!("test.{number}"));
    let test =
        |test: Test| Choice::new(test.as_str(), t.say(&test.text())).chosen_if(test.as_str() == chosen);
    Row {
        number,
        tests: Test::ALL.into_iter().map(test).collect(),
    }
}
