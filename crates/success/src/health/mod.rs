//! Health: how an account is doing, as one score from 0 to 100 with its confidence, made of metrics by a scorecard, and always
//! explained: what it is made of, what changed it, how old its inputs are, and how it was on any past day.
//!
//! An account is scored again after its metrics, stage or tier changed, and each day. The scorecard is the one for its stage
//! and tier, else for its stage, else for its tier, else the general one. A person may say otherwise for a while
//! ([`overriding`]); the computed score stays beside that.

pub mod api;
mod book;
pub mod columns;
pub mod demo;
mod documents;
mod explaining;
mod failures;
pub mod jobs;
pub mod model;
pub mod overriding;
pub mod panels;
pub mod risk;
pub mod scorecards;
mod scoring;
mod standard;
mod store;
pub mod supply;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::accounts::merging::{Part as MergePart, Way as MergeWay};
use tandem_core::actor::Forbidden;
use tandem_core::events::Kind;
use tandem_core::ladders::RungId;
use tandem_core::permissions::Permission;
use tandem_core::touchpoints::kinds::{Kind as TraceKind, Trace};
use tandem_core::touchpoints::{Channel, Direction};
use tandem_core::workspaces::WorkspaceId;

pub use book::{Cursor, Filter, Line, list, tallies};
pub use explaining::{Explained, explain};
pub use model::{Band, Content, Group, GroupScore, Measure, Part, Scored, Way};
pub use scoring::{course, courses, score, score_all, score_as_of};
#[cfg(test)]
pub(crate) use standard::content as usual_content;

kit::id! {
    /// A scorecard.
    ScorecardId, "scc"
}

kit::id! {
    /// What somebody said of an account's health.
    OverrideId, "hov"
}

/// The name under which an explanation sums up what its reader may not see.
pub const OTHERS: &str = "";
/// The list of all accounts by health, as a topic of the live stream.
pub const LIST: &str = "health";

/// The score of an account is another.
pub const SCORED: Kind = Kind::new("account.health_changed", Permission::AccountsRead);
/// An account went from one band into another.
pub const BANDED: Kind = Kind::new("account.health_band_changed", Permission::AccountsRead);
/// Somebody said how an account is, or took that back.
pub const OVERRIDDEN: Kind = Kind::new("account.health_overridden", Permission::AccountsRead);
/// A scorecard was added, changed or removed.
pub const SCORECARDS: Kind = Kind::new("scorecards.changed", Permission::AccountsRead);

/// What going into another band leaves on the timeline.
pub const TRACE: Trace = Trace {
    event: "account.health_band_changed",
    kind: TraceKind::new(
        "health_band_changed",
        "health-trace",
        "heart-pulse",
        Channel::System,
    ),
    direction: Direction::Both,
    impression: None,
    evidence: None,
};

/// What a merge of accounts does with health: the survivor is scored anew, its history stays its own.
pub const MERGES: &[MergePart] = &[
    MergePart::new("health_now", MergeWay::Derive(store::forget_now, score)),
    MergePart::new("health_days", MergeWay::Keep),
    MergePart::new("health_overrides", MergeWay::Keep),
];

/// A scorecard in the version that is in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// Its id.
    pub id: ScorecardId,
    /// Its name; empty for the one that every workspace begins with.
    pub name: String,
    /// The stage it is for; any without.
    pub stage: Option<RungId>,
    /// The tier it is for; any without.
    pub tier: Option<RungId>,
    /// What it says.
    pub content: Content,
    /// Grows with every change.
    pub version: i64,
    /// When this version was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: String,
}

/// What people write of a scorecard.
#[derive(Clone, Debug, PartialEq)]
pub struct ScorecardText {
    /// Its name.
    pub name: String,
    /// The stage it is for.
    pub stage: Option<RungId>,
    /// The tier it is for.
    pub tier: Option<RungId>,
    /// What it says.
    pub content: Content,
}

/// What somebody says of an account's health, for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Its id.
    pub id: OverrideId,
    /// Of which account.
    pub account: AccountId,
    /// How it is.
    pub band: Band,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Day,
    /// The signature of who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A score as it was kept on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// From which day on it was so.
    pub day: Day,
    /// The scorecard.
    pub scorecard: ScorecardId,
    /// Its version then.
    pub version: i64,
    /// The score and what it was made of.
    pub scored: Scored,
    /// When it was computed.
    pub at: Timestamp,
}

/// Health as it stands, for lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Now {
    /// The computed score.
    pub score: Option<f64>,
    /// Its confidence.
    pub confidence: f64,
    /// The computed band.
    pub band: Band,
    /// What is shown: what somebody said, else the computed band.
    pub shown: Band,
    /// Points a week.
    pub trend: Option<f64>,
    /// Where it goes.
    pub way: Way,
    /// The score a week ago.
    pub week_ago: Option<f64>,
    /// The metric that costs the most points; empty for none.
    pub reason: String,
    /// What the account brings in a month, in minor units of the reporting currency.
    pub mrr: i64,
    /// Since when it is in the band that is shown.
    pub since: Day,
    /// When it was computed.
    pub at: Timestamp,
}

/// A place in the list by revenue: the last one seen. It does not say what that brings: not everybody may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its id.
    pub account: AccountId,
}

/// What health was from a day on: score, confidence and computed band.
pub type Moment = (Day, Option<f64>, f64, Band);

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum HealthError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// There is no such scorecard here, or it was removed.
    #[error("there is no such scorecard")]
    UnknownScorecard,
    /// Somebody changed the scorecard meanwhile.
    #[error("the scorecard was changed meanwhile")]
    Stale(Box<Scorecard>),
    /// The name is empty or too long.
    #[error("a scorecard has a name of 1 to 80 characters")]
    BadName,
    /// Another scorecard is for the same stage and tier.
    #[error("another scorecard is for the same stage and tier")]
    Taken,
    /// The general scorecard can't be removed: accounts would have none.
    #[error("the general scorecard stays")]
    General,
    /// The stage or the tier is none of this workspace.
    #[error("there is no such stage or tier")]
    UnknownRung,
    /// There are no measures, or too many.
    #[error("a scorecard has 1 to 30 measures")]
    MeasureCount,
    /// A measure's metric is known to no feature.
    #[error("measure {0}: no feature knows this metric")]
    UnknownMetric(usize),
    /// A measure looks at what follows from the score itself.
    #[error("measure {0}: a score can't rest on itself")]
    CircularMetric(usize),
    /// A metric is measured twice.
    #[error("measure {0}: the metric is in the scorecard already")]
    DoubleMetric(usize),
    /// There are too many groups.
    #[error("a scorecard has at most 8 groups")]
    GroupCount,
    /// A group has no name, or one that is too long, or taken.
    #[error("group {0}: a group has a name of its own, of 1 to 40 characters")]
    BadGroup(usize),
    /// A group's weight out of its range.
    #[error("group {0}: a weight is more than 0 and at most 100")]
    BadGroupWeight(usize),
    /// A measure stands in a group that is none.
    #[error("measure {0}: there is no such group")]
    UnknownGroup(usize),
    /// A weight out of its range.
    #[error("measure {0}: a weight is more than 0 and at most 100")]
    BadWeight(usize),
    /// A half-life out of its range.
    #[error("measure {0}: a half-life is 1 to 3,650 days")]
    BadHalfLife(usize),
    /// A curve that is none.
    #[error("measure {0}: a curve has 2 to 20 points with growing values and scores from 0 to 100")]
    BadCurve(usize),
    /// The floor is no share.
    #[error("the floor of confidence is 0 to 100 %")]
    BadFloor,
    /// The bands overlap, or lie beyond 0 to 100.
    #[error("red ends before green begins, both from 0 to 100")]
    BadBands,
    /// There is no reason, or it is too long.
    #[error("a reason has 1 to 500 characters")]
    BadReason,
    /// The day is past or too far away.
    #[error("the day is today or later, within a year")]
    BadUntil,
    /// "Unknown" is nothing that a person says.
    #[error("say green, amber or red")]
    BadBand,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// In which band an account is shown; none before it was scored.
///
/// # Errors
/// [`DbError`] of the database.
pub fn band_of(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<Option<Band>, DbError> {
    Ok(store::now(tx, workspace, account)?.map(|now| now.shown))
}
