//! How products are found.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Product, ProductId, store};
use crate::permissions::Permission;
use crate::search::Source;
use crate::workspaces::WorkspaceId;

/// Products, for the search of those who keep the list: their pages are in the settings.
pub const SOURCE: Source = Source {
    prefix: ProductId::PREFIX,
    kind: "product",
    title: "products-title",
    icon: "tag",
    needs: Permission::MoneyKeep,
    states: &[],
    filters: &[],
    path: "/settings/products/",
    keep: None,
    actions: &[],
    find,
    after,
};

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let product = store::find(tx, workspace, ProductId::from_uuid(id))?;
    Ok(product.map(document))
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let products = store::after(tx, workspace, ProductId::from_uuid(last), limit)?;
    let document = |product: Product| (product.id.uuid(), document(product));
    Ok(products.into_iter().map(document).collect())
}

fn document(product: Product) -> Document {
    Document {
        title: product.name,
        ..Document::default()
    }
}
