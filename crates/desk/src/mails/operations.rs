//! What the API's document says about mails.

use kit::web::api::{Listed, Operation};

use super::MailId;
use super::documents::{DecisionInput, MailDocument, MailsQuery};
use super::failures::{DECIDED, NOT_KEPT};

const PART: &str = "Mails";

/// `GET /api/v1/mails`
pub const LIST: Operation = Operation::new(
    PART,
    "List mails",
    "Everything that came to the mailboxes, the newest first, with what became of it; of one state or held back for one cause.",
)
.asks::<MailsQuery>()
.gives::<Listed<MailDocument>>();

/// `GET /api/v1/mails/{id}`
pub const SHOW: Operation = Operation::new(PART, "Show a mail", "What became of it and why.")
    .of::<MailId>()
    .shows::<MailDocument>();

/// `POST /api/v1/mails/{id}/release`
pub const RELEASE: Operation = Operation::new(
    PART,
    "Let a mail through",
    "A mail that is held back is read again and becomes a message as if nothing had held it.",
)
.of::<MailId>()
.takes::<DecisionInput>()
.gives::<MailDocument>()
.begins()
.fails(&[&DECIDED, &NOT_KEPT]);

/// `POST /api/v1/mails/{id}/block`
pub const BLOCK: Operation = Operation::new(
    PART,
    "Put a mail aside",
    "A mail that is held back or could not be read becomes no ticket.",
)
.of::<MailId>()
.takes::<DecisionInput>()
.gives::<MailDocument>()
.fails(&[&DECIDED]);

/// `DELETE /api/v1/mails/{id}/block`
pub const UNBLOCK: Operation = Operation::new(
    PART,
    "Take a mail back that was put aside or thrown away",
    "It is held back again.",
)
.of::<MailId>()
.shows::<MailDocument>()
.fails(&[&DECIDED]);

/// `DELETE /api/v1/mails/{id}`
pub const DELETE: Operation = Operation::new(
    PART,
    "Throw a mail away",
    "A mail that is held back, could not be read or was put aside becomes no ticket. For 30 days it can be taken back as one that was put aside; then its bytes go, and that it came stays.",
)
.of::<MailId>()
.shows::<MailDocument>()
.fails(&[&DECIDED]);

/// `POST /api/v1/mails/{id}/reading`
pub const REREAD: Operation = Operation::new(
    PART,
    "Read a mail again",
    "A mail that could not be read, or is held back, is read once more over the same bytes.",
)
.of::<MailId>()
.gives::<MailDocument>()
.begins()
.fails(&[&DECIDED, &NOT_KEPT]);
