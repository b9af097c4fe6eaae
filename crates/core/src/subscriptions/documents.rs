//! Subscriptions as programs read and write them.

use kit::day::Day;
use kit::money::Currency;
use kit::web::api::Limit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Change, EndReason, Price, RenewalTerms, Subscription, SubscriptionId, Terms};
use crate::accounts::AccountId;
use crate::agents::AgentId;
use crate::products::ProductId;

/// What a subscription costs from a day on.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SubscriptionPrice")]
pub struct PriceDocument {
    /// From this day on.
    pub(super) since: Day,
    /// How many seats.
    pub(super) seats: i64,
    /// Minor units for one seat and one period, before the discount.
    pub(super) price: i64,
    /// Hundredths of a percent off.
    pub(super) discount: i64,
}

/// A contract of an account for a product.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Subscription")]
pub struct SubscriptionDocument {
    /// Its id.
    pub(super) id: SubscriptionId,
    /// Whose it is.
    pub(super) account: AccountId,
    /// Of what.
    pub(super) product: ProductId,
    /// What its prices are in.
    pub(super) currency: Currency,
    /// How many months one price pays for.
    pub(super) period_months: i64,
    /// Its first day.
    pub(super) starts: Day,
    /// How many months a term has.
    pub(super) term_months: i64,
    /// How many days before the renewal it must be given notice.
    pub(super) notice_days: i64,
    /// Whether it goes on by itself after a term.
    pub(super) is_automatic: bool,
    /// The day on which the present term is over.
    pub(super) renews: Day,
    /// Its prices in the order of their days.
    pub(super) prices: Vec<PriceDocument>,
    /// The first day without it; null while none is known.
    pub(super) ends: Option<Day>,
    /// Why it ends.
    pub(super) end_reason: Option<EndReason>,
    /// What it brings in a month as of today, in minor units.
    pub(super) mrr: i64,
    /// What it brings in a year as of today, in minor units.
    pub(super) arr: i64,
    /// Grows by one with every change.
    pub(super) version: i64,
}

impl SubscriptionDocument {
    pub(super) fn on(today: Day, one: Subscription) -> Self {
        let price = |price: &Price| PriceDocument {
            since: price.since,
            seats: price.seats,
            price: price.amount,
            discount: price.discount,
        };
        Self {
            mrr: one.mrr_on(today).minor,
            arr: one.arr_on(today).minor,
            prices: one.prices.iter().map(price).collect(),
            id: one.id,
            account: one.account,
            product: one.product,
            currency: one.currency,
            period_months: one.period_months,
            starts: one.starts,
            term_months: one.renewal.term_months,
            notice_days: one.renewal.notice_days,
            is_automatic: one.renewal.is_automatic,
            renews: one.renewal.day,
            ends: one.end.as_ref().map(|end| end.day),
            end_reason: one.end.as_ref().map(|end| end.reason),
            version: one.version,
        }
    }
}

/// Which subscriptions, where to go on in the list, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionsQuery {
    /// Only those without an end that renew on this day or later, by their renewal; today when only `renews_until` is told.
    pub(super) renews_from: Option<Day>,
    /// Only those without an end that renew before this day, by their renewal.
    pub(super) renews_until: Option<Day>,
    /// Only those without an end, by their renewal, of the accounts that this agent looks after.
    pub(super) owner: Option<AgentId>,
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// A new subscription.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionInput {
    /// Of what. An account has a product once at a time.
    pub(super) product: ProductId,
    /// What the price is in.
    pub(super) currency: Currency,
    /// How many months one price pays for.
    #[schemars(range(min = 1, max = 60))]
    pub(super) period_months: i64,
    /// Its first day.
    pub(super) starts: Day,
    /// How many seats.
    #[schemars(range(min = 1, max = 10_000_000))]
    pub(super) seats: i64,
    /// Minor units for one seat and one period, before the discount.
    #[schemars(range(min = 0))]
    pub(super) price: i64,
    /// Hundredths of a percent off; none unless told.
    #[serde(default)]
    #[schemars(range(min = 0, max = 10_000))]
    pub(super) discount: i64,
    /// How many months a term has.
    #[schemars(range(min = 1, max = 120))]
    pub(super) term_months: i64,
    /// How many days before the renewal it must be given notice.
    #[serde(default)]
    #[schemars(range(min = 0, max = 365))]
    pub(super) notice_days: i64,
    /// Whether it goes on by itself after a term.
    pub(super) is_automatic: bool,
    /// The day on which the present term is over; counted from the first day unless told.
    pub(super) renews: Option<Day>,
    /// The first day without it, where that is agreed already.
    pub(super) ends: Option<Day>,
}

/// A change of a subscription: its price from a day on, and how it goes on.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionChange {
    /// From which day the price holds. Prices of later days stay.
    pub(super) since: Day,
    /// How many seats.
    #[schemars(range(min = 1, max = 10_000_000))]
    pub(super) seats: i64,
    /// Minor units for one seat and one period, before the discount.
    #[schemars(range(min = 0))]
    pub(super) price: i64,
    /// Hundredths of a percent off; none unless told.
    #[serde(default)]
    #[schemars(range(min = 0, max = 10_000))]
    pub(super) discount: i64,
    /// How many months a term has.
    #[schemars(range(min = 1, max = 120))]
    pub(super) term_months: i64,
    /// How many days before the renewal it must be given notice.
    #[serde(default)]
    #[schemars(range(min = 0, max = 365))]
    pub(super) notice_days: i64,
    /// Whether it goes on by itself after a term.
    pub(super) is_automatic: bool,
    /// The day on which the present term is over; where it was unless told.
    pub(super) renews: Option<Day>,
}

/// The end of a subscription.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// The first day without it.
    pub(super) ends: Day,
    /// Why.
    pub(super) reason: EndReason,
}

impl SubscriptionInput {
    pub(super) fn terms(&self) -> Terms {
        Terms {
            product: self.product,
            currency: self.currency,
            period_months: self.period_months,
            price: Price {
                since: self.starts,
                seats: self.seats,
                amount: self.price,
                discount: self.discount,
            },
            renewal: RenewalTerms {
                term_months: self.term_months,
                notice_days: self.notice_days,
                is_automatic: self.is_automatic,
                day: self.renews,
            },
            ends: self.ends,
        }
    }
}

impl SubscriptionChange {
    pub(super) fn change(&self) -> Change {
        Change {
            price: Price {
                since: self.since,
                seats: self.seats,
                amount: self.price,
                discount: self.discount,
            },
            renewal: RenewalTerms {
                term_months: self.term_months,
                notice_days: self.notice_days,
                is_automatic: self.is_automatic,
                day: self.renews,
            },
        }
    }
}
