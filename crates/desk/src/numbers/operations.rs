//! What the API's document says about numbers.

use kit::web::api::{Listed, Operation};

use super::documents::{NumbersDocument, NumbersQuery};
use super::failures::{PERIOD, WORD};
use super::rows::documents::{RowDocument, RowsQuery};

const PART: &str = "Reports";

/// `GET /api/v1/reports/support`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show the numbers of support",
    "Of tickets opened in a time how many and how fast they were answered; of those last solved in it how long it took, \
     how many had come back, how many took one answer, and what people said; and what is open. A merged ticket counts \
     nowhere, so that its survivor counts once.",
)
.asks::<NumbersQuery>()
.shows::<NumbersDocument>()
.fails(&[&PERIOD, &WORD]);

/// `GET /api/v1/reports/support/tickets`
pub const ROWS: Operation = Operation::new(
    PART,
    "List the tickets behind a number",
    "Each with what is counted of it, the newest day first.",
)
.asks::<RowsQuery>()
.gives::<Listed<RowDocument>>()
.fails(&[&PERIOD, &WORD]);
