//! What the templates of agents take.

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::Choice;

use super::Agent;
use crate::invitations::Invitation;
use crate::roles::CustomRole;

/// An agent with what else their row shows.
pub(super) struct AgentRow {
    pub(super) agent: Agent,
    pub(super) teams: String,
    pub(super) seen: Option<Timestamp>,
}

#[derive(Template)]
#[template(path = "agents/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) rows: Vec<AgentRow>,
    pub(super) invitations: Vec<Invitation>,
    pub(super) roles: Vec<CustomRole>,
    pub(super) may_write: bool,
    /// Whether a letter can bring the link of an invitation.
    pub(super) has_mail: bool,
}

#[derive(Template)]
#[template(path = "agents/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
}

impl<'a> ListPage<'a> {
    pub(super) fn actions(&self) -> ListActions<'a> {
        ListActions { t: self.t }
    }

    fn role(&self, row: &AgentRow) -> String {
        role_text(self.t, &row.agent)
    }

    fn invited_role(&self, invitation: &Invitation) -> String {
        let own = self
            .roles
            .iter()
            .find(|role| invitation.role.to_string() == role.id.to_string());
        own.map_or_else(|| self.t.say(invitation.role.text()), |role| role.name.clone())
    }

    fn is_expired(&self, invitation: &Invitation) -> bool {
        invitation.expires_at <= self.t.now()
    }
}

/// What an agent's role is called.
pub(crate) fn role_text(t: &Text, agent: &Agent) -> String {
    agent
        .role_name
        .clone()
        .unwrap_or_else(|| t.say(agent.role.text()))
}

#[derive(Template)]
#[template(path = "agents/views/agent.html")]
pub(super) struct AgentPage<'a> {
    pub(super) t: &'a Text,
    pub(super) agent: &'a Agent,
    pub(super) teams: String,
    pub(super) seen: Option<Timestamp>,
    pub(super) tokens: i64,
    /// How many other systems know them.
    pub(super) issuers: i64,
    pub(super) may_change: bool,
    /// The roles to choose from; empty for who may not.
    pub(super) roles: Vec<Choice>,
    pub(super) role_error: String,
    pub(super) may_see_trail: bool,
}

impl AgentPage<'_> {
    fn role(&self) -> String {
        role_text(self.t, self.agent)
    }
}

#[derive(Template)]
#[template(path = "agents/views/agent_actions.html")]
pub(super) struct AgentActions<'a> {
    pub(super) t: &'a Text,
    pub(super) agent: &'a Agent,
}

#[derive(Template)]
#[template(path = "agents/views/profile.html")]
pub(super) struct ProfilePage<'a> {
    pub(super) t: &'a Text,
    pub(super) name: &'a str,
    pub(super) email: &'a str,
    pub(super) locales: Vec<Choice>,
    pub(super) zone: &'a str,
    pub(super) zones: Vec<String>,
    pub(super) name_error: String,
    pub(super) locale_error: String,
    pub(super) zone_error: String,
}
