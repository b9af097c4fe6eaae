//! Connections with billing systems as programs see them.

use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mapping::Mapping;
use super::{BillingError, Connection, ConnectionId, Outcome, Receipt, ReceiptId, Unmapped};
use crate::accounts::AccountId;
use crate::products::ProductId;

/// A connection with a billing system. Its secrets are never shown.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BillingConnection")]
pub struct ConnectionDocument {
    /// Its id.
    pub(super) id: ConnectionId,
    /// What people call it.
    pub(super) name: String,
    /// Whether a customer whom nobody knows becomes an account.
    pub(super) adds_accounts: bool,
    /// The address, below that of the program, to which events are sent.
    pub(super) hook: String,
    /// Grows by one with every change.
    pub(super) version: i64,
    /// When it came: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
}

/// What a program says about a new connection.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConnectionInput {
    /// What people call it.
    #[schemars(length(min = 1, max = 100))]
    pub(super) name: String,
    /// The signing secret of the billing system: `whsec_…`.
    #[schemars(length(min = 12, max = 200))]
    pub(super) secret: String,
}

/// What a program says about a connection.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionInput {
    /// What people call it.
    #[schemars(length(min = 1, max = 100))]
    pub(super) name: String,
    /// Whether a customer whom nobody knows becomes an account.
    pub(super) adds_accounts: bool,
}

/// Another signing secret.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BillingSecretInput {
    /// The signing secret of the billing system: `whsec_…`.
    #[schemars(length(min = 12, max = 200))]
    pub(super) secret: String,
}

/// Which account a customer is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerInput {
    /// The customer in the billing system: `cus_…`.
    #[schemars(length(min = 1, max = 200), regex(pattern = "^[A-Za-z0-9_-]+$"))]
    pub(super) code: String,
    /// The account.
    pub(super) account: AccountId,
}

/// Which of our products a price or product is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceInput {
    /// The price or product in the billing system: `price_…`, `prod_…`, `plan_…`.
    #[schemars(
        length(min = 1, max = 200),
        regex(pattern = "^(price|prod|plan)_[A-Za-z0-9_-]+$")
    )]
    pub(super) code: String,
    /// The product.
    pub(super) product: ProductId,
}

/// What shall be taken over again.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "BillingReplayInput")]
pub struct ReplayInput {
    /// One object: `sub_…`, `in_…`; null for all that wait or failed.
    #[schemars(length(min = 1, max = 200), regex(pattern = "^[A-Za-z0-9_-]+$"))]
    pub(super) object: Option<String>,
}

/// Everything that a connection maps, and the queue of what waits for it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BillingMapping")]
pub struct MappingDocument {
    /// The customers that have an account.
    pub(super) customers: Vec<MappedCustomer>,
    /// The prices and products that have one of ours.
    pub(super) prices: Vec<MappedPrice>,
    /// Customers for whom something waits.
    pub(super) unknown_customers: Vec<Waiting>,
    /// Prices for which something waits.
    pub(super) unknown_prices: Vec<Waiting>,
}

/// A customer with its account.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MappedCustomer {
    /// The customer in the billing system.
    code: String,
    /// The account.
    account: AccountId,
    /// What the account is called.
    account_name: String,
}

/// A price with its product.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MappedPrice {
    /// The price or product in the billing system.
    code: String,
    /// The product.
    product: ProductId,
    /// What the product is called.
    product_name: String,
}

/// Something that nobody has mapped.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BillingUnmapped")]
pub struct Waiting {
    /// What the billing system calls it.
    code: String,
    /// How many events wait for it.
    events: i64,
}

/// An event that arrived.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BillingEvent")]
pub struct ReceiptDocument {
    /// Its id here.
    pub(super) id: ReceiptId,
    /// Its id in the billing system.
    event: String,
    /// Its kind: `customer.subscription.updated`.
    kind: String,
    /// The object it is about.
    object: String,
    /// The customer it is about.
    customer: String,
    /// When it happened: seconds since 1970-01-01 UTC.
    happened: i64,
    /// When it arrived: microseconds since 1970-01-01 UTC.
    received_at: i64,
    /// What became of it.
    outcome: Outcome,
    /// Why, in a word: `customer:cus_123`. Empty when it was taken over.
    reason: String,
}

/// Which events of a connection are wanted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BillingEventsQuery")]
pub struct EventsQuery {
    /// Those alone of which this became.
    pub(super) outcome: Option<Outcome>,
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// A code as billing systems write them.
pub(super) fn checked(code: &str) -> Result<(), BillingError> {
    let is_sound = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let fits = (1..=200).contains(&code.len()) && code.bytes().all(is_sound);
    fits.then_some(()).ok_or(BillingError::BadCode)
}

impl ConnectionDocument {
    /// A connection with its address.
    pub(super) fn of(connection: Connection, hook: String) -> Self {
        Self {
            id: connection.id,
            name: connection.name,
            adds_accounts: connection.adds_accounts,
            hook,
            version: connection.version,
            created_at: connection.created_at.0,
        }
    }
}

impl From<Mapping> for MappingDocument {
    fn from(mapping: Mapping) -> Self {
        let waiting = |all: Vec<Unmapped>| {
            let one = |one: Unmapped| Waiting {
                code: one.code,
                events: one.events,
            };
            all.into_iter().map(one).collect()
        };
        let customers = mapping.customers.into_iter().map(|link| MappedCustomer {
            code: link.customer,
            account: link.account,
            account_name: link.account_name,
        });
        let prices = mapping.products.into_iter().map(|link| MappedPrice {
            code: link.code,
            product: link.product,
            product_name: link.product_name,
        });
        Self {
            customers: customers.collect(),
            prices: prices.collect(),
            unknown_customers: waiting(mapping.unknown_customers),
            unknown_prices: waiting(mapping.unknown_prices),
        }
    }
}

impl From<Receipt> for ReceiptDocument {
    fn from(receipt: Receipt) -> Self {
        Self {
            id: receipt.id,
            event: receipt.event,
            kind: receipt.kind,
            object: receipt.object,
            customer: receipt.customer,
            happened: receipt.happened,
            received_at: receipt.received_at.0,
            outcome: receipt.outcome,
            reason: receipt.reason,
        }
    }
}

impl Sample for NewConnectionInput {
    fn sample() -> Self {
        Self {
            name: "Stripe".to_owned(),
            secret: "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH".to_owned(),
        }
    }
}

impl Sample for ConnectionInput {
    fn sample() -> Self {
        Self {
            name: "Stripe, Europe".to_owned(),
            adds_accounts: false,
        }
    }
}

impl Sample for BillingSecretInput {
    fn sample() -> Self {
        Self {
            secret: NewConnectionInput::sample().secret,
        }
    }
}

impl Sample for CustomerInput {
    fn sample() -> Self {
        Self {
            code: "cus_NffrFeUfNV2Hib".to_owned(),
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        }
    }
}

impl Sample for PriceInput {
    fn sample() -> Self {
        Self {
            code: "price_1MoBy5LkdIwHu7ixZhnattbh".to_owned(),
            product: "prd_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        }
    }
}

impl Sample for ReplayInput {
    fn sample() -> Self {
        Self {
            object: Some("sub_1MowQVLkdIwHu7ixeRlqHVzs".to_owned()),
        }
    }
}

impl Sample for ConnectionDocument {
    fn sample() -> Self {
        Self {
            id: "bcn_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Stripe".to_owned(),
            adds_accounts: true,
            hook: "/hooks/stripe/…".to_owned(),
            version: 1,
            created_at: 1_772_442_000_000_000,
        }
    }
}

impl Sample for MappingDocument {
    fn sample() -> Self {
        Self {
            customers: vec![MappedCustomer {
                code: CustomerInput::sample().code,
                account: CustomerInput::sample().account,
                account_name: "Northwind Traders".to_owned(),
            }],
            prices: Vec::new(),
            unknown_customers: Vec::new(),
            unknown_prices: vec![Waiting {
                code: PriceInput::sample().code,
                events: 3,
            }],
        }
    }
}

impl Sample for ReceiptDocument {
    fn sample() -> Self {
        Self {
            id: "rcp_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            event: "evt_1MqqbKLt4dXK03v5qaIbiNCC".to_owned(),
            kind: "customer.subscription.updated".to_owned(),
            object: "sub_1MowQVLkdIwHu7ixeRlqHVzs".to_owned(),
            customer: CustomerInput::sample().code,
            happened: 1_772_442_000,
            received_at: 1_772_442_001_000_000,
            outcome: Outcome::NeedsMapping,
            reason: "price:price_1MoBy5LkdIwHu7ixZhnattbh".to_owned(),
        }
    }
}
