//! The list of invoices: which are wanted, page by page, and as a file.

use axum::Form;
use axum::extract::{Query, State as Given};
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::{Choice, Failure, Filled, Page};

use super::views::ListPage;
use super::{Cursor, Filter, Invoice, InvoiceError, LIST, State};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::sheets::{Cell, Sheet};
use crate::workspaces;

pub(super) const PLACE: &str = "invoices";
/// Invoices on one page.
const PAGE: i64 = 50;
/// Invoices in one file at most.
const MOST: i64 = 100_000;

/// The invoices of the workspace, those issued last first.
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
    let cursor: Option<Cursor> = cursor::wanted(LIST, after)?;
    let (mut invoices, today) = db
        .read(move |tx| {
            let invoices = super::list(tx, &actor, &filter, cursor, PAGE + 1)?;
            Ok::<_, InvoiceError>((invoices, workspaces::today(tx, actor.workspace)?))
        })
        .await?;
    let next = trim_to_page(&mut invoices).map(|last| {
        form.set("after", cursor::write(LIST, &last));
        form.address("/invoices", &[])
    });
    let view = ListPage {
        t: &t,
        is_filtered: form
            .pairs()
            .any(|(name, value)| name != "after" && !value.is_empty()),
        states: states(&t, form.value("state")),
        form: &form,
        invoices,
        today,
        next,
    };
    Ok(Page::new(t.say("invoices-title"), &view)
        .place(PLACE)
        .actions(&view.actions())
        .live(LIST))
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
    let sheet = db.write(move |tx| sheet(tx, &actor, &filter)).await?;
    sheet.file(form.value("format"))
}

fn sheet(tx: &mut Tx<'_>, actor: &Actor, filter: &Filter) -> Result<Sheet, InvoiceError> {
    let invoices = super::list(tx, actor, filter, None, MOST)?;
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
    Ok(Sheet::new("invoices", head, invoices.iter().map(row).collect()))
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

/// Cuts a list that was read with one row too many to its page; gives the cursor of the next one.
fn trim_to_page(invoices: &mut Vec<Invoice>) -> Option<Cursor> {
    let page = usize::try_from(PAGE).expect("a page is small");
    (invoices.len() > page).then(|| {
        invoices.truncate(page);
        let last = &invoices[page - 1];
        Cursor {
            day: last.issued,
            id: last.id,
        }
    })
}
