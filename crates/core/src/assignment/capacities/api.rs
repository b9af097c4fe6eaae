//! What people look after and can look after, for programs.

use axum::extract::State;
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, Listed, Operation, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::agents::AgentId;
use crate::assignment::failures::{AGENT, CAPACITY};
use crate::assignment::{self, AssignmentError, Capacity, Load};

const PART: &str = "Owners";

/// What somebody looks after, and how much they can.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AgentLoad")]
pub struct LoadDocument {
    /// Who.
    agent: AgentId,
    /// Their name.
    name: String,
    /// How many open accounts they look after.
    accounts: i64,
    /// What those bring in a month, in minor units of the reporting currency.
    mrr: i64,
    /// How much they can look after.
    capacity: CapacityDocument,
    /// Whether they are away today.
    is_away: bool,
}

/// How much somebody can look after.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "AgentCapacity")]
pub struct CapacityDocument {
    /// How many accounts; null for no limit.
    #[schemars(range(min = 0))]
    accounts: Option<i64>,
    /// How much revenue in a month, in minor units of the reporting currency; null for no limit.
    #[schemars(range(min = 0))]
    mrr: Option<i64>,
    /// The last day on which they are away.
    away_until: Option<Day>,
}

impl From<Load> for LoadDocument {
    fn from(load: Load) -> Self {
        Self {
            agent: load.agent,
            name: load.name,
            accounts: load.accounts,
            mrr: load.mrr,
            capacity: CapacityDocument {
                accounts: load.capacity.accounts,
                mrr: load.capacity.mrr,
                away_until: load.capacity.away_until,
            },
            is_away: load.is_away,
        }
    }
}

/// `GET /api/v1/capacities`
pub const LIST: Operation = Operation::new(
    PART,
    "List what everybody looks after",
    "Every agent who can own accounts, by name, with how much they look after and can look after.",
)
.gives::<Listed<LoadDocument>>();

/// `PUT /api/v1/capacities/{id}`
pub const SET: Operation = Operation::new(
    PART,
    "Say how much somebody can look after",
    "Replaces all of it: what is left out has no limit.",
)
.of::<AgentId>()
.takes::<CapacityDocument>()
.shows::<LoadDocument>()
.fails(&[&AGENT, &CAPACITY]);

impl Sample for CapacityDocument {
    fn sample() -> Self {
        Self {
            accounts: Some(60),
            mrr: None,
            away_until: None,
        }
    }
}

impl Sample for LoadDocument {
    fn sample() -> Self {
        Self {
            agent: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Nina Okafor".to_owned(),
            accounts: 31,
            mrr: 1_250_000,
            capacity: CapacityDocument::sample(),
            is_away: false,
        }
    }
}

/// `GET /api/v1/capacities`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<LoadDocument>, Failure> {
    let loads = db.read(move |tx| assignment::loads(tx, actor.workspace)).await?;
    Ok(Listed::whole(loads.into_iter().map(Into::into).collect(), None))
}

/// `PUT /api/v1/capacities/{id}`
///
/// # Errors
/// No such agent here, a number below zero, a missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AgentId>,
    Sent(input): Sent<CapacityDocument>,
) -> Result<Single, Failure> {
    let capacity = Capacity {
        accounts: input.accounts,
        mrr: input.mrr,
        away_until: input.away_until,
    };
    db.write(move |tx| {
        let load = load(tx, &actor, id)?.ok_or_else(|| Failure::of(http::StatusCode::NOT_FOUND))?;
        if load.capacity != capacity {
            assignment::set_capacity(tx, &actor, id, &capacity)?;
        }
        let now = load_now(tx, &actor, id)?;
        Ok(Single::of(&LoadDocument::from(now)))
    })
    .await
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: AgentId) -> Result<Option<Load>, AssignmentError> {
    let all = assignment::loads(tx, actor.workspace)?;
    Ok(all.into_iter().find(|load| load.agent == id))
}

fn load_now(tx: &mut Tx<'_>, actor: &Actor, id: AgentId) -> Result<Load, AssignmentError> {
    load(tx, actor, id)?.ok_or(AssignmentError::UnknownAgent)
}
