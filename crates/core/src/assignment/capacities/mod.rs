//! How much people can look after, and what they do.

pub mod api;
