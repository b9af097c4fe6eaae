//! What a subscription or an invoice is, read from all that was ever said of it. The order in which it arrived has no part
//! in this: what was said is sorted by when it happened.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::day::Day;

use super::model::Reason;
use super::stripe::{Cost, InvoiceSaid, ItemSaid, Misread, SubscriptionSaid};
use crate::accounts::AccountId;
use crate::invoices::{self, InvoiceText};
use crate::products::ProductId;
use crate::subscriptions::following::Said;
use crate::subscriptions::{EndReason, Price, Renewal, term_after};

/// What tells the subscriptions of one object apart: the item, and what makes another subscription of it.
pub(super) type Part = String;

/// Which of our products a price or product of Stripe's is.
pub(super) type Products = BTreeMap<String, ProductId>;

/// The day of a moment in seconds.
pub(super) fn day_of(seconds: i64, zone: &TimeZone) -> Day {
    Day::of(Timestamp(seconds.saturating_mul(1_000_000)), zone)
}

/// One of our subscriptions while it is put together.
struct Draft {
    product: ProductId,
    cost: Cost,
    starts: Day,
    prices: Vec<Price>,
    renews: Option<i64>,
    /// The place of the last word that has it.
    seen: usize,
}

/// The subscriptions that an object has been, from what was said of it in the order in which it happened.
///
/// # Errors
/// [`Reason`] when something must be mapped first, or can't be understood.
pub(super) fn subscriptions(
    said: &[(i64, SubscriptionSaid)],
    account: AccountId,
    products: &Products,
    zone: &TimeZone,
) -> Result<Vec<(Part, Said)>, Reason> {
    let there: Vec<&(i64, SubscriptionSaid)> = said.iter().filter(|(_, said)| said.is_there).collect();
    let Some((_, newest)) = there.last() else {
        return Err(Reason::NotThere);
    };
    let starts = day_of(newest.starts, zone);
    let mut drafts = BTreeMap::<Part, Draft>::new();
    for (place, (happened, whole)) in there.iter().enumerate() {
        let day = if place == 0 {
            starts
        } else {
            day_of(*happened, zone).max(starts)
        };
        for item in &whole.items {
            let product = product_of(item, products)?;
            let cost = item
                .cost
                .clone()
                .map_err(|misread| Reason::of(&misread, &item.price))?;
            // Not by our product: what is mapped otherwise stays the same subscription.
            let part = format!("{}/{}/{}/{}", item.id, item.product, cost.currency, cost.months);
            let draft = drafts.entry(part).or_insert_with(|| Draft {
                product,
                cost,
                starts: day,
                prices: Vec::new(),
                renews: None,
                seen: place,
            });
            draft.seen = place;
            draft.product = product;
            draft.renews = item.renews;
            draft.set_price(day, whole, (item.quantity, cost.amount), zone);
        }
    }
    let finished = drafts.into_iter().map(|(part, draft)| {
        let end = draft.end(&there, zone);
        (part, draft.finish(account, newest, end, zone))
    });
    Ok(finished.collect())
}

impl Draft {
    /// What it costs from `day` on: nothing while it is tried or paused.
    fn set_price(
        &mut self,
        day: Day,
        whole: &SubscriptionSaid,
        (quantity, amount): (i64, i64),
        zone: &TimeZone,
    ) {
        let day = day.max(self.starts);
        let price = |since: Day, amount: i64| Price {
            since,
            seats: quantity.clamp(1, 10_000_000),
            amount: if quantity < 1 || whole.is_paused {
                0
            } else {
                amount
            },
            discount: whole.discount,
        };
        self.prices.retain(|price| price.since < day);
        match whole
            .trial_end
            .map(|end| day_of(end, zone))
            .filter(|end| *end > day)
        {
            None => self.prices.push(price(day, amount)),
            Some(end) => self.prices.extend([price(day, 0), price(end, amount)]),
        }
    }

    /// When it ends: with the whole, or when the item went away.
    fn end(&self, there: &[&(i64, SubscriptionSaid)], zone: &TimeZone) -> Option<(Day, EndReason)> {
        if let Some((happened, _)) = there.get(self.seen + 1) {
            return Some((day_of(*happened, zone), EndReason::Replaced));
        }
        let (_, newest) = there.last()?;
        Some((day_of(newest.ends?, zone), reason(&newest.why)))
    }

    fn finish(
        mut self,
        account: AccountId,
        newest: &SubscriptionSaid,
        end: Option<(Day, EndReason)>,
        zone: &TimeZone,
    ) -> Said {
        // One that ends on its first day was there for a day.
        let end = end.map(|(day, reason)| (day.max(self.starts.plus_days(1)), reason));
        let first = self.prices[0];
        self.prices
            .retain(|price| *price == first || end.is_none_or(|(day, _)| price.since < day));
        self.prices.dedup_by(|next, before| {
            (next.seats, next.amount, next.discount) == (before.seats, before.amount, before.discount)
        });
        let months = self.cost.months;
        let renews = self
            .renews
            .map(|end| day_of(end, zone))
            .filter(|day| *day > self.starts);
        Said {
            account,
            product: self.product,
            currency: self.cost.currency,
            period_months: months,
            starts: self.starts,
            renewal: Renewal {
                term_months: months,
                notice_days: 0,
                is_automatic: newest.goes_on,
                day: renews.unwrap_or_else(|| term_after(self.starts, months, self.starts)),
            },
            prices: self.prices,
            end,
        }
    }
}

/// The invoice that an object has been, from what was said of it in the order in which it happened.
///
/// # Errors
/// [`Reason`] when it is none yet, or can't be taken over.
pub(super) fn invoice(
    said: &[(i64, InvoiceSaid)],
    account: AccountId,
    zone: &TimeZone,
) -> Result<invoices::following::Said, Reason> {
    let (_, newest) = said.last().ok_or(Reason::NotThere)?;
    let number = newest.number.clone().filter(|_| newest.status != "draft");
    let number = number.ok_or(Reason::NotThere)?;
    if newest.total < 0 {
        return Err(Reason::BelowZero);
    }
    let mut payments = Vec::new();
    let mut came_in = 0;
    for (happened, one) in said {
        let is_paid = one.status == "paid";
        // What a credit paid for came in too.
        let paid = if is_paid {
            one.paid.max(one.total)
        } else {
            one.paid
        };
        if paid > came_in {
            let moment = one.paid_at.filter(|_| is_paid).unwrap_or(*happened);
            payments.push((day_of(moment, zone), paid - came_in));
            came_in = paid;
        }
    }
    let issued = day_of(newest.issued, zone);
    Ok(invoices::following::Said {
        account,
        text: InvoiceText {
            number,
            issued,
            due: newest.due.map_or(issued, |due| day_of(due, zone)).max(issued),
            currency: newest.currency,
            total: newest.total,
        },
        payments,
        is_void: newest.status == "void",
    })
}

fn product_of(item: &ItemSaid, products: &Products) -> Result<ProductId, Reason> {
    let found = products.get(&item.price).or_else(|| products.get(&item.product));
    found.copied().ok_or_else(|| Reason::Price(item.price.clone()))
}

/// Stripe's word for why a subscription ends, in ours.
fn reason(word: &str) -> EndReason {
    match word {
        "too_expensive" => EndReason::Price,
        "missing_features" => EndReason::Missing,
        "low_quality" | "customer_service" | "too_complex" => EndReason::Service,
        "switched_service" => EndReason::Competitor,
        "unused" => EndReason::NoNeed,
        "payment_failed" | "payment_disputed" => EndReason::NotRenewed,
        _ => EndReason::Other,
    }
}

impl Reason {
    fn of(misread: &Misread, price: &str) -> Self {
        match misread {
            Misread::Field(name) => Self::Field((*name).to_owned()),
            Misread::Interval => Self::Interval(price.to_owned()),
            Misread::NoAmount => Self::NoAmount(price.to_owned()),
            Misread::Currency => Self::Currency,
        }
    }
}

impl From<Misread> for Reason {
    fn from(misread: Misread) -> Self {
        Self::of(&misread, "")
    }
}
