//! Mails: handed over and fetched, understood, put where they belong, held back with a cause, never doubled.

mod fetched;
mod guarded;
mod handed;
mod old;
mod post;
mod replayed;
mod told;

pub(crate) use post::{Post, letter, settle};
