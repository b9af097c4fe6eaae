//! The rows of lists of alerts.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::{Line, Whose};
use crate::alerts::rules::WarningRuleId;
use crate::alerts::store::{read, state, way};
use crate::alerts::{AlertId, State, Way};

/// Which alerts a list is of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Of<'a> {
    pub(super) way: Option<Way>,
    pub(super) state: State,
    pub(super) whose: Whose,
    pub(super) account: Option<AccountId>,
    pub(super) hidden: &'a [WarningRuleId],
    /// Those that were opened after this moment, or closed after it where they are closed.
    pub(super) since: Timestamp,
}

/// By what an alert stands in its list: what is at stake, or when it was closed.
pub(super) fn rank(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AlertId) -> Result<Option<i64>, DbError> {
    tx.optional(
        sql!("select coalesce(closed_at, rank) as place from alerts where workspace_id = $1 and id = $2"),
        params![workspace, id],
        |row| row.get("place"),
    )
}

/// Alerts that are not closed after a place, those with the most at stake first, an account's together.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    of: Of<'_>,
    (rank, account, id): (i64, AccountId, AlertId),
    limit: i64,
) -> Result<Vec<AlertId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id
                   from alerts a
                   left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                   left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                   left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                   where a.workspace_id = $1 and a.state = $2 and ($3 = '' or a.way = $3)
                     and (cast($4 as bytea) is null or coalesce(t.id, g.id) = $4) and ($12 = '' or coalesce(t.id, g.id) is null)
                     and (cast($5 as bytea) is null or a.account_id = $5) and (a.rule_id is null or a.rule_id not in (select value from rarray($6)))
                     and a.opened_at > $11 and (a.rank < $7 or (a.rank = $7 and (a.account_id > $8 or (a.account_id = $8 and a.id > $9))))
                   order by a.rank desc, a.account_id, a.id limit $10",
            pg: "select a.id
                 from alerts a
                 left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                 left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                 left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                 where a.workspace_id = $1 and a.state = $2 and ($3 = '' or a.way = $3)
                   and (cast($4 as bytea) is null or coalesce(t.id, g.id) = $4) and ($12 = '' or coalesce(t.id, g.id) is null)
                   and (cast($5 as bytea) is null or a.account_id = $5) and (a.rule_id is null or a.rule_id <> all($6))
                   and a.opened_at > $11 and (a.rank < $7 or (a.rank = $7 and (a.account_id > $8 or (a.account_id = $8 and a.id > $9))))
                 order by a.rank desc, a.account_id, a.id limit $10",
        },
        params![
            workspace,
            of.state.as_str(),
            of.way.map_or("", Way::as_str),
            of.whose.agent(),
            of.account,
            of.hidden,
            rank,
            account,
            id,
            limit,
            of.since,
            of.whose.nobody()
        ],
        |row| row.get("id"),
    )
}

/// The same in the order of accounts, for those who may not know what is at stake.
pub(super) fn list_by_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    of: Of<'_>,
    (account, id): (AccountId, AlertId),
    limit: i64,
) -> Result<Vec<AlertId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id
                   from alerts a
                   left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                   left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                   left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                   where a.workspace_id = $1 and a.state = $2 and ($3 = '' or a.way = $3)
                     and (cast($4 as bytea) is null or coalesce(t.id, g.id) = $4) and ($11 = '' or coalesce(t.id, g.id) is null)
                     and (cast($5 as bytea) is null or a.account_id = $5) and (a.rule_id is null or a.rule_id not in (select value from rarray($6)))
                     and a.opened_at > $10 and (a.account_id > $7 or (a.account_id = $7 and a.id > $8))
                   order by a.account_id, a.id limit $9",
            pg: "select a.id
                 from alerts a
                 left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                 left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                 left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                 where a.workspace_id = $1 and a.state = $2 and ($3 = '' or a.way = $3)
                   and (cast($4 as bytea) is null or coalesce(t.id, g.id) = $4) and ($11 = '' or coalesce(t.id, g.id) is null)
                   and (cast($5 as bytea) is null or a.account_id = $5) and (a.rule_id is null or a.rule_id <> all($6))
                   and a.opened_at > $10 and (a.account_id > $7 or (a.account_id = $7 and a.id > $8))
                 order by a.account_id, a.id limit $9",
        },
        params![
            workspace,
            of.state.as_str(),
            of.way.map_or("", Way::as_str),
            of.whose.agent(),
            of.account,
            of.hidden,
            account,
            id,
            limit,
            of.since,
            of.whose.nobody()
        ],
        |row| row.get("id"),
    )
}

/// Closed alerts after a place, the last closed first.
pub(super) fn closed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    of: Of<'_>,
    (rank, _, id): (i64, AccountId, AlertId),
    limit: i64,
) -> Result<Vec<AlertId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id
                   from alerts a
                   left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                   left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                   left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                   where a.workspace_id = $1 and a.closed_at is not null and a.state = $2 and ($3 = '' or a.way = $3)
                     and (cast($4 as bytea) is null or coalesce(t.id, g.id) = $4) and ($11 = '' or coalesce(t.id, g.id) is null)
                     and (cast($5 as bytea) is null or a.account_id = $5) and (a.rule_id is null or a.rule_id not in (select value from rarray($6)))
                     and a.closed_at > $10 and (a.closed_at < $7 or (a.closed_at = $7 and a.id < $8))
                   order by a.closed_at desc, a.id desc limit $9",
            pg: "select a.id
                 from alerts a
                 left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                 left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                 left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                 where a.workspace_id = $1 and a.closed_at is not null and a.state = $2 and ($3 = '' or a.way = $3)
                   and (cast($4 as bytea) is null or coalesce(t.id, g.id) = $4) and ($11 = '' or coalesce(t.id, g.id) is null)
                   and (cast($5 as bytea) is null or a.account_id = $5) and (a.rule_id is null or a.rule_id <> all($6))
                   and a.closed_at > $10 and (a.closed_at < $7 or (a.closed_at = $7 and a.id < $8))
                 order by a.closed_at desc, a.id desc limit $9",
        },
        params![
            workspace,
            of.state.as_str(),
            of.way.map_or("", Way::as_str),
            of.whose.agent(),
            of.account,
            of.hidden,
            rank,
            id,
            limit,
            of.since,
            of.whose.nobody()
        ],
        |row| row.get("id"),
    )
}

/// These alerts as lists show them, in the order in which they are named.
pub(super) fn lines(tx: &mut Tx<'_>, workspace: WorkspaceId, ids: &[AlertId]) -> Result<Vec<Line>, DbError> {
    let mut found: BTreeMap<AlertId, Line> = read_lines(tx, workspace, ids)?
        .into_iter()
        .map(|line| (line.alert.id, line))
        .collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// How many open alerts there are of each way, of how many accounts.
pub(super) fn tallies(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    whose: Whose,
    hidden: &[WarningRuleId],
) -> Result<Vec<(Way, AccountId, i64, i64)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.way, a.account_id, count(*) as alerts, max(a.mrr) as mrr
                   from alerts a
                   left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                   left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                   left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                   where a.workspace_id = $1 and a.state = 'open' and (cast($2 as bytea) is null or coalesce(t.id, g.id) = $2)
                     and ($4 = '' or coalesce(t.id, g.id) is null)
                     and (a.rule_id is null or a.rule_id not in (select value from rarray($3)))
                   group by a.way, a.account_id",
            pg: "select a.way, a.account_id, count(*) as alerts, max(a.mrr) as mrr
                 from alerts a
                 left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                 left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                 left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                 where a.workspace_id = $1 and a.state = 'open' and (cast($2 as bytea) is null or coalesce(t.id, g.id) = $2)
                     and ($4 = '' or coalesce(t.id, g.id) is null)
                   and (a.rule_id is null or a.rule_id <> all($3))
                 group by a.way, a.account_id",
        },
        params![workspace, whose.agent(), hidden, whose.nobody()],
        |row| {
            Ok((
                way(row)?,
                row.get("account_id")?,
                row.get("alerts")?,
                row.get("mrr")?,
            ))
        },
    )
}

/// How many alerts of each rule ended how: rule, state, word, count.
pub(super) fn ends(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Vec<(WarningRuleId, State, String, i64)>, DbError> {
    tx.rows(
        sql!(
            "select rule_id, state, word, count(*) as alerts
             from alerts
             where workspace_id = $1 and rule_id is not null
             group by rule_id, state, word"
        ),
        params![workspace],
        |row| {
            Ok((
                row.get("rule_id")?,
                state(row)?,
                row.get("word")?,
                row.get("alerts")?,
            ))
        },
    )
}

fn read_lines(tx: &mut Tx<'_>, workspace: WorkspaceId, ids: &[AlertId]) -> Result<Vec<Line>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id, a.account_id, a.rule_id, a.version, a.way, a.state, a.severity, a.rank, a.mrr, a.confidence, a.usual,
                     a.found, a.finds, a.opened_day, a.opened_at, a.quiet_since, a.taken_by, a.snoozed_until, a.word, a.words,
                     a.closed_at, a.closed_by, coalesce(t.id, g.id) as owner, coalesce(t.name, g.name) as owner_name,
                     c.name as account_name, w.renews, s.id as signal_id, s.kind, s.words as told, s.ticket, s.contact_id, s.told_by, s.agent_id as teller, s.told_at
                   from alerts a
                   join accounts c on c.workspace_id = a.workspace_id and c.id = a.account_id
                   left join alert_signals s on s.workspace_id = a.workspace_id and s.alert_id = a.id
                   left join account_worths w on w.workspace_id = a.workspace_id and w.account_id = a.account_id
                   left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                   left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                   left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                   where a.workspace_id = $1 and a.id in (select value from rarray($2))",
            pg: "select a.id, a.account_id, a.rule_id, a.version, a.way, a.state, a.severity, a.rank, a.mrr, a.confidence, a.usual,
                   a.found, a.finds, a.opened_day, a.opened_at, a.quiet_since, a.taken_by, a.snoozed_until, a.word, a.words,
                   a.closed_at, a.closed_by, coalesce(t.id, g.id) as owner, coalesce(t.name, g.name) as owner_name,
                   c.name as account_name, w.renews, s.id as signal_id, s.kind, s.words as told, s.ticket, s.contact_id, s.told_by, s.agent_id as teller, s.told_at
                 from alerts a
                 join accounts c on c.workspace_id = a.workspace_id and c.id = a.account_id
                 left join alert_signals s on s.workspace_id = a.workspace_id and s.alert_id = a.id
                 left join account_worths w on w.workspace_id = a.workspace_id and w.account_id = a.account_id
                 left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                 left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                 left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                 where a.workspace_id = $1 and a.id = any($2)",
        },
        params![workspace, ids],
        read_line,
    )
}

fn read_line(row: &Row<'_>) -> Result<Line, DbError> {
    Ok(Line {
        alert: read(row)?,
        name: row.get("account_name")?,
        owner: row.get("owner_name")?,
        renews: row.get("renews")?,
    })
}
