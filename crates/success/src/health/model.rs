//! How metrics become a score: pure rules, after PRODUCT.md's formula.
//!
//! score = Σ wₖfₖsₖ ÷ Σ wₖfₖ over the measures whose metric is known, with weight w, sub-score s of the measure's curve and
//! freshness f = 2^(−age ÷ half-life); confidence = Σ wₖfₖ ÷ Σ wₖ over all measures. Below the scorecard's floor of
//! confidence there is a number, but no colour. The weight of a measure in a group is its share of the group's weight.

mod grouping;
mod words;

use std::collections::BTreeMap;

use kit::day::Day;
use kit::stats::theil_sen;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::metrics::{Producers, Standing};

use super::HealthError;

pub use grouping::{Group, GroupScore, MOST_GROUPS, USUAL_GROUPS, group_shares, groups};
pub use words::{Band, Way};

/// Measures in one scorecard at most.
pub const MOST_MEASURES: usize = 30;
/// How many days the trend looks back.
pub const WINDOW: i64 = 28;
/// Points over the window below which no trend is said, however calm the score.
const LEAST_TREND: f64 = 3.0;
/// How metrics begin that follow from health: a score made of them would go round in a circle.
const OWN: &str = "health.";
/// The score of neither good nor bad: contributions are counted from it.
pub const NEUTRAL: f64 = 50.0;

/// One way of looking at an account: a metric, how much it counts, and which value is how good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The name of the metric.
    pub metric: String,
    /// The name of the group it stands in; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// How much it counts beside the others of its group, or of the scorecard where it stands in none: more than 0, at most 100.
    pub weight: f64,
    /// After how many days without news it counts half; null for never.
    pub half_life: Option<i64>,
    /// Points of a value and its score from 0 to 100, by value; between them a straight line, beyond them the nearest.
    pub curve: Vec<(f64, f64)>,
}

/// What a scorecard says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// What is looked at.
    pub measures: Vec<Measure>,
    /// The groups in which measures stand, each with its weight; none where measures stand by themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// The confidence, 0 to 1, below which no colour is shown.
    pub floor: f64,
    /// Scores below this are red.
    pub red_below: f64,
    /// Scores from this on are green.
    pub green_from: f64,
}

/// What a measure gave to a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// The name of the metric.
    pub metric: String,
    /// Its value on that day; null where it was not known.
    pub value: Option<f64>,
    /// From when what it rests on was; null for that day.
    pub as_of: Option<Day>,
    /// How good that is, 0 to 100; null where the value was not known.
    pub score: Option<f64>,
    /// The group of measures it stands in; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// How much it counts beside all others, its group's weight shared out.
    pub weight: f64,
    /// How fresh it was, 0 to 1.
    pub freshness: f64,
}

/// A score and all it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// From 0 to 100; none where nothing is known.
    pub score: Option<f64>,
    /// From 0 to 1.
    pub confidence: f64,
    /// What it says at a glance.
    pub band: Band,
    /// What it is made of, in the scorecard's order.
    pub parts: Vec<Part>,
}

impl Measure {
    /// How good a value is, 0 to 100.
    pub fn score(&self, value: f64) -> f64 {
        let (first, last) = match (self.curve.first(), self.curve.last()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => return NEUTRAL,
        };
        if value <= first.0 {
            return first.1;
        }
        if value >= last.0 {
            return last.1;
        }
        let between = self.curve.windows(2).find(|pair| value < pair[1].0);
        between.map_or(last.1, |pair| {
            let share = (value - pair[0].0) / (pair[1].0 - pair[0].0);
            pair[0].1 + share * (pair[1].1 - pair[0].1)
        })
    }

    /// How much of its weight counts when what it rests on is so many days old.
    pub fn freshness(&self, age: i64) -> f64 {
        match self.half_life {
            Some(half) if half > 0 => (-(age.max(0) as f64) / half as f64).exp2(),
            _ => 1.0,
        }
    }
}

impl Content {
    /// The content, if it makes sense.
    ///
    /// # Errors
    /// [`HealthError`] that names the measure, counted from 1.
    pub fn checked(self, producers: &Producers) -> Result<Self, HealthError> {
        if self.measures.is_empty() || self.measures.len() > MOST_MEASURES {
            return Err(HealthError::MeasureCount);
        }
        for (index, measure) in self.measures.iter().enumerate() {
            let number = index + 1;
            if measure.metric.starts_with(OWN) {
                return Err(HealthError::CircularMetric(number));
            }
            if producers.find(&measure.metric).is_none() {
                return Err(HealthError::UnknownMetric(number));
            }
            if self.measures[..index]
                .iter()
                .any(|other| other.metric == measure.metric)
            {
                return Err(HealthError::DoubleMetric(number));
            }
            if !(measure.weight > 0.0 && measure.weight <= 100.0) {
                return Err(HealthError::BadWeight(number));
            }
            if measure.half_life.is_some_and(|days| !(1..=3_650).contains(&days)) {
                return Err(HealthError::BadHalfLife(number));
            }
            if !is_curve(&measure.curve) {
                return Err(HealthError::BadCurve(number));
            }
        }
        grouping::check(&self)?;
        if !(0.0..=1.0).contains(&self.floor) {
            return Err(HealthError::BadFloor);
        }
        let is_range = |score: f64| (0.0..=100.0).contains(&score);
        if !is_range(self.red_below) || !is_range(self.green_from) || self.red_below > self.green_from {
            return Err(HealthError::BadBands);
        }
        Ok(self)
    }

    /// The score of an account with these metrics on `day`. The order of the metrics does not matter: the sums run in the
    /// order of the measures, so that the same input gives the same digits.
    pub fn score(&self, metrics: &BTreeMap<String, Standing>, producers: &Producers, day: Day) -> Scored {
        let weights = grouping::weights(self);
        let part = |(measure, weight): (&Measure, f64)| {
            let known = metrics.get(&measure.metric).zip(producers.find(&measure.metric));
            let value = known.map(|(held, metric)| metric.on(held.value, day));
            let as_of = known.and_then(|(held, _)| held.as_of);
            let age = as_of.map_or(0, |from| from.days_until(day));
            Part {
                metric: measure.metric.clone(),
                value,
                as_of,
                score: value.map(|value| measure.score(value)),
                group: measure.group.clone(),
                weight,
                freshness: measure.freshness(age),
            }
        };
        let parts: Vec<Part> = self.measures.iter().zip(weights).map(part).collect();
        let whole: f64 = parts.iter().map(|part| part.weight).sum();
        let (mut sum, mut counted) = (0.0, 0.0);
        for part in &parts {
            if let Some(score) = part.score {
                sum += part.weight * part.freshness * score;
                counted += part.weight * part.freshness;
            }
        }
        let score = (counted > 0.0).then(|| sum / counted);
        let confidence = if whole > 0.0 { counted / whole } else { 0.0 };
        Scored {
            score,
            confidence,
            band: self.band(score, confidence),
            parts,
        }
    }

    fn band(&self, score: Option<f64>, confidence: f64) -> Band {
        match score {
            Some(score) if confidence >= self.floor => match score {
                score if score < self.red_below => Band::Red,
                score if score >= self.green_from => Band::Green,
                _ => Band::Amber,
            },
            _ => Band::Unknown,
        }
    }
}

fn is_curve(points: &[(f64, f64)]) -> bool {
    let finite = points
        .iter()
        .all(|(value, score)| value.is_finite() && (0.0..=100.0).contains(score));
    let rising = points.windows(2).all(|pair| pair[0].0 < pair[1].0);
    (2..=20).contains(&points.len()) && finite && rising
}

/// What each part added to a score, or took from it, against neither good nor bad: together they are the score less
/// [`NEUTRAL`]. Parts without a value have none.
pub fn contributions(parts: &[Part]) -> Vec<(String, f64)> {
    shares(parts)
        .map(|(part, share, score)| (part.metric.clone(), share * (score - NEUTRAL)))
        .collect()
}

/// What each part changed between two scores: together they are the difference of the scores. What was in only one of them
/// counts too.
pub fn changes(before: &[Part], after: &[Part]) -> Vec<(String, f64)> {
    let mut by: BTreeMap<&str, f64> = BTreeMap::new();
    for (part, share, score) in shares(before) {
        *by.entry(&part.metric).or_default() -= share * (score - NEUTRAL);
    }
    for (part, share, score) in shares(after) {
        *by.entry(&part.metric).or_default() += share * (score - NEUTRAL);
    }
    let mut all: Vec<(String, f64)> = by.into_iter().map(|(name, by)| (name.to_owned(), by)).collect();
    all.retain(|(_, by)| by.abs() >= 0.05);
    all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    all
}

/// The metric that costs the most points; empty where nothing costs any.
pub fn reason(parts: &[Part]) -> String {
    let lost = shares(parts).map(|(part, share, score)| (part, share * (100.0 - score)));
    let worst = lost
        .filter(|(_, points)| *points >= 1.0)
        .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.metric.cmp(&a.0.metric)));
    worst.map(|(part, _)| part.metric.clone()).unwrap_or_default()
}

/// Each part with a value, its share of all that counts, and its score.
fn shares(parts: &[Part]) -> impl Iterator<Item = (&Part, f64, f64)> {
    let counts = |part: &Part| part.score.map_or(0.0, |_| part.weight * part.freshness);
    let whole: f64 = parts.iter().map(counts).sum();
    parts.iter().filter_map(move |part| {
        let score = part.score.filter(|_| whole > 0.0)?;
        Some((part, counts(part) / whole, score))
    })
}

/// Where scores go, one for each day of the window, the oldest first: the slope in points a week, and the way, which is flat
/// within the scores' own noise.
pub fn trend(days: &[Option<f64>]) -> (Option<f64>, Way) {
    let known = |(index, score): (usize, &Option<f64>)| score.map(|score| (index as f64, score));
    let points: Vec<(f64, f64)> = days.iter().enumerate().filter_map(known).collect();
    if points.len() < 8 {
        return (None, Way::Unknown);
    }
    let Some(line) = theil_sen(&points) else {
        return (None, Way::Unknown);
    };
    // Over the days that are known: a young account has not moved where nobody looked.
    let span = points[points.len() - 1].0 - points[0].0;
    let moved = line.slope * span;
    let band = (2.0 * line.noise).max(LEAST_TREND);
    let way = match moved {
        moved if moved > band => Way::Up,
        moved if moved < -band => Way::Down,
        _ => Way::Flat,
    };
    (Some(line.slope * 7.0), way)
}

#[cfg(test)]
mod tests;
