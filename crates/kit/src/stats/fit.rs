//! The largest likelihood: a search without derivatives over positive parameters.

use argmin::core::{CostFunction, Error, Executor, State};
use argmin::solver::neldermead::NelderMead;

use super::StatsError;

/// How many steps one search takes at most.
const STEPS: u64 = 500;
/// How alike the likelihoods at the corners are when a search is done: far below what moves a parameter's third place.
const TOLERANCE: f64 = 1e-9;
/// Searches one after another: the second starts where the first has shrunk too early.
const SEARCHES: usize = 2;
/// Beyond this the likelihood is flat: the logarithm of a parameter that wants to be zero or infinite.
const EDGE: f64 = 15.0;

struct Unlikely<F>(F);

impl<F: Fn(&[f64]) -> f64> CostFunction for Unlikely<F> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, logarithms: &Self::Param) -> Result<f64, Error> {
        let parameters: Vec<f64> = logarithms.iter().map(|logarithm| logarithm.exp()).collect();
        let likelihood = (self.0)(&parameters);
        Ok(if likelihood.is_finite() {
            -likelihood
        } else {
            f64::MAX / 1e6
        })
    }
}

/// The positive parameters at which `likelihood`, a logarithm, is largest, and its value there. The search begins at
/// `start` and runs on logarithms, so that no parameter becomes negative.
///
/// # Errors
/// [`StatsError::NoFit`] when a parameter runs off to zero or beyond all bounds.
pub(super) fn most_likely<const N: usize>(
    start: [f64; N],
    likelihood: impl Fn(&[f64]) -> f64,
) -> Result<([f64; N], f64), StatsError> {
    let mut best: Vec<f64> = start.iter().map(|value| value.ln()).collect();
    let mut cost = f64::INFINITY;
    for _ in 0..SEARCHES {
        let solver = NelderMead::new(simplex(&best))
            .with_sd_tolerance(TOLERANCE)
            .map_err(|_| StatsError::NoFit("the search can't begin"))?;
        let found = Executor::new(Unlikely(&likelihood), solver)
            .configure(|state| state.max_iters(STEPS))
            .run()
            .map_err(|_| StatsError::NoFit("the search broke off"))?;
        let state = found.state();
        best = state.get_best_param().cloned().unwrap_or(best);
        cost = state.get_best_cost();
    }
    if best.iter().any(|logarithm| logarithm.abs() > EDGE) {
        return Err(StatsError::NoFit("a parameter has no bound"));
    }
    let mut parameters = [0.0; N];
    for (parameter, logarithm) in parameters.iter_mut().zip(best) {
        *parameter = logarithm.exp();
    }
    Ok((parameters, -cost))
}

/// A corner at `at` and one beside it along each axis.
fn simplex(at: &[f64]) -> Vec<Vec<f64>> {
    let mut corners = vec![at.to_vec()];
    for axis in 0..at.len() {
        let mut corner = at.to_vec();
        corner[axis] += 0.5;
        corners.push(corner);
    }
    corners
}
