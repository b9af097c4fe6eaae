//! What pages call the accounts, contacts, agents and teams of tickets.

use std::collections::{BTreeMap, HashMap};

use kit::clock::Timestamp;
use kit::db::Tx;
use kit::i18n::Text;
use kit::web::Choice;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId};
use tandem_core::contacts::{self, ContactId};
use tandem_core::permissions::Permission;
use tandem_core::teams::{self, Team, TeamId};
use tandem_core::worth::{self, Worth};

use super::{Change, Field, Kind, Message, Priority, Status, Step, Ticket, TicketError, of_contact};
use crate::statuses::{self, OwnStatus};

/// What accounts, contacts, agents and teams are called, as far as a page names them.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    accounts: BTreeMap<AccountId, String>,
    contacts: HashMap<ContactId, String>,
    agents: Vec<(AgentId, String, bool)>,
    teams: Vec<Team>,
    statuses: Vec<OwnStatus>,
    pub(super) worth: BTreeMap<AccountId, Worth>,
}

impl Names {
    /// Those of some tickets, and every agent and team.
    pub(super) fn of(tx: &mut Tx<'_>, actor: &Actor, tickets: &[Ticket]) -> Result<Self, TicketError> {
        let agents = agents::all(tx, actor.workspace)?;
        let mut names = Self {
            agents: agents
                .into_iter()
                .map(|agent| (agent.id, agent.name, agent.is_active && !agent.is_machine))
                .collect(),
            teams: teams::all(tx, actor.workspace)?,
            statuses: statuses::all(tx, actor.workspace)?,
            ..Self::default()
        };
        names.learn(
            tx,
            actor,
            tickets.iter().filter_map(|ticket| ticket.account),
            tickets.iter().filter_map(|ticket| ticket.contact),
        )?;
        Ok(names)
    }

    /// And those of messages and changes.
    pub(super) fn and_of(
        mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        messages: &[Message],
        changes: &[Change],
    ) -> Result<Self, TicketError> {
        let values = || changes.iter().flat_map(|change| [&change.before, &change.after]);
        let accounts: Vec<AccountId> = values().filter_map(|id| id.parse().ok()).collect();
        let changed = values().filter_map(|id| id.parse().ok());
        let contacts: Vec<ContactId> = messages
            .iter()
            .filter_map(|one| one.contact)
            .chain(changed)
            .collect();
        self.learn(tx, actor, accounts, contacts)?;
        let known: Vec<AccountId> = self.accounts.keys().copied().collect();
        if actor.may(Permission::MoneyRead) {
            self.worth = worth::of(tx, actor.workspace, &known)?;
        }
        Ok(self)
    }

    fn learn(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        accounts: impl IntoIterator<Item = AccountId>,
        contacts: impl IntoIterator<Item = ContactId>,
    ) -> Result<(), TicketError> {
        if actor.may(Permission::AccountsRead) {
            for id in accounts {
                if !self.accounts.contains_key(&id) {
                    let name = accounts::name(tx, actor.workspace, id)?;
                    self.accounts.extend(name.map(|name| (id, name)));
                }
            }
        }
        let ids: Vec<ContactId> = contacts.into_iter().collect();
        if actor.may(Permission::ContactsRead) && !ids.is_empty() {
            self.contacts
                .extend(contacts::names(tx, actor, &ids).map_err(of_contact)?);
        }
        Ok(())
    }

    pub(super) fn account(&self, id: AccountId) -> Option<&str> {
        self.accounts.get(&id).map(String::as_str)
    }

    pub(super) fn contact(&self, id: ContactId) -> Option<&str> {
        self.contacts.get(&id).map(String::as_str)
    }

    pub(super) fn agent(&self, id: AgentId) -> Option<&str> {
        let found = self.agents.iter().find(|(one, ..)| *one == id);
        found.map(|(_, name, _)| name.as_str())
    }

    pub(super) fn team(&self, id: TeamId) -> Option<&str> {
        let found = self.teams.iter().find(|team| team.id == id);
        found.map(|team| team.name.as_str())
    }

    /// What a field's value is called.
    pub(super) fn value(&self, t: &Text, field: Field, value: &str) -> String {
        let word = |text: Option<&'static str>| text.map(|text| t.say(text)).unwrap_or_default();
        let name = |name: Option<&str>| name.unwrap_or("–").to_owned();
        if value.is_empty() {
            return "–".to_owned();
        }
        match field {
            Field::Subject => value.to_owned(),
            Field::Status => {
                let step = value.parse().ok();
                step.map_or_else(String::new, |step| statuses::called(t, &self.statuses, step))
            }
            Field::Priority => word(value.parse().ok().map(Priority::text)),
            Field::Kind => word(value.parse().ok().map(Kind::text)),
            Field::Agent => name(value.parse().ok().and_then(|id| self.agent(id))),
            Field::Team => name(value.parse().ok().and_then(|id| self.team(id))),
            Field::Account => name(value.parse().ok().and_then(|id| self.account(id))),
            Field::Contact => name(value.parse().ok().and_then(|id| self.contact(id))),
            Field::Snooze => value
                .parse()
                .map_or_else(|_| "–".to_owned(), |at| t.moment(Timestamp(at))),
        }
    }

    /// How far a ticket has come, in the workspace's words.
    pub(super) fn status(&self, t: &Text, ticket: &Ticket) -> String {
        statuses::called(t, &self.statuses, ticket.step())
    }

    /// How far tickets can come; a ticket's own step is chosen.
    pub(super) fn status_choices(&self, t: &Text, now: Option<Step>) -> Vec<Choice> {
        statuses::choices(t, &self.statuses, now)
    }

    /// What a step is called.
    pub(super) fn called(&self, t: &Text, step: Step) -> String {
        statuses::called(t, &self.statuses, step)
    }

    /// The steps that the workspace has added.
    pub(super) fn own_steps(&self) -> impl Iterator<Item = Step> + '_ {
        self.statuses.iter().map(OwnStatus::step)
    }

    /// What a category's word alone leads to.
    pub(super) fn stands_for(&self, category: Status) -> Step {
        let own = self
            .statuses
            .iter()
            .find(|own| own.category == category && own.text.is_default);
        own.map_or(category.into(), OwnStatus::step)
    }

    /// The agents who can be named, by name.
    pub(super) fn people(&self) -> Vec<&str> {
        let open = self.agents.iter().filter(|(_, _, is_open)| *is_open);
        open.map(|(_, name, _)| name.as_str()).collect()
    }

    /// The teams that the actor is in.
    pub(super) fn teams_of(&self, actor: &Actor) -> impl Iterator<Item = TeamId> + '_ {
        let me = actor.agent();
        let open = self.teams.iter().filter(|team| team.archiving.is_none());
        open.filter(move |team| me.is_some_and(|me| team.members.contains(&me)))
            .map(|team| team.id)
    }

    pub(super) fn agent_choices(&self, t: &Text, chosen: Option<AgentId>) -> Vec<Choice> {
        let nobody = Choice::new("", t.say("tickets-nobody")).chosen_if(chosen.is_none());
        let open = self
            .agents
            .iter()
            .filter(|(id, _, is_open)| *is_open || chosen == Some(*id));
        let choice = |(id, name, _): &(AgentId, String, bool)| {
            Choice::new(id.to_string(), name.clone()).chosen_if(chosen == Some(*id))
        };
        std::iter::once(nobody).chain(open.map(choice)).collect()
    }

    pub(super) fn team_choices(&self, t: &Text, chosen: Option<TeamId>) -> Vec<Choice> {
        let none = Choice::new("", t.say("tickets-no-team")).chosen_if(chosen.is_none());
        let open = self
            .teams
            .iter()
            .filter(|team| team.archiving.is_none() || chosen == Some(team.id));
        let choice = |team: &Team| {
            Choice::new(team.id.to_string(), team.name.clone()).chosen_if(chosen == Some(team.id))
        };
        std::iter::once(none).chain(open.map(choice)).collect()
    }

    /// Who asks, by name.
    pub(super) fn asker(&self, ticket: &Ticket) -> String {
        let contact = ticket.contact.and_then(|id| self.contact(id));
        let account = || ticket.account.and_then(|id| self.account(id));
        contact.or_else(account).unwrap_or_default().to_owned()
    }
}

/// Who a signature names.
pub(super) fn signed(t: &Text, signature: &str) -> String {
    match signature.split_once(' ') {
        Some((who, name)) if !who.starts_with("system") => name.to_owned(),
        _ => t.say("tickets-by-itself"),
    }
}
