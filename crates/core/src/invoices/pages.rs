//! What the pages of invoices share: finding the one in the address, the page around it, and what is said when something
//! was done.

use axum::response::{IntoResponse, Redirect, Response};
use kit::day::Day;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};

use super::listing::PLACE;
use super::views::InvoicePage;
use super::{Invoice, InvoiceError};
use crate::actor::Actor;
use crate::workspaces;

/// The invoice in the address, and the day it is.
pub(super) async fn find(db: &Db, actor: Actor, id: &str) -> Result<(Invoice, Day), Failure> {
    let id = known(id)?;
    let found = db
        .read(move |tx| {
            let invoice = super::find(tx, &actor, id)?.ok_or(InvoiceError::Unknown)?;
            Ok::<_, InvoiceError>((invoice, workspaces::today(tx, actor.workspace)?))
        })
        .await?;
    Ok(found)
}

/// Back to the invoice, saying what was done; the path `undo` takes it back.
pub(super) fn done(t: &Text, key: &str, invoice: &Invoice, undo: Option<String>) -> Response {
    let said = t.say_with(key, kit::args!(number = invoice.number.as_str()));
    let notice = Notice::new(said);
    let notice = match undo {
        Some(path) => notice.undo(path),
        None => notice,
    };
    (notice, Redirect::to(&format!("/invoices/{}", invoice.id))).into_response()
}

/// The page of an invoice, with the form that notes a payment for those who may.
pub(super) fn invoice_page(
    t: &Text,
    invoice: &Invoice,
    today: Day,
    (form, may_write): (&Filled, bool),
) -> Page {
    let view = InvoicePage {
        t,
        invoice,
        today,
        form,
        may_write,
    };
    let page = page(t, invoice.number.clone(), &view).live(invoice.id.to_string());
    if may_write {
        page.actions(&view.actions())
    } else {
        page
    }
}

/// A page among those of invoices.
pub(super) fn page(t: &Text, title: String, view: &impl askama::Template) -> Page {
    Page::new(title, view)
        .place(PLACE)
        .crumb(t.say("invoices-title"), "/invoices")
}
