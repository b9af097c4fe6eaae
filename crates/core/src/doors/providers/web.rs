//! The pages on which providers are set up.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Choice, Failure, Notice, Page, Sent, known};

use super::door::BACK;
use super::failures::STALE;
use super::views::{FormActions, FormPage, ListActions, ListPage, Wrong};
use super::{LIST, Plain, Provider, ProviderError, ProviderId, ProviderText, setting_up};
use crate::actor::Actor;
use crate::doors::Entrance;
use crate::permissions::Role;
use crate::roles::{self, CustomRole};

pub use super::door::{back, begin};

const ADDRESS: &str = "/settings/providers";

/// The providers of the workspace.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let providers = db.read(move |tx| super::all(tx, &actor)).await?;
    let page = Page::new(t.say("settings-providers"), &ListPage { t: &t, providers })
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST);
    Ok(page.actions(&ListActions { t: &t }))
}

/// The empty form.
///
/// # Errors
/// The database's.
pub async fn new(State(entrance): State<Entrance>, actor: Actor, t: Text) -> Result<Page, Failure> {
    form(&entrance, &actor, &t, &Shown::default(), None).await
}

/// Sets a provider up, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(entrance): State<Entrance>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let shown = Shown::of(&sent, None);
    match setting_up::add(&entrance.db, &actor, &shown.text).await {
        Ok(provider) => Ok(done(&t, "providers-added", &provider)),
        Err(error) => again(&entrance, &actor, &t, shown, error).await,
    }
}

/// The form with a provider in it.
///
/// # Errors
/// No such provider here, or the database's.
pub async fn show(
    State(entrance): State<Entrance>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let (id, reader) = (known(&id)?, actor.clone());
    let provider = entrance.db.read(move |tx| super::find(tx, &reader, id)).await?;
    let page = form(&entrance, &actor, &t, &Shown::from(&provider), None).await?;
    Ok(page.live(id.to_string()))
}

/// Changes a provider, or shows the form again with what is wrong.
///
/// # Errors
/// No such provider here, a missing permission, or the database's.
pub async fn change(
    State(entrance): State<Entrance>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let (id, reader) = (known(&id)?, actor.clone());
    let before = entrance.db.read(move |tx| super::find(tx, &reader, id)).await?;
    let shown = Shown {
        has_secret: before.secret.is_some(),
        ..Shown::of(&sent, Some(id))
    };
    let changed = setting_up::change(&entrance.db, &actor, &before, shown.version, &shown.text).await;
    match changed {
        Ok(provider) => Ok(done(&t, "providers-saved", &provider)),
        Err(error) => again(&entrance, &actor, &t, shown, error).await,
    }
}

/// Removes a provider.
///
/// # Errors
/// No such provider here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let provider = db.write(move |tx| super::remove(tx, &actor, id)).await?;
    Ok(done(&t, "providers-removed", &provider))
}

/// A form as it stands: of which provider, made from which version, what was typed.
#[derive(Default)]
struct Shown {
    id: Option<ProviderId>,
    version: i64,
    has_secret: bool,
    text: ProviderText,
}

impl Shown {
    fn of(sent: &Sent, id: Option<ProviderId>) -> Self {
        let text = ProviderText {
            label: sent.one("label").to_owned(),
            issuer: sent.one("issuer").to_owned(),
            client: sent.one("client").to_owned(),
            secret: Plain::of(sent.one("secret")),
            domains: sent.one("domains").to_owned(),
            role: sent.one("role").parse::<Role>().ok(),
            is_on: sent.given("is_on").is_some(),
        };
        Self {
            id,
            version: sent.one("version").parse().unwrap_or_default(),
            has_secret: false,
            text,
        }
    }

    fn from(provider: &Provider) -> Self {
        Self {
            id: Some(provider.id),
            version: provider.version,
            has_secret: provider.secret.is_some(),
            text: ProviderText {
                label: provider.label.clone(),
                issuer: provider.issuer.clone(),
                client: provider.client.clone(),
                secret: None,
                domains: provider.domains.join(" "),
                role: provider.role,
                is_on: provider.is_on,
            },
        }
    }
}

fn done(t: &Text, said: &str, provider: &Provider) -> Response {
    let said = t.say_with(said, kit::args!(name = provider.label.as_str()));
    (Notice::new(said), Redirect::to(ADDRESS)).into_response()
}

/// The form as it was sent, with what is wrong beside the fields; failures of no field pass on.
async fn again(
    entrance: &Entrance,
    actor: &Actor,
    t: &Text,
    shown: Shown,
    error: ProviderError,
) -> Result<Response, Failure> {
    let shown = match &error {
        ProviderError::Stale(now) => Shown {
            version: now.version,
            ..shown
        },
        _ => shown,
    };
    let failure = Failure::from(error);
    if failure.fields.is_empty() && failure.code.name != STALE.name {
        return Err(failure);
    }
    let page = form(entrance, actor, t, &shown, Some(&failure)).await?;
    Ok(page.status(failure.status()).into_response())
}

async fn form(
    Entrance { db, origin, .. }: &Entrance,
    actor: &Actor,
    t: &Text,
    shown: &Shown,
    failure: Option<&Failure>,
) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let custom = db.read(move |tx| roles::all(tx, workspace)).await?;
    let view = FormPage {
        t,
        action: shown
            .id
            .map_or_else(|| ADDRESS.to_owned(), |id| format!("{ADDRESS}/{id}")),
        version: shown.version,
        text: &shown.text,
        roles: choices(t, actor, &custom, shown.text.role),
        back: format!("{origin}{BACK}"),
        has_secret: shown.has_secret,
        wrong: failure.map_or_else(Wrong::default, |failure| wrong(t, failure)),
    };
    let title = if shown.id.is_some() {
        "providers-edit"
    } else {
        "providers-new"
    };
    let page = Page::new(t.say(title), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-providers"), ADDRESS);
    Ok(match shown.id {
        Some(id) => page.actions(&FormActions {
            t,
            id: id.to_string(),
        }),
        None => page,
    })
}

/// The roles that unknown people can get, and that they get none.
fn choices(t: &Text, actor: &Actor, custom: &[CustomRole], role: Option<Role>) -> Vec<Choice> {
    let nobody = Choice::new("", t.say("providers-nobody")).chosen_if(role.is_none());
    let all = roles::choices(t, actor, custom, role.unwrap_or(Role::SupportAgent));
    let all = all.into_iter().map(|choice| {
        let is_chosen = role.is_some() && choice.chosen;
        choice.chosen_if(is_chosen)
    });
    [nobody].into_iter().chain(all).collect()
}

fn wrong(t: &Text, failure: &Failure) -> Wrong {
    let field = |name| failure.field_text(name, t);
    Wrong {
        label: field("label"),
        issuer: field("issuer"),
        client: field("client"),
        secret: field("secret"),
        domains: field("domains"),
        role: field("role"),
        whole: failure.fields.is_empty().then(|| t.say(failure.code.text)),
    }
}
