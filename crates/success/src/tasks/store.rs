//! The rows of tasks and of their changes.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::{Change, Field, Origin, Owner, Priority, State, Task, TaskChangeId, TaskId};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, task: &Task) -> Result<(), DbError> {
    let (settled_at, settled_by) = task.settled.clone().unzip();
    tx.execute(
        sql!(
            "insert into tasks (workspace_id, id, title, words, account_id, contact_id, evidence, agent_id, team_id, due, place,
               priority, state, origin, version, created_at, created_by, changed_at, settled_at, settled_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
        ),
        params![
            workspace,
            task.id,
            task.title,
            task.words,
            task.account,
            task.contact,
            task.evidence,
            task.owner.agent(),
            task.owner.team(),
            task.due,
            task.place(),
            task.priority.as_str(),
            task.state.as_str(),
            task.origin.as_str(),
            task.version,
            task.created_at,
            task.created_by,
            task.changed_at,
            settled_at,
            settled_by
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, task: &Task) -> Result<(), DbError> {
    let (settled_at, settled_by) = task.settled.clone().unzip();
    tx.execute(
        sql!(
            "update tasks
             set title = $3, words = $4, account_id = $5, contact_id = $6, evidence = $7, agent_id = $8, team_id = $9, due = $10,
               place = $11, priority = $12, state = $13, version = $14, changed_at = $15, settled_at = $16, settled_by = $17
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            task.id,
            task.title,
            task.words,
            task.account,
            task.contact,
            task.evidence,
            task.owner.agent(),
            task.owner.team(),
            task.due,
            task.place(),
            task.priority.as_str(),
            task.state.as_str(),
            task.version,
            task.changed_at,
            settled_at,
            settled_by
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TaskId) -> Result<Option<Task>, DbError> {
    tx.optional(
        sql!(
            "select id, title, words, account_id, contact_id, evidence, agent_id, team_id, due, priority, state, origin, version,
               created_at, created_by, changed_at, settled_at, settled_by
             from tasks
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// Up to `limit` tasks after an id, with their accounts' names.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: TaskId,
    limit: i64,
) -> Result<Vec<Task>, DbError> {
    tx.rows(
        sql!(
            "select id, title, words, account_id, contact_id, evidence, agent_id, team_id, due, priority, state, origin, version,
               created_at, created_by, changed_at, settled_at, settled_by
             from tasks
             where workspace_id = $1 and id > $2
             order by id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

/// Up to `limit` open tasks of an agent.
pub(super) fn open_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    limit: i64,
) -> Result<Vec<TaskId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from tasks
             where workspace_id = $1 and agent_id = $2 and state = 'open'
             order by id
             limit $3"
        ),
        params![workspace, agent, limit],
        |row| row.get("id"),
    )
}

/// Every task with a contact.
pub(super) fn of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<Task>, DbError> {
    tx.rows(
        sql!(
            "select id, title, words, account_id, contact_id, evidence, agent_id, team_id, due, priority, state, origin, version,
               created_at, created_by, changed_at, settled_at, settled_by
             from tasks
             where workspace_id = $1 and contact_id = $2
             order by id"
        ),
        params![workspace, contact],
        read,
    )
}

/// Tasks that refer to something by its id.
pub(super) fn referring_to(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    evidence: &str,
) -> Result<Vec<Task>, DbError> {
    tx.rows(
        sql!(
            "select id, title, words, account_id, contact_id, evidence, agent_id, team_id, due, priority, state, origin, version,
               created_at, created_by, changed_at, settled_at, settled_by
             from tasks
             where workspace_id = $1 and evidence = $2
             order by id"
        ),
        params![workspace, evidence],
        read,
    )
}

/// Takes away what was written in changes of a task about a person.
pub(super) fn blank_changes(tx: &mut Tx<'_>, workspace: WorkspaceId, task: TaskId) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "delete from task_changes
             where workspace_id = $1 and task_id = $2 and field in ('title', 'words', 'contact', 'evidence')"
        ),
        params![workspace, task],
    )
}

pub(super) fn insert_change(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    task: TaskId,
    change: &Change,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into task_changes (workspace_id, id, task_id, field, before, after, changed_by, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            workspace,
            change.id,
            task,
            change.field.map_or("", Field::as_str),
            change.before,
            change.after,
            change.by,
            change.at
        ],
    )?;
    Ok(())
}

pub(super) fn change(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    task: TaskId,
    id: TaskChangeId,
) -> Result<Option<Change>, DbError> {
    tx.optional(
        sql!(
            "select id, field, before, after, changed_by, changed_at
             from task_changes
             where workspace_id = $1 and task_id = $2 and id = $3"
        ),
        params![workspace, task, id],
        read_change,
    )
}

/// The changes of a task, the newest first.
pub(super) fn changes(tx: &mut Tx<'_>, workspace: WorkspaceId, task: TaskId) -> Result<Vec<Change>, DbError> {
    tx.rows(
        sql!(
            "select id, field, before, after, changed_by, changed_at
             from task_changes
             where workspace_id = $1 and task_id = $2
             order by id desc
             limit 200"
        ),
        params![workspace, task],
        read_change,
    )
}

fn read_change(row: &Row<'_>) -> Result<Change, DbError> {
    let field: String = row.get("field")?;
    Ok(Change {
        id: row.get("id")?,
        field: Field::named(&field),
        before: row.get("before")?,
        after: row.get("after")?,
        by: row.get("changed_by")?,
        at: row.get("changed_at")?,
    })
}

/// A task by its columns.
pub(super) fn read(row: &Row<'_>) -> Result<Task, DbError> {
    let state: String = row.get("state")?;
    let origin: String = row.get("origin")?;
    let priority: String = row.get("priority")?;
    let agent: Option<AgentId> = row.get("agent_id")?;
    let team = row.get::<Option<tandem_core::teams::TeamId>>("team_id")?;
    let at: Option<Timestamp> = row.get("settled_at")?;
    let by: Option<String> = row.get("settled_by")?;
    let due: Option<Day> = row.get("due")?;
    Ok(Task {
        id: row.get("id")?,
        title: row.get("title")?,
        words: row.get("words")?,
        account: row.get("account_id")?,
        contact: row.get("contact_id")?,
        evidence: row.get("evidence")?,
        owner: match (agent, team) {
            (Some(agent), _) => Owner::Agent(agent),
            (None, Some(team)) => Owner::Team(team),
            (None, None) => Owner::Nobody,
        },
        due,
        priority: Priority::named(&priority).ok_or_else(|| row.broken("priority", "a priority"))?,
        state: State::named(&state).ok_or_else(|| row.broken("state", "a state"))?,
        origin: Origin::named(&origin).ok_or_else(|| row.broken("origin", "an origin"))?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        changed_at: row.get("changed_at")?,
        settled: at.zip(by),
    })
}
