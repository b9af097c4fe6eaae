//! Tests that use the crate from outside.
#![allow(clippy::unwrap_used, reason = "tests")]

mod authenticating;
mod babble;
mod babbling;
mod bombs;
mod composing;
mod fuzzed;
mod harmless;
mod hostile;
mod hostile_servers;
mod listening;
mod machines;
mod malformed;
mod quoting;
mod receiving;
mod replies;
mod servers;
mod threads;
mod tournament;
mod understanding;
mod writing;
