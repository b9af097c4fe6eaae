//! For programs: the same verbs as the pages.

use axum::extract::State;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, IfMatch, Limit, Listed, Operation, Precondition, Sample, Sent, Single, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::listing::{self, Cursor, LIST};
use super::{Choices, Kinds, NoticeId, Reason, TicketNotice};
use crate::tickets::{MessageId, Ticket, TicketId};

const PART: &str = "Tickets";

/// Of what whoever asks is told, and which way.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketNotices")]
pub struct NoticesDocument {
    /// By mail of tickets that become theirs.
    assigned: bool,
    /// By mail of what customers write in their tickets.
    heard: bool,
    /// By mail of notes that name them.
    mentioned: bool,
    /// By mail of what others write in tickets that they follow.
    followed: bool,
    /// By mail of low ratings.
    low: bool,
    /// By mail of mails to customers that did not go out.
    failed: bool,
    /// Of what in the bell.
    bell: Vec<Reason>,
    /// Of what by their browser.
    browser: Vec<Reason>,
}

/// Of what they want to be told.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TicketNoticesInput")]
#[serde(deny_unknown_fields)]
pub struct NoticesInput {
    /// By mail of tickets that become theirs.
    #[serde(default)]
    assigned: bool,
    /// By mail of what customers write in their tickets.
    #[serde(default)]
    heard: bool,
    /// By mail of notes that name them.
    #[serde(default)]
    mentioned: bool,
    /// By mail of what others write in tickets that they follow.
    #[serde(default)]
    followed: bool,
    /// By mail of low ratings.
    #[serde(default)]
    low: bool,
    /// By mail of mails to customers that did not go out.
    #[serde(default)]
    failed: bool,
    /// Of what in the bell; of the same as before where nothing is said.
    #[serde(default)]
    #[schemars(length(max = 6))]
    bell: Option<Vec<Reason>>,
    /// Of what by their browser; of the same as before where nothing is said.
    #[serde(default)]
    #[schemars(length(max = 6))]
    browser: Option<Vec<Reason>>,
}

/// What an agent was told about a ticket.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Notice")]
pub struct NoticeDocument {
    /// Its id.
    id: NoticeId,
    /// Why.
    reason: Reason,
    /// The ticket.
    ticket: TicketId,
    /// What people call the ticket.
    number: i64,
    /// What the ticket is about.
    subject: String,
    /// What was written, where something was.
    message: Option<MessageId>,
    /// When: microseconds since 1970-01-01 UTC.
    made_at: i64,
    /// When they read it; null before.
    read_at: Option<i64>,
}

/// Which notices.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticesQuery {
    /// Only unread ones.
    #[serde(default)]
    unread: bool,
    /// Only those for this reason.
    reason: Option<Reason>,
    /// Where to go on: the cursor of the part before.
    after: Option<String>,
    /// How many.
    #[serde(default)]
    limit: Limit,
}

/// Which notices are read, or unread again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "NoticesReadInput")]
#[serde(deny_unknown_fields)]
pub struct ReadInput {
    /// Which; every unread one where none is named.
    #[serde(default)]
    #[schemars(length(max = 500))]
    notices: Vec<NoticeId>,
    /// Whether they are read.
    is_read: bool,
}

impl From<Choices> for NoticesDocument {
    fn from(choices: Choices) -> Self {
        Self {
            assigned: choices.assigned,
            heard: choices.heard,
            mentioned: choices.mentioned,
            followed: choices.followed,
            low: choices.low,
            failed: choices.failed,
            bell: choices.bell.list(),
            browser: choices.browser.list(),
        }
    }
}

impl From<(TicketNotice, Ticket)> for NoticeDocument {
    fn from((notice, ticket): (TicketNotice, Ticket)) -> Self {
        Self {
            id: notice.id,
            reason: notice.reason,
            ticket: ticket.id,
            number: ticket.number,
            subject: ticket.subject,
            message: notice.message,
            made_at: notice.made_at.0,
            read_at: notice.read_at.map(|at| at.0),
        }
    }
}

impl Sample for NoticesDocument {
    fn sample() -> Self {
        Choices {
            assigned: true,
            heard: true,
            ..Choices::default()
        }
        .into()
    }
}

impl Sample for NoticesInput {
    fn sample() -> Self {
        Self {
            assigned: true,
            heard: true,
            mentioned: false,
            followed: false,
            low: false,
            failed: false,
            bell: Some(Reason::ALL.to_vec()),
            browser: Some(vec![Reason::Heard]),
        }
    }
}

impl Sample for NoticeDocument {
    fn sample() -> Self {
        Self {
            id: "ntc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            reason: Reason::Assigned,
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            number: 1042,
            subject: "Exports stop".to_owned(),
            message: None,
            made_at: 1_772_445_600_000_000,
            read_at: None,
        }
    }
}

impl Sample for ReadInput {
    fn sample() -> Self {
        Self {
            notices: Vec::new(),
            is_read: true,
        }
    }
}

/// `GET /api/v1/my-notices`
pub const LIST_THEM: Operation = Operation::new(
    PART,
    "List what one was told about tickets",
    "The notices of whoever asks that are in their bell, the newest first. They are kept for thirty days.",
)
.asks::<NoticesQuery>()
.gives::<Listed<NoticeDocument>>();

/// `PUT /api/v1/my-notices/read`
pub const READ: Operation = Operation::new(
    PART,
    "Mark notices as read or unread",
    "Those of whoever asks; others stay as they are. Without names it marks every unread one as read.",
)
.takes::<ReadInput>()
.fails(&[&crate::tickets::AGENT]);

/// `GET /api/v1/ticket-notices`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show of what one is told about tickets",
    "The choices of whoever asks, for mails, the bell and the browser. Until they choose, all is in the bell and nothing elsewhere.",
)
.shows::<NoticesDocument>();

/// `PUT /api/v1/ticket-notices`
pub const CHOOSE: Operation = Operation::new(
    PART,
    "Choose of what one is told about tickets",
    "Such a mail can be answered from any mail program: the answer goes to the customer, or is a note where its first line is #note or \
     the mail tells of a note. It counts only if the mail shows that it is the agent's and they may answer then.",
)
.takes::<NoticesInput>()
.shows::<NoticesDocument>()
.held_by(Precondition::Required);

/// `GET /api/v1/ticket-notices`
///
/// # Errors
/// A missing permission, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::mine(tx, &actor)).await?))
}

/// `PUT /api/v1/ticket-notices`
///
/// # Errors
/// An older state, who is no agent, a missing permission, or the database's.
pub async fn choose(
    State(db): State<Db>,
    actor: Actor,
    state: IfMatch,
    Sent(input): Sent<NoticesInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::mine(tx, &actor)?;
        state.must_hold(&single(now))?;
        let wanted = Choices {
            assigned: input.assigned,
            heard: input.heard,
            mentioned: input.mentioned,
            followed: input.followed,
            low: input.low,
            failed: input.failed,
            bell: kinds(input.bell.as_deref(), now.bell),
            browser: kinds(input.browser.as_deref(), now.browser),
            version: now.version,
        };
        Ok(single(super::choose(tx, &actor, wanted)?))
    })
    .await
}

fn kinds(wanted: Option<&[Reason]>, before: Kinds) -> Kinds {
    wanted.map_or(before, |wanted| wanted.iter().copied().collect())
}

/// `GET /api/v1/my-notices`
///
/// # Errors
/// A cursor that is none, a missing permission, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<NoticesQuery>,
) -> Result<Listed<NoticeDocument>, Failure> {
    let after: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let asked = listing::Asked {
        only_unread: query.unread,
        reason: query.reason,
        after,
    };
    let limit = query.limit.and_one();
    let found = db.read(move |tx| listing::part(tx, &actor, asked, limit)).await?;
    let cursor = |last: &(TicketNotice, Ticket)| cursor::write(LIST, &Cursor(last.0.id));
    Ok(Listed::of(found, query.limit, cursor).linked(&address))
}

/// `PUT /api/v1/my-notices/read`
///
/// # Errors
/// Who is no agent, a missing permission, or the database's.
pub async fn read(
    State(db): State<Db>,
    actor: Actor,
    Sent(input): Sent<ReadInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| super::read(tx, &actor, &input.notices, input.is_read).map(drop))
        .await?;
    Ok(Single::nothing())
}

fn single(choices: Choices) -> Single {
    Single::of(&NoticesDocument::from(choices))
}
