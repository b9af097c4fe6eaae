//! Setup: how a fresh installation gets its first workspace and administrator.
//!
//! An empty installation opens a *setup*: a secret that leads to a few pages. What is written there is kept as a *draft*
//! until the last page, which makes everything in one transaction. The first to finish wins; setups are over for everybody
//! once there is a workspace, however it came. Whoever may opens [`further`] ones later.

mod draft;
pub mod further;
mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};

pub use draft::{Founding, STEPS, Step};

use crate::actor::{Actor, Origin, Who};
use crate::agents::{self, AgentError, NewAgent};
use crate::calendars::{self, CalendarError, Hours};
use crate::doors::factors::FactorError;
use crate::doors::{self, Entering, Secret, SessionKind, passwords};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::{Permission, PermissionSet, Role};
use crate::samples::{self, SampleError};
use crate::workspaces::{self, NewWorkspace, WorkspaceError};

kit::id! {
    /// A setup.
    SetupId, "stp"
}

/// A workspace was made by somebody who set it up on the pages for that: what is usual can be put into it.
pub const FOUNDED: Kind = Kind::new("workspace.founded", Permission::WorkspaceRead);

/// A setup that a secret leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    id: SetupId,
    /// What has been written so far: a form's fields, as JSON.
    draft: String,
    /// Who finished it or another one, once that has happened.
    pub finished: Option<Finished>,
}

/// By whom and when an installation was set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// The first administrator's name; empty when the command line did it.
    pub by: String,
    /// When; none when the command line did it.
    pub at: Option<Timestamp>,
}

/// Why an installation was not set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// No setup has this secret.
    #[error("no setup has this secret")]
    Unknown,
    /// Somebody was faster.
    #[error("this installation is set up already")]
    Finished(Finished),
    /// The administrator's name or address does not fit.
    #[error(transparent)]
    Agent(#[from] AgentError),
    /// The workspace's name, language or zone does not fit.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// The working hours do not fit.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The second step of whoever opens a further workspace can't be taken along.
    #[error(transparent)]
    Factor(#[from] FactorError),
    /// Sample data could not be asked for.
    #[error(transparent)]
    Samples(#[from] SampleError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Opens a setup when the installation is empty; `None` when it has a workspace.
///
/// # Errors
/// [`DbError`] of the database.
pub fn open(tx: &mut Tx<'_>) -> Result<Option<Secret>, DbError> {
    if !workspaces::all(tx)?.is_empty() {
        return Ok(None);
    }
    let secret = Secret::new(tx.ids());
    let id = tx.new_id();
    store::insert(tx, id, &secret)?;
    Ok(Some(secret))
}

/// The setup that `secret` leads to.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, secret: &Secret) -> Result<Option<Setup>, DbError> {
    let Some(mut setup) = store::find(tx, secret)? else {
        return Ok(None);
    };
    if setup.finished.is_none() && !workspaces::all(tx)?.is_empty() {
        setup.finished = Some(Finished {
            by: String::new(),
            at: None,
        });
    }
    Ok(Some(setup))
}

/// Keeps what has been written so far.
///
/// # Errors
/// [`SetupError::Unknown`], [`SetupError::Finished`], or the database's.
pub fn keep(tx: &mut Tx<'_>, secret: &Secret, draft: &str) -> Result<(), SetupError> {
    let setup = unfinished(tx, secret)?;
    store::set_draft(tx, setup.id, draft)?;
    Ok(())
}

/// Makes the workspace, its first administrator and its calendar, and lets the administrator in.
///
/// # Errors
/// [`SetupError::Finished`] when somebody was faster; nothing is half made.
pub fn finish(tx: &mut Tx<'_>, secret: &Secret, founding: &Founding) -> Result<Secret, SetupError> {
    unfinished(tx, secret)?;
    let workspace = workspaces::create(tx, &founding.workspace)?;
    let system = Actor::system(workspace.id, "setup");
    let admin = NewAgent {
        role: Role::Admin,
        ..founding.admin.clone()
    };
    let admin = agents::add(tx, &system, &admin)?;
    let actor = Actor {
        workspace: workspace.id,
        who: Who::Agent {
            id: admin.id,
            name: admin.name.clone(),
            permissions: PermissionSet::all(),
        },
        origin: Origin::default(),
    };
    if let Some(password) = &founding.password {
        let who = Entering {
            workspace: workspace.id,
            agent: admin.id,
        };
        passwords::set(tx, who, password)?;
    }
    calendars::change(tx, &actor, 0, &founding.hours)?;
    events::record(tx, &actor, NewEvent::of(&FOUNDED, workspace.id))?;
    if founding.wants_samples {
        samples::load(tx, &actor)?;
    }
    store::finish_all(tx, &admin.name)?;
    Ok(doors::begin(
        tx,
        workspace.id,
        admin.id,
        SessionKind::Browser,
        "browser",
    )?)
}

fn unfinished(tx: &mut Tx<'_>, secret: &Secret) -> Result<Setup, SetupError> {
    let setup = find(tx, secret)?.ok_or(SetupError::Unknown)?;
    match setup.finished {
        Some(finished) => Err(SetupError::Finished(finished)),
        None => Ok(setup),
    }
}
