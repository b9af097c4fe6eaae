//! How the failures of imports of old mail look from outside.

use http::StatusCode;
use kit::blob::BlobError;
use kit::web::{Code, Failure};

use super::MailImportError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const MAILBOX: Code = Code::new("mail-import-mailbox", WRONG, "mail-imports-failure-mailbox");
pub(super) const NOT_MBOX: Code = Code::new("mail-import-file", WRONG, "mail-imports-failure-file");
pub(super) const EMPTY: Code = Code::new("mail-import-empty", WRONG, "mail-imports-failure-empty");
pub(super) const DAYS: Code = Code::new("mail-import-days", WRONG, "mail-imports-failure-days");
pub(super) const ADDRESS: Code = Code::new("mail-import-address", WRONG, "mail-imports-failure-address");
pub(super) const PAST: Code = Code::new(
    "mail-import-past",
    StatusCode::CONFLICT,
    "mail-imports-failure-past",
);

impl From<MailImportError> for Failure {
    fn from(error: MailImportError) -> Self {
        let detail = error.to_string();
        match error {
            MailImportError::Forbidden(_) => Self::of(StatusCode::FORBIDDEN).detail(detail),
            MailImportError::Unknown => Self::of(StatusCode::NOT_FOUND),
            MailImportError::NoMailbox => Self::field("mailbox", &MAILBOX),
            MailImportError::Zip(_) => Self::field("file", &NOT_MBOX).detail(detail),
            MailImportError::NotMbox => Self::field("file", &NOT_MBOX),
            MailImportError::Empty => Self::field("file", &EMPTY),
            MailImportError::BadDays => Self::field("open_days", &DAYS),
            MailImportError::BadAddress(_) => Self::field("own", &ADDRESS).detail(detail),
            MailImportError::Past(_) => Self::new(&PAST).detail(detail),
            MailImportError::Blob(BlobError::TooLarge { .. }) => Self::of(StatusCode::PAYLOAD_TOO_LARGE),
            MailImportError::Blob(BlobError::Interrupted(_)) => {
                Self::of(StatusCode::BAD_REQUEST).detail(detail)
            }
            MailImportError::Blob(error) => {
                tracing::error!(%error, "the store of files failed");
                Self::of(StatusCode::SERVICE_UNAVAILABLE)
            }
            MailImportError::Db(error) => error.into(),
        }
    }
}
