//! Value for programs.

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::day::Day;
use kit::db::Db;
use kit::id::TypedId;
use kit::money::Currency;
use kit::web::Failure;
use kit::web::api::{
    Asked, At, IfMatch, Limit, Listed, Operation, Posted, Precondition, Sample, Sent, Single, cursor,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::failures::{DISCOUNT, HORIZON, MARGIN};
use super::{
    AccountValue, Check, ContractModel, ContractReason, Cursor, Estimate, EstimateId, LIST, Outcome, Refusal,
    RepeatModel, RepeatReason, Settings, ValueError,
};
use crate::accounts::AccountId;
use crate::actor::Actor;

const PART: &str = "Money";

/// One of the two models, or why there is none.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ValueModel")]
pub struct ModelDocument {
    /// From how many accounts it was made; null without a model.
    accounts: Option<i64>,
    /// Its parameters in the order of their names in the literature: α, β; or r, α, a, b, p, q, γ.
    parameters: Vec<f64>,
    /// How likely the data are under it, as a logarithm: of the purchases, where there are two.
    log_likelihood: Option<f64>,
    /// Whether what it assumes holds.
    checks: Vec<Check>,
    /// Why there is none.
    refused: Option<Refusal>,
}

/// An estimate of what all accounts are worth.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ValueEstimate")]
pub struct EstimateDocument {
    /// When it was made, in microseconds since 1970; null while there is none.
    made_at: Option<i64>,
    /// The day that counts as today, whose rates were used.
    day: Option<Day>,
    /// In what.
    currency: Option<Currency>,
    /// What all accounts are worth, in minor units.
    total: i64,
    /// How many accounts are worth something.
    accounts: i64,
    /// What was assumed.
    settings: Settings,
    /// Of accounts under contract: shifted beta-geometric.
    contract: Option<ModelDocument>,
    /// Of accounts that order again: BG/NBD and gamma-gamma.
    repeat: Option<ModelDocument>,
    /// Whether a newer one is being made.
    is_asked: bool,
}

/// What an account is worth, and why.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountValue")]
pub struct ValueDocument {
    /// The account.
    account: AccountId,
    /// In minor units; null where the estimate says nothing of it.
    worth: Option<i64>,
    /// In what.
    currency: Option<Currency>,
    /// What its contracts are worth, and why.
    contract: Option<ContractReason>,
    /// What its orders are worth, and why.
    repeat: Option<RepeatReason>,
}

/// Where to go on in the list, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValuesQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// `GET /api/v1/value`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show the estimate of value",
    "The models, whether what they assume holds on the workspace's own data, and the sum.",
)
.gives::<EstimateDocument>();

/// `GET /api/v1/value/accounts`
pub const ACCOUNTS: Operation = Operation::new(
    PART,
    "List accounts by value",
    "The most valuable first, by the newest estimate. A cursor of an older one begins anew.",
)
.asks::<ValuesQuery>()
.gives::<Listed<ValueDocument>>();

/// `GET /api/v1/accounts/{id}/value`
pub const OF_ACCOUNT: Operation = Operation::new(PART, "Show an account's value", "By the newest estimate.")
    .of::<AccountId>()
    .gives::<ValueDocument>();

/// `POST /api/v1/value/computation`
pub const ASK: Operation = Operation::new(
    PART,
    "Ask for an estimate",
    "It is made in the background; while one is being made, asking again changes nothing. What it gives is the estimate as it is.",
)
.shows::<EstimateDocument>();

/// `GET /api/v1/value/settings`
pub const SETTINGS: Operation = Operation::new(
    PART,
    "Show what is assumed for value",
    "Its ETag is what a change names with If-Match.",
)
.shows::<Settings>();

/// `PUT /api/v1/value/settings`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change what is assumed for value",
    "An estimate is then made anew.",
)
.takes::<Settings>()
.shows::<Settings>()
.held_by(Precondition::Required)
.fails(&[&MARGIN, &DISCOUNT, &HORIZON]);

impl EstimateDocument {
    fn of(estimate: Option<Estimate>, settings: Settings, is_asked: bool) -> Self {
        let Some(estimate) = estimate else {
            return Self {
                made_at: None,
                day: None,
                currency: None,
                total: 0,
                accounts: 0,
                settings,
                contract: None,
                repeat: None,
                is_asked,
            };
        };
        let models = estimate.models;
        Self {
            made_at: Some(estimate.made_at.0),
            day: Some(estimate.day),
            currency: Some(estimate.total.currency),
            total: estimate.total.minor,
            accounts: estimate.accounts,
            settings: models.settings,
            contract: Some(ModelDocument::of_contract(&models.contract)),
            repeat: Some(ModelDocument::of_repeat(&models.repeat)),
            is_asked,
        }
    }
}

impl ModelDocument {
    fn of_contract(outcome: &Outcome<ContractModel>) -> Self {
        let model = outcome.fitted();
        Self {
            accounts: model.map(|model| model.accounts),
            parameters: model
                .map(|model| vec![model.alpha, model.beta])
                .unwrap_or_default(),
            log_likelihood: model.map(|model| model.log_likelihood),
            checks: model.map(|model| model.checks.clone()).unwrap_or_default(),
            refused: outcome.refused().copied(),
        }
    }

    fn of_repeat(outcome: &Outcome<RepeatModel>) -> Self {
        let model = outcome.fitted();
        let parameters = model.map(|model| [&model.purchases[..], &model.spending[..]].concat());
        Self {
            accounts: model.map(|model| model.accounts),
            parameters: parameters.unwrap_or_default(),
            log_likelihood: model.map(|model| model.purchases_log_likelihood),
            checks: model.map(|model| model.checks.clone()).unwrap_or_default(),
            refused: outcome.refused().copied(),
        }
    }
}

impl ValueDocument {
    fn of(account: AccountId, currency: Option<Currency>, value: Option<AccountValue>) -> Self {
        Self {
            account,
            worth: value.as_ref().map(|value| value.worth),
            currency,
            contract: value.as_ref().and_then(|value| value.reasons.contract),
            repeat: value.as_ref().and_then(|value| value.reasons.repeat),
        }
    }
}

impl Sample for EstimateDocument {
    fn sample() -> Self {
        Self {
            made_at: Some(1_790_000_000_000_000),
            day: Some("2026-11-22".parse().expect("a day")),
            currency: Some("EUR".parse().expect("a currency")),
            total: 412_000_000,
            accounts: 231,
            settings: Settings::default(),
            contract: Some(ModelDocument {
                accounts: Some(180),
                parameters: vec![0.668, 3.806],
                log_likelihood: Some(-161.1),
                checks: Vec::new(),
                refused: None,
            }),
            repeat: Some(ModelDocument {
                accounts: None,
                parameters: Vec::new(),
                log_likelihood: None,
                checks: Vec::new(),
                refused: Some(Refusal::TooFewAccounts {
                    given: 12,
                    needed: 60,
                }),
            }),
            is_asked: false,
        }
    }
}

impl Sample for ValueDocument {
    fn sample() -> Self {
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            worth: Some(1_204_000),
            currency: Some("EUR".parse().expect("a currency")),
            contract: None,
            repeat: None,
        }
    }
}

impl Sample for Settings {
    fn sample() -> Self {
        Self::default()
    }
}

/// `GET /api/v1/value`
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<axum::Json<EstimateDocument>, Failure> {
    let document = db.read(move |tx| document(tx, &actor)).await?;
    Ok(axum::Json(document))
}

/// `GET /api/v1/value/accounts`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn accounts(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<ValuesQuery>,
) -> Result<Listed<ValueDocument>, Failure> {
    let after: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let limit = query.limit;
    let (estimate, found) = db
        .read(move |tx| {
            let Some(estimate) = super::newest(tx, &actor)? else {
                return Ok((None, Vec::new()));
            };
            let after = after.filter(|cursor| cursor.estimate == estimate.id);
            let found = super::list(tx, &actor, estimate.id, after, limit.and_one())?;
            Ok::<_, ValueError>((Some((estimate.id, estimate.total.currency)), found))
        })
        .await?;
    let nobody = EstimateId::from_uuid(kit::id::Uuid::nil());
    let (id, currency) = estimate.map_or((nobody, None), |(id, currency)| (id, Some(currency)));
    let found = found
        .into_iter()
        .map(|one| ValueDocument::of(one.account, currency, Some(one)));
    let next = |last: &ValueDocument| {
        let cursor = Cursor {
            estimate: id,
            worth: last.worth.unwrap_or(0),
            account: last.account,
        };
        cursor::write(LIST, &cursor)
    };
    Ok(Listed::of(found.collect(), limit, next).linked(&address))
}

/// `GET /api/v1/accounts/{id}/value`
///
/// # Errors
/// No such account here, or the database's.
pub async fn of_account(
    State(db): State<Db>,
    actor: Actor,
    At(account): At<AccountId>,
) -> Result<axum::Json<ValueDocument>, Failure> {
    let document = db
        .read(move |tx| {
            let estimate = super::newest(tx, &actor)?;
            let nobody = EstimateId::from_uuid(kit::id::Uuid::nil());
            let id = estimate.as_ref().map_or(nobody, |estimate| estimate.id);
            let value = super::of_account(tx, &actor, id, account)?;
            let currency = estimate.map(|estimate| estimate.total.currency);
            Ok::<_, ValueError>(ValueDocument::of(account, currency, value))
        })
        .await?;
    Ok(axum::Json(document))
}

/// `POST /api/v1/value/computation`
///
/// # Errors
/// A missing permission, or the database's.
pub async fn ask(
    State(db): State<Db>,
    actor: Actor,
    Posted { input: (), once }: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        super::ask(tx, &actor)?;
        Ok(Single::of(&document(tx, &actor)?))
    })
    .await
}

/// `GET /api/v1/value/settings`
///
/// # Errors
/// The database's.
pub async fn settings(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    let settings = db.read(move |tx| super::settings(tx, &actor)).await?;
    Ok(Single::of(&settings))
}

/// `PUT /api/v1/value/settings`
///
/// # Errors
/// An older state, a field that does not fit, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    state: IfMatch,
    Sent(settings): Sent<Settings>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.must_hold(&Single::of(&super::settings(tx, &actor)?))?;
        super::change(tx, &actor, settings)?;
        Ok::<_, Failure>(Single::of(&settings))
    })
    .await
}

fn document(tx: &mut kit::db::Tx<'_>, actor: &Actor) -> Result<EstimateDocument, ValueError> {
    let estimate = super::newest(tx, actor)?;
    let settings = super::settings(tx, actor)?;
    Ok(EstimateDocument::of(
        estimate,
        settings,
        super::is_asked(tx, actor)?,
    ))
}
