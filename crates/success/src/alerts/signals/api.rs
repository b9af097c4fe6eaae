//! Signals, for programs.

use axum::extract::State as Held;
use axum::response::Response;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Limit, Listed, Operation, Posted, Sample, Single, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;

use super::{Filter, LIST, NewSignal, Sent, SignalId};
use crate::alerts::api::PART;
use crate::alerts::failures::{ACCOUNT, SUPERSEDED, TICKET, WORDS};
use crate::alerts::{AlertId, Outcome, Reason, Severity, SignalKind, State};

/// What somebody told whoever looks after an account, and what became of it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Signal")]
pub struct SignalDocument {
    /// Its id.
    id: SignalId,
    /// What it is: a risk, a wish for more, a reference, praise.
    kind: SignalKind,
    /// What was said; may be empty.
    words: String,
    /// Of which account.
    account: AccountId,
    /// The id of the ticket in which it was heard; null for none.
    ticket: Option<String>,
    /// The agent who told it; null for a program.
    agent: Option<AgentId>,
    /// When: microseconds since 1970-01-01 UTC.
    told_at: i64,
    /// The alert that it opened.
    alert: AlertId,
    /// How much it matters.
    severity: Severity,
    /// Where the alert stands.
    state: State,
    /// Whose the alert is; null for nobody.
    owner: Option<AgentId>,
    /// The reason why it was none; null where it was not dismissed.
    reason: Option<Reason>,
    /// What came of it; null where nobody said.
    outcome: Option<Outcome>,
}

/// What is to be told.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SignalInput")]
#[serde(deny_unknown_fields)]
pub struct SignalInput {
    /// What it is.
    kind: SignalKind,
    /// What there is to say.
    #[serde(default)]
    #[schemars(length(max = 500))]
    words: String,
    /// Of which account; the ticket's unless told.
    account: Option<AccountId>,
    /// The id of the ticket in which it was heard.
    #[schemars(length(max = 60))]
    ticket: Option<String>,
}

/// Which signals, and how many.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "SignalsQuery")]
#[serde(deny_unknown_fields)]
pub struct SignalsQuery {
    /// Of which account; of all unless told.
    account: Option<AccountId>,
    /// From which ticket; from anywhere unless told.
    #[serde(default)]
    ticket: String,
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// `GET /api/v1/signals`
pub const SIGNALS: Operation = Operation::new(
    PART,
    "List signals",
    "What was told by hand, the last first, with what became of it; one's own where one may not see alerts.",
)
.asks::<SignalsQuery>()
.gives::<Listed<SignalDocument>>();

/// `POST /api/v1/signals`
pub const TELL: Operation = Operation::new(
    PART,
    "Tell whoever looks after an account",
    "Opens an alert, which is worked on like any other.",
)
.takes::<SignalInput>()
.makes::<SignalDocument>()
.fails(&[&ACCOUNT, &TICKET, &WORDS]);

/// `GET /api/v1/signals/{id}`
pub const SHOW: Operation = Operation::new(PART, "Show a signal", "And what became of it.")
    .of::<SignalId>()
    .shows::<SignalDocument>();

/// `DELETE /api/v1/signals/{id}`
pub const WITHDRAW: Operation = Operation::new(
    PART,
    "Take a signal back",
    "While nobody has acted on it; its alert closes.",
)
.of::<SignalId>()
.shows::<SignalDocument>()
.fails(&[&SUPERSEDED]);

/// `GET /api/v1/signals`
///
/// # Errors
/// A cursor that is none, a missing permission, or the database's.
pub async fn list(
    Held(db): Held<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<SignalsQuery>,
) -> Result<Listed<SignalDocument>, Failure> {
    let before: Option<SignalId> = cursor::wanted(LIST, query.after.as_deref())?;
    let filter = Filter {
        account: query.account,
        ticket: query.ticket,
    };
    let limit = query.limit;
    let sent = db
        .read(move |tx| super::list(tx, &actor, &filter, before, limit.and_one()))
        .await?;
    let told: Vec<SignalDocument> = sent.into_iter().filter_map(document).collect();
    let next = |told: &SignalDocument| cursor::write(LIST, &told.id);
    Ok(Listed::of(told, limit, next).linked(&address))
}

/// `POST /api/v1/signals`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn tell(
    Held(db): Held<Db>,
    actor: Actor,
    Posted { input, once }: Posted<SignalInput>,
) -> Result<Response, Failure> {
    let new = NewSignal {
        kind: input.kind,
        words: input.words,
        account: input.account,
        ticket: input.ticket.unwrap_or_default(),
    };
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let id = tx.new_id();
        let sent = super::tell(tx, &actor, id, &new)?;
        let location = format!("/api/v1/signals/{id}");
        let document = document(sent).ok_or(crate::alerts::AlertError::UnknownSignal)?;
        Ok(Single::made(&document, location))
    })
    .await
}

/// `GET /api/v1/signals/{id}`
///
/// # Errors
/// No such signal here, or the database's.
pub async fn show(Held(db): Held<Db>, actor: Actor, At(id): At<SignalId>) -> Result<Single, Failure> {
    let sent = db.read(move |tx| super::find(tx, &actor, id)).await?;
    single(sent)
}

/// `DELETE /api/v1/signals/{id}`
///
/// # Errors
/// Somebody acted meanwhile, no such signal here, or the database's.
pub async fn withdraw(Held(db): Held<Db>, actor: Actor, At(id): At<SignalId>) -> Result<Single, Failure> {
    let sent = db.write(move |tx| super::withdraw(tx, &actor, id)).await?;
    single(sent)
}

fn single(sent: Sent) -> Result<Single, Failure> {
    let document = document(sent).ok_or(crate::alerts::AlertError::UnknownSignal)?;
    Ok(Single::of(&document))
}

fn document(sent: Sent) -> Option<SignalDocument> {
    let alert = sent.alert;
    let signal = alert.signal()?.clone();
    let (work, severity) = (&alert.work, alert.severity());
    Some(SignalDocument {
        id: signal.id,
        kind: signal.kind,
        words: signal.words,
        account: alert.account,
        ticket: Some(signal.ticket).filter(|id| !id.is_empty()),
        agent: signal.agent,
        told_at: signal.at.0,
        alert: alert.id,
        severity,
        state: work.state,
        owner: alert.owner,
        reason: Reason::named(&work.word).filter(|_| work.state == State::Dismissed),
        outcome: Outcome::named(&work.word).filter(|_| work.state == State::Handled),
    })
}

impl Sample for SignalDocument {
    fn sample() -> Self {
        Self {
            id: "sgn_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            kind: SignalKind::Upsell,
            words: "Asked what ten more seats would cost".to_owned(),
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            ticket: Some("tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned()),
            agent: Some("agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            told_at: 1_795_413_600_000_000,
            alert: "alr_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            severity: Severity::High,
            state: State::Open,
            owner: None,
            reason: None,
            outcome: None,
        }
    }
}

impl Sample for SignalInput {
    fn sample() -> Self {
        Self {
            kind: SignalKind::Upsell,
            words: "Asked what ten more seats would cost".to_owned(),
            account: Some("acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            ticket: None,
        }
    }
}
