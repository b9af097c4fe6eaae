//! A file of rows: its dialect guessed, its rows read in any pieces.

#![no_main]
#![allow(dead_code, reason = "each program uses a part of what is shared")]

#[path = "../../../crates/kit/tests/kit/fuzzed/csv.rs"]
mod csv;
#[path = "../sowing.rs"]
mod sowing;

libfuzzer_sys::fuzz_target!(init: sowing::sow(&csv::seeds()), |data: &[u8]| csv::run(data));
