//! How the failures of API inboxes look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};
use tandem_core::webhooks::{NAME, URL};

use super::ApiInboxError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const CONFLICT: StatusCode = StatusCode::CONFLICT;

pub(super) const TEAM: Code = Code::new("api-inbox-team", WRONG, "api-inboxes-failure-team");
pub(super) const CHANNEL: Code = Code::new("api-inbox-channel", WRONG, "api-inboxes-failure-channel");
pub(super) const CONVERSATION: Code = Code::new(
    "api-inbox-conversation",
    WRONG,
    "api-inboxes-failure-conversation",
);
pub(super) const MESSAGE: Code = Code::new("api-inbox-message", WRONG, "api-inboxes-failure-message");
pub(super) const AUTHOR: Code = Code::new("api-inbox-author", WRONG, "api-inboxes-failure-author");
pub(super) const FILE: Code = Code::new("api-inbox-file", WRONG, "api-inboxes-failure-file");
pub(super) const CLOSED: Code = Code::new("api-inbox-closed", CONFLICT, "api-inboxes-failure-closed");
pub(super) const TOO_MANY: Code = Code::new("api-inboxes-too-many", CONFLICT, "api-inboxes-failure-too-many");
/// Someone changed the inbox since the sender saw it.
pub(super) const STALE: Code = Code::new("api-inbox-stale", CONFLICT, "api-inboxes-failure-stale");

/// What is wrong with a new or changed inbox.
pub(super) const ALL: &[&Code] = &[&NAME, &URL, &TEAM, &CHANNEL, &TOO_MANY];
/// What is wrong with a message that is brought.
pub(super) const BROUGHT: &[&Code] = &[&CONVERSATION, &MESSAGE, &AUTHOR, &FILE, &CLOSED];

impl From<ApiInboxError> for Failure {
    fn from(error: ApiInboxError) -> Self {
        match error {
            ApiInboxError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            ApiInboxError::BadTeam => Self::field("team", &TEAM),
            ApiInboxError::BadChannel => Self::field("channel", &CHANNEL),
            ApiInboxError::BadConversation => Self::field("conversation", &CONVERSATION),
            ApiInboxError::BadMessage => Self::field("id", &MESSAGE),
            ApiInboxError::BadAuthor => Self::field("author", &AUTHOR),
            ApiInboxError::BadFile => Self::field("files", &FILE),
            ApiInboxError::Closed => Self::new(&CLOSED),
            ApiInboxError::TooMany => Self::new(&TOO_MANY),
            ApiInboxError::Unknown => Self::of(StatusCode::NOT_FOUND),
            ApiInboxError::Stale(now) => {
                Self::new(&STALE).detail(format!("the API inbox is at version {}", now.version))
            }
            ApiInboxError::Line(error) => error.into(),
            ApiInboxError::Ticket(error) => error.into(),
            ApiInboxError::Contact(error) => error.into(),
            ApiInboxError::Db(error) => error.into(),
        }
    }
}
