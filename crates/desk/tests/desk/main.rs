//! Tests of the help desk through its verbs, on both databases.
#![allow(clippy::unwrap_used, reason = "tests")]

mod mailboxes;
mod mails;
mod outbox;
mod tickets;
mod world;
