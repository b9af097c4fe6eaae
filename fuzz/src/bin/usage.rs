//! A body of the protocol of usage, item by item.

#![no_main]
#![allow(dead_code, reason = "each program uses a part of what is shared")]

#[path = "../sowing.rs"]
mod sowing;
#[path = "../usage/mod.rs"]
mod usage;

libfuzzer_sys::fuzz_target!(init: sowing::sow(&usage::protocol::fuzz_tests::seeds()), |data: &[u8]| usage::protocol::fuzz_tests::run(data));
