//! What is paid of invoices, and what happens when nobody pays.

use kit::day::Day;
use kit::db::Tx;

use super::{
    CHANGED, Invoice, InvoiceError, InvoiceId, OVERDUE, PAID, Payment, PaymentId, keep, known, record, store,
};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces::{self, WorkspaceId};

/// How many invoices one step tells of.
const BATCH: i64 = 100;

/// Notes that `amount` came in on `day`, in minor units of the invoice's currency.
///
/// # Errors
/// [`InvoiceError::BadAmount`], [`InvoiceError::IsVoid`], or as of [`super::add`].
pub fn pay(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: InvoiceId,
    day: Day,
    amount: i64,
) -> Result<Invoice, InvoiceError> {
    actor.must(Permission::MoneyWrite)?;
    let mut invoice = known(tx, actor, id)?;
    if invoice.void.is_some() {
        return Err(InvoiceError::IsVoid);
    }
    invoice.check_amount(amount)?;
    let owed = invoice.owed();
    invoice.payments.push(Payment {
        id: tx.new_id(),
        day,
        amount,
        by: actor.signature(),
        at: tx.now(),
    });
    invoice.payments.sort_by_key(|payment| (payment.day, payment.id));
    let kind = if owed > 0 && invoice.owed() == 0 {
        &PAID
    } else {
        &CHANGED
    };
    keep(tx, actor, kind, &mut invoice, day)?;
    Ok(invoice)
}

/// Takes a payment back that was noted by mistake.
///
/// # Errors
/// [`InvoiceError::Unknown`] for a payment of no or another workspace, or as of [`pay`].
pub fn take_back(tx: &mut Tx<'_>, actor: &Actor, id: PaymentId) -> Result<Invoice, InvoiceError> {
    actor.must(Permission::MoneyWrite)?;
    let invoice = store::invoice_of(tx, actor.workspace, id)?.ok_or(InvoiceError::Unknown)?;
    let mut invoice = known(tx, actor, invoice)?;
    invoice.payments.retain(|payment| payment.id != id);
    let today = workspaces::today(tx, actor.workspace)?;
    keep(tx, actor, &CHANGED, &mut invoice, today)?;
    Ok(invoice)
}

/// Tells of invoices whose last day is over and that are still owed, once of each due day. Gives how many there were; more
/// may wait.
///
/// # Errors
/// The database's.
pub fn fall_due(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<usize, InvoiceError> {
    let actor = Actor::system(workspace, "due days");
    let today = workspaces::today(tx, workspace)?;
    let late = store::untold(tx, workspace, today, BATCH)?;
    for invoice in &late {
        store::insert_warning(tx, workspace, invoice)?;
        record(tx, &actor, &OVERDUE, invoice, invoice.due.plus_days(1))?;
    }
    Ok(late.len())
}
