//! The rows of what tiers give.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::{Service, TouchModel};
use crate::accounts::AccountId;
use crate::ladders::RungId;
use crate::touchpoints::Channel;
use crate::workspaces::WorkspaceId;

pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tier: RungId,
    service: &Service,
    by: &str,
) -> Result<(), DbError> {
    let words: Vec<&str> = service.channels.iter().map(|channel| channel.as_str()).collect();
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into tier_services (workspace_id, rung_id, model, channels, cadence, has_owner, most, version, set_by, set_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (workspace_id, rung_id) do update
             set model = excluded.model, channels = excluded.channels, cadence = excluded.cadence,
                 has_owner = excluded.has_owner, most = excluded.most, version = excluded.version,
                 set_by = excluded.set_by, set_at = excluded.set_at"
        ),
        params![
            workspace,
            tier,
            service.model.as_str(),
            words.join(" "),
            service.cadence,
            service.has_owner,
            service.most,
            service.version,
            by,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, tier: RungId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from tier_services where workspace_id = $1 and rung_id = $2"),
        params![workspace, tier],
    )?;
    Ok(())
}

/// What every tier gives of which it is said; there are 40 tiers at most.
pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(RungId, Service)>, DbError> {
    tx.rows(
        sql!(
            "select rung_id, model, channels, cadence, has_owner, most, version
             from tier_services
             where workspace_id = $1
             order by rung_id"
        ),
        params![workspace],
        |row| Ok((row.get("rung_id")?, read(row)?)),
    )
}

fn read(row: &Row<'_>) -> Result<Service, DbError> {
    let (model, channels): (String, String) = (row.get("model")?, row.get("channels")?);
    let channels: Result<Vec<Channel>, _> = channels.split_whitespace().map(str::parse).collect();
    Ok(Service {
        model: TouchModel::named(&model).ok_or_else(|| row.broken("model", "a touch model"))?,
        channels: channels.map_err(|_| row.broken("channels", "channels"))?,
        cadence: row.get("cadence")?,
        has_owner: row.get("has_owner")?,
        most: row.get("most")?,
        version: row.get("version")?,
    })
}

/// A part of the accounts on a tier, by id.
pub(super) fn on_tier(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tier: RungId,
    (after, limit): (AccountId, i64),
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select account_id
             from account_tiers
             where workspace_id = $1 and rung_id = $2 and account_id > $3
             order by account_id
             limit $4"
        ),
        params![workspace, tier, after, limit],
        |row| row.get("account_id"),
    )
}

/// Up to `limit` accounts on tiers with a touch model.
pub(super) fn looked_after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    model: &str,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select t.account_id
             from tier_services v
             join account_tiers t on t.workspace_id = v.workspace_id and t.rung_id = v.rung_id
             where v.workspace_id = $1 and v.model = $2
             limit $3"
        ),
        params![workspace, model, limit],
        |row| row.get("account_id"),
    )
}
