//! The pages of webhooks: list, webhook with its log, delivery, and the forms.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice, Page};
use serde::Deserialize;

use super::deliveries::{self, Delivery, DeliveryId, DeliveryState};
use super::views::{FormPage, ListPage, SecretPage, SwitchedOffPanel, WebhookPage, kinds, tabs};
use super::{LIST, StopReason, Webhook, WebhookError, WebhookId, WebhookText, warning};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::settings;

pub(super) const ADDRESS: &str = "/settings/webhooks";
/// Deliveries on one page of the log.
const PAGE: i64 = 50;

/// What the form sends: pairs, for a kind may be chosen as often as there are kinds.
type Pairs = Vec<(String, String)>;

/// Which deliveries, and where to go on.
#[derive(Debug, Deserialize)]
pub struct LogQuery {
    state: Option<String>,
    after: Option<DeliveryId>,
}

/// All webhooks.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::WebhooksWrite);
    let webhooks = db.read(move |tx| super::all(tx, &actor)).await?;
    let view = ListPage {
        t: &t,
        webhooks,
        may_write,
    };
    let page = settings::page(&t, t.say("webhooks-title"), &view).live(LIST);
    Ok(if may_write {
        page.actions(&view.actions())
    } else {
        page
    })
}

/// One webhook and its log.
///
/// # Errors
/// No such webhook here, a state that is none, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebhookId>,
    Query(query): Query<LogQuery>,
) -> Result<Page, Failure> {
    let state = query
        .state
        .as_deref()
        .map(|word| DeliveryState::parse(word).ok_or_else(|| Failure::of(StatusCode::BAD_REQUEST)));
    let (state, before) = (state.transpose()?, query.after);
    let may_write = actor.may(Permission::WebhooksWrite);
    let (webhook, mut log) = db
        .read(move |tx| {
            let webhook = super::find(tx, &actor, id)?.ok_or(WebhookError::Unknown)?;
            Ok::<_, WebhookError>((
                webhook,
                deliveries::list(tx, &actor, id, (state, before), PAGE + 1)?,
            ))
        })
        .await?;
    let next = trim_to_page(&mut log).map(|last| {
        let state = state.map_or(String::new(), |state| format!("state={}&", state.as_str()));
        format!("{ADDRESS}/{id}?{state}after={last}")
    });
    let view = WebhookPage {
        t: &t,
        tabs: tabs(&t, &webhook, state),
        webhook: &webhook,
        log,
        next,
        may_write,
    };
    let page = below(&t, &webhook.name, &view).live(id.to_string());
    if may_write {
        return Ok(page.actions(&view.actions()));
    }
    Ok(page)
}

/// What was switched off because nobody answered: a panel of the home page.
///
/// # Errors
/// The database's.
pub async fn switched_off(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let webhooks = db.read(move |tx| warning::switched_off(tx, &actor)).await?;
    let page = Page::new(t.say("panel-webhooks"), &SwitchedOffPanel { t: &t, webhooks });
    let page = page.place("home").crumb(t.say("nav-home"), "/");
    Ok(page.live(LIST))
}

/// The empty form.
pub async fn new(State(db): State<Db>, t: Text) -> Page {
    form(&db, &t, None, &WebhookText::default(), None)
}

/// Sets a webhook up and shows its secret, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Pairs>,
) -> Result<Response, Failure> {
    let text = text(&sent);
    let wanted = text.clone();
    match db.write(move |tx| super::add(tx, &actor, &wanted)).await {
        Ok((webhook, secret)) => Ok(shown_once(&t, &webhook, &secret.expose()).into_response()),
        Err(error) => again(&db, &t, None, &text, error),
    }
}

/// The form with a webhook in it.
///
/// # Errors
/// No such webhook here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebhookId>,
) -> Result<Page, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    let webhook = found.ok_or(WebhookError::Unknown)?;
    Ok(form(&db, &t, Some(&webhook), &filled(&webhook), None))
}

/// Changes a webhook as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such webhook here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebhookId>,
    Form(sent): Form<Pairs>,
) -> Result<Response, Failure> {
    let (text, reader) = (text(&sent), actor.clone());
    let version = sent
        .iter()
        .find(|(name, _)| name == "version")
        .map(|(_, value)| value.parse());
    let version: i64 = version.transpose().ok().flatten().unwrap_or_default();
    let wanted = text.clone();
    match db
        .write(move |tx| super::change(tx, &actor, id, version, &wanted))
        .await
    {
        Ok(_) => Ok(to(id)),
        Err(error) => {
            let now = db.read(move |tx| super::find(tx, &reader, id)).await?;
            again(&db, &t, now.as_ref(), &text, error)
        }
    }
}

/// Takes a webhook away.
///
/// # Errors
/// No such webhook here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebhookId>,
) -> Result<Response, Failure> {
    let webhook = db.write(move |tx| super::remove(tx, &actor, id)).await?;
    let said = t.say_with("webhooks-was-removed", kit::args!(name = webhook.name.as_str()));
    Ok((Notice::new(said), Redirect::to(ADDRESS)).into_response())
}

/// Switches a webhook off.
///
/// # Errors
/// As of [`remove`].
pub async fn stop(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebhookId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::stop(tx, &actor, id, StopReason::Asked))
        .await?;
    let notice = Notice::new(t.say("webhooks-was-stopped")).undo(format!("{ADDRESS}/{id}/stop/end"));
    Ok((notice, to(id)).into_response())
}

/// Switches a webhook on again.
///
/// # Errors
/// As of [`remove`].
pub async fn start(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebhookId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::start(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("webhooks-was-started")).undo(format!("{ADDRESS}/{id}/stop"));
    Ok((notice, to(id)).into_response())
}

/// Gives a webhook a new secret and shows it.
///
/// # Errors
/// As of [`remove`].
pub async fn rotate(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebhookId>,
) -> Result<Page, Failure> {
    let (webhook, secret) = db
        .write(move |tx| {
            let secret = super::rotate(tx, &actor, id)?;
            let webhook = super::find(tx, &actor, id)?.ok_or(WebhookError::Unknown)?;
            Ok::<_, WebhookError>((webhook, secret))
        })
        .await?;
    Ok(shown_once(&t, &webhook, &secret.expose()))
}

/// Cuts a log that was read with one delivery too many to its page; gives the last one shown.
fn trim_to_page(log: &mut Vec<Delivery>) -> Option<DeliveryId> {
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = log.len() > page;
    log.truncate(page);
    log.last().filter(|_| has_more).map(|last| last.id)
}

fn text(pairs: &Pairs) -> WebhookText {
    let value = |name: &str| {
        let found = pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let kinds = pairs.iter().filter(|(name, _)| name == "kinds");
    WebhookText {
        name: value("name"),
        url: value("url"),
        kinds: kinds.map(|(_, kind)| kind.clone()).collect(),
    }
}

fn filled(webhook: &Webhook) -> WebhookText {
    WebhookText {
        name: webhook.name.clone(),
        url: webhook.url.clone(),
        kinds: webhook.kinds.clone(),
    }
}

pub(super) fn to(id: WebhookId) -> Response {
    Redirect::to(&format!("{ADDRESS}/{id}")).into_response()
}

/// A page is not kept where it shows a secret.
fn shown_once(t: &Text, webhook: &Webhook, secret: &str) -> Page {
    let view = SecretPage { t, webhook, secret };
    below(t, t.say("webhooks-secret"), &view)
}

/// The form as it was sent, with what is wrong beside the fields; failures of no field pass on.
fn again(
    db: &Db,
    t: &Text,
    now: Option<&Webhook>,
    text: &WebhookText,
    error: WebhookError,
) -> Result<Response, Failure> {
    let failure = Failure::from(error);
    if failure.fields.is_empty() && failure.status() != StatusCode::CONFLICT {
        return Err(failure);
    }
    let page = form(db, t, now, text, Some(&failure));
    Ok(page.status(failure.status()).into_response())
}

fn form(db: &Db, t: &Text, now: Option<&Webhook>, text: &WebhookText, wrong: Option<&Failure>) -> Page {
    let error = |name| {
        wrong
            .map(|failure| failure.field_text(name, t))
            .unwrap_or_default()
    };
    let whole = wrong.filter(|failure| failure.fields.is_empty());
    let address = now.map_or_else(
        || ADDRESS.to_owned(),
        |webhook| format!("{ADDRESS}/{}", webhook.id),
    );
    let view = FormPage {
        t,
        text,
        version: now.map_or(0, |webhook| webhook.version),
        kinds: kinds(db, text),
        address,
        name_error: error("name"),
        url_error: error("url"),
        kinds_error: error("kinds"),
        whole: whole.map(|failure| t.say(failure.code.text)),
    };
    let title = t.say(if now.is_some() {
        "webhooks-edit"
    } else {
        "webhooks-new"
    });
    let page = below(t, title, &view);
    match now {
        Some(webhook) => page.crumb(&webhook.name, format!("{ADDRESS}/{}", webhook.id)),
        None => page,
    }
}

/// A page below the list.
pub(super) fn below(t: &Text, title: impl Into<String>, view: &impl Template) -> Page {
    settings::page(t, title, view).crumb(t.say("webhooks-title"), ADDRESS)
}
