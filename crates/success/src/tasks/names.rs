//! What stands beside tasks: the names of who and what they refer to, as far as the reader may see them.

use std::collections::BTreeMap;

use kit::db::Tx;
use kit::i18n::Text;
use kit::web::Choice;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::agents;
use tandem_core::contacts::{self, ContactError, ContactId};
use tandem_core::permissions::Permission;
use tandem_core::teams;
use tandem_core::workspaces::WorkspaceId;

use super::{Change, Field, Task, TaskError};

/// The names that stand in a page, by textual forms of ids.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Who takes work, in the order of the form.
    owners: Vec<(String, String)>,
    /// Everything else that has a name.
    all: BTreeMap<String, String>,
    pub(super) account: Option<AccountId>,
}

impl Names {
    /// Of all who can own tasks, and of the account that the page is about.
    pub(super) fn of(tx: &mut Tx<'_>, actor: &Actor, account: Option<AccountId>) -> Result<Self, TaskError> {
        let mut names = Self {
            account,
            ..Self::default()
        };
        for agent in agents::all(tx, actor.workspace)? {
            let id = agent.id.to_string();
            if agent.is_active && !agent.is_machine {
                names.owners.push((id.clone(), agent.name.clone()));
            }
            names.all.insert(id, agent.name);
        }
        for team in teams::all(tx, actor.workspace)? {
            let id = team.id.to_string();
            if team.archiving.is_none() {
                names.owners.push((id.clone(), team.name.clone()));
            }
            names.all.insert(id, team.name);
        }
        if let Some(id) = account {
            names.account(tx, actor.workspace, id)?;
        }
        Ok(names)
    }

    /// Of all who and what a task and its changes name, as far as the reader may see them.
    pub(super) fn of_task(
        tx: &mut Tx<'_>,
        actor: &Actor,
        task: &Task,
        changes: &[Change],
    ) -> Result<Self, TaskError> {
        let account = task.account.filter(|_| actor.may(Permission::AccountsRead));
        let mut names = Self::of(tx, actor, account)?;
        let mut contacts: Vec<ContactId> = task.contact.into_iter().collect();
        for change in changes {
            for value in [&change.before, &change.after] {
                match change.field {
                    Some(Field::Contact) => contacts.extend(value.parse::<ContactId>().ok()),
                    Some(Field::Account) if actor.may(Permission::AccountsRead) => {
                        if let Ok(id) = value.parse() {
                            names.account(tx, actor.workspace, id)?;
                        }
                    }
                    _ => {}
                }
            }
        }
        if actor.may(Permission::ContactsRead) {
            let called = match contacts::names(tx, actor, &contacts) {
                Ok(called) => called,
                Err(ContactError::Db(error)) => return Err(error.into()),
                Err(_) => Default::default(),
            };
            names
                .all
                .extend(called.into_iter().map(|(id, name)| (id.to_string(), name)));
        }
        Ok(names)
    }

    fn account(&mut self, tx: &mut Tx<'_>, workspace: WorkspaceId, id: AccountId) -> Result<(), TaskError> {
        if let Some(name) = accounts::name(tx, workspace, id)? {
            self.all.insert(id.to_string(), name);
        }
        Ok(())
    }

    /// What this id is called; nothing where that is not for the reader, or gone.
    pub(super) fn name(&self, id: &str) -> Option<&str> {
        self.all.get(id).map(String::as_str)
    }

    /// Who can own a task, as choices.
    pub(super) fn owners(&self, t: &Text, chosen: &str) -> Vec<Choice> {
        let nobody = Choice::new("", t.say("tasks-nobody")).chosen_if(chosen.is_empty());
        let mut choices = vec![nobody];
        for (id, name) in &self.owners {
            choices.push(Choice::new(id, name).chosen_if(id == chosen));
        }
        let is_there = self.owners.iter().any(|(id, _)| id == chosen);
        if let Some(name) = self.name(chosen).filter(|_| !is_there) {
            choices.push(Choice::new(chosen, name).chosen_if(true));
        }
        choices
    }
}

/// The name in a signature.
pub(super) fn by(t: &Text, signature: &str) -> String {
    match signature.split_once(' ') {
        Some(("system:", _)) => t.say("tasks-by-itself"),
        Some((_, name)) => name.to_owned(),
        None => signature.to_owned(),
    }
}

/// What an id refers to: its word, where it is, and what one needs to see it.
pub(super) fn kind_of(id: &str) -> Option<(&'static str, &'static str, Permission)> {
    Some(match id.split_once('_')?.0 {
        "tkt" => ("tasks-evidence-ticket", "/tickets/", Permission::TicketsRead),
        "alr" => ("tasks-evidence-alert", "/alerts/", Permission::AlertsRead),
        "con" => ("tasks-evidence-contact", "/contacts/", Permission::ContactsRead),
        "tch" => ("tasks-evidence-touchpoint", "", Permission::AccountsRead),
        "run" => ("tasks-evidence-run", "/playbook-runs/", Permission::TasksRead),
        _ => return None,
    })
}

pub(super) fn evidence(t: &Text, actor: &Actor, task: &Task) -> Option<(String, String)> {
    let (text, path, needs) = kind_of(&task.evidence)?;
    if !actor.may(needs) {
        return None;
    }
    let href = match path {
        "" => format!("/accounts/{}", task.account?),
        path => format!("{path}{}", task.evidence),
    };
    Some((href, t.say(text)))
}
