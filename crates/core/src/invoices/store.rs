//! The rows of invoices, of what was paid, and of those that are void.

use kit::day::Day;
use kit::db::{DbError, Row, Tx, Value};
use kit::id::{TypedId, Uuid};
use kit::money::Money;
use kit::{params, sql};

use super::{Cursor, Filter, Invoice, InvoiceId, Payment, PaymentId, Void};
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Invoice) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into invoices (workspace_id, id, account_id, number, issued, due, currency, total, paid, version,
               created_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        params![
            workspace,
            new.id,
            new.account,
            new.number,
            new.issued,
            new.due,
            new.currency,
            new.total,
            new.paid(),
            new.version,
            new.created_at,
            new.changed_at
        ],
    )?;
    insert_parts(tx, workspace, new)
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Invoice) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update invoices
             set number = $3, issued = $4, due = $5, currency = $6, total = $7, paid = $8, version = $9, changed_at = $10,
               account_id = $11
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            new.id,
            new.number,
            new.issued,
            new.due,
            new.currency,
            new.total,
            new.paid(),
            new.version,
            new.changed_at,
            new.account
        ],
    )?;
    delete_parts(tx, workspace, new.id)?;
    insert_parts(tx, workspace, new)
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: InvoiceId) -> Result<(), DbError> {
    delete_parts(tx, workspace, id)?;
    tx.execute(
        sql!(
            "delete from invoice_warnings
             where workspace_id = $1 and invoice_id = $2"
        ),
        params![workspace, id],
    )?;
    tx.execute(
        sql!(
            "delete from invoices
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

fn insert_parts(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Invoice) -> Result<(), DbError> {
    // An invoice is paid in a handful of parts at most.
    for payment in &new.payments {
        tx.execute(
            sql!(
                "insert into invoice_payments (workspace_id, id, invoice_id, day, amount, noted_by, noted_at)
                 values ($1, $2, $3, $4, $5, $6, $7)"
            ),
            params![
                workspace,
                payment.id,
                new.id,
                payment.day,
                payment.amount,
                payment.by,
                payment.at
            ],
        )?;
    }
    if let Some(void) = &new.void {
        tx.execute(
            sql!(
                "insert into invoice_voids (workspace_id, invoice_id, voided_by, voided_at)
                 values ($1, $2, $3, $4)"
            ),
            params![workspace, new.id, void.by, void.at],
        )?;
    }
    Ok(())
}

fn delete_parts(tx: &mut Tx<'_>, workspace: WorkspaceId, id: InvoiceId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from invoice_payments
             where workspace_id = $1 and invoice_id = $2"
        ),
        params![workspace, id],
    )?;
    tx.execute(
        sql!(
            "delete from invoice_voids
             where workspace_id = $1 and invoice_id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn insert_warning(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    invoice: &Invoice,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into invoice_warnings (workspace_id, invoice_id, due, told_at)
             values ($1, $2, $3, $4)"
        ),
        params![workspace, invoice.id, invoice.due, now],
    )?;
    Ok(())
}

/// Those that are owed, were due before `today`, and of whose due day nobody was told.
pub(super) fn untold(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    today: Day,
    limit: i64,
) -> Result<Vec<Invoice>, DbError> {
    let ids = tx.rows(
        sql!(
            "select i.id
             from invoices i
             left join invoice_voids v on v.workspace_id = i.workspace_id and v.invoice_id = i.id
             left join invoice_warnings w on w.workspace_id = i.workspace_id and w.invoice_id = i.id and w.due = i.due
             where i.workspace_id = $1 and i.due < $2 and i.paid < i.total and v.invoice_id is null and w.invoice_id is null
             order by i.due, i.id
             limit $3"
        ),
        params![workspace, today, limit],
        |row| row.get("id"),
    )?;
    with_ids(tx, workspace, &ids)
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: InvoiceId,
) -> Result<Option<Invoice>, DbError> {
    Ok(with_ids(tx, workspace, &[id])?.pop())
}

pub(super) fn invoice_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    payment: PaymentId,
) -> Result<Option<InvoiceId>, DbError> {
    tx.optional(
        sql!(
            "select invoice_id
             from invoice_payments
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, payment],
        |row| row.get("invoice_id"),
    )
}

pub(super) fn ids_of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<InvoiceId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from invoices
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
        |row| row.get("id"),
    )
}

/// What an account owes, by currency: all of it, and what of that was due before `today`.
pub(super) fn owed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<Vec<(Money, Money)>, DbError> {
    tx.rows(
        sql!(
            "select i.currency, cast(sum(i.total - i.paid) as bigint) as owed,
               cast(sum(case when i.due < $3 then i.total - i.paid else 0 end) as bigint) as late
             from invoices i
             left join invoice_voids v on v.workspace_id = i.workspace_id and v.invoice_id = i.id
             where i.workspace_id = $1 and i.account_id = $2 and i.paid < i.total and v.invoice_id is null
             group by i.currency
             order by i.currency"
        ),
        params![workspace, account, today],
        |row| {
            let currency = row.get("currency")?;
            let money = |minor| Money { minor, currency };
            Ok((money(row.get("owed")?), money(row.get("late")?)))
        },
    )
}

/// Those issued last first.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (filter, today): (&Filter, Day),
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Invoice>, DbError> {
    let (day, id) = after.map_or(("9999".to_owned(), Uuid::nil()), |cursor| {
        (cursor.day.to_string(), cursor.id.uuid())
    });
    let from = filter.from.map_or("0000".to_owned(), |day| day.to_string());
    let until = filter.until.map_or("9999".to_owned(), |day| day.to_string());
    let state = filter.state.map_or("", |state| state.as_str());
    let number = filter.number.as_deref().unwrap_or_default();
    let ids = match filter.account {
        Some(account) => tx.rows(
            sql!(
                "select i.id
                 from invoices i
                 left join invoice_voids v on v.workspace_id = i.workspace_id and v.invoice_id = i.id
                 where i.workspace_id = $1 and i.account_id = $2 and (i.issued < $3 or (i.issued = $3 and i.id < $4))
                   and i.issued >= $5 and i.issued <= $6 and (i.number = $7 or $7 = '')
                   and ($8 = '' or (v.invoice_id is not null and $8 = 'void')
                     or (v.invoice_id is null and i.paid >= i.total and $8 = 'paid')
                     or (v.invoice_id is null and i.paid < i.total and i.due < $9 and $8 = 'overdue')
                     or (v.invoice_id is null and i.paid < i.total and i.due >= $9 and $8 = 'open'))
                 order by i.issued desc, i.id desc
                 limit $10"
            ),
            params![workspace, account, day, id, from, until, number, state, today, limit],
            |row| row.get("id"),
        )?,
        None => tx.rows(
            sql!(
                "select i.id
                 from invoices i
                 left join invoice_voids v on v.workspace_id = i.workspace_id and v.invoice_id = i.id
                 where i.workspace_id = $1 and (i.issued < $2 or (i.issued = $2 and i.id < $3))
                   and i.issued >= $4 and i.issued <= $5 and (i.number = $6 or $6 = '')
                   and ($7 = '' or (v.invoice_id is not null and $7 = 'void')
                     or (v.invoice_id is null and i.paid >= i.total and $7 = 'paid')
                     or (v.invoice_id is null and i.paid < i.total and i.due < $8 and $7 = 'overdue')
                     or (v.invoice_id is null and i.paid < i.total and i.due >= $8 and $7 = 'open'))
                 order by i.issued desc, i.id desc
                 limit $9"
            ),
            params![workspace, day, id, from, until, number, state, today, limit],
            |row| row.get("id"),
        )?,
    };
    with_ids(tx, workspace, &ids)
}

/// Up to `limit` invoices whose ids come after `last`, in the order of their ids.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: InvoiceId,
    limit: i64,
) -> Result<Vec<Invoice>, DbError> {
    let ids = tx.rows(
        sql!(
            "select id
             from invoices
             where workspace_id = $1 and id > $2
             order by id
             limit $3"
        ),
        params![workspace, last, limit],
        |row| row.get("id"),
    )?;
    with_ids(tx, workspace, &ids)
}

/// The invoices with these ids, in their order.
pub(super) fn with_ids(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[InvoiceId],
) -> Result<Vec<Invoice>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = Value::List(ids.iter().map(kit::db::ToParam::to_param).collect());
    let mut found = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select i.id, i.account_id, a.name as account_name, i.number, i.issued, i.due, i.currency, i.total,
                     i.version, i.created_at, i.changed_at, v.voided_by, v.voided_at
                   from invoices i
                   join accounts a on a.workspace_id = i.workspace_id and a.id = i.account_id
                   left join invoice_voids v on v.workspace_id = i.workspace_id and v.invoice_id = i.id
                   where i.workspace_id = $1 and i.id in rarray($2)",
            pg: "select i.id, i.account_id, a.name as account_name, i.number, i.issued, i.due, i.currency, i.total,
                   i.version, i.created_at, i.changed_at, v.voided_by, v.voided_at
                 from invoices i
                 join accounts a on a.workspace_id = i.workspace_id and a.id = i.account_id
                 left join invoice_voids v on v.workspace_id = i.workspace_id and v.invoice_id = i.id
                 where i.workspace_id = $1 and i.id = any($2)",
        },
        params![workspace, list.clone()],
        read,
    )?;
    let payments: Vec<(InvoiceId, Payment)> = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select invoice_id, id, day, amount, noted_by, noted_at
                   from invoice_payments
                   where workspace_id = $1 and invoice_id in rarray($2)
                   order by day, id",
            pg: "select invoice_id, id, day, amount, noted_by, noted_at
                 from invoice_payments
                 where workspace_id = $1 and invoice_id = any($2)
                 order by day, id",
        },
        params![workspace, list],
        |row| Ok((row.get("invoice_id")?, read_payment(row)?)),
    )?;
    found.sort_by_key(|one| ids.iter().position(|id| *id == one.id));
    for (id, payment) in payments {
        if let Some(one) = found.iter_mut().find(|one| one.id == id) {
            one.payments.push(payment);
        }
    }
    Ok(found)
}

fn read_payment(row: &Row<'_>) -> Result<Payment, DbError> {
    Ok(Payment {
        id: row.get("id")?,
        day: row.get("day")?,
        amount: row.get("amount")?,
        by: row.get("noted_by")?,
        at: row.get("noted_at")?,
    })
}

fn read(row: &Row<'_>) -> Result<Invoice, DbError> {
    Ok(Invoice {
        id: row.get("id")?,
        account: row.get("account_id")?,
        account_name: row.get("account_name")?,
        number: row.get("number")?,
        issued: row.get("issued")?,
        due: row.get("due")?,
        currency: row.get("currency")?,
        total: row.get("total")?,
        payments: Vec::new(),
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        void: match row.get::<Option<String>>("voided_by")? {
            None => None,
            Some(by) => Some(Void {
                by,
                at: row.get("voided_at")?,
            }),
        },
    })
}
