//! The house rules that read source text: one row each, run alone by name or all together by `check`.

use crate::excuses::Excuses;
use crate::failure::{Failure, Outcome};
use crate::source::{self, Finding, Sources};
use crate::{borders, directions, locales, routes, sizes, sql};

/// What one rule found.
pub(crate) struct Report {
    /// Breaches; empty means that the rule holds.
    pub(crate) findings: Vec<Finding>,
    /// A line about what was looked at.
    pub(crate) summary: String,
}

/// A rule and the kinds of excuse that it takes.
struct Rule {
    name: &'static str,
    excuses: &'static [&'static str],
    check: Check,
}

const RULES: &[Rule] = &[
    rule("borders", &[], borders::check),
    rule("sizes", &["long-file", "long-function"], sizes::check),
    rule("sql", &["statement"], sql::check),
    rule("locales", &["plain-text", "message"], locales::check),
    rule("routes", &["own-routes"], routes::check),
    rule("directions", &[], directions::check),
];

type Check = fn(&Sources, &Excuses) -> Report;

const fn rule(name: &'static str, excuses: &'static [&'static str], check: Check) -> Rule {
    Rule { name, excuses, check }
}

/// Runs the rule of this name.
pub(crate) fn run(name: &str) -> Outcome {
    run_where(|rule| rule.name == name)
}

/// Runs every rule and fails after the last one, so that one run shows everything.
pub(crate) fn run_all() -> Outcome {
    run_where(|_| true)
}

fn run_where(is_wanted: impl Fn(&Rule) -> bool) -> Outcome {
    let root = source::project_root()?;
    let (sources, excuses) = (Sources::read(&root)?, Excuses::read(&root)?);
    let mut breaches = 0;
    for rule in RULES.iter().filter(|rule| is_wanted(rule)) {
        let mut report = (rule.check)(&sources, &excuses);
        report.findings.extend(excuses.unused(rule.excuses));
        report.findings.sort();
        for finding in &report.findings {
            println!("{finding}");
        }
        println!(
            "{}: {} ({} found)",
            rule.name,
            report.summary,
            report.findings.len()
        );
        breaches += report.findings.len();
    }
    match breaches {
        0 => Ok(()),
        1 => Err(Failure::new("one breach of the house rules")),
        many => Err(Failure::new(format!("{many} breaches of the house rules"))),
    }
}
