//! The pages of tokens: the list, the form, the token that is shown once, and agents for machines.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Choice, Failure, Notice, Page, Sent, known};
use serde::Deserialize;

use super::views::{FormPage, ListActions, ListPage, MachinePage, MadePage};
use super::{Token, TokenText};
use crate::actor::Actor;
use crate::agents::{self, Agent, AgentError, AgentId};
use crate::doors::SessionId;
use crate::permissions::{Permission, PermissionSet, Role};
use crate::roles;

const ADDRESS: &str = "/settings/tokens";
/// The lives to choose from, in days.
const LIVES: [u32; 4] = [7, 30, 90, 365];

/// The tokens that work.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let reader = actor.clone();
    let tokens = db.read(move |tx| super::list(tx, &reader)).await?;
    let (may_own, may_write) = (
        actor.may(Permission::TokensOwn),
        actor.may(Permission::TokensWrite),
    );
    let view = ListPage {
        t: &t,
        tokens,
        may_own,
    };
    let actions = ListActions {
        t: &t,
        may_own,
        may_write,
    };
    let page = Page::new(t.say("settings-tokens"), &view).place("settings");
    Ok(page.crumb(t.say("nav-settings"), "/settings").actions(&actions))
}

/// Whom the new token is for.
#[derive(Debug, Default, Deserialize)]
pub struct For {
    agent: Option<AgentId>,
}

/// The empty form.
///
/// # Errors
/// The database's.
pub async fn new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(wish): Query<For>,
) -> Result<Page, Failure> {
    let empty = TokenText {
        name: String::new(),
        agent: wish.agent,
        scopes: PermissionSet::NONE,
        days: Some(90),
    };
    form(&db, &actor, &t, &empty, None).await
}

/// Makes a token and shows it, once, or the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let text = TokenText {
        name: sent.one("name").to_owned(),
        agent: sent.one("agent").parse().ok(),
        scopes: sent.all("scopes").filter_map(|word| word.parse().ok()).collect(),
        days: sent.one("days").parse().ok(),
    };
    let (maker, wanted) = (actor.clone(), text.clone());
    match db.write(move |tx| super::make(tx, &maker, &wanted)).await {
        Ok((token, text)) => Ok(made(&t, &token, text).into_response()),
        Err(error) => {
            let failure = Failure::from(error);
            if failure.fields.is_empty() {
                return Err(failure);
            }
            let page = form(&db, &actor, &t, &text, Some(&failure)).await?;
            Ok(page.status(failure.status()).into_response())
        }
    }
}

/// Revokes a token.
///
/// # Errors
/// No such token here, or the database's.
pub async fn revoke(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: SessionId = known(&id)?;
    let token = db.write(move |tx| super::revoke(tx, &actor, id)).await?;
    let said = t.say_with("tokens-revoked", kit::args!(name = token.name.as_str()));
    Ok((Notice::new(said), Redirect::to(ADDRESS)).into_response())
}

/// The form of an agent for a machine.
///
/// # Errors
/// The database's.
pub async fn machine(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    machine_form(&db, &actor, &t, ("", Role::ProductManager), None).await
}

/// Makes an agent for a machine and goes on to its first token.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create_machine(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let (name, role) = (sent.one("name").to_owned(), sent.one("role").parse::<Role>().ok());
    let (maker, wanted) = (actor.clone(), name.clone());
    let added = db
        .write(move |tx| match role {
            Some(role) => agents::add_machine(tx, &maker, &wanted, role),
            None => Err(AgentError::UnknownRole),
        })
        .await;
    match added {
        Ok(agent) => Ok(Redirect::to(&format!("{ADDRESS}/new?agent={}", agent.id)).into_response()),
        Err(error) => {
            let failure = Failure::from(error);
            if failure.fields.is_empty() {
                return Err(failure);
            }
            let typed = (name.as_str(), role.unwrap_or(Role::ProductManager));
            let page = machine_form(&db, &actor, &t, typed, Some(&failure)).await?;
            Ok(page.status(failure.status()).into_response())
        }
    }
}

async fn machine_form(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (name, role): (&str, Role),
    wrong: Option<&Failure>,
) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let custom = db.read(move |tx| roles::all(tx, workspace)).await?;
    let view = MachinePage {
        t,
        name,
        roles: roles::choices(t, actor, &custom, role),
        name_error: refused(t, wrong, "name"),
        role_error: refused(t, wrong, "role"),
    };
    Ok(settings(t, t.say("tokens-machine-new"), &view))
}

fn made(t: &Text, token: &Token, text: String) -> Page {
    settings(t, t.say("tokens-made-title"), &MadePage { t, token, text })
}

async fn form(
    db: &Db,
    actor: &Actor,
    t: &Text,
    text: &TokenText,
    wrong: Option<&Failure>,
) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let mut machines = Vec::new();
    if actor.may(Permission::TokensWrite) {
        machines = db.read(move |tx| agents::all(tx, workspace)).await?;
        machines.retain(|agent| agent.is_machine && agent.is_active);
    }
    let owner = machines.iter().find(|machine| text.agent == Some(machine.id));
    let offered = match owner {
        Some(machine) => machine.permissions.and(actor.permissions()),
        None => actor.permissions(),
    };
    let agents = owners(t, &machines, text.agent);
    let lives = LIVES.iter().map(|days| {
        Choice::new(days.to_string(), t.count("tokens-days", *days)).chosen_if(text.days == Some(*days))
    });
    let view = FormPage {
        t,
        name: &text.name,
        agents,
        lives: lives
            .chain([Choice::new("", t.say("tokens-never")).chosen_if(text.days.is_none())])
            .collect(),
        groups: roles::ticks(t, offered, text.scopes),
        name_error: refused(t, wrong, "name"),
        scopes_error: refused(t, wrong, "scopes"),
    };
    Ok(settings(t, t.say("tokens-new"), &view))
}

/// What is wrong with a field, if anything.
fn refused(t: &Text, wrong: Option<&Failure>, name: &str) -> String {
    wrong
        .map(|failure| failure.field_text(name, t))
        .unwrap_or_default()
}

/// Whom a token may act as; empty where there is no choice.
fn owners(t: &Text, machines: &[Agent], chosen: Option<AgentId>) -> Vec<Choice> {
    if machines.is_empty() {
        return Vec::new();
    }
    let machine = |machine: &Agent| {
        Choice::new(machine.id.to_string(), &machine.name).chosen_if(chosen == Some(machine.id))
    };
    let myself = Choice::new("", t.say("tokens-myself"));
    std::iter::once(myself)
        .chain(machines.iter().map(machine))
        .collect()
}

fn settings(t: &Text, title: String, view: &impl askama::Template) -> Page {
    Page::new(title, view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-tokens"), ADDRESS)
}
