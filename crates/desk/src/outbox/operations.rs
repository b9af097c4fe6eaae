//! What the API's document says about outgoing mail.

use kit::web::api::{Listed, Operation, Precondition};

use super::OutgoingId;
use super::documents::{MailDocument, MailLogDocument, MailsQuery, SettingsDocument, SettingsInput};
use super::failures::{NOTHING, TOO_LATE, WINDOW};

const PART: &str = "Outgoing mail";

/// `GET /api/v1/outgoing-mails`
pub const LIST: Operation = Operation::new(
    PART,
    "List outgoing mails",
    "The answers that go to customers by mail, the newest first, each with what became of it for every recipient.",
)
.asks::<MailsQuery>()
.gives::<Listed<MailDocument>>();

/// `GET /api/v1/outgoing-mails/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an outgoing mail",
    "The mail with everything that happened to it.",
)
.of::<OutgoingId>()
.shows::<MailLogDocument>();

/// `PUT /api/v1/outgoing-mails/{id}/withdrawal`
pub const WITHDRAW: Operation = Operation::new(
    PART,
    "Take a mail back",
    "Only before it goes out: then it is never sent. The message stays in its ticket, marked as taken back, and counts as no \
     answer; the ticket is as far as it was before, unless somebody has brought it further.",
)
.of::<OutgoingId>()
.shows::<MailDocument>()
.fails(&[&TOO_LATE]);

/// `POST /api/v1/outgoing-mails/{id}/again`
pub const AGAIN: Operation = Operation::new(
    PART,
    "Send a mail again",
    "To those who were refused or of whom it is not known, with the same Message-ID; one that waits for its next \
     attempt goes out now. Whoever has it already does not get it twice, but of whom it is not known may.",
)
.of::<OutgoingId>()
.gives::<MailDocument>()
.begins()
.fails(&[&NOTHING, &TOO_LATE]);

/// `GET /api/v1/outbox-settings`
pub const SETTINGS: Operation = Operation::new(
    PART,
    "Show how answers go out",
    "How long an answer can be taken back, and whether it quotes what it answers.",
)
.shows::<SettingsDocument>();

/// `PUT /api/v1/outbox-settings`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change how answers go out",
    "Answers that wait already keep their moment.",
)
.takes::<SettingsInput>()
.shows::<SettingsDocument>()
.held_by(Precondition::Required)
.fails(&[&WINDOW]);
