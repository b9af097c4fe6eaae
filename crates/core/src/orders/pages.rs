//! What the pages of orders share: finding the one in the address, the page around it, and what is said when something was
//! done.

use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page, known};

use super::listing::PLACE;
use super::{Order, OrderError};
use crate::actor::Actor;

/// The order in the address.
pub(super) async fn find(db: &Db, actor: Actor, id: &str) -> Result<Order, Failure> {
    let id = known(id)?;
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(found.ok_or(OrderError::Unknown)?)
}

/// Back to the order, saying what was done; `undo` takes it back.
pub(super) fn done(t: &Text, key: &str, order: &Order, undo: Option<&str>) -> Response {
    let said = t.say_with(key, kit::args!(number = order.number.as_str()));
    let address = format!("/orders/{}", order.id);
    let notice = Notice::new(said);
    let notice = match undo {
        Some(path) => notice.undo(format!("{address}/{path}")),
        None => notice,
    };
    (notice, Redirect::to(&address)).into_response()
}

/// A page among those of orders.
pub(super) fn page(t: &Text, title: String, view: &impl askama::Template) -> Page {
    Page::new(title, view)
        .place(PLACE)
        .crumb(t.say("orders-title"), "/orders")
}
