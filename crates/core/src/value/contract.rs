//! What contracts are worth: renewals by the shifted beta-geometric model (Fader and Hardie 2007), discounted as in their
//! *Customer-base valuation in a contractual setting* (2010), up to a horizon.
//!
//! A *tenure* is how long an account has been under contract: from the first day of its first subscription to the end of
//! its last. One that went and came back within it counts as having stayed. Terms of the most common length are modelled;
//! accounts with others are left out, and how many is said.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::stats::{Cohort, ShiftedBetaGeometric};
use serde::{Deserialize, Serialize};

use super::checks::{Check, CheckKind, Verdict};
use super::model::{ContractReason, Outcome, Refusal, Settings};
use crate::accounts::AccountId;

/// How many accounts with a whole term behind them it takes.
const ACCOUNTS: i64 = 50;
/// How many of them must have left.
const LOSSES: i64 = 10;
/// How many terms the longest must have.
const TERMS: i64 = 2;
/// More terms than these are cut off.
const MOST_TERMS: i64 = 60;
/// The days of a year.
const YEAR: f64 = 365.25;

/// How long an account has been under contract, and what it pays now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Whose.
    pub account: AccountId,
    /// The first day of its first subscription.
    pub starts: Day,
    /// The first day without any, where that is known.
    pub ends: Option<Day>,
    /// How many months a term of its first subscription has.
    pub term_months: i64,
    /// What it brings in a year, in minor units of the reporting currency.
    pub yearly: i64,
}

/// The model, and what it says beside what happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContractModel {
    /// How many accounts it was made from.
    pub accounts: i64,
    /// How many of them have left.
    pub lost: i64,
    /// How many months a term has.
    pub term_months: i64,
    /// The first parameter of the chances to leave.
    pub alpha: f64,
    /// The second one.
    pub beta: f64,
    /// How likely the data are under it, as a logarithm.
    pub log_likelihood: f64,
    /// The share still there after 0, 1, 2 … terms, and the share that the model expects.
    pub survival: Vec<(f64, f64)>,
    /// Whether what it assumes holds.
    pub checks: Vec<Check>,
}

impl ContractModel {
    /// The model in the form that computes.
    pub fn distribution(&self) -> ShiftedBetaGeometric {
        ShiftedBetaGeometric {
            alpha: self.alpha,
            beta: self.beta,
            log_likelihood: self.log_likelihood,
        }
    }
}

/// The model of these tenures as of `today`.
pub fn fit(tenures: &[Tenure], today: Day) -> Outcome<ContractModel> {
    let Some(term_months) = usual_term(tenures) else {
        return Outcome::Refused(Refusal::TooFewAccounts {
            given: 0,
            needed: ACCOUNTS,
        });
    };
    let of_term: Vec<&Tenure> = tenures
        .iter()
        .filter(|one| one.term_months == term_months)
        .collect();
    let cohorts = cohorts(&of_term, today);
    if let Some(refusal) = refusal(&cohorts) {
        return Outcome::Refused(refusal);
    }
    let Ok(model) = ShiftedBetaGeometric::fit(&cohorts) else {
        return Outcome::Refused(Refusal::NoFit);
    };
    let (accounts, lost) = sizes(&cohorts);
    Outcome::Fitted(ContractModel {
        accounts,
        lost,
        term_months,
        alpha: model.alpha,
        beta: model.beta,
        log_likelihood: model.log_likelihood,
        survival: survival(&cohorts, &model),
        checks: vec![
            Check {
                kind: CheckKind::Enough,
                found: lost as f64,
                beside: accounts as f64,
                verdict: Verdict::of(1.0 / lost as f64, (1.0 / 50.0, 1.0 / 20.0)),
            },
            at_renewal(&of_term, today),
            Check {
                kind: CheckKind::OtherTerms,
                found: (tenures.len() - of_term.len()) as f64,
                beside: tenures.len() as f64,
                verdict: Verdict::of(1.0 - of_term.len() as f64 / tenures.len() as f64, (0.1, 0.3)),
            },
        ],
    })
}

/// What an account under contract is worth as of `today`; `None` for one that has left or will.
pub fn worth(
    tenure: &Tenure,
    model: &ContractModel,
    today: Day,
    settings: Settings,
) -> Option<ContractReason> {
    if tenure.ends.is_some() || tenure.term_months != model.term_months || tenure.starts > today {
        return None;
    }
    let term = model.term_months;
    let renewed = terms_passed(tenure.starts, term, today);
    let renewals = (renewed + 1..).map(|number| tenure.starts.plus_months(term * number));
    let horizon = today.plus_months(settings.horizon_months);
    let years = renewals
        .take_while(|day| *day <= horizon)
        .map(|day| today.days_until(day) as f64 / YEAR);
    let distribution = model.distribution();
    let known = u32::try_from(renewed).unwrap_or(u32::MAX - 1);
    let terms = discounted_terms(&distribution, known, years, settings);
    let revenue = kit::money::portion(tenure.yearly, term, 12)?;
    Some(ContractReason {
        worth: (revenue as f64 * terms * settings.margin_share()).round() as i64,
        revenue,
        renewed,
        renews: tenure.starts.plus_months(term * (renewed + 1)),
        chance: distribution.retention(known + 1),
        terms,
    })
}

/// How many terms are expected of somebody who has renewed `renewed` times, when the next renewals are so many years
/// ahead; each counts by what money of then is worth today.
pub fn discounted_terms(
    model: &ShiftedBetaGeometric,
    renewed: u32,
    years: impl Iterator<Item = f64>,
    settings: Settings,
) -> f64 {
    let (mut stays, mut sum) = (1.0, 0.0);
    for (number, years) in (renewed + 1..).zip(years) {
        stays *= model.retention(number);
        sum += stays * settings.today(years);
    }
    sum
}

/// The most common length of terms.
fn usual_term(tenures: &[Tenure]) -> Option<i64> {
    let mut counts = BTreeMap::<i64, usize>::new();
    for tenure in tenures {
        *counts.entry(tenure.term_months).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(term, count)| (*count, *term));
    most.map(|(term, _)| term)
}

/// How many whole terms lie between two days.
fn terms_passed(starts: Day, term_months: i64, day: Day) -> i64 {
    let about = starts.months_until(day) / term_months;
    let passed = |terms: i64| starts.plus_months(term_months * terms) <= day;
    if passed(about) {
        about.max(0)
    } else {
        (about - 1).max(0)
    }
}

/// Those who could be watched for the same number of terms, together.
fn cohorts(tenures: &[&Tenure], today: Day) -> Vec<Cohort> {
    let mut by_age = BTreeMap::<i64, Vec<f64>>::new();
    for tenure in tenures {
        let age = terms_passed(tenure.starts, tenure.term_months, today).min(MOST_TERMS);
        if age < 1 {
            continue;
        }
        let size = usize::try_from(age + 1).expect("terms are few");
        let alive = by_age.entry(age).or_insert_with(|| vec![0.0; size]);
        for (place, count) in (0_i64..).zip(alive) {
            let day = tenure.starts.plus_months(tenure.term_months * place);
            if place == 0 || tenure.ends.is_none_or(|end| end > day) {
                *count += 1.0;
            }
        }
    }
    by_age.into_values().map(|alive| Cohort { alive }).collect()
}

fn sizes(cohorts: &[Cohort]) -> (i64, i64) {
    let ends = cohorts
        .iter()
        .map(|cohort| (cohort.alive[0], cohort.alive[cohort.alive.len() - 1]));
    let (all, left) = ends.fold((0.0, 0.0), |(all, left), (first, last)| {
        (all + first, left + last)
    });
    (all as i64, (all - left) as i64)
}

fn refusal(cohorts: &[Cohort]) -> Option<Refusal> {
    let (accounts, lost) = sizes(cohorts);
    let longest = cohorts
        .iter()
        .map(|cohort| cohort.alive.len() as i64 - 1)
        .max()
        .unwrap_or(0);
    if accounts < ACCOUNTS {
        Some(Refusal::TooFewAccounts {
            given: accounts,
            needed: ACCOUNTS,
        })
    } else if longest < TERMS {
        Some(Refusal::TooShort {
            given: longest,
            needed: TERMS,
        })
    } else if lost < LOSSES {
        Some(Refusal::TooFewLosses {
            given: lost,
            needed: LOSSES,
        })
    } else {
        None
    }
}

/// The share still there after each number of terms, of those who could be watched so long, and what is expected.
fn survival(cohorts: &[Cohort], model: &ShiftedBetaGeometric) -> Vec<(f64, f64)> {
    let longest = cohorts.iter().map(|cohort| cohort.alive.len()).max().unwrap_or(1);
    let mut stays = 1.0;
    let mut shares = vec![(1.0, 1.0)];
    for terms in 1..longest {
        let pairs = cohorts
            .iter()
            .filter_map(|cohort| Some((cohort.alive[terms - 1], *cohort.alive.get(terms)?)));
        let (before, after) = pairs.fold((0.0, 0.0), |(a, b), (before, after)| (a + before, b + after));
        if before <= 0.0 {
            break;
        }
        stays *= after / before;
        shares.push((stays, model.survival(u32::try_from(terms).unwrap_or(u32::MAX))));
    }
    shares
}

/// The share of ends that fell on a renewal.
fn at_renewal(tenures: &[&Tenure], today: Day) -> Check {
    let ends: Vec<(&&Tenure, Day)> = tenures
        .iter()
        .filter_map(|tenure| Some((tenure, tenure.ends.filter(|end| *end <= today)?)))
        .collect();
    let on_time = ends.iter().filter(|(tenure, end)| {
        let terms = terms_passed(tenure.starts, tenure.term_months, *end);
        terms > 0 && tenure.starts.plus_months(tenure.term_months * terms) == *end
    });
    let (found, all) = (on_time.count() as f64, ends.len() as f64);
    let off = if all > 0.0 { 1.0 - found / all } else { 0.0 };
    Check {
        kind: CheckKind::AtRenewal,
        found,
        beside: all,
        verdict: Verdict::of(off, (0.2, 0.6)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// The "High End" cohort of Fader and Hardie (2007), as 1000 tenures of yearly terms.
    fn published() -> Vec<Tenure> {
        let alive = [1_000, 869, 743, 653, 593, 551, 517, 491];
        let starts = day("2019-01-01");
        let ends = (1..8).flat_map(|year| {
            let lost = alive[year - 1] - alive[year];
            std::iter::repeat_n(Some(starts.plus_months(12 * year as i64)), lost)
        });
        let tenure = |ends| Tenure {
            account: AccountId::from_uuid(kit::id::Uuid::nil()),
            starts,
            ends,
            term_months: 12,
            yearly: 120_000,
        };
        ends.chain(std::iter::repeat_n(None, 491)).map(tenure).collect()
    }

    use kit::id::TypedId;

    #[test]
    fn the_published_cohort_gives_the_published_model() {
        let Outcome::Fitted(model) = fit(&published(), day("2026-06-01")) else {
            panic!("there is enough")
        };
        assert!(
            (model.alpha - 0.668).abs() < 1e-3 && (model.beta - 3.806).abs() < 5e-3,
            "{model:?}"
        );
        assert!((model.log_likelihood + 1_611.158).abs() < 1e-3);
        assert_eq!(
            (model.accounts, model.lost, model.survival.len()),
            (1_000, 509, 8)
        );
        assert!((model.survival[7].0 - 0.491).abs() < 1e-12);
        assert_eq!(model.checks[1].found, 509.0);
    }

    #[test]
    fn far_ahead_the_discounted_terms_are_the_published_residual_lifetime() {
        let Outcome::Fitted(model) = fit(&published(), day("2026-06-01")) else {
            panic!("there is enough")
        };
        let settings = Settings {
            discount: 1_000,
            ..Settings::default()
        };
        for (renewed, published) in (0..).zip([5.4149, 5.9018, 6.2943, 6.6203, 6.8971]) {
            let terms = discounted_terms(
                &model.distribution(),
                renewed,
                (0..2_000).map(f64::from),
                settings,
            );
            assert!((terms - published).abs() < 5e-3, "{renewed}: {terms}");
        }
    }

    #[test]
    fn an_account_is_worth_the_renewals_until_the_horizon() {
        let today = day("2026-06-01");
        let tenures = published();
        let Outcome::Fitted(model) = fit(&tenures, today) else {
            panic!("there is enough")
        };
        let settings = Settings {
            margin: 5_000,
            discount: 0,
            horizon_months: 24,
        };
        let reason = worth(&tenures[999], &model, today, settings).unwrap();
        assert_eq!(
            (reason.renewed, reason.renews, reason.revenue),
            (7, day("2027-01-01"), 120_000)
        );
        let distribution = model.distribution();
        let terms = distribution.retention(8) * (1.0 + distribution.retention(9));
        assert!((reason.terms - terms).abs() < 1e-12 && reason.chance == distribution.retention(8));
        assert_eq!(reason.worth, (60_000.0 * terms).round() as i64);
        assert_eq!(worth(&tenures[0], &model, today, settings), None);
    }

    #[test]
    fn too_little_is_refused_with_numbers() {
        let few: Vec<Tenure> = published().into_iter().step_by(100).collect();
        let today = day("2026-06-01");
        assert_eq!(
            fit(&few, today).refused(),
            Some(&Refusal::TooFewAccounts {
                given: 10,
                needed: 50
            })
        );
        assert_eq!(
            fit(&published(), day("2020-06-01")).refused(),
            Some(&Refusal::TooShort { given: 1, needed: 2 })
        );
        let stayed: Vec<Tenure> = published().into_iter().rev().take(400).collect();
        assert_eq!(
            fit(&stayed, today).refused(),
            Some(&Refusal::TooFewLosses { given: 0, needed: 10 })
        );
        assert!(fit(&[], today).refused().is_some());
    }
}
