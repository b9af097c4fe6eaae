//! The pages of old mail: list, upload, what is in a file, how far it is, and what became of each mail.

use axum::Form;
use axum::extract::{Query, State as Given};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Choice, Failure, Notice, Page, Upload};
use serde::Deserialize;
use tandem_core::actor::Actor;

use super::views::{Chosen, ImportPage, ListPage, UploadPage};
use super::{Choices, LIST, MailImport, MailImportError, MailImportId, New, Outcome};
use crate::mailboxes::{self, Mailbox};

pub(super) const ADDRESS: &str = "/settings/old-mail";
/// Imports on one page of the list, and mails on one page of an import.
const PAGE: i64 = 50;

/// Where to go on in the list.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    after: Option<MailImportId>,
}

/// Which mails of an import, and where to go on.
#[derive(Debug, Deserialize)]
pub struct LinesQuery {
    outcome: Option<String>,
    #[serde(default)]
    after: i64,
}

/// What was chosen, as forms send it.
#[derive(Debug, Deserialize)]
pub struct ChosenForm {
    #[serde(default)]
    open_days: String,
    takes_machines: Option<String>,
    #[serde(default)]
    own: String,
}

/// The imports of old mail.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn list(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let after = query.after;
    let mut imports = db
        .read(move |tx| super::list(tx, &actor, after, PAGE + 1))
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = imports.len() > page;
    imports.truncate(page);
    let next = imports.last().filter(|_| has_more);
    let view = ListPage {
        t: &t,
        next: next.map(|import| format!("{ADDRESS}?after={}", import.id)),
        is_first: after.is_none(),
        imports,
    };
    let page = Page::new(t.say("settings-old-mail"), &view).actions(&view.actions());
    Ok(placed(page, &t).live(LIST))
}

/// The form that takes a file.
///
/// # Errors
/// The database's.
pub async fn new(Given(db): Given<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let boxes = boxes(&db, &actor).await?;
    Ok(form(&t, &boxes, "", None))
}

/// Takes a file in, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, a connection that broke, trouble of the store.
pub async fn create(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    upload: Upload,
) -> Result<Response, Failure> {
    let chosen = upload.form.value("mailbox").to_owned();
    let received = match chosen.parse() {
        Ok(mailbox) => {
            let new = New {
                mailbox,
                file_name: upload.file_name,
            };
            super::receive(&db, &actor, new, upload.content).await
        }
        Err(_) => Err(MailImportError::NoMailbox),
    };
    match received {
        Ok(import) => Ok(to(import.id)),
        Err(error) => {
            let failure = Failure::from(error);
            if failure.fields.is_empty() {
                return Err(failure);
            }
            let boxes = boxes(&db, &actor).await?;
            let page = form(&t, &boxes, &chosen, Some(&failure));
            Ok(page.status(failure.status()).into_response())
        }
    }
}

/// An import: what is in the file, how far it is, and what became of the mails.
///
/// # Errors
/// No such import here, an outcome that is none, or the database's.
pub async fn show(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailImportId>,
    Query(query): Query<LinesQuery>,
) -> Result<Page, Failure> {
    let known = |word: &str| Outcome::parse(word).ok_or_else(|| Failure::of(StatusCode::BAD_REQUEST));
    let shown = query.outcome.as_deref().map(known).transpose()?;
    page(&db, &actor, &t, (id, shown, query.after), None).await
}

async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (id, shown, after): (MailImportId, Option<Outcome>, i64),
    again: Option<Chosen>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (import, mailbox, mut lines, left) = db
        .read(move |tx| {
            let import = super::find(tx, &reader, id)?.ok_or(MailImportError::Unknown)?;
            let mailbox = mailboxes::one(tx, reader.workspace, import.mailbox)?;
            let lines = super::lines(tx, &reader, (id, shown), after, PAGE + 1)?;
            let left = super::left(tx, &reader, id, PAGE)?;
            Ok::<_, MailImportError>((import, mailbox, lines, left))
        })
        .await?;
    let size = usize::try_from(PAGE).expect("a page is small");
    let has_more = lines.len() > size;
    lines.truncate(size);
    let next = lines.last().filter(|_| has_more).map(|last| {
        let outcome = shown.map_or(String::new(), |one| format!("outcome={}&", one.as_str()));
        format!("{ADDRESS}/{id}?{outcome}after={}", last.number)
    });
    let view = ImportPage {
        t,
        chosen: again.unwrap_or_else(|| Chosen::of(&import)),
        import: &import,
        mailbox: mailbox.map(|mailbox| mailbox.name).unwrap_or_default(),
        lines,
        shown,
        next,
        left,
    };
    let page = Page::new(&import.file_name, &view).actions(&view.actions());
    Ok(inside(page, t).live(id.to_string()))
}

/// Begins to take the mails of a file.
///
/// # Errors
/// No such import here, one that is past that, or the database's.
pub async fn start(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailImportId>,
    Form(sent): Form<ChosenForm>,
) -> Result<Response, Failure> {
    let choices = Choices {
        open_days: sent.open_days.trim().parse().unwrap_or(-1),
        takes_machines: sent.takes_machines.is_some(),
        own: sent.own.split_whitespace().map(str::to_owned).collect(),
    };
    let (author, chosen) = (actor.clone(), choices.clone());
    let started = db.write(move |tx| super::start(tx, &author, id, &chosen)).await;
    let failure = match started {
        Ok(_) => return Ok((Notice::new(t.say("imports-begun")), to(id)).into_response()),
        Err(error) => Failure::from(error),
    };
    if failure.fields.is_empty() {
        return Err(failure);
    }
    let again = Chosen {
        days: choices.open_days,
        takes_machines: choices.takes_machines,
        own: sent.own,
        days_error: failure.field_text("open_days", &t),
        own_error: failure.field_text("own", &t),
    };
    let page = page(&db, &actor, &t, (id, None, 0), Some(again)).await?;
    Ok(page.status(failure.status()).into_response())
}

/// Pauses an import.
///
/// # Errors
/// No such import here that runs, or the database's.
pub async fn pause(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailImportId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::pause(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("imports-was-paused")).undo(format!("{ADDRESS}/{id}/pause/end"));
    Ok((notice, to(id)).into_response())
}

/// Lets an import go on.
///
/// # Errors
/// No such import here that is paused, or the database's.
pub async fn resume(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailImportId>,
) -> Result<Response, Failure> {
    done(&db, &t, (id, "imports-goes-on"), move |tx| {
        super::resume(tx, &actor, id)
    })
    .await
}

/// Takes back what an import did.
///
/// # Errors
/// No such import here, one that runs, or the database's.
pub async fn undo(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailImportId>,
) -> Result<Response, Failure> {
    done(&db, &t, (id, "imports-is-undone"), move |tx| {
        super::undo(tx, &actor, id)
    })
    .await
}

/// Throws a file away that nothing was taken from.
///
/// # Errors
/// No such file here, or the database's.
pub async fn discard(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailImportId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::discard(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("imports-was-discarded"));
    Ok((notice, Redirect::to(ADDRESS)).into_response())
}

async fn done(
    db: &Db,
    t: &Text,
    (id, said): (MailImportId, &str),
    verb: impl Fn(&mut Tx<'_>) -> Result<MailImport, MailImportError> + Send + 'static,
) -> Result<Response, Failure> {
    db.write(verb).await?;
    Ok((Notice::new(t.say(said)), to(id)).into_response())
}

fn to(id: MailImportId) -> Response {
    Redirect::to(&format!("{ADDRESS}/{id}")).into_response()
}

/// A page behind the list.
fn inside(page: Page, t: &Text) -> Page {
    placed(page, t).crumb(t.say("settings-old-mail"), ADDRESS)
}

fn placed(page: Page, t: &Text) -> Page {
    page.place("settings").crumb(t.say("nav-settings"), "/settings")
}

async fn boxes(db: &Db, actor: &Actor) -> Result<Vec<Mailbox>, Failure> {
    let workspace = actor.workspace;
    let mut all = db.read(move |tx| mailboxes::all(tx, workspace)).await?;
    all.retain(|mailbox| mailbox.archiving.is_none());
    Ok(all)
}

fn form(t: &Text, boxes: &[Mailbox], chosen: &str, wrong: Option<&Failure>) -> Page {
    let error = |field: &str| {
        wrong
            .map(|failure| failure.field_text(field, t))
            .unwrap_or_default()
    };
    let choice = |mailbox: &Mailbox| {
        let id = mailbox.id.to_string();
        let text = format!("{} · {}", mailbox.name, mailbox.address);
        let is_chosen = if chosen.is_empty() {
            mailbox.is_default
        } else {
            id == chosen
        };
        Choice::new(id, text).chosen_if(is_chosen)
    };
    let view = UploadPage {
        t,
        mailboxes: boxes.iter().map(choice).collect(),
        mailbox_error: error("mailbox"),
        file_error: error("file"),
    };
    inside(Page::new(t.say("mail-imports-new"), &view), t)
}
