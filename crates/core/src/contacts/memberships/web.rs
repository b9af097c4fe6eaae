//! The forms that say what a contact is to an account.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};

use super::{ContactRole, Membership, MembershipId, MembershipText};
use crate::accounts::{self, Account, AccountId};
use crate::actor::Actor;
use crate::contacts::failures::DAY;
use crate::contacts::views::MembershipPage;
use crate::contacts::web::{PLACE, to};
use crate::contacts::{self, Contact, ContactError, ContactId};

/// How many accounts of a name are offered to choose from.
const OFFERED: i64 = 20;

/// The empty form.
///
/// # Errors
/// No such contact here, or the database's.
pub async fn new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let contact = contact(&db, &actor, known(&id)?).await?;
    Ok(page(&t, &contact, None, &Filled::default(), Vec::new()))
}

/// Says that a contact is at an account, or shows the form again with what is wrong. The account is named as people name
/// it; when that is not enough the form offers those of that name.
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let contact = contact(&db, &actor, known(&id)?).await?;
    let text = text_of(&sent, &t);
    let mut form: Filled = sent.into_iter().collect();
    let offered = named(&db, &actor, &form).await?;
    let account = match offered.as_slice() {
        [] => Err(ContactError::NoAccount),
        [one] => Ok(one.id),
        _ => return Ok(refused(page(&t, &contact, None, &form, offered))),
    };
    let added = match (account, text) {
        (_, Err((field, text))) => {
            form.refuse(field, text);
            return Ok(refused(page(&t, &contact, None, &form, Vec::new())));
        }
        (Err(error), _) => Err(error),
        (Ok(account), Ok(text)) => {
            let id = contact.id;
            db.write(move |tx| super::add(tx, &actor, id, account, &text))
                .await
        }
    };
    match added {
        Ok(_) => Ok(to(contact.id)),
        Err(error) => {
            form.refuse_all(error.into(), &t)?;
            Ok(refused(page(&t, &contact, None, &form, Vec::new())))
        }
    }
}

/// The form with a membership in it.
///
/// # Errors
/// No such membership here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let (membership, contact) = found(&db, &actor, known(&id)?).await?;
    let mut form = Filled::default();
    let text = &membership.text;
    form.set("title", &text.title);
    for role in &text.roles {
        form.set(role.as_str(), "on");
    }
    for (name, day) in [("since", text.since), ("until", text.until)] {
        form.set(name, day.map(|day| t.day_written(day)).unwrap_or_default());
    }
    Ok(page(&t, &contact, Some(&membership), &form, Vec::new()))
}

/// Says something else about a membership, or shows the form again with what is wrong.
///
/// # Errors
/// No such membership here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (membership, contact) = found(&db, &actor, known(&id)?).await?;
    let text = text_of(&sent, &t);
    let mut form: Filled = sent.into_iter().collect();
    let id = membership.id;
    match text {
        Err((field, text)) => form.refuse(field, text),
        Ok(text) => match db.write(move |tx| super::change(tx, &actor, id, &text)).await {
            Ok(_) => return Ok(to(contact.id)),
            Err(error) => {
                form.refuse_all(error.into(), &t)?;
            }
        },
    }
    Ok(refused(page(&t, &contact, Some(&membership), &form, Vec::new())))
}

/// Takes a membership away as if it had never been written down.
///
/// # Errors
/// No such membership here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: MembershipId = known(&id)?;
    let gone = db.write(move |tx| super::remove(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("contacts-membership-removed"));
    Ok((notice, Redirect::to(&format!("/contacts/{}", gone.contact))).into_response())
}

fn refused(page: Page) -> Response {
    page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

async fn contact(db: &Db, actor: &Actor, id: ContactId) -> Result<Contact, Failure> {
    let actor = actor.clone();
    let found = db.read(move |tx| contacts::find(tx, &actor, id)).await?;
    Ok(found.ok_or(ContactError::Unknown)?)
}

async fn found(db: &Db, actor: &Actor, id: MembershipId) -> Result<(Membership, Contact), Failure> {
    let actor = actor.clone();
    let found = db.read(move |tx| {
        let membership = super::find(tx, &actor, id)?.ok_or(ContactError::Unknown)?;
        let contact = contacts::find(tx, &actor, membership.contact)?.ok_or(ContactError::Unknown)?;
        Ok::<_, ContactError>((membership, contact))
    });
    Ok(found.await?)
}

/// The accounts that the form names: by its choice, or by what was typed.
async fn named(db: &Db, actor: &Actor, form: &Filled) -> Result<Vec<Account>, Failure> {
    let (actor, typed) = (actor.clone(), form.value("account").to_owned());
    let chosen: Option<AccountId> = form.value("account_id").parse().ok();
    let found = db.read(move |tx| match chosen {
        Some(id) => Ok(accounts::find(tx, &actor, id)?.into_iter().collect()),
        None => accounts::named(tx, &actor, &typed, OFFERED),
    });
    Ok(found.await?)
}

/// What the form says, or the field that can't be read with what would be right.
fn text_of(sent: &[(String, String)], t: &Text) -> Result<MembershipText, (&'static str, String)> {
    let value = |name: &str| {
        let mut all = sent.iter().rev();
        all.find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.trim())
    };
    let day = |name: &'static str| match value(name) {
        "" => Ok(None),
        text => t.read_day(text).map(Some).ok_or_else(|| {
            let example = t.day_example();
            (name, t.say_with(DAY.text, kit::args!(example = example.as_str())))
        }),
    };
    let is_role = |role: &ContactRole| !value(role.as_str()).is_empty();
    Ok(MembershipText {
        title: value("title").to_owned(),
        roles: ContactRole::ALL.into_iter().filter(is_role).collect(),
        since: day("since")?,
        until: day("until")?,
    })
}

fn page(
    t: &Text,
    contact: &Contact,
    membership: Option<&Membership>,
    form: &Filled,
    offered: Vec<Account>,
) -> Page {
    let back = format!("/contacts/{}", contact.id);
    let view = MembershipPage {
        t,
        form,
        action: match membership {
            Some(membership) => format!("/memberships/{}", membership.id),
            None => format!("{back}/memberships"),
        },
        back: back.clone(),
        is_new: membership.is_none(),
        offered,
    };
    let title = if membership.is_some() {
        "contacts-membership-edit"
    } else {
        "contacts-membership-new"
    };
    Page::new(t.say(title), &view)
        .place(PLACE)
        .crumb(t.say("contacts-title"), "/contacts")
        .crumb(&contact.text.name, back)
}
