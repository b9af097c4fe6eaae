//! The pages of mailboxes: the list, the form, and what came of trying one.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice, Page, Sent};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::teams;

use super::grants::Connection;
use super::providers;
use super::views::{self, FormActions, FormPage, ListPage, TriedPage};
use super::{
    Incoming, LIST, Mailbox, MailboxError, MailboxId, MailboxText, Outgoing, Password, Protection, Rules,
    ServerText, Strangers, trying,
};

pub(crate) const ADDRESS: &str = "/settings/mailboxes";

/// The mailboxes.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let (mailboxes, teams) = db
        .read(move |tx| Ok::<_, DbError>((super::all(tx, workspace)?, teams::all(tx, workspace)?)))
        .await?;
    let may_write = actor.may(Permission::MailboxesWrite);
    let view = ListPage {
        t: &t,
        mailboxes,
        teams,
        may_write,
    };
    let page = Page::new(t.say("settings-mailboxes"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST);
    Ok(if may_write {
        page.actions(&view.actions())
    } else {
        page
    })
}

/// The empty form.
///
/// # Errors
/// The database's.
pub async fn new(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let text = MailboxText {
        incoming: Incoming::Imap,
        outgoing: Outgoing::Smtp,
        imap: usual(993),
        smtp: usual(465),
        ..MailboxText::default()
    };
    form(
        &db,
        &actor,
        &t,
        &Shown {
            id: None,
            version: 0,
            text,
        },
        None,
    )
    .await
}

fn usual(port: u16) -> ServerText {
    ServerText {
        port,
        ..ServerText::default()
    }
}

/// Sets a mailbox up, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let (writer, shown) = (actor.clone(), Shown::of(&sent, None));
    let text = shown.text.clone();
    match db.write(move |tx| super::create(tx, &writer, &text)).await {
        Ok(mailbox) => Ok(to(&t, "mailboxes-added", &mailbox, None)),
        Err(error) => again(&db, &actor, &t, &shown, error).await,
    }
}

/// What a test of the connection offers for the form.
#[derive(Debug, Deserialize)]
pub struct Offered {
    sent_folder: Option<String>,
}

/// The form with a mailbox in it.
///
/// # Errors
/// No such mailbox here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailboxId>,
    Query(offered): Query<Offered>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let found = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let mailbox = found.ok_or(MailboxError::Unknown)?;
    let mut shown = Shown::from(&mailbox);
    if let Some(folder) = offered.sent_folder.filter(|_| mailbox.sent_folder.is_empty()) {
        shown.text.sent_folder = folder;
    }
    let page = form(&db, &actor, &t, &shown, None).await?;
    Ok(page.live(id.to_string()))
}

/// Sets a mailbox up as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such mailbox here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailboxId>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let (writer, shown) = (actor.clone(), Shown::of(&sent, Some(id)));
    let (text, version) = (shown.text.clone(), shown.version);
    let changed = db.write(move |tx| super::change(tx, &writer, id, version, &text));
    match changed.await {
        Ok(mailbox) => Ok(to(&t, "mailboxes-changed", &mailbox, None)),
        Err(MailboxError::Stale(now)) => {
            let version = now.version;
            let retry = Shown { version, ..shown };
            let stale = Failure::new(&super::failures::STALE);
            let page = form(&db, &actor, &t, &retry, Some(&stale)).await?;
            Ok(page.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => again(&db, &actor, &t, &shown, error).await,
    }
}

/// Archives a mailbox.
///
/// # Errors
/// No such mailbox here, a missing permission, or the database's.
pub async fn archive(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailboxId>,
) -> Result<Response, Failure> {
    let mailbox = db.write(move |tx| super::archive(tx, &actor, id)).await?;
    Ok(to(&t, "mailboxes-was-archived", &mailbox, Some("archiving/end")))
}

/// Brings a mailbox back.
///
/// # Errors
/// As of [`archive`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailboxId>,
) -> Result<Response, Failure> {
    let mailbox = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(to(&t, "mailboxes-was-restored", &mailbox, Some("archiving")))
}

/// Tries a mailbox and shows what came of it.
///
/// # Errors
/// No such mailbox here, a missing permission, or the database's.
pub async fn try_it(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailboxId>,
) -> Result<Page, Failure> {
    let (mailbox, tried) = trying::mailbox(&db, &actor, id).await?;
    let view = TriedPage {
        t: &t,
        mailbox: &mailbox,
        tried,
    };
    Ok(below(&t, t.say("mailboxes-tried"), &view).crumb(&mailbox.name, format!("{ADDRESS}/{id}")))
}

/// A form as it stands: of which mailbox, made from which version, what was typed and chosen.
struct Shown {
    id: Option<MailboxId>,
    version: i64,
    text: MailboxText,
}

impl Shown {
    fn of(sent: &Sent, id: Option<MailboxId>) -> Self {
        let server = |of: &str| {
            let field = |name: &str| sent.one(&format!("{of}_{name}"));
            ServerText {
                host: field("host").to_owned(),
                port: field("port").parse().unwrap_or_default(),
                protection: Protection::parse(field("protection")).unwrap_or_default(),
                login: field("login").to_owned(),
                password: Password::of(field("password")),
            }
        };
        let text = MailboxText {
            name: sent.one("name").to_owned(),
            address: sent.one("address").to_owned(),
            sender: sent.one("sender").to_owned(),
            team: sent.one("team").parse().ok(),
            signature: sent.one("signature").to_owned(),
            is_default: sent.given("is_default").is_some(),
            provider: sent.one("provider").parse().ok(),
            incoming: Incoming::parse(sent.one("incoming")).unwrap_or_default(),
            imap: server("imap"),
            folders: sent.one("folders").to_owned(),
            sent_folder: sent.one("sent_folder").to_owned(),
            has_plus_addresses: sent.given("has_plus_addresses").is_some(),
            tags_subjects: sent.given("tags_subjects").is_some(),
            trusted: sent.one("trusted").to_owned(),
            rules: Rules {
                strangers: Strangers::parse(sent.one("strangers")).unwrap_or_default(),
                holds_unverified: sent.given("holds_unverified").is_some(),
                joins_copies: sent.given("joins_copies").is_some(),
                quotes: sent.given("quotes").is_some(),
            },
            outgoing: Outgoing::parse(sent.one("outgoing")).unwrap_or_default(),
            smtp: server("smtp"),
        };
        let version = sent.one("version").parse().unwrap_or_default();
        Self { id, version, text }
    }

    fn from(mailbox: &Mailbox) -> Self {
        Self {
            id: Some(mailbox.id),
            version: mailbox.version,
            text: mailbox.text(),
        }
    }
}

fn to(t: &Text, said: &str, mailbox: &Mailbox, undo: Option<&str>) -> Response {
    let notice = Notice::new(t.say_with(said, kit::args!(name = mailbox.name.as_str())));
    let notice = match undo {
        Some(path) => notice.undo(format!("{ADDRESS}/{}/{path}", mailbox.id)),
        None => notice,
    };
    (notice, Redirect::to(&format!("{ADDRESS}/{}", mailbox.id))).into_response()
}

/// The form as it was sent, with what is wrong beside the fields; failures of no field pass on.
async fn again(
    db: &Db,
    actor: &Actor,
    t: &Text,
    shown: &Shown,
    error: MailboxError,
) -> Result<Response, Failure> {
    let failure = Failure::from(error);
    if failure.fields.is_empty() && failure.status() != StatusCode::CONFLICT {
        return Err(failure);
    }
    let page = form(db, actor, t, shown, Some(&failure)).await?;
    Ok(page.status(failure.status()).into_response())
}

async fn form(
    db: &Db,
    actor: &Actor,
    t: &Text,
    shown: &Shown,
    wrong: Option<&Failure>,
) -> Result<Page, Failure> {
    let (reader, id) = (actor.clone(), shown.id);
    let (now, connection, teams, providers) = db
        .read(move |tx| {
            let workspace = reader.workspace;
            let (mut now, mut connection) = (None, None);
            if let Some(id) = id {
                let mailbox = super::find(tx, &reader, id)?.ok_or(MailboxError::Unknown)?;
                connection = Connection::of(tx, workspace, &mailbox)?;
                now = Some(mailbox);
            }
            let (teams, providers) = (teams::all(tx, workspace)?, providers::all(tx, workspace)?);
            Ok::<_, MailboxError>((now, connection, teams, providers))
        })
        .await?;
    let view = FormPage {
        t,
        text: &shown.text,
        now: now.as_ref(),
        version: shown.version,
        action: id.map_or_else(|| ADDRESS.to_owned(), |id| format!("{ADDRESS}/{id}")),
        teams: views::teams(t, &teams, shown.text.team),
        providers: views::providers(t, &providers, shown.text.provider),
        connection,
        wrong,
    };
    let named = now.as_ref().map(|mailbox| mailbox.name.clone());
    let page = below(t, named.unwrap_or_else(|| t.say("mailboxes-new")), &view);
    Ok(match &now {
        Some(mailbox) => page.actions(&FormActions { t, mailbox }),
        None => page,
    })
}

/// A page below the list.
pub(crate) fn below(t: &Text, title: impl Into<String>, view: &impl askama::Template) -> Page {
    Page::new(title, view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-mailboxes"), ADDRESS)
}
