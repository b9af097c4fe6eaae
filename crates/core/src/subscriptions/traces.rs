//! What happens to subscriptions, on the timelines of their accounts.

use super::{ADDED, CHANGED, ENDED, RENEWED, RESUMED};
use crate::events::Kind;
use crate::touchpoints::{Channel, Direction, Trace, kinds};

const fn trace(event: Kind, word: &'static str, text: &'static str, icon: &'static str) -> Trace {
    Trace {
        event: event.name,
        kind: kinds::Kind::new(word, text, icon, Channel::System),
        direction: Direction::Both,
        impression: None,
        evidence: Some("/subscriptions/"),
    }
}

/// They subscribed.
pub const SUBSCRIBED: Trace = trace(ADDED, "subscribed", "subscriptions-trace-added", "handshake");
/// Price, seats or renewal are others.
pub const PRICED: Trace = trace(
    CHANGED,
    "subscription_changed",
    "subscriptions-trace-changed",
    "pencil",
);
/// It will end or has ended.
pub const CANCELLED: Trace = trace(ENDED, "subscription_ended", "subscriptions-trace-ended", "flag");
/// It goes on after all.
pub const WENT_ON: Trace = trace(
    RESUMED,
    "subscription_resumed",
    "subscriptions-trace-resumed",
    "undo-2",
);
/// It goes on for another term.
pub const EXTENDED: Trace = trace(
    RENEWED,
    "subscription_renewed",
    "subscriptions-trace-renewed",
    "rotate-cw",
);
