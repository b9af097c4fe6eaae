//! What other places show of tasks: the account's page, the side of a ticket, home.

use axum::extract::{Path, State};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page, known};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::panels::{Panel, Place, Width};
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::views::PanelView;
use super::{LIST, TaskError, due_today, of_account as listed};

/// Tasks in a panel.
const MOST: i64 = 6;

/// The panel of the account's page: what is to be done for it.
pub const OF_ACCOUNT: Panel = Panel::new(
    "tasks",
    Place::Account,
    Permission::TasksRead,
    "/accounts/{id}/tasks",
);

/// The panel of the home page: what is due.
pub const AT_HOME: Panel = Panel {
    width: Width::Line,
    lines: 4,
    ..Panel::new("tasks-home", Place::Home, Permission::TasksRead, "/home/tasks")
};

/// The open tasks of an account.
///
/// # Errors
/// No such account here, or the database's.
pub async fn of_account(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    let reader = actor.clone();
    let (lines, today, name) = db
        .read(move |tx| {
            let name = accounts::name(tx, reader.workspace, id)?.ok_or(TaskError::Unknown)?;
            let today = workspaces::today(tx, reader.workspace)?;
            Ok::<_, TaskError>((listed(tx, &reader, id, MOST)?, today, name))
        })
        .await?;
    let view = PanelView {
        t: &t,
        lines,
        today,
        account: Some(id),
        none: "tasks-none-of-account",
        all: format!("/tasks?view=all&account={id}"),
        may_write: actor.may(Permission::TasksWrite),
        may_see: actor.may(Permission::AccountsRead),
    };
    let page = Page::new(t.say("panel-tasks"), &view).place("accounts");
    let page = page.crumb(t.say("accounts-title"), "/accounts");
    Ok(page.crumb(name, format!("/accounts/{id}")).live(id.to_string()))
}

/// The reader's own tasks that are due.
///
/// # Errors
/// The database's.
pub async fn at_home(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (lines, today) = db
        .read(move |tx| {
            let today = workspaces::today(tx, reader.workspace)?;
            Ok::<_, TaskError>((due_today(tx, &reader, MOST)?, today))
        })
        .await?;
    let view = PanelView {
        t: &t,
        lines,
        today,
        account: None,
        none: "tasks-none-due",
        all: "/tasks".to_owned(),
        may_write: actor.may(Permission::TasksWrite),
        may_see: actor.may(Permission::AccountsRead),
    };
    Ok(Page::new(t.say("panel-tasks-home"), &view)
        .place("home")
        .live(LIST))
}
