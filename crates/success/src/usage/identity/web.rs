//! The page of an id, and the panel of the contact's page.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page};
use serde::Deserialize;
use tandem_core::accounts::{self, Account, AccountId};
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactId};
use tandem_core::permissions::Permission;

use super::Identity;
use super::views::{IdentityPage, NamesPanel};
use crate::usage::TOPIC;
use crate::usage::debugger::web::ADDRESS as EVENTS;
use crate::usage::people::NameId;
use crate::usage::settling::web::NAMES;
use crate::usage::sources::web::ADDRESS as SOURCES;

/// How many accounts can be chosen without typing.
const OFFERED: i64 = 200;

/// Which part of the links, and which accounts.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    after: Option<NameId>,
    #[serde(default)]
    q: String,
}

/// What stands on the page.
struct Shown {
    identity: Identity,
    /// The names of its account and of the one that was chosen, and of the contact.
    account: Option<(AccountId, String)>,
    chosen: Option<(AccountId, String)>,
    contact: Option<(ContactId, String)>,
    offered: Vec<Account>,
}

/// An id: who stands behind it, and what belongs together with it.
///
/// # Errors
/// No such id here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<NameId>,
    Query(wanted): Query<Wanted>,
) -> Result<Page, Failure> {
    let mut form = Filled::default();
    form.set("q", wanted.q);
    if let Some(after) = wanted.after {
        form.set("after", after.to_string());
    }
    page(&db, &actor, &t, id, &form).await
}

/// Ends a link.
///
/// # Errors
/// No such id or link here, a missing permission, or the database's.
pub async fn end(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<NameId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let (other, ended) = (form.value("other").to_owned(), form.value("other").to_owned());
    db.write(move |tx| super::end(tx, &actor, id, &other)).await?;
    let notice = Notice::new(t.say("usage-identity-was-ended"));
    Ok(done(
        id,
        notice.undo(format!("{NAMES}/{id}/links/restoring?other={ended}")),
    ))
}

/// The other end of a link, in the address.
#[derive(Debug, Default, Deserialize)]
pub struct Named {
    #[serde(default)]
    other: String,
}

/// Lets a link count again; which one, the form or the address says.
///
/// # Errors
/// As of [`end`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<NameId>,
    Query(named): Query<Named>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::restore(tx, &actor, id, &named.other))
        .await?;
    Ok(done(id, Notice::new(t.say("usage-identity-was-restored"))))
}

/// The ids of a contact: a panel of its page.
///
/// # Errors
/// No such contact here, or the database's.
pub async fn panel(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ContactId>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let names = db.read(move |tx| super::of_contact(tx, &reader, id)).await?;
    let page = Page::new(t.say("panel-usage-names"), &NamesPanel { t: &t, names: &names });
    Ok(page
        .place("contacts")
        .crumb(t.say("contacts-title"), "/contacts")
        .crumb(t.say("usage-identity-contact"), format!("/contacts/{id}"))
        .live(id.to_string())
        .live(TOPIC))
}

/// The page of an id with the form of its account as it was filled in.
pub(in crate::usage) async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    id: NameId,
    form: &Filled,
) -> Result<Page, Failure> {
    let (reader, q) = (actor.clone(), form.value("q").to_owned());
    let after = form.value("after").parse().ok();
    let shown = db.read(move |tx| shown(tx, &reader, (id, after), &q)).await?;
    let view = IdentityPage {
        t,
        next: shown
            .identity
            .next
            .map(|next| format!("{NAMES}/{id}?after={next}")),
        identity: &shown.identity,
        account: shown.account,
        chosen: shown.chosen,
        contact: shown.contact,
        offered: shown.offered,
        form,
        may_write: actor.may(Permission::UsageWrite),
        may_settle: crate::usage::settling::is_open(actor),
        may_make: actor.may(Permission::ContactsWrite),
    };
    let page = Page::new(&*shown.identity.title, &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("usage-sources-title"), SOURCES)
        .crumb(t.say("usage-debugger-unsettled"), format!("{EVENTS}/unsettled"))
        .actions(&view.actions())
        .live(TOPIC);
    Ok(page)
}

/// Reads what stands on the page.
fn shown(
    tx: &mut kit::db::Tx<'_>,
    actor: &Actor,
    (id, after): (NameId, Option<NameId>),
    q: &str,
) -> Result<Shown, Failure> {
    let identity = super::of(tx, actor, id, after)?;
    let may_see = actor.may(Permission::AccountsRead);
    let offered = match (crate::usage::settling::is_open(actor) && may_see, q.trim()) {
        (false, _) => Vec::new(),
        (true, "") => accounts::list(tx, actor, None, OFFERED)?,
        (true, typed) => accounts::named(tx, actor, typed, OFFERED)?,
    };
    let mut named = |account: Option<AccountId>| -> Result<Option<(AccountId, String)>, Failure> {
        let Some(id) = account.filter(|_| may_see) else {
            return Ok(None);
        };
        Ok(accounts::name(tx, actor.workspace, id)?.map(|name| (id, name)))
    };
    let account = named(identity.looked.account)?;
    let chosen = named(identity.chosen)?;
    let contact = match identity.looked.contact {
        Some(contact) if actor.may(Permission::ContactsRead) => {
            let names = contacts::names(tx, actor, &[contact])?;
            names.into_iter().next()
        }
        _ => None,
    };
    Ok(Shown {
        identity,
        account,
        chosen,
        contact,
        offered,
    })
}

/// Back to the id, saying what was done.
fn done(id: NameId, notice: Notice) -> Response {
    (notice, Redirect::to(&format!("{NAMES}/{id}"))).into_response()
}
