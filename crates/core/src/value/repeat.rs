//! What repeat orders are worth: how many more by BG/NBD (Fader, Hardie and Lee 2005), how much each by gamma-gamma (Fader
//! and Hardie 2013), discounted, up to a horizon.
//!
//! Orders of one day are one. Time is in weeks. The model is made twice: from all orders, and from those of the first two
//! thirds of the time alone, whose word about the last third is held against what happened.

use kit::day::Day;
use kit::stats::{BgNbd, GammaGamma, Purchases, Spending, rank_correlation};
use serde::{Deserialize, Serialize};

use super::checks::{Check, CheckKind, Verdict};
use super::model::{Outcome, Refusal, RepeatReason, Settings};
use crate::accounts::AccountId;

/// How many accounts with an order it takes.
const ACCOUNTS: i64 = 60;
/// How many of them must have ordered again.
const REPEATERS: i64 = 30;
/// How many weeks must lie behind.
const WEEKS: i64 = 26;
/// How many points the plot has.
const POINTS: usize = 26;
/// The weeks of a year.
const YEAR: f64 = 365.25 / 7.0;

/// An account that orders: its days, the first one first, and what each brought in minor units of the reporting currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Buyer {
    /// Who.
    pub account: AccountId,
    /// One day at least.
    pub days: Vec<(Day, i64)>,
}

/// The models, and what they say beside what happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RepeatModel {
    /// How many accounts it was made from.
    pub accounts: i64,
    /// How many of them have ordered again.
    pub repeaters: i64,
    /// The parameters of BG/NBD: r, α, a, b. Time is in weeks.
    pub purchases: [f64; 4],
    /// How likely the orders are under it, as a logarithm.
    pub purchases_log_likelihood: f64,
    /// The parameters of gamma-gamma: p, q, γ. Amounts are in major units.
    pub spending: [f64; 3],
    /// How likely the amounts are under it, as a logarithm.
    pub spending_log_likelihood: f64,
    /// What is held against what happened.
    pub hold_out: HoldOut,
    /// Whether what it assumes holds.
    pub checks: Vec<Check>,
}

/// What the model of the earlier time says of the later, beside what happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HoldOut {
    /// The day after which nothing was known to the model.
    pub split: Day,
    /// How many repeat orders it expected after it.
    pub predicted: f64,
    /// How many there were.
    pub actual: i64,
    /// By how many orders it is wrong for an account, on average.
    pub mean_error: f64,
    /// The root of the mean square of that.
    pub root_square_error: f64,
    /// Repeat orders until a day, those that happened and those expected.
    pub cumulative: Vec<(Day, i64, f64)>,
}

impl Buyer {
    /// What the model takes: as it was on `day`, which is not before the first order.
    fn until(&self, day: Day) -> Purchases {
        let seen = self.days.iter().take_while(|(on, _)| *on <= day);
        let (mut last, mut count) = (self.days[0].0, 0_u32);
        for (on, _) in seen {
            last = *on;
            count += 1;
        }
        Purchases {
            repeats: count.saturating_sub(1),
            last: weeks(self.days[0].0, last),
            age: weeks(self.days[0].0, day),
        }
    }

    /// How often it has ordered again after `from`, until `until`.
    fn repeats_between(&self, from: Day, until: Day) -> i64 {
        let later = self.days.iter().skip(1);
        later.filter(|(day, _)| *day > from && *day <= until).count() as i64
    }

    /// What its repeat orders brought on average, in major units; none without any, or when they brought nothing.
    fn spending(&self, scale: f64) -> Option<Spending> {
        let repeats = &self.days[1..];
        let sum: i64 = repeats.iter().map(|(_, amount)| amount).sum();
        (sum > 0).then(|| Spending {
            purchases: u32::try_from(repeats.len()).unwrap_or(u32::MAX),
            mean: sum as f64 / scale / repeats.len() as f64,
        })
    }
}

impl RepeatModel {
    /// The model of how often, in the form that computes.
    pub fn distribution(&self) -> BgNbd {
        let [r, alpha, a, b] = self.purchases;
        BgNbd {
            r,
            alpha,
            a,
            b,
            log_likelihood: self.purchases_log_likelihood,
        }
    }

    /// The model of how much, in the form that computes.
    pub fn amounts(&self) -> GammaGamma {
        let [p, q, gamma] = self.spending;
        GammaGamma {
            p,
            q,
            gamma,
            log_likelihood: self.spending_log_likelihood,
        }
    }
}

/// The model of these buyers as of `today`; `scale` is how many minor units make a major one.
pub fn fit(buyers: &[Buyer], today: Day, scale: i64) -> Outcome<RepeatModel> {
    let first = buyers.iter().map(|buyer| buyer.days[0].0).min().unwrap_or(today);
    if let Some(refusal) = refusal(buyers, first.days_until(today) / 7) {
        return Outcome::Refused(refusal);
    }
    let all: Vec<Purchases> = buyers.iter().map(|buyer| buyer.until(today)).collect();
    let spending: Vec<Spending> = buyers
        .iter()
        .filter_map(|buyer| buyer.spending(scale as f64))
        .collect();
    let fitted = BgNbd::fit(&all)
        .and_then(|purchases| Ok((purchases, GammaGamma::fit(&spending)?)))
        .ok();
    let held = hold_out(buyers, first, today);
    let Some(((purchases, amounts), hold_out)) = fitted.zip(held) else {
        return Outcome::Refused(Refusal::NoFit);
    };
    let repeaters = repeaters(buyers);
    Outcome::Fitted(RepeatModel {
        accounts: buyers.len() as i64,
        repeaters,
        purchases: [purchases.r, purchases.alpha, purchases.a, purchases.b],
        purchases_log_likelihood: purchases.log_likelihood,
        spending: [amounts.p, amounts.q, amounts.gamma],
        spending_log_likelihood: amounts.log_likelihood,
        checks: checks(&spending, (repeaters, buyers.len()), &hold_out),
        hold_out,
    })
}

/// What a buyer is worth as of `today`.
pub fn worth(
    buyer: &Buyer,
    model: &RepeatModel,
    today: Day,
    (settings, scale): (Settings, i64),
) -> RepeatReason {
    let (distribution, amounts) = (model.distribution(), model.amounts());
    let purchases = buyer.until(today);
    let known = buyer.spending(scale as f64).unwrap_or(Spending {
        purchases: 0,
        mean: 0.0,
    });
    // Without a mean of all, what is known of this one must do.
    let spend = amounts.expected(&known).unwrap_or(known.mean) * scale as f64;
    let quarter = YEAR / 4.0;
    let (mut before, mut orders, mut worth) = (0.0, 0.0, 0.0);
    for number in 1..=(settings.horizon_months + 2) / 3 {
        let months = (number * 3).min(settings.horizon_months) as f64;
        let until = distribution.expected(&purchases, months / 3.0 * quarter);
        worth += (until - before) * settings.today((months / 12.0 - 0.125).max(0.0));
        (before, orders) = (until, until);
    }
    RepeatReason {
        worth: (worth * spend * settings.margin_share()).round() as i64,
        orders: buyer.days.len() as i64,
        last: buyer.days[buyer.days.len() - 1].0,
        alive: distribution.alive(&purchases),
        expected: orders,
        spend: spend.round() as i64,
    }
}

fn weeks(from: Day, until: Day) -> f64 {
    from.days_until(until).max(0) as f64 / 7.0
}

fn repeaters(buyers: &[Buyer]) -> i64 {
    buyers.iter().filter(|buyer| buyer.days.len() > 1).count() as i64
}

fn refusal(buyers: &[Buyer], past: i64) -> Option<Refusal> {
    let (accounts, again) = (buyers.len() as i64, repeaters(buyers));
    if accounts < ACCOUNTS {
        Some(Refusal::TooFewAccounts {
            given: accounts,
            needed: ACCOUNTS,
        })
    } else if again < REPEATERS {
        Some(Refusal::TooFewRepeaters {
            given: again,
            needed: REPEATERS,
        })
    } else if past < WEEKS {
        Some(Refusal::TooShort {
            given: past,
            needed: WEEKS,
        })
    } else {
        None
    }
}

/// The model of the first two thirds of the time, held against the last.
fn hold_out(buyers: &[Buyer], first: Day, today: Day) -> Option<HoldOut> {
    let split = today.plus_days(-first.days_until(today) / 3);
    let known: Vec<&Buyer> = buyers.iter().filter(|buyer| buyer.days[0].0 <= split).collect();
    let earlier: Vec<Purchases> = known.iter().map(|buyer| buyer.until(split)).collect();
    let model = BgNbd::fit(&earlier).ok()?;
    let ahead = weeks(split, today);
    let (mut predicted, mut actual, mut errors, mut squares) = (0.0, 0, 0.0, 0.0);
    for (buyer, purchases) in known.iter().zip(&earlier) {
        let (said, happened) = (
            model.expected(purchases, ahead),
            buyer.repeats_between(split, today),
        );
        predicted += said;
        actual += happened;
        errors += (said - happened as f64).abs();
        squares += (said - happened as f64).powi(2);
    }
    let count = known.len() as f64;
    Some(HoldOut {
        split,
        predicted,
        actual,
        mean_error: errors / count,
        root_square_error: (squares / count).sqrt(),
        cumulative: cumulative(&known, &model, first, today),
    })
}

/// Repeat orders of `known` until each of a few days, beside what the model expects of somebody new at their first order.
fn cumulative(known: &[&Buyer], model: &BgNbd, first: Day, today: Day) -> Vec<(Day, i64, f64)> {
    let whole = first.days_until(today);
    let point = |number: usize| {
        let day = first.plus_days(whole * number as i64 / (POINTS as i64 - 1));
        let happened = known.iter().map(|buyer| buyer.repeats_between(first, day)).sum();
        let said = known
            .iter()
            .filter(|buyer| buyer.days[0].0 < day)
            .map(|buyer| model.expected_of_new(weeks(buyer.days[0].0, day)));
        (day, happened, said.sum())
    };
    (0..POINTS).map(point).collect()
}

fn checks(spending: &[Spending], (repeaters, accounts): (i64, usize), hold_out: &HoldOut) -> Vec<Check> {
    let pairs: Vec<(f64, f64)> = spending
        .iter()
        .map(|one| (f64::from(one.purchases), one.mean))
        .collect();
    let correlation = rank_correlation(&pairs).unwrap_or(0.0);
    let worthless = repeaters - spending.len() as i64;
    let actual = hold_out.actual as f64;
    let wrong = (hold_out.predicted - actual).abs() / actual.max(1.0);
    vec![
        Check {
            kind: CheckKind::Enough,
            found: repeaters as f64,
            beside: accounts as f64,
            verdict: Verdict::of(1.0 / repeaters as f64, (1.0 / 100.0, 1.0 / 50.0)),
        },
        Check {
            kind: CheckKind::Independence,
            found: correlation,
            beside: pairs.len() as f64,
            verdict: Verdict::of(correlation.abs(), (0.15, 0.3)),
        },
        Check {
            kind: CheckKind::Worthless,
            found: worthless as f64,
            beside: repeaters as f64,
            verdict: Verdict::of(worthless as f64 / repeaters.max(1) as f64, (0.02, 0.1)),
        },
        Check {
            kind: CheckKind::HoldOut,
            found: hold_out.predicted,
            beside: actual,
            verdict: Verdict::of(wrong, (0.15, 0.3)),
        },
    ]
}
