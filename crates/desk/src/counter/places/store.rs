//! The rows of places and their queues. The look-up by the key of a board begins without a workspace.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::text::fold;
use kit::{params, sql};
use tandem_core::doors::Secret;
use tandem_core::workspaces::WorkspaceId;

use super::super::CounterPlaceId;
use super::super::model::{Archiving, Place, Queue};
use crate::tickets::Kind;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, place: &Place) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into counter_places (workspace_id, id, name, name_folded, version, created_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![
            workspace,
            place.id,
            place.name,
            fold(&place.name),
            place.version,
            place.created_at
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, place: &Place) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update counter_places
             set name = $3, name_folded = $4, version = $5
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, place.id, place.name, fold(&place.name), place.version],
    )?;
    Ok(())
}

/// Puts the queues of a place in the place of those it had.
pub(super) fn put_queues(tx: &mut Tx<'_>, workspace: WorkspaceId, place: &Place) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from counter_queues
             where workspace_id = $1 and place_id = $2"
        ),
        params![workspace, place.id],
    )?;
    for queue in &place.queues {
        // Up to six.
        tx.execute(
            sql!(
                "insert into counter_queues (workspace_id, place_id, letter, name, kind, team_id)
                 values ($1, $2, $3, $4, $5, $6)"
            ),
            params![
                workspace,
                place.id,
                queue.letter,
                queue.name,
                queue.kind.as_str(),
                queue.team
            ],
        )?;
    }
    Ok(())
}

pub(super) fn set_archiving(tx: &mut Tx<'_>, workspace: WorkspaceId, place: &Place) -> Result<(), DbError> {
    let archiving = place.archiving.as_ref();
    tx.execute(
        sql!(
            "update counter_places
             set archived_at = $3, archived_by = $4
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            place.id,
            archiving.map(|archiving| archiving.at),
            archiving.map(|archiving| archiving.by.as_str())
        ],
    )?;
    Ok(())
}

pub(super) fn set_board(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    place: CounterPlaceId,
    secret: Option<&Secret>,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update counter_places
             set board_hash = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, place, secret.map(Secret::hash)],
    )?;
    Ok(())
}

pub(super) fn of_board(
    tx: &mut Tx<'_>,
    secret: &Secret,
) -> Result<Option<(WorkspaceId, CounterPlaceId)>, DbError> {
    tx.optional(
        sql!(
            // global: a key is looked up before its workspace is known
            "select workspace_id, id
             from counter_places
             where board_hash = $1"
        ),
        params![secret.hash()],
        |row| Ok((row.get("workspace_id")?, row.get("id")?)),
    )
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: CounterPlaceId,
) -> Result<Option<Place>, DbError> {
    let found = tx.optional(
        sql!(
            "select id, name, board_hash is not null as has_board, version, created_at, archived_at, archived_by
             from counter_places
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )?;
    let Some(mut place) = found else {
        return Ok(None);
    };
    place.queues = tx.rows(
        sql!(
            "select place_id, letter, name, kind, team_id
             from counter_queues
             where workspace_id = $1 and place_id = $2
             order by letter"
        ),
        params![workspace, id],
        |row| Ok(read_queue(row)?.1),
    )?;
    Ok(Some(place))
}

/// All places by name, archived ones last.
pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Place>, DbError> {
    let mut places = tx.rows(
        sql!(
            "select id, name, board_hash is not null as has_board, version, created_at, archived_at, archived_by
             from counter_places
             where workspace_id = $1
             order by name_folded, id"
        ),
        params![workspace],
        read,
    )?;
    let queues = tx.rows(
        sql!(
            "select place_id, letter, name, kind, team_id
             from counter_queues
             where workspace_id = $1
             order by letter"
        ),
        params![workspace],
        read_queue,
    )?;
    for (of, queue) in queues {
        if let Some(place) = places.iter_mut().find(|place| place.id == of) {
            place.queues.push(queue);
        }
    }
    places.sort_by_key(|place| place.archiving.is_some());
    Ok(places)
}

fn read(row: &Row<'_>) -> Result<Place, DbError> {
    let (at, by): (Option<Timestamp>, Option<String>) = (row.get("archived_at")?, row.get("archived_by")?);
    Ok(Place {
        id: row.get("id")?,
        name: row.get("name")?,
        queues: Vec::new(),
        has_board: row.get("has_board")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        archiving: at.zip(by).map(|(at, by)| Archiving { by, at }),
    })
}

fn read_queue(row: &Row<'_>) -> Result<(CounterPlaceId, Queue), DbError> {
    let kind: String = row.get("kind")?;
    let queue = Queue {
        letter: row.get("letter")?,
        name: row.get("name")?,
        kind: kind.parse().unwrap_or(Kind::Question),
        team: row.get("team_id")?,
    };
    Ok((row.get("place_id")?, queue))
}
