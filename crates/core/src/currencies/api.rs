//! Currencies and exchange rates for programs.

use axum::extract::State;
use axum::response::Response;
use kit::day::Day;
use kit::db::Db;
use kit::money::{Currency, Rate};
use kit::web::Failure;
use kit::web::api::{At, Listed, Operation, Posted, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::failures::{RATE, SAME};
use super::{CurrencyError, ExchangeRate, ExchangeRateId};
use crate::actor::Actor;

const PART: &str = "Money";

/// The currency in which a workspace adds up.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportingCurrency {
    /// Its code in ISO 4217.
    currency: Currency,
}

/// What one unit of a currency was worth in the reporting currency from a day on.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ExchangeRate")]
pub struct ExchangeRateDocument {
    /// Its id.
    id: ExchangeRateId,
    /// The reporting currency it was set for.
    base: Currency,
    /// Of what.
    currency: Currency,
    /// From this day on, until the next rate.
    day: Day,
    /// One major unit of `currency` in major units of `base`, as a decimal number.
    rate: String,
}

/// A rate to be set.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExchangeRateInput {
    /// Of what; not the reporting currency itself.
    currency: Currency,
    /// From this day on.
    day: Day,
    /// One major unit of it in major units of the reporting currency, as a decimal number above zero.
    #[schemars(regex(pattern = r"^[0-9]{1,6}([.][0-9]{1,12})?$"))]
    rate: String,
}

impl From<ExchangeRate> for ExchangeRateDocument {
    fn from(rate: ExchangeRate) -> Self {
        Self {
            id: rate.id,
            base: rate.base,
            currency: rate.currency,
            day: rate.day,
            rate: rate.rate.to_string(),
        }
    }
}

impl Sample for ReportingCurrency {
    fn sample() -> Self {
        Self {
            currency: "EUR".parse().expect("a currency"),
        }
    }
}

impl Sample for ExchangeRateDocument {
    fn sample() -> Self {
        Self {
            id: "fxr_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            base: "EUR".parse().expect("a currency"),
            currency: "PLN".parse().expect("a currency"),
            day: "2026-11-22".parse().expect("a day"),
            rate: "0.2341".to_owned(),
        }
    }
}

impl Sample for ExchangeRateInput {
    fn sample() -> Self {
        Self {
            currency: "PLN".parse().expect("a currency"),
            day: "2026-11-22".parse().expect("a day"),
            rate: "0.2341".to_owned(),
        }
    }
}

/// `GET /api/v1/reporting-currency`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show the reporting currency",
    "The currency in which sums over several currencies are given.",
)
.shows::<ReportingCurrency>();

/// `PUT /api/v1/reporting-currency`
pub const CHOOSE: Operation = Operation::new(
    PART,
    "Choose the reporting currency",
    "Rates that were set for another one stay, and count again when it comes back.",
)
.takes::<ReportingCurrency>()
.shows::<ReportingCurrency>();

/// `GET /api/v1/exchange-rates`
pub const LIST: Operation = Operation::new(
    PART,
    "List exchange rates",
    "The newest 200 rates for the present reporting currency, the latest day first.",
)
.gives::<Listed<ExchangeRateDocument>>();

/// `POST /api/v1/exchange-rates`
pub const SET: Operation = Operation::new(
    PART,
    "Set an exchange rate",
    "A second rate for the same currency and day takes the place of the first.",
)
.takes::<ExchangeRateInput>()
.makes::<ExchangeRateDocument>()
.without_tag()
.fails(&[&RATE, &SAME]);

/// `DELETE /api/v1/exchange-rates/{id}`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove an exchange rate",
    "From its day on the rate before it counts again.",
)
.of::<ExchangeRateId>();

/// `GET /api/v1/reporting-currency`
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    let currency = db.read(move |tx| super::reporting(tx, actor.workspace)).await?;
    Ok(Single::of(&ReportingCurrency { currency }))
}

/// `PUT /api/v1/reporting-currency`
///
/// # Errors
/// A missing permission, or the database's.
pub async fn choose(
    State(db): State<Db>,
    actor: Actor,
    Sent(input): Sent<ReportingCurrency>,
) -> Result<Single, Failure> {
    db.write(move |tx| super::choose(tx, &actor, input.currency))
        .await?;
    Ok(Single::of(&input))
}

/// `GET /api/v1/exchange-rates`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<ExchangeRateDocument>, Failure> {
    let rates = db.read(move |tx| super::list(tx, &actor)).await?;
    Ok(Listed::whole(rates.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/exchange-rates`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<ExchangeRateInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let rate = Rate::read(&input.rate).ok_or(CurrencyError::BadRate)?;
        let rate = super::set_rate(tx, &actor, input.currency, input.day, rate)?;
        Ok(Single::made(&ExchangeRateDocument::from(rate), "/api/v1/exchange-rates").without_tag())
    })
    .await
}

/// `DELETE /api/v1/exchange-rates/{id}`
///
/// # Errors
/// No such rate here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ExchangeRateId>,
) -> Result<Single, Failure> {
    let removed = db.write(move |tx| super::remove_rate(tx, &actor, id)).await?;
    removed.ok_or(CurrencyError::Unknown)?;
    Ok(Single::nothing())
}
