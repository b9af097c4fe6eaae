//! The protocol: Segment's HTTP API, as its SDKs speak it.
//!
//! A *call* is one of `track`, `identify`, `group`, `page`, `screen`, `alias`; a *batch* brings many. JSON is taken
//! whatever its content type, gzip is taken, and the write key comes as the user of `Basic`, as a bearer or in the body. A
//! batch is looked at item by item: what fits is taken, what does not is refused with a reason that the sender can read
//! and the workspace can see. Nothing is answered before it is on disk.

mod answers;
mod arriving;
mod body;
mod event;
mod field;
#[cfg(test)]
mod fuzz_tests;
pub mod hook;
mod json;
mod keys;
mod limits;
mod reason;
pub mod taking;
mod times;

use kit::clock::Timestamp;

pub(in crate::usage) use event::said;
pub use event::{Call, Event, Person, read, read_past};
pub use limits::{LARGEST_BATCH, LARGEST_EVENT, LONGEST_ID, LONGEST_NAME, MOST_ITEMS, MOST_PROPERTIES};
pub use reason::{Reason, Refused};
pub use times::Stamps;

/// The events of a batch, and when it says that it was sent.
type Again<'a> = (Vec<&'a str>, Option<Timestamp>);

/// The events of a batch that is sent again, and when it says that it was sent; none where it is no batch.
///
/// # Errors
/// [`Reason::LargeBody`], [`Reason::NoBody`], [`Reason::ManyItems`].
pub(in crate::usage) fn again(text: &str) -> Result<Option<Again<'_>>, Reason> {
    if text.len() > LARGEST_BATCH {
        return Err(Reason::LargeBody);
    }
    let frame = body::frame(text)?;
    if frame.batch.is_none() {
        return Ok(None);
    }
    Ok(Some((body::items(&frame)?, frame.sent)))
}

/// Whether a text is a time as senders write it.
pub(in crate::usage) fn is_time(text: &str) -> bool {
    matches!(times::read(&field::Field::Text(text.into())), Ok(Some(_)))
}
