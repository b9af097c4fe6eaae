//! How tasks are found.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;
use tandem_core::accounts;
use tandem_core::permissions::Permission;
use tandem_core::search::{Source, filed};
use tandem_core::workspaces::WorkspaceId;

use super::{Task, TaskId, store};

/// Tasks, for the search.
pub const SOURCE: Source = Source {
    prefix: TaskId::PREFIX,
    kind: "task",
    title: "tasks-title",
    icon: "list-checks",
    needs: Permission::TasksRead,
    states: &[
        ("open", "tasks-state-open"),
        ("done", "tasks-state-done"),
        ("dropped", "tasks-state-dropped"),
    ],
    filters: &["account"],
    path: "/tasks/",
    keep: None,
    actions: &[],
    find,
    after,
};

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    match store::find(tx, workspace, TaskId::from_uuid(id))? {
        Some(task) => document(tx, workspace, task).map(Some),
        None => Ok(None),
    }
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let mut documents = Vec::new();
    for task in store::after(tx, workspace, TaskId::from_uuid(last), limit)? {
        documents.push((task.id.uuid(), document(tx, workspace, task)?));
    }
    Ok(documents)
}

fn document(tx: &mut Tx<'_>, workspace: WorkspaceId, task: Task) -> Result<Document, DbError> {
    let account = match task.account {
        Some(id) => accounts::name(tx, workspace, id)?,
        None => None,
    };
    let named = account.iter().flat_map(|name| filed("account", name));
    let flags = std::iter::once(("is", task.state.as_str().to_owned()))
        .chain(named)
        .collect();
    Ok(Document {
        title: task.title,
        text: task.words,
        keywords: account.into_iter().collect(),
        flags,
        date: task.changed_at,
        ..Document::default()
    })
}
