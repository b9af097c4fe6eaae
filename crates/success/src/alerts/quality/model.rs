//! How right the rules and the score would have been: pure arithmetic over what was replayed.
//!
//! A customer is *lost* on the day its last subscription ends; one without subscriptions when its account is closed. An alert is
//! *right* when the customer is lost within the horizon after the alert was opened, *wrong* when it is not, and *undecided* while
//! the horizon is not over. A loss is *warned of* when an alert was open on any day of the horizon before it.
//!
//! precision = right ÷ (right + wrong); recall = losses warned of ÷ losses; both with Wilson's interval at 95 %. Lead time is the
//! median of the days from the first sustained alert (open for a week) to the loss. Revenue-weighted recall at k: on every
//! checkpoint the customers are ranked, and the revenue of those among the first k that are lost within the horizon is counted
//! against the revenue of all that are. The base rate is the share of customers on a checkpoint that are lost within the horizon.

use kit::day::Day;
use kit::stats::{median, wilson};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;

use super::rankings;
use crate::alerts::rules::WarningRuleId;
use crate::health::Band;

/// Days for which an alert must be open to count as sustained.
const SUSTAINED: i64 = 7;
/// Decided alerts and losses below which nothing is said of a rule.
const LEAST_ALERTS: u64 = 10;
const LEAST_LOSSES: u64 = 5;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AlertQualityInput")]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Days within which a loss makes an alert right.
    #[schemars(range(min = 14, max = 180))]
    pub horizon: i64,
    /// How many accounts the team can work at a time.
    #[schemars(range(min = 1, max = 10_000))]
    pub reach: i64,
}

/// A share that was counted, with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "CountedShare")]
pub struct Share {
    /// How many.
    pub hits: u64,
    /// Of how many.
    pub n: u64,
    /// The lower end of Wilson's interval at 95 %.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What the past says of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RuleVerdict")]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// Its precision lies above the base rate, beyond chance.
    Better,
    /// It can't be told from chance.
    NoBetter,
    /// It opened no alert.
    NeverFired,
    /// Too few alerts or losses to say.
    TooFew,
}

/// How right a rule would have been, or all together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RuleQuality")]
pub struct Quality {
    /// The rule; null for all together.
    pub rule: Option<WarningRuleId>,
    /// Alerts that it would have opened.
    pub alerts: u64,
    /// Of the decided ones, those that were right.
    pub precision: Share,
    /// Of the losses, those that it would have warned of.
    pub recall: Share,
    /// Median days from the first sustained alert to the loss; null without any.
    pub lead_days: Option<f64>,
    /// Wrong alerts in a week.
    pub false_per_week: f64,
    /// What that says.
    pub judgement: Judgement,
}

/// How much of the lost revenue is among the first of a ranking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RankingQuality")]
pub struct Ranking {
    /// By what: `alerts`, `health`, or, to compare with, `revenue`, `last_used`, `last_touch`, `anyone`.
    pub by: String,
    /// The share of the revenue; null where none was lost.
    pub revenue: Option<f64>,
    /// The share of the losses.
    pub losses: Share,
}

/// How many customers of a band of health were lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "BandQuality")]
pub struct Calibration {
    /// The band on a checkpoint.
    pub band: Band,
    /// Of the customers in it, those that were lost within the horizon.
    pub lost: Share,
}

/// How right everything would have been.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AlertQuality")]
pub struct Report {
    /// The first day that was judged.
    pub from: Day,
    /// The last one.
    pub until: Day,
    /// What was asked.
    pub ask: Ask,
    /// Customers in that time.
    pub customers: u64,
    /// Customers that were lost.
    pub lost: u64,
    /// Of customers on checkpoints, those that were lost within the horizon.
    pub base: Share,
    /// All rules together.
    pub whole: Quality,
    /// Each rule.
    pub rules: Vec<Quality>,
    /// Who would have been worked on first.
    pub rankings: Vec<Ranking>,
    /// What the bands of health came to.
    pub bands: Vec<Calibration>,
}

/// An alert that would have been opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Episode {
    pub(super) rule: WarningRuleId,
    pub(super) opened: Day,
    /// When it would have closed; none while open at the end.
    pub(super) closed: Option<Day>,
}

/// A customer on a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) day: Day,
    pub(super) mrr: i64,
    pub(super) score: Option<f64>,
    pub(super) band: Band,
    pub(super) last_used: Option<f64>,
    pub(super) last_touch: Option<f64>,
}

/// What was replayed of a customer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Case {
    pub(super) account: AccountId,
    pub(super) lost: Option<Day>,
    pub(super) episodes: Vec<Episode>,
    pub(super) points: Vec<Point>,
}

impl Share {
    pub(super) fn of(hits: u64, n: u64) -> Self {
        let (low, high) = wilson(hits, n, 0.95);
        Self { hits, n, low, high }
    }

    /// The share; none of nothing.
    pub fn value(&self) -> Option<f64> {
        (self.n > 0).then(|| self.hits as f64 / self.n as f64)
    }
}

impl Judgement {
    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Better => "quality-better",
            Self::NoBetter => "quality-no-better",
            Self::NeverFired => "quality-never",
            Self::TooFew => "quality-too-few",
        }
    }

    /// How badges are toned.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Better => "good",
            Self::NoBetter => "bad",
            Self::NeverFired | Self::TooFew => "",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Better => "circle-check",
            Self::NoBetter => "circle-alert",
            Self::NeverFired | Self::TooFew => "ellipsis",
        }
    }
}

impl Case {
    /// Whether the customer was lost within the horizon after a day.
    pub(super) fn is_lost_after(&self, day: Day, horizon: i64) -> bool {
        self.lost
            .is_some_and(|lost| (1..=horizon).contains(&day.days_until(lost)))
    }

    /// The episodes that were open in the horizon before the loss.
    fn warnings(&self, horizon: i64, of: Option<WarningRuleId>) -> impl Iterator<Item = &Episode> {
        let lost = self.lost;
        self.episodes.iter().filter(move |one| {
            let is_of = of.is_none_or(|rule| rule == one.rule);
            is_of
                && lost.is_some_and(|lost| {
                    one.opened < lost && one.closed.is_none_or(|closed| closed > lost.plus_days(-horizon))
                })
        })
    }
}

/// How right the rules would have been.
pub(super) fn report(cases: &[Case], rules: &[WarningRuleId], (from, until): (Day, Day), ask: Ask) -> Report {
    let decided = until.plus_days(-ask.horizon);
    let base = base(cases, decided, ask.horizon);
    let measure = |rule: Option<WarningRuleId>| quality(cases, rule, (from, until), ask, &base);
    Report {
        from,
        until,
        ask,
        customers: cases.len() as u64,
        lost: cases.iter().filter(|case| case.lost.is_some()).count() as u64,
        whole: measure(None),
        rules: rules.iter().map(|rule| measure(Some(*rule))).collect(),
        rankings: rankings::rankings(cases, decided, ask),
        bands: bands(cases, decided, ask.horizon),
        base,
    }
}

fn base(cases: &[Case], decided: Day, horizon: i64) -> Share {
    let points = cases
        .iter()
        .flat_map(|case| case.points.iter().map(move |point| (case, point)));
    let points = points.filter(|(_, point)| point.day <= decided);
    let (mut hits, mut n) = (0, 0);
    for (case, point) in points {
        n += 1;
        hits += u64::from(case.is_lost_after(point.day, horizon));
    }
    Share::of(hits, n)
}

fn quality(
    cases: &[Case],
    rule: Option<WarningRuleId>,
    (from, until): (Day, Day),
    ask: Ask,
    base: &Share,
) -> Quality {
    let horizon = ask.horizon;
    let (mut alerts, mut right, mut wrong) = (0_u64, 0_u64, 0_u64);
    let (mut losses, mut warned) = (0_u64, 0_u64);
    let mut leads = Vec::new();
    for case in cases {
        for one in case
            .episodes
            .iter()
            .filter(|one| rule.is_none_or(|rule| rule == one.rule))
        {
            alerts += 1;
            // Not decided yet; to count those alone where the customer is lost already would make every rule look right.
            if one.opened.days_until(until) < horizon {
                continue;
            }
            match case.is_lost_after(one.opened, horizon) {
                true => right += 1,
                false => wrong += 1,
            }
        }
        let Some(lost) = case.lost else { continue };
        losses += 1;
        warned += u64::from(case.warnings(horizon, rule).next().is_some());
        let sustained = case.warnings(horizon, rule).filter(|one| {
            let end = one.closed.map_or(lost, |closed| closed.min(lost));
            one.opened.days_until(end) >= SUSTAINED
        });
        leads.extend(
            sustained
                .map(|one| one.opened)
                .min()
                .map(|opened| opened.days_until(lost) as f64),
        );
    }
    let precision = Share::of(right, right + wrong);
    let recall = Share::of(warned, losses);
    let judgement = match () {
        () if alerts == 0 => Judgement::NeverFired,
        () if precision.n < LEAST_ALERTS || losses < LEAST_LOSSES => Judgement::TooFew,
        () if precision.low > base.value().unwrap_or(0.0) => Judgement::Better,
        () => Judgement::NoBetter,
    };
    let weeks = (from.days_until(until.plus_days(-horizon)).max(7)) as f64 / 7.0;
    Quality {
        rule,
        alerts,
        precision,
        recall,
        lead_days: median(&mut leads),
        false_per_week: wrong as f64 / weeks,
        judgement,
    }
}

fn bands(cases: &[Case], decided: Day, horizon: i64) -> Vec<Calibration> {
    let of = |band: Band| {
        let points = cases
            .iter()
            .flat_map(|case| case.points.iter().map(move |point| (case, point)));
        let within = points.filter(|(_, point)| point.band == band && point.day <= decided);
        let (mut hits, mut n) = (0, 0);
        for (case, point) in within {
            n += 1;
            hits += u64::from(case.is_lost_after(point.day, horizon));
        }
        Calibration {
            band,
            lost: Share::of(hits, n),
        }
    };
    Band::ALL.map(of).to_vec()
}

#[cfg(test)]
mod tests;
