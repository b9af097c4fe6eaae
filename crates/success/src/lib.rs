//! The success crate.
