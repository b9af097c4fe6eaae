//! The settings pages of rules: which there are, and one as a form.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Choice, Failure, Filled, Notice, Page, known};
use tandem_core::actor::Actor;
use tandem_core::currencies;
use tandem_core::ladders::{self, Ladder, Rung};
use tandem_core::metrics::{self, Producers};
use tandem_core::permissions::Permission;

use super::model::MOST_CONDITIONS;
use super::views::{Ends, Row, RuleActions, RulePage, RulesActions, RulesPage, name};
use super::{Content, Rule, WarningRuleId, form};
use crate::alerts::failures::{STALE, of_condition};
use crate::alerts::{AlertError, LIST, Test, Way, feed, past};

const PATH: &str = "/settings/warnings";

/// The rules, and how their alerts ended.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (rules, ends, currency) = db
        .read(move |tx| {
            let hidden = super::hidden(tx, &reader)?;
            let mut ends = feed::ends(tx, reader.workspace)?;
            ends.retain(|(rule, ..)| !hidden.contains(rule));
            let currency = currencies::reporting(tx, reader.workspace)?;
            Ok::<_, AlertError>((super::list(tx, &reader)?, ends, currency))
        })
        .await?;
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let may_write = actor.may(Permission::ShapeWrite);
    let view = RulesPage {
        t: &t,
        rules,
        ends: Ends::by_rule(ends),
        producers: &producers,
        currency,
        may_write,
    };
    let page = settings(&t, t.say("alerts-rules"), &view).live(LIST);
    Ok(match may_write {
        true => page.actions(&RulesActions { t: &t }),
        false => page,
    })
}

/// The form for a new one.
///
/// # Errors
/// The database's.
pub async fn new(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let content = Content {
        name: String::new(),
        way: Way::Risk,
        is_on: true,
        stage: None,
        tier: None,
        conditions: Vec::new(),
        cooldown: 30,
        easing: 3,
    };
    let form = form::filled(&content, &Producers::default());
    Shown::new(&db, &actor, &t).page(None, &form, None).await
}

/// One as a form.
///
/// # Errors
/// No such rule here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let rule = find(&db, &actor, known(&id)?).await?;
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let form = form::filled(&rule.content, &producers);
    Shown::new(&db, &actor, &t).page(Some(&rule), &form, None).await
}

/// Adds a rule, or shows the form again with what is wrong.
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
    let Some(content) = form::content(&mut form, &t) else {
        return shown.again(None, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let writer = actor.clone();
    match db.write(move |tx| super::add(tx, &writer, &content)).await {
        Ok(rule) => Ok(saved(&t, &rule)),
        Err(error) => {
            let status = refuse(&mut form, error, &t)?;
            shown.again(None, &form, status).await
        }
    }
}

/// Changes a rule, or shows the form again with what is wrong.
///
/// # Errors
/// No such rule here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let rule = find(&db, &actor, known(&id)?).await?;
    let shown = Shown::new(&db, &actor, &t);
    let Some(content) = form::content(&mut form, &t) else {
        return shown
            .again(Some(&rule), &form, StatusCode::UNPROCESSABLE_ENTITY)
            .await;
    };
    let (writer, version, id) = (actor.clone(), form.version(), rule.id);
    match db
        .write(move |tx| super::change(tx, &writer, id, version, &content))
        .await
    {
        Ok(rule) => Ok(saved(&t, &rule)),
        Err(AlertError::Stale(now)) => {
            let page = shown.page(Some(&now), &form, Some(t.say(STALE.text))).await?;
            Ok(page.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error, &t)?;
            shown.again(Some(&rule), &form, status).await
        }
    }
}

/// Removes a rule.
///
/// # Errors
/// No such rule here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: WarningRuleId = known(&id)?;
    db.write(move |tx| super::remove(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("alerts-rule-was-removed")).undo(format!("{PATH}/{id}/removal/end"));
    Ok((notice, Redirect::to(PATH)).into_response())
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
    let id: WarningRuleId = known(&id)?;
    let rule = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(saved(&t, &rule))
}

async fn find(db: &Db, actor: &Actor, id: WarningRuleId) -> Result<Rule, Failure> {
    let reader = actor.clone();
    Ok(db.read(move |tx| super::find(tx, &reader, id)).await?)
}

fn saved(t: &Text, rule: &Rule) -> Response {
    let notice = Notice::new(t.say("alerts-rule-was-saved"));
    (notice, Redirect::to(&format!("{PATH}/{}", rule.id))).into_response()
}

/// Puts what is wrong beside its field, a condition's in its line; gives the status.
fn refuse(form: &mut Filled, error: AlertError, t: &Text) -> Result<StatusCode, Failure> {
    if let Some((code, field, number)) = of_condition(&error) {
        let line = form::line_of(form, number);
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
        rule: Option<&Rule>,
        form: &Filled,
        status: StatusCode,
    ) -> Result<Response, Failure> {
        let page = self.page(rule, form, None).await?;
        Ok(page.status(status).into_response())
    }

    async fn page(
        &self,
        rule: Option<&Rule>,
        form: &Filled,
        conflict: Option<String>,
    ) -> Result<Page, Failure> {
        let (t, workspace) = (self.t, self.actor.workspace);
        let (stages, tiers) = self
            .db
            .read(move |tx| {
                let stages = ladders::open(tx, workspace, Ladder::Stages)?;
                Ok::<_, AlertError>((stages, ladders::open(tx, workspace, Ladder::Tiers)?))
            })
            .await?;
        let producers = metrics::producers_of(self.db, workspace).await?;
        let may_write = self.actor.may(Permission::ShapeWrite);
        let way = |way: &Way| {
            Choice::new(way.as_str(), t.say(way.text())).chosen_if(way.as_str() == form.value("way"))
        };
        let view = RulePage {
            t,
            rule,
            form,
            rows: (1..=MOST_CONDITIONS)
                .map(|number| row(t, form, number, &producers))
                .collect(),
            ways: Way::ALL.iter().map(way).collect(),
            stages: choices(t, &stages, form.value("stage")),
            tiers: choices(t, &tiers, form.value("tier")),
            conflict,
            may_write,
        };
        let title = rule.map_or_else(|| t.say("alerts-new-rule"), |rule| name(t, rule));
        let page = settings(t, title, &view).crumb(t.say("alerts-rules"), PATH);
        Ok(match rule.filter(|_| may_write) {
            Some(rule) => page.actions(&RuleActions { t, rule }),
            None => page,
        })
    }
}

fn choices(t: &Text, rungs: &[Rung], chosen: &str) -> Vec<Choice> {
    let every = Choice::new("", t.say("alerts-any")).chosen_if(chosen.is_empty());
    let rung = |rung: &Rung| {
        let id = rung.id.to_string();
        Choice::new(id.clone(), &rung.text.name).chosen_if(id == chosen)
    };
    [every].into_iter().chain(rungs.iter().map(rung)).collect()
}

fn row(t: &Text, form: &Filled, number: usize, producers: &Producers) -> Row {
    let chosen = form.value(&format!("metric.{number}"));
    let none = Choice::new("", t.say("alerts-no-metric")).chosen_if(chosen.is_empty());
    let all = past::all_metrics(producers).into_iter();
    let all = all.map(|metric| Choice::new(metric.name, metric.called(t)).chosen_if(metric.name == chosen));
    let test = |test: &Test| {
        let is_chosen = test.as_str() == form.value(&format!("test.{number}"));
        Choice::new(test.as_str(), t.say(test.text())).chosen_if(is_chosen)
    };
    Row {
        number,
        metrics: [none].into_iter().chain(all).collect(),
        tests: Test::ALL.iter().map(test).collect(),
    }
}
