//! Tests that use the crate from outside.

mod bombs;
mod hostile;
mod machines;
mod malformed;
mod quoting;
mod replies;
mod threads;
mod understanding;
