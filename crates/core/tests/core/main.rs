//! Tests of `core` through its verbs, on both databases.
#![allow(clippy::unwrap_used, reason = "tests")]

mod accounts;
mod agents;
mod doors;
mod events;
mod world;
