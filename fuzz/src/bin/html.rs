//! HTML of strangers made safe, marked and taken over into what we write.

#![no_main]
#![allow(dead_code, reason = "each program uses a part of what is shared")]

#[path = "../../../crates/mail/tests/mail/harmless.rs"]
mod harmless;
#[path = "../../../crates/mail/tests/mail/fuzzed/html.rs"]
mod html;
#[path = "../sowing.rs"]
mod sowing;

libfuzzer_sys::fuzz_target!(init: sowing::sow(&html::seeds()), |data: &[u8]| html::run(data));
