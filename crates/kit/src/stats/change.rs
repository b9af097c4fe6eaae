//! Whether and since when a value lies elsewhere than it used to: the cumulative sum of Page, *Continuous inspection
//! schemes* (1954), around a median, in units of a noise that wild values don't move (1.4826 · MAD; Hampel, 1974).

use super::median;

/// Where values lay, and how far around it: what a change is measured against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Baseline {
    /// The median.
    pub level: f64,
    /// The standard deviation, by the median of the distances, as if they were normal; never below the floor.
    pub noise: f64,
}

/// A change that a cumulative sum has found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// How far the sum has come, in noises.
    pub sum: f64,
    /// The place of the first value of those that made it.
    pub since: usize,
}

impl Baseline {
    /// The baseline of values; `None` of none. Counts are often all the same: `floor` is the least noise that is believed.
    pub fn of(values: &[f64], floor: f64) -> Option<Self> {
        let mut values = values.to_vec();
        let level = median(&mut values)?;
        let mut far: Vec<f64> = values.iter().map(|value| (value - level).abs()).collect();
        let noise = (1.4826 * median(&mut far)?).max(floor);
        Some(Self { level, noise })
    }

    /// How far `values` have gone below the baseline (above it with `up`) at their end: Sₜ = max(0, Sₜ₋₁ + zₜ − ½), where z is
    /// the distance in noises and ½ the slack that finds a change of one noise soonest. `None` while the sum is 0.
    pub fn change(&self, values: &[f64], up: bool) -> Option<Change> {
        let (mut sum, mut since) = (0.0_f64, 0);
        for (index, value) in values.iter().enumerate() {
            let far = (value - self.level) / self.noise;
            let step = if up { far } else { -far };
            if sum == 0.0 {
                since = index;
            }
            // One wild value is no change: it counts as three noises at most.
            sum = (sum + step.min(3.0) - 0.5).max(0.0);
        }
        (sum > 0.0).then_some(Change { sum, since })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_found_where_it_began() {
        let before = [10.0, 11.0, 9.0, 10.0, 12.0, 10.0, 8.0, 10.0, 11.0, 9.0];
        let baseline = Baseline::of(&before, 0.1).expect("values");
        assert_eq!(baseline.level, 10.0);
        assert!((baseline.noise - 1.4826).abs() < 1e-9);
        let after = [10.0, 11.0, 6.0, 5.0, 6.0, 5.0];
        let change = baseline.change(&after, false).expect("a change");
        assert_eq!(change.since, 2);
        assert!(change.sum > 5.0, "{change:?}");
        assert_eq!(baseline.change(&after, true), None);
    }

    #[test]
    fn one_wild_value_is_no_change() {
        let baseline = Baseline::of(&[5.0; 14], 0.5).expect("values");
        assert_eq!(baseline.noise, 0.5);
        let change = baseline.change(&[5.0, 0.0, 5.0, 5.0, 5.0], false);
        assert!(change.is_some_and(|change| change.sum < 2.0), "{change:?}");
        assert_eq!(Baseline::of(&[], 1.0), None);
    }
}
