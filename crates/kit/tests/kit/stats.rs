//! The models give on published data what was published.

use kit::stats::{
    BgNbd, Cohort, GammaGamma, Observation, Purchases, ShiftedBetaGeometric, Spending, StatsError,
    kaplan_meier, log_rank, rank_correlation,
};

/// A customer of CDNOW: what the models see, the mean of their repeat purchases, and what came in the 39 weeks after.
struct Customer {
    purchases: Purchases,
    mean: f64,
    held_out: f64,
}

fn cdnow() -> Vec<Customer> {
    let lines = include_str!("../data/cdnow.csv").lines().skip(1);
    lines
        .map(|line| {
            let numbers: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
            Customer {
                purchases: Purchases {
                    repeats: numbers[0] as u32,
                    last: numbers[1],
                    age: numbers[2],
                },
                mean: numbers[3],
                held_out: numbers[4],
            }
        })
        .collect()
}

fn cdnow_model() -> BgNbd {
    let customers: Vec<Purchases> = cdnow().iter().map(|one| one.purchases).collect();
    BgNbd::fit(&customers).unwrap()
}

fn waltons(group: Option<&str>) -> Vec<Observation> {
    let lines = include_str!("../data/waltons.csv").lines().skip(1);
    let cells = lines.map(|line| line.split(',').collect::<Vec<_>>());
    cells
        .filter(|cells| group.is_none_or(|group| cells[2] == group))
        .map(|cells| Observation {
            time: cells[0].parse().unwrap(),
            ended: cells[1] == "1",
        })
        .collect()
}

fn high_end() -> ShiftedBetaGeometric {
    let shares = [100.0, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1];
    let alive = shares.iter().map(|share| share * 10.0).collect();
    ShiftedBetaGeometric::fit(&[Cohort { alive }]).unwrap()
}

#[track_caller]
fn near(value: f64, published: f64, within: f64) {
    assert!(
        (value - published).abs() <= within,
        "{value}, published {published}"
    );
}

#[test]
fn repeat_purchases_of_cdnow_fit_as_published() {
    let model = cdnow_model();
    near(model.r, 0.243, 0.000_6);
    near(model.alpha, 4.414, 0.000_6);
    near(model.a, 0.793, 0.000_6);
    near(model.b, 2.426, 0.001);
    near(model.log_likelihood, -9_582.425_6, 0.001);
}

#[test]
fn one_customer_of_cdnow_is_expected_to_buy_as_published() {
    let model = cdnow_model();
    let customer = Purchases {
        repeats: 2,
        last: 30.43,
        age: 38.86,
    };
    near(model.expected(&customer, 39.0), 1.226, 0.000_6);
    near(model.alive(&customer), 0.7266, 0.000_1);
}

#[test]
fn the_next_39_weeks_of_cdnow_are_foretold_as_well_as_published() {
    let (model, customers) = (cdnow_model(), cdnow());
    let foretold: Vec<f64> = customers
        .iter()
        .map(|one| model.expected(&one.purchases, 39.0))
        .collect();
    let errors = customers
        .iter()
        .zip(&foretold)
        .map(|(one, foretold)| foretold - one.held_out);
    let errors: Vec<f64> = errors.collect();
    let count = errors.len() as f64;
    let total: f64 = foretold.iter().sum();
    let absolute = errors.iter().map(|error| error.abs()).sum::<f64>() / count;
    let squared = (errors.iter().map(|error| error * error).sum::<f64>() / count).sqrt();
    near(total, 1_653.0, 1.0);
    near(absolute, 0.785, 0.000_6);
    near(squared, 1.608, 0.000_6);
}

#[test]
fn what_a_purchase_at_cdnow_brings_is_as_published() {
    let repeaters: Vec<Spending> = cdnow()
        .iter()
        .filter(|one| one.purchases.repeats > 0)
        .map(|one| Spending {
            purchases: one.purchases.repeats,
            mean: one.mean,
        })
        .collect();
    assert_eq!(repeaters.len(), 946);
    let model = GammaGamma::fit(&repeaters).unwrap();
    near(model.p, 6.25, 0.006);
    near(model.q, 3.74, 0.006);
    near(model.gamma, 15.45, 0.02);
    near(model.log_likelihood, -4_055.923, 0.001);
    near(model.population_mean().unwrap(), 35.17, 0.01);
    let pairs: Vec<(f64, f64)> = repeaters
        .iter()
        .map(|one| (f64::from(one.purchases), one.mean))
        .collect();
    near(
        rank_correlation(&pairs).unwrap(),
        slow_rank_correlation(&pairs),
        1e-12,
    );
    // One purchase says little: the estimate lies between it and the mean of all.
    let once = Spending {
        purchases: 1,
        mean: 100.0,
    };
    let expected = model.expected(&once).unwrap();
    assert!(35.2 < expected && expected < 100.0, "{expected}");
}

/// Pearson's correlation of ranks, each found by counting who lies below.
fn slow_rank_correlation(pairs: &[(f64, f64)]) -> f64 {
    let rank = |side: fn(&(f64, f64)) -> f64, one: &(f64, f64)| {
        let below = pairs.iter().filter(|other| side(other) < side(one)).count() as f64;
        let alike = pairs.iter().filter(|other| side(other) == side(one)).count() as f64;
        below + (alike + 1.0) / 2.0
    };
    let ranks: Vec<(f64, f64)> = pairs
        .iter()
        .map(|one| (rank(|pair| pair.0, one), rank(|pair| pair.1, one)))
        .collect();
    let count = ranks.len() as f64;
    let mean = |side: fn(&(f64, f64)) -> f64| ranks.iter().map(side).sum::<f64>() / count;
    let (first, second) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let together: f64 = ranks
        .iter()
        .map(|pair| (pair.0 - first) * (pair.1 - second))
        .sum();
    let ones: f64 = ranks.iter().map(|pair| (pair.0 - first).powi(2)).sum();
    let others: f64 = ranks.iter().map(|pair| (pair.1 - second).powi(2)).sum();
    together / (ones.sqrt() * others.sqrt())
}

#[test]
fn the_high_end_cohort_shrinks_as_published() {
    let model = high_end();
    near(model.alpha, 0.668, 0.000_6);
    near(model.beta, 3.806, 0.001);
    near(model.log_likelihood, -1_611.158, 0.001);
    for (period, published) in (8..).zip([46.04, 43.58, 41.42, 39.51, 37.80]) {
        near(model.survival(period) * 100.0, published, 0.006);
    }
    near(model.retention(1), 0.8507, 0.000_5);
    assert!(model.retention(5) > model.retention(1));
}

#[test]
fn renewals_to_come_are_worth_as_published() {
    let model = high_end();
    for (n, published) in (1..).zip([5.4149, 5.9018, 6.2943, 6.6203, 6.8971]) {
        near(model.discounted_residual_lifetime(n, 0.1), published, 0.002);
    }
}

#[test]
fn fruit_flies_live_as_published() {
    let all = kaplan_meier(&waltons(None)).unwrap();
    assert_eq!(all.median(), Some(56.0));
    near(all.survival(5.9), 1.0, 0.0);
    near(all.survival(6.0), 0.993_865, 5e-7);
    near(all.survival(8.5), 0.987_730, 5e-7);
    near(all.survival(9.0), 0.969_210, 5e-7);
    let (low, high) = all.interval(9.0, 0.95);
    assert!(
        0.9 < low && low < 0.969 && 0.97 < high && high < 1.0,
        "{low} {high}"
    );
    let (low, high) = all.median_interval(0.95);
    let (low, high) = (low.unwrap(), high.unwrap());
    assert!(low <= 56.0 && 56.0 <= high && high - low < 10.0, "{low} {high}");
    let test = log_rank(&waltons(Some("miR-137")), &waltons(Some("control"))).unwrap();
    near(test.chi_squared, 122.2491, 0.000_05);
    assert!(test.p < 1e-20);
}

#[test]
fn a_curve_ends_where_observation_ends() {
    let still = |time| Observation { time, ended: false };
    let gone = |time| Observation { time, ended: true };
    let curve = kaplan_meier(&[gone(1.0), still(2.0), still(3.0)]).unwrap();
    assert_eq!(curve.median(), None);
    near(curve.survival(10.0), 2.0 / 3.0, 1e-12);
    let all_gone = kaplan_meier(&[gone(1.0), gone(2.0)]).unwrap();
    assert_eq!((all_gone.median(), all_gone.survival(2.0)), (Some(1.0), 0.0));
    assert_eq!(all_gone.interval(2.0, 0.95), (0.0, 0.0));
    assert_eq!(
        all_gone.median_interval(0.95),
        (Some(1.0), None),
        "two say little"
    );
    assert_eq!(curve.median_interval(0.95).1, None);
    assert!(log_rank(&[still(1.0)], &[still(2.0)]).is_err());
}

#[test]
fn what_the_models_can_say_nothing_about_is_named() {
    assert_eq!(kaplan_meier(&[]), Err(StatsError::TooFew { needed: 1, given: 0 }));
    let backwards = Observation {
        time: -1.0,
        ended: true,
    };
    assert!(matches!(
        kaplan_meier(&[backwards]),
        Err(StatsError::Invalid { row: 1, .. })
    ));
    let grows = Cohort {
        alive: vec![10.0, 11.0, 9.0],
    };
    assert!(matches!(
        ShiftedBetaGeometric::fit(&[grows]),
        Err(StatsError::Invalid { row: 1, .. })
    ));
    let loyal = Cohort { alive: vec![10.0; 5] };
    assert!(matches!(
        ShiftedBetaGeometric::fit(&[loyal]),
        Err(StatsError::NoFit(_))
    ));
    let never = Purchases {
        repeats: 0,
        last: 0.0,
        age: 10.0,
    };
    assert!(matches!(BgNbd::fit(&[never; 20]), Err(StatsError::NoFit(_))));
    let mut late = [never; 20];
    late[7] = Purchases {
        repeats: 1,
        last: 11.0,
        age: 10.0,
    };
    assert!(matches!(
        BgNbd::fit(&late),
        Err(StatsError::Invalid { row: 8, .. })
    ));
    assert_eq!(
        BgNbd::fit(&[never]),
        Err(StatsError::TooFew { needed: 10, given: 1 })
    );
    let alike = Spending {
        purchases: 2,
        mean: 5.0,
    };
    assert!(matches!(GammaGamma::fit(&[alike; 20]), Err(StatsError::NoFit(_))));
    assert_eq!(rank_correlation(&[(1.0, 1.0), (2.0, 1.0), (3.0, 1.0)]), None);
    near(
        rank_correlation(&[(1.0, 9.0), (2.0, 16.0), (3.0, 25.0)]).unwrap(),
        1.0,
        1e-12,
    );
}
