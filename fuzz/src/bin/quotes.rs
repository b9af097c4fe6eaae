//! A text and HTML divided into new and old.

#![no_main]
#![allow(dead_code, reason = "each program uses a part of what is shared")]

#[path = "../../../crates/mail/tests/mail/malformed.rs"]
mod malformed;
#[path = "../../../crates/mail/tests/mail/fuzzed/quotes.rs"]
mod quotes;
#[path = "../sowing.rs"]
mod sowing;
#[path = "../../../crates/mail/tests/mail/fuzzed/stored.rs"]
mod stored;

libfuzzer_sys::fuzz_target!(init: sowing::sow(&quotes::seeds()), |data: &[u8]| quotes::run(data));
