//! The rows of alerts as the search reads them.

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use crate::alerts::rules::WarningRuleId;
use crate::alerts::store::read;
use crate::alerts::{Alert, AlertId};

/// Up to `limit` alerts after one, in the order of their ids.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: AlertId,
    limit: i64,
) -> Result<Vec<Alert>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.account_id, a.rule_id, a.version, a.way, a.state, a.severity, a.rank, a.mrr, a.confidence, a.usual,
               a.found, a.finds, a.opened_day, a.opened_at, a.quiet_since, a.taken_by, a.snoozed_until, a.word, a.words,
               a.closed_at, a.closed_by, coalesce(t.id, g.id) as owner, s.id as signal_id, s.kind, s.words as told,
               s.ticket, s.contact_id, s.told_by, s.agent_id as teller, s.told_at
             from alerts a
             left join alert_signals s on s.workspace_id = a.workspace_id and s.alert_id = a.id
             left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
             left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
             left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
             where a.workspace_id = $1 and a.id > $2
             order by a.id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

/// The next alerts of an account.
pub(super) fn ids_of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (last, limit): (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    tx.rows(
        sql!(
            "select id
             from alerts
             where workspace_id = $1 and account_id = $2 and id > $3
             order by id
             limit $4"
        ),
        params![workspace, account, last, limit],
        |row| row.get("id"),
    )
}

/// The next alerts of a rule.
pub(super) fn ids_of_rule(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    rule: WarningRuleId,
    (last, limit): (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    tx.rows(
        sql!(
            "select id
             from alerts
             where workspace_id = $1 and rule_id = $2 and id > $3
             order by id
             limit $4"
        ),
        params![workspace, rule, last, limit],
        |row| row.get("id"),
    )
}
