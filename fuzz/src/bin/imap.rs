//! Answers of IMAP servers, line by line and as a conversation.

#![no_main]
#![allow(dead_code, reason = "each program uses a part of what is shared")]

#[path = "../../../crates/mail/tests/mail/babble.rs"]
mod babble;
#[path = "../../../crates/mail/tests/mail/fuzzed/imap.rs"]
mod imap;
#[path = "../sowing.rs"]
mod sowing;

libfuzzer_sys::fuzz_target!(init: sowing::sow(&imap::seeds()), |data: &[u8]| imap::run(data));
