//! Tests of `core` through its verbs, on both databases.
#![allow(clippy::unwrap_used, reason = "tests")]

mod accounts;
mod agents;
mod audit;
mod doors;
mod events;
mod world;
