//! Tools without a domain word: what every part of Tandem stands on.
//!
//! `kit` must never know what a ticket or an account is. Nothing here imports another crate of this workspace.

#[doc(hidden)]
pub use inventory;
#[doc(hidden)]
pub use schemars;
#[doc(hidden)]
pub use serde;

pub mod archive;
pub mod blob;
pub mod chart;
pub mod clock;
pub mod csv;
pub mod day;
pub mod db;
pub mod i18n;
pub mod id;
pub mod jobs;
pub mod money;
pub mod outgoing;
pub mod post;
pub mod seal;
pub mod search;
pub mod stats;
pub mod text;
pub mod threads;
pub mod web;
