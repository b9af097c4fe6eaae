//! What the API's document says about acts on many tickets.

use kit::web::api::Operation;

use super::BulkId;
use super::documents::{BulkDocument, BulkInput};
use super::failures::{ANSWER, BROKEN, CHANGES, NO_CHANGES, NO_TICKETS, NOT_NOW, TOO_MANY};

const PART: &str = "Ticket bulks";

/// `POST /api/v1/ticket-bulks`
pub const BEGIN: Operation = Operation::new(
    PART,
    "Change many tickets",
    "In one act, which can be taken back as one. Up to 30 are changed when the answer comes; more are gone through in the \
     background. A ticket that can't be changed stays as it is and is named with the reason. An `answer` is sent as every answer is: \
     it can be taken back as long as its mails wait, and no ticket gets it in which somebody wrote in the meantime.",
)
.takes::<BulkInput>()
.makes::<BulkDocument>()
.fails(&[&NO_TICKETS, &NO_CHANGES, &CHANGES, &TOO_MANY, &ANSWER, &BROKEN]);

/// `GET /api/v1/ticket-bulks/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an act",
    "How far it is, and which tickets it left as they were.",
)
.of::<BulkId>()
.shows::<BulkDocument>();

/// `PUT /api/v1/ticket-bulks/{id}/undo`
pub const UNDO: Operation = Operation::new(
    PART,
    "Take an act back",
    "Every field that it changed has its old value again, but for those that somebody changed since: they stay and are named.",
)
.of::<BulkId>()
.shows::<BulkDocument>()
.fails(&[&NOT_NOW]);
