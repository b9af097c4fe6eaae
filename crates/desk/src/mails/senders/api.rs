//! Senders about whom somebody has decided, for programs.

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::Db;
use kit::web::api::{Asked, Limit, Listed, Operation, Posted, Sample, Single, cursor};
use kit::web::{Failure, NOT_FOUND};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::super::Verdict;
use super::super::failures::BAD_SENDER;
use super::Taught;

const PART: &str = "Mails";
/// The name of the list in cursors.
const LIST: &str = "mail_senders";

/// What was decided about a sender.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MailSender")]
pub struct SenderDocument {
    /// The address, or `@` and a domain, in small letters.
    sender: String,
    /// What was decided.
    verdict: Verdict,
    /// Who did.
    decided_by: String,
    /// When: microseconds since 1970-01-01 UTC.
    decided_at: i64,
}

impl From<Taught> for SenderDocument {
    fn from(taught: Taught) -> Self {
        Self {
            sender: taught.sender,
            verdict: taught.verdict,
            decided_by: taught.by,
            decided_at: taught.at.0,
        }
    }
}

/// Which part of the list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendersQuery {
    /// How many at most.
    #[serde(default)]
    limit: Limit,
    /// The cursor of the part before.
    after: Option<String>,
}

/// A decision about a sender.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MailSenderInput")]
pub struct SenderInput {
    /// An address, or `@` and a domain.
    #[schemars(length(max = 254))]
    sender: String,
    /// What is decided.
    verdict: Verdict,
}

/// A sender.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MailSenderName")]
pub struct NameInput {
    /// An address, or `@` and a domain.
    #[schemars(length(max = 254))]
    sender: String,
}

/// `GET /api/v1/mail-senders`
pub const SHOW: Operation = Operation::new(
    PART,
    "List taught senders",
    "Addresses and domains whose mail is held back or let through, in their order.",
)
.asks::<SendersQuery>()
.gives::<Listed<SenderDocument>>();

/// `POST /api/v1/mail-senders`
pub const DECIDE: Operation = Operation::new(
    PART,
    "Decide about a sender",
    "Mail of an address, or of all addresses of a domain, is held back or let through from now on. The newest decision counts, and one about an address counts more than one about its domain.",
)
.takes::<SenderInput>()
.gives::<SenderDocument>()
.fails(&[&BAD_SENDER]);

/// `POST /api/v1/mail-senders/removal`
pub const TAKE_BACK: Operation = Operation::new(
    PART,
    "Take back what was decided about a sender",
    "Its mail is treated as everybody's. Gives what was decided before.",
)
.takes::<NameInput>()
.gives::<SenderDocument>()
.fails(&[&NOT_FOUND]);

/// `GET /api/v1/mail-senders`
///
/// # Errors
/// A cursor that is none, a missing permission, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<SendersQuery>,
) -> Result<Listed<SenderDocument>, Failure> {
    let after: Option<String> = cursor::wanted(LIST, query.after.as_deref())?;
    let (after, limit) = (after.unwrap_or_default(), query.limit);
    let found = db
        .read(move |tx| super::list(tx, &actor, &after, limit.and_one()))
        .await?;
    let listed = Listed::of(found, limit, |last: &Taught| cursor::write(LIST, &last.sender));
    Ok(listed.linked(&address))
}

/// `POST /api/v1/mail-senders`
///
/// # Errors
/// Neither address nor domain, a missing permission, or the database's.
pub async fn decide(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<SenderInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let taught = super::decide(tx, &actor, &input.sender, input.verdict)?;
        Ok(Single::of(&SenderDocument::from(taught)).without_tag())
    })
    .await
}

/// `POST /api/v1/mail-senders/removal`
///
/// # Errors
/// Nothing was decided, a missing permission, or the database's.
pub async fn take_back(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<NameInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let taught = super::take_back(tx, &actor, &input.sender)?;
        Ok(Single::of(&SenderDocument::from(taught)).without_tag())
    })
    .await
}

impl Sample for SenderDocument {
    fn sample() -> Self {
        Self {
            sender: "@fjord.example".to_owned(),
            verdict: Verdict::Trusted,
            decided_by: "Ada Lovelace".to_owned(),
            decided_at: 1_795_000_000_000_000,
        }
    }
}

impl Sample for SenderInput {
    fn sample() -> Self {
        Self {
            sender: "@fjord.example".to_owned(),
            verdict: Verdict::Trusted,
        }
    }
}

impl Sample for NameInput {
    fn sample() -> Self {
        Self {
            sender: "@fjord.example".to_owned(),
        }
    }
}
