//! What stands in the ledger as it is: what all accounts bring as of a day, and how what one of them brings has changed.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use http::StatusCode;
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Failure, Filled, Page, known};
use serde::Deserialize;

use super::RetentionError;
use super::views::{MovementsPage, RevenuePage};
use crate::accounts::{self, AccountError, AccountId};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::{currencies, ledger, subscriptions, workspaces};

/// Which day, as people write it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DayQuery {
    day: String,
}

/// What all accounts bring as of the end of `day`, in each currency: in a month, and in a year.
///
/// # Errors
/// [`RetentionError::Forbidden`], or the database's.
pub fn on(
    tx: &mut Tx<'_>,
    actor: &Actor,
    day: Day,
) -> Result<BTreeMap<Currency, (i64, i64)>, RetentionError> {
    actor.must(Permission::MoneyRead)?;
    let mut sums = BTreeMap::<Currency, (i64, i64)>::new();
    for mrr in ledger::mrr_on(tx, actor.workspace, day)? {
        sums.entry(mrr.currency).or_default().0 = mrr.minor;
    }
    for arr in subscriptions::arr_on(tx, actor.workspace, day)? {
        sums.entry(arr.currency).or_default().1 = arr.minor;
    }
    Ok(sums)
}

/// What all accounts bring as of a day; of today unless told. Of what is no day nothing is shown but what is wrong with it.
///
/// # Errors
/// The database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<DayQuery>,
) -> Result<Page, Failure> {
    let mut form = Filled::default();
    form.set("day", query.day.trim());
    let asked = form.later_day(&t, "day").flatten();
    let (day, sums, rates) = db
        .report(move |tx| {
            let today = workspaces::today(tx, actor.workspace)?;
            let day = asked.unwrap_or(today);
            let sums = on(tx, &actor, day)?;
            let rates = currencies::on(tx, actor.workspace, day)?;
            Ok::<_, Failure>((day, sums, rates))
        })
        .await?;
    let sums = sums
        .into_iter()
        .map(|(currency, (mrr, arr))| (currency, mrr, arr));
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if form.is_good() {
        status = StatusCode::OK;
        form.set("day", t.day_written(day));
    }
    let view = RevenuePage {
        t: &t,
        form: &form,
        day,
        sums: sums.collect(),
        rates,
    };
    Ok(Page::new(t.say("revenue-title"), &view)
        .status(status)
        .place("retention")
        .crumb(t.say("retention-title"), "/retention")
        .live(subscriptions::LIST)
        .live(currencies::LIST))
}

/// How what an account brings has changed.
///
/// # Errors
/// No such account here, or the database's.
pub async fn movements(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    let (account, movements) = db
        .read(move |tx| {
            let account = accounts::find(tx, &actor, id)?.ok_or(AccountError::Unknown)?;
            Ok::<_, Failure>((account, ledger::of_account(tx, actor.workspace, id)?))
        })
        .await?;
    let view = MovementsPage { t: &t, movements };
    Ok(Page::new(t.say("revenue-movements"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(&account.name, format!("/accounts/{id}"))
        .live(id.to_string()))
}
