//! The pages of tasks: worklists, and one with its history.

use axum::extract::{Path, Query, State as Taken};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::{Failure, Page, Tab, address, is_own_path, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::names::Names;
use super::views::{ListActions, ListPage, TaskActions, TaskPage};
use super::{Counts, Cursor, Filter, LIST, Line, State, TaskError, TaskId, View, counts, listing};

pub(super) const PLACE: &str = "tasks";
/// Tasks on one page.
const PAGE: i64 = 60;

/// Which tasks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    view: String,
    state: String,
    account: String,
    after: Option<String>,
}

impl ListQuery {
    fn filter(&self, actor: &Actor) -> Filter {
        let usual = match actor.agent() {
            Some(_) => View::Mine,
            None => View::All,
        };
        Filter {
            view: View::named(&self.view).unwrap_or(usual),
            state: State::named(&self.state).unwrap_or(State::Open),
            account: self.account.parse().ok(),
        }
    }
}

/// A worklist.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let after: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let (filter, reader) = (query.filter(&actor), actor.clone());
    let (mut lines, counts, names, today) = db
        .read(move |tx| {
            let lines = listing::list(tx, &reader, filter, after.clone(), PAGE + 1)?;
            let account = filter.account.filter(|_| reader.may(Permission::AccountsRead));
            let names = Names::of(tx, &reader, account)?;
            let today = workspaces::today(tx, reader.workspace)?;
            Ok::<_, TaskError>((lines, counts(tx, &reader)?, names, today))
        })
        .await?;
    let here = place(filter, None);
    let next = next(&mut lines).map(|after| place(filter, Some(after)));
    let view = ListPage {
        t: &t,
        tabs: tabs(&t, filter, &counts),
        states: states(&t, filter),
        groups: ListPage::grouped(&t, filter, lines, today),
        filter,
        names,
        next,
        here,
        may_write: actor.may(Permission::TasksWrite),
        may_see: actor.may(Permission::AccountsRead),
    };
    let page = Page::new(t.say("tasks-title"), &view).place(PLACE).live(LIST);
    Ok(match actor.may(Permission::TasksWrite) {
        true => page.actions(&ListActions { t: &t }),
        false => page,
    })
}

/// The address of a list.
fn place(filter: Filter, after: Option<Cursor>) -> String {
    let account = filter.account.map(|id| id.to_string()).unwrap_or_default();
    let after = after.map(|after| cursor::write(LIST, &after)).unwrap_or_default();
    let state = match filter.state {
        State::Open => "",
        settled => settled.as_str(),
    };
    let pairs = [
        ("view", filter.view.as_str()),
        ("state", state),
        ("account", &account),
        ("after", &after),
    ];
    address("/tasks", &pairs)
}

fn next(lines: &mut Vec<Line>) -> Option<Cursor> {
    let page = usize::try_from(PAGE).expect("a page is small");
    (lines.len() > page).then(|| {
        lines.truncate(page);
        Cursor::after(&lines[page - 1])
    })
}

fn tabs(t: &Text, now: Filter, counts: &Counts) -> Vec<Tab> {
    let tab = |view: View| Tab {
        text: t.say(view.text()),
        href: place(Filter { view, ..now }, None),
        current: view == now.view,
        count: match view {
            View::Mine => Some(counts.mine),
            View::Teams => Some(counts.teams),
            View::Nobody => Some(counts.nobody),
            View::All | View::Account => None,
        }
        .filter(|_| now.account.is_none()),
    };
    View::ALL.into_iter().map(tab).collect()
}

fn states(t: &Text, now: Filter) -> Vec<Tab> {
    let tab = |state: State| Tab {
        text: t.say(state.text()),
        href: place(Filter { state, ..now }, None),
        current: state == now.state,
        count: None,
    };
    State::ALL.into_iter().map(tab).collect()
}

/// One task with what was changed of it.
///
/// # Errors
/// No such task here, or the database's.
pub async fn show(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: TaskId = known(&id)?;
    let reader = actor.clone();
    let (task, changes, names) = db
        .read(move |tx| {
            let task = super::find(tx, &reader, id)?;
            let changes = super::history(tx, &reader, id)?;
            let names = Names::of_task(tx, &reader, &task, &changes)?;
            Ok::<_, TaskError>((task, changes, names))
        })
        .await?;
    let view = TaskPage {
        t: &t,
        task: &task,
        changes,
        names,
        reads: &actor,
    };
    let mut page = Page::new(view.title(), &view)
        .place(PLACE)
        .crumb(t.say("tasks-title"), "/tasks")
        .live(id.to_string());
    if actor.may(Permission::TasksWrite) {
        page = page.actions(&TaskActions { t: &t, task: &task });
    }
    Ok(page)
}

/// Where a form leads back to: an address of this site, else the usual one.
pub(super) fn back(asked: &str, usual: &str) -> String {
    match is_own_path(asked) {
        true => asked.to_owned(),
        false => usual.to_owned(),
    }
}
