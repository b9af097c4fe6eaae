//! `tandem doctor`: looks at everything the program stands on and says what to do about what is wrong.
//!
//! It may run beside the server. It changes nothing, except that it writes a small object into the blob store and a
//! small file into the data folder and takes them away again.

mod database;
mod keys;
mod machine;
mod outside;
mod search;

#[cfg(test)]
mod tests;

use kit::{clock::Clock, db::Migration};
use serde::Serialize;

use crate::config::Config;

/// How a finding is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// Works, and should be looked at.
    Warn,
    /// Does not work.
    Fail,
}

/// What the doctor found about one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The thing.
    pub name: &'static str,
    /// The judgement.
    pub verdict: Verdict,
    /// What was found, without secrets.
    pub found: String,
    /// What to do, when something is to be done.
    pub advice: Option<String>,
}

impl Finding {
    fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self {
            name,
            verdict: Verdict::Ok,
            found: found.into(),
            advice: None,
        }
    }

    fn warn(name: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            name,
            verdict: Verdict::Warn,
            found: found.into(),
            advice: Some(advice.into()),
        }
    }

    fn fail(name: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Fail,
            ..Self::warn(name, found, advice)
        }
    }
}

/// Looks at everything, in the order in which things stand on each other.
pub async fn examine(
    config: &Config,
    clock: &Clock,
    migrations: &'static [&'static [Migration]],
) -> Vec<Finding> {
    let mut findings = vec![
        machine::folder(config),
        machine::room(config),
        machine::holder(config),
        keys::examine(config),
    ];
    findings.extend(database::examine(config, clock, migrations).await);
    findings.push(outside::blobs(config, clock).await);
    findings.push(search::examine(config, clock).await);
    findings.push(outside::mail(config).await);
    findings.push(outside::address(config));
    findings
}

/// The findings for a person.
pub fn text(findings: &[Finding]) -> String {
    let width = findings
        .iter()
        .map(|finding| finding.name.len())
        .max()
        .unwrap_or_default();
    let lines = findings.iter().map(|finding| {
        let verdict = match finding.verdict {
            Verdict::Ok => "ok  ",
            Verdict::Warn => "WARN",
            Verdict::Fail => "FAIL",
        };
        let advice = finding
            .advice
            .as_ref()
            .map(|advice| format!("{:width$}        to do: {advice}\n", ""));
        format!(
            "{verdict}  {:width$}  {}\n{}",
            finding.name,
            finding.found,
            advice.unwrap_or_default()
        )
    });
    lines.collect()
}
