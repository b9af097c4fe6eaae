//! Taking mail from other servers: one conversation of SMTP (RFC 5321) or LMTP (RFC 2033), without the network.
//!
//! Bytes go in by [`Session::push`]; [`Session::step`] answers with what to send, what to decide and what to store. A mail
//! is over at CR LF . CR LF and at nothing else, so that what one server takes for the end isn't text to another. Nothing
//! is answered `250` before the caller has said that it is stored.

mod bounds;
mod command;
mod listener;
mod session;

pub use bounds::{Bounds, Dialect};
pub use listener::{Deliver, Encryption, Knows, Listening, Received, serve};
pub use session::{Answer, Envelope, Session, Step};
