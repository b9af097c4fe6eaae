//! Subscriptions as files bring them: what a row agrees on, which subscription it means, and the way back.
//!
//! Account, product, currency, interval and first day of a subscription stay what they are: a row that says otherwise is
//! refused. Price, seats, discount, renewal and end can be said anew.

mod fields;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::money::Currency;
use kit::text::fold;
use serde::{Deserialize, Serialize};

use super::{
    CHANGED, Change, End, EndReason, Price, REMOVED, Renewal, RenewalTerms, Subscription, SubscriptionError,
    SubscriptionId, Terms, check, keep, record, store,
};
use crate::accounts::references;
use crate::actor::Actor;
use crate::currencies;
use crate::events;
use crate::imports::target::{self, Done, Refusal, Return, RowError, RowKey, Taken, Target, Values};
use crate::permissions::Permission;
use crate::products::{self, Product};
use crate::touchpoints;
use fields::{
    AUTOMATIC, CURRENCY, DISCOUNT, ENDS, EXTERNAL_ID, INTERVAL, NOTICE, PRICE, PRODUCT, RENEWS, SEATS,
    STARTS, TERM,
};

/// Subscriptions, for imports.
pub const TARGET: Target = Target {
    key: "subscriptions",
    title: "panel-subscriptions",
    needs: Permission::MoneyWrite,
    fields: fields::ALL,
    own: None,
    path: "/subscriptions/",
    place: "/renewals",
    list: super::LIST,
    id: |id| SubscriptionId::from_uuid(id).to_string(),
    row_key,
    alike,
    take,
    take_back,
    bulk: None,
};

/// The longest external id, in characters.
const LONGEST_ID: usize = 200;

fn row_key(values: &Values) -> Result<RowKey, Refusal> {
    if let Some(id) = values.get(EXTERNAL_ID) {
        if id.chars().count() > LONGEST_ID {
            return Err(Refusal::of(target::TOO_LONG).field(EXTERNAL_ID).about(LONGEST_ID));
        }
        return Ok(RowKey::Outside(id.to_owned()));
    }
    let (product, starts) = (values.must(PRODUCT)?, values.must(STARTS)?);
    let account = references::written(values);
    Ok(RowKey::Own(format!("{account}|{}|{starts}", fold(product))))
}

/// The one of the account for the product from that day on.
fn alike(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<Vec<Uuid>, RowError> {
    let (account, product) = (references::must(tx, actor, values)?, product(tx, actor, values)?);
    let starts = day(values, STARTS);
    let known = store::of_account(tx, actor.workspace, account)?;
    let same = known
        .iter()
        .filter(|known| known.product == product.id && Some(known.starts) == starts);
    Ok(same.map(|known| known.id.uuid()).collect())
}

fn take(tx: &mut Tx<'_>, actor: &Actor, values: &Values, known: Option<Uuid>) -> Result<Taken, RowError> {
    let known = match known {
        Some(id) => store::find(tx, actor.workspace, SubscriptionId::from_uuid(id))?,
        None => None,
    };
    let (account, product) = (references::must(tx, actor, values)?, product(tx, actor, values)?);
    let Some(before) = known else {
        let terms = terms(tx, actor, values, &product)?;
        let added = super::add(tx, actor, account, &terms).map_err(refused)?;
        return Ok(Taken::Added(added.id.uuid(), added.version));
    };
    if before.account != account {
        return Err(Refusal::of(target::FIXED).field(references::NAME.key).into());
    }
    let fixed = [
        (PRODUCT, before.product == product.id),
        (STARTS, day(values, STARTS) == Some(before.starts)),
        (
            CURRENCY,
            fields::currency(values)?.is_none_or(|currency| currency == before.currency),
        ),
        (
            INTERVAL,
            fields::interval(values)?.is_none_or(|months| months == before.period_months),
        ),
    ];
    if let Some((field, _)) = fixed.iter().find(|(_, is_same)| !is_same) {
        return Err(Refusal::of(target::FIXED).field(field).into());
    }
    let after = changed(tx, actor, values, &before)?;
    if after.version == before.version {
        return Ok(Taken::Unchanged(before.id.uuid()));
    }
    Ok(Taken::Changed {
        subject: before.id.uuid(),
        before: serde_json::to_string(&Before::of(&before)).expect("days and numbers are always JSON"),
        version: after.version,
    })
}

/// What a row says anew of a subscription that is there.
fn changed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    values: &Values,
    before: &Subscription,
) -> Result<Subscription, RowError> {
    let first = before.prices[0];
    let change = Change {
        price: price(values, before.currency, before.starts, &first)?,
        renewal: renewal(values, &before.renewal.into())?,
    };
    let now = super::change(tx, actor, before.id, before.version, &change).map_err(refused)?;
    let ends = day(values, ENDS);
    match ends.filter(|day| now.end.as_ref().is_none_or(|end| end.day != *day)) {
        Some(day) => {
            let reason = now.end.as_ref().map_or(EndReason::Other, |end| end.reason);
            super::end(tx, actor, now.id, day, reason).map_err(refused)
        }
        None => Ok(now),
    }
}

/// What a row says of a new subscription; what it leaves out is a year that renews by itself, for one seat.
fn terms(tx: &mut Tx<'_>, actor: &Actor, values: &Values, product: &Product) -> Result<Terms, RowError> {
    let starts = day(values, STARTS).ok_or_else(|| Refusal::of(target::MISSING).field(STARTS))?;
    let currency = match fields::currency(values)? {
        Some(currency) => currency,
        None => currencies::reporting(tx, actor.workspace)?,
    };
    let none = Price {
        since: starts,
        seats: 1,
        amount: 0,
        discount: 0,
    };
    values.must(PRICE)?;
    let year = RenewalTerms {
        term_months: 12,
        notice_days: 30,
        is_automatic: true,
        day: None,
    };
    Ok(Terms {
        product: product.id,
        currency,
        period_months: fields::interval(values)?.unwrap_or(12),
        price: price(values, currency, starts, &none)?,
        renewal: renewal(values, &year)?,
        ends: day(values, ENDS),
    })
}

fn price(values: &Values, currency: Currency, since: Day, before: &Price) -> Result<Price, Refusal> {
    let amount = target::minor(values, PRICE, currency)?;
    let discount = match values.get(DISCOUNT) {
        // Hundredths of a percent, as a currency with two digits.
        Some(_) => target::minor(values, DISCOUNT, target::currency("EUR")?)?,
        None => None,
    };
    Ok(Price {
        since,
        seats: fields::whole(values, SEATS)?.unwrap_or(before.seats),
        amount: amount.unwrap_or(before.amount),
        discount: discount.unwrap_or(before.discount),
    })
}

fn renewal(values: &Values, before: &RenewalTerms) -> Result<RenewalTerms, Refusal> {
    Ok(RenewalTerms {
        term_months: fields::whole(values, TERM)?.unwrap_or(before.term_months),
        notice_days: fields::whole(values, NOTICE)?.unwrap_or(before.notice_days),
        is_automatic: target::is_yes(values, AUTOMATIC)?.unwrap_or(before.is_automatic),
        day: day(values, RENEWS).or(before.day),
    })
}

impl From<Renewal> for RenewalTerms {
    fn from(renewal: Renewal) -> Self {
        Self {
            term_months: renewal.term_months,
            notice_days: renewal.notice_days,
            is_automatic: renewal.is_automatic,
            day: Some(renewal.day),
        }
    }
}

fn day(values: &Values, field: &str) -> Option<Day> {
    values.get(field).and_then(|day| day.parse().ok())
}

/// The product that a row names.
fn product(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<Product, RowError> {
    values.must(PRODUCT)?;
    let named = products::references::named_in(tx, actor, values, PRODUCT)?;
    named.ok_or_else(|| Refusal::of(target::MISSING).field(PRODUCT).into())
}

fn take_back(tx: &mut Tx<'_>, actor: &Actor, done: &Done) -> Result<Return, DbError> {
    let id = SubscriptionId::from_uuid(done.subject);
    let Some(now) = store::find(tx, actor.workspace, id)? else {
        return Ok(Return::Gone);
    };
    if now.version != done.version {
        return Ok(Return::Touched);
    }
    let before = done.before.as_deref().map(serde_json::from_str::<Before>);
    let returned = tx.attempt(|tx| match before {
        None => erase(tx, actor, &now),
        Some(Ok(before)) => before.restore(tx, actor, now),
        Some(Err(_)) => Err(SubscriptionError::Unknown),
    });
    match returned {
        Ok(()) => Ok(Return::Back),
        // Something else has come to need it.
        Err(SubscriptionError::Db(DbError::ForeignKey { .. })) => Ok(Return::Touched),
        Err(SubscriptionError::Db(error)) => Err(error),
        Err(_) => Ok(Return::Touched),
    }
}

/// Takes a subscription away that nobody has touched since a file brought it; what is derived from it hears so.
fn erase(tx: &mut Tx<'_>, actor: &Actor, now: &Subscription) -> Result<(), SubscriptionError> {
    store::delete(tx, actor.workspace, now.id)?;
    let evidence = format!("{}{}", TARGET.path, now.id);
    touchpoints::forget_traces(tx, actor.workspace, now.account, &evidence)?;
    events::forget(tx, actor.workspace, now.id)?;
    Ok(record(tx, actor, &REMOVED, now)?)
}

/// How a subscription was before a row changed it.
#[derive(Serialize, Deserialize)]
struct Before {
    term_months: i64,
    notice_days: i64,
    is_automatic: bool,
    renews: Day,
    /// Day, seats, amount and discount of each.
    prices: Vec<(Day, i64, i64, i64)>,
    /// Day, reason, by whom and when.
    end: Option<(Day, EndReason, String, i64)>,
}

impl Before {
    fn of(now: &Subscription) -> Self {
        let price = |price: &Price| (price.since, price.seats, price.amount, price.discount);
        let end = |end: &End| (end.day, end.reason, end.by.clone(), end.at.0);
        Self {
            term_months: now.renewal.term_months,
            notice_days: now.renewal.notice_days,
            is_automatic: now.renewal.is_automatic,
            renews: now.renewal.day,
            prices: now.prices.iter().map(price).collect(),
            end: now.end.as_ref().map(end),
        }
    }

    fn restore(self, tx: &mut Tx<'_>, actor: &Actor, mut now: Subscription) -> Result<(), SubscriptionError> {
        actor.must(Permission::MoneyWrite)?;
        now.renewal = Renewal {
            term_months: self.term_months,
            notice_days: self.notice_days,
            is_automatic: self.is_automatic,
            day: self.renews,
        };
        let price = |(since, seats, amount, discount)| Price {
            since,
            seats,
            amount,
            discount,
        };
        now.prices = self.prices.into_iter().map(price).collect();
        let end = |(day, reason, by, at)| End {
            day,
            reason,
            by,
            at: kit::clock::Timestamp(at),
        };
        now.end = self.end.map(end);
        check(tx, actor.workspace, &now)?;
        Ok(keep(tx, actor, &CHANGED, &mut now)?)
    }
}

fn refused(error: SubscriptionError) -> RowError {
    let refusal = match error {
        SubscriptionError::Db(error) => return error.into(),
        SubscriptionError::BadSeats => out_of(SEATS, "1–10000000"),
        SubscriptionError::BadPrice => out_of(PRICE, "≥ 0"),
        SubscriptionError::BadDiscount => out_of(DISCOUNT, "0–100"),
        SubscriptionError::BadPeriod => out_of(INTERVAL, "1–60"),
        SubscriptionError::BadTerm => out_of(TERM, "1–120"),
        SubscriptionError::BadNotice => out_of(NOTICE, "0–365"),
        SubscriptionError::RenewsTooEarly => Refusal::of(target::ENDS_EARLY).field(RENEWS),
        SubscriptionError::EndsTooEarly | SubscriptionError::PriceOutside => {
            Refusal::of(target::ENDS_EARLY).field(ENDS)
        }
        SubscriptionError::Overlaps(_) => Refusal::of(target::OVERLAPS).field(STARTS),
        SubscriptionError::UnknownProduct => Refusal::of(target::NOT_THERE).field(PRODUCT),
        _ => Refusal::of(target::OTHER),
    };
    refusal.into()
}

fn out_of(field: &str, range: &str) -> Refusal {
    Refusal::of(target::OUT_OF_RANGE).field(field).about(range)
}
