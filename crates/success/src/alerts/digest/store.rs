//! The rows of digests.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;

use super::Digest;

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<Option<Digest>, DbError> {
    tx.optional(
        sql!(
            "select is_off, made_day, told_until
             from alert_digests
             where workspace_id = $1 and agent_id = $2"
        ),
        params![workspace, agent],
        |row| {
            Ok(Digest {
                is_off: row.get("is_off")?,
                made_day: row.get("made_day")?,
                told_until: row.get("told_until")?,
            })
        },
    )
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    digest: &Digest,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into alert_digests (workspace_id, agent_id, is_off, made_day, told_until)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, agent_id) do update
             set is_off = excluded.is_off, made_day = excluded.made_day, told_until = excluded.told_until"
        ),
        params![
            workspace,
            agent,
            digest.is_off,
            digest.made_day,
            digest.told_until
        ],
    )?;
    Ok(())
}
