//! Orders as forms have them: amounts, days and numbers in the writing of the reader.

use kit::day::Day;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Choice, Filled};

use super::failures::fault;
use super::{Line, Order, OrderError, OrderText};
use crate::products::{Product, ProductId};

/// How many empty lines a form offers.
const SPARE: usize = 3;

/// One line of the form: the names of its fields, and the products to choose from.
pub(super) struct LineFields {
    pub(super) product: String,
    pub(super) text: String,
    pub(super) quantity: String,
    pub(super) price: String,
    pub(super) products: Vec<Choice>,
}

/// The empty form: today, one amount.
pub(super) fn empty(t: &Text, currency: Currency) -> Filled {
    let mut form = Filled::default();
    if let Some(today) = t.today() {
        form.set("day", t.day_written(today));
    }
    form.set("total_currency", currency.code());
    form
}

/// The form with an order in it.
pub(super) fn filled(t: &Text, order: &Order) -> Filled {
    let mut form = empty(t, order.currency);
    let code = order.currency.code();
    form.set("number", &*order.number);
    form.set("day", t.day_written(order.day));
    form.set("version", order.version.to_string());
    if order.is_whole() {
        form.set("total", t.money_written(order.total, code));
        form.set("product", written(order.lines[0].product));
        return form;
    }
    for (at, line) in order.lines.iter().enumerate() {
        form.set(format!("line_{at}_product"), written(line.product));
        form.set(format!("line_{at}_text"), &*line.text);
        form.set(format!("line_{at}_quantity"), line.quantity.to_string());
        form.set(format!("line_{at}_price"), t.money_written(line.price, code));
    }
    form
}

/// The lines that the form has, and some empty ones.
pub(super) fn lines(t: &Text, form: &Filled, products: &[Product]) -> Vec<LineFields> {
    let used = (0..).take_while(|at| is_line(form, *at)).count();
    let fields = |at: usize| LineFields {
        product: format!("line_{at}_product"),
        text: format!("line_{at}_text"),
        quantity: format!("line_{at}_quantity"),
        price: format!("line_{at}_price"),
        products: choices(t, products, form.value(&format!("line_{at}_product"))),
    };
    (0..used + SPARE).map(fields).collect()
}

/// The products to choose from, none of them first.
pub(super) fn choices(t: &Text, products: &[Product], chosen: &str) -> Vec<Choice> {
    choices_after(t.say("orders-no-product"), products, chosen)
}

/// The products to choose from, after a choice of none that is called `none`.
pub(super) fn choices_after(none: String, products: &[Product], chosen: &str) -> Vec<Choice> {
    let none = Choice::new("", none).chosen_if(chosen.is_empty());
    let product = |product: &Product| {
        let id = product.id.to_string();
        let is_chosen = id == chosen;
        Choice::new(id, &product.name).chosen_if(is_chosen)
    };
    std::iter::once(none)
        .chain(products.iter().map(product))
        .collect()
}

/// The order in a form; `None` after refusing the fields that can't be read.
pub(super) fn text(form: &mut Filled, t: &Text) -> Option<OrderText> {
    let currency = form.value("total_currency").parse::<Currency>().ok();
    if currency.is_none() {
        form.refuse("total", t.say("currencies-failure-currency"));
    }
    let day: Option<Day> = form.day(t, "day");
    let lines = if is_line(form, 0) {
        read_lines(form, t, currency?)
    } else {
        let total = form.amount(t, "total", currency?);
        let product = product(form, t, "product");
        total
            .zip(product)
            .map(|(total, product)| vec![Line::whole(product, total)])
    };
    Some(OrderText {
        number: form.value("number").to_owned(),
        day: day?,
        currency: currency?,
        lines: lines?,
    })
}

/// Says beside its field what a verb refused; `false` when it was about no field.
pub(super) fn refuse(form: &mut Filled, t: &Text, error: &OrderError) -> bool {
    let fault = fault(error);
    if let Some((name, code)) = fault {
        form.refuse(name, t.say(code.text));
    }
    fault.is_some()
}

fn is_line(form: &Filled, at: usize) -> bool {
    ["product", "text", "quantity", "price"]
        .iter()
        .any(|field| !form.value(&format!("line_{at}_{field}")).trim().is_empty())
}

fn read_lines(form: &mut Filled, t: &Text, currency: Currency) -> Option<Vec<Line>> {
    let count = (0..).take_while(|at| is_line(form, *at)).count();
    let lines: Vec<Option<Line>> = (0..count).map(|at| read_line(form, t, currency, at)).collect();
    lines.into_iter().collect()
}

fn read_line(form: &mut Filled, t: &Text, currency: Currency, at: usize) -> Option<Line> {
    let name = |field: &str| format!("line_{at}_{field}");
    let quantity = match form.value(&name("quantity")).trim() {
        "" => Some(1),
        text => text.parse().ok(),
    };
    if quantity.is_none() {
        form.refuse(name("quantity"), t.say("orders-failure-quantity"));
    }
    let price = form.amount(t, &name("price"), currency);
    let product = product(form, t, &name("product"));
    Some(Line {
        product: product?,
        product_name: None,
        text: form.value(&name("text")).to_owned(),
        quantity: quantity?,
        price: price?,
    })
}

/// The product in a field, which may be none; `None` after refusing one that is unknown.
fn product(form: &mut Filled, t: &Text, name: &str) -> Option<Option<ProductId>> {
    match form.value(name) {
        "" => Some(None),
        id => match id.parse() {
            Ok(id) => Some(Some(id)),
            Err(_) => {
                form.refuse(name, t.say("orders-failure-product"));
                None
            }
        },
    }
}

fn written(product: Option<ProductId>) -> String {
    product.map(|id| id.to_string()).unwrap_or_default()
}
