//! The pages of agents: the list, one agent, and one's own profile.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::clock::Timestamp;
use kit::db::{Db, Tx};
use kit::i18n::{Locale, Text};
use kit::web::{Choice, Failure, Notice, Page, Sent, known};

use super::views::{AgentActions, AgentPage, AgentRow, ListPage, ProfilePage};
use super::{Agent, AgentError, AgentId, LIST, Profile};
use crate::actor::Actor;
use crate::doors::providers;
use crate::invitations::{self, Delivery, InvitationError};
use crate::permissions::{Permission, Role};
use crate::roles::{self, CustomRole};
use crate::{teams, tokens};

pub(crate) const ADDRESS: &str = "/settings/agents";

/// Everybody in the workspace, and those who are invited.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let (reader, workspace) = (actor.clone(), actor.workspace);
    let (rows, invitations, roles) = db
        .report(move |tx| {
            let (mut teams, seen) = (teams::by_agent(tx, workspace)?, super::seen(tx, workspace)?);
            let rows = super::all(tx, workspace)?.into_iter().map(|agent| AgentRow {
                teams: teams.remove(&agent.id).unwrap_or_default().join(", "),
                seen: seen.get(&agent.id).copied(),
                agent,
            });
            let (rows, waiting) = (rows.collect(), invitations::waiting(tx, &reader)?);
            Ok::<_, InvitationError>((rows, waiting, roles::all(tx, workspace)?))
        })
        .await?;
    let may_write = actor.may(Permission::AgentsWrite);
    let view = ListPage {
        t: &t,
        rows,
        invitations,
        roles,
        may_write,
        has_mail: Delivery::of(&db, false) == Delivery::Letter,
    };
    let page = Page::new(t.say("settings-agents"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST);
    Ok(if may_write {
        page.actions(&view.actions())
    } else {
        page
    })
}

/// One agent.
///
/// # Errors
/// No such agent here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    page(&db, &actor, &t, known(&id)?, None).await
}

/// Gives an agent another role, or shows what stands in the way.
///
/// # Errors
/// No such agent here, a missing permission, or the database's.
pub async fn change_role(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let (id, writer) = (known(&id)?, actor.clone());
    let role = sent.one("role").parse::<Role>().ok();
    let changed = db
        .write(move |tx| match role {
            Some(role) => super::change_role(tx, &writer, id, role),
            None => super::find(tx, writer.workspace, id)?
                .ok_or(AgentError::Unknown)
                .and(Err(AgentError::UnknownRole)),
        })
        .await;
    match changed {
        Ok(agent) => {
            let said = t.say_with("agents-role-changed", kit::args!(name = agent.name.as_str()));
            Ok((Notice::new(said), to(id)).into_response())
        }
        Err(error) => {
            let failure = Failure::from(error);
            if failure.fields.is_empty() {
                return Err(failure);
            }
            let page = page(&db, &actor, &t, id, Some(&failure)).await?;
            Ok(page.status(failure.status()).into_response())
        }
    }
}

/// Takes an agent's access away.
///
/// # Errors
/// No such agent here, a missing permission, or the database's.
pub async fn deactivate(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    match db.write(move |tx| super::deactivate(tx, &actor, id)).await {
        Ok(agent) => {
            let said = t.say_with("agents-was-deactivated", kit::args!(name = agent.name.as_str()));
            let notice = Notice::new(said).undo(format!("{ADDRESS}/{id}/deactivation/end"));
            Ok((notice, to(id)).into_response())
        }
        Err(AgentError::LastAdmin) => {
            Ok((Notice::bad(t.say("agents-failure-last-admin")), to(id)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives an agent their access back.
///
/// # Errors
/// As of [`deactivate`].
pub async fn reactivate(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let agent = db.write(move |tx| super::reactivate(tx, &actor, id)).await?;
    let said = t.say_with("agents-was-reactivated", kit::args!(name = agent.name.as_str()));
    Ok((Notice::new(said), to(id)).into_response())
}

/// Forgets what other systems call an agent: the next to come with their address is linked anew.
///
/// # Errors
/// No such agent here, a missing permission, or the database's.
pub async fn unlink(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let agent = db.write(move |tx| providers::unlink(tx, &actor, id)).await?;
    let said = t.say_with("agents-was-unlinked", kit::args!(name = agent.name.as_str()));
    Ok((Notice::new(said), to(id)).into_response())
}

/// One's own name, language and time zone.
///
/// # Errors
/// The database's.
pub async fn profile(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let agent = own(&db, &actor).await?;
    let profile = Profile {
        name: agent.name.clone(),
        locale: agent.locale.clone(),
        zone: agent.zone.clone(),
        formats: None,
    };
    Ok(profile_page(&t, &agent, &profile, None))
}

/// Changes one's own profile, or shows the form again with what is wrong.
///
/// # Errors
/// The database's.
pub async fn change_profile(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let profile = Profile {
        name: sent.one("name").to_owned(),
        locale: sent.given("locale").map(str::to_owned),
        zone: sent.given("zone").map(str::to_owned),
        formats: None,
    };
    let (writer, text) = (actor.clone(), profile.clone());
    match db
        .write(move |tx| super::change_profile(tx, &writer, &text))
        .await
    {
        Ok(_) => Ok((
            Notice::new(t.say("profile-saved")),
            Redirect::to("/settings/profile"),
        )
            .into_response()),
        Err(error) => {
            let failure = Failure::from(error);
            if failure.fields.is_empty() {
                return Err(failure);
            }
            let agent = own(&db, &actor).await?;
            let page = profile_page(&t, &agent, &profile, Some(&failure));
            Ok(page.status(failure.status()).into_response())
        }
    }
}

async fn own(db: &Db, actor: &Actor) -> Result<Agent, Failure> {
    let (workspace, id) = (actor.workspace, actor.agent());
    let agent = db
        .read(move |tx| match id {
            Some(id) => super::find(tx, workspace, id)?.ok_or(AgentError::Unknown),
            None => Err(AgentError::Unknown),
        })
        .await?;
    Ok(agent)
}

fn profile_page(t: &Text, agent: &Agent, profile: &Profile, wrong: Option<&Failure>) -> Page {
    let field = |name| {
        wrong
            .map(|failure| failure.field_text(name, t))
            .unwrap_or_default()
    };
    let chosen = profile.locale.as_deref();
    let mut locales = vec![Choice::new("", t.say("profile-locale-workspace")).chosen_if(chosen.is_none())];
    locales.extend(
        Locale::all().map(|locale| {
            Choice::new(locale.tag(), locale.own_name()).chosen_if(chosen == Some(locale.tag()))
        }),
    );
    let view = ProfilePage {
        t,
        name: &profile.name,
        email: &agent.email,
        locales,
        zone: profile.zone.as_deref().unwrap_or_default(),
        zones: kit::clock::zones(),
        name_error: field("name"),
        locale_error: field("locale"),
        zone_error: field("zone"),
    };
    Page::new(t.say("settings-profile"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
}

async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    id: AgentId,
    wrong: Option<&Failure>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let about = db.read(move |tx| about(tx, &reader, id)).await?;
    let agent = &about.agent;
    let may_change = actor.may(Permission::AgentsWrite) && agent.permissions.is_within(actor.permissions());
    let choices = may_change.then(|| roles::choices(t, actor, &about.roles, agent.role));
    let view = AgentPage {
        t,
        agent,
        teams: about.teams.join(", "),
        seen: about.seen,
        tokens: about.tokens,
        issuers: about.issuers,
        may_change,
        roles: choices.unwrap_or_default(),
        role_error: wrong.map_or_else(String::new, |failure| failure.field_text("role", t)),
        may_see_trail: actor.may(Permission::AuditRead),
    };
    let page = Page::new(&agent.name, &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-agents"), ADDRESS)
        .live(id.to_string());
    Ok(if may_change {
        page.actions(&AgentActions { t, agent })
    } else {
        page
    })
}

/// What the page of an agent shows.
struct About {
    agent: Agent,
    roles: Vec<CustomRole>,
    teams: Vec<String>,
    seen: Option<Timestamp>,
    tokens: i64,
    issuers: i64,
}

fn about(tx: &mut Tx<'_>, reader: &Actor, id: AgentId) -> Result<About, AgentError> {
    let workspace = reader.workspace;
    Ok(About {
        agent: super::find(tx, workspace, id)?.ok_or(AgentError::Unknown)?,
        roles: roles::all(tx, workspace)?,
        teams: teams::by_agent(tx, workspace)?.remove(&id).unwrap_or_default(),
        seen: super::seen(tx, workspace)?.get(&id).copied(),
        issuers: providers::issuers_of(tx, workspace, id)?,
        tokens: i64::try_from(tokens::count_of(tx, reader, id)?).unwrap_or(i64::MAX),
    })
}

fn to(id: AgentId) -> Redirect {
    Redirect::to(&format!("{ADDRESS}/{id}"))
}
