//! The pages of invoices: the panel of an account, an invoice, and the forms that add and change one.

use axum::Form;
use axum::extract::{Path, State as Given};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Failure, Filled, Page, known};

use super::failures::STALE;
use super::pages::{done, find, invoice_page, page};
use super::views::{FormPage, PanelView};
use super::{Filter, Invoice, InvoiceError, form, store};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::{accounts, currencies, workspaces};

/// How many invoices the panel of an account shows.
const NEWEST: i64 = 5;

/// What an account was asked to pay: a panel of its page.
///
/// # Errors
/// No such account here, or the database's.
pub async fn panel(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let account: AccountId = known(&id)?;
    let may_write = actor.may(Permission::MoneyWrite);
    let (invoices, owed, rates) = db
        .read(move |tx| {
            accounts::name(tx, actor.workspace, account)?.ok_or(InvoiceError::UnknownAccount)?;
            let filter = Filter {
                account: Some(account),
                ..Filter::default()
            };
            let invoices = super::list(tx, &actor, &filter, None, NEWEST)?;
            let today = workspaces::today(tx, actor.workspace)?;
            let owed = store::owed(tx, actor.workspace, account, today)?;
            Ok::<_, InvoiceError>((invoices, owed, currencies::on(tx, actor.workspace, today)?))
        })
        .await?;
    let view = PanelView {
        t: &t,
        account,
        today: rates.on,
        owed: rates.sum(owed.iter().map(|(owed, _)| *owed)),
        late: rates.sum(owed.iter().map(|(_, late)| *late)),
        invoices,
        may_write,
    };
    Ok(Page::new(t.say("panel-invoices"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(t.say("subscriptions-account"), format!("/accounts/{account}"))
        .live(account.to_string()))
}

/// One invoice and what was paid.
///
/// # Errors
/// No such invoice here, or the database's.
pub async fn show(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::MoneyWrite);
    let (invoice, today) = find(&db, actor, &id).await?;
    Ok(invoice_page(
        &t,
        &invoice,
        today,
        (&form::payment(&t, &invoice), may_write),
    ))
}

/// The empty form for an account.
///
/// # Errors
/// No such account here, or the database's.
pub async fn new(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let account: AccountId = known(&id)?;
    let currency = usual_currency(&db, actor, account).await?;
    Ok(new_form(&t, account, &form::empty(&t, currency)))
}

/// Notes an invoice as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn create(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let account: AccountId = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    usual_currency(&db, actor.clone(), account).await?;
    if let Some(text) = form::text(&mut form, &t) {
        match db.write(move |tx| super::add(tx, &actor, account, &text)).await {
            Ok(new) => return Ok(done(&t, "invoices-was-added", &new, None)),
            Err(error) if form::refuse(&mut form, &t, &error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let again = new_form(&t, account, &form);
    Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The form with an invoice in it.
///
/// # Errors
/// No such invoice here, or the database's.
pub async fn edit(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let (invoice, _) = find(&db, actor, &id).await?;
    Ok(change_form(&t, &invoice, &form::filled(&t, &invoice), None))
}

/// Changes an invoice as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such invoice here, a missing permission, or the database's.
pub async fn change(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (now, _) = find(&db, actor.clone(), &id).await?;
    let mut form: Filled = sent.into_iter().collect();
    let (id, version) = (now.id, form.version());
    if let Some(text) = form::text(&mut form, &t) {
        match db
            .write(move |tx| super::change(tx, &actor, id, version, &text))
            .await
        {
            Ok(changed) => return Ok(done(&t, "invoices-was-changed", &changed, None)),
            Err(InvoiceError::Stale(now)) => {
                let again = change_form(&t, &now, &form, Some(t.say(STALE.text)));
                return Ok(again.status(StatusCode::CONFLICT).into_response());
            }
            Err(error) if form::refuse(&mut form, &t, &error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let again = change_form(&t, &now, &form, None);
    Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The currency of an account's last invoice, or the one of the workspace.
async fn usual_currency(db: &Db, actor: Actor, account: AccountId) -> Result<Currency, Failure> {
    let currency = db
        .read(move |tx| {
            accounts::name(tx, actor.workspace, account)?.ok_or(InvoiceError::UnknownAccount)?;
            let filter = Filter {
                account: Some(account),
                ..Filter::default()
            };
            let last = super::list(tx, &actor, &filter, None, 1)?;
            let usual = currencies::reporting(tx, actor.workspace)?;
            Ok::<_, InvoiceError>(last.first().map_or(usual, |invoice| invoice.currency))
        })
        .await?;
    Ok(currency)
}

fn new_form(t: &Text, account: AccountId, form: &Filled) -> Page {
    let back = format!("/accounts/{account}");
    let view = FormPage::new(t, (format!("{back}/invoices"), back.clone()), form);
    Page::new(t.say("invoices-new"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(t.say("subscriptions-account"), back)
}

fn change_form(t: &Text, now: &Invoice, form: &Filled, whole: Option<String>) -> Page {
    let address = format!("/invoices/{}", now.id);
    let view = FormPage {
        whole,
        version: now.version,
        ..FormPage::new(t, (address.clone(), address.clone()), form)
    };
    page(t, t.say("invoices-change"), &view).crumb(&now.number, address)
}
