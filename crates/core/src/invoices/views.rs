//! What the templates of invoices take.

use askama::Template;
use kit::day::Day;
use kit::i18n::Text;
use kit::web::table::Arrangement;
use kit::web::{Choice, Filled};

use super::Invoice;
use crate::accounts::AccountId;
use crate::currencies::{self, Sum};
use crate::subscriptions::sum_written;

#[derive(Template)]
#[template(path = "invoices/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) invoices: Vec<Invoice>,
    pub(super) today: Day,
    pub(super) form: &'a Filled,
    pub(super) arrangement: Arrangement,
    pub(super) states: Vec<Choice>,
    pub(super) is_filtered: bool,
    pub(super) next: Option<String>,
}

#[derive(Template)]
#[template(path = "invoices/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
    form: &'a Filled,
}

impl ListPage<'_> {
    pub(super) fn actions(&self) -> ListActions<'_> {
        ListActions {
            t: self.t,
            form: self.form,
        }
    }
}

#[derive(Template)]
#[template(path = "invoices/views/panel.html")]
pub(super) struct PanelView<'a> {
    pub(super) t: &'a Text,
    pub(super) account: AccountId,
    pub(super) invoices: Vec<Invoice>,
    pub(super) today: Day,
    pub(super) owed: Sum,
    pub(super) late: Sum,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "invoices/views/invoice.html")]
pub(super) struct InvoicePage<'a> {
    pub(super) t: &'a Text,
    pub(super) invoice: &'a Invoice,
    pub(super) today: Day,
    pub(super) form: &'a Filled,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "invoices/views/invoice_actions.html")]
pub(super) struct InvoiceActions<'a> {
    t: &'a Text,
    invoice: &'a Invoice,
}

impl InvoicePage<'_> {
    pub(super) fn actions(&self) -> InvoiceActions<'_> {
        InvoiceActions {
            t: self.t,
            invoice: self.invoice,
        }
    }

    fn amount(&self, minor: impl kit::i18n::Value<i64>) -> String {
        self.t.money(minor, self.invoice.currency.code())
    }
}

#[derive(Template)]
#[template(path = "invoices/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) form: &'a Filled,
    pub(super) version: i64,
    pub(super) currencies: Vec<Choice>,
    pub(super) whole: Option<String>,
}

impl<'a> FormPage<'a> {
    pub(super) fn new(t: &'a Text, (action, back): (String, String), form: &'a Filled) -> Self {
        Self {
            t,
            action,
            back,
            form,
            version: 0,
            currencies: currencies::choices(form.value("total_currency")),
            whole: None,
        }
    }
}
