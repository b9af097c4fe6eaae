//! What stands behind the numbers of retention, for programs: cohorts, who orders again, and accounts one by one.

use axum::extract::State;
use http::{StatusCode, Uri};
use kit::day::Day;
use kit::db::Db;
use kit::money::Currency;
use kit::web::Failure;
use kit::web::api::{Asked, Limit, Listed, Operation, Sample, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::api::{PART, RetentionQuery, period_of};
use super::{Backing, Behind, Cohort, Of, Place};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::ledger::{self, Kind};
use crate::orders;
use crate::orders::repeating::{Repeater, Repeats};

/// A period of whole months, and what cohorts are counted in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CohortsQuery {
    /// A day of its first month; the twelfth month before the present one unless told.
    from: Option<Day>,
    /// A day of its last month, at most 35 months later; the month before the present one unless told.
    last: Option<Day>,
    /// What is counted: accounts, or what they bring; accounts unless told.
    #[serde(default)]
    of: Of,
}

/// A period of whole months, and which of its numbers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BehindQuery {
    /// A day of its first month; the twelfth month before the present one unless told.
    from: Option<Day>,
    /// A day of its last month, at most 35 months later; the month before the present one unless told.
    last: Option<Day>,
    /// Which number: `start`, `lost`, `end`, `new`, `reactivation`, `expansion`, `contraction` or `churn`; `lessened` for
    /// contraction and churn, `changed` for expansion too; of a cohort `cohort.2026-01-01`, and of those of it that were left three months later `cohort.2026-01-01.3`.
    of: String,
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// A period of whole months, and which of the accounts that ordered in it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderersQuery {
    /// A day of its first month; the twelfth month before the present one unless told.
    from: Option<Day>,
    /// A day of its last month, at most 35 months later; the month before the present one unless told.
    last: Option<Day>,
    /// Whether only those that had ordered before; all unless told.
    #[serde(default)]
    again: bool,
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// What is left of the accounts that first came in a month.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RetentionCohort")]
pub struct CohortDocument {
    /// Its first day.
    month: Day,
    /// How many accounts there were, or what they brought in a month on their first day, in minor units of the reporting
    /// currency.
    began: i64,
    /// The share left at the end of its month and of each month after it.
    shares: Vec<f64>,
}

/// An account behind a number of retention.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RetentionAccount")]
pub struct BackingDocument {
    /// The account.
    account: AccountId,
    /// Its name.
    name: String,
    /// What moved, where the number is of movements; else null.
    movement: Option<BackingMovement>,
    /// What it brought in a month at the start, of a cohort on its first day, in minor units of the reporting currency; null
    /// for movements.
    mrr_then: Option<i64>,
    /// What it brings in a month at the end; null for movements.
    mrr_now: Option<i64>,
    /// How much of that gross retention counts: no more than at the start; null for movements.
    kept: Option<i64>,
}

/// What moved at an account.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RetentionAccountMovement")]
pub struct BackingMovement {
    /// The day from which the new amount holds.
    day: Day,
    /// What it means for the account.
    kind: Kind,
    /// In what.
    currency: Currency,
    /// By how much, in minor units.
    amount: i64,
    /// What the account brings in this currency from then on.
    closing: i64,
}

/// Who orders again.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RepeatOrders")]
pub struct RepeatsDocument {
    /// The first day of the first month.
    from: Day,
    /// The first day after the last month.
    until: Day,
    /// How many accounts ordered.
    accounts: i64,
    /// Those of them that had also ordered on an earlier day.
    again: i64,
    /// Their share; null when nobody ordered.
    rate: Option<f64>,
    /// The ends of Wilson's 95 % interval of it; null when nobody ordered.
    low: Option<f64>,
    /// Its upper end.
    high: Option<f64>,
}

/// An account that ordered.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RepeatOrderer")]
pub struct OrdererDocument {
    /// The account.
    account: AccountId,
    /// Its name.
    name: String,
    /// The day of its first order of all.
    first: Day,
    /// The day of its last order in the period.
    last: Day,
    /// How many orders it placed in the period.
    orders: i64,
}

impl From<Cohort> for CohortDocument {
    fn from(cohort: Cohort) -> Self {
        Self {
            month: cohort.month,
            began: cohort.began,
            shares: cohort.shares,
        }
    }
}

impl From<Backing> for BackingDocument {
    fn from(one: Backing) -> Self {
        let standing = |amount: i64| one.movement.is_none().then_some(amount);
        Self {
            mrr_then: standing(one.then),
            mrr_now: standing(one.now),
            kept: standing(one.kept()),
            movement: one.movement.map(|movement| BackingMovement {
                day: movement.day,
                kind: movement.kind,
                currency: movement.currency,
                amount: movement.amount,
                closing: movement.closing,
            }),
            account: one.account,
            name: one.name,
        }
    }
}

impl From<Repeater> for OrdererDocument {
    fn from(one: Repeater) -> Self {
        Self {
            account: one.account,
            name: one.name,
            first: one.first,
            last: one.last,
            orders: one.orders,
        }
    }
}

fn sample_day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn sample_account() -> AccountId {
    "acc_01k0000000000000000000000z".parse().expect("an id")
}

impl Sample for CohortDocument {
    fn sample() -> Self {
        Self {
            month: sample_day("2026-08-01"),
            began: 24,
            shares: vec![1.0, 0.958, 0.917],
        }
    }
}

impl Sample for BackingDocument {
    fn sample() -> Self {
        Self {
            account: sample_account(),
            name: "Northwind".to_owned(),
            movement: None,
            mrr_then: Some(45_000),
            mrr_now: Some(40_000),
            kept: Some(40_000),
        }
    }
}

impl Sample for RepeatsDocument {
    fn sample() -> Self {
        Self {
            from: sample_day("2026-10-01"),
            until: sample_day("2026-11-01"),
            accounts: 80,
            again: 52,
            rate: Some(0.65),
            low: Some(0.541),
            high: Some(0.745),
        }
    }
}

impl Sample for OrdererDocument {
    fn sample() -> Self {
        Self {
            account: sample_account(),
            name: "Northwind".to_owned(),
            first: sample_day("2025-03-14"),
            last: sample_day("2026-10-20"),
            orders: 2,
        }
    }
}

/// `GET /api/v1/retention/cohorts`
pub const COHORTS: Operation = Operation::new(
    PART,
    "List cohorts",
    "What is left, at the end of each month since, of the accounts that first came in each month of the period.",
)
.asks::<CohortsQuery>()
.gives::<Listed<CohortDocument>>();

/// `GET /api/v1/retention/accounts`
pub const ACCOUNTS: Operation = Operation::new(
    PART,
    "List the accounts behind a number",
    "Who was there, who left, who is left of a cohort, or what moved; with what each brought then and brings now.",
)
.asks::<BehindQuery>()
.gives::<Listed<BackingDocument>>();

/// `GET /api/v1/retention/repeats`
pub const REPEATS: Operation = Operation::new(
    PART,
    "Show the repeat-order rate",
    "Of the accounts that ordered in the period, the share that had also ordered on an earlier day. Cancelled orders count for nothing.",
)
.asks::<RetentionQuery>()
.gives::<RepeatsDocument>();

/// `GET /api/v1/retention/repeats/accounts`
pub const ORDERERS: Operation = Operation::new(
    PART,
    "List the accounts behind the repeat-order rate",
    "The accounts that ordered in the period, or those of them that had ordered before.",
)
.asks::<OrderersQuery>()
.gives::<Listed<OrdererDocument>>();

/// `GET /api/v1/retention/cohorts`
///
/// # Errors
/// A period that is none, or the database's.
pub async fn cohorts(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<CohortsQuery>,
) -> Result<Listed<CohortDocument>, Failure> {
    let found = db.report(move |tx| {
        let period = period_of(tx, &actor, query.from, query.last)?;
        Ok::<_, Failure>(super::cohorts(tx, &actor, period, query.of)?)
    });
    let rows = found.await?.into_iter().map(Into::into);
    Ok(Listed::whole(rows.collect(), None))
}

/// `GET /api/v1/retention/accounts`
///
/// # Errors
/// A period or a number that is none, a cursor that is none, or the database's.
pub async fn accounts(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<BehindQuery>,
) -> Result<Listed<BackingDocument>, Failure> {
    let behind = Behind::named(&query.of)
        .ok_or_else(|| Failure::of(StatusCode::BAD_REQUEST).parameter("of", "there is no such number"))?;
    let after: Option<Place> = cursor::wanted(ledger::LIST, query.after.as_deref())?;
    let found = db.report(move |tx| {
        let period = period_of(tx, &actor, query.from, query.last)?;
        Ok::<_, Failure>(super::behind(
            tx,
            &actor,
            (period, behind),
            after,
            query.limit.and_one(),
        )?)
    });
    let listed = Listed::of(found.await?, query.limit, |last: &Backing| {
        cursor::write(ledger::LIST, &last.place())
    });
    Ok(listed.linked(&address))
}

/// `GET /api/v1/retention/repeats`
///
/// # Errors
/// A period that is none, or the database's.
pub async fn repeats(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<RetentionQuery>,
) -> Result<axum::Json<RepeatsDocument>, Failure> {
    let found = db.report(move |tx| {
        let period = period_of(tx, &actor, query.from, query.last)?;
        let repeats = orders::repeating::repeats(tx, &actor, (period.from, period.until))?;
        Ok::<_, Failure>((period, repeats))
    });
    let (period, repeats) = found.await?;
    let interval = interval(repeats);
    Ok(axum::Json(RepeatsDocument {
        from: period.from,
        until: period.until,
        accounts: repeats.accounts,
        again: repeats.again,
        rate: repeats.rate(),
        low: interval.map(|(low, _)| low),
        high: interval.map(|(_, high)| high),
    }))
}

fn interval(repeats: Repeats) -> Option<(f64, f64)> {
    let (again, all) = (repeats.again.unsigned_abs(), repeats.accounts.unsigned_abs());
    (all > 0).then(|| kit::stats::wilson(again, all, 0.95))
}

/// `GET /api/v1/retention/repeats/accounts`
///
/// # Errors
/// A period that is none, a cursor that is none, or the database's.
pub async fn orderers(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<OrderersQuery>,
) -> Result<Listed<OrdererDocument>, Failure> {
    let after: Option<AccountId> = cursor::wanted(orders::LIST, query.after.as_deref())?;
    let found = db.report(move |tx| {
        let period = period_of(tx, &actor, query.from, query.last)?;
        let wanted = ((period.from, period.until), query.again);
        let rows = query.limit.and_one();
        Ok::<_, Failure>(orders::repeating::repeaters(tx, &actor, wanted, after, rows)?)
    });
    let listed = Listed::of(found.await?, query.limit, |last: &Repeater| {
        cursor::write(orders::LIST, &last.account)
    });
    Ok(listed.linked(&address))
}
