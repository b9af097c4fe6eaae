//! The rows of segments and of the accounts in them.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::text::fold;
use kit::{params, sql};

use super::SegmentId;
use super::model::{Group, Segment, SegmentText};
use crate::agents::AgentId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Segment) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into segments (workspace_id, id, name, name_folded, about, owner_id, definition, is_timed, is_counted, total,
               version, created_at, created_by, changed_at, changed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
        ),
        params![
            workspace,
            one.id,
            one.text.name,
            fold(&one.text.name),
            one.text.about,
            one.text.owner,
            json(&one.text.definition),
            one.is_timed,
            one.is_counted,
            one.total,
            one.version,
            one.created_at,
            one.created_by,
            one.changed_at,
            one.changed_by
        ],
    )?;
    tx.execute(
        sql!("insert into segment_counts (workspace_id, segment_id, members, looked) values ($1, $2, 0, 0)"),
        params![workspace, one.id],
    )?;
    Ok(())
}

/// What people write; who is in is kept by itself.
pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Segment) -> Result<(), DbError> {
    let (removed_by, removed_at) = match &one.removal {
        Some((by, at)) => (Some(by.as_str()), Some(*at)),
        None => (None, None),
    };
    tx.execute(
        sql!(
            "update segments
             set name = $3, name_folded = $4, about = $5, owner_id = $6, definition = $7, is_timed = $8, is_counted = $9,
               total = $10, version = $11, changed_at = $12, changed_by = $13, removed_at = $14, removed_by = $15
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            one.id,
            one.text.name,
            fold(&one.text.name),
            one.text.about,
            one.text.owner,
            json(&one.text.definition),
            one.is_timed,
            one.is_counted,
            one.total,
            one.version,
            one.changed_at,
            one.changed_by,
            removed_at,
            removed_by
        ],
    )?;
    tx.execute(
        sql!("update segment_counts set looked = $3 where workspace_id = $1 and segment_id = $2"),
        params![workspace, one.id, one.looked],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: SegmentId,
) -> Result<Option<Segment>, DbError> {
    tx.optional(
        sql!(
            "select s.id, s.name, s.about, s.owner_id, s.definition, s.is_timed, s.is_counted, c.looked, s.total, c.members, s.version,
               s.created_at, s.created_by, s.changed_at, s.changed_by, s.removed_at, s.removed_by
             from segments s
             join segment_counts c on c.workspace_id = s.workspace_id and c.segment_id = s.id
             where s.workspace_id = $1 and s.id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// Those that are not removed, by name.
pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Segment>, DbError> {
    tx.rows(
        sql!(
            "select s.id, s.name, s.about, s.owner_id, s.definition, s.is_timed, s.is_counted, c.looked, s.total, c.members, s.version,
               s.created_at, s.created_by, s.changed_at, s.changed_by, s.removed_at, s.removed_by
             from segments s
             join segment_counts c on c.workspace_id = s.workspace_id and c.segment_id = s.id
             where s.workspace_id = $1 and s.removed_at is null
             order by s.name_folded, s.id"
        ),
        params![workspace],
        read,
    )
}

/// What those that are not removed ask, without how many are in, so that looking at an account does not stand in the way of
/// other accounts that come and go.
pub(super) fn definitions(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Segment>, DbError> {
    tx.rows(
        sql!(
            "select id, name, about, owner_id, definition, is_timed, is_counted, 0 as looked, total, 0 as members, version, created_at,
               created_by, changed_at, changed_by, removed_at, removed_by
             from segments
             where workspace_id = $1 and removed_at is null
             order by id"
        ),
        params![workspace],
        read,
    )
}

/// Up to `limit` after an id, in their order, removed ones too.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: SegmentId,
    limit: i64,
) -> Result<Vec<Segment>, DbError> {
    tx.rows(
        sql!(
            "select s.id, s.name, s.about, s.owner_id, s.definition, s.is_timed, s.is_counted, c.looked, s.total, c.members, s.version,
               s.created_at, s.created_by, s.changed_at, s.changed_by, s.removed_at, s.removed_by
             from segments s
             join segment_counts c on c.workspace_id = s.workspace_id and c.segment_id = s.id
             where s.workspace_id = $1 and s.id > $2
             order by s.id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

/// How many there are that are not removed.
pub(super) fn how_many(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!("select count(*) as number from segments where workspace_id = $1 and removed_at is null"),
        params![workspace],
        |row| row.get("number"),
    )
}

/// How many of them are one agent's alone.
pub(super) fn how_many_of(tx: &mut Tx<'_>, workspace: WorkspaceId, owner: AgentId) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as number
             from segments
             where workspace_id = $1 and owner_id = $2 and removed_at is null"
        ),
        params![workspace, owner],
        |row| row.get("number"),
    )
}

/// How many accounts the workspace has.
pub(super) fn accounts(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!("select count(*) as number from accounts where workspace_id = $1"),
        params![workspace],
        |row| row.get("number"),
    )
}

/// So many more have been looked at.
pub(super) fn advance(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
    looked: i64,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update segment_counts set looked = looked + $3 where workspace_id = $1 and segment_id = $2"),
        params![workspace, segment, looked],
    )?;
    Ok(())
}

/// Those of which not all accounts were looked at, with their states; removed ones as long as somebody is in.
pub(super) fn uncounted(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(SegmentId, i64)>, DbError> {
    tx.rows(
        sql!(
            "select s.id, s.version
             from segments s
             join segment_counts c on c.workspace_id = s.workspace_id and c.segment_id = s.id
             where s.workspace_id = $1 and s.is_counted = false and (s.removed_at is null or c.members > 0)
             order by s.id"
        ),
        params![workspace],
        |row| Ok((row.get("id")?, row.get("version")?)),
    )
}

/// None has been looked at yet.
pub(super) fn restart(tx: &mut Tx<'_>, workspace: WorkspaceId, segment: SegmentId) -> Result<(), DbError> {
    tx.execute(
        sql!("update segment_counts set looked = 0 where workspace_id = $1 and segment_id = $2"),
        params![workspace, segment],
    )?;
    Ok(())
}

/// All have been looked at.
pub(super) fn finish(tx: &mut Tx<'_>, workspace: WorkspaceId, segment: SegmentId) -> Result<(), DbError> {
    tx.execute(
        sql!("update segments set is_counted = true where workspace_id = $1 and id = $2"),
        params![workspace, segment],
    )?;
    Ok(())
}

/// The day up to which conditions with time were looked at.
pub(super) fn day(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Day>, DbError> {
    tx.optional(
        sql!("select day from segment_days where workspace_id = $1"),
        params![workspace],
        |row| row.get("day"),
    )
}

pub(super) fn set_day(tx: &mut Tx<'_>, workspace: WorkspaceId, day: Day) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into segment_days (workspace_id, day)
             values ($1, $2)
             on conflict (workspace_id) do update
             set day = excluded.day"
        ),
        params![workspace, day],
    )?;
    Ok(())
}

fn json(definition: &Group) -> String {
    serde_json::to_string(definition).expect("words, finite numbers and days are always JSON")
}

fn read(row: &Row<'_>) -> Result<Segment, DbError> {
    let definition: String = row.get("definition")?;
    let removed_by: Option<String> = row.get("removed_by")?;
    let removed_at: Option<Timestamp> = row.get("removed_at")?;
    Ok(Segment {
        id: row.get("id")?,
        text: SegmentText {
            name: row.get("name")?,
            about: row.get("about")?,
            owner: row.get("owner_id")?,
            definition: serde_json::from_str(&definition)
                .map_err(|_| row.broken("definition", "the definition of a segment"))?,
        },
        is_timed: row.get("is_timed")?,
        is_counted: row.get("is_counted")?,
        looked: row.get("looked")?,
        total: row.get("total")?,
        members: row.get("members")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        changed_at: row.get("changed_at")?,
        changed_by: row.get("changed_by")?,
        removal: removed_by.zip(removed_at),
    })
}
