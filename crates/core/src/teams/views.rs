//! What the templates of teams take.

use askama::Template;
use kit::i18n::Text;

use super::Team;
use crate::agents::{Agent, AgentId};

#[derive(Template)]
#[template(path = "teams/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) teams: Vec<Team>,
    pub(super) agents: Vec<Agent>,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "teams/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
}

impl<'a> ListPage<'a> {
    pub(super) fn actions(&self) -> ListActions<'a> {
        ListActions { t: self.t }
    }

    fn members(&self, team: &Team) -> String {
        let members = self
            .agents
            .iter()
            .filter(|agent| team.members.contains(&agent.id));
        members
            .map(|agent| agent.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

#[derive(Template)]
#[template(path = "teams/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) action: String,
    pub(super) version: i64,
    pub(super) name: &'a str,
    pub(super) agents: Vec<Agent>,
    pub(super) members: &'a [AgentId],
    pub(super) is_archived: bool,
    pub(super) name_error: String,
    pub(super) whole: Option<String>,
}

impl FormPage<'_> {
    fn is_in(&self, agent: &Agent) -> bool {
        self.members.contains(&agent.id)
    }
}

#[derive(Template)]
#[template(path = "teams/views/form_actions.html")]
pub(super) struct FormActions<'a> {
    pub(super) t: &'a Text,
    pub(super) team: &'a Team,
}
