//! Whether what a playbook says can be done.

use tandem_core::fields::FieldId;
use tandem_core::metrics::Producers;
use tandem_core::webhooks::WebhookId;

use super::{Aim, Content, EVENTS, Goal, OwnerOf, PlaybookError, Side, Step, Test, Trigger};
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
        if !is_begun(&self.trigger) {
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
        if !can_be_reached(&self.goal, producers) {
            return Err(PlaybookError::BadGoal);
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

/// Whether a trigger begins anything at all.
fn is_begun(trigger: &Trigger) -> bool {
    match trigger {
        Trigger::Renewal { days } => (1..=365).contains(days),
        Trigger::Date { date, days, side } => match date.as_str() {
            "renewal" | "start" => (0..=365).contains(days),
            // Nobody knows before when an account will come.
            "added" => *side == Side::After && (0..=365).contains(days),
            field => field.parse::<FieldId>().is_ok() && (0..=365).contains(days),
        },
        Trigger::Event { event } => EVENTS.contains(&event.as_str()),
        Trigger::Alert { rule, severity } => {
            (rule.is_empty() || rule.parse::<WarningRuleId>().is_ok())
                && (severity.is_empty() || Severity::named(severity).is_some())
        }
        Trigger::Band { band } => *band != Band::Unknown,
        Trigger::Segment { segment } => !segment.is_empty(),
        Trigger::Hand | Trigger::Stage { .. } => true,
    }
}

fn can_be_reached(goal: &Goal, producers: &Producers) -> bool {
    let is_aim = match &goal.aim {
        Aim::Score { points } => (1..=100).contains(points),
        Aim::Eased | Aim::Renewed => true,
        Aim::Metric { metric, rise } => producers.find(metric).is_some() && (1..=1_000).contains(rise),
    };
    is_aim && (7..=365).contains(&goal.days)
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
        Step::Mail { subject, words, .. } => fits(subject, 200) && fits(words, 8_000),
        Step::Webhook { webhook, name } => webhook.parse::<WebhookId>().is_ok() && fits(name, 80),
        // What may stand in the field is asked where fields are known.
        Step::Set { field, value } => !field.is_empty() && value.chars().count() <= 2_000,
    }
}
