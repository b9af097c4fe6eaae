//! What the people of the sample workspace are made of: teams, a role of its own, a machine with a token, a provider.

use kit::db::{DbError, Tx};

use super::DemoError;
use crate::actor::Actor;
use crate::agents::{self, Agent};
use crate::doors::providers::{self, ProviderText};
use crate::permissions::{Permission, Role};
use crate::roles::{self, RoleText};
use crate::teams::{self, TeamText};
use crate::tokens::{self, TokenText};

/// The teams and the roles whose agents are in them.
const TEAMS: &[(&str, &[Role])] = &[
    ("First line", &[Role::SupportAgent]),
    ("Escalations", &[Role::SupportLead, Role::ProductManager]),
    ("Customer success", &[Role::SuccessLead, Role::SuccessManager]),
];

pub(super) fn organise(tx: &mut Tx<'_>, actor: &Actor, staff: &[Agent]) -> Result<(), DemoError> {
    for (name, of) in TEAMS {
        let members = staff.iter().filter(|agent| of.contains(&agent.role));
        let text = TeamText {
            name: (*name).to_owned(),
            members: members.map(|agent| agent.id).collect(),
        };
        teams::add(tx, actor, &text).map_err(broken)?;
    }
    let text = RoleText {
        name: "Auditor".to_owned(),
        permissions: [
            Permission::AccountsRead,
            Permission::AgentsRead,
            Permission::AuditRead,
        ]
        .into_iter()
        .collect(),
    };
    roles::add(tx, actor, &text).map_err(broken)?;
    let machine = agents::add_machine(tx, actor, "Nightly import", Role::SuccessManager)?;
    let text = TokenText {
        name: "billing export".to_owned(),
        agent: Some(machine.id),
        scopes: [Permission::AccountsRead, Permission::AccountsWrite]
            .into_iter()
            .collect(),
        days: None,
    };
    tokens::make(tx, actor, &text).map_err(broken)?;
    // Switched off: there is no such system, so its button would lead nowhere.
    let text = ProviderText {
        label: "Sign in with Fernweh".to_owned(),
        issuer: "https://login.fernweh.example".to_owned(),
        client: "tandem".to_owned(),
        domains: "fernweh.example".to_owned(),
        role: Some(Role::SupportAgent),
        ..ProviderText::default()
    };
    providers::add(tx, actor, &text).map_err(broken)?;
    Ok(())
}

/// None of this can be refused but by the database.
fn broken(error: impl std::fmt::Display) -> DemoError {
    DemoError::Db(DbError::Schema(format!("the sample people: {error}")))
}
