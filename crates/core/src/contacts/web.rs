//! The pages of contacts: list, contact, and the forms that add and change one.

use std::collections::HashMap;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::table::Words;
use kit::web::{Failure, Filled, Page, known};
use serde::Deserialize;

use super::finding::Wishes;
use super::identities::{self, NewIdentity};
use super::listing::{self, Spot, TABLE};
use super::memberships::{self, MembershipText};
use super::page::page_of;
use super::views::{AtAccountPanel, FormPage, ListPage};
use super::{Contact, ContactError, ContactId, ContactText, Introduction, LIST, doubles};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::{arrangements, tags};

pub(super) const PLACE: &str = "contacts";
/// How many people the account's page shows.
const AT_ACCOUNT: i64 = 100;

/// How the list is arranged, and where to go on in it.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    after: Option<String>,
    sort: Option<String>,
    columns: Option<String>,
    #[serde(flatten)]
    wishes: Wishes,
}

/// The account a new contact is at.
#[derive(Debug, Deserialize)]
pub struct NewQuery {
    account: Option<String>,
}

/// The list of contacts, as the address or the person arranges it.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let spot: Option<Spot> = cursor::wanted(TABLE.name, query.after.as_deref())?;
    let is_first = spot.is_none();
    let may_add = actor.may(Permission::ContactsWrite);
    let wishes = query.wishes.clone();
    let part = db
        .read(move |tx| listed(tx, &actor, &query, spot.as_ref()))
        .await?;
    let arrangement = part.list.arrangement;
    let next = part.list.next;
    let view = ListPage {
        t: &t,
        next: next.map(|spot| arrangement.address(&cursor::write(TABLE.name, &spot))),
        wishes,
        arrangement,
        contacts: part.list.contacts,
        addresses: part.addresses,
        tags: part.tags,
        doubles: part.doubles,
        may_add,
        is_first,
    };
    let page = Page::new(t.say("contacts-title"), &view)
        .place(PLACE)
        .live(LIST)
        .live(doubles::LIST);
    Ok(if may_add {
        page.actions(&view.actions())
    } else {
        page
    })
}

/// Keeps which columns the list has for whoever asks, with its order; or goes back to the usual ones.
///
/// # Errors
/// The database's.
pub async fn arrange(
    State(db): State<Db>,
    actor: Actor,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    db.write(move |tx| arrangements::keep(tx, &actor, &TABLE, &TABLE.sent(&sent)))
        .await?;
    Ok(Redirect::to(TABLE.path))
}

/// What a page of the list shows.
struct Listed {
    list: listing::Part,
    addresses: HashMap<ContactId, String>,
    doubles: i64,
    tags: Vec<tags::Tag>,
}

fn listed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    query: &ListQuery,
    spot: Option<&Spot>,
) -> Result<Listed, ContactError> {
    let asked = Words {
        sort: query.sort.as_deref(),
        columns: query.columns.as_deref(),
    };
    let list = listing::part(tx, actor, asked, &query.wishes, spot)?;
    let ids: Vec<_> = list.contacts.iter().map(|contact| contact.id).collect();
    let known = tags::all(tx, actor.workspace)?.into_iter();
    Ok(Listed {
        list,
        addresses: identities::addresses(tx, actor.workspace, &ids)?,
        doubles: doubles::count(tx, actor)?,
        tags: known.map(|(tag, _)| tag).collect(),
    })
}

/// One contact; a merged one leads to the one who stands for them.
///
/// # Errors
/// No such contact here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    page_of(&db, &actor, &t, known(&id)?, &Filled::default()).await
}

/// The people at an account: a panel of its page.
///
/// # Errors
/// No such account here, or the database's.
pub async fn at_account(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    let may_add = actor.may(Permission::ContactsWrite);
    let (account, people) = db
        .read(move |tx| {
            let account = accounts::find(tx, &actor, id).map_err(Failure::from)?;
            let account = account.ok_or_else(|| Failure::of(StatusCode::NOT_FOUND))?;
            Ok::<_, Failure>((account, memberships::at_account(tx, &actor, id, AT_ACCOUNT)?))
        })
        .await?;
    let view = AtAccountPanel {
        t: &t,
        account: id,
        people,
        may_add,
    };
    Ok(Page::new(t.say("panel-contacts"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(&account.name, format!("/accounts/{id}"))
        .live(id.to_string()))
}

/// The empty form; for a contact of an account when it is named.
pub async fn new(t: Text, Query(query): Query<NewQuery>) -> Page {
    let mut form = Filled::default();
    form.set("account", query.account.unwrap_or_default());
    page(&t, None, &form, None)
}

/// Adds what the form says, or shows it again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let text = text_of(&form);
    let introduction = introduction_of(&form);
    match db
        .write(move |tx| super::add(tx, &actor, &text, &introduction))
        .await
    {
        Ok(contact) => Ok(to(contact.id)),
        Err(error) => again(&t, None, &mut form, error),
    }
}

/// The form with a contact in it.
///
/// # Errors
/// No such contact here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id = known(&id)?;
    let contact = db
        .read(move |tx| super::find(tx, &actor, id)?.ok_or(ContactError::Unknown))
        .await?;
    let mut form = Filled::default();
    form.set("name", &contact.text.name);
    form.set("language", contact.text.language.as_deref().unwrap_or_default());
    form.set("time_zone", contact.text.time_zone.as_deref().unwrap_or_default());
    form.set("note", &contact.text.note);
    form.set("version", contact.version.to_string());
    Ok(page(&t, Some(&contact), &form, None))
}

/// Changes a contact as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    let (text, writer) = (text_of(&form), actor.clone());
    let version = form.value("version").parse().unwrap_or(0);
    match db
        .write(move |tx| super::change(tx, &writer, id, version, &text))
        .await
    {
        Ok(contact) => Ok(to(contact.id)),
        Err(ContactError::Stale(now)) => {
            form.set("version", now.version.to_string());
            let stale = page(&t, Some(&now), &form, Some(t.say(super::STALE.text)));
            Ok(stale.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => {
            let contact = db.read(move |tx| super::find(tx, &actor, id)).await?;
            again(&t, contact.as_ref(), &mut form, error)
        }
    }
}

fn text_of(form: &Filled) -> ContactText {
    let wish = |name| Some(form.value(name).to_owned());
    ContactText {
        name: form.value("name").to_owned(),
        language: wish("language"),
        time_zone: wish("time_zone"),
        note: form.value("note").to_owned(),
    }
}

fn introduction_of(form: &Filled) -> Introduction {
    let address = form.value("value").trim();
    let membership = form.value("account").parse().ok().map(|account| {
        let text = MembershipText {
            title: form.value("title").to_owned(),
            ..MembershipText::default()
        };
        (account, text)
    });
    Introduction {
        identities: if address.is_empty() {
            Vec::new()
        } else {
            vec![NewIdentity::email(address)]
        },
        membership,
    }
}

pub(super) fn to(id: ContactId) -> Response {
    Redirect::to(&format!("/contacts/{id}")).into_response()
}

/// The form as it was sent, with what is wrong beside the fields; failures of no field pass on.
fn again(
    t: &Text,
    contact: Option<&Contact>,
    form: &mut Filled,
    error: ContactError,
) -> Result<Response, Failure> {
    let failure = form.refuse_all(error.into(), t)?;
    Ok(page(t, contact, form, None).status(failure).into_response())
}

fn page(t: &Text, contact: Option<&Contact>, form: &Filled, whole: Option<String>) -> Page {
    let address = contact.map_or("/contacts".to_owned(), |contact| {
        format!("/contacts/{}", contact.id)
    });
    let view = FormPage {
        t,
        form,
        take: format!("{address}/{}", if contact.is_some() { "edit" } else { "new" }),
        address,
        is_new: contact.is_none(),
        now: contact.filter(|_| whole.is_some()),
        whole,
    };
    let title = if contact.is_some() {
        "contacts-edit"
    } else {
        "contacts-new"
    };
    let page = Page::new(t.say(title), &view)
        .place(PLACE)
        .crumb(t.say("contacts-title"), "/contacts");
    match contact {
        Some(contact) => page.crumb(&contact.text.name, format!("/contacts/{}", contact.id)),
        None => page,
    }
}
