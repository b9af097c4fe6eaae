//! The rows of senders.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::actor::Actor;
use tandem_core::workspaces::WorkspaceId;

use super::Taught;
use crate::mails::Verdict;

pub(super) fn verdict(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    address: &str,
) -> Result<Option<Verdict>, DbError> {
    tx.optional(
        sql!(
            "select verdict
             from mail_senders
             where workspace_id = $1 and address = $2"
        ),
        params![workspace, address],
        |row| {
            let word: String = row.get("verdict")?;
            Verdict::parse(&word).ok_or_else(|| row.broken("verdict", "a verdict"))
        },
    )
}

pub(super) fn set(tx: &mut Tx<'_>, actor: &Actor, address: &str, verdict: Verdict) -> Result<(), DbError> {
    let (now, by) = (tx.now(), actor.signature());
    tx.execute(
        sql!(
            "insert into mail_senders (workspace_id, address, verdict, decided_by, decided_at)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, address) do update
             set verdict = excluded.verdict, decided_by = excluded.decided_by, decided_at = excluded.decided_at"
        ),
        params![actor.workspace, address, verdict.as_str(), by, now],
    )?;
    Ok(())
}

pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    after: &str,
    limit: i64,
) -> Result<Vec<Taught>, DbError> {
    tx.rows(
        sql!(
            "select address, verdict, decided_by, decided_at
             from mail_senders
             where workspace_id = $1 and address > $2
             order by address
             limit $3"
        ),
        params![workspace, after, limit],
        read,
    )
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    address: &str,
) -> Result<Option<Taught>, DbError> {
    tx.optional(
        sql!(
            "select address, verdict, decided_by, decided_at
             from mail_senders
             where workspace_id = $1 and address = $2"
        ),
        params![workspace, address],
        read,
    )
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, address: &str) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from mail_senders where workspace_id = $1 and address = $2"),
        params![workspace, address],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Taught, DbError> {
    let word: String = row.get("verdict")?;
    Ok(Taught {
        sender: row.get("address")?,
        verdict: Verdict::parse(&word).ok_or_else(|| row.broken("verdict", "a verdict"))?,
        by: row.get("decided_by")?,
        at: row.get("decided_at")?,
    })
}

pub(super) fn shows_images(tx: &mut Tx<'_>, workspace: WorkspaceId, address: &str) -> Result<bool, DbError> {
    let found: Option<String> = tx.optional(
        sql!(
            "select allowed_by
             from mail_image_senders
             where workspace_id = $1 and address = $2"
        ),
        params![workspace, address],
        |row| row.get("allowed_by"),
    )?;
    Ok(found.is_some())
}

pub(super) fn allow_images(tx: &mut Tx<'_>, actor: &Actor, address: &str) -> Result<(), DbError> {
    let (now, by) = (tx.now(), actor.signature());
    tx.execute(
        sql!(
            "insert into mail_image_senders (workspace_id, address, allowed_by, allowed_at)
             values ($1, $2, $3, $4)
             on conflict (workspace_id, address) do nothing"
        ),
        params![actor.workspace, address, by, now],
    )?;
    Ok(())
}

/// Takes away what was decided about an address.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, address: &str) -> Result<(), DbError> {
    for statement in [
        sql!("delete from mail_senders where workspace_id = $1 and address = $2"),
        sql!("delete from mail_image_senders where workspace_id = $1 and address = $2"),
    ] {
        tx.execute(statement, params![workspace, address])?;
    }
    Ok(())
}

pub(super) fn deny_images(tx: &mut Tx<'_>, workspace: WorkspaceId, address: &str) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from mail_image_senders where workspace_id = $1 and address = $2"),
        params![workspace, address],
    )?;
    Ok(())
}
