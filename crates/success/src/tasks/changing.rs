//! Adding tasks, changing them, and taking changes back.

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::agents;
use tandem_core::contacts::{self, ContactId};
use tandem_core::events::{self, Kind};
use tandem_core::permissions::Permission;
use tandem_core::teams;

use super::{
    ADDED, CHANGED, Change, DONE, DROPPED, Due, Field, Origin, Owner, Priority, State, Task, TaskChangeId,
    TaskError, TaskId, TaskText, due, event, find, store,
};

/// What tasks refer to, by the prefixes of ids: tickets, alerts, contacts, touchpoints, runs of playbooks.
const EVIDENCE: [&str; 5] = ["tkt", "alr", "con", "tch", "run"];

/// Adds a task.
///
/// # Errors
/// [`TaskError`] for a field that does not fit, or a missing permission.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &TaskText, origin: Origin) -> Result<Task, TaskError> {
    actor.must(Permission::TasksWrite)?;
    let now = tx.now();
    let mut task = Task {
        id: tx.new_id(),
        title: String::new(),
        words: String::new(),
        account: None,
        contact: None,
        evidence: String::new(),
        owner: Owner::Nobody,
        due: None,
        priority: text.priority,
        state: State::Open,
        origin,
        version: 1,
        created_at: now,
        created_by: actor.signature(),
        changed_at: now,
        settled: None,
    };
    for (field, value) in written(tx, actor, text)? {
        set(tx, actor, &mut task, (field, &value))?;
    }
    store::insert(tx, actor.workspace, &task)?;
    let facts = json!({ "origin": origin.as_str() });
    events::record(tx, actor, event(&ADDED, &task).payload(facts))?;
    Ok(task)
}

/// What is written of a task, in the textual form of each field.
pub(super) fn written(
    tx: &mut Tx<'_>,
    actor: &Actor,
    text: &TaskText,
) -> Result<Vec<(Field, String)>, TaskError> {
    let day = match text.due {
        Due::Whenever => None,
        Due::On(day) => Some(day),
        Due::In(days) if (0..=365).contains(&days) => Some(due::working_day(tx, actor.workspace, days)?),
        Due::In(_) => return Err(TaskError::BadDue),
    };
    let id = |id: Option<String>| id.unwrap_or_default();
    Ok(vec![
        (Field::Title, text.title.clone()),
        (Field::Words, text.words.clone()),
        (Field::Account, id(text.account.map(|id| id.to_string()))),
        (Field::Contact, id(text.contact.map(|id| id.to_string()))),
        (Field::Evidence, text.evidence.clone()),
        (Field::Owner, text.owner.written()),
        (Field::Due, id(day.map(|day| day.to_string()))),
        (Field::Priority, text.priority.as_str().to_owned()),
    ])
}

/// Changes fields of a task, as of `version` where one is given; gives the task, and the change where there was one.
/// What stays as it is counts for nothing.
///
/// # Errors
/// [`TaskError`]; [`TaskError::Stale`] with the task as it is now.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, version): (TaskId, Option<i64>),
    values: &[(Field, String)],
) -> Result<(Task, Option<TaskChangeId>), TaskError> {
    actor.must(Permission::TasksWrite)?;
    let before = find(tx, actor, id)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(TaskError::Stale(Box::new(before)));
    }
    let mut task = before.clone();
    for (field, value) in values {
        if task.value(*field) != *value {
            set(tx, actor, &mut task, (*field, value))?;
        }
    }
    if task == before {
        return Ok((task, None));
    }
    task.version += 1;
    task.changed_at = tx.now();
    store::update(tx, actor.workspace, &task)?;
    let last = keep(tx, actor, &before, &task)?;
    tell(tx, actor, &before, &task)?;
    Ok((task, last))
}

/// Takes one change back, while what it changed still is as it left it.
///
/// # Errors
/// [`TaskError::Moved`] when it is another by now, [`TaskError::Unknown`] for a change of no task here.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: TaskId, change: TaskChangeId) -> Result<Task, TaskError> {
    actor.must(Permission::TasksWrite)?;
    let task = find(tx, actor, id)?;
    let gone = store::change(tx, actor.workspace, id, change)?.ok_or(TaskError::Unknown)?;
    let field = gone.field.ok_or(TaskError::Unknown)?;
    if task.value(field) == gone.before {
        return Ok(task);
    }
    if task.value(field) != gone.after {
        return Err(TaskError::Moved);
    }
    Ok(self::change(tx, actor, (id, None), &[(field, gone.before)])?.0)
}

/// Gives a field the value of a textual form.
fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    task: &mut Task,
    (field, value): (Field, &str),
) -> Result<(), TaskError> {
    match field {
        Field::Title => {
            let title: String = value.chars().map(plain).collect();
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            if title.is_empty() || title.chars().count() > 200 {
                return Err(TaskError::BadTitle);
            }
            task.title = title;
        }
        Field::Words => {
            let words = value.replace("\r\n", "\n").trim().to_owned();
            if words.chars().count() > 5_000 {
                return Err(TaskError::LongWords);
            }
            task.words = words.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        }
        Field::Account => task.account = account(tx, actor, value)?,
        Field::Contact => task.contact = contact(tx, actor, value)?,
        Field::Evidence => {
            let of_a_kind = |prefix: &'static str| kit::id::read(prefix, value).is_ok();
            if !value.is_empty() && !EVIDENCE.into_iter().any(of_a_kind) {
                return Err(TaskError::BadEvidence);
            }
            task.evidence = value.to_owned();
        }
        Field::Owner => task.owner = owner(tx, actor, value)?,
        Field::Due => {
            task.due = match value {
                "" => None,
                day => Some(day.parse().map_err(|_| TaskError::BadDue)?),
            };
        }
        Field::Priority => task.priority = Priority::named(value).ok_or(TaskError::BadPriority)?,
        Field::State => {
            task.state = State::named(value).ok_or(TaskError::BadState)?;
            task.settled = match task.state {
                State::Open => None,
                State::Done | State::Dropped => Some((tx.now(), actor.signature())),
            };
        }
    }
    Ok(())
}

fn plain(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

fn account(tx: &mut Tx<'_>, actor: &Actor, value: &str) -> Result<Option<AccountId>, TaskError> {
    if value.is_empty() {
        return Ok(None);
    }
    let id: AccountId = value.parse().map_err(|_| TaskError::UnknownAccount)?;
    match accounts::exists(tx, actor.workspace, id)? {
        true => Ok(Some(id)),
        false => Err(TaskError::UnknownAccount),
    }
}

fn contact(tx: &mut Tx<'_>, actor: &Actor, value: &str) -> Result<Option<ContactId>, TaskError> {
    if value.is_empty() {
        return Ok(None);
    }
    let id: ContactId = value.parse().map_err(|_| TaskError::UnknownContact)?;
    match contacts::find(tx, actor, id) {
        Ok(Some(_)) => Ok(Some(id)),
        Err(contacts::ContactError::Db(error)) => Err(error.into()),
        _ => Err(TaskError::UnknownContact),
    }
}

fn owner(tx: &mut Tx<'_>, actor: &Actor, value: &str) -> Result<Owner, TaskError> {
    let owner = Owner::read(value).ok_or(TaskError::UnknownOwner)?;
    let takes_work = match owner {
        Owner::Nobody => true,
        Owner::Agent(id) => agents::find(tx, actor.workspace, id)?.is_some_and(|agent| agent.is_active),
        Owner::Team(id) => {
            let all = teams::all(tx, actor.workspace)?;
            all.iter().any(|team| team.id == id && team.archiving.is_none())
        }
    };
    match takes_work {
        true => Ok(owner),
        false => Err(TaskError::UnknownOwner),
    }
}

/// Keeps what every changed field was and is; gives the last change.
fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Task,
    after: &Task,
) -> Result<Option<TaskChangeId>, DbError> {
    let mut last = None;
    for field in Field::ALL {
        let (was, is) = (before.value(field), after.value(field));
        if was == is {
            continue;
        }
        let change = Change {
            id: tx.new_id(),
            field: Some(field),
            before: was,
            after: is,
            by: actor.signature(),
            at: after.changed_at,
        };
        store::insert_change(tx, actor.workspace, after.id, &change)?;
        last = Some(change.id);
    }
    Ok(last)
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, before: &Task, after: &Task) -> Result<(), DbError> {
    let kind: &'static Kind = match after.state {
        State::Done if before.state != State::Done => &DONE,
        State::Dropped if before.state != State::Dropped => &DROPPED,
        _ => &CHANGED,
    };
    let fields = Field::ALL.into_iter();
    let changed = fields.filter(|field| before.value(*field) != after.value(*field));
    let names: Vec<&str> = changed.map(Field::as_str).collect();
    let mut event = event(kind, after).payload(json!({ "fields": names }));
    // The account that it was taken from shows it no more.
    if let Some(account) = before.account.filter(|account| Some(*account) != after.account) {
        event = event.topic(account);
    }
    events::record(tx, actor, event)?;
    Ok(())
}
