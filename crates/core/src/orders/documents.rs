//! Orders as programs read and write them.

use kit::day::Day;
use kit::money::Currency;
use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Filter, Line, Order, OrderError, OrderId, OrderText};
use crate::accounts::AccountId;
use crate::products::ProductId;

/// One line of an order.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OrderLine")]
pub struct LineDocument {
    /// Of what, where that is one of our products.
    pub(super) product: Option<ProductId>,
    /// What it says beside the product.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub(super) text: String,
    /// How many.
    #[schemars(range(min = 1))]
    pub(super) quantity: i64,
    /// Minor units for one; below zero when it takes something off.
    pub(super) price: i64,
}

/// What an account bought.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Order")]
pub struct OrderDocument {
    /// Its id.
    pub(super) id: OrderId,
    /// Whose it is.
    pub(super) account: AccountId,
    /// What the shop calls it.
    pub(super) number: String,
    /// The day on which it was placed.
    pub(super) day: Day,
    /// What its amounts are in.
    pub(super) currency: Currency,
    /// The sum of its lines, in minor units.
    pub(super) total: i64,
    /// Its lines; one where only the total is known.
    pub(super) lines: Vec<LineDocument>,
    /// Whether it was cancelled: it then counts for nothing.
    pub(super) is_cancelled: bool,
    /// Grows by one with every change.
    pub(super) version: i64,
}

/// Which orders are wanted, where to go on, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrdersQuery {
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
    /// Of this account only.
    pub(super) account: Option<AccountId>,
    /// With a line of this product only.
    pub(super) product: Option<ProductId>,
    /// With this number only.
    pub(super) number: Option<String>,
    /// From this day on.
    pub(super) from: Option<Day>,
    /// Until this day.
    pub(super) until: Option<Day>,
    /// Cancelled ones only, or only the others.
    pub(super) is_cancelled: Option<bool>,
}

/// An order: its lines, or its total alone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderInput {
    /// What the shop calls it; no other order of the workspace is called so.
    #[schemars(length(min = 1, max = 100))]
    pub(super) number: String,
    /// The day on which it was placed.
    pub(super) day: Day,
    /// What its amounts are in.
    pub(super) currency: Currency,
    /// Its lines. Leave it out where only the total is known.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(super) lines: Vec<LineDocument>,
    /// Its total in minor units, where there are no lines; else their sum, or nothing.
    #[schemars(range(min = 0))]
    pub(super) total: Option<i64>,
    /// What was bought, where there are no lines.
    pub(super) product: Option<ProductId>,
}

impl From<Order> for OrderDocument {
    fn from(order: Order) -> Self {
        let line = |line: Line| LineDocument {
            product: line.product,
            text: line.text,
            quantity: line.quantity,
            price: line.price,
        };
        Self {
            id: order.id,
            account: order.account,
            number: order.number,
            day: order.day,
            currency: order.currency,
            total: order.total,
            lines: order.lines.into_iter().map(line).collect(),
            is_cancelled: order.cancellation.is_some(),
            version: order.version,
        }
    }
}

impl OrdersQuery {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            account: self.account,
            product: self.product,
            is_cancelled: self.is_cancelled,
            from: self.from,
            until: self.until,
            number: self.number.clone(),
        }
    }
}

impl OrderInput {
    /// # Errors
    /// [`OrderError::BadLines`] when the total is not the sum of the lines, or when there is neither.
    pub(super) fn text(&self) -> Result<OrderText, OrderError> {
        let line = |line: &LineDocument| Line {
            product: line.product,
            product_name: None,
            text: line.text.clone(),
            quantity: line.quantity,
            price: line.price,
        };
        let lines: Vec<Line> = match self.total {
            Some(total) if self.lines.is_empty() => vec![Line::whole(self.product, total)],
            _ => self.lines.iter().map(line).collect(),
        };
        let sum = lines
            .iter()
            .try_fold(0_i64, |sum, line| sum.checked_add(line.total()?));
        if self.total.is_some() && self.total != sum {
            return Err(OrderError::BadLines);
        }
        Ok(OrderText {
            number: self.number.clone(),
            day: self.day,
            currency: self.currency,
            lines,
        })
    }
}

impl Sample for OrderDocument {
    fn sample() -> Self {
        Self {
            id: "ord_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            number: "SO-10482".to_owned(),
            day: "2026-02-01".parse().expect("a day"),
            currency: "EUR".parse().expect("a currency"),
            total: 47_800,
            lines: vec![line()],
            is_cancelled: false,
            version: 1,
        }
    }
}

impl Sample for OrderInput {
    fn sample() -> Self {
        Self {
            number: "SO-10482".to_owned(),
            day: "2026-02-01".parse().expect("a day"),
            currency: "EUR".parse().expect("a currency"),
            lines: vec![line()],
            total: Some(47_800),
            product: None,
        }
    }
}

fn line() -> LineDocument {
    LineDocument {
        product: None,
        text: "Filter cartridges".to_owned(),
        quantity: 2,
        price: 23_900,
    }
}
