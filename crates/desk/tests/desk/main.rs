//! Tests of the help desk through its verbs, on both databases.
#![allow(clippy::unwrap_used, reason = "tests")]

mod answers;
mod beginning;
mod bins;
mod bulk;
mod connections;
mod counter;
mod dkim;
mod drafts;
mod files;
mod followers;
mod formatted;
mod forms;
mod loops;
mod mailboxes;
mod mails;
mod notices;
mod numbers;
mod outbox;
mod own_views;
mod participants;
mod past;
mod people;
mod replies;
mod rules;
mod scheduled;
mod sides;
mod statuses;
mod surveys;
mod tickets;
mod unread;
mod world;
