//! The rows of estimates, of what accounts are worth by them, and of what is assumed.

use kit::db::{DbError, Row, Tx};
use kit::id::{TypedId, Uuid};
use kit::money::Money;
use kit::{params, sql};

use super::{AccountValue, Cursor, Estimate, EstimateId, Settings};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::workspaces::WorkspaceId;

pub(super) fn settings(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Settings>, DbError> {
    tx.optional(
        sql!(
            "select margin, discount, horizon_months
             from value_settings
             where workspace_id = $1"
        ),
        params![workspace],
        |row| {
            Ok(Settings {
                margin: row.get("margin")?,
                discount: row.get("discount")?,
                horizon_months: row.get("horizon_months")?,
            })
        },
    )
}

pub(super) fn set_settings(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    settings: Settings,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into value_settings (workspace_id, margin, discount, horizon_months, changed_at)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id) do update
             set margin = excluded.margin, discount = excluded.discount, horizon_months = excluded.horizon_months,
               changed_at = excluded.changed_at"
        ),
        params![
            workspace,
            settings.margin,
            settings.discount,
            settings.horizon_months,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn insert_request(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into value_requests (workspace_id, asked_by, asked_at)
             values ($1, $2, $3)"
        ),
        params![actor.workspace, actor.signature(), now],
    )?;
    Ok(())
}

pub(super) fn delete_request(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from value_requests
             where workspace_id = $1"
        ),
        params![workspace],
    )?;
    Ok(())
}

pub(super) fn is_asked(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    let by: Option<String> = tx.optional(
        sql!(
            "select asked_by
             from value_requests
             where workspace_id = $1"
        ),
        params![workspace],
        |row| row.get("asked_by"),
    )?;
    Ok(by.is_some())
}

pub(super) fn insert_value(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    estimate: EstimateId,
    one: &AccountValue,
) -> Result<(), DbError> {
    let reasons = serde_json::to_string(&one.reasons).expect("reasons are plain");
    tx.execute(
        sql!(
            "insert into account_values (workspace_id, estimate_id, account_id, worth, reasons)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, estimate_id, account_id) do nothing"
        ),
        params![workspace, estimate, one.account, one.worth, reasons],
    )?;
    Ok(())
}

pub(super) fn insert_estimate(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    estimate: &Estimate,
) -> Result<(), DbError> {
    let models = serde_json::to_string(&estimate.models).expect("models are plain");
    tx.execute(
        sql!(
            "insert into value_estimates (workspace_id, id, made_at, day, currency, accounts, total, models)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (workspace_id, id) do nothing"
        ),
        params![
            workspace,
            estimate.id,
            estimate.made_at,
            estimate.day,
            estimate.total.currency,
            estimate.accounts,
            estimate.total.minor,
            models
        ],
    )?;
    Ok(())
}

/// Takes away what was before `estimate`.
pub(super) fn delete_older(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    estimate: EstimateId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from account_values
             where workspace_id = $1 and estimate_id <> $2"
        ),
        params![workspace, estimate],
    )?;
    tx.execute(
        sql!(
            "delete from value_estimates
             where workspace_id = $1 and id <> $2"
        ),
        params![workspace, estimate],
    )?;
    Ok(())
}

pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from account_values
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
    )?;
    Ok(())
}

pub(super) fn newest(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Estimate>, DbError> {
    tx.optional(
        sql!(
            "select id, made_at, day, currency, accounts, total, models
             from value_estimates
             where workspace_id = $1
             order by made_at desc, id desc
             limit 1"
        ),
        params![workspace],
        |row| {
            let models: String = row.get("models")?;
            Ok(Estimate {
                id: row.get("id")?,
                made_at: row.get("made_at")?,
                day: row.get("day")?,
                accounts: row.get("accounts")?,
                total: Money {
                    minor: row.get("total")?,
                    currency: row.get("currency")?,
                },
                models: serde_json::from_str(&models).map_err(|_| row.broken("models", "models"))?,
            })
        },
    )
}

pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    estimate: EstimateId,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<AccountValue>, DbError> {
    let (worth, account) = after.map_or((i64::MAX, Uuid::nil()), |cursor| {
        (cursor.worth, cursor.account.uuid())
    });
    tx.rows(
        sql!(
            "select v.account_id, a.name, v.worth, v.reasons
             from account_values v
             join accounts a on a.workspace_id = v.workspace_id and a.id = v.account_id
             where v.workspace_id = $1 and v.estimate_id = $2
               and (v.worth < $3 or (v.worth = $3 and v.account_id < $4))
             order by v.worth desc, v.account_id desc
             limit $5"
        ),
        params![workspace, estimate, worth, account, limit],
        read,
    )
}

pub(super) fn of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    estimate: EstimateId,
    account: AccountId,
) -> Result<Option<AccountValue>, DbError> {
    tx.optional(
        sql!(
            "select v.account_id, a.name, v.worth, v.reasons
             from account_values v
             join accounts a on a.workspace_id = v.workspace_id and a.id = v.account_id
             where v.workspace_id = $1 and v.estimate_id = $2 and v.account_id = $3"
        ),
        params![workspace, estimate, account],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<AccountValue, DbError> {
    let reasons: String = row.get("reasons")?;
    Ok(AccountValue {
        account: row.get("account_id")?,
        name: row.get("name")?,
        worth: row.get("worth")?,
        reasons: serde_json::from_str(&reasons).map_err(|_| row.broken("reasons", "reasons"))?,
    })
}
