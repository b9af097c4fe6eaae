//! The pages of a new ticket: the form, empty, as it was begun, or with what is wrong; what it becomes; who may be meant.

use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, Sent};
use serde::Deserialize;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactId};
use tandem_core::fields::{self, FieldError};
use tandem_core::permissions::Permission;

use super::super::names::Names;
use super::super::opening::of_contact;
use super::super::pages::PLACE;
use super::super::sending::FormId;
use super::super::{NewTicket, Ticket, TicketError, turn};
use super::draft::{self, FormDraft};
use super::looking::{self, AccountCandidate, Asker, Unclear};
use super::reading::{self, Body};
use super::views::FormPage;
use super::{Beginning, BeginningError, Source};
use crate::askers::{self, Candidate};
use crate::forms::{self, Asked, FormError, WebFormId};

/// The form of a new ticket: `?account=` and `?contact=` say whose, `?by=` by which form's fields.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct NewQuery {
    account: Option<AccountId>,
    contact: Option<ContactId>,
    by: Option<WebFormId>,
}

/// The form: as it was begun, or empty.
///
/// # Errors
/// The database's.
pub async fn new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<NewQuery>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (asks_nothing, by) = (query.account.is_none() && query.contact.is_none(), query.by);
    let (begun, mut filled) = db
        .read(move |tx| Ok::<_, TicketError>((draft::mine(tx, &reader)?, whose(tx, &reader, &query)?)))
        .await?;
    let sent: Sent = match &begun {
        Some(begun) if asks_nothing => {
            filled = begun.pairs.iter().cloned().collect();
            // Another form's fields are asked for what is typed already.
            by.into_iter().for_each(|by| filled.set("by", by.to_string()));
            begun.pairs.iter().cloned().collect()
        }
        _ => Sent::from_iter([]),
    };
    page(&db, &actor, &t, (filled, &sent, Unclear::default(), begun)).await
}

/// Whose ticket it is to be, as the address says.
fn whose(tx: &mut Tx<'_>, actor: &Actor, query: &NewQuery) -> Result<Filled, TicketError> {
    let mut filled = Filled::default();
    if let Some(account) = query.account.filter(|_| actor.may(Permission::AccountsRead))
        && let Some(name) = accounts::name(tx, actor.workspace, account)?
    {
        filled.set("account", name);
        filled.set("account_id", account.to_string());
    }
    if let Some(contact) = query.contact.filter(|_| actor.may(Permission::ContactsRead))
        && let Some(contact) = contacts::find(tx, actor, contact).map_err(of_contact)?
    {
        filled.set("contact", contact.id.to_string());
        filled.set("address", contact.text.name);
    }
    if let Some(by) = query.by {
        filled.set("by", by.to_string());
    }
    Ok(filled)
}

/// The form as it is filled in, with what is to be chosen and what was begun before.
async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (mut filled, sent, unclear, begun): (Filled, &Sent, Unclear, Option<FormDraft>),
) -> Result<Page, Failure> {
    let (reader, by) = (actor.clone(), filled.value("by").parse().ok());
    let (names, asked, offered, form) = db
        .read(move |tx| {
            let names = Names::of(tx, &reader, &[])?;
            let offered = forms::all(tx, &reader)?;
            let offered = offered.into_iter().map(|(form, _)| form);
            let offered: Vec<_> = offered.filter(|form| form.closing.is_none()).collect();
            let form: FormId = tx.new_id();
            Ok::<_, FormError>((names, asked(tx, &reader, by)?, offered, form))
        })
        .await?;
    let known: Vec<_> = asked.iter().map(|one| one.field.clone()).collect();
    let (_, read) = fields::form::read(t, &known, sent);
    for field in &known {
        let name = fields::form::input(field);
        filled.set(&name, read.value(&name));
    }
    if filled.value("form").is_empty() {
        filled.set("form", form.to_string());
    }
    let view = FormPage::new(t, &names, (filled, &asked), actor.agent());
    let view = view.with(unclear, begun, offered);
    Ok(Page::new(t.say("tickets-new"), &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox"))
}

/// The fields that the form asks for; of a form that is gone, all.
fn asked(tx: &mut Tx<'_>, actor: &Actor, by: Option<WebFormId>) -> Result<Vec<Asked>, FormError> {
    match forms::fields_of(tx, actor, by) {
        Err(FormError::Unknown) => forms::fields_of(tx, actor, None),
        other => other,
    }
}

/// What came of a form.
enum Came {
    Opened(Box<Ticket>),
    Unclear(Unclear),
}

/// Opens the ticket that the form describes, once however often it is sent; asks who is meant where that is not clear; or shows the
/// form again with what is wrong.
///
/// # Errors
/// A missing permission, trouble of the store, or the database's.
pub async fn open(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    request: Request,
) -> Result<Response, Failure> {
    let mut body = reading::body(&db, request).await?;
    let (mut filled, sent) = (body.filled(), body.sent());
    let came = opened(&db, &actor, &t, (&mut body, &mut filled, &sent)).await;
    let (status, unclear) = match came {
        Ok(Some(Came::Opened(ticket))) => {
            let said = t.say_with("tickets-was-opened", kit::args!(number = ticket.number));
            let to = Redirect::to(&format!("/tickets/{}", ticket.id));
            return Ok((Notice::new(said), to).into_response());
        }
        Ok(Some(Came::Unclear(unclear))) => (StatusCode::UNPROCESSABLE_ENTITY, unclear),
        Ok(None) => (StatusCode::UNPROCESSABLE_ENTITY, Unclear::default()),
        Err(BeginningError::Field(FieldError::Wrong(all))) => {
            for wrong in all {
                filled.refuse(format!("f.{}", wrong.key), t.say(wrong.trouble.text()));
            }
            (StatusCode::UNPROCESSABLE_ENTITY, Unclear::default())
        }
        Err(error) => (filled.refuse_all(error.into(), &t)?, Unclear::default()),
    };
    if !body.files.is_empty() {
        filled.refuse("files", t.say("beginning-files-again"));
    }
    let page = page(&db, &actor, &t, (filled, &sent, unclear, None)).await?;
    Ok(page.status(status).into_response())
}

/// Opens it, unless something can't be read, which `filled` says then, or is not clear.
async fn opened(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (body, filled, sent): (&mut Body, &mut Filled, &Sent),
) -> Result<Option<Came>, BeginningError> {
    if let Some(trouble) = body.trouble.take() {
        return Err(trouble.into());
    }
    let (reader, by) = (actor.clone(), filled.value("by").parse().ok());
    let asked = db.read(move |tx| asked(tx, &reader, by)).await.map_err(of_form)?;
    let values = reading::values(t, &asked, sent, filled);
    if !filled.is_good() {
        return Ok(None);
    }
    let (writer, sent, files) = (actor.clone(), sent.clone(), body.files.clone());
    let in_turn = turn(actor.workspace);
    let came = db.write_in_turn(&in_turn, move |tx| {
        let mut unclear = Unclear::default();
        let asker = looking::asker(tx, &writer, &sent, &mut unclear)?;
        let account = looking::account(tx, &writer, &sent, &mut unclear)?;
        if !unclear.is_clear() {
            return Ok(Came::Unclear(unclear));
        }
        let mut new = described(&sent, asker)?;
        new.ticket.account = account;
        (new.fields, new.files) = (values.clone(), files.clone());
        let ticket = super::begin(tx, &writer, &new)?;
        draft::end(tx, &writer, sent.one("form"))?;
        Ok::<_, BeginningError>(Came::Opened(Box::new(ticket)))
    });
    came.await.map(Some)
}

fn of_form(error: FormError) -> BeginningError {
    match error {
        FormError::Forbidden(missing) => missing.into(),
        FormError::Db(error) => error.into(),
        _ => TicketError::Unknown.into(),
    }
}

/// The ticket that a form describes.
fn described(sent: &Sent, asker: Asker) -> Result<Beginning, TicketError> {
    let word = |name| sent.one(name);
    let copies = reading::addresses(word("copies")).into_iter();
    let others = reading::addresses(word("others")).into_iter();
    let others = others.map(|one| (one, false));
    Ok(Beginning {
        ticket: NewTicket {
            subject: word("subject").to_owned(),
            body: word("body").to_owned(),
            html: sent.given("html").map(str::to_owned),
            is_ours: word("from") == "us",
            account: None,
            contact: asker.contact,
            priority: word("priority").parse()?,
            kind: word("kind").parse()?,
            channel: word("channel").parse().map_err(|_| TicketError::BadKind)?,
            agent: sent
                .given("agent")
                .map(|id| id.parse().map_err(|_| TicketError::NoAgent))
                .transpose()?,
            team: sent
                .given("team")
                .map(|id| id.parse().map_err(|_| TicketError::NoTeam))
                .transpose()?,
        },
        requester: asker.requester,
        participants: others.chain(copies.map(|one| (one, true))).collect(),
        tags: reading::words(word("tags")),
        source: word("form").parse().ok().map(Source::Form),
        ..Beginning::default()
    })
}

/// Keeps what the form holds.
///
/// # Errors
/// Too many words, a missing permission, or the database's.
pub async fn save(
    State(db): State<Db>,
    actor: Actor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<StatusCode, Failure> {
    db.write(move |tx| draft::save(tx, &actor, pairs.clone())).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Throws away a form that was begun, and shows an empty one.
///
/// # Errors
/// The database's.
pub async fn discard(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<(Notice, Redirect), Failure> {
    db.write(move |tx| draft::end(tx, &actor, sent.one("form")))
        .await?;
    let notice = Notice::new(t.say("beginning-discarded"));
    Ok((notice, Redirect::to("/tickets/new")))
}

/// What was typed of somebody or of an account.
#[derive(Debug, Default, Deserialize)]
pub struct TypedQuery {
    #[serde(default)]
    q: String,
}

/// Who may be meant by what was typed.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn people(
    State(db): State<Db>,
    actor: Actor,
    Query(query): Query<TypedQuery>,
) -> Result<Json<Vec<Candidate>>, Failure> {
    let found = db
        .read(move |tx| askers::candidates(tx, &actor, &query.q).map_err(of_contact))
        .await?;
    Ok(Json(found))
}

/// Which accounts may be meant by what was typed.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn accounts(
    State(db): State<Db>,
    actor: Actor,
    Query(query): Query<TypedQuery>,
) -> Result<Json<Vec<AccountCandidate>>, Failure> {
    let found = db.read(move |tx| looking::accounts(tx, &actor, &query.q)).await?;
    Ok(Json(found))
}
