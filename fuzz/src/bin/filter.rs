//! What somebody types into a search, taken apart.

#![no_main]
#![allow(dead_code, reason = "each program uses a part of what is shared")]

#[path = "../../../crates/kit/tests/kit/fuzzed/filter.rs"]
mod filter;
#[path = "../sowing.rs"]
mod sowing;

libfuzzer_sys::fuzz_target!(init: sowing::sow(&filter::seeds()), |data: &[u8]| filter::run(data));
