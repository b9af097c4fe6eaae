//! What the API's document says about DKIM keys.

use kit::web::api::{Listed, Operation, Precondition};

use super::DkimKeyId;
use super::documents::{DkimKeyDocument, DkimKeyInput};
use super::failures::{ALGORITHM, DOMAIN, PENDING, SEAL, TOO_MANY};

const PART: &str = "DKIM keys";

/// `GET /api/v1/dkim-keys`
pub const LIST: Operation = Operation::new(
    PART,
    "List DKIM keys",
    "What signs the mails of each domain, by domain and the newest first, with the records to publish. The list is whole.",
)
.gives::<Listed<DkimKeyDocument>>();

/// `POST /api/v1/dkim-keys`
pub const MAKE: Operation = Operation::new(
    PART,
    "Make a DKIM key",
    "It signs once its record was seen in the DNS; the key that signed before it in the same way is retired then.",
)
.takes::<DkimKeyInput>()
.makes::<DkimKeyDocument>()
.fails(&[&DOMAIN, &ALGORITHM, &PENDING, &TOO_MANY, &SEAL]);

/// `GET /api/v1/dkim-keys/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a DKIM key",
    "With the record to publish and what the DNS said of it.",
)
.of::<DkimKeyId>()
.shows::<DkimKeyDocument>();

/// `PUT /api/v1/dkim-keys/{id}/check`
pub const CHECK: Operation = Operation::new(
    PART,
    "Look whether the record of a DKIM key stands",
    "Asks the DNS now. It is asked by itself each hour while the record is awaited, and each day while the key signs.",
)
.of::<DkimKeyId>()
.shows::<DkimKeyDocument>();

/// `PUT /api/v1/dkim-keys/{id}/retirement`
pub const RETIRE: Operation = Operation::new(
    PART,
    "Put a DKIM key out of use",
    "It signs nothing any more. Leave its record for a week: mails on their way are checked by it.",
)
.of::<DkimKeyId>()
.shows::<DkimKeyDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/dkim-keys/{id}/retirement`
pub const RESUME: Operation = Operation::new(
    PART,
    "Take a DKIM key back into use",
    "Within thirty days. If it signed before, it signs again, and the one in its place is retired.",
)
.of::<DkimKeyId>()
.shows::<DkimKeyDocument>()
.held_by(Precondition::Optional)
.fails(&[&PENDING]);
