//! Invoices as programs read and write them.

use kit::day::Day;
use kit::money::Currency;
use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Filter, Invoice, InvoiceId, InvoiceText, Payment, PaymentId, State};
use crate::accounts::AccountId;

/// Money that came in for an invoice.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Payment")]
pub struct PaymentDocument {
    /// Its id.
    pub(super) id: PaymentId,
    /// The day on which it came.
    pub(super) day: Day,
    /// How much, in minor units.
    pub(super) amount: i64,
}

/// What an account was asked to pay.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Invoice")]
pub struct InvoiceDocument {
    /// Its id.
    pub(super) id: InvoiceId,
    /// Whose it is.
    pub(super) account: AccountId,
    /// What the bookkeeping calls it.
    pub(super) number: String,
    /// The day on which it was issued.
    pub(super) issued: Day,
    /// The last day on which it can be paid in time.
    pub(super) due: Day,
    /// What its amounts are in.
    pub(super) currency: Currency,
    /// How much, in minor units.
    pub(super) total: i64,
    /// What of it is still owed, in minor units.
    pub(super) owed: i64,
    /// How it stands today. It follows from the rest.
    pub(super) state: State,
    /// What was paid, in the order of days.
    pub(super) payments: Vec<PaymentDocument>,
    /// Grows by one with every change.
    pub(super) version: i64,
}

/// Which invoices are wanted, where to go on, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvoicesQuery {
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
    /// Of this account only.
    pub(super) account: Option<AccountId>,
    /// That stand like this today.
    pub(super) state: Option<State>,
    /// With this number only.
    pub(super) number: Option<String>,
    /// Issued from this day on.
    pub(super) from: Option<Day>,
    /// Issued until this day.
    pub(super) until: Option<Day>,
}

/// An invoice.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvoiceInput {
    /// What the bookkeeping calls it; no other invoice of the workspace is called so.
    #[schemars(length(min = 1, max = 100))]
    pub(super) number: String,
    /// The day on which it was issued.
    pub(super) issued: Day,
    /// The last day on which it can be paid in time.
    pub(super) due: Day,
    /// What its amounts are in.
    pub(super) currency: Currency,
    /// How much, in minor units.
    #[schemars(range(min = 0))]
    pub(super) total: i64,
}

/// Money that came in.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentInput {
    /// The day on which it came.
    pub(super) day: Day,
    /// How much, in minor units of the invoice's currency.
    #[schemars(range(min = 1))]
    pub(super) amount: i64,
}

impl InvoiceDocument {
    pub(super) fn on(today: Day, invoice: Invoice) -> Self {
        let payment = |payment: &Payment| PaymentDocument {
            id: payment.id,
            day: payment.day,
            amount: payment.amount,
        };
        Self {
            owed: invoice.owed(),
            state: invoice.state_on(today),
            payments: invoice.payments.iter().map(payment).collect(),
            id: invoice.id,
            account: invoice.account,
            number: invoice.number,
            issued: invoice.issued,
            due: invoice.due,
            currency: invoice.currency,
            total: invoice.total,
            version: invoice.version,
        }
    }
}

impl InvoicesQuery {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            account: self.account,
            state: self.state,
            from: self.from,
            until: self.until,
            number: self.number.clone(),
        }
    }
}

impl InvoiceInput {
    pub(super) fn text(&self) -> InvoiceText {
        InvoiceText {
            number: self.number.clone(),
            issued: self.issued,
            due: self.due,
            currency: self.currency,
            total: self.total,
        }
    }
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

impl Sample for InvoiceDocument {
    fn sample() -> Self {
        Self {
            id: "ivc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            number: "2026/0417".to_owned(),
            issued: day("2026-02-01"),
            due: day("2026-02-15"),
            currency: "EUR".parse().expect("a currency"),
            total: 540_000,
            owed: 0,
            state: State::Paid,
            payments: vec![PaymentDocument {
                id: "pay_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
                day: day("2026-02-12"),
                amount: 540_000,
            }],
            version: 2,
        }
    }
}

impl Sample for InvoiceInput {
    fn sample() -> Self {
        Self {
            number: "2026/0417".to_owned(),
            issued: day("2026-02-01"),
            due: day("2026-02-15"),
            currency: "EUR".parse().expect("a currency"),
            total: 540_000,
        }
    }
}

impl Sample for PaymentInput {
    fn sample() -> Self {
        Self {
            day: day("2026-02-12"),
            amount: 540_000,
        }
    }
}
