//! Tests of customer success through its verbs, on both databases.
#![allow(clippy::unwrap_used, reason = "tests")]

mod adoption;
mod backfill;
mod book;
mod counts;
mod debugger;
mod folding;
mod hook;
mod lake;
mod order;
mod own_metrics;
mod playbook_leaving;
mod playbook_steps;
mod playbooks;
mod rescoring;
mod settling;
mod shifting;
mod sources;
mod taking;
mod tasks;
mod warning;
mod world;
