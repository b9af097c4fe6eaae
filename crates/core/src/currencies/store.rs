//! The rows of reporting currencies and exchange rates.

use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::money::{Currency, Rate};
use kit::{params, sql};

use super::{ExchangeRate, ExchangeRateId};
use crate::actor::Actor;
use crate::workspaces::WorkspaceId;

pub(super) fn reporting(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Currency>, DbError> {
    tx.optional(
        sql!(
            "select currency
             from reporting_currencies
             where workspace_id = $1"
        ),
        params![workspace],
        |row| row.get("currency"),
    )
}

pub(super) fn choose(tx: &mut Tx<'_>, workspace: WorkspaceId, currency: Currency) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into reporting_currencies (workspace_id, currency, changed_at)
             values ($1, $2, $3)
             on conflict (workspace_id) do update
             set currency = excluded.currency, changed_at = excluded.changed_at"
        ),
        params![workspace, currency, now],
    )?;
    Ok(())
}

pub(super) fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ExchangeRateId,
    base: Currency,
    (currency, day, rate): (Currency, Day, Rate),
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into exchange_rates (workspace_id, id, base, currency, day, rate, set_by, set_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (workspace_id, base, currency, day) do update
             set rate = excluded.rate, set_by = excluded.set_by, set_at = excluded.set_at"
        ),
        params![
            actor.workspace,
            id,
            base,
            currency,
            day,
            rate,
            actor.signature(),
            now
        ],
    )?;
    Ok(())
}

pub(super) fn of_day(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    base: Currency,
    currency: Currency,
    day: Day,
) -> Result<Option<ExchangeRate>, DbError> {
    tx.optional(
        sql!(
            "select id, base, currency, day, rate, set_by, set_at
             from exchange_rates
             where workspace_id = $1 and base = $2 and currency = $3 and day = $4"
        ),
        params![workspace, base, currency, day],
        read,
    )
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ExchangeRateId,
) -> Result<Option<ExchangeRate>, DbError> {
    tx.optional(
        sql!(
            "select id, base, currency, day, rate, set_by, set_at
             from exchange_rates
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ExchangeRateId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from exchange_rates
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    base: Currency,
    limit: i64,
) -> Result<Vec<ExchangeRate>, DbError> {
    tx.rows(
        sql!(
            "select id, base, currency, day, rate, set_by, set_at
             from exchange_rates
             where workspace_id = $1 and base = $2
             order by day desc, currency, id
             limit $3"
        ),
        params![workspace, base, limit],
        read,
    )
}

/// For each currency the newest rate that is not after `day`.
pub(super) fn on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    base: Currency,
    day: Day,
) -> Result<Vec<(Currency, Rate)>, DbError> {
    tx.rows(
        sql!(
            "select r.currency, r.rate
             from exchange_rates r
             where r.workspace_id = $1 and r.base = $2 and r.day = (
               select max(d.day)
               from exchange_rates d
               where d.workspace_id = r.workspace_id and d.base = r.base and d.currency = r.currency and d.day <= $3
             )"
        ),
        params![workspace, base, day],
        |row| Ok((row.get("currency")?, row.get("rate")?)),
    )
}

fn read(row: &Row<'_>) -> Result<ExchangeRate, DbError> {
    Ok(ExchangeRate {
        id: row.get("id")?,
        base: row.get("base")?,
        currency: row.get("currency")?,
        day: row.get("day")?,
        rate: row.get("rate")?,
        by: row.get("set_by")?,
        at: row.get("set_at")?,
    })
}
