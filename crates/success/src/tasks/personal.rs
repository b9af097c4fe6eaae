//! What tasks keep of persons: exported with them, and forgotten with them. That something was done stays; what it was,
//! and with whom, does not.

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::events;
use tandem_core::permissions::Permission;

use super::{CHANGED, Task, event, store};

/// What is kept of persons.
pub const HOLDS: Holding = Holding {
    name: "tasks",
    needs: Permission::TasksRead,
    export,
    forget,
};

fn about(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Task>, DbError> {
    let mut tasks = store::of_contact(tx, actor.workspace, contact)?;
    for task in store::referring_to(tx, actor.workspace, &contact.to_string())? {
        if task.contact != Some(contact) {
            tasks.push(task);
        }
    }
    Ok(tasks)
}

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let tasks = about(tx, actor, contact)?;
    let row = |task: Task| {
        json!({
            "id": task.id,
            "title": task.title,
            "words": task.words,
            "due": task.due,
            "state": task.state,
            "created_at": task.created_at.0,
        })
    };
    Ok(tasks.into_iter().map(row).collect())
}

fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let tasks = about(tx, actor, contact)?;
    let count = tasks.len();
    for task in tasks {
        let is_evidence = task.evidence == contact.to_string();
        let task = Task {
            title: String::new(),
            words: String::new(),
            contact: None,
            evidence: if is_evidence {
                String::new()
            } else {
                task.evidence.clone()
            },
            version: task.version + 1,
            changed_at: tx.now(),
            ..task
        };
        store::update(tx, actor.workspace, &task)?;
        store::blank_changes(tx, actor.workspace, task.id)?;
        let facts = json!({ "fields": ["title", "words", "contact"] });
        events::record(tx, actor, event(&CHANGED, &task).payload(facts))?;
    }
    Ok(count)
}
