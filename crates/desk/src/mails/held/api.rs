//! Decisions about many mails, for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{Operation, Posted, Sample, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::super::failures::TOO_MANY;
use super::super::{MailError, MailId};

/// What is decided.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "MailDecision")]
pub enum Decision {
    /// They become messages as if nothing had held them.
    Release,
    /// They become no tickets, and are kept.
    Block,
    /// They become no tickets, and their bytes go after 30 days.
    Delete,
    /// What was put aside or thrown away is held back again.
    Restore,
}

/// A decision about mails.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MailDecisionsInput")]
pub struct DecisionsInput {
    /// About which: 50 at most.
    #[schemars(length(min = 1, max = 50))]
    mails: Vec<MailId>,
    /// What is decided.
    decision: Decision,
}

/// About which mails it was decided.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MailDecisions")]
pub struct DecisionsDocument {
    /// Those for which it held; others were decided about already, or are not here.
    mails: Vec<MailId>,
}

/// `POST /api/v1/mail-decisions`
pub const DECIDE: Operation = Operation::new(
    "Mails",
    "Decide about many mails",
    "Lets mails through that are held back, puts them aside, throws them away, or takes the last two back. Those about which nobody has to decide stay as they are and are left out of the answer. Of more than 50 none is decided about.",
)
.takes::<DecisionsInput>()
.gives::<DecisionsDocument>()
.fails(&[&TOO_MANY]);

/// `POST /api/v1/mail-decisions`
///
/// # Errors
/// More mails than are decided about at once, a missing permission, or the database's.
pub async fn decide(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<DecisionsInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let mails = decided(tx, &actor, &input)?;
        Ok(Single::of(&DecisionsDocument { mails }).without_tag())
    })
    .await
}

fn decided(tx: &mut Tx<'_>, actor: &Actor, input: &DecisionsInput) -> Result<Vec<MailId>, MailError> {
    match input.decision {
        Decision::Release => super::release(tx, actor, &input.mails),
        Decision::Block => super::block(tx, actor, &input.mails),
        Decision::Delete => super::delete(tx, actor, &input.mails),
        Decision::Restore => super::unblock(tx, actor, &input.mails),
    }
}

impl Sample for DecisionsInput {
    fn sample() -> Self {
        Self {
            mails: vec!["mal_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")],
            decision: Decision::Delete,
        }
    }
}

impl Sample for DecisionsDocument {
    fn sample() -> Self {
        Self {
            mails: vec!["mal_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")],
        }
    }
}
