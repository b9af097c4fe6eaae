//! What somebody may let a playbook ask and do.

use tandem_core::actor::Actor;
use tandem_core::metrics::Producers;
use tandem_core::permissions::Permission;

use super::{Aim, Content, PlaybookError, Step, Test};

/// Nobody asks or does by a playbook what they may not themselves: which account it fits says it. What stood there before
/// may stay, whoever wrote it; what reaches out or sets something, while it still does so for the same accounts.
pub(super) fn may_ask(
    actor: &Actor,
    (content, before): (&Content, Option<&Content>),
    producers: &Producers,
) -> Result<(), PlaybookError> {
    if content.conditions.mrr_from.is_some() || content.conditions.mrr_to.is_some() {
        actor.must(Permission::MoneyRead)?;
    }
    if let Aim::Metric { metric, .. } = &content.goal.aim
        && let Some(needs) = producers.needs(metric)
    {
        actor.must(needs)?;
    }
    let is_for_the_same = before
        .is_some_and(|before| before.trigger == content.trigger && before.conditions == content.conditions);
    for step in &content.steps {
        let was_there = before.is_some_and(|before| before.steps.contains(step));
        if was_there && (is_for_the_same || !acts(step)) {
            continue;
        }
        // Only who may see money lets texts say when an account renews.
        if texts(step).iter().any(|text| text.contains("renewal.")) {
            actor.must(Permission::MoneyRead)?;
        }
        match step {
            Step::Branch {
                test: Test::Above { metric, .. } | Test::Below { metric, .. },
                ..
            } => {
                if let Some(needs) = producers.needs(metric) {
                    actor.must(needs)?;
                }
            }
            Step::Mail { .. } => actor.must(Permission::TicketsWrite)?,
            Step::Webhook { .. } => actor.must(Permission::WebhooksWrite)?,
            Step::Set { .. } => actor.must(Permission::AccountsWrite)?,
            _ => {}
        }
    }
    Ok(())
}

impl Content {
    /// Whether its goal or a branch asks for a metric.
    pub(super) fn asks(&self, name: &str) -> bool {
        let in_goal = matches!(&self.goal.aim, Aim::Metric { metric, .. } if metric == name);
        let is_branch = |step: &Step| match step {
            Step::Branch {
                test: Test::Above { metric, .. } | Test::Below { metric, .. },
                ..
            } => metric == name,
            _ => false,
        };
        in_goal || self.steps.iter().any(is_branch)
    }
}

/// Whether a step reaches somebody outside, or changes an account.
fn acts(step: &Step) -> bool {
    matches!(step, Step::Mail { .. } | Step::Webhook { .. } | Step::Set { .. })
}

/// What of a step has variables in it.
pub(super) fn texts(step: &Step) -> Vec<&str> {
    match step {
        Step::Task { title, words, .. } => vec![title, words],
        Step::Note { words } => vec![words],
        Step::Mail { subject, words, .. } => vec![subject, words],
        _ => Vec::new(),
    }
}
