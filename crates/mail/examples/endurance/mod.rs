//! Runs something seed after seed for so many minutes, and says which seeds panicked and which took longest.

use std::process::ExitCode;
use std::time::{Duration, Instant};

/// `MINUTES [FIRST_SEED]` from the command line.
pub fn run(what: &str, mut one: impl FnMut(u64)) -> ExitCode {
    let numbers: Vec<u64> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let minutes = numbers.first().copied().unwrap_or(30);
    let first = numbers.get(1).copied().unwrap_or(0);
    let end = Instant::now() + Duration::from_secs(60 * minutes);
    let (mut panics, mut slowest) = (Vec::new(), (Duration::ZERO, first));
    let mut seed = first;
    while Instant::now() < end {
        let start = Instant::now();
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| one(seed)));
        slowest = slowest.max((start.elapsed(), seed));
        if outcome.is_err() {
            panics.push(seed);
        }
        seed += 1;
    }
    println!("{what}: {} seeds from {first} in {minutes} min", seed - first);
    println!("slowest {:?} with seed {}", slowest.0, slowest.1);
    println!("panics: {} {panics:?}", panics.len());
    if panics.is_empty() && slowest.0 < Duration::from_secs(1) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
