//! Special functions that the models share.

use statrs::function::gamma::ln_gamma;

/// How many terms of a series are summed at most.
const TERMS: u32 = 200_000;

/// The logarithm of the beta function.
pub(super) fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// The logarithm of `exp(a) + exp(b)`.
pub(super) fn ln_add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if high == f64::NEG_INFINITY {
        return high;
    }
    high + (low - high).exp().ln_1p()
}

/// Gauss' hypergeometric function for 0 ≤ z < 1 and c > 0, as a factor and the logarithm of its scale: `factor × exp(scale)`.
///
/// Where a + b is larger than c, the terms grow before they shrink; Euler's transform
/// `F(a, b; c; z) = (1 − z)^(c − a − b) F(c − a, c − b; c; z)` puts the growth into the scale.
pub(super) fn hypergeometric(a: f64, b: f64, c: f64, z: f64) -> (f64, f64) {
    if a + b > c {
        (series(c - a, c - b, c, z), (c - a - b) * (1.0 - z).ln())
    } else {
        (series(a, b, c, z), 0.0)
    }
}

fn series(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 0..TERMS {
        let k = f64::from(k);
        term *= (a + k) * (b + k) / (c + k) * z / (k + 1.0);
        sum += term;
        if term.abs() <= sum.abs() * 1e-15 {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(a: f64, b: f64, c: f64, z: f64) -> f64 {
        let (factor, scale) = hypergeometric(a, b, c, z);
        factor * scale.exp()
    }

    /// F(1, 1; 2; z) is −ln(1 − z) / z; F(a, b; b; z) is (1 − z)^−a.
    #[test]
    fn the_hypergeometric_function_agrees_with_closed_forms() {
        for z in [0.01, 0.3, 0.5, 0.9, 0.999] {
            let logarithm = -(1.0_f64 - z).ln() / z;
            assert!((value(1.0, 1.0, 2.0, z) / logarithm - 1.0).abs() < 1e-10, "{z}");
            let power = (1.0_f64 - z).powf(-2.5);
            assert!((value(2.5, 0.7, 0.7, z) / power - 1.0).abs() < 1e-9, "{z}");
        }
    }

    #[test]
    fn large_parameters_do_not_overflow() {
        let (factor, scale) = hypergeometric(2_000.0, 2_001.0, 2_002.5, 0.8);
        assert!(factor.is_finite() && scale.is_finite() && scale > 700.0);
    }

    #[test]
    fn logarithms_add_up_beyond_what_their_numbers_can() {
        assert!((ln_add(-1_000.0, -1_000.0) - (-1_000.0 + 2.0_f64.ln())).abs() < 1e-12);
        assert_eq!(ln_add(f64::NEG_INFINITY, 3.0), 3.0);
        assert_eq!(ln_add(f64::NEG_INFINITY, f64::NEG_INFINITY), f64::NEG_INFINITY);
    }
}
