//! How much an alert matters: the revenue of the account times how sure what was found is, against what an account of this
//! workspace usually brings.
//!
//! confidence = the confidence of health (½ where there is none) × the freshness of the stalest finding, 2^(−age ÷ 30 days).
//! ratio = revenue in a month × confidence ÷ the median revenue of the accounts that bring any. Critical from 3 on, high from
//! 1, medium from 0.3. What somebody told us is sure: its confidence is 1. Where no account brings anything, severity follows confidence alone and ends at medium.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::stats::median;
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;
use tandem_core::worth;

use super::past::Finding;
use super::{Severity, store};

/// Days after which a finding counts half.
const HALF_LIFE: f64 = 30.0;
/// The confidence where health knows nothing.
const UNKNOWN: f64 = 0.5;
const CRITICAL: f64 = 3.0;
const HIGH: f64 = 1.0;
const MEDIUM: f64 = 0.3;

/// How much an alert matters, and what that follows from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// How much it matters.
    pub severity: Severity,
    /// What the account brings in a month, in minor units of the reporting currency.
    pub mrr: i64,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// What an account usually brings in a month; 0 where none brings anything.
    pub usual: i64,
    /// Its place in lists: revenue times the confidence of health, the same for all alerts of an account.
    pub rank: i64,
}

/// What is at stake at an account.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stake {
    mrr: i64,
    usual: i64,
    confidence: f64,
}

/// What is at stake at some accounts.
#[derive(Clone, Debug)]
pub(super) struct Stakes {
    revenues: BTreeMap<AccountId, i64>,
    usual: i64,
}

/// What is at stake at these accounts on a day.
pub(super) fn stakes(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    day: Day,
) -> Result<Stakes, DbError> {
    let worths = worth::of(tx, workspace, accounts)?.into_iter();
    Ok(Stakes {
        revenues: worths.map(|(account, worth)| (account, worth.mrr)).collect(),
        usual: usual(tx, workspace, day)?,
    })
}

impl Stakes {
    /// What is at stake at one of them, whose health has this confidence.
    pub(super) fn of(&self, account: AccountId, confidence: Option<f64>) -> Stake {
        Stake {
            mrr: self.revenues.get(&account).copied().unwrap_or_default(),
            usual: self.usual,
            confidence: confidence.unwrap_or(UNKNOWN),
        }
    }
}

impl Stake {
    /// What an alert with these findings of a day weighs.
    pub(super) fn weight(&self, findings: &[Finding], day: Day) -> Weight {
        let ages = findings
            .iter()
            .map(|one| one.as_of.map_or(0, |as_of| as_of.days_until(day)));
        let oldest = ages.max().unwrap_or(0).max(0) as f64;
        let confidence = self.confidence * (-oldest / HALF_LIFE).exp2();
        // Whole percents, so that it does not move a little with every day that passes.
        let confidence = (confidence * 100.0).round() / 100.0;
        Weight {
            severity: severity(self.mrr, confidence, self.usual),
            mrr: self.mrr,
            confidence,
            usual: self.usual,
            rank: self.rank(),
        }
    }

    /// What an alert weighs that somebody told us.
    pub(super) fn told(&self) -> Weight {
        Weight {
            severity: severity(self.mrr, 1.0, self.usual),
            mrr: self.mrr,
            confidence: 1.0,
            usual: self.usual,
            rank: self.rank(),
        }
    }

    fn rank(&self) -> i64 {
        rank(self.mrr, Some(self.confidence))
    }
}

/// The place of an account in lists: its revenue times the confidence of its health.
pub(super) fn rank(mrr: i64, confidence: Option<f64>) -> i64 {
    let confidence = confidence.unwrap_or(UNKNOWN);
    (mrr as f64 * (confidence * 100.0).round() / 100.0).round() as i64
}

/// How much it matters.
pub(super) fn severity(mrr: i64, confidence: f64, usual: i64) -> Severity {
    if usual <= 0 {
        return if confidence >= UNKNOWN {
            Severity::Medium
        } else {
            Severity::Low
        };
    }
    match mrr as f64 * confidence / usual as f64 {
        ratio if ratio >= CRITICAL => Severity::Critical,
        ratio if ratio >= HIGH => Severity::High,
        ratio if ratio >= MEDIUM => Severity::Medium,
        _ => Severity::Low,
    }
}

/// What an account that brings anything usually brings; counted once a day.
fn usual(tx: &mut Tx<'_>, workspace: WorkspaceId, day: Day) -> Result<i64, DbError> {
    if let Some((counted, usual)) = store::scale(tx, workspace)?
        && counted >= day
    {
        return Ok(usual);
    }
    let mut all = store::revenues(tx, workspace)?;
    let usual = median(&mut all).map_or(0, |usual| usual.round() as i64);
    store::put_scale(tx, workspace, day, usual)?;
    Ok(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severity_follows_revenue_and_confidence() {
        assert_eq!(severity(300_000, 1.0, 100_000), Severity::Critical);
        assert_eq!(severity(300_000, 0.5, 100_000), Severity::High);
        assert_eq!(severity(100_000, 0.5, 100_000), Severity::Medium);
        assert_eq!(severity(10_000, 1.0, 100_000), Severity::Low);
        assert_eq!(severity(0, 1.0, 100_000), Severity::Low);
        assert_eq!(severity(0, 0.8, 0), Severity::Medium);
        assert_eq!(severity(0, 0.3, 0), Severity::Low);
    }
}
