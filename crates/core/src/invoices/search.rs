//! How invoices are found.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Invoice, InvoiceId, store};
use crate::permissions::Permission;
use crate::search::Source;
use crate::workspaces::WorkspaceId;

/// Invoices, for the search. What stands differently tomorrow without a change, like overdue, is no state here.
pub const SOURCE: Source = Source {
    prefix: InvoiceId::PREFIX,
    kind: "invoice",
    title: "invoices-title",
    icon: "receipt",
    needs: Permission::MoneyRead,
    states: &[
        ("owed", "invoices-is-owed"),
        ("paid", "invoices-is-paid"),
        ("void", "invoices-is-void"),
    ],
    filters: &[],
    path: "/invoices/",
    keep: None,
    actions: &[],
    find,
    after,
};

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let invoice = store::find(tx, workspace, InvoiceId::from_uuid(id))?;
    Ok(invoice.map(document))
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let invoices = store::after(tx, workspace, InvoiceId::from_uuid(last), limit)?;
    let document = |invoice: Invoice| (invoice.id.uuid(), document(invoice));
    Ok(invoices.into_iter().map(document).collect())
}

fn document(invoice: Invoice) -> Document {
    let state = match invoice.owed() {
        _ if invoice.void.is_some() => "void",
        0 => "paid",
        _ => "owed",
    };
    Document {
        text: invoice.account_name,
        exact: vec![invoice.number.clone()],
        flags: vec![("is", state.to_owned())],
        date: invoice.changed_at,
        title: invoice.number,
        ..Document::default()
    }
}
