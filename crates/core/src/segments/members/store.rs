//! The rows of accounts in segments.

use kit::db::{DbError, Row, Tx};
use kit::id::Uuid;
use kit::{params, sql};

use crate::accounts::AccountId;
use crate::segments::{Member, SegmentId};
use crate::workspaces::WorkspaceId;

/// Puts an account in; whether it was not in before.
pub(in crate::segments) fn enter(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
    account: AccountId,
) -> Result<bool, DbError> {
    let new = tx.execute(
        sql!(
            "insert into segment_members (workspace_id, segment_id, account_id, entered_at)
             values ($1, $2, $3, $4)
             on conflict (workspace_id, segment_id, account_id) do nothing"
        ),
        params![workspace, segment, account, tx.now()],
    )?;
    Ok(new > 0)
}

/// Takes an account out; whether it was in.
pub(in crate::segments) fn leave(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
    account: AccountId,
) -> Result<bool, DbError> {
    let gone = tx.execute(
        sql!("delete from segment_members where workspace_id = $1 and segment_id = $2 and account_id = $3"),
        params![workspace, segment, account],
    )?;
    Ok(gone > 0)
}

/// Keeps the count with the rows.
pub(in crate::segments) fn count(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
    change: i64,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update segment_counts set members = members + $3 where workspace_id = $1 and segment_id = $2"),
        params![workspace, segment, change],
    )?;
    Ok(())
}

/// In which segments these accounts are.
pub(in crate::segments) fn held(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(SegmentId, AccountId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select segment_id, account_id
                   from segment_members
                   where workspace_id = $1 and account_id in (select value from rarray($2))",
            pg: "select segment_id, account_id
                 from segment_members
                 where workspace_id = $1 and account_id = any($2)",
        },
        params![workspace, accounts],
        |row| Ok((row.get("segment_id")?, row.get("account_id")?)),
    )
}

/// Whether an account is in a segment that is not removed.
pub(in crate::segments) fn contains(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
    account: AccountId,
) -> Result<bool, DbError> {
    let found: Option<AccountId> = tx.optional(
        sql!(
            "select m.account_id
             from segment_members m
             join segments s on s.workspace_id = m.workspace_id and s.id = m.segment_id
             where m.workspace_id = $1 and m.segment_id = $2 and m.account_id = $3 and s.removed_at is null"
        ),
        params![workspace, segment, account],
        |row| row.get("account_id"),
    )?;
    Ok(found.is_some())
}

/// Up to `limit` members after an account, in the order of their ids.
pub(in crate::segments) fn members(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
    after: AccountId,
    limit: i64,
) -> Result<Vec<Member>, DbError> {
    tx.rows(
        sql!(
            "select m.account_id, a.name, m.entered_at
             from segment_members m
             join accounts a on a.workspace_id = m.workspace_id and a.id = m.account_id
             where m.workspace_id = $1 and m.segment_id = $2 and m.account_id > $3
             order by m.account_id
             limit $4"
        ),
        params![workspace, segment, after, limit],
        read_member,
    )
}

/// The `limit` members that came last, the newest first.
pub(in crate::segments) fn newest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
    limit: i64,
) -> Result<Vec<Member>, DbError> {
    tx.rows(
        sql!(
            "select m.account_id, a.name, m.entered_at
             from segment_members m
             join accounts a on a.workspace_id = m.workspace_id and a.id = m.account_id
             where m.workspace_id = $1 and m.segment_id = $2
             order by m.entered_at desc, m.account_id desc
             limit $3"
        ),
        params![workspace, segment, limit],
        read_member,
    )
}

/// Up to `limit` members, in no order.
pub(in crate::segments) fn some(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: Uuid,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select account_id
             from segment_members
             where workspace_id = $1 and segment_id = $2
             limit $3"
        ),
        params![workspace, segment, limit],
        |row| row.get("account_id"),
    )
}

/// What all members bring in a year.
pub(in crate::segments) fn worth(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select cast(coalesce(sum(w.arr), 0) as bigint) as arr
             from segment_members m
             join account_worths w on w.workspace_id = m.workspace_id and w.account_id = m.account_id
             where m.workspace_id = $1 and m.segment_id = $2"
        ),
        params![workspace, segment],
        |row| row.get("arr"),
    )
}

fn read_member(row: &Row<'_>) -> Result<Member, DbError> {
    Ok(Member {
        account: row.get("account_id")?,
        name: row.get("name")?,
        entered_at: row.get("entered_at")?,
    })
}
