//! Owners of accounts, for programs.

use axum::extract::State;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, Listed, Operation, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::failures::AGENT;
use super::{Span, Why};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::agents::AgentId;

const PART: &str = "Owners";

/// The time in which somebody looked after an account.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OwnerSpan")]
pub struct OwnerDocument {
    /// Who.
    agent: AgentId,
    /// Their name.
    name: String,
    /// The rule that chose them; null when somebody said so.
    rule: Option<String>,
    /// Among whom the rule chose: each name with how many accounts they had.
    among: Vec<(String, i64)>,
    /// Who said so.
    by: String,
    /// From when: microseconds since 1970-01-01 UTC.
    since: i64,
    /// Until when: microseconds since 1970-01-01 UTC; null for the present one.
    until: Option<i64>,
}

impl From<Span> for OwnerDocument {
    fn from(span: Span) -> Self {
        let (rule, among) = match span.why {
            Why::ByHand => (None, Vec::new()),
            Why::Rule { rule, among, .. } => {
                let among = among.into_iter().map(|(name, held, _)| (name, held));
                (Some(rule), among.collect())
            }
        };
        Self {
            agent: span.agent,
            name: span.name,
            rule,
            among,
            by: span.by,
            since: span.since.0,
            until: span.until.map(|until| until.0),
        }
    }
}

/// Who looks after an account.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerInput {
    /// An agent who may sign in.
    agent: AgentId,
}

/// `GET /api/v1/accounts/{id}/owners`
pub const SPANS: Operation = Operation::new(
    PART,
    "List the owners of an account",
    "Who looks after it and who did, the present one first, each with why.",
)
.of::<AccountId>()
.gives::<Listed<OwnerDocument>>();

/// `PUT /api/v1/accounts/{id}/owner`
pub const GIVE: Operation = Operation::new(
    PART,
    "Give an account an owner",
    "Shows the present owner. Said twice it changes nothing.",
)
.of::<AccountId>()
.takes::<OwnerInput>()
.shows::<OwnerDocument>()
.fails(&[&AGENT]);

/// `DELETE /api/v1/accounts/{id}/owner`
pub const TAKE: Operation = Operation::new(
    PART,
    "Take the owner of an account away",
    "It stands in the list without owner then.",
)
.of::<AccountId>();

impl Sample for OwnerInput {
    fn sample() -> Self {
        Self {
            agent: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        }
    }
}

impl Sample for OwnerDocument {
    fn sample() -> Self {
        Self {
            agent: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Nina Okafor".to_owned(),
            rule: Some("Everybody else".to_owned()),
            among: vec![
                ("Nina Okafor".to_owned(), 31),
                ("Piotr Wiśniewski".to_owned(), 34),
            ],
            by: "system: assignment".to_owned(),
            since: 1_772_442_000_000_000,
            until: None,
        }
    }
}

/// `GET /api/v1/accounts/{id}/owners`
///
/// # Errors
/// No such account here, or the database's.
pub async fn spans(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
) -> Result<Listed<OwnerDocument>, Failure> {
    let spans = db.read(move |tx| super::spans(tx, &actor, id)).await?;
    Ok(Listed::whole(spans.into_iter().map(Into::into).collect(), None))
}

/// `PUT /api/v1/accounts/{id}/owner`
///
/// # Errors
/// No such account or agent here, a missing permission, or the database's.
pub async fn give(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Sent(input): Sent<OwnerInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        super::give(tx, &actor, id, Some(input.agent))?;
        single(tx, &actor, id)
    })
    .await
}

/// `DELETE /api/v1/accounts/{id}/owner`
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn take(State(db): State<Db>, actor: Actor, At(id): At<AccountId>) -> Result<Single, Failure> {
    db.write(move |tx| super::give(tx, &actor, id, None)).await?;
    Ok(Single::nothing())
}

fn single(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Single, Failure> {
    let now = super::of(tx, actor.workspace, &[id])?.remove(&id);
    let span = now.ok_or_else(|| Failure::of(http::StatusCode::NOT_FOUND))?;
    Ok(Single::of(&OwnerDocument::from(span)))
}
