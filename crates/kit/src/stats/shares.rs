//! How far a share that was counted may be from the true one: the score interval of Wilson, *Probable inference* (1927).

/// The interval of a share: `hits` of `n`, at a `confidence` such as 0.95; from 0 to 1 when there is nothing.
pub fn wilson(hits: u64, n: u64, confidence: f64) -> (f64, f64) {
    use statrs::distribution::{ContinuousCDF, Normal};
    if n == 0 {
        return (0.0, 1.0);
    }
    let z = Normal::standard().inverse_cdf(0.5 + confidence.clamp(0.0, 0.999_999) / 2.0);
    let (n, share) = (n as f64, hits.min(n) as f64 / n as f64);
    let middle = share + z * z / (2.0 * n);
    let reach = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z * z / n;
    (
        ((middle - reach) / whole).max(0.0),
        ((middle + reach) / whole).min(1.0),
    )
}

#[cfg(test)]
mod tests {
    use super::wilson;

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
