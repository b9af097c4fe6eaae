//! What the API's document says about mailboxes.

use kit::web::api::{Listed, Operation, Precondition};

use super::MailboxId;
use super::documents::{MailboxDocument, MailboxInput};
use super::failures::ALL;

const PART: &str = "Mailboxes";

/// `GET /api/v1/mailboxes`
pub const LIST: Operation = Operation::new(
    PART,
    "List mailboxes",
    "All mailboxes of the workspace by name, archived ones last. The list is whole. Passwords are never shown.",
)
.gives::<Listed<MailboxDocument>>();

/// `POST /api/v1/mailboxes`
pub const CREATE: Operation = Operation::new(
    PART,
    "Set a mailbox up",
    "No two mailboxes have the same address. The first one is the default.",
)
.takes::<MailboxInput>()
.makes::<MailboxDocument>()
.fails(ALL);

/// `GET /api/v1/mailboxes/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a mailbox",
    "Its ETag is what a change names with If-Match.",
)
.of::<MailboxId>()
.shows::<MailboxDocument>();

/// `PUT /api/v1/mailboxes/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Set a mailbox up another way",
    "Replaces everything but passwords that are left out: those stay as long as host and login do.",
)
.of::<MailboxId>()
.takes::<MailboxInput>()
.shows::<MailboxDocument>()
.held_by(Precondition::Required)
.fails(ALL);

/// `PUT /api/v1/mailboxes/{id}/archiving`
pub const ARCHIVE: Operation = Operation::new(
    PART,
    "Archive a mailbox",
    "It takes and sends nothing any more; its mails stay. Archiving an archived mailbox changes nothing.",
)
.of::<MailboxId>()
.shows::<MailboxDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/mailboxes/{id}/archiving`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Take a mailbox out of the archive",
    "A mailbox that is not archived stays as it is.",
)
.of::<MailboxId>()
.shows::<MailboxDocument>()
.held_by(Precondition::Optional);
