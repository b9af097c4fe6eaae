//! Whether what a playbook says can be done.

use tandem_core::metrics::Producers;

use super::{Content, EVENTS, OwnerOf, PlaybookError, Step, Test, Trigger};
use crate::alerts::Severity;
use crate::alerts::rules::WarningRuleId;
use crate::health::Band;

/// Steps that a playbook may have.
pub(super) const MOST_STEPS: usize = 40;

impl Content {
    /// What it says, tidied; or what is wrong with it.
    ///
    /// # Errors
    /// [`PlaybookError`] naming the field, or the step by its number from 1.
    pub(super) fn checked(mut self, producers: &Producers) -> Result<Self, PlaybookError> {
        self.about = self.about.trim().to_owned();
        if self.about.chars().count() > 1_000 {
            return Err(PlaybookError::LongAbout);
        }
        let is_trigger = match &self.trigger {
            Trigger::Renewal { days } => (1..=365).contains(days),
            Trigger::Event { event } => EVENTS.contains(&event.as_str()),
            Trigger::Alert { rule, severity } => {
                (rule.is_empty() || rule.parse::<WarningRuleId>().is_ok())
                    && (severity.is_empty() || Severity::named(severity).is_some())
            }
            Trigger::Band { band } => *band != Band::Unknown,
            Trigger::Hand | Trigger::Stage { .. } => true,
        };
        if !is_trigger {
            return Err(PlaybookError::BadTrigger);
        }
        let limits = &self.conditions;
        let is_range = limits
            .mrr_from
            .zip(limits.mrr_to)
            .is_none_or(|(from, to)| from <= to);
        if !is_range || limits.mrr_from.is_some_and(|from| from < 0) {
            return Err(PlaybookError::BadRange);
        }
        if !(0..=50).contains(&self.holdout) {
            return Err(PlaybookError::BadHoldout);
        }
        if !(0..=730).contains(&self.cooldown) {
            return Err(PlaybookError::BadCooldown);
        }
        if self.steps.is_empty() || self.steps.len() > MOST_STEPS {
            return Err(PlaybookError::StepCount);
        }
        let count = i64::try_from(self.steps.len()).unwrap_or(i64::MAX);
        for (index, step) in self.steps.iter().enumerate() {
            let number = index + 1;
            if !is_sound(step, i64::try_from(number).unwrap_or(i64::MAX), count, producers) {
                return Err(PlaybookError::BadStep(number));
            }
        }
        Ok(self)
    }
}

/// Whether a step can be done: its words fit, its days are some, and a branch leads forward.
fn is_sound(step: &Step, number: i64, count: i64, producers: &Producers) -> bool {
    let fits = |text: &str, most: usize| {
        let text = text.trim();
        !text.is_empty() && text.chars().count() <= most
    };
    match step {
        Step::Task {
            title,
            words,
            due_in,
            owner,
            ..
        } => {
            let is_owner = match owner {
                OwnerOf::Account => true,
                OwnerOf::Named(id) => crate::tasks::Owner::read(id).is_some(),
            };
            fits(title, 150) && words.chars().count() <= 4_000 && (0..=365).contains(due_in) && is_owner
        }
        Step::Wait { days } | Step::Await { days } => (1..=365).contains(days),
        Step::Branch { test, otherwise } => {
            let is_test = match test {
                Test::Above { metric, value } | Test::Below { metric, value } => {
                    producers.find(metric).is_some() && value.is_finite()
                }
                Test::Band { .. } | Test::Done => true,
            };
            is_test && *otherwise > number && *otherwise <= count + 1
        }
        Step::Tag { name } => fits(name, 40),
        Step::Note { words } => fits(words, 1_900),
        Step::Signal { name } => fits(name, 80),
    }
}
