//! What an order is.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::DbError;
use kit::money::{Currency, Money};

use super::OrderId;
use crate::accounts::AccountId;
use crate::actor::Forbidden;
use crate::products::ProductId;

/// The largest total, in minor units: what sums of many can still hold.
const MOST: i64 = 1_000_000_000_000_000;
/// How many lines an order has at most.
const MOST_LINES: usize = 200;

/// What an account bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Whose it is.
    pub account: AccountId,
    /// The account's name, for lists.
    pub account_name: String,
    /// What the shop calls it; no other order of the workspace is called so.
    pub number: String,
    /// The day on which it was placed.
    pub day: Day,
    /// What its amounts are in.
    pub currency: Currency,
    /// The sum of its lines, in minor units.
    pub total: i64,
    /// What was bought, one line at least.
    pub lines: Vec<Line>,
    /// Who cancelled it and when, while it is cancelled: it then counts for nothing.
    pub cancellation: Option<Cancellation>,
    /// Grows by one with every change.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Of what, where that is one of our products.
    pub product: Option<ProductId>,
    /// The product's name.
    pub product_name: Option<String>,
    /// What it says beside the product; may be empty.
    pub text: String,
    /// How many.
    pub quantity: i64,
    /// Minor units for one; below zero when it takes something off.
    pub price: i64,
}

/// Who cancelled an order, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancellation {
    /// The signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// An order as people or shops write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderText {
    /// Its number.
    pub number: String,
    /// The day on which it was placed.
    pub day: Day,
    /// What its amounts are in.
    pub currency: Currency,
    /// Its lines; an order of which only the total is known has one.
    pub lines: Vec<Line>,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such order here.
    #[error("there is no such order")]
    Unknown,
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// There is no such product here.
    #[error("there is no such product")]
    UnknownProduct,
    /// The number is empty or too long.
    #[error("a number has 1 to 100 characters")]
    BadNumber,
    /// Another order has this number.
    #[error("another order has this number")]
    NumberTaken,
    /// The lines are none, too many, or not to be counted.
    #[error(
        "an order has 1 to 200 lines, quantities from 1, and a total of zero or more that can be counted"
    )]
    BadLines,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the order meanwhile")]
    Stale(Box<Order>),
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for OrderError {
    fn from(error: DbError) -> Self {
        match &error {
            DbError::Unique { table, columns }
                if table == "orders" && columns.iter().any(|c| c == "number") =>
            {
                Self::NumberTaken
            }
            _ => Self::Db(error),
        }
    }
}

impl Line {
    /// One line of which only the amount is known.
    pub fn whole(product: Option<ProductId>, price: i64) -> Self {
        Self {
            product,
            product_name: None,
            text: String::new(),
            quantity: 1,
            price,
        }
    }

    /// What it comes to; `None` beyond what we count.
    pub fn total(&self) -> Option<i64> {
        self.price.checked_mul(self.quantity)
    }
}

impl Order {
    /// Its total with its currency.
    pub fn money(&self) -> Money {
        Money {
            minor: self.total,
            currency: self.currency,
        }
    }

    /// What was bought, in a few words: products by name, else what the lines say.
    pub fn bought(&self) -> String {
        let words = |line: &Line| line.product_name.clone().unwrap_or_else(|| line.text.clone());
        let words: Vec<String> = self
            .lines
            .iter()
            .map(words)
            .filter(|words| !words.is_empty())
            .collect();
        words.join(", ")
    }

    /// Whether only its total is known.
    pub fn is_whole(&self) -> bool {
        matches!(&self.lines[..], [line] if line.quantity == 1 && line.text.is_empty())
    }
}

impl OrderText {
    /// The text as it is stored, and its total.
    pub(super) fn checked(&self) -> Result<(Self, i64), OrderError> {
        let number = checked_number(&self.number).ok_or(OrderError::BadNumber)?;
        let is_sound = |line: &Line| line.quantity > 0 && line.text.chars().count() <= 500;
        if self.lines.is_empty() || self.lines.len() > MOST_LINES || !self.lines.iter().all(is_sound) {
            return Err(OrderError::BadLines);
        }
        let sum = |sum: i64, line: &Line| sum.checked_add(line.total()?);
        let total = self.lines.iter().try_fold(0, sum);
        let total = total
            .filter(|total| (0..=MOST).contains(total))
            .ok_or(OrderError::BadLines)?;
        let tidy = |line: &Line| Line {
            text: tidy(&line.text),
            ..line.clone()
        };
        let lines = self.lines.iter().map(tidy).collect();
        let text = Self {
            number,
            lines,
            ..self.clone()
        };
        Ok((text, total))
    }
}

/// A number of an order or an invoice as it is stored; `None` for what can't be one.
pub(crate) fn checked_number(number: &str) -> Option<String> {
    let number = tidy(number);
    (1..=100).contains(&number.chars().count()).then_some(number)
}

fn tidy(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lines: &[(i64, i64)]) -> OrderText {
        let line = |(quantity, price): &(i64, i64)| Line {
            quantity: *quantity,
            ..Line::whole(None, *price)
        };
        OrderText {
            number: " A-1\n ".into(),
            day: "2026-11-22".parse().unwrap(),
            currency: "EUR".parse().unwrap(),
            lines: lines.iter().map(line).collect(),
        }
    }

    #[test]
    fn the_total_is_the_sum_of_the_lines_to_the_minor_unit() {
        let (text, total) = text(&[(3, 333), (1, -99), (7, 1)]).checked().unwrap();
        assert_eq!((text.number.as_str(), total), ("A-1", 907));
    }

    #[test]
    fn what_cannot_be_counted_is_refused() {
        for lines in [
            &[][..],
            &[(0, 1)],
            &[(1, -1)],
            &[(2, i64::MAX)],
            &[(1, i64::MAX), (1, 1)],
            &[(1, MOST + 1)],
        ] {
            assert_eq!(text(lines).checked(), Err(OrderError::BadLines), "{lines:?}");
        }
        let long = OrderText {
            number: "x".repeat(101),
            ..text(&[(1, 1)])
        };
        assert_eq!(long.checked(), Err(OrderError::BadNumber));
    }
}
