//! How far a share that was counted may be from the true one: the score interval of Wilson, *Probable inference* (1927). How
//! far two shares lie apart: Newcombe, *Interval estimation for the difference between independent proportions* (1998),
//! method 10. How many it takes to see that: Fleiss, Levin and Paik, *Statistical Methods for Rates and Proportions* (2003),
//! section 4.2, for groups of unequal size, without a correction for continuity.

use statrs::distribution::{ContinuousCDF, Normal};

/// How many standard errors lie below a share of all cases.
fn quantile(share: f64) -> f64 {
    Normal::standard().inverse_cdf(share.clamp(0.000_001, 0.999_999_5))
}

/// The interval of a share: `hits` of `n`, at a `confidence` such as 0.95; from 0 to 1 when there is nothing.
pub fn wilson(hits: u64, n: u64, confidence: f64) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let z = quantile(0.5 + confidence.clamp(0.0, 0.999_999) / 2.0);
    let (n, share) = (n as f64, hits.min(n) as f64 / n as f64);
    let middle = share + z * z / (2.0 * n);
    let reach = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z * z / n;
    (
        ((middle - reach) / whole).max(0.0),
        ((middle + reach) / whole).min(1.0),
    )
}

/// By how much the first share is above the second, each as hits and of how many, with its interval: difference, lower and
/// upper end. None where there is nothing in either of them.
pub fn difference(first: (u64, u64), second: (u64, u64), confidence: f64) -> Option<(f64, f64, f64)> {
    if first.1 == 0 || second.1 == 0 {
        return None;
    }
    let share = |(hits, n): (u64, u64)| hits.min(n) as f64 / n as f64;
    let (one, other) = (share(first), share(second));
    let (one_low, one_high) = wilson(first.0, first.1, confidence);
    let (other_low, other_high) = wilson(second.0, second.1, confidence);
    let apart = one - other;
    Some((
        apart,
        (apart - (one - one_low).hypot(other_high - other)).max(-1.0),
        (apart + (one_high - one).hypot(other - other_low)).min(1.0),
    ))
}

/// How many the smaller of two groups must have for a difference from `share` to `other` to be seen with this `power`, such as
/// 0.8, where the interval is at `confidence` and the larger group has `times` as many. None where nothing is to be seen.
pub fn needed(share: f64, other: f64, times: f64, (confidence, power): (f64, f64)) -> Option<u64> {
    let apart = other - share;
    if apart == 0.0 || times <= 0.0 || !(0.0..=1.0).contains(&share) || !(0.0..=1.0).contains(&other) {
        return None;
    }
    let (far, sure) = (quantile(0.5 + confidence / 2.0), quantile(power));
    let middle = (share + times * other) / (1.0 + times);
    let null = far * ((1.0 + 1.0 / times) * middle * (1.0 - middle)).sqrt();
    let real = sure * (share * (1.0 - share) + other * (1.0 - other) / times).sqrt();
    Some(((null + real) / apart).powi(2).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::{difference, needed, wilson};

    #[test]
    fn the_interval_of_a_difference_is_the_published_one() {
        // Newcombe (1998), table II, method 10.
        for (first, second, low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((0, 10), (0, 10), -0.2775, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
            ((10, 10), (0, 10), 0.6075, 1.0),
        ] {
            let (_, from, until) = difference(first, second, 0.95).expect("both have some");
            assert!(
                (from - low).abs() < 5e-5 && (until - high).abs() < 5e-5,
                "{first:?} and {second:?}: {from} {until}"
            );
        }
        assert_eq!(difference((1, 2), (0, 0), 0.95), None);
    }

    #[test]
    fn how_many_it_takes_is_what_others_say() {
        // R, help page of power.prop.test: p1 = .50, p2 = .75, power = .90 gives n = 76.7.
        assert_eq!(needed(0.5, 0.75, 1.0, (0.95, 0.9)), Some(77));
        // Fleiss, Levin and Paik (2003), table A.4: .25 and .40 at 1 % and power .95 give 357 with the correction that
        // adds 13 here.
        assert_eq!(needed(0.25, 0.40, 1.0, (0.99, 0.95)), Some(344));
        // Nine times as many in the other group spare some of the smaller one.
        assert_eq!(needed(0.3, 0.4, 1.0, (0.95, 0.8)), Some(356));
        assert_eq!(needed(0.3, 0.4, 9.0, (0.95, 0.8)), Some(201));
        assert_eq!(needed(0.3, 0.3, 1.0, (0.95, 0.8)), None);
    }

    #[test]
    fn the_interval_is_the_published_one() {
        // Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        for (hits, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (from, until) = wilson(hits, n, 0.95);
            assert!(
                (from - low).abs() < 5e-5 && (until - high).abs() < 5e-5,
                "{hits} of {n}: {from} {until}"
            );
        }
        assert_eq!(wilson(0, 0, 0.95), (0.0, 1.0));
    }
}
