//! Sample data of the whole product: every crate adds its part; the same seed and size make the same data.

use kit::clock::{Clock, Timestamp};
use kit::db::DbError;
use kit::id::Ids;
use tandem_core::demo::{self, Cast, DemoError, Plan};
use tandem_core::events;

use crate::app::{self, OpenError};
use crate::config::Config;
use crate::wiring;

/// Why there is no sample data.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// The database did not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A part failed.
    #[error(transparent)]
    Part(#[from] DemoError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Makes the sample data of `plan` in the empty database of the configuration, runs all jobs it caused, and closes it.
///
/// # Errors
/// [`FillError`]; the data made so far stays.
pub async fn fill(
    config: &Config,
    plan: &Plan,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Cast, FillError> {
    let clock = Clock::manual(plan.end);
    let opened = app::open(config, clock.clone(), Ids::seeded(plan.seed))?;
    let db = opened.db.clone();
    db.migrate(wiring::MIGRATIONS).await?;
    let cast = demo::fill(&db, &clock, plan, progress).await?;
    let jobs = wiring::jobs();
    while kit::jobs::run_due(&db, &jobs).await? > 0 {}
    events::give_positions(&db).await?;
    db.close().await;
    Ok(cast)
}

/// The usual sample data, ending at `now`.
pub fn usual(now: Timestamp) -> Plan {
    Plan {
        seed: 7,
        accounts: 240,
        days: 390,
        end: now,
    }
}
