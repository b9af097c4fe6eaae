//! Tests that use the crate from outside.

mod bombs;
mod composing;
mod hostile;
mod machines;
mod malformed;
mod quoting;
mod receiving;
mod replies;
mod threads;
mod tournament;
mod understanding;
