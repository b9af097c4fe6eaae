//! Playbooks: written ways to act. What starts one, for which accounts, its steps, what ends it, whom it leaves alone.
//!
//! Every change makes a version; only what is published begins runs, and a run keeps the version it began with. An account
//! has one run of a playbook at a time. Runs move by jobs, each step in one transaction with the row that says so, so that
//! nothing is doubled whatever is tried again. A share of the accounts is held out from the first run on, always the same
//! ones, and written down, so that what a playbook does can be measured.

pub mod account;
mod advancing;
mod allowed;
pub mod api;
mod asked;
mod beginning;
mod checking;
pub mod comparing;
mod dates;
pub mod deed;
pub mod demo;
mod documents;
mod editing;
pub mod effect;
mod failures;
mod filling;
mod form;
mod hearing;
pub mod jobs;
mod kept;
pub mod mailing;
mod model;
mod offered;
pub mod operations;
mod past;
pub mod preview;
pub mod runs;
mod saying;
pub mod search;
mod setting;
mod standard;
mod store;
mod values;
mod views;
pub mod web;
mod words;

use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::accounts::merging::{Part, Way};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::correspondence::Hindrance;
use tandem_core::events::Kind;
use tandem_core::permissions::Permission;
use tandem_core::segments::{SegmentId, Use};
use tandem_core::touchpoints::kinds::{Kind as TraceKind, Trace};
use tandem_core::touchpoints::{Channel, Direction};

pub use advancing::advance;
pub use beginning::{Begun, begin, resume, stop};
pub use editing::{add, change, pause, publish, remove, restore, roll_back};
pub use kept::{FieldChange, Playbook, Reached, Run, RunState, Status};
pub use mailing::{HOLDS, Mailed, mails_of, send};
pub use model::{Aim, Conditions, Content, EVENTS, Goal, OwnerOf, Recipient, Side, Step, Test, Trigger};
pub use past::{Fired, dry_run};
pub use setting::take_back;

kit::id! {
    /// A playbook.
    PlaybookId, "pbk"
}

kit::id! {
    /// One use of a playbook.
    RunId, "run"
}

/// A playbook was added, changed, published, paused or removed.
pub const CHANGED: Kind = Kind::new("playbooks.changed", Permission::TasksRead);
/// A run began.
pub const STARTED: Kind = Kind::new("playbook.started", Permission::TasksRead);
/// A run came to a step that tells webhooks.
pub const STEP_REACHED: Kind = Kind::new("playbook.step_reached", Permission::TasksRead);
/// A run came to a step that calls a webhook.
pub const WEBHOOK_CALLED: Kind = Kind::new("playbook.webhook_called", Permission::TasksRead);
/// A run came to its end.
pub const FINISHED: Kind = Kind::new("playbook.finished", Permission::TasksRead);
/// A run ended before its last step.
pub const STOPPED: Kind = Kind::new("playbook.stopped", Permission::TasksRead);
/// A run that was stopped goes on.
pub const RESUMED: Kind = Kind::new("playbook.resumed", Permission::TasksRead);

/// The list of all playbooks, as a topic of the live stream.
pub const LIST: &str = "playbooks";

/// What a merge of accounts does: the survivor has the runs and the days that had their occasion, so that nothing begins a
/// second time. A run of a playbook that the survivor is in the middle of stands still until the merge is taken back. Rows that
/// name persons never go into the record of a merge, where nobody could forget them.
pub const MERGES: &[Part] = &[
    Part::new("playbook_steps", Way::Move),
    Part::new("playbook_runs", Way::MoveFree),
    Part::new("playbook_holdouts", Way::Keep),
    Part::new("playbook_mails", Way::Move),
    Part::new("playbook_dates", Way::MoveFree),
];

const fn trace(event: &'static str, kind: TraceKind) -> Trace {
    Trace {
        event,
        kind,
        direction: Direction::Outbound,
        impression: None,
        evidence: Some("/playbook-runs/"),
    }
}

/// What the beginning and the end of a run leave on its account's timeline.
pub const TRACES: &[Trace] = &[
    trace(
        "playbook.started",
        TraceKind::new(
            "playbook_started",
            "playbooks-trace-started",
            "workflow",
            Channel::System,
        ),
    ),
    trace(
        "playbook.finished",
        TraceKind::new(
            "playbook_finished",
            "playbooks-trace-finished",
            "workflow",
            Channel::System,
        ),
    ),
    trace(
        "playbook.stopped",
        TraceKind::new(
            "playbook_stopped",
            "playbooks-trace-stopped",
            "workflow",
            Channel::System,
        ),
    ),
];

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum PlaybookError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such playbook here.
    #[error("there is no such playbook")]
    Unknown,
    /// There is no such run here.
    #[error("there is no such run")]
    UnknownRun,
    /// There is no such account here, or it is closed.
    #[error("there is no such open account")]
    UnknownAccount,
    /// Somebody changed the playbook meanwhile.
    #[error("the playbook was changed meanwhile")]
    Stale(Box<Playbook>),
    /// The name is empty or too long.
    #[error("a playbook has a name of 1 to 80 characters")]
    BadName,
    /// What it is for is too long.
    #[error("what a playbook is for takes at most 1,000 characters")]
    LongAbout,
    /// What starts it does not fit.
    #[error("the trigger is none, or its days are not in their range")]
    BadTrigger,
    /// The revenue from is above the revenue to.
    #[error("the revenue from is not above the revenue to, and neither is below 0")]
    BadRange,
    /// A stage or a tier that is none of this workspace.
    #[error("there is no such stage or tier")]
    UnknownRung,
    /// The share of those left alone is out of its range.
    #[error("0 to 50 percent of the accounts can be left alone")]
    BadHoldout,
    /// The time between runs is out of its range.
    #[error("0 to 730 days lie between two runs at an account")]
    BadCooldown,
    /// There are no steps, or too many.
    #[error("a playbook has 1 to 40 steps")]
    StepCount,
    /// A step can't be done.
    #[error("step {0} can't be done as it is written")]
    BadStep(usize),
    /// A step names a variable that there is not.
    #[error("step {0}: there is no variable {1}")]
    UnknownVariable(usize, String),
    /// What it is measured by does not fit.
    #[error("the goal is none, or its days are not 7 to 365")]
    BadGoal,
    /// The run does not stand at a mail that somebody has to send.
    #[error("the run waits for no mail")]
    NotWaiting,
    /// The contact is not at the account.
    #[error("there is no such contact at the account")]
    UnknownContact,
    /// A mail lacks values.
    #[error("these have no value: {}", .0.join(", "))]
    Missing(Vec<String>),
    /// They can't be written to.
    #[error("they can't be written to: {}", .0.as_str())]
    Hindered(Hindrance),
    /// The step changed nothing that could be taken back, or something else stands there by now.
    #[error("something else stands there by now")]
    ChangedSince,
    /// It was not published, or is paused.
    #[error("only a published playbook begins runs")]
    NotActive,
    /// The account has a run of it already.
    #[error("the account has a run of this playbook already")]
    Running,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The playbooks that are not removed, by name.
///
/// # Errors
/// [`PlaybookError::Forbidden`], or the database's.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Playbook>, PlaybookError> {
    actor.must(Permission::TasksRead)?;
    Ok(store::all(tx, actor.workspace)?)
}

/// One of them, removed or not.
///
/// # Errors
/// [`PlaybookError::Unknown`], a missing permission, or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: PlaybookId) -> Result<Playbook, PlaybookError> {
    actor.must(Permission::TasksRead)?;
    store::find(tx, actor.workspace, id)?.ok_or(PlaybookError::Unknown)
}

/// A run.
///
/// # Errors
/// [`PlaybookError::UnknownRun`], a missing permission, or the database's.
pub fn find_run(tx: &mut Tx<'_>, actor: &Actor, id: RunId) -> Result<Run, PlaybookError> {
    actor.must(Permission::TasksRead)?;
    runs::store::run(tx, actor.workspace, id)?.ok_or(PlaybookError::UnknownRun)
}

/// What became of the steps of a run, in their order.
///
/// # Errors
/// As of [`find_run`].
pub fn steps_of(tx: &mut Tx<'_>, actor: &Actor, id: RunId) -> Result<Vec<Reached>, PlaybookError> {
    find_run(tx, actor, id)?;
    Ok(runs::store::steps(tx, actor.workspace, id)?)
}

/// Up to `limit` runs of a playbook before one, the newest first, with their accounts' names.
///
/// # Errors
/// [`PlaybookError::Unknown`], a missing permission, or the database's.
pub fn runs_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: PlaybookId,
    before: Option<RunId>,
    limit: i64,
) -> Result<Vec<(Run, String)>, PlaybookError> {
    find(tx, actor, id)?;
    Ok(runs::store::runs_of(tx, actor.workspace, id, (before, limit))?)
}

/// Up to `limit` runs at an account, the newest first, with their playbooks' names.
///
/// # Errors
/// [`PlaybookError::Forbidden`], or the database's.
pub fn runs_at(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    limit: i64,
) -> Result<Vec<(Run, String)>, PlaybookError> {
    actor.must(Permission::TasksRead)?;
    Ok(runs::store::runs_at(tx, actor.workspace, account, limit)?)
}

/// The playbooks that ask for a metric, in their goal or a branch, for whoever asks what uses it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn by_metric(tx: &mut Tx<'_>, actor: &Actor, metric: &str) -> Result<Vec<Use>, DbError> {
    let may_see = actor.may(Permission::TasksRead);
    let mut uses = Vec::new();
    for one in store::all(tx, actor.workspace)? {
        // The version in force may ask for what a draft does not any more; there are few playbooks.
        let in_force = match one.published {
            Some(version) => store::content(tx, actor.workspace, one.id, version)?,
            None => None,
        };
        if one.content.asks(metric) || in_force.is_some_and(|content| content.asks(metric)) {
            uses.push(Use {
                kind: "playbooks-title",
                name: if may_see { one.name } else { String::new() },
                path: format!("/playbooks/{}", one.id),
            });
        }
    }
    Ok(uses)
}

/// The playbooks that begin by a segment, for whoever asks what uses it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn by_segment(tx: &mut Tx<'_>, actor: &Actor, segment: SegmentId) -> Result<Vec<Use>, DbError> {
    if !actor.may(Permission::TasksRead) {
        return Ok(Vec::new());
    }
    let id = segment.to_string();
    let all = store::all(tx, actor.workspace)?.into_iter();
    let uses =
        all.filter(|one| matches!(&one.content.trigger, Trigger::Segment { segment } if *segment == id));
    let used = |one: Playbook| Use {
        kind: "playbooks-title",
        name: one.name,
        path: format!("/playbooks/{}", one.id),
    };
    Ok(uses.map(used).collect())
}
