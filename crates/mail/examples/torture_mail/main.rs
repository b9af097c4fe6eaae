//! Ten thousand malformed mails: generated and mutated, understood without a panic, the slowest and largest named.
//!
//! `cargo xtask torture mail [COUNT [FIRST_SEED]]`.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measuring program: it prints and reads the clock"
)]

#[path = "../../tests/mail/malformed.rs"]
mod malformed;

use jiff::Timestamp;
use mail::understand::{Limits, understand};
use mail::{automatic, bounces, quotes};
use std::time::{Duration, Instant};

fn main() -> std::process::ExitCode {
    let numbers: Vec<u64> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let count = numbers.first().copied().unwrap_or(10_000);
    let first = numbers.get(1).copied().unwrap_or(0);
    let (mut panics, mut slowest) = (Vec::new(), (Duration::ZERO, 0));
    let mut odd = std::collections::BTreeMap::new();
    for seed in first..first + count {
        let raw = malformed::mail(seed);
        let start = Instant::now();
        let outcome = std::panic::catch_unwind(|| {
            let message = understand(&raw, Timestamp::UNIX_EPOCH, &Limits::default());
            let _ = (
                quotes::text(&message.text),
                message.html.as_deref().map(quotes::html),
            );
            let _ = (automatic::nature(&message), bounces::bounce(&message));
            message.troubles.iter().collect::<Vec<_>>()
        });
        let took = start.elapsed();
        slowest = slowest.max((took, seed));
        match outcome {
            Ok(troubles) => {
                for trouble in troubles {
                    *odd.entry(trouble.code()).or_insert(0u64) += 1;
                }
            }
            Err(_) => panics.push(seed),
        }
    }
    println!(
        "{count} mails from seed {first}; slowest {:?} with seed {}",
        slowest.0, slowest.1
    );
    for (trouble, count) in odd {
        println!("  {trouble:<22} {count:>6}");
    }
    println!("panics: {} {panics:?}", panics.len());
    if panics.is_empty() && slowest.0 < Duration::from_secs(1) {
        std::process::ExitCode::SUCCESS
    } else {
        std::process::ExitCode::FAILURE
    }
}
