//! How invoices are read in the other orders of their list, from a place on.

use kit::day::Day;
use kit::db::sql::Sql;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::web::Order;
use kit::web::table::Sort;
use kit::{params, sql};

use super::Spot;
use crate::invoices::store::with_ids;
use crate::invoices::{Filter, Invoice};
use crate::workspaces::WorkspaceId;

/// Those that pass, by the day of their issue or the day on which they are due.
pub(super) fn ordered(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (filter, today): (&Filter, Day),
    (sort, spot): (Sort, Option<&Spot>),
    limit: i64,
) -> Result<Vec<Invoice>, DbError> {
    let (statement, edge, last) = match (sort.by, sort.order) {
        ("due", Order::Ascending) => (due_first(), "0000", Uuid::nil()),
        ("due", Order::Descending) => (due_last(), "9999", Uuid::max()),
        (_, Order::Ascending) => (issued_first(), "0000", Uuid::nil()),
        (_, Order::Descending) => (issued_last(), "9999", Uuid::max()),
    };
    let place = spot.and_then(|spot| Some((spot.text()?, spot.id.uuid())));
    let (day, id) = place.unwrap_or((edge, last));
    let from = filter.from.map_or("0000".to_owned(), |day| day.to_string());
    let until = filter.until.map_or("9999".to_owned(), |day| day.to_string());
    let state = filter.state.map_or("", |state| state.as_str());
    let number = filter.number.as_deref().unwrap_or_default();
    let account = filter.account.map_or(Uuid::nil(), |account| account.uuid());
    let is_anybodys = filter.account.is_none();
    let ids = tx.rows(
        statement,
        params![
            workspace,
            day,
            id,
            from,
            until,
            number,
            state,
            today,
            is_anybodys,
            account,
            limit
        ],
        |row| row.get("id"),
    )?;
    with_ids(tx, workspace, &ids)
}

fn due_first() -> &'static Sql {
    sql!(
        "select i.id
         from invoices i
         left join invoice_voids v on v.workspace_id = i.workspace_id and v.invoice_id = i.id
         where i.workspace_id = $1 and (i.due, i.id) > ($2, $3)
           and i.issued >= $4 and i.issued <= $5 and (i.number = $6 or $6 = '')
           and ($7 = '' or (v.invoice_id is not null and $7 = 'void')
             or (v.invoice_id is null and i.paid >= i.total and $7 = 'paid')
             or (v.invoice_id is null and i.paid < i.total and i.due < $8 and $7 = 'overdue')
             or (v.invoice_id is null and i.paid < i.total and i.due >= $8 and $7 = 'open'))
           and (cast($9 as boolean) or i.account_id = $10)
         order by i.due, i.id
         limit $11"
    )
}

fn due_last() -> &'static Sql {
    sql!(
        "select i.id
         from invoices i
         left join invoice_voids v on v.workspace_id = i.workspace_id and v.invoice_id = i.id
         where i.workspace_id = $1 and (i.due, i.id) < ($2, $3)
           and i.issued >= $4 and i.issued <= $5 and (i.number = $6 or $6 = '')
           and ($7 = '' or (v.invoice_id is not null and $7 = 'void')
             or (v.invoice_id is null and i.paid >= i.total and $7 = 'paid')
             or (v.invoice_id is null and i.paid < i.total and i.due < $8 and $7 = 'overdue')
             or (v.invoice_id is null and i.paid < i.total and i.due >= $8 and $7 = 'open'))
           and (cast($9 as boolean) or i.account_id = $10)
         order by i.due desc, i.id desc
         limit $11"
    )
}

fn issued_first() -> &'static Sql {
    sql!(
        "select i.id
         from invoices i
         left join invoice_voids v on v.workspace_id = i.workspace_id and v.invoice_id = i.id
         where i.workspace_id = $1 and (i.issued, i.id) > ($2, $3)
           and i.issued >= $4 and i.issued <= $5 and (i.number = $6 or $6 = '')
           and ($7 = '' or (v.invoice_id is not null and $7 = 'void')
             or (v.invoice_id is null and i.paid >= i.total and $7 = 'paid')
             or (v.invoice_id is null and i.paid < i.total and i.due < $8 and $7 = 'overdue')
             or (v.invoice_id is null and i.paid < i.total and i.due >= $8 and $7 = 'open'))
           and (cast($9 as boolean) or i.account_id = $10)
         order by i.issued, i.id
         limit $11"
    )
}

fn issued_last() -> &'static Sql {
    sql!(
        "select i.id
         from invoices i
         left join invoice_voids v on v.workspace_id = i.workspace_id and v.invoice_id = i.id
         where i.workspace_id = $1 and (i.issued, i.id) < ($2, $3)
           and i.issued >= $4 and i.issued <= $5 and (i.number = $6 or $6 = '')
           and ($7 = '' or (v.invoice_id is not null and $7 = 'void')
             or (v.invoice_id is null and i.paid >= i.total and $7 = 'paid')
             or (v.invoice_id is null and i.paid < i.total and i.due < $8 and $7 = 'overdue')
             or (v.invoice_id is null and i.paid < i.total and i.due >= $8 and $7 = 'open'))
           and (cast($9 as boolean) or i.account_id = $10)
         order by i.issued desc, i.id desc
         limit $11"
    )
}
