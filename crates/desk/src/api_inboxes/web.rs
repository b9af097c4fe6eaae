//! The pages of API inboxes: the list, an inbox with its log, the form, the secret; and what agents do about an answer.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice, Page, Sent};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::teams;

use super::views::{FormPage, InboxActions, InboxPage, ListActions, ListPage, SecretPage};
use super::{ADDRESS, ApiInbox, ApiInboxError, ApiInboxId, InboxText, LIST, carrying, looking, store};
use crate::surveys::Origin;
use crate::tickets::MessageId;

/// Where the log goes on.
#[derive(Debug, Default, Deserialize)]
pub struct LogQuery {
    after: Option<MessageId>,
}

/// All inboxes with how many messages came by each.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::InboxWrite);
    let inboxes = db
        .read(move |tx| {
            let since = tx.now().minus(looking::COUNTED);
            let mut counted = Vec::new();
            for (inbox, line) in super::all(tx, &actor)? {
                // A count of an index for each of a few.
                let (count, _) = store::traffic(tx, actor.workspace, inbox.id, since)?;
                counted.push((inbox, line, count));
            }
            Ok::<_, ApiInboxError>(counted)
        })
        .await?;
    let view = ListPage {
        t: &t,
        inboxes,
        may_write,
    };
    let page = settings(&t, Page::new(t.say("settings-api-inboxes"), &view)).live(LIST);
    Ok(if may_write {
        page.actions(&ListActions { t: &t })
    } else {
        page
    })
}

/// An inbox: how it stands, how to bring messages, and what became of its answers.
///
/// # Errors
/// No such inbox here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ApiInboxId>,
    Query(query): Query<LogQuery>,
) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::InboxWrite);
    let (reader, words) = (actor.clone(), t.clone());
    let seen = db
        .read(move |tx| looking::look(tx, &reader, &words, (id, query.after)))
        .await?;
    let origin: Option<Arc<Origin>> = db.attached();
    let view = InboxPage {
        t: &t,
        inbox: &seen.inbox,
        line: &seen.line,
        team: seen.team,
        traffic: seen.traffic,
        log: seen.log,
        next: seen.next,
        may_write,
        may_look: actor.may(Permission::WebhooksRead),
        origin: origin.map_or_else(|| "".into(), |origin| origin.0.clone()),
    };
    let page = below(&t, Page::new(&seen.inbox.text.name, &view)).live(id.to_string());
    let actions = InboxActions {
        t: &t,
        inbox: &seen.inbox,
        is_on: seen.line.is_on(),
    };
    Ok(if may_write { page.actions(&actions) } else { page })
}

/// The empty form.
///
/// # Errors
/// The database's.
pub async fn new(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    form(&db, &actor, &t, (None, InboxText::default(), 0), None).await
}

/// Sets an inbox up and shows its secret, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let text = text(&sent);
    let (writer, wanted) = (actor.clone(), text.clone());
    match db.write(move |tx| super::add(tx, &writer, &wanted)).await {
        Ok((inbox, secret)) => Ok(shown_once(&t, &inbox, secret.expose()).into_response()),
        Err(error) => again_with(&db, &actor, &t, (None, text, 0), error).await,
    }
}

/// The form with an inbox in it.
///
/// # Errors
/// No such inbox here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ApiInboxId>,
) -> Result<Page, Failure> {
    let inbox = known(&db, &actor, id).await?;
    let (text, version) = (inbox.text.clone(), inbox.version);
    form(&db, &actor, &t, (Some(inbox), text, version), None).await
}

/// Changes an inbox as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such inbox here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ApiInboxId>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let now = known(&db, &actor, id).await?;
    let text = text(&sent);
    let version = sent.one("version").parse().unwrap_or(0);
    let (writer, wanted) = (actor.clone(), text.clone());
    let changed = db.write(move |tx| super::change(tx, &writer, id, version, &wanted));
    match changed.await {
        Ok(inbox) => Ok(done(&t, "api-inboxes-was-changed", &inbox, None)),
        Err(error) => again_with(&db, &actor, &t, (Some(now), text, version), error).await,
    }
}

/// Gives an inbox a new secret and shows it.
///
/// # Errors
/// No such inbox here, a missing permission, or the database's.
pub async fn rotate(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ApiInboxId>,
) -> Result<Page, Failure> {
    let (inbox, secret) = db.write(move |tx| super::rotate(tx, &actor, id)).await?;
    Ok(shown_once(&t, &inbox, secret.expose()))
}

/// Closes an inbox.
///
/// # Errors
/// As of [`rotate`].
pub async fn close(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ApiInboxId>,
) -> Result<Response, Failure> {
    let inbox = db.write(move |tx| super::close(tx, &actor, id)).await?;
    Ok(done(&t, "api-inboxes-was-closed", &inbox, Some("closing/end")))
}

/// Opens an inbox again.
///
/// # Errors
/// As of [`rotate`].
pub async fn reopen(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ApiInboxId>,
) -> Result<Response, Failure> {
    let inbox = db.write(move |tx| super::reopen(tx, &actor, id)).await?;
    Ok(done(&t, "api-inboxes-was-reopened", &inbox, Some("closing")))
}

/// Switches answers on again.
///
/// # Errors
/// The inbox is closed; as of [`rotate`].
pub async fn start(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ApiInboxId>,
) -> Result<Response, Failure> {
    let inbox = db.write(move |tx| super::start(tx, &actor, id)).await?;
    Ok(done(&t, "api-inboxes-was-started", &inbox, None))
}

/// Sends a test.
///
/// # Errors
/// Answers are switched off; as of [`rotate`].
pub async fn test(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ApiInboxId>,
) -> Result<Response, Failure> {
    let inbox = db.write(move |tx| super::test(tx, &actor, id)).await?;
    Ok(done(&t, "api-inboxes-was-tested", &inbox, None))
}

/// Sends all answers again that nobody took.
///
/// # Errors
/// As of [`test`].
pub async fn replay(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ApiInboxId>,
) -> Result<Response, Failure> {
    let count = db.write(move |tx| carrying::again_all(tx, &actor, id)).await?;
    let said = t.count("webhooks-replayed", i64::try_from(count).unwrap_or(i64::MAX));
    Ok((Notice::new(said), Redirect::to(&format!("{ADDRESS}/{id}"))).into_response())
}

/// Sends one answer again, from its ticket.
///
/// # Errors
/// The program has it, answers are switched off, no such answer here, or the database's.
pub async fn again(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MessageId>,
) -> Result<Response, Failure> {
    let answer = db.write(move |tx| carrying::again(tx, &actor, id)).await?;
    let to = Redirect::to(&format!("/tickets/{}", answer.ticket));
    Ok((Notice::new(t.say("api-inboxes-on-its-way")), to).into_response())
}

async fn known(db: &Db, actor: &Actor, id: ApiInboxId) -> Result<ApiInbox, Failure> {
    let reader = actor.clone();
    let (inbox, _) = db.read(move |tx| super::known(tx, &reader, id)).await?;
    Ok(inbox)
}

fn text(sent: &Sent) -> InboxText {
    let usual = InboxText::default();
    InboxText {
        name: sent.one("name").to_owned(),
        url: sent.one("url").to_owned(),
        channel: sent.one("channel").parse().unwrap_or(usual.channel),
        team: sent.one("team").parse().ok(),
    }
}

fn done(t: &Text, key: &str, inbox: &ApiInbox, undo: Option<&str>) -> Response {
    let notice = Notice::new(t.say_with(key, kit::args!(name = inbox.text.name.as_str())));
    let notice = match undo {
        Some(path) => notice.undo(format!("{ADDRESS}/{}/{path}", inbox.id)),
        None => notice,
    };
    (notice, Redirect::to(&format!("{ADDRESS}/{}", inbox.id))).into_response()
}

/// A page is not kept where it shows a secret.
fn shown_once(t: &Text, inbox: &ApiInbox, secret: String) -> Page {
    let view = SecretPage { t, inbox, secret };
    below(t, Page::new(t.say("webhooks-secret"), &view))
}

/// The form as it was sent, with what is wrong beside the fields; failures of no field pass on.
async fn again_with(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (inbox, text, version): (Option<ApiInbox>, InboxText, i64),
    error: ApiInboxError,
) -> Result<Response, Failure> {
    let version = match &error {
        ApiInboxError::Stale(now) => now.version,
        _ => version,
    };
    let failure = Failure::from(error);
    if failure.fields.is_empty() && failure.status() != StatusCode::CONFLICT {
        return Err(failure);
    }
    let status = failure.status();
    let page = form(db, actor, t, (inbox, text, version), Some(&failure)).await?;
    Ok(page.status(status).into_response())
}

async fn form(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (inbox, text, version): (Option<ApiInbox>, InboxText, i64),
    wrong: Option<&Failure>,
) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let teams = db.read(move |tx| teams::all(tx, workspace)).await?;
    let view = FormPage {
        t,
        inbox: inbox.as_ref(),
        text,
        version,
        teams,
        wrong,
    };
    let title = match &inbox {
        Some(_) => t.say("api-inboxes-edit"),
        None => t.say("api-inboxes-new"),
    };
    let page = below(t, Page::new(title, &view));
    Ok(match &inbox {
        Some(inbox) => page.crumb(&inbox.text.name, format!("{ADDRESS}/{}", inbox.id)),
        None => page,
    })
}

fn below(t: &Text, page: Page) -> Page {
    settings(t, page).crumb(t.say("settings-api-inboxes"), ADDRESS)
}

fn settings(t: &Text, page: Page) -> Page {
    page.place("settings").crumb(t.say("nav-settings"), "/settings")
}
