//! Tasks: one thing to do, by an agent or a team of any department, for an account or for none, until a day or whenever.
//!
//! A task is open, done or dropped. Every change of a field is kept with both values, so that it can be taken back while
//! the field still is as the change left it. Whoever leaves the company leaves their open tasks to nobody, where everybody
//! sees them. A day may be given as working days from now, which the workspace's calendar counts.

pub mod acts;
pub mod api;
mod asked;
mod changing;
pub mod demo;
mod documents;
mod due;
mod failures;
mod form;
pub mod jobs;
mod listing;
mod model;
mod names;
pub mod operations;
pub mod panels;
mod personal;
pub mod search;
mod store;
mod views;
pub mod web;
mod words;
pub mod writing;

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use tandem_core::accounts::merging::{Part, Way};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::events::{Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::touchpoints::kinds::{Kind as TraceKind, Trace};
use tandem_core::touchpoints::{Channel, Direction};
use tandem_core::workspaces::WorkspaceId;

pub use changing::{add, change, undo};
pub use due::working_day;
pub use listing::{Counts, Cursor, Filter, Line, View, counts, due_today, list, of_account};
pub use model::{Change, Due, Field, Origin, Owner, Priority, State, Task, TaskText};
pub use personal::HOLDS;
pub(crate) use views::title;

kit::id! {
    /// A task.
    TaskId, "tsk"
}

kit::id! {
    /// A change of a task.
    TaskChangeId, "tkc"
}

/// A task was added.
pub const ADDED: Kind = Kind::new("task.added", Permission::TasksRead);
/// A task is another, or open again.
pub const CHANGED: Kind = Kind::new("task.changed", Permission::TasksRead);
/// A task was done.
pub const DONE: Kind = Kind::new("task.done", Permission::TasksRead);
/// A task was dropped: nobody will do it.
pub const DROPPED: Kind = Kind::new("task.dropped", Permission::TasksRead);

/// The list of all tasks, as a topic of the live stream.
pub const LIST: &str = "tasks";

/// What a merge of accounts does with them.
pub const MERGES: Part = Part::new("tasks", Way::Move)
    .said("merging-tasks", Permission::TasksRead)
    .searched(<TaskId as TypedId>::PREFIX);

/// What a task that was done leaves on its account's timeline.
pub const TRACE: Trace = Trace {
    event: "task.done",
    kind: TraceKind::new("task_done", "tasks-trace", "list-checks", Channel::System),
    direction: Direction::Outbound,
    impression: None,
    evidence: Some("/tasks/"),
};

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such task here.
    #[error("there is no such task")]
    Unknown,
    /// Somebody changed it meanwhile.
    #[error("the task was changed meanwhile")]
    Stale(Box<Task>),
    /// What was changed is another by now, so that the change can't be taken back.
    #[error("this was changed again since")]
    Moved,
    /// The title is empty or too long.
    #[error("a task has a title of 1 to 200 characters")]
    BadTitle,
    /// The words are too long.
    #[error("a task has at most 5,000 characters of words")]
    LongWords,
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// There is no such contact here.
    #[error("there is no such contact")]
    UnknownContact,
    /// What it refers to is nothing that tasks refer to.
    #[error("evidence is the id of a ticket, an alert, a contact, a touchpoint, or a run")]
    BadEvidence,
    /// There is no such agent or team here, or they take no work.
    #[error("an owner is an active agent or a team that is not archived")]
    UnknownOwner,
    /// Two ways of giving the same.
    #[error("a task has an agent or a team, and a day or a number of working days")]
    Double,
    /// The day is none, or too far away.
    #[error("a day, or 0 to 365 working days from today")]
    BadDue,
    /// The priority is none.
    #[error("a priority is low, normal, high or urgent")]
    BadPriority,
    /// The state is none.
    #[error("a task is open, done or dropped")]
    BadState,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The task with this id in the actor's workspace.
///
/// # Errors
/// [`TaskError::Unknown`], [`TaskError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: TaskId) -> Result<Task, TaskError> {
    actor.must(Permission::TasksRead)?;
    store::find(tx, actor.workspace, id)?.ok_or(TaskError::Unknown)
}

/// What was changed of a task, the newest first.
///
/// # Errors
/// As of [`find`].
pub fn history(tx: &mut Tx<'_>, actor: &Actor, id: TaskId) -> Result<Vec<Change>, TaskError> {
    find(tx, actor, id)?;
    Ok(store::changes(tx, actor.workspace, id)?)
}

/// How a task stands, for features that wait for it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn state_of(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TaskId) -> Result<Option<State>, DbError> {
    Ok(store::find(tx, workspace, id)?.map(|task| task.state))
}

/// The event about a task, told to the pages that show it.
fn event(kind: &'static Kind, task: &Task) -> NewEvent {
    let mut event = NewEvent::of(kind, task.id).topic(LIST);
    if let Some(account) = task.account {
        event = event.topic(account);
    }
    event
}
