//! As much of the crate `kit` as the targets need, from its own files: all of it takes minutes to build with counters in
//! every branch, and nothing of that is looked at here.

#![allow(dead_code, reason = "each program uses a part of what is here")]

#[path = "../../crates/kit/src/clock.rs"]
pub mod clock;
#[path = "../../crates/kit/src/csv/mod.rs"]
pub mod csv;
pub mod i18n;
pub mod search;

/// What a sentence is about; nobody reads sentences here.
#[macro_export]
macro_rules! args {
    ($($name:ident = $value:expr),*) => {{ $(let _ = &$value;)* }};
}
