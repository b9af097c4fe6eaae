//! The rows of movements and of the roll-ups made from them.

use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::money::Currency;
use kit::{params, sql};

use super::flows::{Amounts, Basis, Key};
use super::{Flow, Kind, Movement};
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

pub(super) fn of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<Movement>, DbError> {
    tx.rows(
        sql!(
            "select day, currency, kind, amount, closing, is_active
             from ledger_movements
             where workspace_id = $1 and account_id = $2
             order by day, currency"
        ),
        params![workspace, account],
        read,
    )
}

pub(super) fn of_accounts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Movement)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id, day, currency, kind, amount, closing, is_active
                   from ledger_movements
                   where workspace_id = $1 and account_id in (select value from rarray($2))
                   order by account_id, day, currency",
            pg: "select account_id, day, currency, kind, amount, closing, is_active
                 from ledger_movements
                 where workspace_id = $1 and account_id = any($2)
                 order by account_id, day, currency",
        },
        params![workspace, accounts],
        |row| Ok((row.get("account_id")?, read(row)?)),
    )
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from ledger_movements
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
    )?;
    Ok(())
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    movements: &[Movement],
) -> Result<(), DbError> {
    // An account has a few movements a year.
    for one in movements {
        tx.execute(
            sql!(
                "insert into ledger_movements (workspace_id, account_id, day, currency, kind, amount, closing, is_active)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)"
            ),
            params![
                workspace,
                account,
                one.day,
                one.currency,
                one.kind.as_str(),
                one.amount,
                one.closing,
                one.is_active
            ],
        )?;
    }
    Ok(())
}

/// Notes whether an account ever brought anything in several currencies.
pub(super) fn set_mixed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    is_mixed: bool,
) -> Result<(), DbError> {
    if is_mixed {
        tx.execute(
            sql!(
                "insert into ledger_mixed (workspace_id, account_id)
                 values ($1, $2)
                 on conflict (workspace_id, account_id) do nothing"
            ),
            params![workspace, account],
        )?;
    } else {
        tx.execute(
            sql!(
                "delete from ledger_mixed
                 where workspace_id = $1 and account_id = $2"
            ),
            params![workspace, account],
        )?;
    }
    Ok(())
}

/// Adds to one row of a roll-up.
pub(super) fn add(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    key: Key,
    amounts: Amounts,
) -> Result<(), DbError> {
    match key {
        Key::Month(month, currency, kind) => tx.execute(
            sql!(
                "insert into ledger_months (workspace_id, month, currency, kind, amount, movements)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (workspace_id, month, currency, kind) do update
                 set amount = ledger_months.amount + excluded.amount,
                   movements = ledger_months.movements + excluded.movements"
            ),
            params![workspace, month, currency, kind.as_str(), amounts.0, amounts.1],
        ),
        Key::Accounts(basis, start, month) => tx.execute(
            sql!(
                "insert into ledger_accounts (workspace_id, basis, start_month, month, accounts)
                 values ($1, $2, $3, $4, $5)
                 on conflict (workspace_id, basis, start_month, month) do update
                 set accounts = ledger_accounts.accounts + excluded.accounts"
            ),
            params![workspace, basis.as_str(), start, month, amounts.0],
        ),
        Key::Revenue(basis, start, month, currency) => tx.execute(
            sql!(
                "insert into ledger_revenue (workspace_id, basis, start_month, month, currency, amount, kept)
                 values ($1, $2, $3, $4, $5, $6, $7)
                 on conflict (workspace_id, basis, start_month, month, currency) do update
                 set amount = ledger_revenue.amount + excluded.amount, kept = ledger_revenue.kept + excluded.kept"
            ),
            params![workspace, basis.as_str(), start, month, currency, amounts.0, amounts.1],
        ),
    }?;
    Ok(())
}

/// What moved in the months before `until`, by month, currency and kind: amount and number.
pub(super) fn months_by_kind(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    until: Day,
) -> Result<Vec<(Day, Currency, Kind, i64)>, DbError> {
    tx.rows(
        sql!(
            "select month, currency, kind, amount
             from ledger_months
             where workspace_id = $1 and month < $2
             order by month, currency, kind"
        ),
        params![workspace, until],
        |row| {
            Ok((
                row.get("month")?,
                row.get("currency")?,
                read_kind(row)?,
                row.get("amount")?,
            ))
        },
    )
}

/// What moved from `from` to `day`, both included, by currency.
pub(super) fn within(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    from: Day,
    day: Day,
) -> Result<Vec<(Currency, i64)>, DbError> {
    tx.rows(
        sql!(
            "select currency, cast(sum(amount) as bigint) as amount
             from ledger_movements
             where workspace_id = $1 and day >= $2 and day <= $3
             group by currency"
        ),
        params![workspace, from, day],
        |row| Ok((row.get("currency")?, row.get("amount")?)),
    )
}

/// How many accounts of `basis` came and went, by the month of the basis and of the change: those of the basis from
/// `start` to `last`, both included, in months before `until`.
pub(super) fn account_flows(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    basis: Basis,
    (start, last): (Day, Day),
    until: Day,
) -> Result<Vec<Flow>, DbError> {
    tx.rows(
        sql!(
            "select start_month, month, accounts
             from ledger_accounts
             where workspace_id = $1 and basis = $2 and start_month >= $3 and start_month <= $4 and month < $5
             order by start_month, month"
        ),
        params![workspace, basis.as_str(), start, last, until],
        |row| {
            Ok(Flow {
                start: row.get("start_month")?,
                month: row.get("month")?,
                currency: None,
                change: row.get("accounts")?,
                kept: 0,
            })
        },
    )
}

/// What the accounts of `basis` brought more or less; otherwise as [`account_flows`].
pub(super) fn revenue_flows(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    basis: Basis,
    (start, last): (Day, Day),
    until: Day,
) -> Result<Vec<Flow>, DbError> {
    tx.rows(
        sql!(
            "select start_month, month, currency, amount, kept
             from ledger_revenue
             where workspace_id = $1 and basis = $2 and start_month >= $3 and start_month <= $4 and month < $5
             order by start_month, month, currency"
        ),
        params![workspace, basis.as_str(), start, last, until],
        |row| {
            Ok(Flow {
                start: row.get("start_month")?,
                month: row.get("month")?,
                currency: Some(row.get("currency")?),
                change: row.get("amount")?,
                kept: row.get("kept")?,
            })
        },
    )
}

/// How many accounts came or went in the months before `until`, whenever they first came.
pub(super) fn accounts_before(tx: &mut Tx<'_>, workspace: WorkspaceId, until: Day) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select cast(coalesce(sum(accounts), 0) as bigint) as accounts
             from ledger_accounts
             where workspace_id = $1 and basis = 'cohort' and month < $2"
        ),
        params![workspace, until],
        |row| row.get("accounts"),
    )
}

pub(super) fn read(row: &Row<'_>) -> Result<Movement, DbError> {
    Ok(Movement {
        day: row.get("day")?,
        currency: row.get("currency")?,
        kind: read_kind(row)?,
        amount: row.get("amount")?,
        closing: row.get("closing")?,
        is_active: row.get("is_active")?,
    })
}

fn read_kind(row: &Row<'_>) -> Result<Kind, DbError> {
    let word: String = row.get("kind")?;
    Kind::named(&word).ok_or_else(|| row.broken("kind", "a kind of movement"))
}
