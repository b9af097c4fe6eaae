//! The pages of roles: the list, and the form with permissions to tick.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page, Sent, known};

use super::views::{FormActions, FormPage, ListPage, ticks};
use super::{CustomRole, LIST, RoleError, RoleId, RoleText};
use crate::actor::Actor;
use crate::agents;
use crate::permissions::{Permission, PermissionSet};

const ADDRESS: &str = "/settings/roles";

/// The roles, and how many agents have each.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let (roles, agents) = db
        .read(move |tx| Ok::<_, RoleError>((super::all(tx, workspace)?, agents::all(tx, workspace)?)))
        .await?;
    let mut holders = Vec::new();
    for agent in agents.iter().filter(|agent| agent.is_active) {
        match holders.iter_mut().find(|(role, _)| *role == agent.role) {
            Some((_, count)) => *count += 1,
            None => holders.push((agent.role, 1)),
        }
    }
    let may_write = actor.may(Permission::RolesWrite);
    let view = ListPage {
        t: &t,
        roles,
        holders,
        may_write,
    };
    let page = Page::new(t.say("settings-roles"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST)
        .live(agents::LIST);
    Ok(if may_write {
        page.actions(&view.actions())
    } else {
        page
    })
}

/// The empty form.
pub async fn new(actor: Actor, t: Text) -> Page {
    form(&t, &actor, None, &Shown::default(), None)
}

/// Makes a role, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let (shown, maker) = (Shown::of(&sent), actor.clone());
    let text = shown.text.clone();
    match db.write(move |tx| super::add(tx, &maker, &text)).await {
        Ok(role) => Ok(done(
            t.say_with("roles-made", kit::args!(name = role.name.as_str())),
        )),
        Err(error) => again(&t, &actor, None, &shown, error),
    }
}

/// The form with a role in it.
///
/// # Errors
/// No such role here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let (id, workspace) = (known(&id)?, actor.workspace);
    let role = db
        .read(move |tx| super::find(tx, workspace, id)?.ok_or(RoleError::Unknown))
        .await?;
    let shown = Shown::from(&role);
    let page = form(&t, &actor, Some(id), &shown, None).live(id.to_string());
    Ok(page.actions(&FormActions {
        t: &t,
        id: id.to_string(),
    }))
}

/// Changes a role, or shows the form again with what is wrong.
///
/// # Errors
/// No such role here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let (shown, writer) = (Shown::of(&sent), actor.clone());
    let (text, version) = (shown.text.clone(), shown.version);
    match db
        .write(move |tx| super::change(tx, &writer, id, version, &text))
        .await
    {
        Ok(role) => Ok(done(
            t.say_with("roles-changed", kit::args!(name = role.name.as_str())),
        )),
        Err(RoleError::Stale(now)) => {
            let version = now.version;
            let retry = Shown { version, ..shown };
            let stale = Failure::new(&super::failures::STALE);
            let page = form(&t, &actor, Some(id), &retry, Some(&stale));
            Ok(page.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => again(&t, &actor, Some(id), &shown, error),
    }
}

/// Removes a role that nobody has.
///
/// # Errors
/// No such role here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    match db.write(move |tx| super::remove(tx, &actor, id)).await {
        Ok(role) => Ok(done(
            t.say_with("roles-removed", kit::args!(name = role.name.as_str())),
        )),
        Err(RoleError::InUse(holders)) => {
            let said = Notice::bad(t.count("roles-in-use", holders));
            Ok((said, Redirect::to(&format!("{ADDRESS}/{id}"))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// A form as it stands: what was typed and ticked, made from which version.
#[derive(Default)]
struct Shown {
    text: RoleText,
    version: i64,
}

impl Shown {
    fn of(sent: &Sent) -> Self {
        let permissions: PermissionSet = sent
            .all("permissions")
            .filter_map(|word| word.parse().ok())
            .collect();
        Self {
            text: RoleText {
                name: sent.one("name").to_owned(),
                permissions,
            },
            version: sent.one("version").parse().unwrap_or_default(),
        }
    }

    fn from(role: &CustomRole) -> Self {
        Self {
            text: RoleText {
                name: role.name.clone(),
                permissions: role.permissions,
            },
            version: role.version,
        }
    }
}

fn done(said: String) -> Response {
    (Notice::new(said), Redirect::to(ADDRESS)).into_response()
}

/// The form as it was sent, with what is wrong beside the fields; failures of no field pass on.
fn again(
    t: &Text,
    actor: &Actor,
    id: Option<RoleId>,
    shown: &Shown,
    error: RoleError,
) -> Result<Response, Failure> {
    let failure = Failure::from(error);
    if failure.fields.is_empty() {
        return Err(failure);
    }
    let page = form(t, actor, id, shown, Some(&failure));
    Ok(page.status(failure.status()).into_response())
}

fn form(t: &Text, actor: &Actor, id: Option<RoleId>, shown: &Shown, wrong: Option<&Failure>) -> Page {
    let field = |name| {
        wrong
            .map(|failure| failure.field_text(name, t))
            .unwrap_or_default()
    };
    let whole = wrong
        .filter(|failure| failure.fields.is_empty())
        .map(|failure| t.say(failure.code.text));
    let view = FormPage {
        t,
        action: id.map_or_else(|| ADDRESS.to_owned(), |id| format!("{ADDRESS}/{id}")),
        version: shown.version,
        name: &shown.text.name,
        groups: ticks(t, actor.permissions(), shown.text.permissions),
        name_error: field("name"),
        permissions_error: field("permissions"),
        whole,
    };
    let title = if id.is_some() { "roles-edit" } else { "roles-new" };
    Page::new(t.say(title), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-roles"), ADDRESS)
}
