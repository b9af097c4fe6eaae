//! Whether what a model assumes holds on these data: each check with its numbers and a verdict.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ValueCheckKind")]
pub enum CheckKind {
    /// How many accounts the model was made from, and how many of those say the most: repeaters, or lost ones.
    Enough,
    /// Whether who orders more often also spends more an order: the model assumes not.
    Independence,
    /// How many repeaters have orders worth nothing, which the model of spending can't take.
    Worthless,
    /// What the model, made from the earlier part alone, says of the later part, and what happened.
    HoldOut,
    /// The share of ends that fell on a renewal, as the model assumes.
    AtRenewal,
    /// How many accounts have terms of another length and were left out.
    OtherTerms,
}

/// What a check says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ValueVerdict")]
pub enum Verdict {
    /// As assumed.
    Holds,
    /// Somewhat off: the numbers are rough.
    Doubtful,
    /// Far off: better not believe the numbers.
    Fails,
}

/// One check.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ValueCheck")]
pub struct Check {
    /// What was looked at.
    pub kind: CheckKind,
    /// What was found: a count, a share, a correlation, or what the model said.
    pub found: f64,
    /// What it is seen beside: of how many, or what happened.
    pub beside: f64,
    /// What it says.
    pub verdict: Verdict,
}

impl Verdict {
    /// Holds up to the first limit, is doubtful up to the second.
    pub fn of(distance: f64, (holds, doubtful): (f64, f64)) -> Self {
        if distance <= holds {
            Self::Holds
        } else if distance <= doubtful {
            Self::Doubtful
        } else {
            Self::Fails
        }
    }

    /// The key of its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::Holds => "value-holds",
            Self::Doubtful => "value-doubtful",
            Self::Fails => "value-fails",
        }
    }

    /// How a badge shows it: its tone and its icon.
    pub fn mark(self) -> (&'static str, &'static str) {
        match self {
            Self::Holds => ("good", "circle-check"),
            Self::Doubtful => ("warn", "circle-alert"),
            Self::Fails => ("bad", "circle-x"),
        }
    }
}

impl CheckKind {
    /// The key of its name; the same with `-how` behind it says what it means.
    pub fn text(self) -> &'static str {
        match self {
            Self::Enough => "value-check-enough",
            Self::Independence => "value-check-independence",
            Self::Worthless => "value-check-worthless",
            Self::HoldOut => "value-check-hold-out",
            Self::AtRenewal => "value-check-at-renewal",
            Self::OtherTerms => "value-check-other-terms",
        }
    }

    /// The key of the sentence that says what it means.
    pub fn how(self) -> &'static str {
        match self {
            Self::Enough => "value-check-enough-how",
            Self::Independence => "value-check-independence-how",
            Self::Worthless => "value-check-worthless-how",
            Self::HoldOut => "value-check-hold-out-how",
            Self::AtRenewal => "value-check-at-renewal-how",
            Self::OtherTerms => "value-check-other-terms-how",
        }
    }
}
