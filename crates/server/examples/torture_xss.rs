//! More than a thousand texts that would run as scripts, in every text that can be brought, on the pages that show them.
//!
//! `cargo xtask torture xss [ROUNDS]`. Each round is a new program with other texts; as many as it takes for all of them to be in
//! mails, or so many. First the control group: the same texts in documents that escape nothing, where most of them do run.

#![allow(clippy::print_stdout, reason = "it says what it found")]
#![allow(
    clippy::disallowed_methods,
    reason = "where the program lies comes from the environment"
)]

use std::collections::BTreeSet;
use std::net::TcpListener;

use testkit::browser::Driver;
use testkit::hostile::{Round, all, control, round};
use testkit::program::Program;

/// Texts that the mails of a round bring.
const IN_MAILS: usize = 120;
/// Pages of a round.
const PAGES: usize = 400;
/// How many texts have to run in the control group.
const LIVE: usize = 50;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let binary = std::env::var("TANDEM_BENCH_BINARY")?;
    let driver = Driver::start().ok_or("there is no ChromeDriver")?;
    let texts = all();
    let ran = control(&driver.browser(), &texts);
    println!("control group: {} of {} texts ran", ran.len(), texts.len());
    if ran.len() < LIVE {
        return Err("the search finds nothing where there is something".into());
    }
    let rounds = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok());
    let rounds = rounds.unwrap_or(texts.len().div_ceil(IN_MAILS));
    let (mut sinks, mut pages, mut faults) = (BTreeSet::new(), 0, 0);
    for number in 0..rounds {
        let mail = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let program = Program::new(&binary)
            .with("api_requests", "1000000")
            .with("lmtp_listen", mail.to_string());
        let wanted = Round {
            // Each round begins with the texts that mails of the one before had not yet brought.
            first: number * texts.len() / rounds,
            in_mails: IN_MAILS,
            pages: PAGES,
        };
        let harvest = round(&driver, &program, mail, wanted);
        harvest.faults.iter().for_each(|fault| println!("{fault}"));
        faults += harvest.faults.len();
        pages += harvest.pages.len();
        sinks.extend(harvest.sinks);
        println!(
            "round {} of {rounds}: {} texts of things, {pages} pages, {faults} faults",
            number + 1,
            sinks.len()
        );
    }
    sinks.iter().for_each(|sink| println!("  {sink}"));
    if faults == 0 {
        Ok(())
    } else {
        Err("texts ran or became markup".into())
    }
}
