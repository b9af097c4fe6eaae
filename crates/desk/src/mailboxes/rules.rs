//! What a mailbox does with mail that anybody may have written, and what goes along with its answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What becomes of a mail that leads to a ticket in which its sender has no part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Strangers {
    /// It joins the ticket, where it is shown as a stranger's and sets off nothing.
    #[default]
    Join,
    /// It is held back until somebody decides.
    Hold,
    /// It opens a ticket of its own, related to the other.
    Apart,
}

impl Strangers {
    /// All of them, in the order in which people choose.
    pub const ALL: &'static [Self] = &[Self::Join, Self::Hold, Self::Apart];

    /// The word in rows, forms and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Hold => "hold",
            Self::Apart => "apart",
        }
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Join => "mailboxes-strangers-join",
            Self::Hold => "mailboxes-strangers-hold",
            Self::Apart => "mailboxes-strangers-apart",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == word)
    }
}

/// The rules of a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What becomes of a stranger's mail.
    pub strangers: Strangers,
    /// Whether mail is held back whose sender fails the checks of their domain.
    pub holds_unverified: bool,
    /// Whether people in copy take part in the ticket.
    pub joins_copies: bool,
    /// Whether what was written before stands under its answers, where the workspace quotes at all.
    pub quotes: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            strangers: Strangers::Join,
            holds_unverified: false,
            joins_copies: true,
            quotes: true,
        }
    }
}
