//! How long first value takes, for programs.

use axum::extract::State;
use kit::day::Day;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, Operation, Sample, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;

use super::{Account, By, Called, Group, Overview, Point, Summary};
use crate::usage::counts::Milestone;
use crate::usage::own::Event;

/// Accounts that wait, as many as are listed.
const SHOWN: usize = 100;

/// By what, and which part.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ValueQuery {
    /// By what the accounts are parted: `quarter` of their start, `tier` or `segment`; `quarter` unless told.
    by: Option<Parting>,
    /// The key of a part, to look at its accounts alone.
    of: Option<String>,
}

/// By what accounts are parted.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TimeToValueParting")]
pub enum Parting {
    /// The quarter of the year in which they began.
    Quarter,
    /// Their tier.
    Tier,
    /// The segments that they are in.
    Segment,
}

/// How long it takes from the start to first value.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimeToValue")]
pub struct ValueDocument {
    /// What first value is; null where nobody said it.
    first_value: Option<Milestone>,
    /// From which day on usage is known: the first source was there, or older events came; null without first value.
    known_from: Option<Day>,
    /// How many accounts began before that and are left out.
    left_out: usize,
    /// How many accounts still wait for their past to be written anew.
    unwritten: i64,
    /// How long it takes the accounts of the part, or all.
    summary: SummaryDocument,
    /// Where their curve moves, by day.
    curve: Vec<PointDocument>,
    /// The parts.
    parts: Vec<PartDocument>,
    /// Who is still without first value, the longest first: a hundred at most.
    waiting: Vec<WaitingDocument>,
}

/// How long it takes some accounts, by Kaplan and Meier.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimeToValueSummary")]
pub struct SummaryDocument {
    /// How many there are.
    accounts: usize,
    /// How many had first value.
    reached: usize,
    /// How many did not: they count for as long as they were watched.
    censored: usize,
    /// The day by which half of them have it; null while fewer do.
    median: Option<i64>,
    /// The lower end of its interval of 95 %.
    low: Option<i64>,
    /// The upper end; null where that can't be said yet.
    high: Option<i64>,
}

/// A day on which the curve moves.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimeToValuePoint")]
pub struct PointDocument {
    /// Days since the start.
    day: i64,
    /// How many were without first value before it, and watched.
    at_risk: usize,
    /// How many had it on that day.
    reached: usize,
    /// How many were watched until then.
    censored: usize,
    /// The share that has it by then: 0 to 1.
    share: f64,
    /// The lower end of its interval of 95 %.
    low: f64,
    /// The upper end.
    high: f64,
}

/// Some of the accounts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimeToValuePart")]
pub struct PartDocument {
    /// What asks for it: `of`.
    key: String,
    /// The name of the tier or segment; null for a quarter, and for accounts on no tier.
    name: Option<String>,
    /// How long it takes them.
    summary: SummaryDocument,
}

/// An account without first value.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimeToValueWaiting")]
pub struct WaitingDocument {
    /// The account.
    account: AccountId,
    /// What it is called; empty for readers who may not see accounts.
    name: String,
    /// When it began.
    start: Day,
    /// How many days ago that is.
    days: i64,
    /// Its tier; null without one.
    tier: Option<String>,
}

/// `GET /api/v1/time-to-value`
pub const SHOW: Operation = Operation::new(
    "Usage",
    "Show how long first value takes",
    "From the first day of the first subscription, else from the day on which the account was added or first used the product. \
     Accounts without first value are censored: the median is that of Kaplan and Meier, its interval that of Brookmeyer and \
     Crowley. Those who began before usage is known are left out.",
)
.asks::<ValueQuery>()
.gives::<ValueDocument>();

impl From<Parting> for By {
    fn from(parting: Parting) -> Self {
        match parting {
            Parting::Quarter => Self::Quarter,
            Parting::Tier => Self::Tier,
            Parting::Segment => Self::Segment,
        }
    }
}

impl From<Summary> for SummaryDocument {
    fn from(summary: Summary) -> Self {
        Self {
            accounts: summary.accounts,
            reached: summary.reached,
            censored: summary.accounts - summary.reached,
            median: summary.median,
            low: summary.low,
            high: summary.high,
        }
    }
}

impl From<Point> for PointDocument {
    fn from(point: Point) -> Self {
        Self {
            day: point.day,
            at_risk: point.at_risk,
            reached: point.reached,
            censored: point.censored,
            share: point.share.0,
            low: point.share.1,
            high: point.share.2,
        }
    }
}

impl From<&Group> for PartDocument {
    fn from(group: &Group) -> Self {
        Self {
            key: group.key.clone(),
            name: match &group.called {
                Called::Named(name) => Some(name.clone()),
                Called::Quarter(..) | Called::NoTier => None,
            },
            summary: group.summary.into(),
        }
    }
}

impl From<&Account> for WaitingDocument {
    fn from(account: &Account) -> Self {
        Self {
            account: account.account,
            name: account.name.clone(),
            start: account.start,
            days: account.days,
            tier: account.tier().map(str::to_owned),
        }
    }
}

impl From<Overview> for ValueDocument {
    fn from(overview: Overview) -> Self {
        let waiting = overview.waiting().into_iter().take(SHOWN);
        let unwritten = overview
            .progress
            .map_or(0, |progress| progress.total - progress.done);
        Self {
            known_from: overview.watched,
            left_out: overview.left_out,
            unwritten,
            summary: overview.summary.into(),
            curve: overview.points().into_iter().map(PointDocument::from).collect(),
            parts: overview.groups.iter().map(PartDocument::from).collect(),
            waiting: waiting.map(WaitingDocument::from).collect(),
            first_value: overview.counts.content.first_value.clone(),
        }
    }
}

impl Sample for ValueDocument {
    fn sample() -> Self {
        let summary = || SummaryDocument {
            accounts: 42,
            reached: 30,
            censored: 12,
            median: Some(15),
            low: Some(11),
            high: Some(21),
        };
        Self {
            first_value: Some(Milestone {
                event: Event {
                    call: "track".to_owned(),
                    name: "Dashboard shared".to_owned(),
                },
                times: 1,
            }),
            known_from: Some("2025-06-02".parse().expect("a day")),
            left_out: 7,
            unwritten: 0,
            summary: summary(),
            curve: vec![PointDocument {
                day: 3,
                at_risk: 42,
                reached: 2,
                censored: 0,
                share: 2.0 / 42.0,
                low: 0.012,
                high: 0.177,
            }],
            parts: vec![PartDocument {
                key: "2026-Q1".to_owned(),
                name: None,
                summary: summary(),
            }],
            waiting: Vec::new(),
        }
    }
}

/// `GET /api/v1/time-to-value`
///
/// # Errors
/// The database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<ValueQuery>,
) -> Result<Single, Failure> {
    let overview = db
        .report(move |tx| {
            let by = query.by.map(By::from).unwrap_or_default();
            super::overview(tx, &actor, (by, query.of.as_deref().unwrap_or_default()))
        })
        .await?;
    Ok(Single::of(&ValueDocument::from(overview)).without_tag())
}
