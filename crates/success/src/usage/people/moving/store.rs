//! The days of usage, where whose they are is another.

use std::collections::BTreeSet;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use crate::usage::people::NameId;

/// Says who these are in all that they did; whether that is another than before.
pub(super) fn set_who(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
    who: Uuid,
) -> Result<bool, DbError> {
    let changed = tx.execute(
        sql! {
            kind: "list of values",
            lite: "update usage_days
                   set who_id = $3
                   where workspace_id = $1 and person_id in (select value from rarray($2)) and who_id <> $3",
            pg: "update usage_days
                 set who_id = $3
                 where workspace_id = $1 and person_id = any($2) and who_id <> $3",
        },
        params![workspace, ids, who],
    )?;
    Ok(changed > 0)
}

/// The accounts that what these did is put down to. Rows without one are read too, and here and below no row is asked to be
/// another than the one before: for an order or an index that helps with that SQLite would read all days of the workspace.
pub(in crate::usage::people) fn accounts_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
) -> Result<BTreeSet<AccountId>, DbError> {
    let rows: Vec<Option<AccountId>> = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id
                   from usage_days
                   where workspace_id = $1 and person_id in (select value from rarray($2))",
            pg: "select account_id
                 from usage_days
                 where workspace_id = $1 and person_id = any($2)",
        },
        params![workspace, ids],
        |row| row.get("account_id"),
    )?;
    Ok(rows.into_iter().flatten().collect())
}

/// To what else than an account days within a span are put down on which these did something in no group.
pub(super) fn others(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ids, account): (&[NameId], Option<AccountId>),
    (from, until): (Day, Day),
) -> Result<BTreeSet<Option<AccountId>>, DbError> {
    let rows = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id
                   from usage_days
                   where workspace_id = $1 and person_id in (select value from rarray($2)) and group_id = person_id
                     and day >= $3 and day <= $4 and account_id is distinct from $5",
            pg: "select account_id
                 from usage_days
                 where workspace_id = $1 and person_id = any($2) and group_id = person_id
                   and day >= $3 and day <= $4 and account_id is distinct from $5",
        },
        params![workspace, ids, from, until, account],
        |row| row.get("account_id"),
    )?;
    Ok(rows.into_iter().collect())
}

pub(super) fn set_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ids, account): (&[NameId], Option<AccountId>),
    (from, until): (Day, Day),
) -> Result<(), DbError> {
    tx.execute(
        sql! {
            kind: "list of values",
            lite: "update usage_days
                   set account_id = $5
                   where workspace_id = $1 and person_id in (select value from rarray($2)) and group_id = person_id
                     and day >= $3 and day <= $4 and account_id is distinct from $5",
            pg: "update usage_days
                 set account_id = $5
                 where workspace_id = $1 and person_id = any($2) and group_id = person_id
                   and day >= $3 and day <= $4 and account_id is distinct from $5",
        },
        params![workspace, ids, from, until, account],
    )?;
    Ok(())
}

/// From here on somebody without a name did what each of these did.
pub(in crate::usage::people) fn forget(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
) -> Result<(), DbError> {
    tx.execute(
        sql! {
            kind: "list of values",
            lite: "update usage_days
                   set who_id = person_id
                   where workspace_id = $1 and person_id in (select value from rarray($2))",
            pg: "update usage_days
                 set who_id = person_id
                 where workspace_id = $1 and person_id = any($2)",
        },
        params![workspace, ids],
    )?;
    Ok(())
}

/// Keeps that putting down anew goes on after an id of a person. One that is under way goes on where it is, or from there again
/// where it is past that.
pub(in crate::usage) fn begin_spread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (person, after): (NameId, NameId),
    (done, total): (i64, i64),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_spreads (workspace_id, name_id, after_id, done, total)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, name_id) do update
             set after_id = case when excluded.after_id < usage_spreads.after_id then excluded.after_id else usage_spreads.after_id end,
               done = case when excluded.after_id < usage_spreads.after_id then excluded.done else usage_spreads.done end,
               total = excluded.total"
        ),
        params![workspace, person, after, done, total],
    )?;
    Ok(())
}

/// Keeps how far it has come.
pub(in crate::usage) fn move_spread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (person, after): (NameId, NameId),
    (done, total): (i64, i64),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_spreads
             set after_id = $3, done = $4, total = $5
             where workspace_id = $1 and name_id = $2"
        ),
        params![workspace, person, after, done, total],
    )?;
    Ok(())
}

/// After which id it goes on, and how many are done; none when it is through.
pub(in crate::usage) fn spread_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    person: NameId,
) -> Result<Option<(NameId, i64)>, DbError> {
    tx.optional(
        sql!("select after_id, done from usage_spreads where workspace_id = $1 and name_id = $2"),
        params![workspace, person],
        |row| Ok((row.get("after_id")?, row.get("done")?)),
    )
}

/// Forgets it: it is through.
pub(in crate::usage) fn delete_spread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    person: NameId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from usage_spreads where workspace_id = $1 and name_id = $2"),
        params![workspace, person],
    )?;
    Ok(())
}

/// How far putting down anew is with a person; none when it is through.
pub(in crate::usage) fn spread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    person: NameId,
) -> Result<Option<(i64, i64)>, DbError> {
    tx.optional(
        sql!("select done, total from usage_spreads where workspace_id = $1 and name_id = $2"),
        params![workspace, person],
        |row| Ok((row.get("done")?, row.get("total")?)),
    )
}
