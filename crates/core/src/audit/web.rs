//! The page of the trail, and the trail as a file.

use std::convert::Infallible;

use axum::Form;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use futures::stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::{Choice, Failure, Page};
use serde::Deserialize;

use super::views::ListPage;
use super::{Act, AuditError, Entry, Filter, PAGE, Record};
use crate::actor::Actor;
use crate::agents::{self, Agent};
use crate::settings;

pub(super) const ADDRESS: &str = "/settings/audit";
/// Entries read at once for the file.
const BATCH: i64 = 500;

/// What the filters say. Days are the reader's, the last one included.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wishes {
    pub(super) who: String,
    pub(super) act: String,
    pub(super) subject: String,
    pub(super) from: String,
    pub(super) to: String,
    after: Option<i64>,
}

impl Wishes {
    fn filter(&self, t: &Text) -> Result<Filter, Failure> {
        let wrong = || Failure::of(StatusCode::BAD_REQUEST);
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let day = |text: &str, moment: fn(&Text, &str) -> Option<_>| {
            given(text)
                .map(|day| moment(t, &day).ok_or_else(wrong))
                .transpose()
        };
        let act = given(&self.act).map(|act| act.parse::<Act>().map_err(|_| wrong()));
        Ok(Filter {
            actor: given(&self.who),
            act: act.transpose()?,
            subject: given(&self.subject),
            from: day(&self.from, Text::day_begins)?,
            until: day(&self.to, Text::day_ends)?,
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        [&self.who, &self.act, &self.subject, &self.from, &self.to]
            .iter()
            .all(|wish| wish.is_empty())
    }

    fn next(&self, number: i64) -> String {
        let number = number.to_string();
        let pairs = [
            ("who", self.who.as_str()),
            ("act", &self.act),
            ("subject", &self.subject),
            ("from", &self.from),
            ("to", &self.to),
            ("after", &number),
        ];
        kit::web::address(ADDRESS, &pairs)
    }
}

/// The trail, the newest entry first.
///
/// # Errors
/// Filters that can't be read, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(wishes): Query<Wishes>,
) -> Result<Page, Failure> {
    let (filter, after) = (wishes.filter(&t)?, wishes.after);
    let (mut records, agents) = db
        .report(move |tx| {
            let records = super::list(tx, &actor, &filter, after, PAGE + 1)?;
            Ok::<_, AuditError>((records, agents::all(tx, actor.workspace)?))
        })
        .await?;
    let next = super::trim_to_page(&mut records).map(|number| wishes.next(number));
    let view = ListPage {
        t: &t,
        who: who(&t, &wishes, &agents),
        acts: acts(&t, &wishes),
        wishes: &wishes,
        records,
        next,
    };
    let page = settings::page(&t, t.say("settings-audit"), &view);
    Ok(page.actions(&view.actions()))
}

fn who(t: &Text, wishes: &Wishes, agents: &[Agent]) -> Vec<Choice> {
    let mut all = vec![
        Choice::new("", t.say("audit-anyone")),
        Choice::new("system", t.say("audit-system")),
    ];
    all.extend(
        agents
            .iter()
            .map(|agent| Choice::new(agent.id.to_string(), &agent.name)),
    );
    chosen(all, &wishes.who)
}

fn acts(t: &Text, wishes: &Wishes) -> Vec<Choice> {
    let mut all = vec![Choice::new("", t.say("audit-anything"))];
    all.extend(
        Act::ALL
            .iter()
            .map(|act| Choice::new(act.as_str(), t.say(act.text()))),
    );
    chosen(all, &wishes.act)
}

fn chosen(choices: Vec<Choice>, wish: &str) -> Vec<Choice> {
    let mark = |choice: Choice| {
        let is_it = choice.value == wish;
        choice.chosen_if(is_it)
    };
    choices.into_iter().map(mark).collect()
}

/// The entries that fit the filters as a file; taking it is itself an entry.
///
/// # Errors
/// Filters that can't be read, or the database's.
pub async fn export(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(wishes): Form<Wishes>,
) -> Result<Response, Failure> {
    let filter = wishes.filter(&t)?;
    let taker = actor.clone();
    db.write(move |tx| {
        let entry = Entry::of(Act::Exported, taker.workspace).after(serde_json::json!({ "what": "audit" }));
        super::record(tx, &taker, entry)
    })
    .await
    .map_err(|error: DbError| Failure::from(error))?;
    let head = kit::csv::line(super::api::COLUMNS);
    let lines = stream::unfold(Some((db, actor, filter, None, head)), |state| async move {
        let (db, actor, filter, before, mut text) = state?;
        let (reader, wanted) = (actor.clone(), filter.clone());
        let records = db
            .report(move |tx| super::list(tx, &reader, &wanted, before, BATCH))
            .await;
        let Ok(records) = records else {
            tracing::warn!("an export of the audit trail ended early");
            return None;
        };
        records.iter().for_each(|record| text.push_str(&line(record)));
        let next = records
            .last()
            .map(|last| (db, actor, filter, Some(last.number), String::new()));
        Some((Ok::<_, Infallible>(Bytes::from(text)), next))
    });
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let name = HeaderValue::from_static("attachment; filename=\"audit.csv\"");
    let headers = [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(lines)).into_response())
}

fn line(record: &Record) -> String {
    let whence = &record.whence;
    let facts = |facts: &serde_json::Value| match facts {
        serde_json::Value::Null => String::new(),
        facts => facts.to_string(),
    };
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    kit::csv::line([
        record.number.to_string(),
        Text::default().machine(record.created_at),
        record.actor_id.clone(),
        record.actor_name().to_owned(),
        record.act.clone(),
        record.subject.clone(),
        record.subject_name.clone(),
        facts(&record.before),
        facts(&record.after),
        known(&whence.address),
        known(&whence.user_agent),
        known(&whence.session),
        known(&whence.request_id),
    ])
}
