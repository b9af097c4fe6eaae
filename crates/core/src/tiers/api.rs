//! Tiers of accounts, for programs.

use axum::extract::State;
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, Operation, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TierError;
use super::failures::{REASON, TIER};
use super::service::{self, TouchModel};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::ladders::RungId;
use crate::permissions::Permission;

const PART: &str = "Stages and tiers";

/// Why an account is on its tier.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TierStanding")]
pub struct StandingDocument {
    /// The tier; null when the rule finds none.
    tier: Option<RungId>,
    /// Its name.
    name: Option<String>,
    /// Whether somebody put the account there by hand.
    is_pinned: bool,
    /// Why by hand; empty by rule.
    reason: String,
    /// The tier that the rule gives.
    by_rule: Option<RungId>,
    /// What the account brings in a month, in minor units; null for readers who may not see money.
    mrr: Option<i64>,
    /// The reporting currency (ISO 4217).
    currency: String,
    /// The next tier above the one of the rule.
    next: Option<RungId>,
    /// How accounts on the tier are looked after; null while nothing is said of it.
    touch_model: Option<TouchModel>,
    /// The last day on which the next touch in person is within the tier's cadence; null where there is none.
    next_touch: Option<Day>,
}

/// Onto which tier an account is put by hand.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierInput {
    /// The tier.
    tier: RungId,
    /// Why.
    #[schemars(length(min = 1, max = 500))]
    reason: String,
}

/// `GET /api/v1/accounts/{id}/tier`
pub const WHY: Operation = Operation::new(
    PART,
    "Show why an account is on its tier",
    "By rule or by hand, what it brings, and what the rule says.",
)
.of::<AccountId>()
.shows::<StandingDocument>();

/// `PUT /api/v1/accounts/{id}/tier`
pub const PIN: Operation = Operation::new(
    PART,
    "Put an account onto a tier",
    "It stays there whatever it brings, until the rule may decide again.",
)
.of::<AccountId>()
.takes::<TierInput>()
.shows::<StandingDocument>()
.fails(&[&TIER, &REASON]);

/// `DELETE /api/v1/accounts/{id}/tier`
pub const UNPIN: Operation = Operation::new(
    PART,
    "Let the rule decide the tier",
    "The account gets the tier with the highest threshold that it reaches.",
)
.of::<AccountId>()
.shows::<StandingDocument>();

impl Sample for TierInput {
    fn sample() -> Self {
        Self {
            tier: "rng_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            reason: "Strategic partner".to_owned(),
        }
    }
}

impl Sample for StandingDocument {
    fn sample() -> Self {
        let TierInput { tier, reason } = TierInput::sample();
        Self {
            tier: Some(tier),
            name: Some("Premium".to_owned()),
            is_pinned: true,
            reason,
            by_rule: Some(tier),
            mrr: Some(125_000),
            currency: "EUR".to_owned(),
            next: None,
            touch_model: Some(TouchModel::HighTouch),
            next_touch: Some("2026-12-01".parse().expect("a day")),
        }
    }
}

/// `GET /api/v1/accounts/{id}/tier`
///
/// # Errors
/// No such account here, or the database's.
pub async fn why(State(db): State<Db>, actor: Actor, At(id): At<AccountId>) -> Result<Single, Failure> {
    db.read(move |tx| single(tx, &actor, id)).await
}

/// `PUT /api/v1/accounts/{id}/tier`
///
/// # Errors
/// No such account or tier here, no reason, a missing permission, or the database's.
pub async fn pin(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Sent(input): Sent<TierInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        super::pin(tx, &actor, id, input.tier, &input.reason)?;
        single(tx, &actor, id)
    })
    .await
}

/// `DELETE /api/v1/accounts/{id}/tier`
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn unpin(State(db): State<Db>, actor: Actor, At(id): At<AccountId>) -> Result<Single, Failure> {
    db.write(move |tx| {
        super::unpin(tx, &actor, id)?;
        single(tx, &actor, id)
    })
    .await
}

fn single(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Single, Failure> {
    accounts::find(tx, actor, id)?.ok_or(TierError::UnknownAccount)?;
    let why = super::why(tx, actor.workspace, id)?;
    let service = service::of(tx, actor.workspace, &[id])?.remove(&id);
    let rhythm = service::rhythm(tx, actor.workspace, id)?;
    let standing = why.standing.as_ref();
    let tier = standing.and_then(|standing| standing.tier.as_ref());
    Ok(Single::of(&StandingDocument {
        tier: tier.map(|tier| tier.id),
        name: tier.map(|tier| tier.text.name.clone()),
        is_pinned: standing.is_some_and(|standing| standing.is_pinned),
        reason: standing
            .map(|standing| standing.reason.clone())
            .unwrap_or_default(),
        by_rule: why.by_rule.as_ref().map(|tier| tier.id),
        mrr: actor.may(Permission::MoneyRead).then_some(why.mrr.minor),
        currency: why.mrr.currency.to_string(),
        next: why.next.as_ref().map(|tier| tier.id),
        touch_model: service.map(|service| service.model),
        next_touch: rhythm.map(|rhythm| rhythm.next),
    }))
}
