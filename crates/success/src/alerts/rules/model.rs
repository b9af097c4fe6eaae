//! What a rule says.

use kit::clock::Timestamp;
use kit::i18n::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::ladders::RungId;
use tandem_core::metrics::{Metric, Producers, Unit};

use super::WarningRuleId;
use crate::alerts::{AlertError, Test, Way, past};

/// Conditions in one rule at most.
pub const MOST_CONDITIONS: usize = 6;

/// A rule in the version that is in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its id.
    pub id: WarningRuleId,
    /// Which of the library it began as; empty for one's own.
    pub key: String,
    /// What it says.
    pub content: Content,
    /// Grows with every change.
    pub version: i64,
    /// When this version was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: String,
}

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WarningRuleContent")]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Its name; empty for one of the library that is called by the reader's language.
    #[schemars(length(max = 80))]
    pub name: String,
    /// Whether it warns of a risk or of a chance.
    pub way: Way,
    /// Whether it looks at accounts at all.
    pub is_on: bool,
    /// The stage it is limited to; null for any.
    #[serde(default)]
    pub stage: Option<RungId>,
    /// The tier it is limited to; null for any.
    #[serde(default)]
    pub tier: Option<RungId>,
    /// What must hold, all of it.
    #[schemars(length(min = 1, max = 6))]
    pub conditions: Vec<Condition>,
    /// Days after an alert was closed in which none is opened again.
    #[schemars(range(min = 0, max = 365))]
    pub cooldown: i64,
    /// Days for which the cause must be gone before an alert closes by itself.
    #[schemars(range(min = 0, max = 60))]
    pub easing: i64,
}

/// What must hold of a metric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WarningCondition")]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The name of the metric; `health.score`, `health.confidence` and `health.band` (1 red, 2 amber, 3 green) are some too.
    pub metric: String,
    /// How it is looked at.
    pub test: Test,
    /// Of a threshold the value; of a fall or rise the share, 0.3 for 30 %; of a shift how many noises its sum must reach.
    #[serde(default)]
    pub value: f64,
    /// Of a comparison how many last days are compared; of still and missing for how many days it is so.
    #[serde(default)]
    pub days: i64,
    /// With how many days before them they are compared.
    #[serde(default)]
    pub before: i64,
    /// On how many of those the metric must be known.
    #[serde(default)]
    pub least: i64,
}

impl Content {
    /// The content, if it makes sense.
    ///
    /// # Errors
    /// [`AlertError`] that names the condition, counted from 1.
    pub fn checked(self, producers: &Producers) -> Result<Self, AlertError> {
        if !(0..=365).contains(&self.cooldown) || !(0..=60).contains(&self.easing) {
            return Err(AlertError::BadDays);
        }
        if self.conditions.is_empty() || self.conditions.len() > MOST_CONDITIONS {
            return Err(AlertError::ConditionCount);
        }
        for (index, condition) in self.conditions.iter().enumerate() {
            condition.check(index + 1, producers)?;
        }
        Ok(self)
    }
}

impl Condition {
    fn check(&self, number: usize, producers: &Producers) -> Result<(), AlertError> {
        if past::metric(producers, &self.metric).is_none() {
            return Err(AlertError::UnknownMetric(number));
        }
        let is_fine = match self.test {
            Test::AtLeast | Test::AtMost => self.value.is_finite() && self.value.abs() <= 1e12,
            Test::Falls => self.value > 0.0 && self.value <= 1.0,
            Test::Rises => self.value > 0.0 && self.value <= 100.0,
            Test::ShiftsDown | Test::ShiftsUp => self.value >= 1.0 && self.value <= 50.0,
            Test::Still | Test::Missing => true,
        };
        if !is_fine {
            return Err(AlertError::BadValue(number));
        }
        let needs_days = !matches!(self.test, Test::AtLeast | Test::AtMost);
        if needs_days && !(1..=90).contains(&self.days) {
            return Err(AlertError::BadSpan(number));
        }
        let is_compared = (7..=180).contains(&self.before) && (3..=self.before).contains(&self.least);
        if self.test.has_baseline() && !is_compared {
            return Err(AlertError::BadSpan(number));
        }
        Ok(())
    }

    /// What it asks, in the reader's words. `currency` is that of money.
    pub(in crate::alerts) fn said(&self, t: &Text, metric: Option<&Metric>, currency: &str) -> String {
        let name = match metric {
            Some(metric) => metric.called(t),
            None => Producers::default().called(t, &self.metric),
        };
        let value = match (self.test, metric) {
            (Test::Falls | Test::Rises, _) => t.percent(self.value, 0),
            (Test::AtLeast | Test::AtMost, Some(metric)) => written(metric, t, self.value, currency),
            _ => t.decimal(self.value, 1),
        };
        let key = format!("alerts-says-{}", self.test.as_str().replace('_', "-"));
        t.say_with(
            &key,
            kit::args!(
                metric = name,
                value = value,
                days = t.count("metrics-days", self.days),
                before = t.count("metrics-days", self.before)
            ),
        )
    }
}

/// A value of a metric in the reader's writing. Medians of counts may lie between two of them.
pub(in crate::alerts) fn written(metric: &Metric, t: &Text, value: f64, currency: &str) -> String {
    match metric.unit {
        Unit::Count if value.fract() != 0.0 => t.decimal(value, 1),
        _ => metric.written(t, value, currency),
    }
}
