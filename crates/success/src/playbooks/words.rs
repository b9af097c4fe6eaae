//! The words of playbooks: of triggers, steps and states, in rows, documents and the reader's language.

use super::{RunState, Status, Step, Trigger};
use crate::health;

impl Trigger {
    /// The event that it listens to; for renewals the word of the nightly look, nothing for those by hand.
    pub(super) fn listens(&self) -> &str {
        match self {
            Self::Hand => "",
            Self::Alert { .. } => "alert.opened",
            Self::Band { .. } => health::BANDED.name,
            Self::Stage { .. } => tandem_core::stages::MOVED.name,
            Self::Renewal { .. } => "renewal",
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
            Self::Event { .. } => "playbooks-trigger-event",
        }
    }
}

impl Step {
    /// The kinds of steps, in the order of the form.
    pub(super) const KINDS: [&'static str; 7] = ["task", "wait", "await", "branch", "tag", "note", "signal"];

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
