//! Subscriptions as forms have them: amounts, days and numbers in the writing of the reader.

use kit::day::Day;
use kit::i18n::{MoneyTrouble, Text};
use kit::money::Currency;
use kit::web::Filled;

use super::failures::{DISCOUNT, fault};
use super::{Change, Price, RenewalTerms, Subscription, SubscriptionError, Terms};
use crate::products::ProductId;

/// The empty form: a year, from today on, for one seat.
pub(super) fn empty(t: &Text, currency: Currency) -> Filled {
    let mut form = Filled::default();
    if let Some(today) = t.today() {
        form.set("since", t.day_written(today));
    }
    for (name, value) in [
        ("seats", "1"),
        ("period_months", "12"),
        ("term_months", "12"),
        ("notice_days", "30"),
        ("is_automatic", "on"),
        ("price_currency", currency.code()),
    ] {
        form.set(name, value);
    }
    form
}

/// The form with a subscription in it, for a change from today on.
pub(super) fn filled(t: &Text, now: &Subscription) -> Filled {
    let today = t.today().map_or(now.starts, Day::from).max(now.starts);
    let price = now.price_on(today);
    let mut form = empty(t, now.currency);
    form.set("since", t.day_written(today));
    form.set("seats", price.seats.to_string());
    form.set("price", t.money_written(price.amount, now.currency.code()));
    form.set("discount", percent(t, price.discount));
    form.set("period_months", now.period_months.to_string());
    form.set("term_months", now.renewal.term_months.to_string());
    form.set("notice_days", now.renewal.notice_days.to_string());
    form.set("is_automatic", if now.renewal.is_automatic { "on" } else { "" });
    form.set("renews", t.day_written(now.renewal.day));
    form
}

/// A discount as a field has it; nothing for none.
fn percent(t: &Text, discount: i64) -> String {
    let text = t.decimal(discount as f64 / 100.0, 2);
    let is_none = discount == 0;
    if is_none { String::new() } else { text }
}

/// The new subscription in a form; `None` after refusing the fields that can't be read.
pub(super) fn terms(form: &mut Filled, t: &Text) -> Option<Terms> {
    let product = form.value("product").parse::<ProductId>().ok();
    if product.is_none() {
        form.refuse("product", t.say("subscriptions-failure-product"));
    }
    let currency = form.value("price_currency").parse::<Currency>().ok();
    if currency.is_none() {
        form.refuse("price", t.say("currencies-failure-currency"));
    }
    let price = price(form, t, currency?);
    let renewal = renewal(form, t);
    let ends = form.later_day(t, "ends");
    let period_months = whole(form, t, "period_months", "subscriptions-failure-period");
    Some(Terms {
        product: product?,
        currency: currency?,
        period_months: period_months?,
        price: price?,
        renewal: renewal?,
        ends: ends?,
    })
}

/// The change in a form; `None` after refusing the fields that can't be read.
pub(super) fn change(form: &mut Filled, t: &Text, currency: Currency) -> Option<Change> {
    let price = price(form, t, currency);
    let renewal = renewal(form, t);
    Some(Change {
        price: price?,
        renewal: renewal?,
    })
}

/// Says beside its field what a verb refused; `false` when it was about no field.
pub(super) fn refuse(form: &mut Filled, t: &Text, error: &SubscriptionError) -> bool {
    let fault = fault(error);
    if let Some((name, code)) = fault {
        form.refuse(name, t.say(code.text));
    }
    fault.is_some()
}

fn price(form: &mut Filled, t: &Text, currency: Currency) -> Option<Price> {
    let since = form.day(t, "since");
    let seats = whole(form, t, "seats", "subscriptions-failure-seats");
    let amount = form.amount(t, "price", currency);
    let discount = match hundredths(t, form.value("discount")) {
        Ok(discount) => Some(discount),
        Err(_) => {
            form.refuse("discount", t.say(DISCOUNT.text));
            None
        }
    };
    Some(Price {
        since: since?,
        seats: seats?,
        amount: amount?,
        discount: discount?,
    })
}

/// A percentage in hundredths; nothing is none.
fn hundredths(t: &Text, text: &str) -> Result<i64, MoneyTrouble> {
    let text = text.trim().trim_end_matches('%');
    if text.is_empty() {
        return Ok(0);
    }
    // Two digits after the separator, as most currencies have.
    t.read_money(text, "EUR")
}

fn renewal(form: &mut Filled, t: &Text) -> Option<RenewalTerms> {
    let term_months = whole(form, t, "term_months", "subscriptions-failure-term");
    let notice_days = whole(form, t, "notice_days", "subscriptions-failure-notice");
    let day = form.later_day(t, "renews");
    Some(RenewalTerms {
        term_months: term_months?,
        notice_days: notice_days?,
        is_automatic: form.value("is_automatic") == "on",
        day: day?,
    })
}

fn whole(form: &mut Filled, t: &Text, name: &'static str, key: &str) -> Option<i64> {
    let number = form.value(name).trim().parse().ok();
    if number.is_none() {
        form.refuse(name, t.say(key));
    }
    number
}
