//! The rows of products.

use kit::db::{DbError, Row, Tx};
use kit::text::fold;
use kit::{params, sql};

use super::{Product, ProductId};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, product: &Product) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into products (workspace_id, id, name, name_folded, version, created_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![
            workspace,
            product.id,
            product.name,
            fold(&product.name),
            product.version,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, product: &Product) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update products
             set name = $3, name_folded = $4, version = $5
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            product.id,
            product.name,
            fold(&product.name),
            product.version
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ProductId,
) -> Result<Option<Product>, DbError> {
    tx.optional(
        sql!(
            "select id, name, version
             from products
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Product>, DbError> {
    tx.rows(
        sql!(
            "select id, name, version
             from products
             where workspace_id = $1
             order by name_folded"
        ),
        params![workspace],
        read,
    )
}

/// Up to `limit` products in the order of their ids, after `last`.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: ProductId,
    limit: i64,
) -> Result<Vec<Product>, DbError> {
    tx.rows(
        sql!(
            "select id, name, version
             from products
             where workspace_id = $1 and id > $2
             order by id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Product, DbError> {
    Ok(Product {
        id: row.get("id")?,
        name: row.get("name")?,
        version: row.get("version")?,
    })
}
