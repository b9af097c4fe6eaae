//! The rows of contacts.

use kit::db::{DbError, Row, Tx};
use kit::text::fold;
use kit::{params, sql};

use super::{Contact, ContactId, ContactText, Cursor};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: &Contact) -> Result<(), DbError> {
    let text = &contact.text;
    tx.execute(
        sql!(
            "insert into contacts (workspace_id, id, root_id, name, name_folded, language, time_zone, note, version, created_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            workspace,
            contact.id,
            contact.root,
            text.name,
            fold(&text.name),
            text.language,
            text.time_zone,
            text.note,
            contact.version,
            contact.created_at,
            contact.changed_at
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: &Contact) -> Result<(), DbError> {
    let text = &contact.text;
    tx.execute(
        sql!(
            "update contacts
             set name = $3, name_folded = $4, language = $5, time_zone = $6, note = $7, version = $8, changed_at = $9
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            contact.id,
            text.name,
            fold(&text.name),
            text.language,
            text.time_zone,
            text.note,
            contact.version,
            contact.changed_at
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ContactId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from contacts
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ContactId,
) -> Result<Option<Contact>, DbError> {
    tx.optional(
        sql!(
            "select id, root_id, name, language, time_zone, note, version, created_at, changed_at
             from contacts
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// What these are called, each as who stands for them.
pub(super) fn names(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[ContactId],
) -> Result<Vec<(ContactId, String)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select c.id, r.name
                   from contacts c
                   join contacts r on r.workspace_id = c.workspace_id and r.id = c.root_id
                   where c.workspace_id = $1 and c.id in rarray($2)",
            pg: "select c.id, r.name
                 from contacts c
                 join contacts r on r.workspace_id = c.workspace_id and r.id = c.root_id
                 where c.workspace_id = $1 and c.id = any($2)",
        },
        params![workspace, ids],
        |row| Ok((row.get("id")?, row.get("name")?)),
    )
}

/// Those that stand for themselves, by name.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    cursor: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Contact>, DbError> {
    match cursor {
        None => tx.rows(
            sql!(
                "select id, root_id, name, language, time_zone, note, version, created_at, changed_at
                 from contacts
                 where workspace_id = $1 and root_id = id
                 order by name_folded, id
                 limit $2"
            ),
            params![workspace, limit],
            read,
        ),
        Some(cursor) => tx.rows(
            sql!(
                "select id, root_id, name, language, time_zone, note, version, created_at, changed_at
                 from contacts
                 where workspace_id = $1 and root_id = id and (name_folded, id) > ($2, $3)
                 order by name_folded, id
                 limit $4"
            ),
            params![workspace, cursor.name, cursor.id, limit],
            read,
        ),
    }
}

/// Up to `limit` that stand for themselves and whose ids come after `last`, in the order of their ids.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: ContactId,
    limit: i64,
) -> Result<Vec<Contact>, DbError> {
    tx.rows(
        sql!(
            "select id, root_id, name, language, time_zone, note, version, created_at, changed_at
             from contacts
             where workspace_id = $1 and id > $2 and root_id = id
             order by id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

/// Reads a row with the columns of a contact.
pub(super) fn read(row: &Row<'_>) -> Result<Contact, DbError> {
    Ok(Contact {
        id: row.get("id")?,
        root: row.get("root_id")?,
        text: ContactText {
            name: row.get("name")?,
            language: row.get("language")?,
            time_zone: row.get("time_zone")?,
            note: row.get("note")?,
        },
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
    })
}
