//! The rows of what is mapped.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::billing::{ConnectionId, CustomerLink, ProductLink};
use crate::products::ProductId;
use crate::workspaces::WorkspaceId;

pub(super) fn set_customer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    connection: ConnectionId,
    link: &CustomerLink,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into billing_customers (workspace_id, connection_id, customer, account_id, said_name, linked_by, linked_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (workspace_id, connection_id, customer) do update
             set account_id = excluded.account_id, said_name = excluded.said_name, linked_by = excluded.linked_by,
               linked_at = excluded.linked_at"
        ),
        params![
            actor.workspace,
            connection,
            link.customer,
            link.account,
            link.said_name,
            actor.signature(),
            now
        ],
    )?;
    Ok(())
}

pub(super) fn set_said_name(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    (customer, name): (&str, &str),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update billing_customers
             set said_name = $4
             where workspace_id = $1 and connection_id = $2 and customer = $3"
        ),
        params![workspace, connection, customer, name],
    )?;
    Ok(())
}

pub(super) fn customer(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    customer: &str,
) -> Result<Option<CustomerLink>, DbError> {
    tx.optional(
        sql!(
            "select l.customer, l.account_id, a.name, l.said_name
             from billing_customers l
             join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
             where l.workspace_id = $1 and l.connection_id = $2 and l.customer = $3"
        ),
        params![workspace, connection, customer],
        read_customer,
    )
}

/// The newest first, two hundred at most.
pub(super) fn customers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
) -> Result<Vec<CustomerLink>, DbError> {
    tx.rows(
        sql!(
            "select l.customer, l.account_id, a.name, l.said_name
             from billing_customers l
             join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
             where l.workspace_id = $1 and l.connection_id = $2
             order by l.linked_at desc, l.customer
             limit 200"
        ),
        params![workspace, connection],
        read_customer,
    )
}

pub(super) fn set_product(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    code: &str,
    product: ProductId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into billing_products (workspace_id, connection_id, code, product_id)
             values ($1, $2, $3, $4)
             on conflict (workspace_id, connection_id, code) do update
             set product_id = excluded.product_id"
        ),
        params![workspace, connection, code, product],
    )?;
    Ok(())
}

pub(super) fn products(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
) -> Result<Vec<ProductLink>, DbError> {
    tx.rows(
        sql!(
            "select l.code, l.product_id, p.name
             from billing_products l
             join products p on p.workspace_id = l.workspace_id and p.id = l.product_id
             where l.workspace_id = $1 and l.connection_id = $2
             order by l.code"
        ),
        params![workspace, connection],
        |row| {
            Ok(ProductLink {
                code: row.get("code")?,
                product: row.get("product_id")?,
                product_name: row.get("name")?,
            })
        },
    )
}

pub(super) fn forget_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from billing_customers
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
    )?;
    Ok(())
}

fn read_customer(row: &Row<'_>) -> Result<CustomerLink, DbError> {
    Ok(CustomerLink {
        customer: row.get("customer")?,
        account: row.get("account_id")?,
        account_name: row.get("name")?,
        said_name: row.get("said_name")?,
    })
}
