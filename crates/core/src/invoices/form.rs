//! Invoices as forms have them: amounts and days in the writing of the reader.

use kit::i18n::Text;
use kit::money::Currency;
use kit::web::Filled;

use super::failures::fault;
use super::{Invoice, InvoiceError, InvoiceText};

/// How many days there are to pay until somebody says so.
const USUAL_DAYS: i64 = 14;

/// The empty form: issued today, two weeks to pay.
pub(super) fn empty(t: &Text, currency: Currency) -> Filled {
    let mut form = Filled::default();
    if let Some(today) = t.today().map(kit::day::Day::from) {
        form.set("issued", t.day_written(today));
        form.set("due", t.day_written(today.plus_days(USUAL_DAYS)));
    }
    form.set("total_currency", currency.code());
    form
}

/// The form with an invoice in it.
pub(super) fn filled(t: &Text, invoice: &Invoice) -> Filled {
    let mut form = Filled::default();
    form.set("number", &*invoice.number);
    form.set("issued", t.day_written(invoice.issued));
    form.set("due", t.day_written(invoice.due));
    form.set("total", t.money_written(invoice.total, invoice.currency.code()));
    form.set("total_currency", invoice.currency.code());
    form
}

/// The form that notes a payment: today, all that is owed.
pub(super) fn payment(t: &Text, invoice: &Invoice) -> Filled {
    let mut form = Filled::default();
    if let Some(today) = t.today() {
        form.set("day", t.day_written(today));
    }
    form.set("amount", t.money_written(invoice.owed(), invoice.currency.code()));
    form
}

/// The invoice in a form; `None` after refusing the fields that can't be read.
pub(super) fn text(form: &mut Filled, t: &Text) -> Option<InvoiceText> {
    let currency = form.value("total_currency").parse::<Currency>().ok();
    if currency.is_none() {
        form.refuse("total", t.say("currencies-failure-currency"));
    }
    let (issued, due) = (form.day(t, "issued"), form.day(t, "due"));
    let total = form.amount(t, "total", currency?);
    Some(InvoiceText {
        number: form.value("number").to_owned(),
        issued: issued?,
        due: due?,
        currency: currency?,
        total: total?,
    })
}

/// Says beside its field what a verb refused; `false` when it was about no field.
pub(super) fn refuse(form: &mut Filled, t: &Text, error: &InvoiceError) -> bool {
    let fault = fault(error);
    if let Some((name, code)) = fault {
        form.refuse(name, t.say(code.text));
    }
    fault.is_some()
}
