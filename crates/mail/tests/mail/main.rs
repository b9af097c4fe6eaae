//! Tests that use the crate from outside.

mod bombs;
mod machines;
mod malformed;
mod quoting;
mod replies;
mod threads;
mod understanding;
