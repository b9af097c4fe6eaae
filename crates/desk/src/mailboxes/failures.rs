//! How the failures of mailboxes look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::{Direction, MailboxError, Wrong};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const NAME: Code = Code::new("mailbox-name", WRONG, "mailboxes-failure-name");
pub(super) const ADDRESS: Code = Code::new("mailbox-address", WRONG, "mailboxes-failure-address");
pub(super) const TAKEN: Code = Code::new(
    "mailbox-address-taken",
    StatusCode::CONFLICT,
    "mailboxes-failure-taken",
);
pub(super) const SENDER: Code = Code::new("mailbox-sender", WRONG, "mailboxes-failure-sender");
pub(super) const SIGNATURE: Code = Code::new("mailbox-signature", WRONG, "mailboxes-failure-signature");
pub(super) const TEAM: Code = Code::new("mailbox-team", WRONG, "mailboxes-failure-team");
pub(super) const PROVIDER: Code = Code::new("mailbox-provider", WRONG, "mailboxes-failure-provider");
pub(super) const HOST: Code = Code::new("mailbox-host", WRONG, "mailboxes-failure-host");
pub(super) const PORT: Code = Code::new("mailbox-port", WRONG, "mailboxes-failure-port");
pub(super) const LOGIN: Code = Code::new("mailbox-login", WRONG, "mailboxes-failure-login");
pub(super) const PASSWORD: Code = Code::new("mailbox-password", WRONG, "mailboxes-failure-password");
pub(super) const FOLDERS: Code = Code::new("mailbox-folders", WRONG, "mailboxes-failure-folders");
pub(super) const SENT_FOLDER: Code = Code::new("mailbox-sent-folder", WRONG, "mailboxes-failure-sent-folder");
pub(super) const TRUSTED: Code = Code::new("mailbox-trusted", WRONG, "mailboxes-failure-trusted");
pub(super) const TOO_MANY: Code = Code::new(
    "mailbox-too-many",
    StatusCode::CONFLICT,
    "mailboxes-failure-too-many",
);
pub(super) const STALE: Code = Code::new("mailbox-stale", StatusCode::CONFLICT, "mailboxes-failure-stale");
pub(super) const SEAL: Code = Code::new(
    "mailbox-secret",
    StatusCode::SERVICE_UNAVAILABLE,
    "mailboxes-failure-secret",
);

/// What is wrong with a new or changed mailbox.
pub(super) const ALL: &[&Code] = &[
    &NAME,
    &ADDRESS,
    &TAKEN,
    &SENDER,
    &SIGNATURE,
    &TEAM,
    &PROVIDER,
    &HOST,
    &PORT,
    &LOGIN,
    &PASSWORD,
    &FOLDERS,
    &SENT_FOLDER,
    &TRUSTED,
    &TOO_MANY,
];

fn wrong(wrong: Wrong) -> Failure {
    let of = |direction, into, out, code| match direction {
        Direction::In => Failure::field(into, code),
        Direction::Out => Failure::field(out, code),
    };
    match wrong {
        Wrong::Name => Failure::field("name", &NAME),
        Wrong::Address => Failure::field("address", &ADDRESS),
        Wrong::Sender => Failure::field("sender", &SENDER),
        Wrong::Signature => Failure::field("signature", &SIGNATURE),
        Wrong::Team => Failure::field("team", &TEAM),
        Wrong::Provider => Failure::field("provider", &PROVIDER),
        Wrong::Host(direction) => of(direction, "imap_host", "smtp_host", &HOST),
        Wrong::Port(direction) => of(direction, "imap_port", "smtp_port", &PORT),
        Wrong::Login(direction) => of(direction, "imap_login", "smtp_login", &LOGIN),
        Wrong::Password(direction) => of(direction, "imap_password", "smtp_password", &PASSWORD),
        Wrong::Folders => Failure::field("folders", &FOLDERS),
        Wrong::SentFolder => Failure::field("sent_folder", &SENT_FOLDER),
        Wrong::Trusted => Failure::field("trusted", &TRUSTED),
    }
}

impl From<MailboxError> for Failure {
    fn from(error: MailboxError) -> Self {
        match error {
            MailboxError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            MailboxError::Bad(field) => wrong(field),
            MailboxError::AddressTaken => Self::field("address", &TAKEN),
            MailboxError::TooMany => Self::new(&TOO_MANY),
            MailboxError::Unknown => Self::of(StatusCode::NOT_FOUND),
            MailboxError::Stale(now) => {
                Self::new(&STALE).detail(format!("the mailbox is at version {}", now.version))
            }
            MailboxError::Seal(_) => Self::new(&SEAL),
            MailboxError::Db(error) => error.into(),
        }
    }
}
