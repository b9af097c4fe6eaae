//! What a subscription is, and what it brings on which day.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::DbError;
use kit::money::{Currency, Money, portion};
use serde::{Deserialize, Serialize};

use super::SubscriptionId;
use crate::accounts::AccountId;
use crate::actor::Forbidden;
use crate::products::ProductId;

/// Hundredths of a percent in the whole.
pub const WHOLE: i64 = 10_000;
/// The largest revenue of a month, in minor units: what sums of many can still hold.
const MOST: i64 = 1_000_000_000_000_000;

/// A contract of an account for a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// Whose it is.
    pub account: AccountId,
    /// The account's name, for lists.
    pub account_name: String,
    /// Of what.
    pub product: ProductId,
    /// The product's name.
    pub product_name: String,
    /// What its prices are in.
    pub currency: Currency,
    /// How many months one price pays for.
    pub period_months: i64,
    /// Its first day.
    pub starts: Day,
    /// How it goes on.
    pub renewal: Renewal,
    /// What it costs, each from its day on, in the order of days. The first is from the first day on.
    pub prices: Vec<Price>,
    /// When it ends and why, once that is known.
    pub end: Option<End>,
    /// Grows by one with every change.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// How a subscription goes on after its term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// How many months a term has.
    pub term_months: i64,
    /// How many days before the renewal it must be given notice.
    pub notice_days: i64,
    /// Whether it goes on by itself; else it ends at the renewal unless somebody renews it.
    pub is_automatic: bool,
    /// The day on which the present term is over.
    pub day: Day,
}

/// What a subscription costs from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// From this day on.
    pub since: Day,
    /// How many seats.
    pub seats: i64,
    /// Minor units for one seat and one period, before the discount.
    pub amount: i64,
    /// Hundredths of a percent off, up to [`WHOLE`].
    pub discount: i64,
}

/// The end of a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The first day without it.
    pub day: Day,
    /// Why.
    pub reason: EndReason,
    /// The signature of who ended it.
    pub by: String,
    /// When they did.
    pub at: Timestamp,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $word:literal $text:literal;)*) => {
        /// Why a subscription ends.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum EndReason {
            $($(#[$doc])* $name,)*
        }

        impl EndReason {
            /// Every reason, in the order of forms.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word in tables and documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The key of its sentence.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

reasons! {
    /// Its term was over and nobody renewed it.
    NotRenewed "not_renewed" "subscriptions-reason-not-renewed";
    /// Too expensive.
    Price "price" "subscriptions-reason-price";
    /// Something they needed was not there.
    Missing "missing" "subscriptions-reason-missing";
    /// Service or quality.
    Service "service" "subscriptions-reason-service";
    /// They went to somebody else.
    Competitor "competitor" "subscriptions-reason-competitor";
    /// They need it no longer.
    NoNeed "no_need" "subscriptions-reason-no-need";
    /// They closed down.
    OutOfBusiness "out_of_business" "subscriptions-reason-out-of-business";
    /// Another subscription takes its place.
    Replaced "replaced" "subscriptions-reason-replaced";
    /// Something else.
    Other "other" "subscriptions-reason-other";
}

impl EndReason {
    /// The reason with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.as_str() == word)
    }
}

/// A new subscription as people agree on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Of what.
    pub product: ProductId,
    /// What the price is in.
    pub currency: Currency,
    /// How many months one price pays for.
    pub period_months: i64,
    /// The price from the first day on; its day is the subscription's first.
    pub price: Price,
    /// How it goes on; a day of `None` is the end of the first term.
    pub renewal: RenewalTerms,
    /// The first day without it, where that is agreed already.
    pub ends: Option<Day>,
}

/// How a subscription is to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenewalTerms {
    /// As of [`Renewal::term_months`].
    pub term_months: i64,
    /// As of [`Renewal::notice_days`].
    pub notice_days: i64,
    /// As of [`Renewal::is_automatic`].
    pub is_automatic: bool,
    /// The day on which the present term is over; `None` for the end of a term counted from the first day.
    pub day: Option<Day>,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubscriptionError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such subscription here.
    #[error("there is no such subscription")]
    Unknown,
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// There is no such product here.
    #[error("there is no such product")]
    UnknownProduct,
    /// Seats out of range.
    #[error("seats are a number from 1 to 10,000,000")]
    BadSeats,
    /// A price below zero or beyond what we count.
    #[error("a price is zero or more, and what it brings in a month can be counted")]
    BadPrice,
    /// A discount out of range.
    #[error("a discount is 0 to 100 percent")]
    BadDiscount,
    /// A billing period that is none.
    #[error("a price pays for 1 to 60 months")]
    BadPeriod,
    /// A term out of range.
    #[error("a term has 1 to 120 months")]
    BadTerm,
    /// A notice period out of range.
    #[error("notice is given 0 to 365 days before the renewal")]
    BadNotice,
    /// It would renew before it starts.
    #[error("the renewal lies after the first day")]
    RenewsTooEarly,
    /// It would end before it starts.
    #[error("the end lies after the first day")]
    EndsTooEarly,
    /// The new price would hold before the first day or from the end on.
    #[error("a price holds from a day between the first and the end")]
    PriceOutside,
    /// The account has the product in that time already.
    #[error("the account has this product in that time already: {0}")]
    Overlaps(SubscriptionId),
    /// It has ended; nothing is renewed.
    #[error("the subscription ends on {0}")]
    Ends(Day),
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the subscription meanwhile")]
    Stale(Box<Subscription>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Price {
    /// What it brings in a month, in minor units, when it pays for `period_months`; half a unit goes up.
    pub fn mrr(&self, period_months: i64) -> i64 {
        self.worth(1, period_months).unwrap_or(0)
    }

    /// What it brings in a year.
    pub fn arr(&self, period_months: i64) -> i64 {
        self.worth(12, period_months).unwrap_or(0)
    }

    fn worth(&self, months: i64, period_months: i64) -> Option<i64> {
        let list = self.amount.checked_mul(self.seats)?;
        let off = WHOLE - self.discount;
        portion(list, off * months, WHOLE * period_months)
    }

    pub(super) fn check(&self, period_months: i64) -> Result<(), SubscriptionError> {
        if !(1..=10_000_000).contains(&self.seats) {
            return Err(SubscriptionError::BadSeats);
        }
        if !(0..=WHOLE).contains(&self.discount) {
            return Err(SubscriptionError::BadDiscount);
        }
        let worth = self.worth(12, period_months).filter(|_| self.amount >= 0);
        match worth {
            Some(worth) if worth <= MOST => Ok(()),
            _ => Err(SubscriptionError::BadPrice),
        }
    }
}

impl Subscription {
    /// Whether it is there on `day`: it has started and not ended.
    pub fn is_active_on(&self, day: Day) -> bool {
        self.starts <= day && self.end.as_ref().is_none_or(|end| end.day > day)
    }

    /// The price that holds on `day`; the first one before.
    pub fn price_on(&self, day: Day) -> Price {
        let held = self.prices.iter().rev().find(|price| price.since <= day);
        *held.unwrap_or(&self.prices[0])
    }

    /// What it brings in a month as of `day`; nothing while it is not there.
    pub fn mrr_on(&self, day: Day) -> Money {
        let minor = if self.is_active_on(day) {
            self.price_on(day).mrr(self.period_months)
        } else {
            0
        };
        self.money(minor)
    }

    /// What it brings in a year as of `day`.
    pub fn arr_on(&self, day: Day) -> Money {
        let minor = if self.is_active_on(day) {
            self.price_on(day).arr(self.period_months)
        } else {
            0
        };
        self.money(minor)
    }

    /// An amount in its currency.
    pub fn money(&self, minor: i64) -> Money {
        Money {
            minor,
            currency: self.currency,
        }
    }

    /// The last day on which notice can be given for the present term.
    pub fn notice_by(&self) -> Day {
        self.renewal.day.plus_days(-self.renewal.notice_days)
    }

    /// Whether the two are for the same product in the same time.
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_before =
            |one: &Self, end: &Option<End>| end.as_ref().is_none_or(|end| one.starts < end.day);
        self.product == other.product && begins_before(self, &other.end) && begins_before(other, &self.end)
    }
}

/// The first end of a term of `months` counted from `starts` that lies after `day`.
pub fn term_after(starts: Day, months: i64, day: Day) -> Day {
    let passed = (starts.months_until(day) / months - 1).max(0);
    let ends = (passed + 1..).map(|terms| starts.plus_months(terms * months));
    ends.into_iter()
        .find(|end| *end > day)
        .unwrap_or_else(|| starts.plus_months(months))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_yearly_price_brings_a_twelfth_each_month_and_itself_in_a_year() {
        let price = Price {
            since: day("2026-01-01"),
            seats: 3,
            amount: 10_000,
            discount: 1_250,
        };
        assert_eq!((price.mrr(12), price.arr(12)), (2_188, 26_250));
        assert_eq!((price.mrr(1), price.arr(1)), (26_250, 315_000));
    }

    #[test]
    fn prices_that_cannot_be_counted_are_refused() {
        let price = |seats, amount, discount| Price {
            since: day("2026-01-01"),
            seats,
            amount,
            discount,
        };
        assert_eq!(price(0, 1, 0).check(1), Err(SubscriptionError::BadSeats));
        assert_eq!(price(1, -1, 0).check(1), Err(SubscriptionError::BadPrice));
        assert_eq!(
            price(10_000_000, i64::MAX, 0).check(1),
            Err(SubscriptionError::BadPrice)
        );
        assert_eq!(price(1, 1, 10_001).check(1), Err(SubscriptionError::BadDiscount));
        assert_eq!(price(1, 0, 10_000).check(1), Ok(()));
    }

    #[test]
    fn terms_are_counted_from_the_first_day() {
        let starts = day("2026-01-31");
        assert_eq!(term_after(starts, 1, starts), day("2026-02-28"));
        assert_eq!(term_after(starts, 1, day("2026-02-28")), day("2026-03-31"));
        assert_eq!(term_after(starts, 12, day("2026-01-01")), day("2027-01-31"));
        assert_eq!(term_after(starts, 12, day("2028-01-31")), day("2029-01-31"));
        assert_eq!(term_after(starts, 24, day("2027-06-01")), day("2028-01-31"));
    }
}
