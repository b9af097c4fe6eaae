//! What kit::db costs beside the bare drivers: point read, list, page, small write, on SQLite and PostgreSQL.
//!
//! `bench_db [--seconds S] [--rounds N] [WORD…]`: every contender of a line runs S seconds, in turns, N times; the
//! medians are shown. Words choose the lines that contain one of them: `bench_db sqlite point`. PostgreSQL is at
//! `TANDEM_BENCH_POSTGRES`; without it only SQLite runs.
//!
//! Equal concurrency: N callers of kit are N tasks of one async runtime; the bare driver has N threads, each with its
//! own connection and prepared statements, with nothing between it and its statements. A write on bare SQLite is one
//! thread, once with a commit for each write and once with as many writes in a commit as there are callers.

#![allow(clippy::print_stdout, reason = "a benchmark prints its numbers")]
#![allow(clippy::unwrap_used, reason = "a benchmark ends at the first surprise")]

mod bare_lite;
mod bare_pg;
mod measure;
mod ours;
mod schema;

use std::sync::Arc;
use std::time::Duration;

use measure::{Line, Rounds};

/// What is done, again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    /// One row by its key.
    Point,
    /// Fifty rows of a list, in order.
    List,
    /// Nineteen rows by their keys and a list, as a page needs.
    Page,
    /// A row, a counter, another row, stored.
    Write,
}

impl Work {
    const ALL: [Self; 4] = [Self::Point, Self::List, Self::Page, Self::Write];

    fn name(self) -> &'static str {
        match self {
            Self::Point => "point read",
            Self::List => "list of 50",
            Self::Page => "page of 20",
            Self::Write => "small write",
        }
    }
}

struct Arguments {
    seconds: f64,
    rounds: usize,
    words: Vec<String>,
}

fn arguments() -> Arguments {
    let mut all = Arguments {
        seconds: 0.2,
        rounds: 15,
        words: Vec::new(),
    };
    let mut given = std::env::args().skip(1);
    while let Some(word) = given.next() {
        let mut number = || given.next().expect("a number follows the option");
        match word.as_str() {
            "--seconds" => all.seconds = number().parse().expect("seconds"),
            "--rounds" => all.rounds = number().parse().expect("a number of rounds"),
            _ => all.words.push(word),
        }
    }
    all
}

fn main() {
    let arguments = arguments();
    let rounds = Rounds {
        each: Duration::from_secs_f64(arguments.seconds),
        count: arguments.rounds,
    };
    println!(
        "{} s a run, {} rounds in turns, medians; CPU is this process alone\n",
        arguments.seconds, arguments.rounds
    );
    measure::print_head();
    let folder = tempfile::tempdir().unwrap();
    let lite = schema::Place::lite(folder.path());
    run(&arguments, &rounds, &lite);
    #[expect(
        clippy::disallowed_methods,
        reason = "a benchmark has no configuration struct"
    )]
    match std::env::var("TANDEM_BENCH_POSTGRES") {
        Ok(url) => run(&arguments, &rounds, &schema::Place::pg(&url)),
        Err(_) => println!("\nPostgreSQL is left out: TANDEM_BENCH_POSTGRES is not set."),
    }
}

fn run(arguments: &Arguments, rounds: &Rounds, place: &schema::Place) {
    let world = Arc::new(schema::fill(place));
    for work in Work::ALL {
        for callers in [1, 16, 64] {
            let name = format!("{} {} {callers}", place.name(), work.name());
            let is_wanted = arguments.words.is_empty()
                || arguments
                    .words
                    .iter()
                    .any(|word| name.split(' ').any(|part| part == word));
            if is_wanted {
                let line = Line {
                    place: place.name(),
                    work: work.name(),
                    callers,
                };
                let contenders = match place {
                    schema::Place::Lite(path) => bare_lite::contenders(path, work, callers, &world),
                    schema::Place::Pg(url) => bare_pg::contenders(url, work, callers, &world),
                };
                let mut all = vec![ours::contender(place, work, callers, &world)];
                all.extend(contenders);
                rounds.run(&line, all);
            }
        }
    }
}
