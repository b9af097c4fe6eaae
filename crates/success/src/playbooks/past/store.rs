//! What happened, and what is to come: renewals, bands of health, events.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

/// Up to `limit` open accounts that renew or end until a day, after a day and an account.
pub(in crate::playbooks) fn renewing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ((from, account), until): ((Day, AccountId), Day),
    limit: i64,
) -> Result<Vec<(AccountId, Day)>, DbError> {
    tx.rows(
        sql!(
            "select w.account_id, w.renews
             from account_worths w
             where w.workspace_id = $1 and (w.renews, w.account_id) > ($2, $3) and w.renews <= $4
               and not exists (select 1 from account_closures c where c.workspace_id = w.workspace_id and c.account_id = w.account_id)
             order by w.renews, w.account_id
             limit $5"
        ),
        params![workspace, from, account, until, limit],
        |row| Ok((row.get("account_id")?, row.get("renews")?)),
    )
}

/// When accounts came into a band, day by day since one.
pub(in crate::playbooks) fn banded(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    band: &str,
    since: Day,
) -> Result<Vec<(AccountId, Day)>, DbError> {
    tx.rows(
        sql!(
            "select h.account_id, h.day
             from health_days h
             where h.workspace_id = $1 and h.band = $2 and h.day >= $3
               and (select b.band from health_days b
                    where b.workspace_id = $1 and b.account_id = h.account_id and b.day < h.day
                    order by b.day desc
                    limit 1) not in ($2, 'unknown')
             order by h.day, h.account_id
             limit 20000"
        ),
        params![workspace, band, since],
        |row| Ok((row.get("account_id")?, row.get("day")?)),
    )
}

/// What was said of events of a kind since a moment: topics, payload, when.
pub(in crate::playbooks) fn events(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    kind: &str,
    since: Timestamp,
) -> Result<Vec<(String, String, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select topics, payload, created_at
             from events
             where workspace_id = $1 and kind = $2 and created_at >= $3
             order by created_at, id
             limit 20000"
        ),
        params![workspace, kind, since],
        |row| Ok((row.get("topics")?, row.get("payload")?, row.get("created_at")?)),
    )
}
