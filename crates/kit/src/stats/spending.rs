//! What a purchase brings: the gamma-gamma model of Fader and Hardie, *The gamma-gamma model of monetary value* (2013),
//! after Colombo and Jiang (1999).
//!
//! A customer's purchases vary around a mean of their own; the means differ between customers. The fewer purchases are
//! known, the more the estimate leans to the mean of all. Assumes that how much somebody spends has nothing to do with how
//! often: [`rank_correlation`] of the two is the check to show beside it.

use statrs::function::gamma::ln_gamma;

use super::StatsError;
use super::fit::most_likely;

/// What is known of one customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spending {
    /// How many purchases the mean is of; 1 or more.
    pub purchases: u32,
    /// Their mean, in one currency; positive.
    pub mean: f64,
}

/// The fitted model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaGamma {
    /// Shape of one customer's purchases.
    pub p: f64,
    /// Shape of the distribution of their scales.
    pub q: f64,
    /// Scale of that, in the currency.
    pub gamma: f64,
    /// The logarithm of the likelihood at these.
    pub log_likelihood: f64,
}

impl GammaGamma {
    /// Fits the model.
    ///
    /// # Errors
    /// [`StatsError::TooFew`] with fewer than 10 customers, [`StatsError::Invalid`] for a mean that is not positive or one
    /// of no purchases, [`StatsError::NoFit`] when all means are alike.
    pub fn fit(customers: &[Spending]) -> Result<Self, StatsError> {
        check(customers)?;
        let mean = customers.iter().map(|one| one.mean).sum::<f64>() / customers.len() as f64;
        let likelihood = |parameters: &[f64]| {
            let model = Self::of(parameters);
            customers.iter().map(|one| model.likelihood(one)).sum()
        };
        let (parameters, log_likelihood) = most_likely([2.0, 3.0, mean], likelihood)?;
        let model = Self::of(&parameters);
        Ok(Self {
            log_likelihood,
            ..model
        })
    }

    fn of(parameters: &[f64]) -> Self {
        Self {
            p: parameters[0],
            q: parameters[1],
            gamma: parameters[2],
            log_likelihood: 0.0,
        }
    }

    /// The mean purchase of all customers; `None` where the distribution has none (q of 1 or less).
    pub fn population_mean(&self) -> Option<f64> {
        (self.q > 1.0).then(|| self.p * self.gamma / (self.q - 1.0))
    }

    /// What a purchase of this customer is to be expected to bring; `None` where nothing can be said.
    pub fn expected(&self, customer: &Spending) -> Option<f64> {
        let x = f64::from(customer.purchases);
        let weight = self.p * x + self.q - 1.0;
        (weight > 0.0).then(|| self.p * (self.gamma + x * customer.mean) / weight)
    }

    fn likelihood(&self, customer: &Spending) -> f64 {
        let (p, q, gamma) = (self.p, self.q, self.gamma);
        let (x, mean) = (f64::from(customer.purchases), customer.mean);
        ln_gamma(p * x + q) - ln_gamma(p * x) - ln_gamma(q)
            + q * gamma.ln()
            + (p * x - 1.0) * mean.ln()
            + p * x * x.ln()
            - (p * x + q) * (gamma + x * mean).ln()
    }
}

fn check(customers: &[Spending]) -> Result<(), StatsError> {
    if customers.len() < 10 {
        return Err(StatsError::TooFew {
            needed: 10,
            given: customers.len(),
        });
    }
    let wrong = |one: &Spending| one.purchases == 0 || !one.mean.is_finite() || one.mean <= 0.0;
    if let Some(place) = customers.iter().position(wrong) {
        let problem = "a mean of one or more purchases is positive";
        return Err(StatsError::Invalid {
            row: place + 1,
            problem,
        });
    }
    if customers.iter().all(|one| one.mean == customers[0].mean) {
        return Err(StatsError::NoFit("all spend the same"));
    }
    Ok(())
}

/// Spearman's correlation of the ranks of pairs, −1 to 1; ties share their middle rank. `None` with fewer than three pairs or
/// where one side is all the same.
pub fn rank_correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.len() < 3 {
        return None;
    }
    let one = ranks(pairs.iter().map(|pair| pair.0));
    let other = ranks(pairs.iter().map(|pair| pair.1));
    let middle = (pairs.len() as f64 + 1.0) / 2.0;
    let product =
        |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| (a - middle) * (b - middle)).sum() };
    let width = (product(&one, &one) * product(&other, &other)).sqrt();
    (width > 0.0).then(|| product(&one, &other) / width)
}

fn ranks(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = values.enumerate().collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut ranks = vec![0.0; order.len()];
    let mut before = 0;
    for same in order.chunk_by(|one, other| one.1 == other.1) {
        let rank = before as f64 + (same.len() as f64 + 1.0) / 2.0;
        same.iter().for_each(|(place, _)| ranks[*place] = rank);
        before += same.len();
    }
    ranks
}
