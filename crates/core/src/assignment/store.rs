//! The rows of owners, rules and capacities.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};

use super::{Capacity, Method, Rule, RuleId, Span, Target, Why};
use crate::accounts::{AccountId, Cursor};
use crate::agents::AgentId;
use crate::ladders::RungId;
use crate::teams::TeamId;
use crate::workspaces::WorkspaceId;

pub(super) fn begin(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (agent, why): (AgentId, &Why),
    by: &str,
) -> Result<(), DbError> {
    let (why, now) = (
        serde_json::to_string(why).expect("plain words are JSON"),
        tx.now(),
    );
    tx.execute(
        sql!(
            "insert into account_owners (workspace_id, account_id, number, agent_id, why, set_by, since_at, until_at)
             select $1, $2, coalesce(max(o.number), 0) + 1, $3, $4, $5, $6, null
             from account_owners o
             where o.workspace_id = $1 and o.account_id = $2"
        ),
        params![workspace, account, agent, why, by, now],
    )?;
    Ok(())
}

pub(super) fn end(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update account_owners
             set until_at = $3
             where workspace_id = $1 and account_id = $2 and until_at is null"
        ),
        params![workspace, account, at],
    )?;
    Ok(())
}

/// The present owners of these accounts.
pub(super) fn now(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Span)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select o.account_id, o.agent_id, g.name, o.why, o.set_by, o.since_at, o.until_at
                   from account_owners o
                   join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id
                   where o.workspace_id = $1 and o.account_id in (select value from rarray($2)) and o.until_at is null",
            pg: "select o.account_id, o.agent_id, g.name, o.why, o.set_by, o.since_at, o.until_at
                 from account_owners o
                 join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id
                 where o.workspace_id = $1 and o.account_id = any($2) and o.until_at is null",
        },
        params![workspace, accounts],
        |row| Ok((row.get("account_id")?, read_span(row)?)),
    )
}

/// The owners of an account, the newest first.
pub(super) fn spans(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<Span>, DbError> {
    tx.rows(
        sql!(
            "select o.agent_id, g.name, o.why, o.set_by, o.since_at, o.until_at
             from account_owners o
             join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id
             where o.workspace_id = $1 and o.account_id = $2
             order by o.number desc
             limit 200"
        ),
        params![workspace, account],
        read_span,
    )
}

/// An agent, how many open accounts they have, and what these bring in a month.
pub(super) type Held = (AgentId, (i64, i64));

/// How many open accounts each agent has, and what they bring in a month.
pub(super) fn held(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Held>, DbError> {
    tx.rows(
        sql!(
            "select o.agent_id, count(o.account_id) as accounts, cast(coalesce(sum(w.mrr), 0) as bigint) as mrr
             from account_owners o
             left join account_closures c on c.workspace_id = o.workspace_id and c.account_id = o.account_id
             left join account_worths w on w.workspace_id = o.workspace_id and w.account_id = o.account_id
             where o.workspace_id = $1 and o.until_at is null and c.account_id is null
             group by o.agent_id"
        ),
        params![workspace],
        |row| Ok((row.get("agent_id")?, (row.get("accounts")?, row.get("mrr")?))),
    )
}

/// How many open accounts of each tier each agent has.
pub(super) fn held_on_tiers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Vec<(AgentId, RungId, i64)>, DbError> {
    tx.rows(
        sql!(
            "select o.agent_id, t.rung_id, count(o.account_id) as accounts
             from account_owners o
             join account_tiers t on t.workspace_id = o.workspace_id and t.account_id = o.account_id
             left join account_closures c on c.workspace_id = o.workspace_id and c.account_id = o.account_id
             where o.workspace_id = $1 and o.until_at is null and c.account_id is null and t.rung_id is not null
             group by o.agent_id, t.rung_id"
        ),
        params![workspace],
        |row| Ok((row.get("agent_id")?, row.get("rung_id")?, row.get("accounts")?)),
    )
}

/// A part of an agent's open accounts, by name.
pub(super) fn book(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<(AccountId, String)>, DbError> {
    let (name, id) = place(after);
    tx.rows(
        sql!(
            "select a.id, a.name
             from account_owners o
             join accounts a on a.workspace_id = o.workspace_id and a.id = o.account_id
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where o.workspace_id = $1 and o.agent_id = $2 and o.until_at is null and c.account_id is null
               and (a.name_folded, a.id) > ($3, $4)
             order by a.name_folded, a.id
             limit $5"
        ),
        params![workspace, agent, name, id, limit],
        |row| Ok((row.get("id")?, row.get("name")?)),
    )
}

/// A part of the open accounts without owner, by name.
pub(super) fn unowned(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<(AccountId, String)>, DbError> {
    let (name, id) = place(after);
    tx.rows(
        sql!(
            "select a.id, a.name
             from accounts a
             left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.id and o.until_at is null
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where a.workspace_id = $1 and o.account_id is null and c.account_id is null
               and (a.name_folded, a.id) > ($2, $3)
             order by a.name_folded, a.id
             limit $4"
        ),
        params![workspace, name, id, limit],
        |row| Ok((row.get("id")?, row.get("name")?)),
    )
}

fn place(after: Option<&Cursor>) -> (String, AccountId) {
    match after {
        Some(cursor) => (cursor.name.clone(), cursor.id),
        None => (String::new(), AccountId::from_uuid(Uuid::nil())),
    }
}

pub(super) fn insert_rule(tx: &mut Tx<'_>, workspace: WorkspaceId, rule: &Rule) -> Result<(), DbError> {
    let (agent, team) = target(rule.target);
    tx.execute(
        sql!(
            "insert into assignment_rules (workspace_id, id, place, name, conditions, agent_id, team_id, method, last_agent_id, version, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, null, $9, $10)"
        ),
        params![
            workspace,
            rule.id,
            rule.place,
            rule.name,
            conditions(rule),
            agent,
            team,
            rule.method.as_str(),
            rule.version,
            tx.now()
        ],
    )?;
    Ok(())
}

pub(super) fn update_rule(tx: &mut Tx<'_>, workspace: WorkspaceId, rule: &Rule) -> Result<(), DbError> {
    let (agent, team) = target(rule.target);
    tx.execute(
        sql!(
            "update assignment_rules
             set name = $3, conditions = $4, agent_id = $5, team_id = $6, method = $7, version = $8
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            rule.id,
            rule.name,
            conditions(rule),
            agent,
            team,
            rule.method.as_str(),
            rule.version
        ],
    )?;
    Ok(())
}

pub(super) fn set_place(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: RuleId,
    place: i64,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update assignment_rules set place = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, place],
    )?;
    Ok(())
}

pub(super) fn set_last(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: RuleId,
    agent: AgentId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update assignment_rules set last_agent_id = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, agent],
    )?;
    Ok(())
}

pub(super) fn rules(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Rule>, DbError> {
    tx.rows(
        sql!(
            "select r.id, r.place, r.name, r.conditions, r.agent_id, r.team_id, r.method, r.last_agent_id, r.version
             from assignment_rules r
             left join assignment_rule_removals g on g.workspace_id = r.workspace_id and g.rule_id = r.id
             where r.workspace_id = $1 and g.rule_id is null
             order by r.place, r.id"
        ),
        params![workspace],
        read_rule,
    )
}

pub(super) fn put_capacity(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    capacity: &Capacity,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into agent_capacities (workspace_id, agent_id, accounts, mrr, away_until)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, agent_id) do update
             set accounts = excluded.accounts, mrr = excluded.mrr, away_until = excluded.away_until"
        ),
        params![
            workspace,
            agent,
            capacity.accounts,
            capacity.mrr,
            capacity.away_until.map(|day| day.to_string())
        ],
    )?;
    Ok(())
}

pub(super) fn capacities(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Vec<(AgentId, Capacity)>, DbError> {
    tx.rows(
        sql!("select agent_id, accounts, mrr, away_until from agent_capacities where workspace_id = $1"),
        params![workspace],
        |row| {
            let until: Option<String> = row.get("away_until")?;
            let until = until.map(|day| day.parse::<Day>().map_err(|_| row.broken("away_until", "a day")));
            let capacity = Capacity {
                accounts: row.get("accounts")?,
                mrr: row.get("mrr")?,
                away_until: until.transpose()?,
            };
            Ok((row.get("agent_id")?, capacity))
        },
    )
}

pub(super) fn target(target: Target) -> (Option<AgentId>, Option<TeamId>) {
    match target {
        Target::Agent(agent) => (Some(agent), None),
        Target::Team(team) => (None, Some(team)),
    }
}

pub(super) fn conditions(rule: &Rule) -> String {
    serde_json::to_string(&rule.conditions).expect("conditions are plain")
}

fn read_span(row: &Row<'_>) -> Result<Span, DbError> {
    let why: String = row.get("why")?;
    Ok(Span {
        agent: row.get("agent_id")?,
        name: row.get("name")?,
        why: serde_json::from_str(&why).map_err(|_| row.broken("why", "why somebody was chosen"))?,
        by: row.get("set_by")?,
        since: row.get("since_at")?,
        until: row.get("until_at")?,
    })
}

pub(super) fn read_rule(row: &Row<'_>) -> Result<Rule, DbError> {
    let (conditions, method): (String, String) = (row.get("conditions")?, row.get("method")?);
    let target = match (row.get("agent_id")?, row.get("team_id")?) {
        (Some(agent), _) => Target::Agent(agent),
        (None, Some(team)) => Target::Team(team),
        (None, None) => return Err(row.broken("agent_id", "an agent or a team")),
    };
    Ok(Rule {
        id: row.get("id")?,
        name: row.get("name")?,
        conditions: serde_json::from_str(&conditions).map_err(|_| row.broken("conditions", "conditions"))?,
        target,
        method: Method::named(&method).unwrap_or_default(),
        last: row.get("last_agent_id")?,
        place: row.get("place")?,
        version: row.get("version")?,
    })
}
