//! Invoices as files bring them: which invoice a row means, what was paid of it, and the way back.
//!
//! An invoice is known by its number. Its account stays; days, total and currency can be said anew. What a row says was
//! paid is what was paid in all: what is not noted yet becomes one payment. Who says neither how much nor when, but that it
//! is paid, has paid all of it in time.

mod fields;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::money::Currency;
use serde::{Deserialize, Serialize};

use super::{
    CHANGED, Filter, Invoice, InvoiceError, InvoiceId, InvoiceText, Payment, PaymentId, Void, keep, store,
};
use crate::accounts::references;
use crate::actor::Actor;
use crate::imports::target::{self, Done, Refusal, Return, RowError, RowKey, Taken, Target, Values};
use crate::orders::checked_number;
use crate::permissions::Permission;
use crate::{currencies, events, touchpoints, workspaces};
use fields::{CURRENCY, DUE, ISSUED, NUMBER, PAID, PAID_ON, Said, TOTAL};

/// Invoices, for imports.
pub const TARGET: Target = Target {
    key: "invoices",
    title: "invoices-title",
    needs: Permission::MoneyWrite,
    fields: fields::ALL,
    own: None,
    path: "/invoices/",
    place: "/invoices",
    list: super::LIST,
    id: |id| InvoiceId::from_uuid(id).to_string(),
    row_key,
    alike,
    take,
    take_back,
    bulk: None,
};

/// The number as it is stored.
fn number(values: &Values) -> Result<String, Refusal> {
    let written = values.must(NUMBER)?;
    checked_number(written).ok_or_else(|| Refusal::of(target::TOO_LONG).field(NUMBER).about(100))
}

fn row_key(values: &Values) -> Result<RowKey, Refusal> {
    Ok(RowKey::Outside(number(values)?))
}

/// The one with this number.
fn alike(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<Vec<Uuid>, RowError> {
    let filter = Filter {
        number: Some(number(values)?),
        ..Filter::default()
    };
    let today = workspaces::today(tx, actor.workspace)?;
    let known = store::list(tx, actor.workspace, (&filter, today), None, 2)?;
    Ok(known.iter().map(|invoice| invoice.id.uuid()).collect())
}

fn take(tx: &mut Tx<'_>, actor: &Actor, values: &Values, known: Option<Uuid>) -> Result<Taken, RowError> {
    let known = match known {
        Some(id) => store::find(tx, actor.workspace, InvoiceId::from_uuid(id))?,
        None => None,
    };
    let Some(before) = known else {
        let account = references::must(tx, actor, values)?;
        let text = text(tx, actor, values, None)?;
        let added = super::add(tx, actor, account, &text).map_err(|error| refused(error, values))?;
        let added = settled(tx, actor, values, added)?;
        return Ok(Taken::Added(added.id.uuid(), added.version));
    };
    let account = references::meant(tx, actor, values)?;
    if account.is_some_and(|account| account != before.account) {
        return Err(Refusal::of(target::FIXED).field(references::NAME.key).into());
    }
    let text = text(tx, actor, values, Some(&before))?;
    let now = super::change(tx, actor, before.id, before.version, &text);
    let now = settled(tx, actor, values, now.map_err(|error| refused(error, values))?)?;
    if now.version == before.version {
        return Ok(Taken::Unchanged(before.id.uuid()));
    }
    Ok(Taken::Changed {
        subject: before.id.uuid(),
        before: serde_json::to_string(&Before::of(&before)).expect("days and numbers are always JSON"),
        version: now.version,
    })
}

/// What a row says of an invoice; what it leaves out stays as it is. One without a last day is due at once.
fn text(
    tx: &mut Tx<'_>,
    actor: &Actor,
    values: &Values,
    before: Option<&Invoice>,
) -> Result<InvoiceText, RowError> {
    let currency = match (values.get(CURRENCY), before) {
        (Some(written), _) => target::currency(written).map_err(|refusal| refusal.field(CURRENCY))?,
        (None, Some(before)) => before.currency,
        (None, None) => currencies::reporting(tx, actor.workspace)?,
    };
    values.must(TOTAL)?;
    values.must(ISSUED)?;
    let issued = day(values, ISSUED)?.ok_or_else(|| Refusal::of(target::MISSING).field(ISSUED))?;
    let known = before.map_or(issued, |before| before.due.max(issued));
    Ok(InvoiceText {
        number: number(values)?,
        issued,
        due: day(values, DUE)?.unwrap_or(known),
        currency,
        total: target::minor(values, TOTAL, currency)?.unwrap_or_default(),
    })
}

fn day(values: &Values, field: &str) -> Result<Option<Day>, Refusal> {
    let Some(written) = values.get(field) else {
        return Ok(None);
    };
    let refusal = |_| Refusal::of(target::BAD_DAY).field(field).about(written);
    written.parse().map(Some).map_err(refusal)
}

/// Notes what was paid and whether the invoice is void, as the row says.
fn settled(tx: &mut Tx<'_>, actor: &Actor, values: &Values, invoice: Invoice) -> Result<Invoice, RowError> {
    let said = fields::state(values)?;
    let refused = |error| refused(error, values);
    if said == Some(Said::Void) {
        return super::void(tx, actor, invoice.id).map_err(refused);
    }
    let mut invoice = match said {
        Some(_) => super::restore(tx, actor, invoice.id).map_err(refused)?,
        None => invoice,
    };
    let today = workspaces::today(tx, actor.workspace)?;
    let on = day(values, PAID_ON)?;
    if on.is_some_and(|on| on > today) {
        return Err(Refusal::of(target::IN_FUTURE).field(PAID_ON).into());
    }
    let paid = match target::minor(values, PAID, invoice.currency)? {
        Some(paid) => paid,
        None if said == Some(Said::Paid) || (on.is_some() && said.is_none()) => invoice.total,
        None => return Ok(invoice),
    };
    let more = paid - invoice.paid();
    if more < 0 {
        return Err(Refusal::of(target::FIXED).field(PAID).into());
    }
    if more > 0 {
        let on = on.unwrap_or(invoice.due.min(today));
        invoice = super::pay(tx, actor, invoice.id, on, more).map_err(refused)?;
    }
    Ok(invoice)
}

fn take_back(tx: &mut Tx<'_>, actor: &Actor, done: &Done) -> Result<Return, DbError> {
    let now = store::find(tx, actor.workspace, InvoiceId::from_uuid(done.subject))?;
    let now = now.map(|now| (now.version, now));
    done.take_back(tx, now, |tx, now, before: Option<Before>| {
        let back = match before {
            None => erase(tx, actor, &now),
            Some(before) => before.restore(tx, actor, now),
        };
        back.map_err(|error| refused(error, &Values::default()))
    })
}

/// Takes an invoice away that nobody has touched since a file brought it, with its traces on the timeline.
fn erase(tx: &mut Tx<'_>, actor: &Actor, now: &Invoice) -> Result<(), InvoiceError> {
    actor.must(Permission::MoneyWrite)?;
    store::delete(tx, actor.workspace, now.id)?;
    let evidence = format!("{}{}", TARGET.path, now.id);
    touchpoints::forget_traces(tx, actor.workspace, now.account, &evidence)?;
    Ok(events::forget(tx, actor.workspace, now.id)?)
}

/// How an invoice was before a row changed it.
#[derive(Serialize, Deserialize)]
struct Before {
    number: String,
    issued: Day,
    due: Day,
    currency: Currency,
    total: i64,
    /// Id, day, amount, by whom and when of each.
    payments: Vec<(PaymentId, Day, i64, String, i64)>,
    /// By whom and when.
    void: Option<(String, i64)>,
}

impl Before {
    fn of(invoice: &Invoice) -> Self {
        let payment = |one: &Payment| (one.id, one.day, one.amount, one.by.clone(), one.at.0);
        Self {
            number: invoice.number.clone(),
            issued: invoice.issued,
            due: invoice.due,
            currency: invoice.currency,
            total: invoice.total,
            payments: invoice.payments.iter().map(payment).collect(),
            void: invoice.void.as_ref().map(|void| (void.by.clone(), void.at.0)),
        }
    }

    fn restore(self, tx: &mut Tx<'_>, actor: &Actor, mut now: Invoice) -> Result<(), InvoiceError> {
        actor.must(Permission::MoneyWrite)?;
        let payment = |(id, day, amount, by, at)| Payment {
            id,
            day,
            amount,
            by,
            at: kit::clock::Timestamp(at),
        };
        (now.number, now.issued, now.due) = (self.number, self.issued, self.due);
        (now.currency, now.total) = (self.currency, self.total);
        now.payments = self.payments.into_iter().map(payment).collect();
        now.void = self.void.map(|(by, at)| Void {
            by,
            at: kit::clock::Timestamp(at),
        });
        let today = workspaces::today(tx, actor.workspace)?;
        keep(tx, actor, &CHANGED, &mut now, today)
    }
}

fn refused(error: InvoiceError, values: &Values) -> RowError {
    let refusal = match error {
        InvoiceError::Db(error) => return error.into(),
        InvoiceError::BadNumber => Refusal::of(target::TOO_LONG).field(NUMBER).about(100),
        InvoiceError::NumberTaken => Refusal::of(target::NUMBER_TAKEN)
            .field(NUMBER)
            .about(values.get(NUMBER).unwrap_or_default()),
        InvoiceError::BadTotal => Refusal::of(target::OUT_OF_RANGE).field(TOTAL).about("≥ 0"),
        InvoiceError::BadAmount => Refusal::of(target::OUT_OF_RANGE).field(PAID).about("≥ 0"),
        InvoiceError::DueTooEarly => Refusal::of(target::ENDS_EARLY).field(DUE),
        InvoiceError::CurrencyStays => Refusal::of(target::FIXED).field(CURRENCY),
        InvoiceError::IsVoid => Refusal::of(target::FIXED).field(PAID),
        _ => Refusal::of(target::OTHER),
    };
    refusal.into()
}
