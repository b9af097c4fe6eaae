//! What is at risk, for programs.

use axum::extract::State;
use kit::day::Day;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, Operation, Sample, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::permissions::Permission;

use super::{Exposed, Risk, Sum, risk};
use crate::health::Band;
use crate::health::api::PART;

/// What is at risk now and was a week ago, and who moved it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RevenueAtRisk")]
pub struct RiskDocument {
    /// The day with which today is compared.
    since: Option<Day>,
    /// All of it.
    all: SumDocument,
    /// What is in the red band.
    red: SumDocument,
    /// What is in the amber band.
    amber: SumDocument,
    /// Every account that is or was at risk, those that moved the most first.
    accounts: Vec<ExposedDocument>,
}

/// A sum in minor units of the reporting currency, a month; null for readers who may not see money.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RevenueAtRiskSum")]
pub struct SumDocument {
    /// How many accounts.
    accounts: i64,
    /// How many a week ago.
    accounts_then: i64,
    /// What they bring.
    mrr: Option<i64>,
    /// What those of a week ago brought then.
    mrr_then: Option<i64>,
}

/// An account that is or was at risk.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountAtRisk")]
pub struct ExposedDocument {
    /// The account.
    account: AccountId,
    /// Its name.
    name: String,
    /// Its band now; null for one that is closed.
    now: Option<Band>,
    /// Its band a week ago; null where it had none.
    then: Option<Band>,
    /// What it brings in a month; null for readers who may not see money.
    mrr: Option<i64>,
    /// What it brought then.
    mrr_then: Option<i64>,
}

/// Whose accounts.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "RevenueAtRiskQuery")]
#[serde(deny_unknown_fields)]
pub struct AtRiskQuery {
    /// Of one agent's accounts; of all unless told.
    owner: Option<AgentId>,
}

/// `GET /api/v1/health/risk`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show revenue at risk",
    "What accounts below green bring, against a week ago as it was known then; the sums are those of the accounts listed.",
)
.asks::<AtRiskQuery>()
.shows::<RiskDocument>();

/// `GET /api/v1/health/risk`
///
/// # Errors
/// The database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<AtRiskQuery>,
) -> Result<Single, Failure> {
    let may = actor.may(Permission::MoneyRead);
    let found = db.report(move |tx| risk(tx, &actor, query.owner)).await?;
    Ok(Single::of(&document(found, may)))
}

fn document(risk: Risk, may: bool) -> RiskDocument {
    let money = |minor: i64| may.then_some(minor);
    let sum = |band: Option<Band>| {
        let sum: Sum = risk.sum(band);
        SumDocument {
            accounts: sum.accounts,
            accounts_then: sum.accounts_then,
            mrr: money(sum.mrr),
            mrr_then: money(sum.mrr_then),
        }
    };
    let exposed = |one: &Exposed| ExposedDocument {
        account: one.account,
        name: one.name.clone(),
        now: one.now,
        then: one.then,
        mrr: money(one.mrr),
        mrr_then: money(one.mrr_then),
    };
    RiskDocument {
        since: risk.since,
        all: sum(None),
        red: sum(Some(Band::Red)),
        amber: sum(Some(Band::Amber)),
        accounts: risk.exposed.iter().map(exposed).collect(),
    }
}

impl Sample for RiskDocument {
    fn sample() -> Self {
        let sum = |accounts| SumDocument {
            accounts,
            accounts_then: 0,
            mrr: Some(125_000),
            mrr_then: Some(0),
        };
        Self {
            since: Some("2026-11-16".parse().expect("a day")),
            all: sum(1),
            red: sum(1),
            amber: sum(0),
            accounts: vec![ExposedDocument {
                account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
                name: "Nordwind Logistics".to_owned(),
                now: Some(Band::Red),
                then: Some(Band::Green),
                mrr: Some(125_000),
                mrr_then: Some(125_000),
            }],
        }
    }
}
