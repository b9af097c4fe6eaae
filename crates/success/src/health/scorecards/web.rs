//! The settings pages of scorecards: which there are, one as a form, and what a change would do to the book.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Choice, Failure, Filled, Notice, Page, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::ladders::{self, Ladder, Rung};
use tandem_core::metrics::{self, Producers};
use tandem_core::permissions::Permission;

use super::form::{self, EMPTY_ROWS};
use super::usual;
use crate::health::book::{WhatIf, what_if};
use crate::health::failures::{STALE, of_group, of_measure};
use crate::health::standard::why;
use crate::health::views::{
    GroupRow, Row, ScorecardActions, ScorecardPage, ScorecardsActions, ScorecardsPage,
};
use crate::health::{HealthError, LIST, Scorecard, ScorecardId, ScorecardText};

pub(super) const PATH: &str = "/settings/scorecards";

/// With which usual one a new one begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    usual: String,
}

/// The scorecards.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let (reader, words) = (actor.clone(), t.clone());
    let (cards, stages, tiers, offers) = db
        .read(move |tx| {
            let cards = super::list(tx, &reader)?;
            let offers = usual::offered(tx, &reader, &words)?;
            let stages = ladders::all(tx, reader.workspace, Ladder::Stages)?;
            let tiers = ladders::all(tx, reader.workspace, Ladder::Tiers)?;
            Ok::<_, HealthError>((cards, stages, tiers, offers))
        })
        .await?;
    let may_write = actor.may(Permission::ShapeWrite);
    let view = ScorecardsPage {
        t: &t,
        cards,
        stages,
        tiers,
        offers,
        may_write,
    };
    let page = settings(&t, t.say("health-scorecards"), &view).live(LIST);
    Ok(match may_write {
        true => page.actions(&ScorecardsActions { t: &t }),
        false => page,
    })
}

/// The form for a new one: as a usual one, or with the measures of the general one.
///
/// # Errors
/// No such usual one, or the database's.
pub async fn new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<NewQuery>,
) -> Result<Page, Failure> {
    let (reader, words) = (actor.clone(), t.clone());
    let text = db
        .read(move |tx| {
            if !query.usual.is_empty() {
                return Ok(usual::of_key(tx, &reader, &words, &query.usual)?.text());
            }
            let cards = super::list(tx, &reader)?;
            let general = super::choose(&cards, None, None);
            Ok::<_, HealthError>(ScorecardText {
                name: String::new(),
                stage: None,
                tier: None,
                content: general.map_or_else(crate::health::standard::content, |card| card.content.clone()),
            })
        })
        .await?;
    let form = form::filled(&t, &text.name, (text.stage, text.tier), &text.content);
    Shown::new(&db, &actor, &t).page(None, &form, None, None).await
}

/// One as a form.
///
/// # Errors
/// No such scorecard here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let card = find(&db, &actor, known(&id)?).await?;
    let form = form::filled(&t, &card.name, (card.stage, card.tier), &card.content);
    Shown::new(&db, &actor, &t)
        .page(Some(&card), &form, None, None)
        .await
}

/// Adds a scorecard, or shows what it would do, or the form again with what is wrong.
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
    let shown = Shown::new(&db, &actor, &t);
    let Some(text) = form::text(&mut form, &t) else {
        return shown.again(None, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if form.value("act") == "preview" {
        return shown.preview(None, &mut form, text).await;
    }
    let writer = actor.clone();
    match db.write(move |tx| super::add(tx, &writer, &text)).await {
        Ok(card) => Ok(saved(&t, &card)),
        Err(error) => {
            let status = refuse(&mut form, error, &t)?;
            shown.again(None, &form, status).await
        }
    }
}

/// Changes a scorecard, or shows what it would do, or the form again with what is wrong.
///
/// # Errors
/// No such scorecard here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let card = find(&db, &actor, known(&id)?).await?;
    let shown = Shown::new(&db, &actor, &t);
    let Some(text) = form::text(&mut form, &t) else {
        return shown
            .again(Some(&card), &form, StatusCode::UNPROCESSABLE_ENTITY)
            .await;
    };
    if form.value("act") == "preview" {
        return shown.preview(Some(&card), &mut form, text).await;
    }
    let (writer, version) = (actor.clone(), form.version());
    match db
        .write(move |tx| super::change(tx, &writer, card.id, version, &text))
        .await
    {
        Ok(card) => Ok(saved(&t, &card)),
        Err(HealthError::Stale(now)) => {
            let page = shown
                .page(Some(&now), &form, Some(t.say(STALE.text)), None)
                .await?;
            Ok(page.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error, &t)?;
            let card = find(&db, &actor, known(&id)?).await?;
            shown.again(Some(&card), &form, status).await
        }
    }
}

/// Removes a scorecard.
///
/// # Errors
/// No such scorecard here, the general one, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ScorecardId = known(&id)?;
    db.write(move |tx| super::remove(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("health-was-removed")).undo(format!("{PATH}/{id}/removal/end"));
    Ok((notice, Redirect::to(PATH)).into_response())
}

/// Brings a removed one back.
///
/// # Errors
/// As of [`remove`]; another stands in its place.
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ScorecardId = known(&id)?;
    let card = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(saved(&t, &card))
}

async fn find(db: &Db, actor: &Actor, id: ScorecardId) -> Result<Scorecard, Failure> {
    let reader = actor.clone();
    Ok(db.read(move |tx| super::find(tx, &reader, id)).await?)
}

fn saved(t: &Text, card: &Scorecard) -> Response {
    let notice = Notice::new(t.say("health-was-saved"));
    (notice, Redirect::to(&format!("{PATH}/{}", card.id))).into_response()
}

/// Puts what is wrong beside its field, a measure's in its line; gives the status.
fn refuse(form: &mut Filled, error: HealthError, t: &Text) -> Result<StatusCode, Failure> {
    if let Some((code, field, number)) = of_measure(&error) {
        let line = form::line_of(form, number);
        form.refuse(format!("{field}.{line}"), t.say(code.text));
        return Ok(code.status);
    }
    if let Some((code, field, number)) = of_group(&error) {
        let line = form::line_of_group(form, number);
        form.refuse(format!("{field}.{line}"), t.say(code.text));
        return Ok(code.status);
    }
    form.refuse_all(error.into(), t)
}

fn settings(t: &Text, title: String, view: &impl askama::Template) -> Page {
    Page::new(title, view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
}

/// What the form's page is made with.
struct Shown<'a> {
    db: &'a Db,
    actor: &'a Actor,
    t: &'a Text,
}

impl<'a> Shown<'a> {
    fn new(db: &'a Db, actor: &'a Actor, t: &'a Text) -> Self {
        Self { db, actor, t }
    }

    async fn again(
        &self,
        card: Option<&Scorecard>,
        form: &Filled,
        status: StatusCode,
    ) -> Result<Response, Failure> {
        let page = self.page(card, form, None, None).await?;
        Ok(page.status(status).into_response())
    }

    /// What the book would look like.
    async fn preview(
        &self,
        card: Option<&Scorecard>,
        form: &mut Filled,
        text: ScorecardText,
    ) -> Result<Response, Failure> {
        let reader = self.actor.clone();
        let (id, version) = card.map_or((None, 0), |card| (Some(card.id), card.version));
        let looked = self.db.report(move |tx| {
            let producers = metrics::producers(tx, reader.workspace)?;
            let changed = Scorecard {
                id: id.unwrap_or_else(|| tx.new_id()),
                name: text.name.clone(),
                stage: text.stage,
                tier: text.tier,
                content: text.content.clone().checked(&producers)?,
                version,
                made_at: tx.now(),
                made_by: reader.signature(),
            };
            what_if(tx, &reader, changed)
        });
        match looked.await {
            Ok(what_if) => Ok(self.page(card, form, None, Some(what_if)).await?.into_response()),
            Err(error) => {
                let status = refuse(form, error, self.t)?;
                self.again(card, form, status).await
            }
        }
    }

    async fn page(
        &self,
        card: Option<&Scorecard>,
        form: &Filled,
        conflict: Option<String>,
        what_if: Option<WhatIf>,
    ) -> Result<Page, Failure> {
        let (t, workspace) = (self.t, self.actor.workspace);
        let (stages, tiers) = self
            .db
            .read(move |tx| {
                let stages = ladders::open(tx, workspace, Ladder::Stages)?;
                Ok::<_, HealthError>((stages, ladders::open(tx, workspace, Ladder::Tiers)?))
            })
            .await?;
        let producers = metrics::producers_of(self.db, workspace).await?;
        let may_write = self.actor.may(Permission::ShapeWrite);
        let is_general = card.is_some_and(|card| card.stage.is_none() && card.tier.is_none());
        let view = ScorecardPage {
            t,
            card,
            form,
            groups: group_rows(form),
            rows: rows(t, form, &producers),
            stages: choices(t, &stages, form.value("stage")),
            tiers: choices(t, &tiers, form.value("tier")),
            conflict,
            what_if,
            is_general,
            may_write,
        };
        let page = settings(t, title(t, card), &view).crumb(t.say("health-scorecards"), PATH);
        Ok(match card.filter(|_| may_write && !is_general) {
            Some(card) => page.actions(&ScorecardActions { t, card }),
            None => page,
        })
    }
}

/// What a scorecard is called; none is a new one.
pub(super) fn title(t: &Text, card: Option<&Scorecard>) -> String {
    match card.map(|card| card.name.as_str()) {
        None => t.say("health-new-scorecard"),
        Some("") => t.say("health-standard"),
        Some(name) => name.to_owned(),
    }
}

fn choices(t: &Text, rungs: &[Rung], chosen: &str) -> Vec<Choice> {
    let every = Choice::new("", t.say("health-any")).chosen_if(chosen.is_empty());
    let rung = |rung: &Rung| {
        let id = rung.id.to_string();
        Choice::new(id.clone(), &rung.text.name).chosen_if(id == chosen)
    };
    [every].into_iter().chain(rungs.iter().map(rung)).collect()
}

/// The lines of the form: those that are filled in, and some empty ones.
fn rows(t: &Text, form: &Filled, producers: &Producers) -> Vec<Row> {
    let count = form::lines(form) + EMPTY_ROWS;
    let row = |number: usize| {
        let chosen = form.value(&format!("metric.{number}")).to_owned();
        let none = Choice::new("", t.say("health-no-metric")).chosen_if(chosen.is_empty());
        let metric = |metric: &&'static metrics::Metric| {
            Choice::new(metric.name, metric.called(t)).chosen_if(metric.name == chosen)
        };
        let all: Vec<_> = producers.metrics().collect();
        Row {
            number,
            groups: in_groups(t, form, number),
            why: why(t, &chosen),
            metrics: [none].into_iter().chain(all.iter().map(metric)).collect(),
        }
    };
    (1..=count).map(row).collect()
}

/// The lines of groups: those that are filled in, and some empty ones.
fn group_rows(form: &Filled) -> Vec<GroupRow> {
    let row = |number: usize| GroupRow { number };
    (1..=form::group_rows(form)).map(row).collect()
}

/// The groups in which a measure can stand: each line, by its name where it has one.
fn in_groups(t: &Text, form: &Filled, measure: usize) -> Vec<Choice> {
    let chosen = form.value(&format!("in.{measure}"));
    let none = Choice::new("", t.say("health-no-group")).chosen_if(chosen.is_empty());
    let line = |number: usize| {
        let value = number.to_string();
        let name = match form.value(&format!("group.{number}")).trim() {
            "" => t.say_with("health-group-n", kit::args!(n = t.number(number))),
            name => name.to_owned(),
        };
        let is_chosen = value == chosen;
        Choice::new(value, name).chosen_if(is_chosen)
    };
    [none]
        .into_iter()
        .chain((1..=form::group_rows(form)).map(line))
        .collect()
}
