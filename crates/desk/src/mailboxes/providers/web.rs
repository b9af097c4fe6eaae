//! The pages on which mail providers are set up.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice, Page, Sent};
use tandem_core::actor::Actor;
use tandem_core::doors::Entrance;
use tandem_core::permissions::Permission;

use super::views::{FormActions, FormPage, ListActions, ListPage};
use super::{LIST, MailProvider, MailProviderError, MailProviderId, MailProviderText, ProviderKind};
use crate::mailboxes::grants::web::BACK;
use crate::mailboxes::{self, Password};

const ADDRESS: &str = "/settings/mail-providers";

/// The mail providers, each with the number of mailboxes that sign in by it.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let providers = db
        .read(move |tx| {
            let mut all = Vec::new();
            for provider in super::all(tx, workspace)? {
                let count = mailboxes::store::with_provider(tx, workspace, provider.id)?;
                all.push((provider, count));
            }
            Ok::<_, DbError>(all)
        })
        .await?;
    let may_write = actor.may(Permission::MailboxesWrite);
    let view = ListPage {
        t: &t,
        providers,
        may_write,
    };
    let page = Page::new(t.say("settings-mail-providers"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST)
        .live(mailboxes::LIST);
    Ok(if may_write {
        page.actions(&ListActions { t: &t })
    } else {
        page
    })
}

/// The empty form.
///
/// # Errors
/// None but those of the guard.
pub async fn new(State(entrance): State<Entrance>, t: Text) -> Result<Page, Failure> {
    let shown = Shown {
        text: MailProviderText {
            name: t.say(ProviderKind::default().text()),
            ..MailProviderText::default()
        },
        ..Shown::default()
    };
    Ok(form(&entrance, &t, &shown, None))
}

/// Sets a mail provider up, or shows the form again with what is wrong.
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
    let text = shown.text.clone();
    let added = entrance.db.write(move |tx| super::add(tx, &actor, &text));
    match added.await {
        Ok(provider) => Ok(done(&t, "mail-providers-added", &provider)),
        Err(error) => again(&entrance, &t, shown, error),
    }
}

/// The form with a mail provider in it.
///
/// # Errors
/// No such provider here, or the database's.
pub async fn show(
    State(entrance): State<Entrance>,
    actor: Actor,
    t: Text,
    At(id): At<MailProviderId>,
) -> Result<Page, Failure> {
    let provider = entrance.db.read(move |tx| super::find(tx, &actor, id)).await?;
    let page = form(&entrance, &t, &Shown::from(&provider), None);
    Ok(page.live(id.to_string()))
}

/// Changes a mail provider, or shows the form again with what is wrong.
///
/// # Errors
/// No such provider here, a missing permission, or the database's.
pub async fn change(
    State(entrance): State<Entrance>,
    actor: Actor,
    t: Text,
    At(id): At<MailProviderId>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let reader = actor.clone();
    let before = entrance.db.read(move |tx| super::find(tx, &reader, id)).await?;
    let shown = Shown {
        has_secret: before.secret.is_some(),
        ..Shown::of(&sent, Some(id))
    };
    let (text, version) = (shown.text.clone(), shown.version);
    let changed = entrance
        .db
        .write(move |tx| super::change(tx, &actor, id, version, &text));
    match changed.await {
        Ok(provider) => Ok(done(&t, "mail-providers-saved", &provider)),
        Err(error) => again(&entrance, &t, shown, error),
    }
}

/// Removes a mail provider.
///
/// # Errors
/// Mailboxes sign in by it, no such provider here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailProviderId>,
) -> Result<Response, Failure> {
    match db.write(move |tx| super::remove(tx, &actor, id)).await {
        Ok(provider) => Ok(done(&t, "mail-providers-removed", &provider)),
        Err(MailProviderError::InUse) => {
            let notice = Notice::bad(t.say("mail-providers-failure-in-use"));
            Ok((notice, Redirect::to(&format!("{ADDRESS}/{id}"))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// A form as it stands: of which provider, made from which version, what was typed.
#[derive(Default)]
struct Shown {
    id: Option<MailProviderId>,
    version: i64,
    has_secret: bool,
    text: MailProviderText,
}

impl Shown {
    fn of(sent: &Sent, id: Option<MailProviderId>) -> Self {
        let field = |name: &str| sent.one(name).to_owned();
        let text = MailProviderText {
            kind: ProviderKind::parse(sent.one("kind")).unwrap_or_default(),
            name: field("name"),
            client: field("client"),
            secret: Password::of(sent.one("secret")),
            secret_until: field("secret_until"),
            tenant: field("tenant"),
            authorize_at: field("authorize_at"),
            token_at: field("token_at"),
            revoke_at: field("revoke_at"),
            scopes: field("scopes"),
        };
        Self {
            id,
            version: sent.one("version").parse().unwrap_or_default(),
            has_secret: false,
            text,
        }
    }

    fn from(provider: &MailProvider) -> Self {
        let until = provider.secret_until.map(|day| day.to_string());
        Self {
            id: Some(provider.id),
            version: provider.version,
            has_secret: provider.secret.is_some(),
            text: MailProviderText {
                kind: provider.kind,
                name: provider.name.clone(),
                client: provider.client.clone(),
                secret: None,
                secret_until: until.unwrap_or_default(),
                tenant: provider.tenant.clone(),
                authorize_at: provider.authorize_at.clone(),
                token_at: provider.token_at.clone(),
                revoke_at: provider.revoke_at.clone(),
                scopes: provider.scopes.clone(),
            },
        }
    }
}

fn done(t: &Text, said: &str, provider: &MailProvider) -> Response {
    let said = t.say_with(said, kit::args!(name = provider.name.as_str()));
    (Notice::new(said), Redirect::to(ADDRESS)).into_response()
}

/// The form as it was sent, with what is wrong beside the fields; failures of no field pass on.
fn again(entrance: &Entrance, t: &Text, shown: Shown, error: MailProviderError) -> Result<Response, Failure> {
    let shown = match &error {
        MailProviderError::Stale(now) => Shown {
            version: now.version,
            ..shown
        },
        _ => shown,
    };
    let failure = Failure::from(error);
    if failure.fields.is_empty() && failure.status() != StatusCode::CONFLICT {
        return Err(failure);
    }
    let page = form(entrance, t, &shown, Some(&failure));
    Ok(page.status(failure.status()).into_response())
}

fn form(entrance: &Entrance, t: &Text, shown: &Shown, wrong: Option<&Failure>) -> Page {
    let view = FormPage {
        t,
        action: shown
            .id
            .map_or_else(|| ADDRESS.to_owned(), |id| format!("{ADDRESS}/{id}")),
        version: shown.version,
        text: &shown.text,
        back: format!("{}{BACK}", entrance.origin),
        has_secret: shown.has_secret,
        wrong,
    };
    let title = if shown.id.is_some() {
        "mail-providers-edit"
    } else {
        "mail-providers-new"
    };
    let page = Page::new(t.say(title), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-mail-providers"), ADDRESS);
    match shown.id {
        Some(id) => page.actions(&FormActions {
            t,
            id: id.to_string(),
        }),
        None => page,
    }
}
