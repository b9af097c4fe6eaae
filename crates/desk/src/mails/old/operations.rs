//! What the API's document says about imports of old mail.

use kit::web::api::{Listed, Operation};

use super::MailImportId;
use super::documents::{
    MailFileQuery, MailImportDocument, MailImportInput, MailImportsQuery, OldMailDocument, OldMailsQuery,
};
use super::failures::{ADDRESS, DAYS, EMPTY, MAILBOX, NOT_MBOX, PAST};

const PART: &str = "Old mail";

/// `GET /api/v1/mail-imports`
pub const LIST: Operation = Operation::new(
    PART,
    "List imports of old mail",
    "All files of old mail that were brought, the newest first.",
)
.asks::<MailImportsQuery>()
.gives::<Listed<MailImportDocument>>();

/// `PUT /api/v1/mail-imports`
pub const RECEIVE: Operation = Operation::new(
    PART,
    "Bring a file of old mail",
    "The body is an mbox file (RFC 4155), or a zip file of mbox files and single mails, such as a Maildir, of any length up to \
     the server's upload_limit. It is looked through in the background; nothing is imported yet.",
)
.asks::<MailFileQuery>()
.shows::<MailImportDocument>()
.fails(&[&MAILBOX, &NOT_MBOX, &EMPTY]);

/// `GET /api/v1/mail-imports/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an import of old mail",
    "What is in the file, how far it is, and what became of the mails.",
)
.of::<MailImportId>()
.shows::<MailImportDocument>();

/// `DELETE /api/v1/mail-imports/{id}`
pub const DISCARD: Operation = Operation::new(
    PART,
    "Throw a file of old mail away",
    "Only one that nothing was taken from.",
)
.of::<MailImportId>()
.fails(&[&PAST]);

/// `POST /api/v1/mail-imports/{id}/run`
pub const RUN: Operation = Operation::new(
    PART,
    "Run an import of old mail",
    "Conversations become tickets with their past, in the background. Nobody is answered, asked or told, and no rule \
     looks at them. The same mail, in this file, in another, or come by itself, is taken once.",
)
.of::<MailImportId>()
.takes::<MailImportInput>()
.shows::<MailImportDocument>()
.begins()
.fails(&[&DAYS, &ADDRESS, &PAST]);

/// `PUT /api/v1/mail-imports/{id}/pause`
pub const PAUSE: Operation = Operation::new(
    PART,
    "Pause an import of old mail",
    "It stops after the mails at hand.",
)
.of::<MailImportId>()
.shows::<MailImportDocument>()
.fails(&[&PAST]);

/// `DELETE /api/v1/mail-imports/{id}/pause`
pub const RESUME: Operation = Operation::new(
    PART,
    "Let an import of old mail go on",
    "It goes on where it was.",
)
.of::<MailImportId>()
.shows::<MailImportDocument>()
.fails(&[&PAST]);

/// `POST /api/v1/mail-imports/{id}/undo`
pub const UNDO: Operation = Operation::new(
    PART,
    "Take an import of old mail back",
    "Its mails go, and the tickets that it made and nobody has touched since. Contacts stay.",
)
.of::<MailImportId>()
.shows::<MailImportDocument>()
.begins()
.fails(&[&PAST]);

/// `GET /api/v1/mail-imports/{id}/mails`
pub const MAILS: Operation = Operation::new(
    PART,
    "List what became of old mails",
    "Each mail of the file in its order, with what became of it and why.",
)
.of::<MailImportId>()
.asks::<OldMailsQuery>()
.gives::<Listed<OldMailDocument>>();
