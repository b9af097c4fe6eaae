//! What the templates of orders take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::form::{self, LineFields};
use super::{Line, Order};
use crate::accounts::AccountId;
use crate::currencies::{self, Sum};
use crate::products::Product;
use crate::subscriptions::sum_written;

#[derive(Template)]
#[template(path = "orders/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) orders: Vec<Order>,
    pub(super) form: &'a Filled,
    pub(super) products: Vec<Choice>,
    pub(super) states: Vec<Choice>,
    pub(super) is_filtered: bool,
    pub(super) next: Option<String>,
}

#[derive(Template)]
#[template(path = "orders/views/list_actions.html")]
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
#[template(path = "orders/views/panel.html")]
pub(super) struct PanelView<'a> {
    pub(super) t: &'a Text,
    pub(super) account: AccountId,
    pub(super) orders: Vec<Order>,
    pub(super) count: i64,
    pub(super) sum: Sum,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "orders/views/order.html")]
pub(super) struct OrderPage<'a> {
    pub(super) t: &'a Text,
    pub(super) order: &'a Order,
}

#[derive(Template)]
#[template(path = "orders/views/order_actions.html")]
pub(super) struct OrderActions<'a> {
    t: &'a Text,
    order: &'a Order,
}

impl OrderPage<'_> {
    pub(super) fn actions(&self) -> OrderActions<'_> {
        OrderActions {
            t: self.t,
            order: self.order,
        }
    }

    fn amount(&self, minor: impl kit::i18n::Value<i64>) -> String {
        self.t.money(minor, self.order.currency.code())
    }

    fn line_total(&self, line: &Line) -> String {
        self.amount(line.total().unwrap_or(0))
    }
}

#[derive(Template)]
#[template(path = "orders/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) form: &'a Filled,
    pub(super) version: i64,
    pub(super) products: Vec<Choice>,
    pub(super) currencies: Vec<Choice>,
    pub(super) lines: Vec<LineFields>,
    pub(super) whole: Option<String>,
}

impl<'a> FormPage<'a> {
    pub(super) fn new(
        t: &'a Text,
        (action, back): (String, String),
        products: &[Product],
        form: &'a Filled,
    ) -> Self {
        Self {
            t,
            action,
            back,
            form,
            version: 0,
            products: form::choices(t, products, form.value("product")),
            currencies: currencies::choices(form.value("total_currency")),
            lines: form::lines(t, form, products),
            whole: None,
        }
    }

    fn has_lines(&self) -> bool {
        self.lines.len() > 3 || !self.form.error("line_0_price").is_empty()
    }
}
