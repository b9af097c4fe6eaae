//! The rows of what mails have: a column of theirs.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::mails::MailId;

pub(super) fn set(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailId, shape: &str) -> Result<(), DbError> {
    tx.execute(
        sql!("update mails set shape = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, shape],
    )?;
    Ok(())
}

pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mails: &[MailId],
) -> Result<Vec<(MailId, String)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, shape
                   from mails
                   where workspace_id = $1 and id in (select value from rarray($2)) and shape is not null",
            pg: "select id, shape
                 from mails
                 where workspace_id = $1 and id = any($2) and shape is not null",
        },
        params![workspace, mails],
        |row| Ok((row.get("id")?, row.get("shape")?)),
    )
}
