//! The server: configuration, command line, listeners, and what joins the features.
//!
//! Nothing here knows a rule of the domain, and there is no SQL.

pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod doorstep;
pub mod drain;
pub mod edge;
pub mod guard;
mod leads;
pub mod lock;
pub mod logs;
pub mod operations;
pub mod routes;
pub mod serve;
pub mod shell;
pub mod stores;
pub mod wiring;
