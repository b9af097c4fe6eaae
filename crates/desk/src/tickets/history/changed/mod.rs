//! What was changed in tickets.

pub(super) mod store;
