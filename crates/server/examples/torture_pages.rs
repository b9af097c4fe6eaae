//! Every page of the tour in three themes and three widths, with every check in each: the long form of what runs with the
//! tests. `cargo xtask torture pages`; names of stops in `TANDEM_TEST_STOPS` make it shorter.

#![allow(clippy::print_stdout, reason = "it says what it found")]
#![allow(
    clippy::disallowed_methods,
    reason = "where the program lies comes from the environment"
)]

use testkit::browser::Driver;
use testkit::tour::{STOPS, Stage};
use testkit::walk::{Looks, walk};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let binary = std::env::var("TANDEM_BENCH_BINARY")?;
    let driver = Driver::start().ok_or("there is no ChromeDriver")?;
    let stage = Stage::of(binary, 240);
    let faults = walk(&driver, &stage.place, Looks::All);
    for fault in &faults {
        println!("{fault}");
    }
    println!("{} stops, {} faults", STOPS.len(), faults.len());
    if faults.is_empty() {
        Ok(())
    } else {
        Err("pages have faults".into())
    }
}
