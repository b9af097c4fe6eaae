//! Bytes as a mail: understood, divided, classified, read as a report, shown.

#![no_main]
#![allow(dead_code, reason = "each program uses a part of what is shared")]

#[path = "../../../crates/mail/tests/mail/harmless.rs"]
mod harmless;
#[path = "../../../crates/mail/tests/mail/malformed.rs"]
mod malformed;
#[path = "../../../crates/mail/tests/mail/fuzzed/mime.rs"]
mod mime;
#[path = "../sowing.rs"]
mod sowing;
#[path = "../../../crates/mail/tests/mail/fuzzed/stored.rs"]
mod stored;

libfuzzer_sys::fuzz_target!(init: sowing::sow(&mime::seeds()), |data: &[u8]| mime::run(data));
