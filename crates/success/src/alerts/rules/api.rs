//! Rules of early warning, for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Operation, Posted, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::{Content, Rule, WarningRuleId, library};
use crate::alerts::api::PART;
use crate::alerts::failures::{CONDITIONS, DAYS, METRIC, NAME, RUNG, SPAN, VALUE};

/// A rule of early warning in the version that is in force.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WarningRule")]
pub struct RuleDocument {
    /// Its id.
    id: WarningRuleId,
    /// Which of the library it began as; null for one's own.
    key: Option<String>,
    /// What it says.
    content: Content,
    /// Grows with every change.
    version: i64,
}

/// What a rule is to say.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WarningRuleInput")]
#[serde(deny_unknown_fields)]
pub struct RuleInput {
    /// What it says.
    content: Content,
}

/// `GET /api/v1/warning-rules`
pub const LIST: Operation = Operation::new(
    PART,
    "List the rules of early warning",
    "Risks first; none before the first account was looked at.",
)
.gives::<Listed<RuleDocument>>();

/// `POST /api/v1/warning-rules`
pub const ADD: Operation = Operation::new(
    PART,
    "Add a rule of early warning",
    "All accounts are looked at in the background.",
)
.takes::<RuleInput>()
.makes::<RuleDocument>()
.fails(FAILURES);

/// `GET /api/v1/warning-rules/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a rule of early warning",
    "Its ETag is what a change names with If-Match.",
)
.of::<WarningRuleId>()
.shows::<RuleDocument>();

/// `PUT /api/v1/warning-rules/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a rule of early warning",
    "Makes a new version; alerts keep the one that found them.",
)
.of::<WarningRuleId>()
.takes::<RuleInput>()
.shows::<RuleDocument>()
.held_by(Precondition::Required)
.fails(FAILURES);

/// `DELETE /api/v1/warning-rules/{id}`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove a rule of early warning",
    "Its open alerts close; what they said stays.",
)
.of::<WarningRuleId>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/warning-rules/{id}/removal`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Bring a rule back",
    "It looks at all accounts again. One that is in force stays as it is.",
)
.of::<WarningRuleId>()
.shows::<RuleDocument>();

const FAILURES: &[&kit::web::Code] = &[&NAME, &RUNG, &DAYS, &CONDITIONS, &METRIC, &VALUE, &SPAN];

impl Sample for RuleInput {
    fn sample() -> Self {
        let content = library::RULES[0].content();
        Self {
            content: Content {
                name: "Usage drops".to_owned(),
                ..content
            },
        }
    }
}

impl Sample for RuleDocument {
    fn sample() -> Self {
        Self {
            id: "wrl_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            key: Some(library::RULES[0].key.to_owned()),
            content: library::RULES[0].content(),
            version: 1,
        }
    }
}

impl From<Rule> for RuleDocument {
    fn from(rule: Rule) -> Self {
        Self {
            id: rule.id,
            key: Some(rule.key).filter(|key| !key.is_empty()),
            content: rule.content,
            version: rule.version,
        }
    }
}

fn single(rule: Rule) -> Single {
    Single::of(&RuleDocument::from(rule))
}

/// `GET /api/v1/warning-rules`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<RuleDocument>, Failure> {
    let rules = db.read(move |tx| super::list(tx, &actor)).await?;
    Ok(Listed::whole(rules.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/warning-rules`
///
/// # Errors
/// What can't be, a missing permission, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<RuleInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let rule = super::add(tx, &actor, &input.content)?;
        let location = format!("/api/v1/warning-rules/{}", rule.id);
        Ok(Single::made(&RuleDocument::from(rule), location))
    })
    .await
}

/// `GET /api/v1/warning-rules/{id}`
///
/// # Errors
/// No such rule here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<WarningRuleId>) -> Result<Single, Failure> {
    let rule = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(rule))
}

/// `PUT /api/v1/warning-rules/{id}`
///
/// # Errors
/// No such rule here, another state than the one named, what can't be, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WarningRuleId>,
    held: IfMatch,
    Sent(input): Sent<RuleInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?;
        held.must_hold(&single(now.clone()))?;
        Ok::<_, Failure>(single(super::change(
            tx,
            &actor,
            id,
            now.version,
            &input.content,
        )?))
    })
    .await
}

/// `DELETE /api/v1/warning-rules/{id}`
///
/// # Errors
/// No such rule here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WarningRuleId>,
    held: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?;
        held.hold(&single(now))?;
        super::remove(tx, &actor, id)?;
        Ok::<_, Failure>(Single::nothing())
    })
    .await
}

/// `DELETE /api/v1/warning-rules/{id}/removal`
///
/// # Errors
/// No such rule here, a missing permission, or the database's.
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WarningRuleId>,
) -> Result<Single, Failure> {
    let rule = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(single(rule))
}
