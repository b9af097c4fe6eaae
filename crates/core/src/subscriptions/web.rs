//! The pages of subscriptions: the panel of an account, a subscription, and the forms that add and change one.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Choice, Failure, Filled, Notice, Page, known};

use super::failures::STALE;
use super::pages::{PLACE, done, find, page};
use super::views::{FormPage, PanelView, SubscriptionPage};
use super::{Subscription, SubscriptionError, form};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::products::{Product, ProductError};
use crate::{currencies, products, workspaces};

/// What an account subscribes to: a panel of its page.
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
    let (subscriptions, today, rates) = db
        .read(move |tx| {
            let subscriptions = super::of_account(tx, &actor, account)?;
            let today = workspaces::today(tx, actor.workspace)?;
            let rates = currencies::on(tx, actor.workspace, today)?;
            Ok::<_, SubscriptionError>((subscriptions, today, rates))
        })
        .await?;
    let view = PanelView {
        t: &t,
        account,
        mrr: rates.sum(subscriptions.iter().map(|one| one.mrr_on(today))),
        arr: rates.sum(subscriptions.iter().map(|one| one.arr_on(today))),
        subscriptions,
        today,
        may_write,
    };
    Ok(Page::new(t.say("panel-subscriptions"), &view)
        .place(PLACE)
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(t.say("subscriptions-account"), format!("/accounts/{account}"))
        .live(account.to_string()))
}

/// One subscription and its prices.
///
/// # Errors
/// No such subscription here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::MoneyWrite);
    let (subscription, today) = find(&db, actor, &id).await?;
    let view = SubscriptionPage {
        t: &t,
        subscription: &subscription,
        today,
        may_write,
    };
    let page = page(&t, &subscription.product_name, &view, &subscription).live(subscription.id.to_string());
    Ok(if view.may_write {
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
    let form = form::empty(&t, currency);
    Ok(new_form(&t, account, &products, &form))
}

/// Subscribes the account as the form says, or shows it again with what is wrong.
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
    if let Some(terms) = form::terms(&mut form, &t) {
        match db.write(move |tx| super::add(tx, &actor, account, &terms)).await {
            Ok(new) => {
                let said = t.say_with(
                    "subscriptions-was-added",
                    kit::args!(product = new.product_name.as_str()),
                );
                return Ok((Notice::new(said), Redirect::to(&format!("/accounts/{account}"))).into_response());
            }
            Err(error) if form::refuse(&mut form, &t, &error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let again = new_form(&t, account, &products, &form);
    Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The form with a subscription in it.
///
/// # Errors
/// No such subscription here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let (subscription, _) = find(&db, actor, &id).await?;
    let form = form::filled(&t, &subscription);
    Ok(change_form(&t, &subscription, &form, None))
}

/// Changes a subscription as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such subscription here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (now, _) = find(&db, actor.clone(), &id).await?;
    let mut form: Filled = sent.into_iter().collect();
    let version = form.value("version").parse().unwrap_or(0);
    if let Some(change) = form::change(&mut form, &t, now.currency) {
        let changed = db
            .write(move |tx| super::change(tx, &actor, now.id, version, &change))
            .await;
        match changed {
            Ok(changed) => return Ok(done(&t, "subscriptions-was-changed", &changed, None)),
            Err(SubscriptionError::Stale(now)) => {
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

/// What can be sold to an account, and in which currency first.
async fn offer(
    db: &Db,
    actor: Actor,
    account: AccountId,
) -> Result<(Vec<Product>, kit::money::Currency), Failure> {
    let products_of = actor.clone();
    let currency = db
        .read(move |tx| {
            let used = super::of_account(tx, &actor, account)?;
            let usual = currencies::reporting(tx, actor.workspace)?;
            Ok::<_, SubscriptionError>(used.first().map_or(usual, |one| one.currency))
        })
        .await?;
    let products = db
        .read(move |tx| products::all(tx, &products_of))
        .await
        .map_err(|error: ProductError| Failure::from(error))?;
    Ok((products, currency))
}

fn new_form(t: &Text, account: AccountId, products: &[Product], form: &Filled) -> Page {
    let product = |product: &Product| {
        let id = product.id.to_string();
        let is_chosen = id == form.value("product");
        Choice::new(id, &product.name).chosen_if(is_chosen)
    };
    let back = format!("/accounts/{account}");
    let view = FormPage {
        t,
        action: format!("{back}/subscriptions"),
        back: back.clone(),
        form,
        now: None,
        products: products.iter().map(product).collect(),
        currencies: currencies::choices(form.value("price_currency")),
        whole: None,
    };
    Page::new(t.say("subscriptions-new"), &view)
        .place(PLACE)
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(t.say("subscriptions-account"), back)
}

fn change_form(t: &Text, now: &Subscription, form: &Filled, whole: Option<String>) -> Page {
    let address = format!("/subscriptions/{}", now.id);
    let view = FormPage {
        t,
        action: address.clone(),
        back: address.clone(),
        form,
        now: Some(now),
        products: Vec::new(),
        currencies: Vec::new(),
        whole,
    };
    page(t, &t.say("subscriptions-change"), &view, now).crumb(&now.product_name, address)
}
