//! The list of invoices: which are wanted, as each person arranges them, page by page, and as a file.

mod store;

use axum::Form;
use axum::extract::{Query, State as Given};
use axum::response::{Redirect, Response};
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::table::{self, Arrangement, Shown, Sort, SpotValue, Table, TableColumn, Words};
use kit::web::{Choice, Failure, Filled, Order, Page};

use super::views::ListPage;
use super::{Filter, Invoice, InvoiceError, InvoiceId, LIST, State};
use crate::actor::Actor;
use crate::arrangements;
use crate::audit::{self, Act, Entry};
use crate::permissions::Permission;
use crate::sheets::{self, Cell, Sheet};
use crate::workspaces;

pub(super) const PLACE: &str = "invoices";
/// Invoices on one page.
const PAGE: i64 = 50;

/// A place in the list.
type Spot = table::Spot<InvoiceId>;

const fn column(key: &'static str, text: &'static str, sorts: Option<Order>, shown: Shown) -> TableColumn {
    TableColumn {
        key,
        text,
        sorts,
        shown,
        numeric: false,
    }
}

/// The table of invoices.
static TABLE: Table = Table {
    name: "invoices",
    path: "/invoices",
    columns: &[
        column("number", "invoices-number", None, Shown::Always),
        column("state", "invoices-state", None, Shown::Usually),
        column("issued", "invoices-issued", Some(Order::Descending), Shown::Aside),
        column("due", "invoices-due", Some(Order::Ascending), Shown::Aside),
        TableColumn {
            numeric: true,
            ..column("owed", "invoices-owed", None, Shown::Seldom)
        },
        TableColumn {
            numeric: true,
            ..column("total", "invoices-total", None, Shown::Usually)
        },
    ],
    sort: Sort {
        by: "issued",
        order: Order::Descending,
    },
};

/// What says how the list is arranged, and nothing of which invoices are wanted.
const ARRANGING: [&str; 3] = ["after", "sort", "columns"];

/// The invoices of the workspace, as the address or the person arranges them.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let mut form: Filled = asked.into_iter().collect();
    let filter = filter(&mut form, &t);
    let after = Some(form.value("after")).filter(|after| !after.is_empty());
    let spot: Option<Spot> = cursor::wanted(TABLE.name, after)?;
    let asked = form.clone();
    let part = db
        .read(move |tx| part(tx, &actor, &asked, &filter, spot.as_ref()))
        .await?;
    let wanted: Vec<_> = form
        .pairs()
        .filter(|(name, _)| !ARRANGING.contains(name))
        .collect();
    let arrangement = part.arrangement.asking(&wanted);
    let next = part
        .next
        .map(|spot| arrangement.address(&cursor::write(TABLE.name, &spot)));
    let view = ListPage {
        t: &t,
        is_filtered: wanted.into_iter().any(|(_, value)| !value.is_empty()),
        states: states(&t, form.value("state")),
        arrangement,
        form: &form,
        invoices: part.invoices,
        today: part.today,
        next,
    };
    Ok(Page::new(t.say("invoices-title"), &view)
        .place(PLACE)
        .actions(&view.actions())
        .live(LIST))
}

/// Keeps which columns the list has for whoever asks, with its order; or goes back to the usual ones.
///
/// # Errors
/// The database's.
pub async fn arrange(
    Given(db): Given<Db>,
    actor: Actor,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failure> {
    db.write(move |tx| arrangements::keep(tx, &actor, &TABLE, &TABLE.sent(&sent)))
        .await?;
    Ok(Redirect::to(TABLE.path))
}

/// One page of the list, as somebody arranges it.
struct Part {
    arrangement: Arrangement,
    invoices: Vec<Invoice>,
    /// Where the next page begins.
    next: Option<Spot>,
    today: Day,
}

/// The page from `spot` on. Whoever goes on goes on in the order in which they began.
fn part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    form: &Filled,
    filter: &Filter,
    spot: Option<&Spot>,
) -> Result<Part, InvoiceError> {
    actor.must(Permission::MoneyRead)?;
    let said = |name| Some(form.value(name)).filter(|_| form.has(name));
    let asked = Words {
        sort: spot.map(|spot| spot.sort.as_str()).or(said("sort")),
        columns: said("columns"),
    };
    let arrangement = arrangements::arranged(tx, actor, &TABLE, asked)?;
    let sort = arrangement.sort();
    let spot = spot.filter(|spot| spot.sort == sort.word());
    let today = workspaces::today(tx, actor.workspace)?;
    let mut invoices = store::ordered(tx, actor.workspace, (filter, today), (sort, spot), PAGE + 1)?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = invoices.len() > page;
    invoices.truncate(page);
    let last = invoices.last().filter(|_| has_more);
    let next = last.map(|last| Spot {
        sort: sort.word(),
        value: SpotValue::Text(if sort.by == "due" { last.due } else { last.issued }.to_string()),
        id: last.id,
    });
    Ok(Part {
        arrangement,
        invoices,
        next,
        today,
    })
}

/// The invoices that the list shows, as a file; taking it is recorded.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn export(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let filter = filter(&mut form, &t);
    let sheet = db.write(move |tx| sheet(tx, &actor, &t, &filter)).await?;
    sheet.file(form.value("format"))
}

fn sheet(tx: &mut Tx<'_>, actor: &Actor, t: &Text, filter: &Filter) -> Result<Sheet, InvoiceError> {
    let invoices = super::list(tx, actor, filter, None, sheets::ASKED)?;
    let today = workspaces::today(tx, actor.workspace)?;
    let entry = Entry::of(Act::Exported, actor.workspace).after(serde_json::json!({ "what": "invoices" }));
    audit::record(tx, actor, entry)?;
    let row = |invoice: &Invoice| {
        vec![
            Cell::text(invoice.id),
            Cell::text(&invoice.number),
            Cell::text(invoice.issued),
            Cell::text(invoice.due),
            Cell::text(invoice.account),
            Cell::text(&invoice.account_name),
            Cell::text(invoice.currency),
            Cell::money(invoice.money(invoice.total)),
            Cell::money(invoice.money(invoice.paid())),
            Cell::money(invoice.money(invoice.owed())),
            Cell::text(invoice.state_on(today).as_str()),
        ]
    };
    let head = [
        "invoice", "number", "issued", "due", "account", "name", "currency", "total", "paid", "owed", "state",
    ];
    Ok(Sheet::new("invoices", head, invoices.iter().map(row).collect()).cut(t))
}

/// What the form asks for; what can't be read is said beside its field and lets all through.
fn filter(form: &mut Filled, t: &Text) -> Filter {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Filter {
        account: form.value("account").parse().ok(),
        state: State::named(form.value("state")),
        from: form.later_day(t, "from").flatten(),
        until: form.later_day(t, "until").flatten(),
        number: given(form.value("number")),
    }
}

fn states(t: &Text, chosen: &str) -> Vec<Choice> {
    let all = Choice::new("", t.say("invoices-all-states")).chosen_if(chosen.is_empty());
    let state =
        |state: State| Choice::new(state.as_str(), t.say(state.text())).chosen_if(state.as_str() == chosen);
    std::iter::once(all).chain(State::ALL.map(state)).collect()
}
