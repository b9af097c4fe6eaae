//! The rows of who was merged into whom, and the roots that follow from them.

use kit::db::{DbError, Tx};
use kit::text::fold;
use kit::{params, sql};

use crate::contacts::store::read;
use crate::contacts::{Contact, ContactId};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    part: ContactId,
    whole: ContactId,
    by: &str,
) -> Result<(), DbError> {
    let at = tx.now();
    tx.execute(
        sql!(
            "insert into contact_merges (workspace_id, contact_id, into_id, merged_by, merged_at)
             values ($1, $2, $3, $4, $5)"
        ),
        params![workspace, part, whole, by, at],
    )?;
    Ok(())
}

/// Whether there was one.
pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, part: ContactId) -> Result<bool, DbError> {
    let deleted = tx.execute(
        sql!(
            "delete from contact_merges
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, part],
    )?;
    Ok(deleted > 0)
}

/// Everybody whom `from` stood for is now stood for by `to`.
pub(super) fn set_root(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    from: ContactId,
    to: ContactId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update contacts
             set root_id = $3
             where workspace_id = $1 and root_id = $2"
        ),
        params![workspace, from, to],
    )?;
    Ok(())
}

/// `contact` alone is stood for by `root`.
pub(super) fn set_own_root(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
    root: ContactId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update contacts
             set root_id = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, contact, root],
    )?;
    Ok(())
}

/// Who was merged into whom, among those whom `root` stands for.
pub(super) fn under(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    root: ContactId,
) -> Result<Vec<(ContactId, ContactId)>, DbError> {
    tx.rows(
        sql!(
            "select m.contact_id, m.into_id
             from contact_merges m
             join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
             where c.workspace_id = $1 and c.root_id = $2
             order by m.contact_id"
        ),
        params![workspace, root],
        |row| Ok((row.get("contact_id")?, row.get("into_id")?)),
    )
}

/// Those whom `root` stands for, without itself, by name.
/// Who stands for each of these.
pub(super) fn roots(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[ContactId],
) -> Result<Vec<(ContactId, ContactId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, root_id
                   from contacts
                   where workspace_id = $1 and id in rarray($2)",
            pg: "select id, root_id
                 from contacts
                 where workspace_id = $1 and id = any($2)",
        },
        params![workspace, ids],
        |row| Ok((row.get("id")?, row.get("root_id")?)),
    )
}

pub(super) fn parts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    root: ContactId,
) -> Result<Vec<Contact>, DbError> {
    tx.rows(
        sql!(
            "select id, root_id, name, language, time_zone, note, version, created_at, changed_at
             from contacts
             where workspace_id = $1 and root_id = $2 and id <> $2
             order by name_folded, id"
        ),
        params![workspace, root],
        read,
    )
}

/// Others of the same name, and whether they were at an account of this contact's.
pub(super) fn namesakes(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: &Contact,
    limit: i64,
) -> Result<Vec<(Contact, bool)>, DbError> {
    tx.rows(
        sql!(
            "select c.id, c.root_id, c.name, c.language, c.time_zone, c.note, c.version, c.created_at, c.changed_at,
               (select count(*)
                from memberships theirs
                join memberships ours on ours.workspace_id = theirs.workspace_id and ours.account_id = theirs.account_id
                where theirs.workspace_id = c.workspace_id and theirs.contact_id = c.id and ours.contact_id = $3) as shared
             from contacts c
             where c.workspace_id = $1 and c.name_folded = $2 and c.root_id = c.id and c.id <> $3
             order by c.id
             limit $4"
        ),
        params![workspace, fold(&contact.text.name), contact.root, limit],
        |row| Ok((read(row)?, row.get::<i64>("shared")? > 0)),
    )
}
