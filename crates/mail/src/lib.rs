//! Mail, as far as it has nothing to do with help desks: what a message says, which of it is new, what bounced, what
//! was sent by a machine, which earlier message it answers.
//!
//! Most of it is functions of their arguments; `wire`, `submit`, `imap::client`, `receive::listener` and
//! `authenticate::Checker` use the network and wait. No database, no clock, no randomness, no word of the domain.
//! What arrives from strangers never makes a function fail: what can't be understood becomes a value that says why
//! ([`understand::Trouble`]), and the raw bytes stay with the caller.

pub mod authenticate;
pub mod automatic;
pub mod bounces;
pub mod compose;
pub mod dkim;
pub mod dom;
pub mod html;
pub mod imap;
pub mod loops;
pub mod probe;
pub mod quotes;
pub mod receive;
pub mod stores;
pub mod submit;
pub mod threading;
pub mod understand;
pub mod wire;
mod words;
pub mod written;

/// The version of what reads mails. It grows with every change by which the same bytes say something else.
pub const PARSER: i64 = 1;
