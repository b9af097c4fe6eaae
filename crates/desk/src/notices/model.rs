//! Why agents are told, and which way they want that. No database, no HTML.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why an agent is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "NoticeReason")]
pub enum Reason {
    /// A ticket is theirs now.
    Assigned,
    /// The customer wrote in a ticket of theirs.
    Heard,
    /// A note names them.
    Mentioned,
    /// Somebody wrote in a ticket that they follow.
    Followed,
    /// A contact gave a low rating.
    Low,
    /// A mail to the customer did not go out.
    Failed,
}

impl Reason {
    /// All of them, in the order in which people choose.
    pub const ALL: &'static [Self] = &[
        Self::Assigned,
        Self::Heard,
        Self::Mentioned,
        Self::Followed,
        Self::Low,
        Self::Failed,
    ];

    /// The word in rows and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Heard => "heard",
            Self::Mentioned => "mentioned",
            Self::Followed => "followed",
            Self::Low => "low",
            Self::Failed => "failed",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == word)
    }

    /// The key of what one chooses.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Assigned => "notices-assigned",
            Self::Heard => "notices-heard",
            Self::Mentioned => "notices-mentioned",
            Self::Followed => "notices-followed",
            Self::Low => "notices-low",
            Self::Failed => "notices-failed",
        }
    }

    /// The key of the sentence that tells it.
    pub const fn said(self) -> &'static str {
        match self {
            Self::Assigned => "notices-letter-assigned",
            Self::Heard => "notices-letter-heard",
            Self::Mentioned => "notices-letter-mentioned",
            Self::Followed => "notices-letter-followed",
            Self::Low => "notices-letter-low",
            Self::Failed => "notices-letter-failed",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Assigned => "user-plus",
            Self::Heard => "inbox",
            Self::Mentioned => "at-sign",
            Self::Followed => "eye",
            Self::Low => "star",
            Self::Failed => "triangle-alert",
        }
    }
}

/// Some reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// Every reason.
    pub fn all() -> Self {
        Reason::ALL.iter().copied().collect()
    }

    /// Whether this one is among them.
    pub const fn has(self, reason: Reason) -> bool {
        self.0 & (1 << reason as u8) != 0
    }

    /// Those among them, in the order in which people choose.
    pub fn list(self) -> Vec<Reason> {
        Reason::ALL.iter().copied().filter(|one| self.has(*one)).collect()
    }

    /// Their words between spaces, for rows.
    pub fn written(self) -> String {
        let words: Vec<&str> = self.list().into_iter().map(Reason::as_str).collect();
        words.join(" ")
    }

    /// Reads what [`Self::written`] wrote.
    pub fn read(text: &str) -> Self {
        text.split(' ').filter_map(Reason::parse).collect()
    }
}

impl FromIterator<Reason> for Kinds {
    fn from_iter<I: IntoIterator<Item = Reason>>(reasons: I) -> Self {
        Self(reasons.into_iter().fold(0, |all, one| all | 1 << one as u8))
    }
}

/// Of what an agent wants to be told: by mail of nothing until they say so, in the bell of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// By mail of tickets that become theirs.
    pub assigned: bool,
    /// By mail of what customers write in their tickets.
    pub heard: bool,
    /// By mail of notes that name them.
    pub mentioned: bool,
    /// By mail of what others write in tickets that they follow.
    pub followed: bool,
    /// By mail of low ratings.
    pub low: bool,
    /// By mail of mails that did not go out.
    pub failed: bool,
    /// Of what in the bell.
    pub bell: Kinds,
    /// Of what by their browser.
    pub browser: Kinds,
    /// Grows with every change.
    pub version: i64,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            assigned: false,
            heard: false,
            mentioned: false,
            followed: false,
            low: false,
            failed: false,
            bell: Kinds::all(),
            browser: Kinds::default(),
            version: 0,
        }
    }
}

impl Choices {
    /// Whether they want a mail for this reason.
    pub const fn want(&self, reason: Reason) -> bool {
        match reason {
            Reason::Assigned => self.assigned,
            Reason::Heard => self.heard,
            Reason::Mentioned => self.mentioned,
            Reason::Followed => self.followed,
            Reason::Low => self.low,
            Reason::Failed => self.failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_as_they_were_written_and_the_bell_has_all_before_anybody_chooses() {
        let some: Kinds = [Reason::Failed, Reason::Heard].into_iter().collect();
        assert_eq!(some.written(), "heard failed");
        assert_eq!(Kinds::read(&some.written()), some);
        assert_eq!(Kinds::read(""), Kinds::default());
        assert_eq!(
            Kinds::all().written(),
            "assigned heard mentioned followed low failed"
        );
        let choices = Choices::default();
        assert!(
            Reason::ALL
                .iter()
                .all(|one| choices.bell.has(*one) && !choices.want(*one))
        );
    }
}
