//! What budgets of automatic mails count.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::Went;

/// The newest mails to an address since a moment; those that were taken back did not go.
pub(super) fn to_address(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    folded: &str,
    since: Timestamp,
) -> Result<Vec<Went>, DbError> {
    tx.rows(
        sql!(
            "select m.mailbox_id, m.subject, m.written_by, m.written_at
             from outgoing_recipients r
             join outgoing_mails m on m.workspace_id = r.workspace_id and m.id = r.mail_id
             where r.workspace_id = $1 and r.address_folded = $2 and m.written_at > $3 and m.state <> 'withdrawn'
             order by m.id desc
             limit 200"
        ),
        params![workspace, folded, since],
        |row| {
            Ok(Went {
                mailbox: row.get("mailbox_id")?,
                subject: row.get("subject")?,
                written_by: row.get("written_by")?,
                written_at: row.get("written_at")?,
            })
        },
    )
}

/// Who wrote the newest mails since a moment.
pub(super) fn authors_since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    tx.rows(
        sql!(
            "select written_by
             from outgoing_mails
             where workspace_id = $1 and id > $2
             order by id desc
             limit $3"
        ),
        params![workspace, first_of(since), limit],
        |row| row.get("written_by"),
    )
}

/// Before every id of a moment (RFC 9562, section 5.7): they begin with its milliseconds.
fn first_of(at: Timestamp) -> [u8; 16] {
    let millis = u64::try_from(at.millis()).unwrap_or(0);
    let mut first = [0; 16];
    first[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    first
}
