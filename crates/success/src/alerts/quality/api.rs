//! Back-tests, for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Operation, Posted, Sample, Single};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;

use super::failures::{HORIZON, REACH};
use super::model::{Calibration, Judgement};
use super::{Ask, Between, Quality, Ranking, Report, Share, Test, TestId};
use crate::alerts::api::PART;
use crate::health::Band;

/// A back-test that was asked for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AlertTest")]
pub struct TestDocument {
    /// Its id.
    id: TestId,
    /// What was asked.
    ask: Ask,
    /// When, as microseconds since 1970.
    asked_at: i64,
    /// What came of it; null while it is computed.
    report: Option<Report>,
}

/// The newest back-tests.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AlertTests")]
pub struct NewestDocument {
    /// The newest that is ready; null before the first.
    ready: Option<TestDocument>,
    /// A later one that is computed; null without.
    waiting: Option<TestDocument>,
}

/// `GET /api/v1/alert-quality`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show how right the rules would have been",
    "Over the past year, from what was known on each day: precision, recall and days of warning of each rule.",
)
.shows::<NewestDocument>();

/// `POST /api/v1/alert-quality`
pub const ASK: Operation = Operation::new(
    PART,
    "Ask how right the rules would have been",
    "It is computed in the background; alert_quality.changed tells when it is ready.",
)
.takes::<Ask>()
.makes::<TestDocument>()
.fails(&[&HORIZON, &REACH]);

impl From<Test> for TestDocument {
    fn from(test: Test) -> Self {
        Self {
            id: test.id,
            ask: test.ask,
            asked_at: test.asked_at.0,
            report: test.report,
        }
    }
}

/// `GET /api/v1/alert-quality`
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    let newest = db.read(move |tx| super::newest(tx, &actor)).await?;
    Ok(Single::of(&NewestDocument {
        ready: newest.ready.map(Into::into),
        waiting: newest.waiting.map(Into::into),
    }))
}

/// `POST /api/v1/alert-quality`
///
/// # Errors
/// What can't be, a missing permission, or the database's.
pub async fn ask(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<Ask>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let test = super::ask(tx, &actor, input)?;
        Ok(Single::made(
            &TestDocument::from(test),
            "/api/v1/alert-quality".to_owned(),
        ))
    })
    .await
}

impl Sample for Ask {
    fn sample() -> Self {
        Self {
            horizon: 90,
            reach: 25,
        }
    }
}

const SHARE: Share = Share {
    hits: 12,
    n: 30,
    low: 0.246,
    high: 0.577,
};

fn quality(rule: Option<&str>) -> Quality {
    Quality {
        rule: rule.map(|rule| rule.parse().expect("an id")),
        alerts: 34,
        precision: SHARE,
        recall: SHARE,
        lead_days: Some(41.0),
        lead_n: 12,
        lead_between: Some(Between {
            low: 28.0,
            high: 55.0,
        }),
        false_per_week: 0.4,
        false_between: Some(Between { low: 0.2, high: 0.6 }),
        judgement: Judgement::Better,
    }
}

impl Sample for TestDocument {
    fn sample() -> Self {
        Self {
            id: "bkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            ask: Ask::sample(),
            asked_at: 1_795_000_000_000_000,
            report: Some(Report {
                from: "2025-11-24".parse().expect("a day"),
                until: "2026-11-23".parse().expect("a day"),
                ask: Ask::sample(),
                customers: 240,
                lost: 30,
                base: SHARE,
                whole: quality(None),
                rules: vec![quality(Some("wrl_01k5x0h3m8f2rq7v9c4w6d1nbe"))],
                rankings: vec![Ranking {
                    by: "alerts".to_owned(),
                    revenue: Some(0.62),
                    revenue_between: Some(Between { low: 0.41, high: 0.8 }),
                    losses: SHARE,
                    precision: SHARE,
                }],
                bands: vec![Calibration {
                    band: Band::Red,
                    lost: SHARE,
                }],
                flips: SHARE,
            }),
        }
    }
}

impl Sample for NewestDocument {
    fn sample() -> Self {
        Self {
            ready: Some(TestDocument::sample()),
            waiting: None,
        }
    }
}
