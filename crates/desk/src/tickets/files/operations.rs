//! What the API's document says about files.

use kit::web::api::{Listed, Operation, Sample};

use super::super::TicketId;
use super::super::failures::{FILE, FILE_SENT, LARGE_FILE};
use super::FileId;
use super::api::{FileDocument, FileQuery};

const PART: &str = "Tickets";

/// `PUT /api/v1/tickets/{id}/files`
pub const ADD: Operation = Operation::new(
    PART,
    "Bring a file for a message",
    "The body is the file itself; the files of one message have at most 25 MB together. It waits for a message that names it in `files`; after seven days \
     without one it is gone.",
)
.of::<TicketId>()
.asks::<FileQuery>()
.shows::<FileDocument>()
.fails(&[&FILE, &LARGE_FILE]);

/// `GET /api/v1/tickets/{id}/files`
pub const LIST: Operation = Operation::new(
    PART,
    "List a ticket's files",
    "What went with its messages, in the order in which it came.",
)
.of::<TicketId>()
.gives::<Listed<FileDocument>>();

/// `GET /api/v1/files/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Take a file along",
    "Its bytes: as a picture where it is a PNG, JPEG, GIF or WebP, else as a download.",
)
.of::<FileId>()
.gives_bytes();

/// `DELETE /api/v1/files/{id}`
pub const DISCARD: Operation = Operation::new(
    PART,
    "Throw a waiting file away",
    "One that went with a message stays.",
)
.of::<FileId>()
.fails(&[&FILE_SENT]);

impl Sample for FileDocument {
    fn sample() -> Self {
        Self {
            id: "tfl_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            message: Some("tms_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            name: "export.csv".to_owned(),
            media_type: "text/csv".to_owned(),
            size: 48_213,
            author: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Ada Byron".to_owned(),
            added_at: 1_772_445_600_000_000,
        }
    }
}
