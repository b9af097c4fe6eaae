//! The list of orders: which are wanted, page by page, and as a file.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::{Choice, Failure, Filled, Page};

use super::views::ListPage;
use super::{Cursor, Filter, LIST, Order, OrderError, form};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::products;
use crate::sheets::{self, Cell, Sheet};

pub(super) const PLACE: &str = "orders";
/// Orders on one page.
const PAGE: i64 = 50;

/// The orders of the workspace, the newest first.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let mut form: Filled = asked.into_iter().collect();
    let filter = filter(&mut form, &t);
    let after = Some(form.value("after")).filter(|after| !after.is_empty());
    let cursor: Option<Cursor> = cursor::wanted(LIST, after)?;
    let (mut orders, products) = db
        .read(move |tx| {
            let orders = super::list(tx, &actor, &filter, cursor, PAGE + 1)?;
            Ok::<_, Failure>((orders, products::all(tx, &actor)?))
        })
        .await?;
    let next = trim_to_page(&mut orders).map(|last| {
        form.set("after", cursor::write(LIST, &last));
        form.address("/orders", &[])
    });
    let view = ListPage {
        t: &t,
        is_filtered: form
            .pairs()
            .any(|(name, value)| name != "after" && !value.is_empty()),
        products: form::choices_after(t.say("orders-all-states"), &products, form.value("product")),
        states: states(&t, form.value("state")),
        form: &form,
        orders,
        next,
    };
    Ok(Page::new(t.say("orders-title"), &view)
        .place(PLACE)
        .actions(&view.actions())
        .live(LIST))
}

/// The orders that the list shows, as a file; taking it is recorded.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn export(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let filter = filter(&mut form, &t);
    let sheet = db.write(move |tx| sheet(tx, &actor, &t, &filter)).await?;
    sheet.file(form.value("format"))
}

fn sheet(tx: &mut Tx<'_>, actor: &Actor, t: &Text, filter: &Filter) -> Result<Sheet, OrderError> {
    let orders = super::list(tx, actor, filter, None, sheets::ASKED)?;
    let entry = Entry::of(Act::Exported, actor.workspace).after(serde_json::json!({ "what": "orders" }));
    audit::record(tx, actor, entry)?;
    let row = |order: &Order| {
        let products = order.lines.iter().filter_map(|line| line.product_name.as_deref());
        vec![
            Cell::text(order.id),
            Cell::text(&order.number),
            Cell::text(order.day),
            Cell::text(order.account),
            Cell::text(&order.account_name),
            Cell::text(products.collect::<Vec<_>>().join(", ")),
            Cell::text(order.currency),
            Cell::money(order.money()),
            Cell::text(order.cancellation.as_ref().map_or("", |_| "cancelled")),
        ]
    };
    let head = [
        "order", "number", "day", "account", "name", "products", "currency", "total", "state",
    ];
    Ok(Sheet::new("orders", head, orders.iter().map(row).collect()).cut(t))
}

/// What the form asks for; what can't be read is said beside its field and lets all through.
fn filter(form: &mut Filled, t: &Text) -> Filter {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Filter {
        account: form.value("account").parse().ok(),
        product: form.value("product").parse().ok(),
        is_cancelled: match form.value("state") {
            "cancelled" => Some(true),
            "valid" => Some(false),
            _ => None,
        },
        from: form.later_day(t, "from").flatten(),
        until: form.later_day(t, "until").flatten(),
        number: given(form.value("number")),
    }
}

fn states(t: &Text, chosen: &str) -> Vec<Choice> {
    let state = |(value, key): (&str, &str)| Choice::new(value, t.say(key)).chosen_if(value == chosen);
    [
        ("", "orders-all-states"),
        ("valid", "orders-is-valid"),
        ("cancelled", "orders-is-cancelled"),
    ]
    .map(state)
    .to_vec()
}

/// Cuts a list that was read with one row too many to its page; gives the cursor of the next one.
fn trim_to_page(orders: &mut Vec<Order>) -> Option<Cursor> {
    let page = usize::try_from(PAGE).expect("a page is small");
    (orders.len() > page).then(|| {
        orders.truncate(page);
        let last = &orders[page - 1];
        Cursor {
            day: last.day,
            id: last.id,
        }
    })
}
