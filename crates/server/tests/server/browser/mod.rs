//! The built program in a real browser: every page in every look, and what people do on the way through it.

mod formatting;
mod hostile;
mod inbox;
mod journeys;
mod keys;
mod live;
mod pages;
mod palette;
mod passkeys;
mod quick;
mod story;

const BINARY: &str = env!("CARGO_BIN_EXE_tandem");
