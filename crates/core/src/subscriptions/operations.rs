//! What the API's document says about subscriptions.

use kit::web::Code;
use kit::web::api::{Listed, Operation, Precondition, Sample};

use super::documents::{
    Cancellation, PriceDocument, SubscriptionChange, SubscriptionDocument, SubscriptionInput,
    SubscriptionsQuery,
};
use super::failures::{
    DISCOUNT, ENDS, NOTICE, OVER, OVERLAP, PERIOD, PRICE, PRODUCT, RENEWS, SEATS, SINCE, TERM,
};
use super::{EndReason, SubscriptionId};
use crate::accounts::AccountId;

const PART: &str = "Money";
const FAILURES: &[&Code] = &[
    &PRODUCT, &SEATS, &PRICE, &DISCOUNT, &PERIOD, &TERM, &NOTICE, &RENEWS, &ENDS, &SINCE, &OVERLAP,
];

/// `GET /api/v1/subscriptions`
pub const LIST: Operation = Operation::new(
    PART,
    "List subscriptions",
    "All subscriptions of the workspace, those that have ended too, in the order in which they came; or those that renew in a time, the nearest first.",
)
.asks::<SubscriptionsQuery>()
.gives::<Listed<SubscriptionDocument>>();

/// `GET /api/v1/accounts/{id}/subscriptions`
pub const OF_ACCOUNT: Operation = Operation::new(
    PART,
    "List an account's subscriptions",
    "All of them, the newest first.",
)
.of::<AccountId>()
.gives::<Listed<SubscriptionDocument>>();

/// `POST /api/v1/accounts/{id}/subscriptions`
pub const CREATE: Operation = Operation::new(
    PART,
    "Subscribe an account to a product",
    "What it brings in a month and in a year follows from the price; it is never told.",
)
.of::<AccountId>()
.takes::<SubscriptionInput>()
.makes::<SubscriptionDocument>()
.fails(FAILURES);

/// `GET /api/v1/subscriptions/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a subscription",
    "Its ETag is what a change names with If-Match.",
)
.of::<SubscriptionId>()
.shows::<SubscriptionDocument>();

/// `PUT /api/v1/subscriptions/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a subscription",
    "Sets the price from a day on, and how it goes on after its term. Earlier prices stay.",
)
.of::<SubscriptionId>()
.takes::<SubscriptionChange>()
.shows::<SubscriptionDocument>()
.held_by(Precondition::Required)
.fails(FAILURES);

/// `PUT /api/v1/subscriptions/{id}/cancellation`
pub const END: Operation = Operation::new(PART, "End a subscription", "Ending it again moves the end.")
    .of::<SubscriptionId>()
    .takes::<Cancellation>()
    .shows::<SubscriptionDocument>()
    .held_by(Precondition::Optional)
    .fails(FAILURES);

/// `DELETE /api/v1/subscriptions/{id}/cancellation`
pub const RESUME: Operation = Operation::new(
    PART,
    "Let a subscription go on",
    "Takes its end back, unless another subscription has taken its place.",
)
.of::<SubscriptionId>()
.shows::<SubscriptionDocument>()
.held_by(Precondition::Optional)
.fails(FAILURES);

/// `POST /api/v1/subscriptions/{id}/renewal`
pub const RENEW: Operation = Operation::new(
    PART,
    "Renew a subscription",
    "Moves its renewal by a term: send an Idempotency-Key, so that a request sent twice renews once.",
)
.of::<SubscriptionId>()
.shows::<SubscriptionDocument>()
.fails(&[&OVER]);

/// `DELETE /api/v1/subscriptions/{id}/renewal`
pub const UNRENEW: Operation = Operation::new(PART, "Take the last renewal back", "The first term stays.")
    .of::<SubscriptionId>()
    .shows::<SubscriptionDocument>()
    .held_by(Precondition::Optional);

impl Sample for SubscriptionDocument {
    fn sample() -> Self {
        Self {
            id: "sub_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            product: "prd_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            currency: "EUR".parse().expect("a currency"),
            period_months: 12,
            starts: "2026-02-01".parse().expect("a day"),
            term_months: 12,
            notice_days: 30,
            is_automatic: true,
            renews: "2027-02-01".parse().expect("a day"),
            prices: vec![PriceDocument {
                since: "2026-02-01".parse().expect("a day"),
                seats: 25,
                price: 24_000,
                discount: 1_000,
            }],
            ends: None,
            end_reason: None,
            mrr: 45_000,
            arr: 540_000,
            version: 1,
        }
    }
}

impl Sample for SubscriptionInput {
    fn sample() -> Self {
        Self {
            product: "prd_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            currency: "EUR".parse().expect("a currency"),
            period_months: 12,
            starts: "2026-02-01".parse().expect("a day"),
            seats: 25,
            price: 24_000,
            discount: 1_000,
            term_months: 12,
            notice_days: 30,
            is_automatic: true,
            renews: None,
            ends: None,
        }
    }
}

impl Sample for SubscriptionChange {
    fn sample() -> Self {
        Self {
            since: "2026-08-01".parse().expect("a day"),
            seats: 30,
            price: 24_000,
            discount: 1_000,
            term_months: 12,
            notice_days: 30,
            is_automatic: true,
            renews: None,
        }
    }
}

impl Sample for Cancellation {
    fn sample() -> Self {
        Self {
            ends: "2027-02-01".parse().expect("a day"),
            reason: EndReason::Competitor,
        }
    }
}
