//! The rows of signals.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::{Filter, Sent, Signal, SignalId};
use crate::alerts::AlertId;
use crate::alerts::store::read;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (alert, account): (AlertId, AccountId),
    new: &Signal,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into alert_signals (workspace_id, id, alert_id, account_id, kind, words, ticket, contact_id, told_by, agent_id,
               told_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            workspace,
            new.id,
            alert,
            account,
            new.kind.as_str(),
            new.words,
            new.ticket,
            new.contact,
            new.by,
            new.agent,
            new.at
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: SignalId) -> Result<Option<Sent>, DbError> {
    Ok(sent(tx, workspace, &[id])?.pop())
}

/// These signals with their alerts, the last first.
fn sent(tx: &mut Tx<'_>, workspace: WorkspaceId, ids: &[SignalId]) -> Result<Vec<Sent>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id, a.account_id, a.rule_id, a.version, a.way, a.state, a.severity, a.rank, a.mrr, a.confidence, a.usual,
                     a.found, a.finds, a.opened_day, a.opened_at, a.quiet_since, a.taken_by, a.snoozed_until, a.word, a.words,
                     a.closed_at, a.closed_by, coalesce(t.id, g.id) as owner, coalesce(t.name, g.name) as owner_name,
                     s.id as signal_id, s.kind, s.words as told, s.ticket, s.contact_id, s.told_by, s.agent_id as teller, s.told_at,
                     c.name as account_name
                   from rarray($2) r
                   cross join alert_signals s
                   join alerts a on a.workspace_id = s.workspace_id and a.id = s.alert_id
                   join accounts c on c.workspace_id = a.workspace_id and c.id = a.account_id
                   left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                   left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                   left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                   where s.workspace_id = $1 and s.id = r.value
                   order by s.id desc",
            pg: "select a.id, a.account_id, a.rule_id, a.version, a.way, a.state, a.severity, a.rank, a.mrr, a.confidence, a.usual,
                   a.found, a.finds, a.opened_day, a.opened_at, a.quiet_since, a.taken_by, a.snoozed_until, a.word, a.words,
                   a.closed_at, a.closed_by, coalesce(t.id, g.id) as owner, coalesce(t.name, g.name) as owner_name,
                   s.id as signal_id, s.kind, s.words as told, s.ticket, s.contact_id, s.told_by, s.agent_id as teller, s.told_at,
                   c.name as account_name
                 from alert_signals s
                 join alerts a on a.workspace_id = s.workspace_id and a.id = s.alert_id
                 join accounts c on c.workspace_id = a.workspace_id and c.id = a.account_id
                 left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                 left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                 left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                 where s.workspace_id = $1 and s.id = any($2)
                 order by s.id desc",
        },
        params![workspace, ids],
        |row| {
            Ok(Sent {
                alert: read(row)?,
                account: row.get("account_name")?,
                owner: row.get("owner_name")?,
            })
        },
    )
}

/// Up to `limit` signals before one, the last first; of one agent, or of all. Each way to ask walks an index of its own.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (filter, teller): (&Filter, Option<AgentId>),
    before: Option<SignalId>,
    limit: i64,
) -> Result<Vec<Sent>, DbError> {
    let before = before.unwrap_or(SignalId::from_uuid(Uuid::max()));
    let ids: Vec<SignalId> = match (filter.account, teller) {
        _ if !filter.ticket.is_empty() => tx.rows(
            sql!(
                "select id
                 from alert_signals
                 where workspace_id = $1 and ticket = $2 and ticket <> '' and id < $3
                   and (cast($4 as bytea) is null or account_id = $4) and (cast($5 as bytea) is null or agent_id = $5)
                 order by id desc
                 limit $6"
            ),
            params![workspace, filter.ticket, before, filter.account, teller, limit],
            |row| row.get("id"),
        )?,
        (Some(account), _) => tx.rows(
            sql!(
                "select id
                 from alert_signals
                 where workspace_id = $1 and account_id = $2 and id < $3 and (cast($4 as bytea) is null or agent_id = $4)
                 order by id desc
                 limit $5"
            ),
            params![workspace, account, before, teller, limit],
            |row| row.get("id"),
        )?,
        (None, Some(teller)) => tx.rows(
            sql!(
                "select id
                 from alert_signals
                 where workspace_id = $1 and agent_id = $2 and id < $3
                 order by id desc
                 limit $4"
            ),
            params![workspace, teller, before, limit],
            |row| row.get("id"),
        )?,
        (None, None) => tx.rows(
            sql!(
                "select id
                 from alert_signals
                 where workspace_id = $1 and id < $2
                 order by id desc
                 limit $3"
            ),
            params![workspace, before, limit],
            |row| row.get("id"),
        )?,
    };
    sent(tx, workspace, &ids)
}

/// Every signal that names a contact, the first one first.
pub(super) fn of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<Sent>, DbError> {
    let ids: Vec<SignalId> = tx.rows(
        sql!(
            "select id
             from alert_signals
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, contact],
        |row| row.get("id"),
    )?;
    let mut sent = sent(tx, workspace, &ids)?;
    sent.reverse();
    Ok(sent)
}

/// Takes away what was said about a contact, and that it was about them.
pub(super) fn blank(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update alert_signals
             set words = '', contact_id = null
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, contact],
    )?;
    Ok(())
}
