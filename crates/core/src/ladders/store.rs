//! The rows of ladders.

use kit::db::{DbError, Row, Tx};
use kit::text::fold;
use kit::{params, sql};

use super::{Archiving, Ladder, Rung, RungId, RungText};
use crate::tags::Colour;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, rung: &Rung) -> Result<(), DbError> {
    let text = &rung.text;
    tx.execute(
        sql!(
            "insert into ladder_rungs (workspace_id, id, ladder, name, name_folded, colour, place, threshold, version, created_at, archived_at, archived_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, null)"
        ),
        params![
            workspace,
            rung.id,
            rung.ladder.as_str(),
            text.name,
            fold(&text.name),
            text.colour.as_str(),
            rung.place,
            text.threshold,
            rung.version,
            tx.now()
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, rung: &Rung) -> Result<(), DbError> {
    let text = &rung.text;
    tx.execute(
        sql!(
            "update ladder_rungs
             set name = $3, name_folded = $4, colour = $5, threshold = $6, version = $7
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            rung.id,
            text.name,
            fold(&text.name),
            text.colour.as_str(),
            text.threshold,
            rung.version
        ],
    )?;
    Ok(())
}

pub(super) fn set_place(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: RungId,
    place: i64,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update ladder_rungs set place = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, place],
    )?;
    Ok(())
}

pub(super) fn set_archiving(tx: &mut Tx<'_>, workspace: WorkspaceId, rung: &Rung) -> Result<(), DbError> {
    let by = rung.archiving.as_ref().map(|archiving| archiving.by.clone());
    let at = rung.archiving.as_ref().map(|archiving| archiving.at);
    tx.execute(
        sql!(
            "update ladder_rungs set archived_at = $3, archived_by = $4 where workspace_id = $1 and id = $2"
        ),
        params![workspace, rung.id, at, by],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: RungId) -> Result<Option<Rung>, DbError> {
    tx.optional(
        sql!(
            "select id, ladder, name, colour, place, threshold, version, archived_at, archived_by
             from ladder_rungs
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId, ladder: Ladder) -> Result<Vec<Rung>, DbError> {
    tx.rows(
        sql!(
            "select id, ladder, name, colour, place, threshold, version, archived_at, archived_by
             from ladder_rungs
             where workspace_id = $1 and ladder = $2
             order by place, id"
        ),
        params![workspace, ladder.as_str()],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Rung, DbError> {
    let (ladder, colour): (String, String) = (row.get("ladder")?, row.get("colour")?);
    let (by, at): (Option<String>, _) = (row.get("archived_by")?, row.get("archived_at")?);
    Ok(Rung {
        id: row.get("id")?,
        ladder: Ladder::named(&ladder).ok_or_else(|| row.broken("ladder", "a ladder"))?,
        text: RungText {
            name: row.get("name")?,
            colour: Colour::named(&colour).unwrap_or_default(),
            threshold: row.get("threshold")?,
        },
        place: row.get("place")?,
        version: row.get("version")?,
        archiving: by.zip(at).map(|(by, at)| Archiving { by, at }),
    })
}
