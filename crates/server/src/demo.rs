//! Sample data of the whole product: every crate adds its part; the same seed and size make the same data.

use std::sync::Arc;

use kit::clock::{Clock, Timestamp};
use kit::db::{DbError, Tx};
use kit::id::Ids;
use tandem_core::actor::Actor;
use tandem_core::billing::{self, BillingError};
use tandem_core::demo::{self, Cast, DemoError, Plan};
use tandem_core::events;
use tandem_core::imports::{self, ImportError};
use tandem_core::segments::SegmentError;
use tandem_core::webhooks::{self, StopReason, WebhookError, WebhookText};
use tandem_core::workspaces::WorkspaceId;

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
    /// The help desk could not be filled.
    #[error(transparent)]
    Desk(#[from] desk::demo::DemoError),
    /// Nobody could use the product.
    #[error(transparent)]
    Success(#[from] success::demo::DemoError),
    /// Health could not be made.
    #[error(transparent)]
    Health(#[from] success::health::demo::DemoError),
    /// Early warning could not be made.
    #[error(transparent)]
    Alerts(#[from] success::alerts::demo::DemoError),
    /// Nobody had anything to do.
    #[error(transparent)]
    Tasks(#[from] success::tasks::TaskError),
    /// No segment could be made.
    #[error(transparent)]
    Segments(#[from] SegmentError),
    /// No playbook could be written.
    #[error(transparent)]
    Playbooks(#[from] success::playbooks::PlaybookError),
    /// A webhook could not be set up.
    #[error(transparent)]
    Webhook(#[from] WebhookError),
    /// A billing system could not be connected.
    #[error(transparent)]
    Billing(#[from] BillingError),
    /// A file could not be imported.
    #[error(transparent)]
    Import(#[from] ImportError),
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
    // Nobody's addresses are written to.
    db.attach(Arc::new(desk::outbox::demo::CARRIER));
    db.migrate(wiring::MIGRATIONS).await?;
    let cast = demo::fill(&db, &clock, plan, progress).await?;
    desk::demo::fill(&db, &clock, plan, &cast).await?;
    imports::demo::fill(&db, &cast).await?;
    let jobs = wiring::jobs();
    while kit::jobs::run_due(&db, &jobs).await? > 0 {}
    let workspace = cast.workspace.id;
    db.write(move |tx| tell_others(tx, workspace)).await?;
    db.write(move |tx| billing::demo::fill(tx, &Actor::system(workspace, "demo")))
        .await?;
    success::demo::fill(&db, &clock, plan, &cast).await?;
    success::health::demo::fill(&db, plan, &cast).await?;
    db.write(move |tx| success::sample_segments::fill(tx, &Actor::system(workspace, "demo")))
        .await?;
    success::alerts::demo::fill(&db, plan, &cast).await?;
    success::alerts::signals::demo::fill(&db, plan, &cast).await?;
    success::tasks::demo::fill(&db, plan, &cast).await?;
    success::playbooks::demo::fill(&db, &cast).await?;
    while kit::jobs::run_due(&db, &jobs).await? > 0 {}
    events::give_positions(&db).await?;
    db.close().await;
    Ok(cast)
}

/// A webhook with a first delivery on its way, and one that was switched off; there is nobody at their addresses.
fn tell_others(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), FillError> {
    let actor = Actor::system(workspace, "demo");
    let text = |name: &str, host: &str| WebhookText {
        name: name.to_owned(),
        url: format!("https://{host}/hooks/tandem"),
        kinds: vec!["account.added".to_owned(), "account.closed".to_owned()],
    };
    let (billing, _) = webhooks::add(tx, &actor, &text("Billing", "billing.fernweh.example"))?;
    webhooks::deliveries::test(tx, &actor, billing.id)?;
    let (old, _) = webhooks::add(tx, &actor, &text("Old warehouse", "warehouse.fernweh.example"))?;
    webhooks::stop(tx, &actor, old.id, StopReason::Gone)?;
    Ok(())
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
