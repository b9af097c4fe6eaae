//! Which way something goes, when single values may be wild: the slope of Theil (1950) and Sen (1968).
//!
//! It is the median of the slopes through all pairs of points, so that up to 29 % of the values may be anything.

/// A straight line through points, and how far they lie from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// How much the value grows for one step along.
    pub slope: f64,
    /// The value at 0.
    pub intercept: f64,
    /// The standard deviation of what lies around the line, by the median of the distances: 1.4826 · MAD, as if they were
    /// normal.
    pub noise: f64,
}

/// The line of Theil and Sen through points of a place and a value; `None` for fewer than two places.
///
/// It looks at all pairs: meant for up to some hundreds of points.
pub fn theil_sen(points: &[(f64, f64)]) -> Option<Trend> {
    let slope = median(&mut slopes(points))?;
    let mut rest: Vec<f64> = points.iter().map(|(x, y)| y - slope * x).collect();
    let intercept = median(&mut rest)?;
    let mut far: Vec<f64> = rest.iter().map(|value| (value - intercept).abs()).collect();
    Some(Trend {
        slope,
        intercept,
        noise: 1.4826 * median(&mut far)?,
    })
}

/// Between which values the slope lies: the interval of Sen (1968), from the ranks of the slopes that the variance of Kendall's
/// statistic allows. Values that are the same make it wider in ranks, as they do there. `z` is the normal distribution's: 1.96 for
/// 95 of a hundred. `None` for fewer than two places.
pub fn sen_interval(points: &[(f64, f64)], z: f64) -> Option<(f64, f64)> {
    let mut slopes = slopes(points);
    slopes.sort_unstable_by(f64::total_cmp);
    let last = slopes.len().checked_sub(1)?;
    let kendall = |count: usize| (count * count.saturating_sub(1) * (2 * count + 5)) as f64;
    let tied = |value: fn(&(f64, f64)) -> f64| {
        let mut values: Vec<f64> = points.iter().map(value).collect();
        values.sort_unstable_by(f64::total_cmp);
        let same = values.chunk_by(|one, next| one == next);
        same.map(|same| kendall(same.len())).sum::<f64>()
    };
    let variance = (kendall(points.len()) - tied(|point| point.0) - tied(|point| point.1)) / 18.0;
    let (count, reach) = (slopes.len() as f64, z * variance.max(0.0).sqrt());
    let low = ((count - reach) / 2.0).round_ties_even() - 1.0;
    let high = ((count + reach) / 2.0).round_ties_even();
    Some((slopes[low.max(0.0) as usize], slopes[(high as usize).min(last)]))
}

/// The slopes through all pairs of points that lie at different places.
fn slopes(points: &[(f64, f64)]) -> Vec<f64> {
    let mut slopes = Vec::with_capacity(points.len() * points.len().saturating_sub(1) / 2);
    for (index, (x, y)) in points.iter().enumerate() {
        let later = points[index + 1..].iter().filter(|(other, _)| other != x);
        slopes.extend(later.map(|(other, value)| (value - y) / (other - x)));
    }
    slopes
}

/// The value in the middle, of an even number the mean of both; `None` of none.
///
/// It takes a time that grows with their number alone: it is asked for each day of many pasts.
pub fn median(values: &mut [f64]) -> Option<f64> {
    let place = values.len().checked_sub(1)? / 2;
    let is_even = values.len().is_multiple_of(2);
    let (_, low, above) = values.select_nth_unstable_by(place, f64::total_cmp);
    let low = *low;
    match above.iter().copied().min_by(f64::total_cmp) {
        Some(high) if is_even => Some(low + (high - low) * 0.5),
        _ => Some(low),
    }
}

/// The value below which a share of the others lies, 0 to 1: between two neighbours in proportion (Hyndman and Fan, 1996,
/// type 7). `None` of none.
pub fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    values.sort_unstable_by(f64::total_cmp);
    let place = share.clamp(0.0, 1.0) * (values.len() - 1) as f64;
    let (low, high) = (values[place.floor() as usize], values[place.ceil() as usize]);
    Some(low + (high - low) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_through_wild_points() {
        let mut points: Vec<_> = (0..20)
            .map(|x| (f64::from(x), 3.0 - 0.5 * f64::from(x)))
            .collect();
        for index in [3, 8, 15, 19] {
            points[index].1 = 900.0;
        }
        let trend = theil_sen(&points).expect("points");
        assert!((trend.slope + 0.5).abs() < 1e-9, "{trend:?}");
        assert!(
            (trend.intercept - 3.0).abs() < 1e-9 && trend.noise < 1e-9,
            "{trend:?}"
        );
    }

    /// By hand: the slopes are −1, 2, 2.5, 10⁄3, 5 and 6.
    #[test]
    fn the_slope_is_the_median_of_all_pairs() {
        let points = [(0.0, 10.0), (1.0, 15.0), (2.0, 14.0), (3.0, 20.0)];
        let trend = theil_sen(&points).expect("points");
        assert!((trend.slope - (2.5 + 10.0 / 3.0) / 2.0).abs() < 1e-12);
        assert_eq!(theil_sen(&points[..1]), None);
        assert_eq!(theil_sen(&[(1.0, 1.0), (1.0, 2.0)]), None);
    }

    /// By hand: of four points Kendall's variance is 26⁄3, so that at 95 % all six slopes are within; of a straight line all are one.
    /// Of eight points with two wild ones it is 196⁄3, and of the 28 slopes in order the 6th and the 23rd are the ends.
    #[test]
    fn the_slope_lies_between_ranks_of_all_slopes() {
        let points = [(0.0, 10.0), (1.0, 15.0), (2.0, 14.0), (3.0, 20.0)];
        assert_eq!(sen_interval(&points, 1.96), Some((-1.0, 6.0)));
        let line: Vec<_> = (0..10).map(|x| (f64::from(x), 2.0 * f64::from(x))).collect();
        assert_eq!(sen_interval(&line, 1.96), Some((2.0, 2.0)));
        let still: Vec<_> = (0..10).map(|x| (f64::from(x), 3.0)).collect();
        assert_eq!(sen_interval(&still, 1.96), Some((0.0, 0.0)));
        let wild: Vec<_> = [1.0, 2.0, 90.0, 4.0, 5.0, -70.0, 7.0, 8.0]
            .into_iter()
            .enumerate()
            .map(|(x, y)| (x as f64, y))
            .collect();
        let mut all = slopes(&wild);
        all.sort_unstable_by(f64::total_cmp);
        assert_eq!(sen_interval(&wild, 1.96), Some((all[5], all[22])));
        assert_eq!(sen_interval(&points[..1], 1.96), None);
    }

    #[test]
    fn quantiles_lie_between_neighbours() {
        let mut values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(median(&mut values), Some(2.5));
        assert_eq!(quantile(&mut values, 0.25), Some(1.75));
        assert_eq!(quantile(&mut values, 1.0), Some(4.0));
        assert_eq!(median(&mut []), None);
        let dice = crate::id::Ids::seeded(11);
        for _ in 0..200 {
            let mut values: Vec<f64> = (0..1 + dice.below(40))
                .map(|_| dice.below(12) as f64 / 3.0)
                .collect();
            let middle = quantile(&mut values.clone(), 0.5);
            assert_eq!(median(&mut values), middle, "{values:?}");
        }
    }
}
