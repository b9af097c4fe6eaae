//! Sample data of the whole product: every crate adds its part; the same seed and size make the same data.

use std::sync::Arc;

use desk::api_inboxes::ApiInboxError;
use kit::clock::{Clock, Timestamp};
use kit::db::{Db, DbError, Tx};
use kit::id::Ids;
use tandem_core::actor::Actor;
use tandem_core::billing::{self, BillingError};
use tandem_core::demo::{self, Cast, DemoError, Plan};
use tandem_core::events;
use tandem_core::imports::{self, ImportError};
use tandem_core::permissions::Permission;
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
    /// No inbox could be connected.
    #[error(transparent)]
    ApiInbox(#[from] ApiInboxError),
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

/// What is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Accounts, with their people and what was spoken.
    Accounts,
    /// Tickets of the past.
    Tickets,
    /// What customer success makes of it: steps, not things.
    Rest,
}

/// How many steps the rest has.
const STEPS: usize = 8;

/// Hears of done and total things of a part.
pub type Progress<'p> = &'p (dyn Fn(Part, usize, usize) + Sync);

/// Makes what one can look at first in the empty database of the configuration, and closes it: the workspace, its people and
/// accounts. What follows from them is for [`complete`].
///
/// # Errors
/// [`FillError`]; the data made so far stays.
pub async fn begin(config: &Config, plan: &Plan, progress: Progress<'_>) -> Result<Cast, FillError> {
    let clock = Clock::manual(plan.end);
    let opened = app::open(config, clock.clone(), Ids::seeded(plan.seed))?;
    let db = opened.db.clone();
    db.migrate(wiring::MIGRATIONS).await?;
    let of_accounts = |done, total| progress(Part::Accounts, done, total);
    let cast = demo::fill(&db, &clock, plan, &of_accounts).await?;
    db.close().await;
    Ok(cast)
}

/// Makes the rest of the sample data and runs all jobs that it caused. It may be looked at meanwhile, by a server that runs no
/// jobs yet: what is made is the same whatever anybody looks at.
///
/// # Errors
/// [`FillError`]; the data made so far stays.
pub async fn complete(
    config: &Config,
    plan: &Plan,
    cast: &Cast,
    progress: Progress<'_>,
) -> Result<(), FillError> {
    let clock = Clock::manual(plan.end);
    let opened = app::open_beside(config, clock.clone(), Ids::seeded(!plan.seed))?;
    let db = opened.db.clone();
    // Nobody's addresses are written to.
    db.attach(Arc::new(desk::outbox::demo::CARRIER));
    let jobs = wiring::jobs();
    let of_tickets = |done, total| progress(Part::Tickets, done, total);
    let of_rest = |done, total| progress(Part::Rest, done, total);
    // Tiers are known before tickets are counted by them.
    while kit::jobs::run_due(&db, &jobs).await? > 0 {}
    desk::demo::fill(&db, &clock, plan, cast, &of_tickets).await?;
    imports::demo::fill(&db, cast).await?;
    while kit::jobs::run_due(&db, &jobs).await? > 0 {}
    the_rest(&db, (&clock, plan, cast), &of_rest).await?;
    while kit::jobs::run_due(&db, &jobs).await? > 0 {}
    desk::demo::finish(&db).await?;
    events::give_positions(&db).await?;
    db.close().await;
    Ok(())
}

/// What customer success makes of accounts and tickets, and what others are told.
async fn the_rest(
    db: &Db,
    (clock, plan, cast): (&Clock, &Plan, &Cast),
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(), FillError> {
    let workspace = cast.workspace.id;
    db.write(move |tx| tell_others(tx, workspace)).await?;
    db.write(move |tx| billing::demo::fill(tx, &Actor::system(workspace, "demo")))
        .await?;
    progress(1, STEPS);
    success::demo::fill(db, clock, plan, cast).await?;
    progress(2, STEPS);
    success::health::demo::fill(db, plan, cast).await?;
    progress(3, STEPS);
    db.write(move |tx| success::sample_segments::fill(tx, &Actor::system(workspace, "demo")))
        .await?;
    progress(4, STEPS);
    success::alerts::demo::fill(db, plan, cast).await?;
    progress(5, STEPS);
    success::alerts::signals::demo::fill(db, plan, cast).await?;
    progress(6, STEPS);
    success::tasks::demo::fill(db, plan, cast).await?;
    progress(7, STEPS);
    success::playbooks::demo::fill(db, cast).await?;
    connect(db, cast).await?;
    progress(STEPS, STEPS);
    Ok(())
}

/// A messenger of the company's own, by which people wrote; somebody who may answered some of them.
async fn connect(db: &Db, cast: &Cast) -> Result<(), FillError> {
    let workspace = cast.workspace.id;
    let mut agents = cast.agents.iter();
    let able = agents.find(|agent| agent.permissions.has(Permission::TicketsWrite));
    let agent = able.map(|agent| agent.actor(workspace));
    db.write(move |tx| {
        let actor = Actor::system(workspace, "demo");
        desk::api_inboxes::demo::fill(tx, &actor, agent.as_ref())
    })
    .await?;
    Ok(())
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
        accounts: 200,
        days: 548,
        end: now,
    }
}
