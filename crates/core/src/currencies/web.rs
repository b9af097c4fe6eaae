//! The settings page of the reporting currency and the exchange rates.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::money::{Currency, Rate};
use kit::web::{Failure, Filled, Notice, Page, known};

use super::views::CurrenciesPage;
use super::{CurrencyError, ExchangeRateId, LIST};
use crate::actor::Actor;
use crate::permissions::Permission;

const ADDRESS: &str = "/settings/currencies";

/// The reporting currency and the newest rates.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    page(&db, actor, &t, &empty(&t)).await
}

/// Chooses the reporting currency.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn choose(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let Ok(currency) = form.value("reporting").parse::<Currency>() else {
        form.refuse("reporting", t.say("currencies-failure-currency"));
        return again(&db, actor, &t, &form).await;
    };
    db.write(move |tx| super::choose(tx, &actor, currency)).await?;
    let said = t.say_with("currencies-chosen", kit::args!(currency = currency.code()));
    Ok((Notice::new(said), Redirect::to(ADDRESS)).into_response())
}

/// Sets a rate, or shows the page again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn set_rate(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let Some((currency, day, rate)) = wanted(&mut form, &t) else {
        return again(&db, actor, &t, &form).await;
    };
    let writer = actor.clone();
    let set = db
        .write(move |tx| super::set_rate(tx, &writer, currency, day, rate))
        .await;
    match set {
        Ok(rate) => {
            let said = t.say_with("currencies-was-set", kit::args!(currency = currency.code()));
            let notice = Notice::new(said).undo(format!("{ADDRESS}/rates/{}/end", rate.id));
            Ok((notice, Redirect::to(ADDRESS)).into_response())
        }
        Err(CurrencyError::SameCurrency) => {
            form.refuse("currency", t.say("currencies-failure-same"));
            again(&db, actor, &t, &form).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes a rate away.
///
/// # Errors
/// No such rate here, a missing permission, or the database's.
pub async fn remove_rate(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ExchangeRateId = known(&id)?;
    let removed = db.write(move |tx| super::remove_rate(tx, &actor, id)).await?;
    let removed = removed.ok_or(CurrencyError::Unknown)?;
    let said = t.say_with(
        "currencies-was-removed",
        kit::args!(currency = removed.currency.code()),
    );
    Ok((Notice::new(said), Redirect::to(ADDRESS)).into_response())
}

fn wanted(form: &mut Filled, t: &Text) -> Option<(Currency, kit::day::Day, Rate)> {
    let currency = form.value("currency").parse::<Currency>().ok();
    let day = t.read_day(form.value("day"));
    let rate = Rate::read(form.value("rate"));
    for (name, is_read, key) in [
        ("currency", currency.is_some(), "currencies-failure-currency"),
        ("day", day.is_some(), "date-failure"),
        ("rate", rate.is_some(), "currencies-failure-rate"),
    ] {
        if !is_read {
            form.refuse(name, t.say(key));
        }
    }
    Some((currency?, day?.into(), rate?))
}

fn empty(t: &Text) -> Filled {
    let mut form = Filled::default();
    if let Some(today) = t.today() {
        form.set("day", t.day_written(today));
    }
    form
}

async fn again(db: &Db, actor: Actor, t: &Text, form: &Filled) -> Result<Response, Failure> {
    let page = page(db, actor, t, form).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(db: &Db, actor: Actor, t: &Text, form: &Filled) -> Result<Page, Failure> {
    let may_keep = actor.may(Permission::MoneyKeep);
    let (reporting, rates) = db
        .read(move |tx| {
            let rates = super::list(tx, &actor)?;
            Ok::<_, CurrencyError>((super::reporting(tx, actor.workspace)?, rates))
        })
        .await?;
    let view = CurrenciesPage {
        t,
        reporting,
        rates,
        form,
        may_keep,
    };
    Ok(Page::new(t.say("currencies-title"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST))
}
