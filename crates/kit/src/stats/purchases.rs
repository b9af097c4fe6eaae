//! Repeat purchases without contract: the BG/NBD model of Fader, Hardie and Lee, *"Counting your customers" the easy way*
//! (2005).
//!
//! While a customer lasts, they buy at random moments at a rate of their own; after each purchase they leave for good with a
//! chance of their own. Rates differ by a gamma, chances by a beta distribution, and the two have nothing to do with each
//! other. Assumes no seasons and no promotions, and that nobody leaves before their first repeat purchase.

use std::collections::BTreeMap;

use statrs::function::gamma::ln_gamma;

use super::StatsError;
use super::fit::most_likely;
use super::special::{hypergeometric, ln_add, ln_beta};

/// What is known of one customer, in one unit of time for all (weeks, say).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Purchases {
    /// Purchases after the first: the model's x.
    pub repeats: u32,
    /// From the first purchase to the last; 0 without repeats. The model's t.
    pub last: f64,
    /// From the first purchase to today. The model's T.
    pub age: f64,
}

/// The fitted model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BgNbd {
    /// Shape of the distribution of purchase rates.
    pub r: f64,
    /// Scale of it, in units of time.
    pub alpha: f64,
    /// First parameter of the distribution of the chance to leave.
    pub a: f64,
    /// Second parameter of it.
    pub b: f64,
    /// The logarithm of the likelihood at these.
    pub log_likelihood: f64,
}

impl BgNbd {
    /// Fits the model.
    ///
    /// # Errors
    /// [`StatsError::TooFew`] with fewer than 10 customers, [`StatsError::Invalid`] for times that can't be,
    /// [`StatsError::NoFit`] when nobody has bought again.
    pub fn fit(customers: &[Purchases]) -> Result<Self, StatsError> {
        check(customers)?;
        let ages = customers.iter().map(|one| one.age).sum::<f64>() / customers.len() as f64;
        let kinds = alike(customers);
        let likelihood = |parameters: &[f64]| {
            let model = Self::of(parameters);
            let each = kinds.iter().map(|(one, count)| count * model.likelihood(one));
            each.sum()
        };
        let start = [1.0, ages.max(f64::MIN_POSITIVE) / 4.0, 1.0, 1.0];
        let (parameters, log_likelihood) = most_likely(start, likelihood)?;
        let model = Self::of(&parameters);
        Ok(Self {
            log_likelihood,
            ..model
        })
    }

    fn of(parameters: &[f64]) -> Self {
        Self {
            r: parameters[0],
            alpha: parameters[1],
            a: parameters[2],
            b: parameters[3],
            log_likelihood: 0.0,
        }
    }

    /// The chance, 0 to 1, that the customer has not left.
    pub fn alive(&self, customer: &Purchases) -> f64 {
        if customer.repeats == 0 {
            return 1.0;
        }
        let x = f64::from(customer.repeats);
        let longer = ((self.alpha + customer.age) / (self.alpha + customer.last)).ln() * (self.r + x);
        let odds = (self.a / (self.b + x - 1.0)).ln() + longer;
        1.0 / (1.0 + odds.exp())
    }

    /// How many purchases are to be expected of the customer in the next `time`.
    pub fn expected(&self, customer: &Purchases, time: f64) -> f64 {
        let x = f64::from(customer.repeats);
        self.growth(x, self.alpha + customer.age, time) * self.alive(customer)
    }

    /// How many repeat purchases are to be expected of a new customer in their first `time`.
    pub fn expected_of_new(&self, time: f64) -> f64 {
        self.growth(0.0, self.alpha, time)
    }

    fn growth(&self, x: f64, so_far: f64, time: f64) -> f64 {
        // The formula has a gap at a = 1 which is not in what it describes.
        let a = if (self.a - 1.0).abs() < 1e-7 {
            1.0 + 1e-7
        } else {
            self.a
        };
        let both = a + self.b + x - 1.0;
        let whole = so_far + time;
        let (factor, scale) = hypergeometric(self.r + x, self.b + x, both, time / whole);
        let shrinks = (self.r + x) * (so_far / whole).ln();
        both / (a - 1.0) * (1.0 - factor * (scale + shrinks).exp())
    }

    fn likelihood(&self, customer: &Purchases) -> f64 {
        let (r, alpha, a, b) = (self.r, self.alpha, self.a, self.b);
        let x = f64::from(customer.repeats);
        let common = ln_gamma(r + x) - ln_gamma(r) + r * alpha.ln() + ln_beta(a, b + x) - ln_beta(a, b);
        let stays = -(r + x) * (alpha + customer.age).ln();
        if customer.repeats == 0 {
            return common + stays;
        }
        let left = a.ln() - (b + x - 1.0).ln() - (r + x) * (alpha + customer.last).ln();
        common + ln_add(stays, left)
    }
}

/// Customers of whom the same is known, with how many they are: most have never bought again.
fn alike(customers: &[Purchases]) -> Vec<(Purchases, f64)> {
    let mut counts = BTreeMap::new();
    for one in customers {
        let key = (one.repeats, one.last.to_bits(), one.age.to_bits());
        counts.entry(key).or_insert((*one, 0.0)).1 += 1.0;
    }
    counts.into_values().collect()
}

fn check(customers: &[Purchases]) -> Result<(), StatsError> {
    if customers.len() < 10 {
        return Err(StatsError::TooFew {
            needed: 10,
            given: customers.len(),
        });
    }
    for (row, one) in (1..).zip(customers) {
        let problem = if !(one.age.is_finite() && one.last.is_finite() && one.last >= 0.0) {
            "times are numbers of 0 or more"
        } else if one.last > one.age {
            "the last purchase lies after today"
        } else if one.repeats == 0 && one.last > 0.0 {
            "without a repeat the last purchase is the first"
        } else {
            continue;
        };
        return Err(StatsError::Invalid { row, problem });
    }
    if customers.iter().all(|one| one.repeats == 0) {
        return Err(StatsError::NoFit("nobody has bought again"));
    }
    Ok(())
}
