//! What an invoice is, and how it stands on a day.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::DbError;
use kit::money::{Currency, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{InvoiceId, PaymentId};
use crate::accounts::AccountId;
use crate::actor::Forbidden;
use crate::orders::checked_number;

/// The largest total, in minor units: what sums of many can still hold.
const MOST: i64 = 1_000_000_000_000_000;

/// What an account was asked to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoice {
    /// Its id.
    pub id: InvoiceId,
    /// Whose it is.
    pub account: AccountId,
    /// The account's name, for lists.
    pub account_name: String,
    /// What the bookkeeping calls it; no other invoice of the workspace is called so.
    pub number: String,
    /// The day on which it was issued.
    pub issued: Day,
    /// The last day on which it can be paid in time.
    pub due: Day,
    /// What its amounts are in.
    pub currency: Currency,
    /// How much, in minor units.
    pub total: i64,
    /// What was paid, in the order of days.
    pub payments: Vec<Payment>,
    /// Who voided it and when, while it is void: nobody owes it.
    pub void: Option<Void>,
    /// Grows by one with every change.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// Money that came in for an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// The day on which it came.
    pub day: Day,
    /// How much, in minor units of the invoice's currency.
    pub amount: i64,
    /// The signature of who noted it.
    pub by: String,
    /// When they did.
    pub at: Timestamp,
}

/// Who voided an invoice, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Void {
    /// The signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// An invoice as people or programs write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceText {
    /// Its number.
    pub number: String,
    /// The day on which it was issued.
    pub issued: Day,
    /// The last day on which it can be paid in time.
    pub due: Day,
    /// What its amounts are in.
    pub currency: Currency,
    /// How much, in minor units.
    pub total: i64,
}

/// How an invoice stands on a day. It follows from what was paid and is never typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "InvoiceState")]
pub enum State {
    /// Something is owed, and there is time.
    Open,
    /// Something is owed, and the time is over.
    Overdue,
    /// Nothing is owed any more.
    Paid,
    /// It never was owed.
    Void,
}

impl State {
    /// Every state, in the order of forms.
    pub const ALL: [Self; 4] = [Self::Open, Self::Overdue, Self::Paid, Self::Void];

    /// The word in addresses and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Paid => "paid",
            Self::Void => "void",
        }
    }

    /// The state with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// The key of its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::Open => "invoices-is-open",
            Self::Overdue => "invoices-is-overdue",
            Self::Paid => "invoices-is-paid",
            Self::Void => "invoices-is-void",
        }
    }

    /// How a badge shows it: its tone and its icon.
    pub fn mark(self) -> (&'static str, &'static str) {
        match self {
            Self::Open => ("info", "circle-dot"),
            Self::Overdue => ("bad", "triangle-alert"),
            Self::Paid => ("good", "circle-check"),
            Self::Void => ("", "ban"),
        }
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such invoice or payment here.
    #[error("there is no such invoice")]
    Unknown,
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// The number is empty or too long.
    #[error("a number has 1 to 100 characters")]
    BadNumber,
    /// Another invoice has this number.
    #[error("another invoice has this number")]
    NumberTaken,
    /// The total is below zero or beyond what we count.
    #[error("a total is zero or more, and can be counted")]
    BadTotal,
    /// It would be due before it is issued.
    #[error("an invoice is due on the day of its issue or later")]
    DueTooEarly,
    /// A payment is of nothing, or beyond what we count.
    #[error("a payment is above zero, and can be counted")]
    BadAmount,
    /// The currency can't change once something was paid.
    #[error("something was paid already: the currency stays")]
    CurrencyStays,
    /// It is void: nothing can be paid.
    #[error("the invoice is void")]
    IsVoid,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the invoice meanwhile")]
    Stale(Box<Invoice>),
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for InvoiceError {
    fn from(error: DbError) -> Self {
        match &error {
            DbError::Unique { table, columns }
                if table == "invoices" && columns.iter().any(|c| c == "number") =>
            {
                Self::NumberTaken
            }
            _ => Self::Db(error),
        }
    }
}

impl Invoice {
    /// How much was paid, in minor units.
    pub fn paid(&self) -> i64 {
        self.payments.iter().map(|payment| payment.amount).sum()
    }

    /// How much is still owed, in minor units: nothing of a void one.
    pub fn owed(&self) -> i64 {
        let rest = self.total - self.paid();
        if self.void.is_some() { 0 } else { rest.max(0) }
    }

    /// An amount in its currency.
    pub fn money(&self, minor: i64) -> Money {
        Money {
            minor,
            currency: self.currency,
        }
    }

    /// How it stands on `day`.
    pub fn state_on(&self, day: Day) -> State {
        if self.void.is_some() {
            State::Void
        } else if self.owed() == 0 {
            State::Paid
        } else if self.due < day {
            State::Overdue
        } else {
            State::Open
        }
    }

    pub(super) fn check_amount(&self, amount: i64) -> Result<(), InvoiceError> {
        let is_sound = (1..=MOST).contains(&amount) && self.paid() <= MOST - amount;
        is_sound.then_some(()).ok_or(InvoiceError::BadAmount)
    }
}

impl InvoiceText {
    /// The text as it is stored.
    pub(super) fn checked(&self) -> Result<Self, InvoiceError> {
        let number = checked_number(&self.number).ok_or(InvoiceError::BadNumber)?;
        if !(0..=MOST).contains(&self.total) {
            return Err(InvoiceError::BadTotal);
        }
        if self.due < self.issued {
            return Err(InvoiceError::DueTooEarly);
        }
        Ok(Self {
            number,
            ..self.clone()
        })
    }
}
