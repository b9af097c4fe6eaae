//! The rows of what was odd about mails: a column of theirs.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::mails::MailId;

pub(super) fn set(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailId, codes: &str) -> Result<(), DbError> {
    let parser = mail::PARSER;
    tx.execute(
        sql!("update mails set oddities = $3, parser = $4 where workspace_id = $1 and id = $2"),
        params![workspace, id, codes, parser],
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
            lite: "select id, oddities
                   from mails
                   where workspace_id = $1 and id in (select value from rarray($2)) and oddities <> ''",
            pg: "select id, oddities
                 from mails
                 where workspace_id = $1 and id = any($2) and oddities <> ''",
        },
        params![workspace, mails],
        |row| Ok((row.get("id")?, row.get("oddities")?)),
    )
}
