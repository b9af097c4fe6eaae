//! How long things last, when some have not ended yet: the estimator of Kaplan and Meier (1958), its variance by Greenwood
//! (1926), and the log-rank test of Mantel (1966).
//!
//! Assumes that those who are still there at the end of their observation are like the others. Whoever was watched only
//! from a later day on does not belong here.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::gamma::gamma_ur;

use super::StatsError;

/// One thing that was watched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// How long, in any unit; 0 or more.
    pub time: f64,
    /// Whether it ended then; else it was still there.
    pub ended: bool,
}

/// A time at which something ended or was last seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub time: f64,
    /// How many were still there just before.
    pub at_risk: usize,
    /// How many ended.
    pub ended: usize,
    /// How many were last seen.
    pub censored: usize,
    /// The share that outlives this time, 0 to 1.
    pub survival: f64,
    /// Greenwood's sum: the variance of `survival` divided by its square.
    pub spread: f64,
}

/// A survival curve: 1 until the first step, then each step's value until the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The steps by time.
    pub steps: Vec<Step>,
}

impl Curve {
    /// The share that outlives `time`; 1 before the first step. Beyond the last observation it is the last value, which
    /// says little.
    pub fn survival(&self, time: f64) -> f64 {
        self.step(time).map_or(1.0, |step| step.survival)
    }

    /// The first time by which half have ended; `None` while more than half are still there.
    pub fn median(&self) -> Option<f64> {
        let half = self.steps.iter().find(|step| step.survival <= 0.5 + 1e-12);
        half.map(|step| step.time)
    }

    /// Where the true median lies with `confidence`, 0 to 1: the times at which a half lies within the interval of the share that
    /// is left (Brookmeyer and Crowley, 1982). An end that was not reached yet is `None`.
    pub fn median_interval(&self, confidence: f64) -> (Option<f64>, Option<f64>) {
        let half = 0.5 + 1e-12;
        let low = |step: &Step| self.interval(step.time, confidence).0 <= half;
        // Where nothing is left, nothing is known of how far it could have been otherwise.
        let high = |step: &Step| step.survival > 0.0 && self.interval(step.time, confidence).1 <= half;
        let first = |step: Option<&Step>| step.map(|step| step.time);
        (
            first(self.steps.iter().find(|step| low(step))),
            first(self.steps.iter().find(|step| high(step))),
        )
    }

    /// Where the true share lies with `confidence`, 0 to 1 (say .95): on the scale of ln(−ln S), which stays within 0 and 1.
    pub fn interval(&self, time: f64, confidence: f64) -> (f64, f64) {
        let Some(step) = self.step(time).filter(|step| step.survival < 1.0) else {
            return (1.0, 1.0);
        };
        if step.survival <= 0.0 {
            return (0.0, 0.0);
        }
        let normal = Normal::standard();
        let width = normal.inverse_cdf(0.5 + confidence.clamp(0.0, 0.999_999) / 2.0);
        let shift = width * step.spread.sqrt() / step.survival.ln();
        let at = |shift: f64| step.survival.powf(shift.exp());
        let (one, other) = (at(shift), at(-shift));
        (one.min(other), one.max(other))
    }

    fn step(&self, time: f64) -> Option<&Step> {
        let after = self.steps.partition_point(|step| step.time <= time);
        after.checked_sub(1).map(|last| &self.steps[last])
    }
}

/// The survival curve of `observations`.
///
/// # Errors
/// [`StatsError::TooFew`] without observations, [`StatsError::Invalid`] for a time below 0 or not a number.
pub fn kaplan_meier(observations: &[Observation]) -> Result<Curve, StatsError> {
    let sorted = sorted(observations)?;
    let (mut survival, mut spread) = (1.0, 0.0);
    let mut at_risk = sorted.len();
    let mut steps = Vec::new();
    for same in sorted.chunk_by(|one, other| one.time == other.time) {
        let ended = same.iter().filter(|one| one.ended).count();
        let (risk, gone) = (at_risk as f64, ended as f64);
        survival *= 1.0 - gone / risk;
        if ended < at_risk {
            spread += gone / (risk * (risk - gone));
        }
        steps.push(Step {
            time: same[0].time,
            at_risk,
            ended,
            censored: same.len() - ended,
            survival,
            spread,
        });
        at_risk -= same.len();
    }
    Ok(Curve { steps })
}

/// What the log-rank test says about two groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRank {
    /// The statistic, with one degree of freedom.
    pub chi_squared: f64,
    /// How often groups that last equally long differ this much or more.
    pub p: f64,
}

/// Whether two groups last differently long. Strong where one curve lies above the other all the way, weak where they
/// cross.
///
/// # Errors
/// As of [`kaplan_meier`]; [`StatsError::NoFit`] when nothing ended in either.
pub fn log_rank(first: &[Observation], second: &[Observation]) -> Result<LogRank, StatsError> {
    let (mut first, mut second) = (&sorted(first)?[..], &sorted(second)?[..]);
    let (mut surplus, mut variance) = (0.0, 0.0);
    while let (Some(one), Some(other)) = (first.first(), second.first()) {
        let time = one.time.min(other.time);
        let (ours, theirs) = (first.len() as f64, second.len() as f64);
        let mine = ended_at(&mut first, time);
        let all = mine + ended_at(&mut second, time);
        let risk = ours + theirs;
        surplus += mine - all * ours / risk;
        if risk > 1.0 {
            variance += all * (ours / risk) * (theirs / risk) * (risk - all) / (risk - 1.0);
        }
    }
    if variance <= 0.0 {
        return Err(StatsError::NoFit(
            "nothing has ended while both groups were watched",
        ));
    }
    let chi_squared = surplus * surplus / variance;
    Ok(LogRank {
        chi_squared,
        p: gamma_ur(0.5, chi_squared / 2.0),
    })
}

/// How many ended at `time`; those seen no longer are taken off.
fn ended_at(rest: &mut &[Observation], time: f64) -> f64 {
    let count = rest.partition_point(|one| one.time <= time);
    let (now, later) = rest.split_at(count);
    *rest = later;
    now.iter().filter(|one| one.ended).count() as f64
}

fn sorted(observations: &[Observation]) -> Result<Vec<Observation>, StatsError> {
    if observations.is_empty() {
        return Err(StatsError::TooFew { needed: 1, given: 0 });
    }
    let wrong = |one: &Observation| !one.time.is_finite() || one.time < 0.0;
    if let Some(place) = observations.iter().position(wrong) {
        let problem = "a time is a number of 0 or more";
        return Err(StatsError::Invalid {
            row: place + 1,
            problem,
        });
    }
    let mut sorted = observations.to_vec();
    sorted.sort_by(|one, other| one.time.total_cmp(&other.time));
    Ok(sorted)
}
