//! The words of playbooks: of triggers, steps and states, in rows, documents and the reader's language.

use tandem_core::segments;

use super::{Recipient, RunState, Side, Status, Step, Trigger};
use crate::health;

/// An account came into a segment, and left one.
pub(super) const SEGMENT_ENTERED: &str = segments::ENTERED.name;
pub(super) const SEGMENT_LEFT: &str = segments::LEFT.name;

impl Trigger {
    /// The event that it listens to; for renewals the word of the nightly look, nothing for those by hand.
    pub(super) fn listens(&self) -> &str {
        match self {
            Self::Hand => "",
            Self::Alert { .. } => "alert.opened",
            Self::Band { .. } => health::BANDED.name,
            Self::Stage { .. } => tandem_core::stages::MOVED.name,
            Self::Renewal { .. } => "renewal",
            Self::Date { .. } => "date",
            Self::Segment { .. } => SEGMENT_ENTERED,
            Self::Event { event } => event,
        }
    }

    pub(super) fn text(&self) -> &'static str {
        match self {
            Self::Hand => "playbooks-trigger-hand",
            Self::Alert { .. } => "playbooks-trigger-alert",
            Self::Band { .. } => "playbooks-trigger-band",
            Self::Stage { .. } => "playbooks-trigger-stage",
            Self::Renewal { .. } => "playbooks-trigger-renewal",
            Self::Date { .. } => "playbooks-trigger-date",
            Self::Segment { .. } => "playbooks-trigger-segment",
            Self::Event { .. } => "playbooks-trigger-event",
        }
    }
}

impl Step {
    /// The kinds of steps, in the order of the form.
    pub(super) const KINDS: [&'static str; 10] = [
        "task", "mail", "wait", "await", "branch", "set", "tag", "note", "webhook", "signal",
    ];

    /// The word of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Task { .. } => "task",
            Self::Wait { .. } => "wait",
            Self::Await { .. } => "await",
            Self::Branch { .. } => "branch",
            Self::Tag { .. } => "tag",
            Self::Note { .. } => "note",
            Self::Signal { .. } => "signal",
            Self::Mail { .. } => "mail",
            Self::Webhook { .. } => "webhook",
            Self::Set { .. } => "set",
        }
    }
}

impl Recipient {
    /// All of them, in the order of the form.
    pub(super) const ALL: [Self; 5] = [
        Self::Champion,
        Self::DecisionMaker,
        Self::User,
        Self::Billing,
        Self::Chosen,
    ];

    /// Its word in rows and documents.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Champion => "champion",
            Self::DecisionMaker => "decision_maker",
            Self::User => "user",
            Self::Billing => "billing",
            Self::Chosen => "chosen",
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Champion => "contacts-role-champion",
            Self::DecisionMaker => "contacts-role-decision-maker",
            Self::User => "contacts-role-user",
            Self::Billing => "contacts-role-billing",
            Self::Chosen => "playbooks-recipient-chosen",
        }
    }
}

impl Side {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Before => "playbooks-side-before",
            Self::After => "playbooks-side-after",
        }
    }
}

impl Status {
    const ALL: [Self; 4] = [Self::Draft, Self::Active, Self::Paused, Self::Removed];

    /// Its word in rows and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Removed => "removed",
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Its message, icon and tone.
    pub(super) fn look(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Draft => ("playbooks-status-draft", "pencil", ""),
            Self::Active => ("playbooks-status-active", "zap", "good"),
            Self::Paused => ("playbooks-status-paused", "hourglass", "warn"),
            Self::Removed => ("playbooks-status-removed", "trash-2", ""),
        }
    }
}

impl RunState {
    const ALL: [Self; 3] = [Self::Running, Self::Finished, Self::Stopped];

    /// Its word in rows and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Finished => "finished",
            Self::Stopped => "stopped",
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Its message, icon and tone.
    pub(super) fn look(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Running => ("playbooks-run-running", "zap", "info"),
            Self::Finished => ("playbooks-run-finished", "circle-check", "good"),
            Self::Stopped => ("playbooks-run-stopped", "ban", ""),
        }
    }
}
