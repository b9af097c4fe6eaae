//! `cargo xtask test`: the whole suite on a machine that has only Rust and a C compiler.
//!
//! What is missing is installed where that is allowed. What cannot be had is named together with the tests it
//! stops; with `CI=true` that is a failure, so continuous integration skips nothing.

use crate::debian::{self, Need};
use crate::failure::{Failure, Outcome, While};
use crate::mail::{self, PrivateMail};
use crate::postgres::{Durability, PrivatePostgres};
use crate::{check, programs};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::process::{Command, Stdio};

/// The URL of a PostgreSQL in which tests may create databases.
const POSTGRES: &str = "TANDEM_TEST_POSTGRES";
/// The paths of programs that tests start themselves: what drives a browser, what attacks the API by its document, the
/// Python whose library checks deliveries of webhooks, the SDKs, an engine that reads the lake, and the library that puts a
/// clock back.
const PROGRAMS: [(&str, &str); 8] = [
    ("ChromeDriver", "TANDEM_TEST_CHROMEDRIVER"),
    ("Schemathesis", "TANDEM_TEST_SCHEMATHESIS"),
    ("Standard Webhooks", "TANDEM_TEST_STANDARD_WEBHOOKS"),
    ("Segment's SDK for Node.js", "TANDEM_TEST_SEGMENT_NODE"),
    ("Segment's SDK for browsers", "TANDEM_TEST_SEGMENT_BROWSER"),
    ("Segment's SDK for Python", "TANDEM_TEST_SEGMENT_PYTHON"),
    ("DuckDB", "TANDEM_TEST_DUCKDB"),
    ("libfaketime", "TANDEM_TEST_FAKETIME"),
];

/// `cargo xtask ci`: as continuous integration runs it.
pub(crate) fn ci(_: &[String]) -> Outcome {
    run(&Wish {
        has_check: true,
        filters: Vec::new(),
        is_strict: true,
    })
}

/// `cargo xtask test [--no-check] [filter…]`.
pub(crate) fn test(arguments: &[String]) -> Outcome {
    run(&Wish::of(
        arguments,
        std::env::var("CI").is_ok_and(|value| value == "true"),
    )?)
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Wish {
    has_check: bool,
    filters: Vec<String>,
    /// Whether a missing part is a failure.
    is_strict: bool,
}

impl Wish {
    fn of(arguments: &[String], is_strict: bool) -> Result<Self, Failure> {
        let mut wish = Self {
            has_check: true,
            filters: Vec::new(),
            is_strict,
        };
        for argument in arguments {
            match argument.as_str() {
                "--no-check" => wish.has_check = false,
                option if option.starts_with('-') => {
                    return Err(Failure::new(format!("test knows no `{option}`")));
                }
                filter => wish.filters.push(filter.to_owned()),
            }
        }
        Ok(wish)
    }
}

fn run(wish: &Wish) -> Outcome {
    let missing = missing();
    let skipped = skipped(&missing);
    if wish.is_strict && !missing.is_empty() {
        return Err(Failure::new(format!(
            "nothing may be skipped here, but {skipped}"
        )));
    }
    if wish.has_check {
        check::all(&[])?;
    }
    let postgres = own_postgres()?;
    let mail = own_mail(wish.is_strict)?;
    let mut count = Count::default();
    let mut outcome = Ok(());
    for mut command in runners(wish)? {
        if let Some(postgres) = &postgres {
            command.env(POSTGRES, postgres.url());
        }
        if let Some(mail) = &mail {
            command.envs(mail.variables().iter().map(|(name, value)| (name, value)));
        }
        for (name, variable) in PROGRAMS {
            if let Some(program) = debian::find(name) {
                command.env(variable, program);
            }
        }
        outcome = outcome.and(run_and_count(command, &mut count));
    }
    let checked = if wish.has_check { "all checks and " } else { "" };
    let matching = match wish.filters.as_slice() {
        [] => String::new(),
        filters => format!(" of those named like {}", filters.join(" or ")),
    };
    println!("ran {checked}{count}{matching}; {skipped}");
    outcome
}

/// A PostgreSQL named by the environment is used as it is.
fn own_postgres() -> Result<Option<PrivatePostgres>, Failure> {
    if std::env::var_os(POSTGRES).is_some() || debian::find("PostgreSQL").is_none() {
        return Ok(None);
    }
    PrivatePostgres::start(Durability::Fast).map(Some)
}

/// Mail servers named by the environment are used as they are.
fn own_mail(is_strict: bool) -> Result<Option<PrivateMail>, Failure> {
    if std::env::var_os(mail::DOVECOT).is_some() || debian::find("Dovecot").is_none() {
        return Ok(None);
    }
    if !mail::may_run_postfix() {
        let sentence = "Postfix runs as root only: this skips the tests with a real SMTP server";
        if is_strict {
            return Err(Failure::new(sentence));
        }
        println!("{sentence}");
    }
    PrivateMail::start().map(Some)
}

fn missing() -> Vec<&'static Need> {
    let is_given = |need: &&Need| need.name == "PostgreSQL" && std::env::var_os(POSTGRES).is_some();
    let wanted = debian::NEEDS
        .iter()
        .filter(|need| !is_given(need))
        .map(|need| need.name);
    debian::provide(&wanted.collect::<Vec<_>>())
}

fn skipped(missing: &[&Need]) -> String {
    if missing.is_empty() {
        return "nothing was skipped".into();
    }
    let names: Vec<&str> = missing.iter().map(|need| need.name).collect();
    let suites: BTreeSet<&str> = missing.iter().map(|need| need.suite).collect();
    let suites: Vec<&str> = suites.into_iter().collect();
    format!(
        "without {} this skips {}",
        names.join(" and "),
        suites.join(" and ")
    )
}

/// The programs that run the tests; documentation tests come first so that the other runner's closing line stays
/// in sight.
fn runners(wish: &Wish) -> Result<Vec<Command>, Failure> {
    let filters: Vec<&str> = wish.filters.iter().map(String::as_str).collect();
    let colour = if std::io::stdout().is_terminal() {
        "always"
    } else {
        "never"
    };
    let everywhere = ["--workspace", "--locked", "--no-fail-fast", "--color", colour];
    let mut runners = Vec::new();
    if filters.is_empty() {
        runners.push(programs::cargo(
            &[&["test", "--doc", "--quiet"], &everywhere[..]].concat(),
        )?);
    }
    let has_nextest = programs::succeeds(&["cargo", "nextest", "--version"]);
    let tests = if has_nextest {
        [&["nextest", "run"], &everywhere[..], &filters].concat()
    } else {
        [&["test", "--all-targets"], &everywhere[..], &["--"], &filters].concat()
    };
    runners.push(programs::cargo(&tests)?);
    Ok(runners)
}

/// How many tests ran, read from the runners' own closing lines.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    passed: usize,
    failed: usize,
}

impl std::fmt::Display for Count {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{} tests: {} passed, {} failed",
            self.passed + self.failed,
            self.passed,
            self.failed
        )
    }
}

impl Count {
    /// Adds a line such as `test result: ok. 3 passed; 0 failed; …` or
    /// `Summary [ 0.4s] 23 tests run: 22 passed, 1 failed, 0 skipped`.
    fn add(&mut self, line: &str) {
        let plain = without_colour(line);
        if plain.contains("test result:") || plain.contains("tests run:") || plain.contains("test run:") {
            self.passed += number_before(&plain, " passed");
            self.failed += number_before(&plain, " failed");
        }
    }
}

fn number_before(line: &str, word: &str) -> usize {
    let before = line
        .split(word)
        .next()
        .filter(|before| before.len() < line.len())
        .unwrap_or_default();
    let digits = before
        .rsplit(|character: char| !character.is_ascii_digit())
        .next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// A line without the escape sequences that colour it.
fn without_colour(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    plain
}

fn run_and_count(mut command: Command, count: &mut Count) -> Outcome {
    let line = programs::words(&command);
    println!("$ {line}");
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .while_trying(format!("start `{line}`"))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let lines = std::thread::scope(|scope| {
        let out = scope.spawn(|| pass_on(stdout, |line| println!("{line}")));
        let err = scope.spawn(|| pass_on(stderr, |line| eprintln!("{line}")));
        [out, err]
            .map(|thread| thread.join().unwrap_or_default())
            .concat()
    });
    for line in lines {
        count.add(&line);
    }
    let status = child.wait().while_trying(format!("wait for `{line}`"))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{line}` failed")))
    }
}

/// Shows every line as it comes and keeps those that count tests.
fn pass_on(source: Option<impl Read>, show: impl Fn(&str)) -> Vec<String> {
    let Some(source) = source else { return Vec::new() };
    let mut kept = Vec::new();
    for line in BufReader::new(source).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        show(&line);
        if line.contains("test") {
            kept.push(line.into_owned());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn both_runners_closing_lines_are_counted() {
        let mut count = Count::default();
        count.add(
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        );
        count.add("     Summary [   0.412s] 23 tests run: 21 passed, 2 failed, 5 skipped");
        count.add("test closing_twice_keeps_the_first_closer ... ok");
        assert_eq!(
            count,
            Count {
                passed: 24,
                failed: 2
            }
        );
    }

    #[test]
    fn a_coloured_closing_line_is_counted_too() {
        let mut count = Count::default();
        count.add("\u{1b}[32;1m     Summary\u{1b}[0m [ 0.1s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, 0 skipped");
        assert_eq!(count, Count { passed: 2, failed: 0 });
    }

    #[test]
    fn an_unknown_option_is_refused_and_a_word_is_a_filter() {
        assert!(Wish::of(&words("--fast"), false).is_err());
        let wish = Wish::of(&words("--no-check closing"), true).unwrap();
        assert_eq!(
            wish,
            Wish {
                has_check: false,
                filters: words("closing"),
                is_strict: true
            }
        );
    }

    #[test]
    fn what_is_skipped_is_said_with_its_reason() {
        let without_browser: Vec<&Need> = debian::NEEDS
            .iter()
            .filter(|need| need.name.starts_with("Chrom"))
            .collect();
        assert_eq!(
            skipped(&without_browser),
            "without Chromium and ChromeDriver this skips the browser tests"
        );
        assert_eq!(skipped(&[]), "nothing was skipped");
    }
}
