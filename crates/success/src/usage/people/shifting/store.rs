//! The days of a group that are put down by parts, and whose numbers rest meanwhile.

use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use crate::usage::people::NameId;

/// How many days a group has, counted up to `most`.
pub(super) fn days_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    group: NameId,
    most: i64,
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as days
             from (select 1 as one from usage_days where workspace_id = $1 and group_id = $2 limit $3) as found"
        ),
        params![workspace, group, most],
        |row| row.get("days"),
    )
}

/// The same of an account.
pub(super) fn days_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    most: i64,
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as days
             from (select 1 as one from usage_days where workspace_id = $1 and account_id = $2 limit $3) as found"
        ),
        params![workspace, account, most],
        |row| row.get("days"),
    )
}

/// To what else than an account something is put down that was done in a group: the first that is found.
pub(super) fn other(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    group: NameId,
    account: Option<AccountId>,
) -> Result<Option<Option<AccountId>>, DbError> {
    tx.optional(
        sql!(
            "select account_id
             from usage_days
             where workspace_id = $1 and group_id = $2 and person_id <> $2 and account_id is distinct from $3
             limit 1"
        ),
        params![workspace, group, account],
        |row| row.get("account_id"),
    )
}

/// The first and the last day that is put down to an account, or to none.
pub(super) fn span(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: Option<AccountId>,
) -> Result<Option<(Day, Day)>, DbError> {
    match account {
        Some(account) => tx.one(
            sql!(
                "select (select min(day) from usage_days where workspace_id = $1 and account_id = $2) as first_day,
                   (select max(day) from usage_days where workspace_id = $1 and account_id = $2) as last_day"
            ),
            params![workspace, account],
            ends,
        ),
        None => tx.one(
            sql!(
                "select (select min(day) from usage_days where workspace_id = $1 and account_id is null) as first_day,
                   (select max(day) from usage_days where workspace_id = $1 and account_id is null) as last_day"
            ),
            params![workspace],
            ends,
        ),
    }
}

fn ends(row: &Row<'_>) -> Result<Option<(Day, Day)>, DbError> {
    let first: Option<Day> = row.get("first_day")?;
    let last: Option<Day> = row.get("last_day")?;
    Ok(first.zip(last))
}

/// The day until which about so many rows of an account, or of none, lie after a day.
pub(super) fn until(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: Option<AccountId>,
    (after, rows): (Day, i64),
) -> Result<Option<Day>, DbError> {
    match account {
        Some(account) => tx.one(
            sql!(
                "select max(day) as last_day
                 from (select day from usage_days
                   where workspace_id = $1 and account_id = $2 and day > $3
                   order by day
                   limit $4) as found"
            ),
            params![workspace, account, after, rows],
            |row| row.get("last_day"),
        ),
        None => tx.one(
            sql!(
                "select max(day) as last_day
                 from (select day from usage_days
                   where workspace_id = $1 and account_id is null and day > $2
                   order by day
                   limit $3) as found"
            ),
            params![workspace, after, rows],
            |row| row.get("last_day"),
        ),
    }
}

/// Puts down to an account, or to none, what was done in a group after a day until another and was put down to another account, or
/// to none; whether there was anything.
pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (group, from): (NameId, Option<AccountId>),
    account: Option<AccountId>,
    (after, until): (Day, Day),
) -> Result<bool, DbError> {
    let moved = match from {
        Some(from) => tx.execute(
            sql!(
                "update usage_days
                 set account_id = $4
                 where workspace_id = $1 and account_id = $3 and day > $5 and day <= $6 and group_id = $2 and person_id <> $2"
            ),
            params![workspace, group, from, account, after, until],
        )?,
        None => tx.execute(
            sql!(
                "update usage_days
                 set account_id = $3
                 where workspace_id = $1 and account_id is null and day > $4 and day <= $5 and group_id = $2 and person_id <> $2"
            ),
            params![workspace, group, account, after, until],
        )?,
    };
    Ok(moved > 0)
}

pub(super) fn rest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    name: NameId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_resting (workspace_id, account_id, name_id)
             values ($1, $2, $3)
             on conflict do nothing"
        ),
        params![workspace, account, name],
    )?;
    Ok(())
}

/// The accounts whose numbers rest for a name.
pub(super) fn resting_for(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    name: NameId,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!("select account_id from usage_resting where workspace_id = $1 and name_id = $2"),
        params![workspace, name],
        |row| row.get("account_id"),
    )
}

pub(super) fn wake(tx: &mut Tx<'_>, workspace: WorkspaceId, name: NameId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from usage_resting where workspace_id = $1 and name_id = $2"),
        params![workspace, name],
    )?;
    Ok(())
}

/// The numbers of an account rest for nothing any more.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from usage_resting where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
    )?;
    Ok(())
}

/// How far it is with that for which an account's numbers rest.
pub(super) fn resting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<(i64, i64)>, DbError> {
    tx.optional(
        sql!(
            "select s.done, s.total
             from usage_resting r
             join usage_spreads s on s.workspace_id = r.workspace_id and s.name_id = r.name_id
             where r.workspace_id = $1 and r.account_id = $2
             order by s.total desc, s.name_id
             limit 1"
        ),
        params![workspace, account],
        |row| Ok((row.get("done")?, row.get("total")?)),
    )
}

// global: a turn looks for it in all workspaces
/// The names of which not everything is put down yet, and what each is of.
pub(super) fn left(tx: &mut Tx<'_>) -> Result<Vec<(WorkspaceId, NameId, String)>, DbError> {
    tx.rows(
        sql!(
            "select s.workspace_id, s.name_id, n.kind
             from usage_spreads s
             join usage_names n on n.workspace_id = s.workspace_id and n.id = s.name_id
             order by s.workspace_id, s.name_id"
        ),
        params![],
        |row| Ok((row.get("workspace_id")?, row.get("name_id")?, row.get("kind")?)),
    )
}
