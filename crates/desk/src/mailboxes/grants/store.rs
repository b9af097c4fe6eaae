//! The rows of grants.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::super::MailboxId;
use super::super::providers::MailProviderId;
use super::{Grant, Revocation};

/// Stores a grant in place of the one before.
pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, grant: &Grant) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mailbox_grants (workspace_id, mailbox_id, provider_id, account, refresh, access, access_until,
               round, turn, turn_until, renewed_at, dies_at, failing_since, tries, next_at, trouble, said, ended_at,
               granted_by, granted_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
             on conflict (workspace_id, mailbox_id) do update
             set provider_id = excluded.provider_id, account = excluded.account, refresh = excluded.refresh,
               access = excluded.access, access_until = excluded.access_until, round = excluded.round,
               turn = excluded.turn, turn_until = excluded.turn_until, renewed_at = excluded.renewed_at,
               dies_at = excluded.dies_at, failing_since = excluded.failing_since, tries = excluded.tries,
               next_at = excluded.next_at, trouble = excluded.trouble, said = excluded.said,
               ended_at = excluded.ended_at, granted_by = excluded.granted_by, granted_at = excluded.granted_at"
        ),
        params![
            workspace,
            grant.mailbox,
            grant.provider,
            grant.account,
            grant.refresh,
            grant.access,
            grant.access_until,
            grant.round,
            grant.turn,
            grant.turn_until,
            grant.renewed_at,
            grant.dies_at,
            grant.failing_since,
            grant.tries,
            grant.next_at,
            grant.trouble,
            grant.said,
            grant.ended_at,
            grant.granted_by,
            grant.granted_at
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
) -> Result<Option<Grant>, DbError> {
    tx.optional(
        sql!(
            "select mailbox_id, provider_id, account, refresh, access, access_until, round, turn, turn_until, renewed_at,
               dies_at, failing_since, tries, next_at, trouble, said, ended_at, granted_by, granted_at
             from mailbox_grants
             where workspace_id = $1 and mailbox_id = $2"
        ),
        params![workspace, mailbox],
        read,
    )
}

/// Whether there was one.
pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, mailbox: MailboxId) -> Result<bool, DbError> {
    let gone = tx.execute(
        sql!("delete from mailbox_grants where workspace_id = $1 and mailbox_id = $2"),
        params![workspace, mailbox],
    )?;
    Ok(gone > 0)
}

pub(super) fn delete_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    provider: MailProviderId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from mailbox_grants where workspace_id = $1 and provider_id = $2"),
        params![workspace, provider],
    )?;
    Ok(())
}

/// Those that are not over and were not renewed since, of mailboxes that are open.
pub(super) fn idle(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<(WorkspaceId, MailboxId)>, DbError> {
    tx.rows(
        sql!(
            "select g.workspace_id, g.mailbox_id
             from mailbox_grants g -- global: the clock looks through all workspaces
             join mailboxes m on m.workspace_id = g.workspace_id and m.id = g.mailbox_id
             where g.ended_at is null and m.archived_at is null and (g.renewed_at < $1 or g.failing_since is not null)
             order by g.workspace_id, g.mailbox_id"
        ),
        params![since],
        |row| Ok((row.get("workspace_id")?, row.get("mailbox_id")?)),
    )
}

/// Whether a mailbox is signed in at a provider by the same account: the one that is meant anew, or another. Where nobody knows by
/// which, only the one that is meant counts.
pub(super) fn shares(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    provider: MailProviderId,
    (mailbox, account): (MailboxId, &str),
) -> Result<bool, DbError> {
    let count: i64 = tx.one(
        sql!(
            "select count(*) as n
             from mailbox_grants
             where workspace_id = $1 and provider_id = $2 and ended_at is null
               and (mailbox_id = $3 or (account = $4 and account <> ''))"
        ),
        params![workspace, provider, mailbox, account],
        |row| row.get("n"),
    )?;
    Ok(count > 0)
}

/// What became of the last grant of a mailbox at its provider.
pub(super) fn revocation(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
) -> Result<Option<Revocation>, DbError> {
    tx.optional(
        sql!(
            "select state, said, noted_at
             from mailbox_revocations
             where workspace_id = $1 and mailbox_id = $2"
        ),
        params![workspace, mailbox],
        |row| {
            Ok(Revocation {
                state: row.get("state")?,
                said: row.get("said")?,
                at: row.get("noted_at")?,
            })
        },
    )
}

pub(super) fn put_revocation(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    revocation: &Revocation,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mailbox_revocations (workspace_id, mailbox_id, state, said, noted_at)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, mailbox_id) do update
             set state = excluded.state, said = excluded.said, noted_at = excluded.noted_at"
        ),
        params![
            workspace,
            mailbox,
            revocation.state,
            revocation.said,
            revocation.at
        ],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Grant, DbError> {
    Ok(Grant {
        mailbox: row.get("mailbox_id")?,
        provider: row.get("provider_id")?,
        account: row.get("account")?,
        refresh: row.get("refresh")?,
        access: row.get("access")?,
        access_until: row.get("access_until")?,
        round: row.get("round")?,
        turn: row.get("turn")?,
        turn_until: row.get("turn_until")?,
        renewed_at: row.get("renewed_at")?,
        dies_at: row.get("dies_at")?,
        failing_since: row.get("failing_since")?,
        tries: row.get("tries")?,
        next_at: row.get("next_at")?,
        trouble: row.get("trouble")?,
        said: row.get("said")?,
        ended_at: row.get("ended_at")?,
        granted_by: row.get("granted_by")?,
        granted_at: row.get("granted_at")?,
    })
}
