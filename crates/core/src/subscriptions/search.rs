//! How subscriptions are found.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Subscription, SubscriptionId, store};
use crate::permissions::Permission;
use crate::search::Source;
use crate::workspaces::WorkspaceId;

/// Subscriptions, for the search.
pub const SOURCE: Source = Source {
    prefix: SubscriptionId::PREFIX,
    kind: "subscription",
    title: "panel-subscriptions",
    icon: "handshake",
    needs: Permission::MoneyRead,
    states: &[("ending", "subscriptions-is-ending")],
    filters: &[],
    path: "/subscriptions/",
    keep: None,
    actions: &[],
    find,
    after,
};

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let subscription = store::find(tx, workspace, SubscriptionId::from_uuid(id))?;
    Ok(subscription.map(document))
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let last = Some(SubscriptionId::from_uuid(last));
    let subscriptions = store::list(tx, workspace, last, limit)?;
    let document = |one: Subscription| (one.id.uuid(), document(one));
    Ok(subscriptions.into_iter().map(document).collect())
}

fn document(one: Subscription) -> Document {
    let ending = one.end.as_ref().map(|_| ("is", "ending".to_owned()));
    Document {
        title: format!("{} · {}", one.account_name, one.product_name),
        is_part: true,
        flags: ending.into_iter().collect(),
        date: one.changed_at,
        ..Document::default()
    }
}
