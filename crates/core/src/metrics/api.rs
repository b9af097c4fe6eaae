//! Metrics, for programs.

use axum::extract::State;
use kit::day::Day;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Operation, Sample, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MetricError, library};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces;

const PART: &str = "Metrics";

/// A metric that accounts have.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Metric")]
pub struct MetricDocument {
    /// Its name.
    name: String,
    /// What people call one that they defined; null for those of the library.
    title: Option<String>,
    /// What its values are: `count`, `number`, `share` (1 is 100 %), `money` (minor units of the reporting currency),
    /// `days_since` or `days_until`.
    unit: String,
}

/// A metric of one account on a day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MetricValue")]
pub struct ValueDocument {
    /// The metric's name.
    metric: String,
    /// Its value on that day.
    value: f64,
    /// From when what it rests on is; null when it rests on what was known that day.
    as_of: Option<Day>,
    /// Since when it has been so; days since and until grow by themselves.
    since: Day,
}

/// Of which day.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayQuery {
    /// A day of the past; today unless told.
    day: Option<Day>,
}

/// The metrics of an account on a day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountMetrics")]
pub struct MetricsDocument {
    /// The account.
    account: AccountId,
    /// The day.
    day: Day,
    /// What was known then.
    metrics: Vec<ValueDocument>,
}

/// `GET /api/v1/metrics`
pub const LIST: Operation = Operation::new(
    PART,
    "List metrics",
    "Every number that features find of accounts, as far as the reader may see it.",
)
.gives::<Listed<MetricDocument>>();

/// `GET /api/v1/accounts/{id}/metrics`
pub const OF_ACCOUNT: Operation = Operation::new(
    PART,
    "Show an account's metrics",
    "As they are, or as they were on a day of the past.",
)
.of::<AccountId>()
.asks::<DayQuery>()
.gives::<MetricsDocument>();

impl Sample for MetricDocument {
    fn sample() -> Self {
        Self {
            name: "tickets.open".to_owned(),
            title: None,
            unit: "count".to_owned(),
        }
    }
}

impl Sample for MetricsDocument {
    fn sample() -> Self {
        let day = "2026-11-22".parse().expect("a day");
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            day,
            metrics: vec![ValueDocument {
                metric: "tickets.open".to_owned(),
                value: 3.0,
                as_of: None,
                since: day,
            }],
        }
    }
}

/// `GET /api/v1/metrics`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<MetricDocument>, Failure> {
    let producers = super::producers_of(&db, actor.workspace).await?;
    let items = library(&producers, &actor)
        .into_iter()
        .map(|metric| MetricDocument {
            name: metric.name.to_owned(),
            unit: metric.unit.as_str().to_owned(),
            title: metric.title.map(str::to_owned),
        });
    Ok(Listed::whole(items.collect(), None))
}

/// `GET /api/v1/accounts/{id}/metrics`
///
/// # Errors
/// No such account here, or the database's.
pub async fn of_account(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Asked(query): Asked<DayQuery>,
) -> Result<Single, Failure> {
    db.read(move |tx| {
        actor.must(Permission::AccountsRead).map_err(MetricError::from)?;
        if !accounts::exists(tx, actor.workspace, id)? {
            return Err(MetricError::UnknownAccount);
        }
        let producers = super::producers(tx, actor.workspace)?;
        let day = match query.day {
            Some(day) => day,
            None => workspaces::today(tx, actor.workspace)?,
        };
        let held = super::on(tx, actor.workspace, id, day)?;
        let shown = library(&producers, &actor).into_iter().filter_map(|metric| {
            let one = held.get(metric.name)?;
            Some(ValueDocument {
                metric: metric.name.to_owned(),
                value: metric.on(one.value, day),
                as_of: one.as_of,
                since: one.since,
            })
        });
        let metrics = shown.collect();
        Ok(Single::of(&MetricsDocument {
            account: id,
            day,
            metrics,
        }))
    })
    .await
    .map_err(Failure::from)
}
