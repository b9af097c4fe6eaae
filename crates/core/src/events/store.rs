//! The rows of events.

use kit::db::{DbError, Row, ToParam, Tx, Value};
use kit::{params, sql};

use super::{Event, EventId, Position};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, event: &Event, position: Option<Position>) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into events (workspace_id, id, position, kind, subject, topics, actor, payload, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            event.workspace,
            event.id,
            position.map(|position| position.0),
            event.kind,
            event.subject,
            event.topics.join(" "),
            event.actor,
            event.payload.to_string(),
            event.created_at
        ],
    )?;
    Ok(())
}

/// Many events of one workspace.
pub(super) fn insert_all(tx: &mut Tx<'_>, workspace: WorkspaceId, events: &[Event]) -> Result<(), DbError> {
    let positions: Vec<Option<i64>> = events.iter().map(|event| event.position.map(|at| at.0)).collect();
    let topics: Vec<String> = events.iter().map(|event| event.topics.join(" ")).collect();
    let payloads: Vec<String> = events.iter().map(|event| event.payload.to_string()).collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into events (workspace_id, id, position, kind, subject, topics, actor, payload, created_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            pg: "insert into events (workspace_id, id, position, kind, subject, topics, actor, payload, created_at)
                 select $1, r.id, r.position, r.kind, r.subject, r.topics, r.actor, r.payload, r.created_at
                 from unnest($2::bytea[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[])
                   as r (id, position, kind, subject, topics, actor, payload, created_at)",
        },
        params![
            workspace,
            Value::list(events, |event| event.id.to_param()),
            positions[..],
            Value::list(events, |event| event.kind.to_param()),
            Value::list(events, |event| event.subject.to_param()),
            topics[..],
            Value::list(events, |event| event.actor.to_param()),
            payloads[..],
            Value::list(events, |event| event.created_at.to_param())
        ],
    )?;
    Ok(())
}

pub(super) fn newest_position(tx: &mut Tx<'_>) -> Result<Position, DbError> {
    tx.one(
        sql!(
            "select coalesce(max(position), 0) as newest
             from (select max(position) as position from events
                   union all
                   select max(position) as position from event_marks) as given"
        ),
        params![],
        |row| row.get("newest").map(Position),
    )
}

pub(super) fn next_position(tx: &mut Tx<'_>) -> Result<Position, DbError> {
    newest_position(tx).map(|newest| Position(newest.0 + 1))
}

pub(super) fn without_position(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(WorkspaceId, EventId)>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id
             from events
             where position is null
             order by id
             limit $1"
        ),
        params![limit],
        |row| Ok((row.get("workspace_id")?, row.get("id")?)),
    )
}

/// Gives these events the positions from `first` on, in their order.
pub(super) fn set_positions(
    tx: &mut Tx<'_>,
    events: &[(WorkspaceId, EventId)],
    first: Position,
) -> Result<(), DbError> {
    let positions: Vec<i64> = (first.0..).take(events.len()).collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "update events set position = $3 where workspace_id = $1 and id = $2",
            pg: "update events
                 set position = r.position
                 from unnest($1::bytea[], $2::bytea[], $3::bigint[]) as r (workspace_id, id, position)
                 where events.workspace_id = r.workspace_id and events.id = r.id",
        },
        params![
            Value::list(events, |(workspace, _)| workspace.to_param()),
            Value::list(events, |(_, id)| id.to_param()),
            positions[..]
        ],
    )?;
    Ok(())
}

pub(super) fn after(tx: &mut Tx<'_>, position: Position, limit: i64) -> Result<Vec<Event>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id, position, kind, subject, topics, actor, payload, created_at
             from events
             where position > $1
             order by position
             limit $2"
        ),
        params![position.0, limit],
        read,
    )
}

pub(super) fn feed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    position: Position,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id, position, kind, subject, topics, actor, payload, created_at
             from events
             where workspace_id = $1 and position > $2
             order by position
             limit $3"
        ),
        params![workspace, position.0, limit],
        read,
    )
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: EventId) -> Result<Option<Event>, DbError> {
    tx.optional(
        sql!(
            "select workspace_id, id, position, kind, subject, topics, actor, payload, created_at
             from events
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn about(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    subject: &str,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id, position, kind, subject, topics, actor, payload, created_at
             from events
             where workspace_id = $1 and subject = $2
             order by id desc
             limit $3"
        ),
        params![workspace, subject, limit],
        read,
    )
}

/// Keeps the position of the newest event about `subject`, so that it is not given again when the event is gone.
pub(super) fn mark(tx: &mut Tx<'_>, workspace: WorkspaceId, subject: &str) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into event_marks (workspace_id, position)
             select workspace_id, max(position)
             from events
             where workspace_id = $1 and subject = $2
             group by workspace_id
             having max(position) is not null
             on conflict (workspace_id) do update
             set position = excluded.position
             where event_marks.position < excluded.position"
        ),
        params![workspace, subject],
    )?;
    Ok(())
}

pub(super) fn delete_about(tx: &mut Tx<'_>, workspace: WorkspaceId, subject: &str) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from events
             where workspace_id = $1 and subject = $2"
        ),
        params![workspace, subject],
    )?;
    Ok(())
}

/// Those of these subjects about which there is an event.
pub(super) fn with_events(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    subjects: &[String],
) -> Result<Vec<String>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct subject from events where workspace_id = $1 and subject in rarray($2)",
            pg: "select distinct subject from events where workspace_id = $1 and subject = any($2)",
        },
        params![workspace, subjects],
        |row| row.get("subject"),
    )
}

pub(super) fn newest(tx: &mut Tx<'_>, workspace: WorkspaceId, limit: i64) -> Result<Vec<Event>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id, position, kind, subject, topics, actor, payload, created_at
             from events
             where workspace_id = $1 and position > 0
             order by position desc
             limit $2"
        ),
        params![workspace, limit],
        read,
    )
}

pub(super) fn newest_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    [one, two, three, four, five]: [&str; 5],
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id, position, kind, subject, topics, actor, payload, created_at
             from events
             where workspace_id = $1 and position > 0 and kind in ($2, $3, $4, $5, $6)
             order by position desc
             limit $7"
        ),
        params![workspace, one, two, three, four, five, limit],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Event, DbError> {
    Ok(Event {
        workspace: row.get("workspace_id")?,
        id: row.get("id")?,
        position: row.get::<Option<i64>>("position")?.map(Position),
        kind: row.get("kind")?,
        subject: row.get("subject")?,
        topics: row
            .get::<String>("topics")?
            .split(' ')
            .map(str::to_owned)
            .collect(),
        actor: row.get("actor")?,
        payload: serde_json::from_str(&row.get::<String>("payload")?)
            .map_err(|_| row.broken("payload", "JSON"))?,
        created_at: row.get("created_at")?,
    })
}
