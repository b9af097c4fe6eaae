//! How agents are found.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Agent, AgentId, store};
use crate::permissions::Permission;
use crate::search::Source;
use crate::workspaces::WorkspaceId;

/// Agents, for the search.
pub const SOURCE: Source = Source {
    prefix: AgentId::PREFIX,
    kind: "agent",
    title: "search-agents",
    icon: "users",
    needs: Permission::AgentsRead,
    states: &[("active", "search-active"), ("inactive", "search-inactive")],
    filters: &[],
    path: "/settings/agents/",
    keep: None,
    actions: &[],
    find,
    after,
};

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let agent = store::find(tx, workspace, AgentId::from_uuid(id))?;
    Ok(agent.map(document))
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let agents = store::after(tx, workspace, AgentId::from_uuid(last), limit)?;
    let document = |agent: Agent| (agent.id.uuid(), document(agent));
    Ok(agents.into_iter().map(document).collect())
}

fn document(agent: Agent) -> Document {
    let state = if agent.is_active { "active" } else { "inactive" };
    Document {
        title: agent.name,
        exact: vec![agent.email.clone()],
        text: agent.email,
        flags: vec![("is", state.to_owned())],
        date: agent.created_at,
        ..Document::default()
    }
}
