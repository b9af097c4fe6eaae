//! Invoices: what accounts were asked to pay, until when, and what they paid.
//!
//! An invoice is known by its *number*, which no other invoice of the workspace has. What was paid are rows. How it
//! stands follows from them and from the day: open, overdue, paid, or void, which is a row too; nobody types it in. A job
//! tells once of each due day that passes with something owed.

pub mod acts;
pub mod api;
pub mod demo;
pub mod documents;
mod failures;
pub mod following;
mod form;
pub mod importing;
pub mod jobs;
pub mod listing;
pub mod measures;
mod model;
pub mod operations;
mod pages;
mod paying;
pub mod search;
mod store;
mod views;
pub mod web;

use kit::day::Day;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};

pub use model::{Invoice, InvoiceError, InvoiceText, Payment, State, Void};
pub use paying::{fall_due, pay, take_back};

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::events::{self, Kind, NewEvent};
use crate::panels::{Panel, Place, Width};
use crate::permissions::Permission;
use crate::touchpoints::{Channel, Direction, Trace, kinds};
use crate::workspaces::{self, WorkspaceId};

/// What a merge of accounts does with them.
pub const MERGES: Part = Part::new("invoices", Way::Move)
    .said("merging-invoices", Permission::MoneyRead)
    .searched(<InvoiceId as kit::id::TypedId>::PREFIX);

kit::id! {
    /// An invoice.
    InvoiceId, "ivc"
}
kit::id! {
    /// A payment of an invoice.
    PaymentId, "pay"
}

/// An invoice came.
pub const ADDED: Kind = Kind::new("invoice.added", Permission::MoneyRead);
/// An invoice is another, or something was paid of it.
pub const CHANGED: Kind = Kind::new("invoice.changed", Permission::MoneyRead);
/// Nothing of an invoice is owed any more.
pub const PAID: Kind = Kind::new("invoice.paid", Permission::MoneyRead);
/// The last day of an invoice is over, and something is owed.
pub const OVERDUE: Kind = Kind::new("invoice.overdue", Permission::MoneyRead);
/// Nobody owes an invoice any more, nor ever has.
pub const VOIDED: Kind = Kind::new("invoice.voided", Permission::MoneyRead);
/// A void invoice holds again.
pub const RESTORED: Kind = Kind::new("invoice.restored", Permission::MoneyRead);

/// The name of the list, for pages that show it.
pub const LIST: &str = "invoices";

/// The panel of the account's page.
pub const PANEL: Panel = Panel {
    width: Width::Line,
    lines: 3,
    ..Panel::new(
        "invoices",
        Place::Account,
        Permission::MoneyRead,
        "/accounts/{id}/invoices",
    )
};

const fn trace(event: Kind, word: &'static str, text: &'static str, icon: &'static str) -> Trace {
    Trace {
        event: event.name,
        kind: kinds::Kind::new(word, text, icon, Channel::System),
        direction: Direction::Outbound,
        impression: None,
        evidence: Some("/invoices/"),
    }
}

/// What a new invoice leaves on the timeline.
pub const ISSUED_TRACE: Trace = trace(ADDED, "invoiced", "invoices-trace-added", "receipt");
/// What an invoice that was paid leaves on the timeline.
pub const PAID_TRACE: Trace = Trace {
    direction: Direction::Inbound,
    ..trace(PAID, "invoice_paid", "invoices-trace-paid", "circle-check")
};
/// What an overdue invoice leaves on the timeline.
pub const OVERDUE_TRACE: Trace = trace(
    OVERDUE,
    "invoice_overdue",
    "invoices-trace-overdue",
    "triangle-alert",
);
/// What a void invoice leaves on the timeline.
pub const VOIDED_TRACE: Trace = trace(VOIDED, "invoice_voided", "invoices-trace-voided", "ban");

/// A place in the list of invoices: the newest day of issue comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The day on which the last one seen was issued.
    pub day: Day,
    /// Its id.
    pub id: InvoiceId,
}

/// Which invoices are wanted; what is empty lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this account.
    pub account: Option<AccountId>,
    /// That stand like this today.
    pub state: Option<State>,
    /// Issued from this day on.
    pub from: Option<Day>,
    /// Issued until this day.
    pub until: Option<Day>,
    /// With this number.
    pub number: Option<String>,
}

/// Notes an invoice of an account.
///
/// # Errors
/// [`InvoiceError`] for what does not fit.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    text: &InvoiceText,
) -> Result<Invoice, InvoiceError> {
    actor.must(Permission::MoneyWrite)?;
    let account_name = accounts::name(tx, actor.workspace, account)?.ok_or(InvoiceError::UnknownAccount)?;
    let text = text.checked()?;
    let invoice = Invoice {
        id: tx.new_id(),
        account,
        account_name,
        number: text.number,
        issued: text.issued,
        due: text.due,
        currency: text.currency,
        total: text.total,
        payments: Vec::new(),
        void: None,
        version: 1,
        created_at: tx.now(),
        changed_at: tx.now(),
    };
    tx.attempt(|tx| store::insert(tx, actor.workspace, &invoice).map_err(InvoiceError::from))?;
    record(tx, actor, &ADDED, &invoice, invoice.issued)?;
    Ok(invoice)
}

/// Changes an invoice, made from `version`.
///
/// # Errors
/// As of [`add`]; [`InvoiceError::Stale`] with the invoice as it is when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: InvoiceId,
    version: i64,
    text: &InvoiceText,
) -> Result<Invoice, InvoiceError> {
    actor.must(Permission::MoneyWrite)?;
    let before = known(tx, actor, id)?;
    if before.version != version {
        return Err(InvoiceError::Stale(Box::new(before)));
    }
    let text = text.checked()?;
    if text.currency != before.currency && !before.payments.is_empty() {
        return Err(InvoiceError::CurrencyStays);
    }
    let mut invoice = Invoice {
        number: text.number,
        issued: text.issued,
        due: text.due,
        currency: text.currency,
        total: text.total,
        ..before.clone()
    };
    if invoice == before {
        return Ok(before);
    }
    let today = workspaces::today(tx, actor.workspace)?;
    keep(tx, actor, &CHANGED, &mut invoice, today)?;
    Ok(invoice)
}

/// Voids an invoice; a void one stays as it is.
///
/// # Errors
/// [`InvoiceError::Unknown`], [`InvoiceError::Forbidden`], or the database's.
pub fn void(tx: &mut Tx<'_>, actor: &Actor, id: InvoiceId) -> Result<Invoice, InvoiceError> {
    actor.must(Permission::MoneyWrite)?;
    let mut invoice = known(tx, actor, id)?;
    if invoice.void.is_none() {
        invoice.void = Some(Void {
            by: actor.signature(),
            at: tx.now(),
        });
        let today = workspaces::today(tx, actor.workspace)?;
        keep(tx, actor, &VOIDED, &mut invoice, today)?;
    }
    Ok(invoice)
}

/// Lets a void invoice hold again; one that is not void stays as it is.
///
/// # Errors
/// As of [`void`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: InvoiceId) -> Result<Invoice, InvoiceError> {
    actor.must(Permission::MoneyWrite)?;
    let mut invoice = known(tx, actor, id)?;
    if invoice.void.take().is_some() {
        let today = workspaces::today(tx, actor.workspace)?;
        keep(tx, actor, &RESTORED, &mut invoice, today)?;
    }
    Ok(invoice)
}

/// The invoice with this id in the actor's workspace.
///
/// # Errors
/// [`InvoiceError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: InvoiceId) -> Result<Option<Invoice>, InvoiceError> {
    actor.must(Permission::MoneyRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// Up to `limit` invoices that pass the filter, those issued last first, after `cursor`.
///
/// # Errors
/// [`InvoiceError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Invoice>, InvoiceError> {
    actor.must(Permission::MoneyRead)?;
    let today = workspaces::today(tx, actor.workspace)?;
    Ok(store::list(tx, actor.workspace, (filter, today), cursor, limit)?)
}

/// Forgets what an account was asked to pay: only for what the program itself made up.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    for id in store::ids_of_account(tx, workspace, account)? {
        store::delete(tx, workspace, id)?;
        events::forget(tx, workspace, id)?;
    }
    Ok(())
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: InvoiceId) -> Result<Invoice, InvoiceError> {
    store::find(tx, actor.workspace, id)?.ok_or(InvoiceError::Unknown)
}

/// Stores a changed invoice and says what happened on which day.
fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    invoice: &mut Invoice,
    day: Day,
) -> Result<(), InvoiceError> {
    invoice.version += 1;
    invoice.changed_at = tx.now();
    let now = invoice.clone();
    tx.attempt(|tx| store::update(tx, actor.workspace, &now).map_err(InvoiceError::from))?;
    Ok(record(tx, actor, kind, invoice, day)?)
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    invoice: &Invoice,
    day: Day,
) -> Result<(), DbError> {
    let payload = serde_json::json!({
        "account": invoice.account,
        "number": invoice.number,
        "day": day,
        "due": invoice.due,
        "currency": invoice.currency,
        "total": invoice.total,
        "owed": invoice.owed(),
        "version": invoice.version,
    });
    let event = NewEvent::of(kind, invoice.id)
        .topic(LIST)
        .topic(invoice.account)
        .payload(payload);
    events::record(tx, actor, event)?;
    Ok(())
}
