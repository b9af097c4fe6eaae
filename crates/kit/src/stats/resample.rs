//! How far a number may be from the true one that no formula gives an interval: the bootstrap of Efron, *Bootstrap methods* (1979),
//! percentiles at 95 %.
//!
//! What is drawn are whole units (accounts), with all that is known of each, because what is counted of one unit belongs together.
//! The draws are the same in every run, so that the same numbers have the same interval.

use super::quantile;

/// How many times as many units are drawn as there are.
const DRAWS: usize = 200;
/// Of the draws, the share in which there must be a number.
const LEAST: f64 = 0.9;

/// How often each unit was drawn, in each draw.
#[derive(Clone, Debug)]
pub struct Resamples(Vec<Vec<u8>>);

impl Resamples {
    /// Draws from so many units, with replacement.
    pub fn of(units: usize) -> Self {
        let mut state = 0x5eed_0000_0000_0008_u64;
        let draw = |_| {
            let mut drawn = vec![0_u8; units];
            for _ in 0..units {
                let place = next(&mut state) % units as u64;
                let times = &mut drawn[place as usize];
                *times = times.saturating_add(1);
            }
            drawn
        };
        Self((0..DRAWS).map(draw).collect())
    }

    /// The interval at 95 % of a number that is computed from how often each unit counts; none where too few draws have one.
    pub fn interval(&self, number: impl Fn(&[u8]) -> Option<f64>) -> Option<(f64, f64)> {
        let drawn = self.0.iter().filter_map(|times| number(times));
        let mut numbers: Vec<f64> = drawn.filter(|number| number.is_finite()).collect();
        if (numbers.len() as f64) < self.0.len() as f64 * LEAST {
            return None;
        }
        quantile(&mut numbers, 0.025).zip(quantile(&mut numbers, 0.975))
    }
}

/// The next number of `SplitMix64` (Steele, Lea and Flood, 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean of 400 numbers with a standard deviation of about 28.9: its standard error is 1.44, 1.96 of them are 2.83.
    #[test]
    fn the_interval_of_a_mean_is_that_of_the_formula() {
        let numbers: Vec<f64> = (0..400).map(|number| f64::from(number % 100)).collect();
        let resamples = Resamples::of(numbers.len());
        let mean = |times: &[u8]| {
            let drawn = numbers.iter().zip(times);
            let sum: f64 = drawn.map(|(number, times)| number * f64::from(*times)).sum();
            Some(sum / 400.0)
        };
        let (low, high) = resamples.interval(mean).expect("an interval");
        assert!((low - (49.5 - 2.83)).abs() < 0.9, "{low}");
        assert!((high - (49.5 + 2.83)).abs() < 0.9, "{high}");
        assert_eq!(
            Resamples::of(400).interval(mean),
            Some((low, high)),
            "the same in every run"
        );
    }

    #[test]
    fn of_nothing_there_is_no_interval() {
        assert_eq!(Resamples::of(0).interval(|_| None), None);
        assert_eq!(Resamples::of(3).interval(|_| Some(f64::NAN)), None);
    }
}
