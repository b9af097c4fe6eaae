//! What the API's document says about files of saved replies.

use kit::web::api::{Listed, Operation};

use super::super::ReplyId;
use super::super::failures::NOT_YOURS;
use super::ReplyFileId;
use super::api::{ReplyFileDocument, ReplyFileQuery};
use crate::tickets::{FILE, LARGE_FILE};

const PART: &str = "Saved replies";

/// `PUT /api/v1/saved-replies/{id}/files`
pub const ADD: Operation = Operation::new(
    PART,
    "Add a file to a saved reply",
    "The body is the file itself; a reply has up to 10 of them, with at most 25 MB together. Whoever uses the reply gets copies that \
     wait for their message.",
)
.of::<ReplyId>()
.asks::<ReplyFileQuery>()
.shows::<ReplyFileDocument>()
.fails(&[&FILE, &LARGE_FILE, &NOT_YOURS]);

/// `GET /api/v1/saved-replies/{id}/files`
pub const LIST: Operation = Operation::new(
    PART,
    "List a saved reply's files",
    "In the order in which they were added.",
)
.of::<ReplyId>()
.gives::<Listed<ReplyFileDocument>>();

/// `DELETE /api/v1/reply-files/{id}`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Take a file away from a saved reply",
    "Copies that went with messages stay.",
)
.of::<ReplyFileId>()
.fails(&[&NOT_YOURS]);
