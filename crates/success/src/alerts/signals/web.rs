//! The dialog in which somebody tells what they heard, what becomes of it when it is sent, and the panel beside a ticket.

use axum::Form;
use axum::extract::{Path, Query, State as Held};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Choice, Failure, Filled, Notice, Page, is_own_path, known};
use serde::Deserialize;
use tandem_core::accounts::{self, AccountError, AccountId};
use tandem_core::actor::Actor;
use tandem_core::bridge::{self, Case};
use tandem_core::contacts::{ContactError, ContactId, memberships};
use tandem_core::permissions::Permission;
use tandem_core::{assignment, workspaces};

use super::views::{FormPage, SignalsPanel, whom};
use super::{Filter, NewSignal, SignalId};
use crate::alerts::failures::ACCOUNT;
use crate::alerts::web::PLACE;
use crate::alerts::{AlertError, SignalKind};

/// Signals in the panel of a ticket.
const MOST: i64 = 20;

/// From where something is told.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    ticket: String,
    account: String,
}

/// The dialog.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn new(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<NewQuery>,
) -> Result<Page, Failure> {
    let mut form = Filled::default();
    form.set("ticket", &query.ticket);
    form.set("account", &query.account);
    form.set("kind", SignalKind::Risk.as_str());
    let id: SignalId = db.read(|tx| Ok::<_, AlertError>(tx.new_id())).await?;
    form.set("signal", id.to_string());
    page(&db, &actor, &t, form).await
}

/// What the dialog offers.
struct Offered {
    case: Option<Case>,
    accounts: Vec<(AccountId, String, Option<String>)>,
}

impl Offered {
    fn read(tx: &mut Tx<'_>, actor: &Actor, form: &Filled) -> Result<Self, AlertError> {
        let case = match form.value("ticket") {
            "" => None,
            ticket => Some(bridge::case(tx, actor, ticket)?.ok_or(AlertError::UnknownAlert)?),
        };
        let own = case.as_ref().and_then(|case| case.account);
        let given = form.value("account").parse().ok();
        let given = given.filter(|_| actor.may(Permission::AccountsRead));
        let ids = match (own, given) {
            (Some(own), _) => vec![own],
            (None, Some(given)) => vec![given],
            (None, None) => of_contact(tx, actor, case.as_ref().and_then(|case| case.contact))?,
        };
        let mut owners = assignment::of(tx, actor.workspace, &ids)?;
        let mut accounts = Vec::new();
        for id in ids {
            if let Some(name) = accounts::name(tx, actor.workspace, id)?
                && accounts::is_open(tx, actor.workspace, id)?
            {
                accounts.push((id, name, owners.remove(&id).map(|span| span.name)));
            }
        }
        Ok(Self { case, accounts })
    }
}

/// Where somebody is now, as far as the actor may know it.
fn of_contact(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: Option<ContactId>,
) -> Result<Vec<AccountId>, AlertError> {
    let may = actor.may(Permission::ContactsRead) && actor.may(Permission::AccountsRead);
    let Some(contact) = contact.filter(|_| may) else {
        return Ok(Vec::new());
    };
    let today = workspaces::today(tx, actor.workspace)?.to_string();
    let there = match memberships::of_contact(tx, actor, contact) {
        Ok(there) => there,
        Err(ContactError::Db(error)) => return Err(error.into()),
        Err(_) => Vec::new(),
    };
    let now = there.into_iter().filter(|(one, _)| {
        let until = one.text.until.as_ref();
        until.is_none_or(|until| until.to_string() >= today)
    });
    Ok(now.map(|(one, _)| one.account).collect())
}

async fn page(db: &Db, actor: &Actor, t: &Text, mut form: Filled) -> Result<Page, Failure> {
    let (reader, typed) = (actor.clone(), form.clone());
    let offered = db.read(move |tx| Offered::read(tx, &reader, &typed)).await?;
    if let [(id, ..)] = offered.accounts.as_slice() {
        form.set("account", id.to_string());
    }
    let chosen = form.value("account").to_owned();
    let choice = |(id, name, owner): &(AccountId, String, Option<String>)| {
        let text = format!("{name} · {}", whom(t, owner.as_deref()));
        Choice::new(id.to_string(), text).chosen_if(id.to_string() == chosen)
    };
    let only = match offered.accounts.as_slice() {
        [(_, name, owner)] => Some((name.clone(), whom(t, owner.as_deref()))),
        _ => None,
    };
    let view = FormPage {
        t,
        form: &form,
        only,
        accounts: offered.accounts.iter().map(choice).collect(),
        may_name: actor.may(Permission::AccountsRead),
    };
    let page = Page::new(t.say("signals-new"), &view);
    Ok(match offered.case {
        Some(case) => page.place("inbox").crumb(t.say("nav-inbox"), "/inbox").crumb(
            format!("#{} {}", case.number, case.subject),
            format!("/tickets/{}", form.value("ticket")),
        ),
        None => page.place(PLACE).crumb(t.say("alerts-title"), "/alerts"),
    })
}

/// Tells it, or shows the dialog again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn tell(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let id: SignalId = known(form.value("signal"))?;
    let kind = SignalKind::named(form.value("kind")).ok_or(AlertError::BadWord);
    let (writer, typed) = (actor.clone(), form.clone());
    let told = db
        .write(move |tx| {
            let new = NewSignal {
                kind: kind.clone()?,
                words: typed.value("words").to_owned(),
                account: account(tx, &writer, &typed)?,
                ticket: typed.value("ticket").to_owned(),
            };
            super::tell(tx, &writer, id, &new)
        })
        .await;
    match told {
        Ok(sent) => {
            let said = match &sent.owner {
                Some(name) => t.say_with("signals-was-told", kit::args!(name = name.as_str())),
                None => t.say("signals-was-told-nobody"),
            };
            let back = back(&form, sent.alert.account);
            let undo = kit::web::address(&format!("/signals/{id}/undo"), &[("back", &back)]);
            Ok((Notice::new(said).undo(undo), Redirect::to(&back)).into_response())
        }
        Err(error) => {
            if error == AlertError::NoAccount {
                form.refuse("account_name", t.say(ACCOUNT.text));
            }
            let status = form.refuse_all(error.into(), &t)?;
            Ok(page(&db, &actor, &t, form).await?.status(status).into_response())
        }
    }
}

/// Where a form leads back to: the ticket, or the account.
fn back(form: &Filled, account: AccountId) -> String {
    match form.value("ticket") {
        "" => format!("/accounts/{account}"),
        ticket => format!("/tickets/{ticket}"),
    }
}

/// The account that a form names: chosen, or the one that is called so.
fn account(tx: &mut Tx<'_>, actor: &Actor, form: &Filled) -> Result<Option<AccountId>, AlertError> {
    let name = form.value("account_name").trim();
    if name.is_empty() {
        return Ok(form.value("account").parse().ok());
    }
    let called = accounts::named(tx, actor, name, 2).map_err(|error| match error {
        AccountError::Db(error) => AlertError::Db(error),
        AccountError::Forbidden(missing) => missing.into(),
        _ => AlertError::NoAccount,
    })?;
    match called.as_slice() {
        [one] => Ok(Some(one.id)),
        _ => Err(AlertError::NoAccount),
    }
}

/// Where taking a signal back leads.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UndoQuery {
    back: String,
}

/// Takes a signal back.
///
/// # Errors
/// Somebody acted meanwhile, no such signal here, a missing permission, or the database's.
pub async fn undo(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(query)): (Path<String>, Query<UndoQuery>),
) -> Result<Response, Failure> {
    let id: SignalId = known(&id)?;
    let sent = db.write(move |tx| super::withdraw(tx, &actor, id)).await?;
    let back = match is_own_path(&query.back) {
        true => query.back,
        false => format!("/accounts/{}", sent.alert.account),
    };
    let notice = Notice::new(t.say("signals-was-withdrawn"));
    Ok((notice, Redirect::to(&back)).into_response())
}

/// What was told from a ticket, and what became of it.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn of_ticket(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    Path(ticket): Path<String>,
) -> Result<Page, Failure> {
    let (reader, id) = (actor.clone(), ticket.clone());
    let (case, sent) = db
        .read(move |tx| {
            // A stranger's ticket is no ticket.
            let case = bridge::case(tx, &reader, &id)?.ok_or(AlertError::UnknownAlert)?;
            let filter = Filter {
                ticket: id.clone(),
                account: None,
            };
            let sent = super::list(tx, &reader, &filter, None, MOST)?;
            Ok::<_, AlertError>((case, sent))
        })
        .await?;
    let view = SignalsPanel {
        t: &t,
        sent,
        may_see: actor.may(Permission::AlertsRead),
    };
    Ok(Page::new(t.say("panel-signals"), &view)
        .place("inbox")
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(
            format!("#{} {}", case.number, case.subject),
            format!("/tickets/{ticket}"),
        )
        .live(ticket))
}
