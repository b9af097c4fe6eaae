//! Tests of `core` through its verbs, on both databases.
#![allow(clippy::unwrap_used, reason = "tests")]

mod accounts;
mod agents;
mod assignment;
mod audit;
mod billing;
mod calendars;
mod contact_doubles;
mod contacts;
mod deeds;
mod doors;
mod doubles;
mod events;
mod families;
mod finding;
mod importing;
mod importing_accounts;
mod importing_money;
mod imports;
mod ladders;
mod ledger;
mod money;
mod orders;
mod people;
mod samples;
mod search;
mod segments;
mod service;
mod setup;
mod shape;
mod touchpoints;
mod value;
mod world;
