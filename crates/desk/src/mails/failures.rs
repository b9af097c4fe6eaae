//! How the failures of mails look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::MailError;

/// Nobody has to decide about it any more.
pub(super) const DECIDED: Code = Code::new("mail-decided", StatusCode::CONFLICT, "mails-failure-decided");
/// There are no bytes of it.
pub(super) const NOT_KEPT: Code = Code::new("mail-not-kept", StatusCode::CONFLICT, "mails-failure-not-kept");

/// Its mailbox is not read from a server.
pub(super) const NOT_READ: Code = Code::new("mail-not-read", StatusCode::CONFLICT, "mails-failure-not-read");

/// It is too large even for somebody who wants it.
pub(super) const TOO_LARGE: Code =
    Code::new("mail-too-large", StatusCode::CONFLICT, "mails-failure-too-large");

/// It is no address and no domain.
pub(super) const BAD_SENDER: Code = Code::new(
    "mail-bad-sender",
    StatusCode::UNPROCESSABLE_ENTITY,
    "mails-failure-bad-sender",
);
/// They are more than are decided about at once.
pub(super) const TOO_MANY: Code = Code::new(
    "mail-too-many",
    StatusCode::UNPROCESSABLE_ENTITY,
    "mails-failure-too-many",
);
/// Its mail is not being read again.
pub(super) const NO_REPLAY: Code =
    Code::new("mail-no-replay", StatusCode::CONFLICT, "mails-failure-no-replay");

impl From<MailError> for Failure {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            MailError::Unknown => Self::of(StatusCode::NOT_FOUND),
            MailError::Decided => Self::new(&DECIDED),
            MailError::TooLarge => Self::new(&TOO_LARGE),
            MailError::NotKept => Self::new(&NOT_KEPT),
            MailError::NotRead => Self::new(&NOT_READ),
            MailError::BadSender => Self::new(&BAD_SENDER),
            MailError::TooMany => Self::new(&TOO_MANY).pointer("#/mails", error.to_string()),
            MailError::NoReplay => Self::new(&NO_REPLAY),
            MailError::Mailbox(error) => error.into(),
            MailError::Db(error) => error.into(),
        }
    }
}
