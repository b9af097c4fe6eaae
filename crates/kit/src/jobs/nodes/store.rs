//! The rows of nodes.

use crate::db::{DbError, Tx};
use crate::jobs::NodeId;
use crate::jobs::nodes::NodeRow;
use crate::{params, sql};

pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<NodeRow>, DbError> {
    tx.rows(
        sql!("select id, name, roles, started_at, seen_at, beats from nodes order by started_at, id"),
        params![],
        |row| {
            Ok(NodeRow {
                id: row.get("id")?,
                name: row.get("name")?,
                roles: row.get("roles")?,
                started_at: row.get("started_at")?,
                seen_at: row.get("seen_at")?,
                beats: row.get("beats")?,
            })
        },
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, id: NodeId, name: &str, roles: &str) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into nodes (id, name, roles, beats, started_at, seen_at)
             values ($1, $2, $3, 1, $4, $4)
             on conflict (id) do update set beats = nodes.beats + 1, seen_at = $4"
        ),
        params![id, name, roles, tx.now()],
    )?;
    Ok(())
}

/// Gives `false` when there is no such node.
pub(super) fn beat(tx: &mut Tx<'_>, id: NodeId) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!("update nodes set beats = beats + 1, seen_at = $2 where id = $1"),
        params![id, tx.now()],
    )?;
    Ok(rows == 1)
}

pub(super) fn is_there(tx: &mut Tx<'_>, id: NodeId) -> Result<bool, DbError> {
    let found = tx.optional(sql!("select beats from nodes where id = $1"), params![id], |_| {
        Ok(())
    })?;
    Ok(found.is_some())
}

pub(super) fn remove(tx: &mut Tx<'_>, id: NodeId) -> Result<(), DbError> {
    tx.execute(sql!("delete from nodes where id = $1"), params![id])?;
    Ok(())
}

/// Removes a node whose count is still `beats`; gives `false` when it is not.
pub(super) fn remove_at(tx: &mut Tx<'_>, id: NodeId, beats: i64) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!("delete from nodes where id = $1 and beats = $2"),
        params![id, beats],
    )?;
    Ok(rows == 1)
}
