//! The server: configuration, command line, listeners, and what joins the features.
//!
//! Nothing here knows a rule of the domain, and there is no SQL.

pub mod config;
