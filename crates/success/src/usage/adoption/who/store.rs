//! Accounts by their use of a feature.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::{Use, Users};

/// Those that used it in the window, those that did most first.
pub(super) fn used(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: Users,
    (value, account): (i64, AccountId),
    limit: i64,
) -> Result<Vec<Use>, DbError> {
    let filter = asked.filter;
    tx.rows(
        sql!(
            "select u.account_id, a.name, g.name as owner, u.people, u.events, u.earlier, u.last_at, w.mrr
             from (
               select workspace_id, account_id, last_at, case cast($3 as bigint) when 7 then people_7 when 30 then people_30 else people_90 end as people,
                 case cast($3 as bigint) when 7 then events_7 when 30 then events_30 else events_90 end as events,
                 case cast($3 as bigint) when 7 then before_7 when 30 then before_30 else before_90 end as earlier
               from usage_adoption
               where workspace_id = $1 and feature_id = $2) u
             join accounts a on a.workspace_id = u.workspace_id and a.id = u.account_id
             left join account_owners o on o.workspace_id = u.workspace_id and o.account_id = u.account_id and o.until_at is null
             left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id
             left join account_worths w on w.workspace_id = u.workspace_id and w.account_id = u.account_id
             where u.workspace_id = $1 and u.events > 0
               and (u.events < $4 or (u.events = $4 and u.account_id > $5))
               and (cast($7 as bytea) is null or exists (select m.account_id from segment_members m
                 where m.workspace_id = u.workspace_id and m.segment_id = $7 and m.account_id = u.account_id))
               and (cast($8 as bytea) is null or exists (select t.account_id from account_tiers t
                 where t.workspace_id = u.workspace_id and t.account_id = u.account_id and t.rung_id = $8))
               and (cast($9 as bytea) is null or o.agent_id = $9)
             order by u.events desc, u.account_id
             limit $6"
        ),
        params![
            workspace,
            asked.feature,
            asked.window.days(),
            value,
            account,
            limit,
            filter.segment,
            filter.tier,
            filter.owner
        ],
        read,
    )
}

/// Those that used it in as many days before and not in the window, those that did most first.
pub(super) fn stopped(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: Users,
    (value, account): (i64, AccountId),
    limit: i64,
) -> Result<Vec<Use>, DbError> {
    let filter = asked.filter;
    tx.rows(
        sql!(
            "select u.account_id, a.name, g.name as owner, u.people, u.events, u.earlier, u.last_at, w.mrr
             from (
               select workspace_id, account_id, last_at, case cast($3 as bigint) when 7 then people_7 when 30 then people_30 else people_90 end as people,
                 case cast($3 as bigint) when 7 then events_7 when 30 then events_30 else events_90 end as events,
                 case cast($3 as bigint) when 7 then before_7 when 30 then before_30 else before_90 end as earlier
               from usage_adoption
               where workspace_id = $1 and feature_id = $2) u
             join accounts a on a.workspace_id = u.workspace_id and a.id = u.account_id
             left join account_owners o on o.workspace_id = u.workspace_id and o.account_id = u.account_id and o.until_at is null
             left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id
             left join account_worths w on w.workspace_id = u.workspace_id and w.account_id = u.account_id
             where u.workspace_id = $1 and u.events = 0 and u.earlier > 0
               and (u.earlier < $4 or (u.earlier = $4 and u.account_id > $5))
               and (cast($7 as bytea) is null or exists (select m.account_id from segment_members m
                 where m.workspace_id = u.workspace_id and m.segment_id = $7 and m.account_id = u.account_id))
               and (cast($8 as bytea) is null or exists (select t.account_id from account_tiers t
                 where t.workspace_id = u.workspace_id and t.account_id = u.account_id and t.rung_id = $8))
               and (cast($9 as bytea) is null or o.agent_id = $9)
             order by u.earlier desc, u.account_id
             limit $6"
        ),
        params![
            workspace,
            asked.feature,
            asked.window.days(),
            value,
            account,
            limit,
            filter.segment,
            filter.tier,
            filter.owner
        ],
        read,
    )
}

/// Those that did anything in the window and never used it; those that bring the most first where money is looked at.
pub(super) fn never(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (asked, by_money): (Users, bool),
    (value, account): (i64, AccountId),
    limit: i64,
) -> Result<Vec<Use>, DbError> {
    let filter = asked.filter;
    tx.rows(
        sql!(
            "select u.account_id, a.name, g.name as owner, u.people, cast(0 as bigint) as events, cast(0 as bigint) as earlier,
               cast(null as bigint) as last_at, u.mrr
             from (
               select d.workspace_id, d.account_id, case cast($3 as bigint) when 7 then d.people_7 when 30 then d.people_30 else d.people_90 end as people,
                 case when $10 = true then coalesce(w.mrr, 0) else 0 end as mrr
               from usage_adopters d
               left join account_worths w on w.workspace_id = d.workspace_id and w.account_id = d.account_id
               where d.workspace_id = $1
                 and not exists (select n.account_id from usage_adoption n
                   where n.workspace_id = d.workspace_id and n.account_id = d.account_id and n.feature_id = $2)) u
             join accounts a on a.workspace_id = u.workspace_id and a.id = u.account_id
             left join account_owners o on o.workspace_id = u.workspace_id and o.account_id = u.account_id and o.until_at is null
             left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id
             where u.workspace_id = $1 and u.people > 0
               and (u.mrr < $4 or (u.mrr = $4 and u.account_id > $5))
               and (cast($7 as bytea) is null or exists (select m.account_id from segment_members m
                 where m.workspace_id = u.workspace_id and m.segment_id = $7 and m.account_id = u.account_id))
               and (cast($8 as bytea) is null or exists (select t.account_id from account_tiers t
                 where t.workspace_id = u.workspace_id and t.account_id = u.account_id and t.rung_id = $8))
               and (cast($9 as bytea) is null or o.agent_id = $9)
             order by u.mrr desc, u.account_id
             limit $6"
        ),
        params![
            workspace,
            asked.feature,
            asked.window.days(),
            value,
            account,
            limit,
            filter.segment,
            filter.tier,
            filter.owner,
            by_money
        ],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Use, DbError> {
    Ok(Use {
        account: row.get("account_id")?,
        name: row.get("name")?,
        owner: row.get("owner")?,
        people: row.get("people")?,
        events: row.get("events")?,
        before: row.get("earlier")?,
        last: row.get("last_at")?,
        mrr: row.get("mrr")?,
    })
}
