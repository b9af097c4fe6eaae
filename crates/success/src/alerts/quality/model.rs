//! How right the rules and the score would have been: pure arithmetic over what was replayed.
//!
//! A customer is *lost* on the day its last subscription ends; one without subscriptions when its account is closed. Who has a
//! subscription again within thirty days was never gone; who comes back later begins anew. An alert is
//! *right* when the customer is lost within the horizon after the alert was opened, *wrong* when it is not, and *undecided* while
//! the horizon is not over. A loss is *warned of* when an alert was open on any day of the horizon before it.
//!
//! precision = right ÷ (right + wrong); recall = losses warned of ÷ losses; both with Wilson's interval at 95 %. Lead time is the
//! median of the days from the first sustained alert (open for a week) to the loss. Revenue-weighted recall at k: on every
//! checkpoint the customers are ranked, and the revenue of those among the first k that are lost within the horizon is counted
//! against the revenue of all that are; precision at k is the share of those first k that are lost. The base rate is the share of
//! customers on a checkpoint that are lost within the horizon. Stability is the share of weeks in which a customer's colour at the
//! end is another than at the beginning, of the weeks that have one at both ends.
//!
//! Days of warning, false alarms, revenue, stability, and what is counted over checkpoints have intervals by drawing customers
//! (`intervals.rs`).

use kit::day::Day;
use kit::stats::wilson;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;

use super::counting::{self, Span};
use super::intervals::{Between, Draws};
use super::rankings;
use crate::alerts::rules::WarningRuleId;
use crate::health::Band;

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "CountedShare")]
pub struct Share {
    /// How many.
    pub hits: u64,
    /// Of how many.
    pub n: u64,
    /// The lower end of its interval at 95 %: Wilson's, or of drawing customers where one may count more than once.
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
    /// Of how many losses that is the median.
    #[serde(default)]
    pub lead_n: u64,
    /// Its interval; null where too few losses say anything of it.
    #[serde(default)]
    pub lead_between: Option<Between>,
    /// Wrong alerts in a week.
    pub false_per_week: f64,
    /// The interval of that; null where there are too few.
    #[serde(default)]
    pub false_between: Option<Between>,
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
    /// The interval of that; null where nothing is to be said of it.
    #[serde(default)]
    pub revenue_between: Option<Between>,
    /// The share of the losses.
    pub losses: Share,
    /// Of those among the first, the share that was lost.
    #[serde(default)]
    pub precision: Share,
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
    /// Of the weeks of customers with a colour at both ends, those in which it became another.
    #[serde(default)]
    pub flips: Share,
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
    pub(super) confidence: Option<f64>,
    pub(super) band: Band,
    pub(super) last_used: Option<f64>,
    pub(super) last_touch: Option<f64>,
}

/// How often the colour of a customer became another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Colours {
    /// Weeks that have a colour at both ends.
    pub(super) weeks: u64,
    /// Those of them in which it became another.
    pub(super) flips: u64,
}

/// What was replayed of a customer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Case {
    pub(super) account: AccountId,
    pub(super) lost: Option<Day>,
    pub(super) episodes: Vec<Episode>,
    pub(super) points: Vec<Point>,
    pub(super) colours: Colours,
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
    pub(super) fn warnings(&self, horizon: i64, of: Option<WarningRuleId>) -> impl Iterator<Item = &Episode> {
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
    let draws = Draws::of(cases);
    let base = base(cases, (decided, ask.horizon), &draws);
    let span = Span {
        from,
        until,
        horizon: ask.horizon,
    };
    let measure = |rule: Option<WarningRuleId>| counting::quality(cases, rule, span, &base, &draws);
    Report {
        from,
        until,
        ask,
        customers: draws.customers(),
        lost: cases.iter().filter(|case| case.lost.is_some()).count() as u64,
        whole: measure(None),
        rules: rules.iter().map(|rule| measure(Some(*rule))).collect(),
        rankings: rankings::rankings(cases, decided, ask, &draws),
        bands: bands(cases, (decided, ask.horizon), &draws),
        flips: counting::flips(cases, &draws),
        base,
    }
}

fn base(cases: &[Case], span: (Day, i64), draws: &Draws) -> Share {
    lost_after(cases, |_| true, span, draws)
}

fn bands(cases: &[Case], span: (Day, i64), draws: &Draws) -> Vec<Calibration> {
    let of = |band: Band| Calibration {
        band,
        lost: lost_after(cases, |point| point.band == band, span, draws),
    };
    Band::ALL.map(of).to_vec()
}

/// Of the customers on decided checkpoints that are of some kind, those that were lost within the horizon.
fn lost_after(
    cases: &[Case],
    is_of: impl Fn(&Point) -> bool,
    (decided, horizon): (Day, i64),
    draws: &Draws,
) -> Share {
    let points = cases
        .iter()
        .flat_map(|case| case.points.iter().map(move |point| (case, point)));
    let within = points.filter(|(_, point)| is_of(point) && point.day <= decided);
    draws.counted(within.map(|(case, point)| {
        let is_lost = case.is_lost_after(point.day, horizon);
        (draws.unit(case), u64::from(is_lost), 1)
    }))
}

#[cfg(test)]
mod tests;
