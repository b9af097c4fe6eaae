//! Tests of `kit` through its public face, on both databases.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends where something is not as it should be"
)]

mod archive;
mod blob;
mod db;
mod db_archive;
mod db_edges;
mod db_limits;
mod db_registry;
mod fuzzed;
mod jobs;
mod jobs_admin;
mod jobs_errands;
mod jobs_nodes;
mod jobs_schedules;
mod post;
mod search;
mod stats;
mod torture;
