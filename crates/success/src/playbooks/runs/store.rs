//! The rows of runs, of their steps, and of who is held out.

use std::collections::BTreeSet;

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use crate::playbooks::{FieldChange, PlaybookId, Reached, Run, RunId, RunState};

pub(in crate::playbooks) fn insert_run(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    run: &Run,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into playbook_runs (workspace_id, id, playbook_id, version, account_id, state, live, step, wait_until, waits_for,
               cause, why, began_at, began_by, ended_at, ended_by)
             values ($1, $2, $3, $4, $5, $6, 1, 0, null, '', $7, '', $8, $9, null, null)"
        ),
        params![
            workspace,
            run.id,
            run.playbook,
            run.version,
            run.account,
            run.state.as_str(),
            run.cause,
            run.began_at,
            run.began_by
        ],
    )?;
    Ok(())
}

pub(in crate::playbooks) fn update_run(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    run: &Run,
) -> Result<(), DbError> {
    let live = (run.state == RunState::Running).then_some(1_i64);
    let (ended_at, ended_by) = run.ended.clone().unzip();
    tx.execute(
        sql!(
            "update playbook_runs
             set state = $3, live = $4, step = $5, wait_until = $6, waits_for = $7, why = $8, ended_at = $9, ended_by = $10
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            run.id,
            run.state.as_str(),
            live,
            run.step,
            run.wait_until,
            run.waits_for,
            run.why,
            ended_at,
            ended_by
        ],
    )?;
    Ok(())
}

pub(in crate::playbooks) fn run(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: RunId,
) -> Result<Option<Run>, DbError> {
    tx.optional(
        sql!(
            "select r.id, r.playbook_id, r.version, r.account_id, r.state, r.step, r.wait_until, r.waits_for, r.cause, r.why,
               r.began_at, r.began_by, r.ended_at, r.ended_by
             from playbook_runs r
             where r.workspace_id = $1 and r.id = $2"
        ),
        params![workspace, id],
        read_run,
    )
}

/// The runs at an account that are on their way.
pub(in crate::playbooks) fn live_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<Run>, DbError> {
    tx.rows(
        sql!(
            "select r.id, r.playbook_id, r.version, r.account_id, r.state, r.step, r.wait_until, r.waits_for, r.cause, r.why,
               r.began_at, r.began_by, r.ended_at, r.ended_by
             from playbook_runs r
             where r.workspace_id = $1 and r.account_id = $2 and r.live = 1
             order by r.id"
        ),
        params![workspace, account],
        read_run,
    )
}

/// Those of these accounts at which a run is on its way.
pub(in crate::playbooks) fn running_among(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<BTreeSet<AccountId>, DbError> {
    if accounts.is_empty() {
        return Ok(BTreeSet::new());
    }
    let found = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct account_id
                   from playbook_runs
                   where workspace_id = $1 and account_id in (select value from rarray($2)) and live = 1",
            pg: "select distinct account_id
                 from playbook_runs
                 where workspace_id = $1 and account_id = any($2) and live = 1",
        },
        params![workspace, accounts],
        |row| row.get("account_id"),
    )?;
    Ok(found.into_iter().collect())
}

/// Up to `limit` runs that are on their way, after one.
pub(in crate::playbooks) fn live_after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    after: RunId,
    limit: i64,
) -> Result<Vec<Run>, DbError> {
    tx.rows(
        sql!(
            "select r.id, r.playbook_id, r.version, r.account_id, r.state, r.step, r.wait_until, r.waits_for, r.cause, r.why,
               r.began_at, r.began_by, r.ended_at, r.ended_by
             from playbook_runs r
             where r.workspace_id = $1 and r.live = 1 and r.id > $2
             order by r.id
             limit $3"
        ),
        params![workspace, after, limit],
        read_run,
    )
}

/// The newest run of a playbook at an account.
pub(in crate::playbooks) fn last_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (playbook, account): (PlaybookId, AccountId),
) -> Result<Option<Run>, DbError> {
    tx.optional(
        sql!(
            "select r.id, r.playbook_id, r.version, r.account_id, r.state, r.step, r.wait_until, r.waits_for, r.cause, r.why,
               r.began_at, r.began_by, r.ended_at, r.ended_by
             from playbook_runs r
             where r.workspace_id = $1 and r.playbook_id = $2 and r.account_id = $3
             order by r.began_at desc, r.id desc
             limit 1"
        ),
        params![workspace, playbook, account],
        read_run,
    )
}

/// Runs that wait for a task.
pub(in crate::playbooks) fn waiting_for(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    task: &str,
) -> Result<Vec<RunId>, DbError> {
    tx.rows(
        sql!(
            "select id from playbook_runs where workspace_id = $1 and waits_for = $2 and live = 1 order by id"
        ),
        params![workspace, task],
        |row| row.get("id"),
    )
}

/// Up to `limit` runs on their way that need not wait any more, after one.
pub(in crate::playbooks) fn due(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (now, after, limit): (Timestamp, RunId, i64),
) -> Result<Vec<RunId>, DbError> {
    tx.rows(
        sql!(
            "select r.id
             from playbook_runs r
             join playbooks p on p.workspace_id = r.workspace_id and p.id = r.playbook_id and p.status = 'active'
             where r.workspace_id = $1 and r.live = 1 and (r.wait_until is null or r.wait_until <= $2) and r.id > $3
             order by r.id
             limit $4"
        ),
        params![workspace, now, after, limit],
        |row| row.get("id"),
    )
}

/// Runs of a playbook before one, the newest first.
pub(in crate::playbooks) fn runs_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    playbook: PlaybookId,
    (before, limit): (Option<RunId>, i64),
) -> Result<Vec<(Run, String)>, DbError> {
    let before = before.unwrap_or(RunId::from_uuid(Uuid::max()));
    tx.rows(
        sql!(
            "select r.id, r.playbook_id, r.version, r.account_id, r.state, r.step, r.wait_until, r.waits_for, r.cause, r.why,
               r.began_at, r.began_by, r.ended_at, r.ended_by, a.name
             from playbook_runs r
             join accounts a on a.workspace_id = r.workspace_id and a.id = r.account_id
             where r.workspace_id = $1 and r.playbook_id = $2 and r.id < $3
             order by r.id desc
             limit $4"
        ),
        params![workspace, playbook, before, limit],
        |row| Ok((read_run(row)?, row.get("name")?)),
    )
}

/// Runs at an account, the newest first.
pub(in crate::playbooks) fn runs_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    limit: i64,
) -> Result<Vec<(Run, String)>, DbError> {
    tx.rows(
        sql!(
            "select r.id, r.playbook_id, r.version, r.account_id, r.state, r.step, r.wait_until, r.waits_for, r.cause, r.why,
               r.began_at, r.began_by, r.ended_at, r.ended_by, p.name
             from playbook_runs r
             join playbooks p on p.workspace_id = r.workspace_id and p.id = r.playbook_id
             where r.workspace_id = $1 and r.account_id = $2
             order by r.id desc
             limit $3"
        ),
        params![workspace, account, limit],
        |row| Ok((read_run(row)?, row.get("name")?)),
    )
}

/// Says that a step was reached, or what became of it since.
pub(in crate::playbooks) fn put_step(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    run: &Run,
    reached: &Reached,
) -> Result<(), DbError> {
    let nothing = FieldChange {
        field: String::new(),
        before: String::new(),
        after: String::new(),
    };
    let change = reached.change.as_ref().unwrap_or(&nothing);
    tx.execute(
        sql!(
            "insert into playbook_steps (workspace_id, run_id, number, account_id, kind, outcome, subject, reached_at, field,
               value_before, value_after)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (workspace_id, run_id, number) do update
             set outcome = excluded.outcome"
        ),
        params![
            workspace,
            run.id,
            reached.number,
            run.account,
            reached.kind,
            reached.outcome,
            reached.subject,
            reached.at,
            change.field,
            change.before,
            change.after
        ],
    )?;
    Ok(())
}

pub(in crate::playbooks) fn steps(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    run: RunId,
) -> Result<Vec<Reached>, DbError> {
    tx.rows(
        sql!(
            "select number, kind, outcome, subject, reached_at, field, value_before, value_after
             from playbook_steps
             where workspace_id = $1 and run_id = $2
             order by number"
        ),
        params![workspace, run],
        |row| {
            let change = FieldChange {
                field: row.get("field")?,
                before: row.get("value_before")?,
                after: row.get("value_after")?,
            };
            Ok(Reached {
                number: row.get("number")?,
                kind: row.get("kind")?,
                outcome: row.get("outcome")?,
                subject: row.get("subject")?,
                at: row.get("reached_at")?,
                change: Some(change).filter(|change| !change.field.is_empty()),
            })
        },
    )
}

/// Writes down that an account is left alone; `false` when it was before.
pub(in crate::playbooks) fn hold_out(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (playbook, account): (PlaybookId, AccountId),
    cause: &str,
) -> Result<bool, DbError> {
    let now = tx.now();
    let rows = tx.execute(
        sql!(
            "insert into playbook_holdouts (workspace_id, playbook_id, account_id, cause, held_at)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, playbook_id, account_id) do nothing"
        ),
        params![workspace, playbook, account, cause, now],
    )?;
    Ok(rows > 0)
}

/// The accounts that a playbook leaves alone, since when: the newest first.
pub(in crate::playbooks) fn held_out(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    playbook: PlaybookId,
) -> Result<Vec<(AccountId, String, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select h.account_id, a.name, h.held_at
             from playbook_holdouts h
             join accounts a on a.workspace_id = h.workspace_id and a.id = h.account_id
             where h.workspace_id = $1 and h.playbook_id = $2
             order by h.held_at desc, h.account_id
             limit 200"
        ),
        params![workspace, playbook],
        |row| Ok((row.get("account_id")?, row.get("name")?, row.get("held_at")?)),
    )
}

/// The playbooks that leave an account alone.
pub(in crate::playbooks) fn holding_out(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<(PlaybookId, String)>, DbError> {
    tx.rows(
        sql!(
            "select h.playbook_id, p.name
             from playbook_holdouts h
             join playbooks p on p.workspace_id = h.workspace_id and p.id = h.playbook_id
             where h.workspace_id = $1 and h.account_id = $2 and p.status <> 'removed'
             order by p.name, h.playbook_id"
        ),
        params![workspace, account],
        |row| Ok((row.get("playbook_id")?, row.get("name")?)),
    )
}

fn read_run(row: &Row<'_>) -> Result<Run, DbError> {
    let state: String = row.get("state")?;
    let at: Option<Timestamp> = row.get("ended_at")?;
    let by: Option<String> = row.get("ended_by")?;
    Ok(Run {
        id: row.get("id")?,
        playbook: row.get("playbook_id")?,
        version: row.get("version")?,
        account: row.get("account_id")?,
        state: RunState::named(&state).ok_or_else(|| row.broken("state", "where a run is"))?,
        step: row.get("step")?,
        wait_until: row.get("wait_until")?,
        waits_for: row.get("waits_for")?,
        cause: row.get("cause")?,
        why: row.get("why")?,
        began_at: row.get("began_at")?,
        began_by: row.get("began_by")?,
        ended: at.zip(by),
    })
}
