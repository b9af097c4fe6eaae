//! What a connection is, and what becomes of an event.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::web::Failure;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ConnectionId;
use super::signature::Disbelief;
use crate::accounts::AccountId;
use crate::actor::Forbidden;
use crate::products::ProductId;
use crate::workspaces::WorkspaceId;

kit::id! {
    /// An event as it was received.
    ReceiptId, "rcp"
}

/// An account of the workspace with a billing system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// What the workspace calls it.
    pub name: String,
    /// Whether customers that nobody knows become accounts.
    pub adds_accounts: bool,
    /// Grows by one with every change.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "BillingOutcome")]
pub enum Outcome {
    /// It has arrived and is kept; nobody has looked at it.
    Received,
    /// What it says is ours.
    Applied,
    /// It says nothing that concerns us.
    Ignored,
    /// Somebody must say first what it is about.
    NeedsMapping,
    /// It can't be taken over as it is.
    Failed,
}

impl Outcome {
    /// The word in rows and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Applied => "applied",
            Self::Ignored => "ignored",
            Self::NeedsMapping => "needs_mapping",
            Self::Failed => "failed",
        }
    }

    /// The outcome with this word.
    pub fn named(word: &str) -> Option<Self> {
        let all = [
            Self::Received,
            Self::Applied,
            Self::Ignored,
            Self::NeedsMapping,
            Self::Failed,
        ];
        all.into_iter().find(|outcome| outcome.as_str() == word)
    }

    /// The key of its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::Received => "billing-received",
            Self::Applied => "billing-applied",
            Self::Ignored => "billing-ignored",
            Self::NeedsMapping => "billing-needs-mapping",
            Self::Failed => "billing-failed",
        }
    }

    /// How a badge shows it: its tone and its icon.
    pub fn mark(self) -> (&'static str, &'static str) {
        match self {
            Self::Received => ("info", "hourglass"),
            Self::Applied => ("good", "check"),
            Self::Ignored => ("", "minus"),
            Self::NeedsMapping => ("warn", "link"),
            Self::Failed => ("bad", "circle-alert"),
        }
    }
}

/// Why an event was not taken over. In rows a word, with what it is about behind a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A kind of event that concerns us not.
    Kind,
    /// It is not there: a draft, or never paid for.
    NotThere,
    /// A credit note in the form of an invoice.
    BelowZero,
    /// Nobody has said which account this customer is.
    Customer(String),
    /// Nobody has said which product this price is of.
    Price(String),
    /// The price pays for a span that is no number of months.
    Interval(String),
    /// The price has no amount for one.
    NoAmount(String),
    /// No currency of ISO 4217.
    Currency,
    /// A field is missing.
    Field(String),
    /// The account has the product in that time already.
    Overlap,
    /// Another invoice has the number.
    NumberTaken,
    /// One of our rules refuses it: the key of its sentence.
    Rule(String),
}

impl Reason {
    /// One of our rules refuses it.
    pub fn refused(failure: &Failure) -> Self {
        Self::Rule(failure.code.text.to_owned())
    }

    /// The outcome of an event with this reason.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Kind | Self::NotThere | Self::BelowZero => Outcome::Ignored,
            Self::Customer(_) | Self::Price(_) => Outcome::NeedsMapping,
            _ => Outcome::Failed,
        }
    }

    /// The word and what it is about, for rows.
    pub fn written(&self) -> String {
        match self {
            Self::Kind => "kind".to_owned(),
            Self::NotThere => "not_there".to_owned(),
            Self::BelowZero => "below_zero".to_owned(),
            Self::Customer(id) => format!("customer:{id}"),
            Self::Price(id) => format!("price:{id}"),
            Self::Interval(id) => format!("interval:{id}"),
            Self::NoAmount(id) => format!("no_amount:{id}"),
            Self::Currency => "currency".to_owned(),
            Self::Field(name) => format!("field:{name}"),
            Self::Overlap => "overlap".to_owned(),
            Self::NumberTaken => "number_taken".to_owned(),
            Self::Rule(words) => format!("rule:{words}"),
        }
    }

    /// The key of the sentence for a written reason, and what it is about.
    pub fn said(written: &str) -> (&'static str, &str) {
        let (word, about) = written.split_once(':').unwrap_or((written, ""));
        let key = match word {
            "kind" => "billing-reason-kind",
            "not_there" => "billing-reason-not-there",
            "below_zero" => "billing-reason-below-zero",
            "customer" => "billing-reason-customer",
            "price" => "billing-reason-price",
            "interval" => "billing-reason-interval",
            "no_amount" => "billing-reason-no-amount",
            "currency" => "billing-reason-currency",
            "field" => "billing-reason-field",
            "overlap" => "billing-reason-overlap",
            "number_taken" => "billing-reason-number-taken",
            _ => "billing-reason-rule",
        };
        (key, about)
    }
}

/// An event as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its id here.
    pub id: ReceiptId,
    /// Its id there.
    pub event: String,
    /// Its type.
    pub kind: String,
    /// The id of what it is about.
    pub object: String,
    /// Whose that is; empty when that is not said.
    pub customer: String,
    /// When it happened, in seconds since 1970.
    pub happened: i64,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// Why; empty when there is nothing to say.
    pub reason: String,
}

/// Something of the other system that nobody has mapped yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmapped {
    /// Its id there.
    pub code: String,
    /// How many events wait for it.
    pub events: i64,
}

/// Which account a customer of the other system is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerLink {
    /// The customer's id there.
    pub customer: String,
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub account_name: String,
    /// What the other system last called it.
    pub said_name: String,
}

/// Which product a price or product of the other system is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductLink {
    /// Its id there: `price_…` or `prod_…`.
    pub code: String,
    /// Our product.
    pub product: ProductId,
    /// Its name.
    pub product_name: String,
}

/// Where events arrive: the workspace and the connection, as the address names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The connection.
    pub connection: ConnectionId,
}

impl Gate {
    /// The text in the address.
    pub fn written(self) -> String {
        format!("{}.{}", self.workspace, self.connection)
    }

    /// Reads what [`Gate::written`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        let (workspace, connection) = text.split_once('.')?;
        Some(Self {
            workspace: workspace.parse().ok()?,
            connection: connection.parse().ok()?,
        })
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BillingError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such connection here.
    #[error("there is no such connection")]
    Unknown,
    /// The name is empty or too long.
    #[error("a name has 1 to 100 characters")]
    BadName,
    /// The secret is none of Stripe's.
    #[error("a signing secret begins with whsec_")]
    BadSecret,
    /// There is no such account, or there are several.
    #[error("name one account, by its name or its id")]
    BadAccount,
    /// There is no such product.
    #[error("there is no such product")]
    BadProduct,
    /// Nothing is known by this id there.
    #[error("nothing waits for this")]
    BadCode,
    /// The request is not believed.
    #[error(transparent)]
    Disbelieved(#[from] Disbelief),
    /// The body is no event.
    #[error("the body is no event of Stripe's")]
    NoEvent,
    /// Someone changed it meanwhile.
    #[error("someone changed the connection meanwhile")]
    Stale(Box<Connection>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}
