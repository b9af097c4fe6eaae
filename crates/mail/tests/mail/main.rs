//! Tests that use the crate from outside.

mod bombs;
mod malformed;
mod quoting;
mod replies;
mod understanding;
