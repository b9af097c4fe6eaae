//! Conversations with our receiver in pieces of any size, held against a slow reading.

#![no_main]
#![allow(dead_code, reason = "each program uses a part of what is shared")]

#[path = "../../../crates/mail/tests/mail/babble.rs"]
mod babble;
#[path = "../../../crates/mail/tests/mail/fuzzed/lmtp.rs"]
mod lmtp;
#[path = "../sowing.rs"]
mod sowing;
#[path = "../../../crates/mail/tests/mail/fuzzed/stored.rs"]
mod stored;

libfuzzer_sys::fuzz_target!(init: sowing::sow(&lmtp::seeds()), |data: &[u8]| lmtp::run(data));
