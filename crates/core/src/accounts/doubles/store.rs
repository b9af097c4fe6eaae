//! The rows of marks, of doubles that were found, and of what is not the same.

use kit::db::{DbError, Row, Tx};
use kit::id::TypedId;
use kit::{params, sql};

use super::marks::{Likeness, Mark};
use super::{Cursor, Double};
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

pub(super) fn marks(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<Mark>, DbError> {
    tx.rows(
        sql!("select kind, value from account_marks where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
        |row| {
            let kind: String = row.get("kind")?;
            let likeness = Likeness::named(&kind).ok_or_else(|| row.broken("kind", "a likeness"))?;
            Ok((likeness, row.get("value")?))
        },
    )
}

pub(super) fn set_marks(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    marks: &[Mark],
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from account_marks where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
    )?;
    for (likeness, value) in marks {
        // An account has a few marks.
        tx.execute(
            sql!("insert into account_marks (workspace_id, account_id, kind, value) values ($1, $2, $3, $4)"),
            params![workspace, account, likeness.as_str(), value],
        )?;
    }
    Ok(())
}

/// Up to `limit` other accounts with this mark.
pub(super) fn marked(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (likeness, value): &Mark,
    but: AccountId,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select account_id
             from account_marks
             where workspace_id = $1 and kind = $2 and value = $3 and account_id <> $4
             order by account_id
             limit $5"
        ),
        params![workspace, likeness.as_str(), value, but, limit],
        |row| row.get("account_id"),
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, double: &Double) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into account_doubles (workspace_id, one_id, other_id, strength, reasons, found_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id, one_id, other_id) do update
             set strength = excluded.strength, reasons = excluded.reasons"
        ),
        params![
            workspace,
            double.one,
            double.other,
            double.strength,
            super::words(&double.because),
            now
        ],
    )?;
    Ok(())
}

pub(super) fn delete(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (one, other): (AccountId, AccountId),
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from account_doubles where workspace_id = $1 and one_id = $2 and other_id = $3"),
        params![workspace, one, other],
    )?;
    Ok(())
}

/// The doubles of an account, the likelier first.
pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<Double>, DbError> {
    tx.rows(
        sql!(
            "select d.one_id, d.other_id, d.strength, d.reasons, a.name as one_name, b.name as other_name,
               a.website as one_website, b.website as other_website
             from account_doubles d
             join accounts a on a.workspace_id = d.workspace_id and a.id = d.one_id
             join accounts b on b.workspace_id = d.workspace_id and b.id = d.other_id
             where d.workspace_id = $1 and (d.one_id = $2 or d.other_id = $2)
             order by d.strength desc, d.one_id desc, d.other_id desc
             limit 200"
        ),
        params![workspace, account],
        read,
    )
}

/// Up to `limit` doubles of the workspace, the likelier first, after `cursor`.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Double>, DbError> {
    let last = AccountId::from_uuid(kit::id::Uuid::max());
    let from = cursor.unwrap_or(Cursor {
        strength: i64::MAX,
        one: last,
        other: last,
    });
    tx.rows(
        sql!(
            "select d.one_id, d.other_id, d.strength, d.reasons, a.name as one_name, b.name as other_name,
               a.website as one_website, b.website as other_website
             from account_doubles d
             join accounts a on a.workspace_id = d.workspace_id and a.id = d.one_id
             join accounts b on b.workspace_id = d.workspace_id and b.id = d.other_id
             where d.workspace_id = $1 and (d.strength, d.one_id, d.other_id) < ($2, $3, $4)
             order by d.strength desc, d.one_id desc, d.other_id desc
             limit $5"
        ),
        params![workspace, from.strength, from.one, from.other, limit],
        read,
    )
}

/// Whether nobody had said so before.
pub(super) fn distinguish(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (one, other): (AccountId, AccountId),
    by: &str,
) -> Result<bool, DbError> {
    let now = tx.now();
    let done = tx.execute(
        sql!(
            "insert into account_distinctions (workspace_id, one_id, other_id, said_by, said_at)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, one_id, other_id) do nothing"
        ),
        params![workspace, one, other, by, now],
    )?;
    Ok(done > 0)
}

/// Whether somebody had said so.
pub(super) fn confuse(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (one, other): (AccountId, AccountId),
) -> Result<bool, DbError> {
    let done = tx.execute(
        sql!("delete from account_distinctions where workspace_id = $1 and one_id = $2 and other_id = $3"),
        params![workspace, one, other],
    )?;
    Ok(done > 0)
}

/// Those of which somebody said that they are not this account.
pub(super) fn distinct(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select other_id as id
             from account_distinctions
             where workspace_id = $1 and one_id = $2
             union all
             select one_id as id
             from account_distinctions
             where workspace_id = $1 and other_id = $2"
        ),
        params![workspace, account],
        |row| row.get("id"),
    )
}

fn read(row: &Row<'_>) -> Result<Double, DbError> {
    let reasons: String = row.get("reasons")?;
    Ok(Double {
        one: row.get("one_id")?,
        other: row.get("other_id")?,
        one_name: row.get("one_name")?,
        other_name: row.get("other_name")?,
        one_website: row.get("one_website")?,
        other_website: row.get("other_website")?,
        strength: row.get("strength")?,
        because: reasons.split(' ').filter_map(Likeness::named).collect(),
    })
}
