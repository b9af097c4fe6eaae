//! The back-test: what the rules and the score would have said over the past year, without looking ahead, and how right that would
//! have been. It runs as an errand with progress; the newest report stays until the next is there.

pub mod api;
mod counting;
mod failures;
mod intervals;
pub mod jobs;
mod lives;
mod model;
mod rankings;
mod replaying;
mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::rules;

pub use intervals::Between;
pub use model::{Ask, Judgement, Quality, Ranking, Report, Share};

kit::id! {
    /// A back-test.
    TestId, "bkt"
}

/// The newest back-test, as a topic of the live stream.
pub const TOPIC: &str = "alert-quality";

/// A back-test was asked for, or is ready.
pub const MOVED: Kind = Kind::new("alert_quality.changed", Permission::AlertsRead);

/// A back-test.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// Its id.
    pub id: TestId,
    /// What was asked.
    pub ask: Ask,
    /// When.
    pub asked_at: Timestamp,
    /// What came of it; none while it is computed.
    pub report: Option<Report>,
}

/// The newest back-tests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Newest {
    /// The one that is ready.
    pub ready: Option<Test>,
    /// A later one that is computed.
    pub waiting: Option<Test>,
}

/// Why there is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QualityError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The horizon is out of its range.
    #[error("a horizon is 14 to 180 days")]
    BadHorizon,
    /// The reach is out of its range.
    #[error("a team can work 1 to 10,000 accounts")]
    BadReach,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Asks for a back-test; it is computed in the background.
///
/// # Errors
/// [`QualityError`].
pub fn ask(tx: &mut Tx<'_>, actor: &Actor, ask: Ask) -> Result<Test, QualityError> {
    actor.must(Permission::AlertsWrite)?;
    if !(14..=180).contains(&ask.horizon) {
        return Err(QualityError::BadHorizon);
    }
    if !(1..=10_000).contains(&ask.reach) {
        return Err(QualityError::BadReach);
    }
    let test = Test {
        id: tx.new_id(),
        ask,
        asked_at: tx.now(),
        report: None,
    };
    store::insert(tx, actor.workspace, &test)?;
    jobs::queue(tx, actor.workspace, test.id)?;
    moved(tx, actor, test.id)?;
    Ok(test)
}

/// The newest back-tests, without the rules whose metrics the actor may not see.
///
/// # Errors
/// [`QualityError::Forbidden`], or the database's.
pub fn newest(tx: &mut Tx<'_>, actor: &Actor) -> Result<Newest, QualityError> {
    actor.must(Permission::AlertsRead)?;
    let hidden = rules::hidden(tx, actor)?;
    let mut all = store::newest(tx, actor.workspace)?;
    let waiting = all.first().filter(|test| test.report.is_none()).cloned();
    let mut ready = all.iter_mut().find(|test| test.report.is_some()).cloned();
    if let Some(report) = ready.as_mut().and_then(|test| test.report.as_mut()) {
        report
            .rules
            .retain(|one| one.rule.is_none_or(|rule| !hidden.contains(&rule)));
    }
    Ok(Newest { ready, waiting })
}

/// Keeps what came of a back-test.
fn finish(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TestId, report: &Report) -> Result<(), DbError> {
    store::finish(tx, workspace, id, report)?;
    store::forget(tx, workspace, id)?;
    moved(tx, &Actor::system(workspace, "alerts"), id)
}

fn moved(tx: &mut Tx<'_>, actor: &Actor, id: TestId) -> Result<(), DbError> {
    let event = NewEvent::of(&MOVED, id).topic(TOPIC).payload(json!({}));
    events::record(tx, actor, event).map(drop)
}
