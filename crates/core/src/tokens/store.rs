//! The rows that make a session a token.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::Token;
use crate::actor::Actor;
use crate::doors::SessionId;
use crate::permissions::PermissionSet;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: SessionId,
    scopes: PermissionSet,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into tokens (workspace_id, session_id, scopes, made_by)
             values ($1, $2, $3, $4)"
        ),
        params![actor.workspace, id, scopes.words(), actor.signature()],
    )?;
    Ok(())
}

pub(super) fn end_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: SessionId,
    at: Option<Timestamp>,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update sessions
             set expires_at = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, at],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: SessionId) -> Result<Option<Token>, DbError> {
    tx.optional(
        sql!(
            "select s.id, s.name, s.agent_id, a.name as agent_name, a.is_machine, t.scopes, t.made_by,
               s.created_at, s.expires_at, s.ended_at
             from tokens t
             join sessions s on s.workspace_id = t.workspace_id and s.id = t.session_id
             join agents a on a.workspace_id = s.workspace_id and a.id = s.agent_id
             where t.workspace_id = $1 and t.session_id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn working(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    now: Timestamp,
) -> Result<Vec<Token>, DbError> {
    tx.rows(
        sql!(
            "select s.id, s.name, s.agent_id, a.name as agent_name, a.is_machine, t.scopes, t.made_by,
               s.created_at, s.expires_at, s.ended_at
             from tokens t
             join sessions s on s.workspace_id = t.workspace_id and s.id = t.session_id
             join agents a on a.workspace_id = s.workspace_id and a.id = s.agent_id
             where t.workspace_id = $1 and s.ended_at is null
               and (s.expires_at is null or s.expires_at > $2)
             order by s.created_at desc, s.id desc"
        ),
        params![workspace, now],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Token, DbError> {
    Ok(Token {
        id: row.get("id")?,
        name: row.get("name")?,
        agent: row.get("agent_id")?,
        agent_name: row.get("agent_name")?,
        is_machine: row.get("is_machine")?,
        scopes: PermissionSet::of_words(&row.get::<String>("scopes")?),
        made_by: row.get("made_by")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        ended_at: row.get("ended_at")?,
    })
}
