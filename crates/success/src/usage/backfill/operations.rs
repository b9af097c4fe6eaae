//! What the API's document says about back-fills of usage.

use kit::web::api::{Listed, Operation};

use super::BackfillId;
use super::api::{BackfillUploadQuery, BackfillsQuery, RefusedLinesQuery};
use super::documents::{BackfillDocument, BackfillInput, RefusedLineDocument};
use super::failures::{DAMAGED, EMPTY, GONE, OFF, PAST, SOURCE, TWICE, UNCLEAR, UNMAPPED, UNREADABLE};

const PART: &str = "Usage";

/// `GET /api/v1/usage-backfills`
pub const LIST: Operation = Operation::new(
    PART,
    "List back-fills of usage",
    "All files of events of the past, the newest first.",
)
.asks::<BackfillsQuery>()
.gives::<Listed<BackfillDocument>>();

/// `PUT /api/v1/usage-backfills`
pub const RECEIVE: Operation = Operation::new(
    PART,
    "Bring a file of usage events",
    "The body is the file itself, as it comes, up to the server's upload_limit: an event on each line as JSON in the form \
     of Segment's protocol, or CSV with a header; gzip or not. Nothing is taken yet: the answer is a draft with the \
     columns guessed. The same file put again for the same source is the same back-fill.",
)
.asks::<BackfillUploadQuery>()
.shows::<BackfillDocument>()
.fails(&[&SOURCE, &OFF, &EMPTY, &DAMAGED, &UNREADABLE]);

/// `GET /api/v1/usage-backfills/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a back-fill of usage",
    "How far it is, and what became of the lines.",
)
.of::<BackfillId>()
.shows::<BackfillDocument>();

/// `DELETE /api/v1/usage-backfills/{id}`
pub const DISCARD: Operation = Operation::new(
    PART,
    "Throw a draft of a back-fill away",
    "The file goes with it.",
)
.of::<BackfillId>()
.fails(&[&PAST]);

/// `PUT /api/v1/usage-backfills/{id}/mapping`
pub const MAP: Operation = Operation::new(
    PART,
    "Map the columns of a back-fill",
    "Where each column of a table goes, in the order of the file; null makes a property of it. Also from which day on \
     nothing is taken.",
)
.of::<BackfillId>()
.takes::<BackfillInput>()
.shows::<BackfillDocument>()
.fails(&[&PAST]);

/// `POST /api/v1/usage-backfills/{id}/run`
pub const RUN: Operation = Operation::new(
    PART,
    "Run a back-fill of usage",
    "Takes the lines in the background. Each stands by its own time, however old up to ten years. Lines that do not fit \
     are refused, the others go in, each once.",
)
.of::<BackfillId>()
.shows::<BackfillDocument>()
.begins()
.fails(&[&UNMAPPED, &TWICE, &UNCLEAR, &OFF, &PAST]);

/// `PUT /api/v1/usage-backfills/{id}/pause`
pub const PAUSE: Operation = Operation::new(
    PART,
    "Pause a back-fill of usage",
    "It stops after the lines at hand.",
)
.of::<BackfillId>()
.shows::<BackfillDocument>()
.fails(&[&PAST]);

/// `DELETE /api/v1/usage-backfills/{id}/pause`
pub const RESUME: Operation = Operation::new(
    PART,
    "Let a back-fill of usage go on",
    "It goes on where it was; also one that failed.",
)
.of::<BackfillId>()
.shows::<BackfillDocument>()
.fails(&[&OFF, &PAST, &GONE]);

/// `GET /api/v1/usage-backfills/{id}/refused`
pub const REFUSED: Operation = Operation::new(
    PART,
    "List refused lines of a back-fill",
    "Each with its number in the file, the reason and what to do, in the order of the file; the first 100,000.",
)
.of::<BackfillId>()
.asks::<RefusedLinesQuery>()
.gives::<Listed<RefusedLineDocument>>();
