//! Worklists: whose tasks, in which state, in which order.

mod store;

use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use store::Wanted;

use super::{State, Task, TaskError, TaskId};

/// Whose tasks a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TaskView")]
pub enum View {
    /// The reader's own.
    #[default]
    Mine,
    /// Those of the reader's teams.
    Teams,
    /// Those that nobody has.
    Nobody,
    /// Everybody's.
    All,
    /// Those of accounts, account by account.
    Account,
}

/// Which tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Whose.
    pub view: View,
    /// In which state.
    pub state: State,
    /// For which account.
    pub account: Option<AccountId>,
}

/// A task in a list, with the names that stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The task.
    pub task: Task,
    /// What its account is called.
    pub account_name: Option<String>,
    /// What its account sorts under.
    pub(super) name_folded: Option<String>,
    /// What its owner is called; empty for nobody.
    pub owner_name: String,
}

/// A place in a list: what the last one seen sorts by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub(super) name: String,
    pub(super) account: AccountId,
    pub(super) place: String,
    pub(super) at: i64,
    pub(super) id: TaskId,
}

/// How many open tasks there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The reader's own.
    pub mine: i64,
    /// Those of them that are due.
    pub due: i64,
    /// Those of the reader's teams.
    pub teams: i64,
    /// Nobody's.
    pub nobody: i64,
}

impl View {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 5] = [Self::Mine, Self::Teams, Self::All, Self::Account, Self::Nobody];

    /// Its word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Teams => "teams",
            Self::Nobody => "nobody",
            Self::All => "all",
            Self::Account => "account",
        }
    }

    /// The view of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == word)
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Mine => "tasks-view-mine",
            Self::Teams => "tasks-view-teams",
            Self::Nobody => "tasks-view-nobody",
            Self::All => "tasks-view-all",
            Self::Account => "tasks-view-account",
        }
    }
}

impl Cursor {
    /// Before the first of a list.
    fn first(state: State) -> Self {
        Self {
            name: String::new(),
            account: AccountId::from_uuid(Uuid::nil()),
            place: String::new(),
            at: i64::MAX,
            // Settled tasks go backwards.
            id: TaskId::from_uuid(if state == State::Open {
                Uuid::nil()
            } else {
                Uuid::max()
            }),
        }
    }

    /// After this one.
    pub fn after(line: &Line) -> Self {
        let task = &line.task;
        Self {
            name: line.name_folded.clone().unwrap_or_default(),
            account: task.account.unwrap_or(AccountId::from_uuid(Uuid::nil())),
            place: task.place(),
            at: task.settled.as_ref().map_or(i64::MAX, |(at, _)| at.0),
            id: task.id,
        }
    }
}

/// Up to `limit` tasks: open ones by their days, settled ones by when that was, the last first.
///
/// # Errors
/// [`TaskError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Line>, TaskError> {
    actor.must(Permission::TasksRead)?;
    let wanted = Wanted {
        state: filter.state,
        view: filter.view.as_str(),
        reader: actor.agent(),
        account: filter.account,
        after: after.unwrap_or_else(|| Cursor::first(filter.state)),
        limit,
    };
    Ok(match (filter.state, filter.view) {
        (State::Done | State::Dropped, _) => store::settled(tx, actor.workspace, &wanted)?,
        (State::Open, View::Account) => store::by_account(tx, actor.workspace, &wanted)?,
        (State::Open, _) => store::in_order(tx, actor.workspace, &wanted)?,
    })
}

/// Up to `limit` open tasks of an account, the first due first.
///
/// # Errors
/// [`TaskError::Forbidden`], or the database's.
pub fn of_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    limit: i64,
) -> Result<Vec<Line>, TaskError> {
    let filter = Filter {
        view: View::All,
        state: State::Open,
        account: Some(account),
    };
    list(tx, actor, filter, None, limit)
}

/// Up to `limit` of the reader's own open tasks that are due today or were before.
///
/// # Errors
/// [`TaskError::Forbidden`], or the database's.
pub fn due_today(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<Line>, TaskError> {
    actor.must(Permission::TasksRead)?;
    let Some(agent) = actor.agent() else {
        return Ok(Vec::new());
    };
    let until = end_of_today(tx, actor)?;
    Ok(store::until(tx, actor.workspace, agent, (&until, limit))?)
}

/// How many open tasks the reader has.
///
/// # Errors
/// [`TaskError::Forbidden`], or the database's.
pub fn counts(tx: &mut Tx<'_>, actor: &Actor) -> Result<Counts, TaskError> {
    actor.must(Permission::TasksRead)?;
    let until = end_of_today(tx, actor)?;
    Ok(store::counts(tx, actor.workspace, actor.agent(), &until)?)
}

/// The place before which everything is due.
fn end_of_today(tx: &mut Tx<'_>, actor: &Actor) -> Result<String, TaskError> {
    let today = workspaces::today(tx, actor.workspace)?;
    Ok(today.plus_days(1).to_string())
}
