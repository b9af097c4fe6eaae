//! The rows of teams and their members.

use std::collections::BTreeMap;

use kit::db::{DbError, Row, Tx};
use kit::text::fold;
use kit::{params, sql};

use super::{Archiving, Team, TeamId};
use crate::agents::AgentId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, team: &Team) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into teams (workspace_id, id, name, name_folded, version, created_at, archived_at, archived_by)
             values ($1, $2, $3, $4, $5, $6, null, null)"
        ),
        params![
            workspace,
            team.id,
            team.name,
            fold(&team.name),
            team.version,
            team.created_at
        ],
    )?;
    insert_members(tx, workspace, team)
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, team: &Team) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update teams
             set name = $3, name_folded = $4, version = $5
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, team.id, team.name, fold(&team.name), team.version],
    )?;
    tx.execute(
        sql!("delete from team_members where workspace_id = $1 and team_id = $2"),
        params![workspace, team.id],
    )?;
    insert_members(tx, workspace, team)
}

/// A team has few members, each a short statement.
fn insert_members(tx: &mut Tx<'_>, workspace: WorkspaceId, team: &Team) -> Result<(), DbError> {
    for member in &team.members {
        insert_member(tx, workspace, team.id, *member)?;
    }
    Ok(())
}

pub(super) fn insert_member(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    team: TeamId,
    agent: AgentId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into team_members (workspace_id, team_id, agent_id)
             values ($1, $2, $3)
             on conflict (workspace_id, team_id, agent_id) do nothing"
        ),
        params![workspace, team, agent],
    )?;
    Ok(())
}

pub(super) fn set_archiving(tx: &mut Tx<'_>, workspace: WorkspaceId, team: &Team) -> Result<(), DbError> {
    let by = team.archiving.as_ref().map(|archiving| archiving.by.clone());
    let at = team.archiving.as_ref().map(|archiving| archiving.at);
    tx.execute(
        sql!(
            "update teams
             set archived_at = $3, archived_by = $4
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, team.id, at, by],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TeamId) -> Result<Option<Team>, DbError> {
    let found = tx.optional(
        sql!(
            "select id, name, version, created_at, archived_at, archived_by
             from teams
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )?;
    let Some(mut team) = found else { return Ok(None) };
    team.members = tx.rows(
        sql!(
            "select agent_id
             from team_members
             where workspace_id = $1 and team_id = $2
             order by agent_id"
        ),
        params![workspace, id],
        |row| row.get("agent_id"),
    )?;
    Ok(Some(team))
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Team>, DbError> {
    let mut members: BTreeMap<TeamId, Vec<AgentId>> = BTreeMap::new();
    tx.each(
        sql!(
            "select team_id, agent_id
             from team_members
             where workspace_id = $1
             order by team_id, agent_id"
        ),
        params![workspace],
        |row| {
            let team = row.get("team_id")?;
            members.entry(team).or_default().push(row.get("agent_id")?);
            Ok(())
        },
    )?;
    let mut teams = tx.rows(
        sql!(
            "select id, name, version, created_at, archived_at, archived_by
             from teams
             where workspace_id = $1
             order by name_folded, id"
        ),
        params![workspace],
        read,
    )?;
    for team in &mut teams {
        team.members = members.remove(&team.id).unwrap_or_default();
    }
    teams.sort_by_key(|team| team.archiving.is_some());
    Ok(teams)
}

fn read(row: &Row<'_>) -> Result<Team, DbError> {
    let (by, at): (Option<String>, _) = (row.get("archived_by")?, row.get("archived_at")?);
    Ok(Team {
        id: row.get("id")?,
        name: row.get("name")?,
        members: Vec::new(),
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        archiving: by.zip(at).map(|(by, at)| Archiving { by, at }),
    })
}
