//! PostgreSQL: threads that each own a connection and take closures from their lane's queue.
//!
//! Interactive reads run statement by statement; reports in one `repeatable read` snapshot; writes are `serializable`
//! and run again when PostgreSQL asks for it. The `begin` travels with the first statement, so it costs no round trip.

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
pub(super) use worker::{Lane, Work, snapshot as spawn_snapshot, spawn as spawn_worker};
