//! Rules of assignment, for programs.

use std::num::NonZeroU8;

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountKind;
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::assignment::{Conditions, Method, Rule, RuleId, RuleText, Target};
use crate::ladders::RungId;
use crate::tags::TagId;
use crate::teams::TeamId;
use crate::tiers::service::TouchModel;

/// What a rule asks of an account; what is null, fits.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "RuleConditions")]
pub struct ConditionsDocument {
    /// A company or a person.
    kind: Option<AccountKind>,
    /// On this tier.
    tier: Option<RungId>,
    /// On a tier with this touch model.
    touch: Option<TouchModel>,
    /// On this stage.
    stage: Option<RungId>,
    /// With this tag.
    tag: Option<TagId>,
    /// Bringing at least this in a month, in minor units of the reporting currency.
    mrr_from: Option<i64>,
    /// Bringing less than this in a month.
    mrr_below: Option<i64>,
}

/// A rule of assignment.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AssignmentRule")]
pub struct RuleDocument {
    /// Its id.
    id: RuleId,
    /// Its name.
    name: String,
    /// What it asks of an account.
    conditions: ConditionsDocument,
    /// The agent whom it gives; null when it chooses from a team.
    agent: Option<AgentId>,
    /// The team from which it chooses; null when it gives one agent.
    team: Option<TeamId>,
    /// How it chooses among several.
    method: Method,
    /// Grows by one with every change.
    version: i64,
}

/// What a program says about a rule: an agent or a team, not both.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleInput {
    /// Its name.
    #[schemars(length(min = 1, max = 80))]
    name: String,
    /// What it asks of an account; it fits every one unless told.
    #[serde(default)]
    conditions: ConditionsDocument,
    /// The agent whom it gives.
    #[serde(default)]
    agent: Option<AgentId>,
    /// The team from which it chooses.
    #[serde(default)]
    team: Option<TeamId>,
    /// How it chooses among several; who has the most room unless told.
    #[serde(default)]
    method: Method,
}

/// Where a rule shall stand.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RulePlaceInput {
    /// Which one it shall be, counted from one; beyond the end it is the last.
    place: NonZeroU8,
}

impl From<Conditions> for ConditionsDocument {
    fn from(of: Conditions) -> Self {
        Self {
            kind: of.kind,
            tier: of.tier,
            touch: of.touch,
            stage: of.stage,
            tag: of.tag,
            mrr_from: of.mrr_from,
            mrr_below: of.mrr_below,
        }
    }
}

impl From<ConditionsDocument> for Conditions {
    fn from(of: ConditionsDocument) -> Self {
        Self {
            kind: of.kind,
            tier: of.tier,
            touch: of.touch,
            stage: of.stage,
            tag: of.tag,
            mrr_from: of.mrr_from,
            mrr_below: of.mrr_below,
        }
    }
}

impl From<Rule> for RuleDocument {
    fn from(rule: Rule) -> Self {
        let (agent, team) = match rule.target {
            Target::Agent(agent) => (Some(agent), None),
            Target::Team(team) => (None, Some(team)),
        };
        Self {
            id: rule.id,
            name: rule.name,
            conditions: rule.conditions.into(),
            agent,
            team,
            method: rule.method,
            version: rule.version,
        }
    }
}

impl From<RuleInput> for RuleText {
    fn from(input: RuleInput) -> Self {
        let target = match (input.agent, input.team) {
            (Some(agent), None) => Some(Target::Agent(agent)),
            (None, Some(team)) => Some(Target::Team(team)),
            _ => None,
        };
        Self {
            name: input.name,
            conditions: input.conditions.into(),
            target,
            method: input.method,
        }
    }
}

impl Sample for RuleInput {
    fn sample() -> Self {
        Self {
            name: "Large accounts".to_owned(),
            conditions: ConditionsDocument {
                mrr_from: Some(100_000),
                ..ConditionsDocument::default()
            },
            agent: Some("agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            team: None,
            method: Method::LeastLoaded,
        }
    }
}

impl Sample for RuleDocument {
    fn sample() -> Self {
        let input = RuleInput::sample();
        Self {
            id: "rul_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: input.name,
            conditions: input.conditions,
            agent: input.agent,
            team: input.team,
            method: input.method,
            version: 1,
        }
    }
}

impl Sample for RulePlaceInput {
    fn sample() -> Self {
        Self {
            place: NonZeroU8::MIN,
        }
    }
}

/// `GET /api/v1/assignment-rules`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<RuleDocument>, Failure> {
    let rules = db.read(move |tx| super::all(tx, &actor)).await?;
    Ok(Listed::whole(rules.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/assignment-rules`
///
/// # Errors
/// A name or a target that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<RuleInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    let text = RuleText::from(input);
    once.run(&db, owner, move |tx| {
        let rule = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/assignment-rules/{}", rule.id);
        Ok(Single::made(&RuleDocument::from(rule), location))
    })
    .await
}

/// `GET /api/v1/assignment-rules/{id}`
///
/// # Errors
/// No such rule here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<RuleId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::find(tx, &actor, id)).await?))
}

/// `PUT /api/v1/assignment-rules/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such rule here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RuleId>,
    state: IfMatch,
    Sent(input): Sent<RuleInput>,
) -> Result<Single, Failure> {
    let text = RuleText::from(input);
    db.write(move |tx| {
        state.must_hold(&single(super::find(tx, &actor, id)?))?;
        Ok(single(super::change(tx, &actor, id, &text)?))
    })
    .await
}

/// `PUT /api/v1/assignment-rules/{id}/place`
///
/// # Errors
/// Another state than the one named, no such rule here, a missing permission, or the database's.
pub async fn place(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RuleId>,
    state: IfMatch,
    Sent(input): Sent<RulePlaceInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(super::find(tx, &actor, id)?))?;
        super::place(tx, &actor, id, usize::from(input.place.get()))?;
        Ok(single(super::find(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/assignment-rules/{id}`
///
/// # Errors
/// Another state than the one named, no such rule here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RuleId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(super::find(tx, &actor, id)?))?;
        super::remove(tx, &actor, id)?;
        Ok(Single::nothing())
    })
    .await
}

fn single(rule: Rule) -> Single {
    Single::of(&RuleDocument::from(rule))
}
