//! The rows of files of saved replies.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::super::ReplyId;
use super::{ReplyFile, ReplyFileId};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, file: &ReplyFile) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into saved_reply_files (workspace_id, id, reply_id, name, media_type, size, hash, added_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            workspace,
            file.id,
            file.reply,
            file.name,
            file.media_type,
            file.size,
            file.content,
            file.added_at
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ReplyFileId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from saved_reply_files where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ReplyFileId,
) -> Result<Option<ReplyFile>, DbError> {
    tx.optional(
        sql!(
            "select id, reply_id, name, media_type, size, hash, added_at
             from saved_reply_files
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// The files of a reply in the order in which they were added.
pub(super) fn of_reply(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    reply: ReplyId,
) -> Result<Vec<ReplyFile>, DbError> {
    tx.rows(
        sql!(
            "select id, reply_id, name, media_type, size, hash, added_at
             from saved_reply_files
             where workspace_id = $1 and reply_id = $2
             order by id"
        ),
        params![workspace, reply],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<ReplyFile, DbError> {
    Ok(ReplyFile {
        id: row.get("id")?,
        reply: row.get("reply_id")?,
        name: row.get("name")?,
        media_type: row.get("media_type")?,
        size: row.get("size")?,
        content: row.get("hash")?,
        added_at: row.get("added_at")?,
    })
}
