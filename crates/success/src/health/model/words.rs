//! The words of health: what a score says, and where it goes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a score says at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Well.
    Green,
    /// To be watched.
    Amber,
    /// At risk.
    Red,
    /// Too little is known to say.
    Unknown,
}

impl Band {
    /// All, the worst first.
    pub const ALL: [Self; 4] = [Self::Red, Self::Amber, Self::Green, Self::Unknown];

    /// The word in rows, forms and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::Unknown => "unknown",
        }
    }

    /// The band of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|band| band.as_str() == word)
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Green => "health-green",
            Self::Amber => "health-amber",
            Self::Red => "health-red",
            Self::Unknown => "health-unknown",
        }
    }

    /// How badges are toned.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Green => "good",
            Self::Amber => "warn",
            Self::Red => "bad",
            Self::Unknown => "",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Green => "circle-check",
            Self::Amber => "eye",
            Self::Red => "circle-alert",
            Self::Unknown => "ellipsis",
        }
    }
}

/// Where a score is going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Within its own noise.
    Flat,
    /// There are too few days to say.
    Unknown,
}

impl Way {
    /// The word in rows and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Flat => "flat",
            Self::Unknown => "unknown",
        }
    }

    /// The way of a word; what is none is unknown.
    pub fn named(word: &str) -> Self {
        let all = [Self::Up, Self::Down, Self::Flat];
        all.into_iter()
            .find(|way| way.as_str() == word)
            .unwrap_or(Self::Unknown)
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Up => "health-way-up",
            Self::Down => "health-way-down",
            Self::Flat => "health-way-flat",
            Self::Unknown => "health-way-unknown",
        }
    }

    /// Its icon; none where nothing is to be said.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Up => "arrow-up",
            Self::Down => "arrow-down",
            Self::Flat | Self::Unknown => "",
        }
    }
}
