//! How orders are found.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Order, OrderId, store};
use crate::permissions::Permission;
use crate::search::Source;
use crate::workspaces::WorkspaceId;

/// Orders, for the search.
pub const SOURCE: Source = Source {
    prefix: OrderId::PREFIX,
    kind: "order",
    title: "orders-title",
    icon: "package",
    needs: Permission::MoneyRead,
    states: &[("cancelled", "orders-is-cancelled")],
    filters: &[],
    path: "/orders/",
    keep: None,
    actions: &[],
    find,
    after,
};

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let order = store::find(tx, workspace, OrderId::from_uuid(id))?;
    Ok(order.map(document))
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let orders = store::after(tx, workspace, OrderId::from_uuid(last), limit)?;
    let document = |order: Order| (order.id.uuid(), document(order));
    Ok(orders.into_iter().map(document).collect())
}

fn document(order: Order) -> Document {
    let words = order
        .lines
        .iter()
        .flat_map(|line| [line.product_name.as_deref(), Some(&*line.text)]);
    let words: Vec<&str> = std::iter::once(order.account_name.as_str())
        .chain(words.flatten())
        .collect();
    let cancelled = order
        .cancellation
        .as_ref()
        .map(|_| ("is", "cancelled".to_owned()));
    Document {
        text: words.join(" "),
        exact: vec![order.number.clone()],
        flags: cancelled.into_iter().collect(),
        date: order.changed_at,
        title: order.number,
        ..Document::default()
    }
}
