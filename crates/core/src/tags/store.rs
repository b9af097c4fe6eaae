//! The rows of tags and their uses.

use kit::db::{DbError, Row, Tx};
use kit::id::Uuid;
use kit::text::fold;
use kit::{params, sql};

use super::{Colour, Tag, TagId};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, tag: &Tag) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into tags (workspace_id, id, name, name_folded, colour, version, created_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            workspace,
            tag.id,
            tag.name,
            fold(&tag.name),
            tag.colour.as_str(),
            tag.version,
            tx.now()
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, tag: &Tag) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update tags
             set name = $3, name_folded = $4, colour = $5, version = $6
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            tag.id,
            tag.name,
            fold(&tag.name),
            tag.colour.as_str(),
            tag.version
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TagId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from tags where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TagId) -> Result<Option<Tag>, DbError> {
    tx.optional(
        sql!("select id, name, colour, version from tags where workspace_id = $1 and id = $2"),
        params![workspace, id],
        read,
    )
}

pub(super) fn named(tx: &mut Tx<'_>, workspace: WorkspaceId, folded: &str) -> Result<Option<Tag>, DbError> {
    tx.optional(
        sql!("select id, name, colour, version from tags where workspace_id = $1 and name_folded = $2"),
        params![workspace, folded],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(Tag, i64)>, DbError> {
    tx.rows(
        sql!(
            "select t.id, t.name, t.colour, t.version, count(u.subject_id) as uses
             from tags t
             left join tag_uses u on u.workspace_id = t.workspace_id and u.tag_id = t.id
             where t.workspace_id = $1
             group by t.id, t.name, t.name_folded, t.colour, t.version
             order by t.name_folded, t.id"
        ),
        params![workspace],
        |row| Ok((read(row)?, row.get("uses")?)),
    )
}

pub(super) fn insert_use(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (noun, subject): (&str, Uuid),
    tag: TagId,
    by: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into tag_uses (workspace_id, noun, subject_id, tag_id, tagged_by, tagged_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id, noun, subject_id, tag_id) do nothing"
        ),
        params![workspace, noun, subject, tag, by, tx.now()],
    )?;
    Ok(())
}

pub(super) fn delete_use(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    noun: &str,
    subject: Uuid,
    tag: TagId,
) -> Result<bool, DbError> {
    let gone = tx.execute(
        sql!(
            "delete from tag_uses
             where workspace_id = $1 and noun = $2 and subject_id = $3 and tag_id = $4"
        ),
        params![workspace, noun, subject, tag],
    )?;
    Ok(gone > 0)
}

/// What has `gone` gets `kept`, unless it has it already.
pub(super) fn move_uses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    gone: TagId,
    kept: TagId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into tag_uses (workspace_id, noun, subject_id, tag_id, tagged_by, tagged_at)
             select workspace_id, noun, subject_id, $3, tagged_by, tagged_at
             from tag_uses
             where workspace_id = $1 and tag_id = $2
             on conflict (workspace_id, noun, subject_id, tag_id) do nothing"
        ),
        params![workspace, gone, kept],
    )?;
    tx.execute(
        sql!("delete from tag_uses where workspace_id = $1 and tag_id = $2"),
        params![workspace, gone],
    )?;
    Ok(())
}

pub(super) fn of_many(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    noun: &str,
    subjects: &[Uuid],
) -> Result<Vec<(Uuid, Tag)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select u.subject_id, t.id, t.name, t.colour, t.version
                   from tag_uses u
                   join tags t on t.workspace_id = u.workspace_id and t.id = u.tag_id
                   where u.workspace_id = $1 and u.noun = $2 and u.subject_id in (select value from rarray($3))
                   order by t.name_folded, t.id",
            pg: "select u.subject_id, t.id, t.name, t.colour, t.version
                 from tag_uses u
                 join tags t on t.workspace_id = u.workspace_id and t.id = u.tag_id
                 where u.workspace_id = $1 and u.noun = $2 and u.subject_id = any($3)
                 order by t.name_folded, t.id",
        },
        params![workspace, noun, subjects],
        |row| Ok((row.get("subject_id")?, read(row)?)),
    )
}

pub(super) fn bearers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    noun: &str,
    tag: TagId,
    (last, limit): (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    tx.rows(
        sql!(
            "select subject_id
             from tag_uses
             where workspace_id = $1 and tag_id = $2 and noun = $3 and subject_id > $4
             order by subject_id
             limit $5"
        ),
        params![workspace, tag, noun, last, limit],
        |row| row.get("subject_id"),
    )
}

pub(super) fn forget(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    noun: &str,
    subject: Uuid,
) -> Result<u64, DbError> {
    tx.execute(
        sql!("delete from tag_uses where workspace_id = $1 and noun = $2 and subject_id = $3"),
        params![workspace, noun, subject],
    )
}

fn read(row: &Row<'_>) -> Result<Tag, DbError> {
    let colour: String = row.get("colour")?;
    Ok(Tag {
        id: row.get("id")?,
        name: row.get("name")?,
        colour: Colour::named(&colour).unwrap_or_default(),
        version: row.get("version")?,
    })
}
