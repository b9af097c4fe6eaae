//! Tests of the whole application through its addresses, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests"
)]

mod access;
mod alerts;
mod api;
mod api_inboxes;
mod archive;
mod audit;
mod bridge;
mod browser;
mod contacts;
mod conventions;
mod counter;
mod demo;
mod doors;
mod doorstep;
mod elsewhere;
mod foreign;
mod forms;
mod health;
mod held;
mod home;
mod imports;
mod inbox;
mod letters;
mod lists;
mod live;
mod merging;
mod money;
mod old_mail;
mod pages;
mod passkeys;
mod process;
mod providers;
mod registry;
mod search;
mod segments;
mod setup;
mod shaping;
mod shell;
mod sign_ins;
mod surveys;
mod tasks;
mod things;
mod touchpoints;
mod usage;
mod webhooks;
mod world;
