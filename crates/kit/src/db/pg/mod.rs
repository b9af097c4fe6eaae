//! PostgreSQL: threads that each own a connection and take closures from their lane's queue.
//!
//! Reads see one snapshot (`repeatable read`); writes are `serializable` and run again when PostgreSQL asks for it. The
//! `begin` travels with the first statement and nobody waits for the end of a read, so neither costs a round trip.

mod announce;
mod connect;
mod errors;
mod session;
mod values;
mod worker;

pub(super) use announce::spawn as spawn_announcer;
pub(super) use connect::Address;
pub(super) use session::Session;
pub(super) use values::column;
pub(super) use worker::{Lane, Worker};
