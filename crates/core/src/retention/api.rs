//! Retention and revenue for programs.

use axum::extract::State;
use http::StatusCode;
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::money::Currency;
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Operation, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Month, Numbers, Period};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::ledger::{self, Kind, Movement};
use crate::workspaces;

pub(super) const PART: &str = "Money";

/// A period of whole months.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionQuery {
    /// A day of its first month; the twelfth month before the present one unless told.
    pub(super) from: Option<Day>,
    /// A day of its last month, at most 35 months later; the month before the present one unless told.
    pub(super) last: Option<Day>,
}

/// A day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevenueQuery {
    /// Which one; today unless told.
    day: Option<Day>,
}

/// What moved in a month, in minor units of the reporting currency.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RetentionMonth")]
pub struct MonthDocument {
    /// Its first day.
    month: Day,
    /// What all accounts brought in a month at its start.
    opening: i64,
    /// From accounts that had never been there before.
    new: i64,
    /// From accounts that came back.
    reactivation: i64,
    /// From accounts that stay and bring more.
    expansion: i64,
    /// From accounts that stay and bring less; not above zero.
    contraction: i64,
    /// From accounts that left; not above zero.
    churn: i64,
    /// What all accounts brought in a month at its end.
    closing: i64,
}

/// How many accounts stay and what they bring. Money is in minor units of the reporting currency.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Retention")]
pub struct RetentionDocument {
    /// The first day of the first month.
    from: Day,
    /// The first day after the last month.
    until: Day,
    /// The currency of all sums.
    currency: Currency,
    /// Whose rates were used.
    rates_of: Day,
    /// Currencies without a rate: their amounts are left out.
    missing: Vec<Currency>,
    /// Accounts that were active at the start.
    accounts: i64,
    /// Those of them that are not at the end.
    lost: i64,
    /// The share of them that is gone; null without any.
    logo_churn: Option<f64>,
    /// The same as if the period were a year of 365 days.
    yearly_churn: Option<f64>,
    /// The same as if it were a twelfth of that.
    monthly_churn: Option<f64>,
    /// Gross revenue retention of the accounts that were there at the start.
    grr: Option<f64>,
    /// Net revenue retention of the accounts that were there at the start.
    nrr: Option<f64>,
    /// Gross revenue retention from the movements of all accounts, month by month.
    ledger_grr: Option<f64>,
    /// Net revenue retention from the movements of all accounts, month by month.
    ledger_nrr: Option<f64>,
    /// Month by month.
    months: Vec<MonthDocument>,
}

/// What accounts bring as of a day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Revenue")]
pub struct RevenueDocument {
    /// In what.
    currency: Currency,
    /// In a month, in minor units.
    mrr: i64,
    /// In a year: of each subscription by itself, so that no month is rounded before.
    arr: i64,
}

/// A change of what an account brings in a month.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Movement")]
pub struct MovementDocument {
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

impl From<&Month> for MonthDocument {
    fn from(month: &Month) -> Self {
        Self {
            month: month.month,
            opening: month.opening,
            new: month.of(Kind::New),
            reactivation: month.of(Kind::Reactivation),
            expansion: month.of(Kind::Expansion),
            contraction: month.of(Kind::Contraction),
            churn: month.of(Kind::Churn),
            closing: month.closing(),
        }
    }
}

impl From<Numbers> for RetentionDocument {
    fn from(numbers: Numbers) -> Self {
        Self {
            from: numbers.period.from,
            until: numbers.period.until,
            currency: numbers.rates.to,
            rates_of: numbers.rates.on,
            accounts: numbers.accounts,
            lost: numbers.lost,
            logo_churn: numbers.logo_churn(),
            yearly_churn: numbers.yearly_churn(),
            monthly_churn: numbers.monthly_churn(),
            grr: numbers.grr(),
            nrr: numbers.nrr(),
            ledger_grr: numbers.ledger_grr(),
            ledger_nrr: numbers.ledger_nrr(),
            months: numbers.months.iter().map(Into::into).collect(),
            missing: numbers.opening.missing,
        }
    }
}

impl From<Movement> for MovementDocument {
    fn from(one: Movement) -> Self {
        Self {
            day: one.day,
            kind: one.kind,
            currency: one.currency,
            amount: one.amount,
            closing: one.closing,
        }
    }
}

fn sample_day(text: &str) -> Day {
    text.parse().expect("a day")
}

impl Sample for RetentionDocument {
    fn sample() -> Self {
        Self {
            from: sample_day("2026-10-01"),
            until: sample_day("2026-11-01"),
            currency: "EUR".parse().expect("a currency"),
            rates_of: sample_day("2026-10-31"),
            missing: Vec::new(),
            accounts: 200,
            lost: 3,
            logo_churn: Some(0.015),
            yearly_churn: Some(0.163),
            monthly_churn: Some(0.0147),
            grr: Some(0.981),
            nrr: Some(1.024),
            ledger_grr: Some(0.98),
            ledger_nrr: Some(1.027),
            months: vec![MonthDocument {
                month: sample_day("2026-10-01"),
                opening: 4_500_000,
                new: 120_000,
                reactivation: 0,
                expansion: 210_000,
                contraction: -30_000,
                churn: -60_000,
                closing: 4_740_000,
            }],
        }
    }
}

impl Sample for RevenueDocument {
    fn sample() -> Self {
        Self {
            currency: "EUR".parse().expect("a currency"),
            mrr: 4_740_000,
            arr: 56_880_000,
        }
    }
}

impl Sample for MovementDocument {
    fn sample() -> Self {
        Self {
            day: sample_day("2026-02-01"),
            kind: Kind::New,
            currency: "EUR".parse().expect("a currency"),
            amount: 45_000,
            closing: 45_000,
        }
    }
}

/// `GET /api/v1/retention`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show retention",
    "Who was there at the start is who was there at the end of the day before. All sums are at the rates of the last day.",
)
.asks::<RetentionQuery>()
.gives::<RetentionDocument>();

/// `GET /api/v1/revenue`
pub const REVENUE: Operation = Operation::new(
    PART,
    "Show revenue of a day",
    "What all accounts bring in a month and in a year as of the end of a day, in each currency.",
)
.asks::<RevenueQuery>()
.gives::<Listed<RevenueDocument>>();

/// `GET /api/v1/accounts/{id}/movements`
pub const MOVEMENTS: Operation = Operation::new(
    PART,
    "List an account's movements",
    "How what it brings in a month has changed. Movements follow from subscriptions within moments and can't be changed.",
)
.of::<AccountId>()
.gives::<Listed<MovementDocument>>();

/// `GET /api/v1/retention`
///
/// # Errors
/// A period that is none, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<RetentionQuery>,
) -> Result<axum::Json<RetentionDocument>, Failure> {
    db.report(move |tx| {
        let period = period_of(tx, &actor, query.from, query.last)?;
        Ok(axum::Json(super::numbers(tx, &actor, period)?.into()))
    })
    .await
}

/// The period of these months, or the twelve whole ones before today.
pub(super) fn period_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: Option<Day>,
    last: Option<Day>,
) -> Result<Period, Failure> {
    let usual = Period::before(workspaces::today(tx, actor.workspace)?, 12);
    let last = last.unwrap_or_else(|| usual.last());
    let from = from.unwrap_or_else(|| last.plus_months(-11));
    Period::new(from, last)
        .ok_or_else(|| Failure::of(StatusCode::BAD_REQUEST).parameter("last", "a period has 1 to 36 months"))
}

/// `GET /api/v1/revenue`
///
/// # Errors
/// The database's.
pub async fn revenue(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<RevenueQuery>,
) -> Result<Listed<RevenueDocument>, Failure> {
    let sums = db
        .report(move |tx| {
            let day = match query.day {
                Some(day) => day,
                None => workspaces::today(tx, actor.workspace)?,
            };
            Ok::<_, Failure>(super::revenue::on(tx, &actor, day)?)
        })
        .await?;
    let document = |(currency, (mrr, arr))| RevenueDocument { currency, mrr, arr };
    Ok(Listed::whole(sums.into_iter().map(document).collect(), None))
}

/// `GET /api/v1/accounts/{id}/movements`
///
/// # Errors
/// No such account here, or the database's.
pub async fn movements(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
) -> Result<Listed<MovementDocument>, Failure> {
    let movements = db
        .read(move |tx| {
            let account = accounts::find(tx, &actor, id)?;
            account.ok_or_else(|| Failure::of(StatusCode::NOT_FOUND))?;
            Ok::<_, Failure>(ledger::of_account(tx, actor.workspace, id)?)
        })
        .await?;
    Ok(Listed::whole(
        movements.into_iter().map(Into::into).collect(),
        None,
    ))
}
