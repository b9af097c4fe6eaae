//! The words of tasks: of states, priorities, origins and fields, in rows, addresses and the reader's language.

use super::{Field, Origin, Priority, State};

impl State {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Dropped];

    /// Its word in rows and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// The state of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Open => "tasks-state-open",
            Self::Done => "tasks-state-done",
            Self::Dropped => "tasks-state-dropped",
        }
    }

    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Open => "circle",
            Self::Done => "circle-check",
            Self::Dropped => "circle-x",
        }
    }

    pub(super) fn tone(self) -> &'static str {
        match self {
            Self::Open | Self::Dropped => "",
            Self::Done => "good",
        }
    }
}

impl Priority {
    /// All of them, the least pressing first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// Its word in rows and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The priority of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.as_str() == word)
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Low => "tasks-priority-low",
            Self::Normal => "tasks-priority-normal",
            Self::High => "tasks-priority-high",
            Self::Urgent => "tasks-priority-urgent",
        }
    }

    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Low => "arrow-down",
            Self::Normal => "minus",
            Self::High => "arrow-up",
            Self::Urgent => "triangle-alert",
        }
    }

    pub(super) fn tone(self) -> &'static str {
        match self {
            Self::Low | Self::Normal => "",
            Self::High => "warn",
            Self::Urgent => "bad",
        }
    }
}

impl Origin {
    const ALL: [Self; 3] = [Self::Hand, Self::Playbook, Self::Api];

    /// Its word in rows and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Playbook => "playbook",
            Self::Api => "api",
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.as_str() == word)
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Hand => "tasks-origin-hand",
            Self::Playbook => "tasks-origin-playbook",
            Self::Api => "tasks-origin-api",
        }
    }
}

impl Field {
    /// All of them, in the order of forms.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Words,
        Self::Account,
        Self::Contact,
        Self::Evidence,
        Self::Owner,
        Self::Due,
        Self::Priority,
        Self::State,
    ];

    /// Its word in rows, forms and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Words => "words",
            Self::Account => "account",
            Self::Contact => "contact",
            Self::Evidence => "evidence",
            Self::Owner => "owner",
            Self::Due => "due",
            Self::Priority => "priority",
            Self::State => "state",
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == word)
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Title => "tasks-title-of",
            Self::Words => "tasks-words",
            Self::Account => "tasks-account",
            Self::Contact => "tasks-contact",
            Self::Evidence => "tasks-evidence",
            Self::Owner => "tasks-owner",
            Self::Due => "tasks-due",
            Self::Priority => "tasks-priority",
            Self::State => "tasks-state",
        }
    }
}
