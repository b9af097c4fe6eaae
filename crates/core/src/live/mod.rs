//! Live pages: one server-sent stream per browser that says which subjects changed.
//!
//! A node follows the events by position and hands each to the streams of its workspace. A stream names topics only; the
//! browser fetches what it shows through the ordinary, guarded addresses. Nothing is kept for a stream: one that comes
//! back with the last position it saw gets what it missed from the rows, from whichever node it reaches.
//!
//! What is only true for the moment, such as who has a page open, has no events either: [`Moves`] says where its rows
//! are, and its topics are told without a position to those with its permission.
//!
//! Background work has no events; its moves are told without a position, under one topic for all workspaces, to those
//! who may look at it.
//!
//! Whoever listens is asked for permission at every event: events that concern doors and roles pass through the same
//! stream in order, and make it look its session up again before it says anything more.

mod follower;
mod moves;
mod streams;
pub mod web;

pub use follower::{follow, follow_work};
pub use moves::{Moved, Moves, follow_moves};
pub use streams::Live;
