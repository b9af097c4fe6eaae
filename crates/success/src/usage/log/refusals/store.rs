//! The rows of refusals.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::id::TypedId;
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{NewRefusal, Refusal, RefusalId};
use crate::usage::protocol::Reason;
use crate::usage::sources::SourceId;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (id, source): (RefusalId, SourceId),
    new: &NewRefusal,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_refusals (workspace_id, id, source_id, received_at, sent_at, call, reason, about, body, is_whole)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            workspace,
            id,
            source,
            new.received,
            new.sent,
            new.call,
            new.reason.as_str(),
            new.about,
            new.body,
            new.is_whole
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: RefusalId,
) -> Result<Option<Refusal>, DbError> {
    tx.optional(
        sql!(
            "select id, source_id, received_at, sent_at, call, reason, about, body, is_whole, settled_by, settled_at
             from usage_refusals
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn newest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (source, reason): (Option<SourceId>, Option<Reason>),
    before: Option<RefusalId>,
    limit: i64,
) -> Result<Vec<Refusal>, DbError> {
    let reason = reason.map_or("", Reason::as_str);
    let end = before.unwrap_or(RefusalId::from_uuid(kit::id::Uuid::max()));
    match source {
        Some(source) => tx.rows(
            sql!(
                "select id, source_id, received_at, sent_at, call, reason, about, body, is_whole, settled_by, settled_at
                 from usage_refusals
                 where workspace_id = $1 and source_id = $2 and id < $3 and ($4 = '' or reason = $4)
                 order by id desc
                 limit $5"
            ),
            params![workspace, source, end, reason, limit],
            read,
        ),
        None => tx.rows(
            sql!(
                "select id, source_id, received_at, sent_at, call, reason, about, body, is_whole, settled_by, settled_at
                 from usage_refusals
                 where workspace_id = $1 and id < $2 and ($3 = '' or reason = $3)
                 order by id desc
                 limit $4"
            ),
            params![workspace, end, reason, limit],
            read,
        ),
    }
}

/// How many can be sent again and were not yet.
pub(super) fn open(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: Option<SourceId>,
    reason: &str,
) -> Result<i64, DbError> {
    match source {
        Some(source) => tx.one(
            sql!(
                "select count(*) as number
                 from usage_refusals
                 where workspace_id = $1 and source_id = $2 and ($3 = '' or reason = $3)
                   and settled_at is null and is_whole = true"
            ),
            params![workspace, source, reason],
            |row| row.get("number"),
        ),
        None => tx.one(
            sql!(
                "select count(*) as number
                 from usage_refusals
                 where workspace_id = $1 and ($2 = '' or reason = $2)
                   and settled_at is null and is_whole = true"
            ),
            params![workspace, reason],
            |row| row.get("number"),
        ),
    }
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: RefusalId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from usage_refusals where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn settle(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: RefusalId,
    (by, at): (&str, Timestamp),
) -> Result<bool, DbError> {
    let settled = tx.execute(
        sql!(
            "update usage_refusals
             set settled_by = $3, settled_at = $4
             where workspace_id = $1 and id = $2 and settled_at is null"
        ),
        params![workspace, id, by, at],
    )?;
    Ok(settled > 0)
}

// global: the sweep goes through all workspaces
pub(super) fn sweep(tx: &mut Tx<'_>, end: Timestamp, limit: i64) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "delete from usage_refusals
             where (workspace_id, id) in (
               select workspace_id, id
               from usage_refusals
               where received_at < $1
               order by received_at
               limit $2)"
        ),
        params![end, limit],
    )
}

/// How many refusals of a source came after a moment; `most` stand for more.
pub(super) fn since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: SourceId,
    (begin, most): (Timestamp, i64),
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as number
             from (
               select received_at
               from usage_refusals
               where workspace_id = $1 and source_id = $2
               order by id desc
               limit $3) as n
             where n.received_at > $4"
        ),
        params![workspace, source, most, begin],
        |row| row.get("number"),
    )
}

/// The workspaces in which something was refused after a moment, and when last.
pub(super) fn moved_since(
    tx: &mut Tx<'_>,
    since: Timestamp,
) -> Result<Vec<(WorkspaceId, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, max(received_at) as moved_at
             from usage_refusals
             where received_at > $1
             group by workspace_id"
        ),
        params![since],
        |row| Ok((row.get("workspace_id")?, row.get("moved_at")?)),
    )
}

fn read(row: &Row<'_>) -> Result<Refusal, DbError> {
    let reason: String = row.get("reason")?;
    let body: Vec<u8> = row.get("body")?;
    let settled = match (row.get("settled_by")?, row.get("settled_at")?) {
        (Some(by), Some(at)) => Some((by, at)),
        _ => None,
    };
    Ok(Refusal {
        id: row.get("id")?,
        source: row.get("source_id")?,
        received: row.get("received_at")?,
        sent: row.get("sent_at")?,
        call: row.get("call")?,
        reason: Reason::named(&reason).ok_or_else(|| row.broken("reason", "a reason to refuse"))?,
        about: row.get("about")?,
        body: String::from_utf8_lossy(&body).into_owned(),
        is_whole: row.get("is_whole")?,
        settled,
    })
}
