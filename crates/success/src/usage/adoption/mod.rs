//! Adoption: which features the accounts use, over the book and by feature.
//!
//! What an account does with a feature is counted from its days of usage whenever they move, and once a day
//! (`counting`); what all accounts do together is kept beside it, so that a list costs the same for ten accounts and for
//! ten thousand. Both say as of when: a page may be a few minutes behind what was folded. A *window* is 7, 30 or 90 days that
//! end today. Whoever is counted as people of an account is counted once there, and again at another account.

pub mod api;
mod book;
pub(in crate::usage) mod counting;
mod documents;
pub mod export;
pub mod jobs;
mod store;
mod views;
pub mod web;
mod who;

use std::collections::BTreeSet;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::web::Failure;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::accounts::merging::{Part, Way};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::agents::AgentId;
use tandem_core::ladders::RungId;
use tandem_core::permissions::Permission;
use tandem_core::segments::{self, SegmentError, SegmentId};
use tandem_core::workspaces::WorkspaceId;

use super::folding::FeatureId;

pub use book::{Found, Sort, Spot, Wanted, list};
pub use documents::WindowInput;
pub(in crate::usage) use views::windows;
pub use who::{Place, Use, Users, Whose, users};

/// The name of both lists, in cursors and files.
pub const LIST: &str = "usage-features";
/// How many weeks a line shows.
pub const WEEKS: i64 = 13;
/// Whatever was first seen fewer days ago is new.
pub const NEW_DAYS: i64 = 30;

/// What a merge of accounts does with it: it follows from the days of usage, and is counted soon after them.
pub const MERGES: &[Part] = &[
    Part::new("usage_adoption", Way::Derive(counting::store::clear, again)),
    Part::new("usage_adopters", Way::Derive(counting::store::clear, nothing)),
    Part::new(
        "usage_adoption_due",
        Way::Derive(counting::store::unmark, nothing),
    ),
];

/// Lets an account be counted soon: that takes longer than a merge may.
fn again(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    counting::mark(tx, workspace, &BTreeSet::from([account]))
}

/// The first of the parts has marked it.
fn nothing(_: &mut Tx<'_>, _: WorkspaceId, _: AccountId) -> Result<(), DbError> {
    Ok(())
}

/// How many days are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Window {
    /// Seven.
    Week,
    /// Thirty.
    #[default]
    Month,
    /// Ninety.
    Quarter,
}

impl Window {
    /// All, the shortest first.
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Quarter];

    /// How many days.
    pub fn days(self) -> i64 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }

    /// The window of so many days.
    pub fn named(days: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|window| window.days().to_string() == days)
    }

    /// Its place among all.
    fn place(self) -> usize {
        match self {
            Self::Week => 0,
            Self::Month => 1,
            Self::Quarter => 2,
        }
    }
}

/// What a feature is: something that was done, or a page or screen that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "FeatureCall")]
pub enum FeatureCall {
    /// An event.
    Track,
    /// A page.
    Page,
    /// A screen of an app.
    Screen,
}

impl FeatureCall {
    /// All.
    pub const ALL: [Self; 3] = [Self::Track, Self::Page, Self::Screen];

    /// Its word in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Track => "track",
            Self::Page => "page",
            Self::Screen => "screen",
        }
    }

    /// The one of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|call| call.as_str() == word)
    }

    /// The message of its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::Track => "adoption-call-track",
            Self::Page => "adoption-call-page",
            Self::Screen => "adoption-call-screen",
        }
    }
}

/// What can be done in the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its id.
    pub id: FeatureId,
    /// What it is.
    pub call: FeatureCall,
    /// Its name; a page may have none.
    pub name: String,
}

/// Which accounts are looked at; what is empty leaves all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those in a segment.
    pub segment: Option<SegmentId>,
    /// Those on a tier.
    pub tier: Option<RungId>,
    /// Those that somebody looks after.
    pub owner: Option<AgentId>,
}

impl Filter {
    /// Whether it leaves all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Nothing is told of a segment that the actor does not see.
    fn checked(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<(), AdoptionError> {
        match self.segment {
            Some(segment) => Ok(segments::open(tx, actor, segment).map(drop)?),
            None => Ok(()),
        }
    }
}

/// How much a feature is used in a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Accounts that use it.
    pub accounts: i64,
    /// Different people at them.
    pub people: i64,
    /// How often.
    pub events: i64,
    /// How often in as many days before.
    pub before: i64,
}

impl Figures {
    /// Whether it fell by more than half, nobody any more with it.
    pub fn is_dropped(&self) -> bool {
        is_dropped(self.events, self.before)
    }
}

/// Whether use fell by more than half.
pub fn is_dropped(events: i64, before: i64) -> bool {
    before > 0 && events.saturating_mul(2) < before
}

/// A feature and how far it is taken up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adoption {
    /// The feature.
    pub feature: Feature,
    /// How much it is used.
    pub figures: Figures,
    /// How many accounts used it in each of the last weeks, the oldest first.
    pub weeks: Vec<i64>,
    /// When it was first used; none for what no account ever did.
    pub first: Option<Timestamp>,
    /// When last.
    pub last: Option<Timestamp>,
    /// Whether it was first seen a short while ago.
    pub is_new: bool,
}

/// What stands out about a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "FeatureMark")]
pub enum Mark {
    /// First seen within the last 30 days.
    New,
    /// Fell by more than half against the window before.
    Dropped,
}

impl Mark {
    /// Both.
    pub const ALL: [Self; 2] = [Self::New, Self::Dropped];

    /// Its word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Dropped => "dropped",
        }
    }

    /// The one of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.as_str() == word)
    }

    /// The message of its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::New => "adoption-new",
            Self::Dropped => "adoption-dropped",
        }
    }
}

/// Why there is nothing to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdoptionError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such feature, or no such segment.
    #[error("there is no such feature or segment")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<SegmentError> for AdoptionError {
    fn from(error: SegmentError) -> Self {
        match error {
            SegmentError::Forbidden(missing) => missing.into(),
            SegmentError::Db(error) => error.into(),
            _ => Self::Unknown,
        }
    }
}

impl From<AdoptionError> for Failure {
    fn from(error: AdoptionError) -> Self {
        match error {
            AdoptionError::Forbidden(missing) => {
                Self::of(http::StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            AdoptionError::Unknown => Self::of(http::StatusCode::NOT_FOUND),
            AdoptionError::Db(error) => error.into(),
        }
    }
}

/// Which features there are is told by usage, who uses them by accounts.
fn must_read(actor: &Actor) -> Result<(), Forbidden> {
    actor.must(Permission::UsageRead)?;
    actor.must(Permission::AccountsRead)
}

/// The feature of this call and name, if anybody ever used it.
///
/// # Errors
/// A missing permission, or the database's.
pub fn called(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (call, name): (FeatureCall, &str),
) -> Result<Option<FeatureId>, AdoptionError> {
    actor.must(Permission::UsageRead)?;
    Ok(store::called(tx, actor.workspace, (call.as_str(), name))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_no_drop_and_less_than_half_is_one() {
        let figures = |events, before| Figures {
            events,
            before,
            ..Figures::default()
        };
        assert!(!figures(5, 10).is_dropped() && figures(4, 10).is_dropped());
        assert!(figures(0, 1).is_dropped() && !figures(0, 0).is_dropped() && !figures(3, 0).is_dropped());
    }

    #[test]
    fn a_window_is_named_by_its_days() {
        assert_eq!(Window::named("7"), Some(Window::Week));
        assert_eq!(Window::named("90").map(Window::days), Some(90));
        assert_eq!((Window::named("8"), Window::named("")), (None, None));
        for (place, window) in Window::ALL.into_iter().enumerate() {
            assert_eq!(window.place(), place);
        }
    }
}
