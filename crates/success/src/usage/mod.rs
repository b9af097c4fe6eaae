//! Usage: what people at accounts do in the company's product, sent by the SDKs that it has already.
//!
//! A *source* is a place that events come from, known by its *write key*. The *protocol* is the one of Segment's HTTP
//! API: whoever sends changes the host and nothing else. What is accepted is in the *log* before it is answered; what is
//! not is a *refusal*, kept with its reason until somebody sends it again.

pub mod log;
pub mod protocol;
pub mod sources;

/// The name of everything that moves with usage, for pages that show it.
pub const TOPIC: &str = "usage";
