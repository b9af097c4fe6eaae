//! What a ladder is.

use kit::clock::Timestamp;
use kit::db::DbError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RungId;
use crate::actor::Forbidden;
use crate::tags::Colour;

/// An ordered list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ladder {
    /// The stages of a customer's life with us.
    Stages,
    /// The tiers of service.
    Tiers,
}

/// A rung that a new workspace has.
#[derive(Clone, Copy, Debug)]
pub struct Usual {
    /// The key of its name.
    pub name: &'static str,
    /// Its colour.
    pub colour: Colour,
    /// From which revenue in a month it is reached, in minor units.
    pub threshold: Option<i64>,
}

const fn usual(name: &'static str, colour: Colour, threshold: Option<i64>) -> Usual {
    Usual {
        name,
        colour,
        threshold,
    }
}

const STAGES: &[Usual] = &[
    usual("ladders-usual-onboarding", Colour::Blue, None),
    usual("ladders-usual-adopting", Colour::Teal, None),
    usual("ladders-usual-established", Colour::Green, None),
    usual("ladders-usual-renewing", Colour::Orange, None),
    usual("ladders-usual-ending", Colour::Grey, None),
];
const TIERS: &[Usual] = &[
    usual("ladders-usual-basic", Colour::Grey, Some(0)),
    usual("ladders-usual-plus", Colour::Blue, Some(25_000)),
    usual("ladders-usual-premium", Colour::Violet, Some(100_000)),
];

impl Ladder {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Stages, Self::Tiers];

    /// The word in tables and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stages => "stages",
            Self::Tiers => "tiers",
        }
    }

    /// The ladder with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ladder| ladder.as_str() == word)
    }

    /// The name of its list, for pages that show it.
    pub const fn list(self) -> &'static str {
        self.as_str()
    }

    /// Its page of the settings.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Stages => "/settings/stages",
            Self::Tiers => "/settings/tiers",
        }
    }

    /// The key of its name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Stages => "settings-stages",
            Self::Tiers => "settings-tiers",
        }
    }

    /// The key of what it is for.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Stages => "ladders-about-stages",
            Self::Tiers => "ladders-about-tiers",
        }
    }

    /// Whether a rung is reached by revenue.
    pub const fn has_thresholds(self) -> bool {
        matches!(self, Self::Tiers)
    }

    /// What a new workspace has, from the first to the last.
    pub const fn usual(self) -> &'static [Usual] {
        match self {
            Self::Stages => STAGES,
            Self::Tiers => TIERS,
        }
    }
}

/// One word of a ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Its id.
    pub id: RungId,
    /// Of which ladder.
    pub ladder: Ladder,
    /// What people say about it.
    pub text: RungText,
    /// Where it stands.
    pub place: i64,
    /// Grows by one with every change of the text.
    pub version: i64,
    /// Who archived it and when, while it is archived.
    pub archiving: Option<Archiving>,
}

/// Who archived a rung, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archiving {
    /// Their signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What people say about a rung.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RungText {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// From which revenue in a month on it is reached, in minor units of the reporting currency; none for by hand alone.
    pub threshold: Option<i64>,
}

impl RungText {
    pub(super) fn checked(&self, ladder: Ladder) -> Result<Self, LadderError> {
        let name: String = self.name.trim().chars().filter(|c| !c.is_control()).collect();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(LadderError::BadName);
        }
        match self.threshold {
            Some(threshold) if !ladder.has_thresholds() || threshold < 0 => Err(LadderError::BadThreshold),
            threshold => Ok(Self {
                name,
                colour: self.colour,
                threshold,
            }),
        }
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LadderError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or longer than 60 characters.
    #[error("a name has 1 to 60 characters")]
    BadName,
    /// Another rung of the ladder has this name.
    #[error("another one has this name")]
    NameTaken,
    /// The threshold is below zero, or of a ladder that has none.
    #[error("a threshold is an amount from zero on, for tiers alone")]
    BadThreshold,
    /// The ladder has as many rungs as it can have.
    #[error("up to 40")]
    TooMany,
    /// There is no such rung here.
    #[error("there is no such stage or tier")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed it meanwhile")]
    Stale(Box<Rung>),
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for LadderError {
    fn from(error: DbError) -> Self {
        match error {
            taken if taken.is_unique(&["workspace_id", "ladder", "name_folded"]) => Self::NameTaken,
            other => Self::Db(other),
        }
    }
}
