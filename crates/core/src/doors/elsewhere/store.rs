//! The rows of reaches. They lead from one workspace to another, for the owner of the session alone.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};

use super::{Elsewhere, Reach};
use crate::doors::{Entering, SessionId};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    session: SessionId,
    reach: &Reach,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into session_reaches
             (workspace_id, session_id, other_workspace_id, other_agent_id, is_whole, until, ends_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (workspace_id, session_id, other_workspace_id) do update
             set other_agent_id = excluded.other_agent_id, is_whole = excluded.is_whole,
                 until = excluded.until, ends_at = excluded.ends_at"
        ),
        params![
            workspace,
            session,
            reach.who.workspace,
            reach.who.agent,
            reach.is_whole,
            reach.until,
            reach.ends_at
        ],
    )?;
    Ok(())
}

pub(super) fn reaches(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    session: SessionId,
    now: Timestamp,
) -> Result<Vec<Reach>, DbError> {
    tx.rows(
        sql!(
            "select r.other_workspace_id, r.other_agent_id, r.is_whole, r.until, r.ends_at
             from session_reaches r
             join agents a on a.workspace_id = r.other_workspace_id and a.id = r.other_agent_id
             where r.workspace_id = $1 and r.session_id = $2 and r.until > $3 and a.is_active = $4
             order by r.other_workspace_id"
        ),
        params![workspace, session, now, true],
        |row| {
            let who = Entering {
                workspace: row.get("other_workspace_id")?,
                agent: row.get("other_agent_id")?,
            };
            Ok(Reach {
                who,
                is_whole: row.get("is_whole")?,
                until: row.get("until")?,
                ends_at: row.get("ends_at")?,
            })
        },
    )
}

pub(super) fn open(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    session: SessionId,
    now: Timestamp,
) -> Result<Vec<Elsewhere>, DbError> {
    tx.rows(
        sql!(
            "select w.id, w.name, a.name as agent_name, a.email
             from session_reaches r
             join agents a on a.workspace_id = r.other_workspace_id and a.id = r.other_agent_id
             join workspaces w on w.id = r.other_workspace_id
             where r.workspace_id = $1 and r.session_id = $2 and r.until > $3 and a.is_active = $4
             order by w.name, w.id"
        ),
        params![workspace, session, now, true],
        |row| {
            Ok(Elsewhere {
                workspace: row.get("id")?,
                name: row.get("name")?,
                agent_name: row.get("agent_name")?,
                email: row.get("email")?,
            })
        },
    )
}

pub(super) fn forget(tx: &mut Tx<'_>, who: Entering) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from session_reaches
             where other_workspace_id = $1 and other_agent_id = $2"
        ),
        params![who.workspace, who.agent],
    )?;
    Ok(())
}

pub(super) fn sweep(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from session_reaches
             where until <= $1"
        ),
        params![now],
    )?;
    Ok(())
}
