//! The core crate.
