//! The pages of orders: the panel of an account, an order, and the forms that add and change one.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Failure, Filled, Page, known};

use super::failures::STALE;
use super::pages::{done, find, page};
use super::views::{FormPage, OrderPage, PanelView};
use super::{Filter, Order, OrderError, form, store};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::products::{self, Product};
use crate::{accounts, currencies, workspaces};

/// How many orders the panel of an account shows.
const NEWEST: i64 = 5;

/// What an account ordered: a panel of its page.
///
/// # Errors
/// No such account here, or the database's.
pub async fn panel(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let account: AccountId = known(&id)?;
    let may_write = actor.may(Permission::MoneyWrite);
    let (orders, sums, rates) = db
        .read(move |tx| {
            accounts::name(tx, actor.workspace, account)?.ok_or(OrderError::UnknownAccount)?;
            let filter = Filter {
                account: Some(account),
                ..Filter::default()
            };
            let orders = super::list(tx, &actor, &filter, None, NEWEST)?;
            let today = workspaces::today(tx, actor.workspace)?;
            let rates = currencies::on(tx, actor.workspace, today)?;
            Ok::<_, OrderError>((orders, store::sums(tx, actor.workspace, account)?, rates))
        })
        .await?;
    let view = PanelView {
        t: &t,
        account,
        count: sums.iter().map(|(count, _)| count).sum(),
        sum: rates.sum(sums.iter().map(|(_, money)| *money)),
        orders,
        may_write,
    };
    Ok(Page::new(t.say("panel-orders"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(t.say("subscriptions-account"), format!("/accounts/{account}"))
        .live(account.to_string()))
}

/// One order and its lines.
///
/// # Errors
/// No such order here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::MoneyWrite);
    let order = find(&db, actor, &id).await?;
    let view = OrderPage { t: &t, order: &order };
    let page = page(&t, order.number.clone(), &view).live(order.id.to_string());
    Ok(if may_write {
        page.actions(&view.actions())
    } else {
        page
    })
}

/// The empty form for an account.
///
/// # Errors
/// No such account here, or the database's.
pub async fn new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let account: AccountId = known(&id)?;
    let (products, currency) = offer(&db, actor, account).await?;
    Ok(new_form(&t, account, &products, &form::empty(&t, currency)))
}

/// Notes an order as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let account: AccountId = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    let (products, _) = offer(&db, actor.clone(), account).await?;
    if let Some(text) = form::text(&mut form, &t) {
        match db.write(move |tx| super::add(tx, &actor, account, &text)).await {
            Ok(new) => return Ok(done(&t, "orders-was-added", &new, None)),
            Err(error) if form::refuse(&mut form, &t, &error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let again = new_form(&t, account, &products, &form);
    Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The form with an order in it.
///
/// # Errors
/// No such order here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let order = find(&db, actor.clone(), &id).await?;
    let (products, _) = offer(&db, actor, order.account).await?;
    Ok(change_form(
        &t,
        &order,
        &products,
        &form::filled(&t, &order),
        None,
    ))
}

/// Changes an order as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such order here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let now = find(&db, actor.clone(), &id).await?;
    let (products, _) = offer(&db, actor.clone(), now.account).await?;
    let mut form: Filled = sent.into_iter().collect();
    let (id, version) = (now.id, form.version());
    if let Some(text) = form::text(&mut form, &t) {
        match db
            .write(move |tx| super::change(tx, &actor, id, version, &text))
            .await
        {
            Ok(changed) => return Ok(done(&t, "orders-was-changed", &changed, None)),
            Err(OrderError::Stale(now)) => {
                let again = change_form(&t, &now, &products, &form, Some(t.say(STALE.text)));
                return Ok(again.status(StatusCode::CONFLICT).into_response());
            }
            Err(error) if form::refuse(&mut form, &t, &error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let again = change_form(&t, &now, &products, &form, None);
    Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// What can be sold to an account, and in which currency first: that of its last order.
async fn offer(db: &Db, actor: Actor, account: AccountId) -> Result<(Vec<Product>, Currency), Failure> {
    db.read(move |tx| {
        accounts::name(tx, actor.workspace, account)?.ok_or(OrderError::UnknownAccount)?;
        let filter = Filter {
            account: Some(account),
            ..Filter::default()
        };
        let last = super::list(tx, &actor, &filter, None, 1)?;
        let usual = currencies::reporting(tx, actor.workspace)?;
        let currency = last.first().map_or(usual, |order| order.currency);
        Ok::<_, Failure>((products::all(tx, &actor)?, currency))
    })
    .await
}

fn new_form(t: &Text, account: AccountId, products: &[Product], form: &Filled) -> Page {
    let back = format!("/accounts/{account}");
    let view = FormPage::new(t, (format!("{back}/orders"), back.clone()), products, form);
    Page::new(t.say("orders-new"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(t.say("subscriptions-account"), back)
}

fn change_form(t: &Text, now: &Order, products: &[Product], form: &Filled, whole: Option<String>) -> Page {
    let address = format!("/orders/{}", now.id);
    let view = FormPage {
        whole,
        version: now.version,
        ..FormPage::new(t, (address.clone(), address.clone()), products, form)
    };
    page(t, t.say("orders-change"), &view).crumb(&now.number, address)
}
