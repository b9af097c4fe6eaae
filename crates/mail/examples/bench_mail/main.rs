//! How well mail is understood: scores over public collections, which are fetched once into target/corpora.
//!
//! `cargo xtask bench mail [--wrong]`; with `--wrong` everything that isn't as expected is printed.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measuring program: it prints, and a broken collection should stop it"
)]

mod bounced;
mod corpora;
mod parsed;
mod replied;

/// One line of the report.
struct Score {
    name: &'static str,
    right: usize,
    of: usize,
    /// What must be reached, in percent.
    wanted: usize,
    wrong: Vec<String>,
}

fn main() -> std::process::ExitCode {
    let shows_wrong = std::env::args().any(|argument| argument == "--wrong");
    let corpora = corpora::Corpora::fetch();
    let scores = [
        parsed::every_mail(&corpora),
        replied::trimmer(&corpora),
        replied::talon_text(&corpora),
        replied::talon_html(&corpora),
        bounced::flufl(&corpora),
    ];
    let mut is_good = true;
    println!(
        "{:<44} {:>6} {:>6} {:>8} {:>8}",
        "collection", "right", "of", "percent", "wanted"
    );
    for score in scores.into_iter().flatten() {
        let percent = score.right as f64 * 100.0 / score.of.max(1) as f64;
        println!(
            "{:<44} {:>6} {:>6} {percent:>7.1}% {:>7}%",
            score.name, score.right, score.of, score.wanted
        );
        is_good &= percent >= score.wanted as f64;
        if shows_wrong {
            for wrong in score.wrong {
                println!("--- {wrong}");
            }
        }
    }
    if is_good {
        std::process::ExitCode::SUCCESS
    } else {
        std::process::ExitCode::FAILURE
    }
}
