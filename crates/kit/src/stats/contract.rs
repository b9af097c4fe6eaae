//! Retention under contract: the shifted beta-geometric model of Fader and Hardie, *How to project customer retention*
//! (2007), and the value of the renewals to come from their *Customer-base valuation in a contractual setting* (2010).
//!
//! Each customer renews at the end of every period with a chance of their own that never changes; the chances differ by
//! a beta distribution. Retention then rises with age because those who leave easily have left. Assumes that renewals
//! come at fixed moments and that nothing but this difference moves them.

use super::StatsError;
use super::fit::most_likely;
use super::special::{hypergeometric, ln_beta};

/// A cohort as it shrinks.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// How many there were at the start and after each period; never more than before.
    pub alive: Vec<f64>,
}

/// The fitted model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShiftedBetaGeometric {
    /// First parameter of the distribution of the chance to leave; positive.
    pub alpha: f64,
    /// Second parameter; positive.
    pub beta: f64,
    /// The logarithm of the likelihood at these.
    pub log_likelihood: f64,
}

impl ShiftedBetaGeometric {
    /// Fits the model to one or more cohorts, which may be of different ages.
    ///
    /// # Errors
    /// [`StatsError::TooFew`] without two periods in any cohort, [`StatsError::Invalid`] for a cohort that grows,
    /// [`StatsError::NoFit`] when nobody, or everybody at once, has left.
    pub fn fit(cohorts: &[Cohort]) -> Result<Self, StatsError> {
        check(cohorts)?;
        let likelihood = |parameters: &[f64]| {
            let model = Self {
                alpha: parameters[0],
                beta: parameters[1],
                log_likelihood: 0.0,
            };
            cohorts.iter().map(|cohort| model.likelihood(cohort)).sum()
        };
        let ([alpha, beta], log_likelihood) = most_likely([1.0, 1.0], likelihood)?;
        Ok(Self {
            alpha,
            beta,
            log_likelihood,
        })
    }

    /// The share still there after `periods`, 0 to 1.
    pub fn survival(&self, periods: u32) -> f64 {
        self.ln_survival(f64::from(periods)).exp()
    }

    /// The share of those alive after `periods − 1` who are alive after `periods`; `periods` counts from one.
    pub fn retention(&self, periods: u32) -> f64 {
        let periods = f64::from(periods.max(1));
        (self.beta + periods - 1.0) / (self.alpha + self.beta + periods - 1.0)
    }

    /// How many payments are still to come, each discounted at `rate` a period (.1 is ten percent), from a customer in
    /// their `n`-th contract who is about to decide about the next; `n` counts from one.
    pub fn discounted_residual_lifetime(&self, n: u32, rate: f64) -> f64 {
        let n = f64::from(n.max(1));
        let both = self.alpha + self.beta;
        let (factor, scale) = hypergeometric(1.0, self.beta + n, both + n, 1.0 / (1.0 + rate));
        (self.beta + n - 1.0) / (both + n - 1.0) * factor * scale.exp()
    }

    fn ln_survival(&self, periods: f64) -> f64 {
        ln_beta(self.alpha, self.beta + periods) - ln_beta(self.alpha, self.beta)
    }

    fn likelihood(&self, cohort: &Cohort) -> f64 {
        let losses = cohort.alive.windows(2).zip(1_u32..).map(|(pair, period)| {
            let lost = pair[0] - pair[1];
            let leaves = ln_beta(self.alpha + 1.0, self.beta + f64::from(period) - 1.0);
            lost * (leaves - ln_beta(self.alpha, self.beta))
        });
        let periods = cohort.alive.len().saturating_sub(1) as f64;
        let left = cohort.alive.last().copied().unwrap_or(0.0);
        losses.sum::<f64>() + left * self.ln_survival(periods)
    }
}

fn check(cohorts: &[Cohort]) -> Result<(), StatsError> {
    let periods = cohorts.iter().map(|cohort| cohort.alive.len().saturating_sub(1));
    let most = periods.max().unwrap_or(0);
    if most < 2 {
        return Err(StatsError::TooFew {
            needed: 2,
            given: most,
        });
    }
    for (row, cohort) in (1..).zip(cohorts) {
        let sound = cohort
            .alive
            .iter()
            .all(|alive| alive.is_finite() && *alive >= 0.0);
        if !sound || cohort.alive.windows(2).any(|pair| pair[1] > pair[0]) {
            let problem = "a cohort never grows";
            return Err(StatsError::Invalid { row, problem });
        }
    }
    let lost = |cohort: &Cohort| cohort.alive.first() > cohort.alive.last();
    if !cohorts.iter().any(lost) {
        return Err(StatsError::NoFit("nobody has left"));
    }
    let stayed = |cohort: &Cohort| cohort.alive.get(1).is_some_and(|alive| *alive > 0.0);
    if !cohorts.iter().any(stayed) {
        return Err(StatsError::NoFit("everybody left in the first period"));
    }
    Ok(())
}
