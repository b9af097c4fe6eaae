//! Going through the accounts of an act, part by part.

use kit::db::{DbError, Tx};
use serde_json::json;

use super::{
    AT_ONCE, AccountBulk, AccountBulkError, AccountBulkRow, Deeds, Done, Fate, MOVED, Refused, State, VALUE,
    Wanted, jobs, store,
};
use crate::accounts::{self, AccountError};
use crate::actor::{Actor, Origin, Who};
use crate::agents;
use crate::events::{self, NewEvent};
use crate::permissions::PermissionSet;
use crate::workspaces::WorkspaceId;

/// How many a job changes at a time.
const PART: i64 = 50;

/// Goes through a first part at once; what is left is a job's.
pub(super) fn go(tx: &mut Tx<'_>, actor: &Actor, bulk: AccountBulk) -> Result<AccountBulk, AccountBulkError> {
    if bulk.total > AT_ONCE {
        jobs::go_on(tx, actor.workspace, bulk.id, actor.permissions())?;
        note(tx, actor, &bulk)?;
        return Ok(bulk);
    }
    step(tx, actor, bulk)
}

/// Goes through one part in somebody's name; gives the act as it is then.
pub(super) fn step(
    tx: &mut Tx<'_>,
    actor: &Actor,
    bulk: AccountBulk,
) -> Result<AccountBulk, AccountBulkError> {
    let (mut bulk, workspace) = (bulk, actor.workspace);
    let wanted = if bulk.state == State::Running {
        Fate::Waiting
    } else {
        Fate::Changed
    };
    let part = store::rows(tx, workspace, bulk.id, wanted, PART)?;
    let is_last = i64::try_from(part.len()).unwrap_or(PART) < PART;
    for mut row in part {
        row.fate = match bulk.state {
            State::Running => one(tx, actor, &bulk.deeds, &mut row)?,
            _ => one_back(tx, actor, &bulk.deeds, &mut row)?,
        };
        bulk.done += 1;
        match row.fate {
            Fate::Changed => bulk.changed += 1,
            Fate::Undone => bulk.changed -= 1,
            Fate::Refused | Fate::Kept => bulk.refused += 1,
            Fate::Waiting | Fate::Same => {}
        }
        store::update_row(tx, workspace, bulk.id, &row)?;
    }
    if is_last {
        bulk.ended_at = Some(tx.now());
        bulk.state = match bulk.state {
            State::Running => State::Done,
            _ => State::Undone,
        };
    }
    store::update(tx, workspace, &bulk)?;
    note(tx, actor, &bulk)?;
    Ok(bulk)
}

/// All the deeds to one account, or none.
fn one(
    tx: &mut Tx<'_>,
    actor: &Actor,
    deeds: &[Wanted],
    row: &mut AccountBulkRow,
) -> Result<Fate, AccountBulkError> {
    let (known, account) = (tx.attached::<Deeds>().unwrap_or_default(), row.account);
    let tried = tx.attempt(|tx| {
        accounts::find(tx, actor, account)?.ok_or(AccountError::Unknown)?;
        let mut traces = Vec::with_capacity(deeds.len());
        for wanted in deeds {
            let deed = known.find(&wanted.deed).ok_or(VALUE)?;
            actor.must(deed.needs)?;
            traces.push(match (deed.act)(tx, actor, account, wanted)? {
                Done::Same => None,
                Done::Changed(trace) => Some(trace),
            });
        }
        Ok::<_, Refused>(traces)
    });
    match tried {
        Ok(traces) => {
            row.traces = traces;
            let is_another = row.traces.iter().any(Option::is_some);
            Ok(if is_another { Fate::Changed } else { Fate::Same })
        }
        Err(refused) => because(row, refused, Fate::Refused),
    }
}

/// Takes all that an act did to one account back, the last deed first, or nothing of it.
fn one_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    deeds: &[Wanted],
    row: &mut AccountBulkRow,
) -> Result<Fate, AccountBulkError> {
    let (known, account) = (tx.attached::<Deeds>().unwrap_or_default(), row.account);
    let traces = &row.traces;
    let tried = tx.attempt(|tx| {
        accounts::find(tx, actor, account)?.ok_or(AccountError::Unknown)?;
        for (wanted, trace) in deeds.iter().zip(traces).rev() {
            let Some(trace) = trace else { continue };
            let deed = known.find(&wanted.deed).ok_or(VALUE)?;
            actor.must(deed.needs)?;
            (deed.take_back)(tx, actor, account, (wanted, trace.as_str()))?;
        }
        Ok::<_, Refused>(())
    });
    match tried {
        Ok(()) => Ok(Fate::Undone),
        Err(refused) => because(row, refused, Fate::Kept),
    }
}

/// Keeps why an account stays as it is; what the database says passes on.
fn because(row: &mut AccountBulkRow, refused: Refused, fate: Fate) -> Result<Fate, AccountBulkError> {
    match refused {
        Refused::Because(reason) => {
            row.reason = reason.to_owned();
            Ok(fate)
        }
        Refused::Db(error) => Err(error.into()),
    }
}

/// Who does it, with what they may do now and could do then; nothing once they are gone.
pub(super) fn doer(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    bulk: &AccountBulk,
    may: PermissionSet,
) -> Result<Actor, DbError> {
    let Some(id) = bulk.agent else {
        return Ok(Actor::system(workspace, "bulk"));
    };
    let agent = agents::find(tx, workspace, id)?.filter(|agent| agent.is_active);
    let (name, permissions) = agent.map_or_else(
        || (bulk.author.clone(), PermissionSet::NONE),
        |agent| {
            let permissions = agent.actor(workspace).permissions().and(may);
            (agent.name, permissions)
        },
    );
    Ok(Actor {
        workspace,
        who: Who::Agent {
            id,
            name,
            permissions,
        },
        origin: Origin::default(),
    })
}

fn note(tx: &mut Tx<'_>, actor: &Actor, bulk: &AccountBulk) -> Result<(), DbError> {
    let payload = json!({ "state": bulk.state.as_str(), "total": bulk.total, "done": bulk.done });
    events::record(tx, actor, NewEvent::of(&MOVED, bulk.id).payload(payload))?;
    Ok(())
}
