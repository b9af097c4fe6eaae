//! Which way active people go, week by week: the slope of Theil and Sen, and between which slopes it lies.
//!
//! Weeks are whole, so that weekends have no part in it. Where standing still lies within the interval nothing is said to move: a
//! band that is as wide as what was seen is unsteady.

use kit::stats::{sen_interval, theil_sen};

/// From how many known weeks on there is a trend.
const LEAST: usize = 6;
/// 95 of a hundred, by the normal distribution.
const Z: f64 = 1.959_964;

/// Which way active people go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// How many more there are each week.
    pub slope: f64,
    /// Between which that lies: 95 %.
    pub low: f64,
    /// The other end.
    pub high: f64,
}

impl Trend {
    /// Whether nothing is said to move. An end that is 0 is none beyond it: weeks that are the same make many slopes of 0.
    pub fn is_flat(&self) -> bool {
        self.slope == 0.0 || (self.low < 0.0 && self.high > 0.0)
    }
}

/// The trend of weeks, the oldest first, none where it is not known; nothing where too few are known.
pub(in crate::usage) fn trend(weeks: &[Option<i64>]) -> Option<Trend> {
    let known = |(place, count): (usize, &Option<i64>)| count.map(|count| (place as f64, count as f64));
    let points: Vec<(f64, f64)> = weeks.iter().enumerate().filter_map(known).collect();
    if points.len() < LEAST {
        return None;
    }
    let line = theil_sen(&points)?;
    let (low, high) = sen_interval(&points, Z)?;
    Some(Trend {
        slope: line.slope,
        low,
        high,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_said_where_the_weeks_leave_no_doubt_and_one_wild_week_makes_none() {
        let of = |weeks: [i64; 13]| trend(&weeks.map(Some)).expect("thirteen weeks");
        let grows = of([2, 3, 3, 4, 5, 5, 90, 7, 7, 8, 9, 9, 10]);
        assert!(
            !grows.is_flat() && grows.low > 0.0 && grows.low <= grows.slope,
            "{grows:?}"
        );
        assert!((grows.slope - 0.7).abs() < 0.15 && grows.high < 2.0, "{grows:?}");
        let still = of([5, 6, 5, 4, 5, 90, 5, 6, 4, 5, 5, 6, 5]);
        assert!(still.is_flat() && still.slope.abs() < 0.1, "{still:?}");
        let falls = of([9, 9, 8, 8, 7, 6, 6, 5, 4, 4, 3, 2, 2]);
        assert!(falls.high < 0.0, "{falls:?}");
    }

    #[test]
    fn of_few_weeks_nothing_is_said() {
        let mut weeks = [None; 13];
        for (place, count) in (8..13).zip(1..) {
            weeks[place] = Some(count);
        }
        assert_eq!(trend(&weeks), None);
        weeks[7] = Some(0);
        assert!(trend(&weeks).is_some_and(|trend| (trend.slope - 1.0).abs() < 1e-9));
    }
}
