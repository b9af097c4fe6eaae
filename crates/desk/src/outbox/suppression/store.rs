//! The rows of suppressed addresses.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Grounds, OutgoingId, Suppressed, folded};

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Suppressed) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into suppressed_addresses (workspace_id, address_folded, address, mail_id, enhanced, said, suppressed_at,
               reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (workspace_id, address_folded) do update
             set address = excluded.address, mail_id = excluded.mail_id, enhanced = excluded.enhanced, said = excluded.said,
               suppressed_at = excluded.suppressed_at, reason = excluded.reason"
        ),
        params![
            workspace,
            folded(&new.address),
            new.address,
            new.mail,
            new.enhanced,
            new.said,
            new.at,
            new.grounds.as_str()
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    folded: &str,
) -> Result<Option<Suppressed>, DbError> {
    tx.optional(
        sql!(
            "select address, mail_id, enhanced, said, suppressed_at, reason
             from suppressed_addresses
             where workspace_id = $1 and address_folded = $2"
        ),
        params![workspace, folded],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Suppressed>, DbError> {
    tx.rows(
        sql!(
            "select address, mail_id, enhanced, said, suppressed_at, reason
             from suppressed_addresses
             where workspace_id = $1
             order by suppressed_at desc, address_folded
             limit 1000"
        ),
        params![workspace],
        read,
    )
}

pub(super) fn complained_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mails: &[OutgoingId],
) -> Result<Vec<OutgoingId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select mail_id
                   from suppressed_addresses
                   where workspace_id = $1 and reason = 'complaint' and mail_id in (select value from rarray($2))",
            pg: "select mail_id
                 from suppressed_addresses
                 where workspace_id = $1 and reason = 'complaint' and mail_id = any($2)",
        },
        params![workspace, mails],
        |row| row.get("mail_id"),
    )
}

pub(in super::super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, folded: &str) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from suppressed_addresses where workspace_id = $1 and address_folded = $2"),
        params![workspace, folded],
    )?;
    Ok(())
}

/// An address has taken a mail: it refuses none any more. Who complained has not taken that back.
pub(in super::super) fn take_back_refusal(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    folded: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from suppressed_addresses
             where workspace_id = $1 and address_folded = $2 and (reason is null or reason = 'refused')"
        ),
        params![workspace, folded],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Suppressed, DbError> {
    let reason: Option<String> = row.get("reason")?;
    Ok(Suppressed {
        address: row.get("address")?,
        grounds: match reason.as_deref() {
            Some("complaint") => Grounds::Complained,
            _ => Grounds::Refused,
        },
        mail: row.get("mail_id")?,
        enhanced: row.get("enhanced")?,
        said: row.get("said")?,
        at: row.get("suppressed_at")?,
    })
}
