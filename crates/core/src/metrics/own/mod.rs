//! Metrics that people define: what they are called and in which unit they are, so that every list of metrics has them. What
//! they count is the matter of the feature that counts it, and so is who may change them. What uses a metric is asked of
//! the features in [`Uses`]; as long as anything does, it can't be removed.

mod store;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};

pub use crate::segments::Use;

use super::{Metric, Producers, Unit};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

kit::id! {
    /// A metric that people defined.
    OwnMetricId, "omt"
}

/// Who may see those metrics: they are made of usage.
pub const NEEDS: Permission = Permission::UsageRead;
/// What their names begin with; the id follows.
const PREFIX: &str = "own.";

/// Metrics of workspaces by what they are. Readings and lists share metrics by reference, so each stays in memory once it
/// was read: a name and a title for each that was ever defined.
static KEPT: Mutex<BTreeMap<String, &'static Metric>> = Mutex::new(BTreeMap::new());

/// A metric that people defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnMetric {
    /// Its id.
    pub id: OwnMetricId,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// What its values are.
    pub unit: Unit,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: String,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// Who changed it last.
    pub changed_by: String,
    /// Who removed it, and when.
    pub removal: Option<(String, Timestamp)>,
}

impl OwnMetric {
    /// Its name among all metrics.
    pub fn name(&self) -> String {
        name(self.id)
    }

    /// It as a metric like any other.
    pub fn metric(&self) -> &'static Metric {
        let name = self.name();
        let key = format!("{name} {} {}", self.unit.as_str(), self.title);
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(metric) = kept.get(&key) {
            return *metric;
        }
        let name: &'static str = Box::leak(name.into_boxed_str());
        let title: &'static str = Box::leak(self.title.clone().into_boxed_str());
        let metric: &'static Metric = Box::leak(Box::new(Metric {
            name,
            unit: self.unit,
            needs: NEEDS,
            title: Some(title),
        }));
        kept.insert(key, metric);
        metric
    }
}

/// The name of a metric among all.
pub fn name(id: OwnMetricId) -> String {
    format!("{PREFIX}{id}")
}

/// Whether a name is one of a metric that people define.
pub fn is_own(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Everything that finds metrics, with those that a workspace defines.
///
/// # Errors
/// [`DbError`] of the database.
pub fn producers(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Arc<Producers>, DbError> {
    let table = tx.attached::<Producers>().unwrap_or_default();
    let own = all(tx, workspace)?;
    if own.is_empty() {
        return Ok(table);
    }
    Ok(Arc::new(table.with(own.iter().map(OwnMetric::metric).collect())))
}

/// The same where no transaction is open.
///
/// # Errors
/// [`DbError`] of the database.
pub async fn producers_of(db: &Db, workspace: WorkspaceId) -> Result<Arc<Producers>, DbError> {
    db.read(move |tx| producers(tx, workspace)).await
}

/// Those that were not removed, by title.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<OwnMetric>, DbError> {
    store::all(tx, workspace)
}

/// One of them, also after it was removed.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: OwnMetricId) -> Result<Option<OwnMetric>, DbError> {
    store::find(tx, workspace, id)
}

/// Keeps one as it is now, new or changed.
///
/// # Errors
/// [`DbError`] of the database.
pub fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &OwnMetric) -> Result<(), DbError> {
    store::put(tx, workspace, one)
}

/// Finds what uses the metric of a name; what the actor may not see has no name.
pub type Ask = fn(&mut Tx<'_>, &Actor, &str) -> Result<Vec<Use>, DbError>;

/// Everything that may use metrics; attached to the database handle.
#[derive(Clone, Debug, Default)]
pub struct Uses(Vec<Ask>);

impl Uses {
    /// The table.
    pub fn new(asks: &[Ask]) -> Self {
        Self(asks.to_vec())
    }

    /// What uses the metric of a name.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn of(tx: &mut Tx<'_>, actor: &Actor, metric: &str) -> Result<Vec<Use>, DbError> {
        let mut uses = Vec::new();
        for ask in tx.attached::<Self>().unwrap_or_default().0.iter() {
            uses.extend(ask(tx, actor, metric)?);
        }
        Ok(uses)
    }
}
