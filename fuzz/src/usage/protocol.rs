//! Bodies, events and their times.

#[path = "../../../crates/success/src/usage/protocol/body.rs"]
mod body;
// Its tests are looked for in another place.
#[rustfmt::skip]
#[path = "../../../crates/success/src/usage/protocol/event.rs"]
mod event;
#[path = "../../../crates/success/src/usage/protocol/field.rs"]
mod field;
#[path = "../../../crates/success/src/usage/protocol/fuzz_tests.rs"]
pub mod fuzz_tests;
#[path = "../../../crates/success/src/usage/protocol/json.rs"]
mod json;
#[path = "../../../crates/success/src/usage/protocol/limits.rs"]
mod limits;
#[path = "../../../crates/success/src/usage/protocol/reason.rs"]
mod reason;
#[path = "../../../crates/success/src/usage/protocol/times.rs"]
mod times;

pub use event::{Event, read, read_past};
pub use limits::{LARGEST_BATCH, LARGEST_EVENT, LONGEST_ID, LONGEST_NAME, MOST_ITEMS, MOST_PROPERTIES};
