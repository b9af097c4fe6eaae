//! Sample data of customer success: where the usage of the sample accounts comes from.

use kit::clock::Clock;
use kit::db::{Db, DbError};
use tandem_core::actor::Actor;
use tandem_core::demo::{Cast, Plan};

use crate::usage::sources::{self, SourceError};

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A source could not be set up.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Makes the sources of the sample workspace.
///
/// # Errors
/// [`DemoError`]; what was made so far stays.
pub async fn fill(db: &Db, _clock: &Clock, _plan: &Plan, cast: &Cast) -> Result<(), DemoError> {
    let actor = Actor::system(cast.workspace.id, "demo");
    db.write(move |tx| {
        sources::add(tx, &actor, "Web app")?;
        sources::add(tx, &actor, "Back end").map(drop)
    })
    .await?;
    Ok(())
}
