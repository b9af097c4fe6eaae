//! What the API's document says about mail providers.

use kit::web::api::{Listed, Operation, Precondition};

use super::MailProviderId;
use super::api::{MailProviderDocument, MailProviderInput};
use super::failures::{ALL, IN_USE};

const PART: &str = "Mail providers";

/// `GET /api/v1/mail-providers`
pub const LIST: Operation = Operation::new(
    PART,
    "List mail providers",
    "The systems at which mailboxes sign in by OAuth 2.0, by their names. The list is whole. Secrets are never shown.",
)
.gives::<Listed<MailProviderDocument>>();

/// `POST /api/v1/mail-providers`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add a mail provider",
    "Google and Microsoft want a client with its secret; somebody else's system its addresses too. A person signs a mailbox in afterwards, in a browser.",
)
.takes::<MailProviderInput>()
.makes::<MailProviderDocument>()
.fails(ALL);

/// `GET /api/v1/mail-providers/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a mail provider",
    "Its ETag is what a change names with If-Match.",
)
.of::<MailProviderId>()
.shows::<MailProviderDocument>();

/// `PUT /api/v1/mail-providers/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a mail provider",
    "Without a secret the one that is kept stays, as long as the client and the addresses do at which it is told. With others, mailboxes have to sign in again.",
)
.of::<MailProviderId>()
.takes::<MailProviderInput>()
.shows::<MailProviderDocument>()
.held_by(Precondition::Required)
.fails(ALL);

/// `DELETE /api/v1/mail-providers/{id}`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove a mail provider",
    "One by which mailboxes sign in stays.",
)
.of::<MailProviderId>()
.held_by(Precondition::Optional)
.fails(&[&IN_USE]);
