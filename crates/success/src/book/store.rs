//! The rows that one's book is read from, and until when one has seen it.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::agents::AgentId;
use tandem_core::metrics::{day, number};
use tandem_core::workspaces::WorkspaceId;

use super::{Renewal, Visit};
use crate::health::Band;

/// An account, its name, when, and what else there is to say.
type Entry = (AccountId, String, Timestamp, String);

/// Which of these metrics are at least 1 at the accounts that somebody looks after.
pub(super) fn unhappy(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    metrics: &[&str],
) -> Result<Vec<(AccountId, String, String, f64)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id, a.name, m.metric, m.value
                   from account_owners o
                   join accounts a on a.workspace_id = o.workspace_id and a.id = o.account_id
                   join metric_now m on m.workspace_id = o.workspace_id and m.account_id = o.account_id
                   where o.workspace_id = $1 and o.agent_id = $2 and o.until_at is null
                     and m.metric in (select value from rarray($3)) and m.value >= 1
                   order by a.id, m.metric",
            pg: "select a.id, a.name, m.metric, m.value
                 from account_owners o
                 join accounts a on a.workspace_id = o.workspace_id and a.id = o.account_id
                 join metric_now m on m.workspace_id = o.workspace_id and m.account_id = o.account_id
                 where o.workspace_id = $1 and o.agent_id = $2 and o.until_at is null
                   and m.metric = any($3) and m.value >= 1
                 order by a.id, m.metric",
        },
        params![workspace, agent, metrics],
        |row| {
            Ok((
                row.get("id")?,
                row.get("name")?,
                row.get("metric")?,
                row.get("value")?,
            ))
        },
    )
}

/// The open accounts of an agent at which a metric that is a day is past, the longest past first.
pub(super) fn overdue(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    (metric, today): (&str, Day),
    limit: i64,
) -> Result<Vec<(AccountId, String, Day)>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, m.value
             from account_owners o
             join accounts a on a.workspace_id = o.workspace_id and a.id = o.account_id
             join metric_now m on m.workspace_id = o.workspace_id and m.account_id = o.account_id and m.metric = $3
             left join account_closures c on c.workspace_id = o.workspace_id and c.account_id = o.account_id
             where o.workspace_id = $1 and o.agent_id = $2 and o.until_at is null and m.value < $4 and c.account_id is null
             order by m.value, a.id
             limit $5"
        ),
        params![workspace, agent, metric, number(today), limit],
        |row| Ok((row.get("id")?, row.get("name")?, day(row.get("value")?))),
    )
}

/// Open accounts that renew or end in a span of days, the nearest first.
pub(super) fn renewing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    owner: Option<AgentId>,
    (from, until): (Day, Day),
    limit: i64,
) -> Result<Vec<Renewal>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, g.name as owner, w.renews, w.arr, h.score, h.confidence, h.shown
             from account_worths w
             join accounts a on a.workspace_id = w.workspace_id and a.id = w.account_id
             left join account_closures x on x.workspace_id = w.workspace_id and x.account_id = w.account_id
             left join account_owners o on o.workspace_id = w.workspace_id and o.account_id = w.account_id and o.until_at is null
             left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
             left join health_now h on h.workspace_id = w.workspace_id and h.account_id = w.account_id
             where w.workspace_id = $1 and w.renews >= $2 and w.renews <= $3 and x.account_id is null
               and (cast($4 as bytea) is null or o.agent_id = $4)
             order by w.renews, w.arr desc, a.id
             limit $5"
        ),
        params![workspace, from, until, owner, limit],
        |row| {
            let band: Option<String> = row.get("shown")?;
            Ok(Renewal {
                account: row.get("id")?,
                name: row.get("name")?,
                owner: row.get("owner")?,
                day: row.get("renews")?,
                arr: row.get("arr")?,
                score: row.get("score")?,
                confidence: row.get("confidence")?,
                band: band.as_deref().and_then(Band::named).unwrap_or(Band::Unknown),
            })
        },
    )
}

/// Accounts of somebody's that went into another band since a moment: the first and the last time.
pub(super) fn banded(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (agent, since): (AgentId, Timestamp),
    limit: i64,
) -> Result<Vec<(AccountId, String, Timestamp, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, min(t.happened_at) as first_at, max(t.happened_at) as last_at
             from account_owners o
             join accounts a on a.workspace_id = o.workspace_id and a.id = o.account_id
             join touchpoints t on t.workspace_id = o.workspace_id and t.account_id = o.account_id and t.happened_at > $3
             where o.workspace_id = $1 and o.agent_id = $2 and o.until_at is null and t.kind = 'health_band_changed'
             group by a.id, a.name
             order by last_at desc, a.id
             limit $4"
        ),
        params![workspace, agent, since, limit],
        |row| Ok((row.get("id")?, row.get("name")?, row.get("first_at")?, row.get("last_at")?)),
    )
}

/// Solved tickets that came back at somebody's accounts since a moment, and where they are.
pub(super) fn reopened(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (agent, since): (AgentId, Timestamp),
    limit: i64,
) -> Result<Vec<Entry>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, t.happened_at as at, coalesce(t.evidence, '') as said
             from account_owners o
             join accounts a on a.workspace_id = o.workspace_id and a.id = o.account_id
             join touchpoints t on t.workspace_id = o.workspace_id and t.account_id = o.account_id and t.happened_at > $3
             where o.workspace_id = $1 and o.agent_id = $2 and o.until_at is null and t.kind = 'ticket_reopened'
             order by t.happened_at desc, t.id desc
             limit $4"
        ),
        params![workspace, agent, since, limit],
        |row| Ok((row.get("id")?, row.get("name")?, row.get("at")?, row.get("said")?)),
    )
}

/// Accounts of somebody's that went on to another stage since a moment.
pub(super) fn moved(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (agent, since): (AgentId, Timestamp),
    limit: i64,
) -> Result<Vec<Entry>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, s.since_at as at, r.name as said
             from account_owners o
             join accounts a on a.workspace_id = o.workspace_id and a.id = o.account_id
             join account_stages s on s.workspace_id = o.workspace_id and s.account_id = o.account_id and s.since_at > $3
             join ladder_rungs r on r.workspace_id = s.workspace_id and r.id = s.rung_id
             where o.workspace_id = $1 and o.agent_id = $2 and o.until_at is null and s.number > 1
             order by s.since_at desc, a.id
             limit $4"
        ),
        params![workspace, agent, since, limit],
        |row| Ok((row.get("id")?, row.get("name")?, row.get("at")?, row.get("said")?)),
    )
}

pub(super) fn visit(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<Option<Visit>, DbError> {
    tx.optional(
        sql!(
            "select seen_until, before_until, version
             from book_visits
             where workspace_id = $1 and agent_id = $2"
        ),
        params![workspace, agent],
        |row| {
            Ok(Visit {
                until: row.get("seen_until")?,
                before: row.get("before_until")?,
                version: row.get("version")?,
            })
        },
    )
}

pub(super) fn put_visit(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    visit: &Visit,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into book_visits (workspace_id, agent_id, seen_until, before_until, version)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, agent_id) do update
             set seen_until = excluded.seen_until, before_until = excluded.before_until, version = excluded.version"
        ),
        params![workspace, agent, visit.until, visit.before, visit.version],
    )?;
    Ok(())
}
