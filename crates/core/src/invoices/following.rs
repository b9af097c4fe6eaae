//! Invoices that another system keeps: what it says of one becomes ours, whole, however often it is said.

use kit::day::Day;
use kit::db::Tx;

use super::importing::TARGET;
use super::{
    ADDED, CHANGED, Invoice, InvoiceError, InvoiceId, InvoiceText, PAID, Payment, VOIDED, Void, known,
    record, store,
};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::touchpoints::carrying::carry;
use crate::workspaces;

/// What another system says an invoice is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Whose.
    pub account: AccountId,
    /// Number, days and total.
    pub text: InvoiceText,
    /// What came in, in the order of days.
    pub payments: Vec<(Day, i64)>,
    /// Whether it is void.
    pub is_void: bool,
}

/// Makes the invoice `id`, or a new one, what is said of it. What is the same already stays untouched.
///
/// # Errors
/// [`InvoiceError`] for what does not fit.
pub fn follow(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Option<InvoiceId>,
    said: &Said,
) -> Result<Invoice, InvoiceError> {
    actor.must(Permission::MoneyWrite)?;
    let before = id.map(|id| known(tx, actor, id)).transpose()?;
    let now = described(tx, actor, before.as_ref(), said)?;
    let today = workspaces::today(tx, actor.workspace)?;
    let last = now.payments.last().map_or(today, |payment| payment.day);
    match before {
        None => {
            tx.attempt(|tx| store::insert(tx, actor.workspace, &now).map_err(InvoiceError::from))?;
            record(tx, actor, &ADDED, &now, now.issued)?;
            if now.total > 0 && now.void.is_none() && now.owed() == 0 {
                record(tx, actor, &PAID, &now, last)?;
            }
        }
        Some(before) if is_same(&before, &now) => return Ok(before),
        Some(before) => {
            tx.attempt(|tx| store::update(tx, actor.workspace, &now).map_err(InvoiceError::from))?;
            if before.account != now.account {
                // Where it was, nothing is owed any more.
                let there = Invoice {
                    account: before.account,
                    ..now.clone()
                };
                record(tx, actor, &CHANGED, &there, today)?;
                let path = format!("{}{}", TARGET.path, now.id);
                carry(tx, actor.workspace, (before.account, now.account), &path)?;
            }
            let is_paid = before.owed() > 0 && now.void.is_none() && now.owed() == 0;
            let (kind, day) = match (&before.void, &now.void) {
                (None, Some(_)) => (&VOIDED, today),
                _ if is_paid => (&PAID, last),
                _ => (&CHANGED, today),
            };
            record(tx, actor, kind, &now, day)?;
        }
    }
    Ok(now)
}

fn described(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<&Invoice>,
    said: &Said,
) -> Result<Invoice, InvoiceError> {
    let account_name =
        accounts::name(tx, actor.workspace, said.account)?.ok_or(InvoiceError::UnknownAccount)?;
    let text = said.text.checked()?;
    let known = |place: usize, day: Day, amount: i64| {
        let payment = before?.payments.get(place)?;
        ((payment.day, payment.amount) == (day, amount)).then(|| payment.clone())
    };
    let mut payments = Vec::with_capacity(said.payments.len());
    for (place, (day, amount)) in said.payments.iter().copied().enumerate() {
        payments.push(known(place, day, amount).unwrap_or_else(|| Payment {
            id: tx.new_id(),
            day,
            amount,
            by: actor.signature(),
            at: tx.now(),
        }));
    }
    let void = said
        .is_void
        .then(|| match before.and_then(|one| one.void.clone()) {
            Some(void) => void,
            None => Void {
                by: actor.signature(),
                at: tx.now(),
            },
        });
    Ok(Invoice {
        id: before.map_or_else(|| tx.new_id(), |one| one.id),
        account: said.account,
        account_name,
        number: text.number,
        issued: text.issued,
        due: text.due,
        currency: text.currency,
        total: text.total,
        payments,
        void,
        version: before.map_or(1, |one| one.version + 1),
        created_at: before.map_or(tx.now(), |one| one.created_at),
        changed_at: tx.now(),
    })
}

/// Whether nothing but version and time differs.
fn is_same(before: &Invoice, now: &Invoice) -> bool {
    let like = Invoice {
        version: before.version,
        changed_at: before.changed_at,
        account_name: before.account_name.clone(),
        ..now.clone()
    };
    like == *before
}
