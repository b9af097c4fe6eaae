//! The statements of filtered lists: few ids by one filter, ids in the order of a sort, and which of some ids pass.
//!
//! None of them reads more than it is asked for. What a filter does not ask for has a value that every account passes: an
//! empty text, a zero, the nil id.

use kit::db::sql::Sql;
use kit::db::{DbError, Row, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};

use super::Asked;
use crate::accounts::AccountId;
use crate::accounts::listing::SortValue;
use crate::workspaces::WorkspaceId;

/// An account and what a list is sorted by.
pub(super) type Placed = (SortValue, AccountId);

/// The numbers of an account that lists are sorted by.
pub(super) struct Passed {
    pub(super) id: AccountId,
    pub(super) changed: i64,
    pub(super) created: i64,
    pub(super) arr: i64,
}

/// Those of `ids` that pass the filter. What isn't asked is not looked for: the question stands before the search.
pub(super) fn passing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: &Asked,
    ids: &[AccountId],
) -> Result<Vec<Passed>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id, a.changed_at, a.created_at, a.arr
                   from rarray($2) r cross join accounts a
                   where a.workspace_id = $1 and a.id = r.value and a.name_folded like $3 and ($4 = '' or a.kind = $4)
                     and ($5 = $12 or exists (select t.rung_id from account_tiers t where t.workspace_id = a.workspace_id and t.account_id = a.id and t.rung_id = $5))
                     and ($6 = $12 or exists (select s.rung_id from account_stages s where s.workspace_id = a.workspace_id and s.account_id = a.id and s.until_at is null and s.rung_id = $6))
                     and ($7 = $12 or exists (select u.tag_id from tag_uses u where u.workspace_id = a.workspace_id and u.noun = 'account' and u.subject_id = a.id and u.tag_id = $7))
                     and ($8 = $12 or exists (select o.agent_id from account_owners o where o.workspace_id = a.workspace_id and o.account_id = a.id and o.until_at is null and o.agent_id = $8))
                     and ($9 = 0 or not exists (select o.agent_id from account_owners o where o.workspace_id = a.workspace_id and o.account_id = a.id and o.until_at is null))
                     and ($10 <> 'open' or not exists (select c.account_id from account_closures c where c.workspace_id = a.workspace_id and c.account_id = a.id))
                     and ($10 <> 'closed' or exists (select c.account_id from account_closures c where c.workspace_id = a.workspace_id and c.account_id = a.id))
                     and ($11 = '' or exists (select w.renews from account_worths w where w.workspace_id = a.workspace_id and w.account_id = a.id and w.renews <= $11))
                     and ($13 = $12 or exists (select m.account_id from segment_members m where m.workspace_id = a.workspace_id and m.segment_id = $13 and m.account_id = a.id))
                   and ($14 = '' or exists (select v.model from account_tiers t join tier_services v on v.workspace_id = t.workspace_id and v.rung_id = t.rung_id where t.workspace_id = a.workspace_id and t.account_id = a.id and v.model = $14))",
            pg: "select a.id, a.changed_at, a.created_at, a.arr
                 from accounts a
                 where a.workspace_id = $1 and a.id = any($2) and a.name_folded like $3 and ($4 = '' or a.kind = $4)
                   and (cast($5 as bytea) = $12 or exists (select t.rung_id from account_tiers t where t.workspace_id = a.workspace_id and t.account_id = a.id and t.rung_id = $5))
                   and (cast($6 as bytea) = $12 or exists (select s.rung_id from account_stages s where s.workspace_id = a.workspace_id and s.account_id = a.id and s.until_at is null and s.rung_id = $6))
                   and (cast($7 as bytea) = $12 or exists (select u.tag_id from tag_uses u where u.workspace_id = a.workspace_id and u.noun = 'account' and u.subject_id = a.id and u.tag_id = $7))
                   and (cast($8 as bytea) = $12 or exists (select o.agent_id from account_owners o where o.workspace_id = a.workspace_id and o.account_id = a.id and o.until_at is null and o.agent_id = $8))
                   and ($9 = 0 or not exists (select o.agent_id from account_owners o where o.workspace_id = a.workspace_id and o.account_id = a.id and o.until_at is null))
                   and ($10 <> 'open' or not exists (select c.account_id from account_closures c where c.workspace_id = a.workspace_id and c.account_id = a.id))
                   and ($10 <> 'closed' or exists (select c.account_id from account_closures c where c.workspace_id = a.workspace_id and c.account_id = a.id))
                   and ($11 = '' or exists (select w.renews from account_worths w where w.workspace_id = a.workspace_id and w.account_id = a.id and w.renews <= $11))
                   and (cast($13 as bytea) = $12 or exists (select m.account_id from segment_members m where m.workspace_id = a.workspace_id and m.segment_id = $13 and m.account_id = a.id))
                   and ($14 = '' or exists (select v.model from account_tiers t join tier_services v on v.workspace_id = t.workspace_id and v.rung_id = t.rung_id where t.workspace_id = a.workspace_id and t.account_id = a.id and v.model = $14))",
        },
        params![
            workspace,
            ids,
            asked.like,
            asked.kind,
            asked.tier,
            asked.stage,
            asked.tag,
            asked.owner,
            i64::from(asked.is_unowned),
            asked.state,
            asked.renews_until,
            Uuid::nil(),
            asked.segment,
            asked.touch
        ],
        passed,
    )
}

fn passed(row: &Row<'_>) -> Result<Passed, DbError> {
    Ok(Passed {
        id: row.get("id")?,
        changed: row.get("changed_at")?,
        created: row.get("created_at")?,
        arr: row.get("arr")?,
    })
}

/// Up to `limit` accounts on a tier.
pub(super) fn on_tier(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tier: Uuid,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select account_id
             from account_tiers
             where workspace_id = $1 and rung_id = $2
             limit $3"
        ),
        params![workspace, tier, limit],
        |row| row.get("account_id"),
    )
}

/// Up to `limit` accounts on a stage.
pub(super) fn on_stage(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    stage: Uuid,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select account_id
             from account_stages
             where workspace_id = $1 and until_at is null and rung_id = $2
             limit $3"
        ),
        params![workspace, stage, limit],
        |row| row.get("account_id"),
    )
}

/// Up to `limit` accounts of an owner.
pub(super) fn owned(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    owner: Uuid,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select account_id
             from account_owners
             where workspace_id = $1 and agent_id = $2 and until_at is null
             limit $3"
        ),
        params![workspace, owner, limit],
        |row| row.get("account_id"),
    )
}

/// Up to `limit` accounts with a tag.
pub(super) fn tagged(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tag: Uuid,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select subject_id
             from tag_uses
             where workspace_id = $1 and tag_id = $2 and noun = 'account'
             limit $3"
        ),
        params![workspace, tag, limit],
        |row| row.get("subject_id"),
    )
}

/// Up to `limit` accounts of which something renews until a day.
pub(super) fn renewing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    until: &str,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select account_id
             from account_worths
             where workspace_id = $1 and renews <= $2
             limit $3"
        ),
        params![workspace, until, limit],
        |row| row.get("account_id"),
    )
}

/// Up to `limit` closed accounts.
pub(super) fn closed(tx: &mut Tx<'_>, workspace: WorkspaceId, limit: i64) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select account_id
             from account_closures
             where workspace_id = $1
             limit $2"
        ),
        params![workspace, limit],
        |row| row.get("account_id"),
    )
}

/// Up to `limit` accounts with such a name.
pub(super) fn called(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    like: &str,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from accounts
             where workspace_id = $1 and name_folded like $2
             limit $3"
        ),
        params![workspace, like, limit],
        |row| row.get("id"),
    )
}

/// Those of `ids` in the order of their names, the first ones first. On SQLite the ids lead, or it would walk all names.
pub(super) fn in_order_of_names(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<Vec<Placed>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id, a.name_folded from rarray($2) r cross join accounts a
                   where a.workspace_id = $1 and a.id = r.value order by a.name_folded, a.id",
            pg: "select id, name_folded from accounts where workspace_id = $1 and id = any($2) order by name_folded, id",
        },
        params![workspace, ids],
        |row| Ok((SortValue::Name(row.get("name_folded")?), row.get("id")?)),
    )
}

/// Those of `ids` that come after a place in the order of names, or before it.
pub(super) fn behind_name(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
    (name, id): (&str, AccountId),
    is_up: bool,
) -> Result<Vec<AccountId>, DbError> {
    let statement = if is_up {
        sql! {
            kind: "list of values",
            lite: "select a.id from rarray($2) r cross join accounts a
                   where a.workspace_id = $1 and a.id = r.value and (a.name_folded, a.id) > ($3, $4)",
            pg: "select id from accounts where workspace_id = $1 and id = any($2) and (name_folded, id) > ($3, $4)",
        }
    } else {
        sql! {
            kind: "list of values",
            lite: "select a.id from rarray($2) r cross join accounts a
                   where a.workspace_id = $1 and a.id = r.value and (a.name_folded, a.id) < ($3, $4)",
            pg: "select id from accounts where workspace_id = $1 and id = any($2) and (name_folded, id) < ($3, $4)",
        }
    };
    tx.rows(statement, params![workspace, ids, name, id], |row| row.get("id"))
}

/// The next `limit` accounts in the order of names after a place.
pub(super) fn names(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    place: Option<(&str, AccountId)>,
    (is_up, limit): (bool, i64),
) -> Result<Vec<Placed>, DbError> {
    let read = |row: &Row<'_>| Ok((SortValue::Name(row.get("name_folded")?), row.get("id")?));
    let (begin, nil) = ("", AccountId::from_uuid(Uuid::nil()));
    match (place, is_up) {
        (None, false) => tx.rows(
            sql!(
                "select id, name_folded
                 from accounts
                 where workspace_id = $1
                 order by name_folded desc, id desc
                 limit $2"
            ),
            params![workspace, limit],
            read,
        ),
        (Some((name, id)), false) => tx.rows(
            sql!(
                "select id, name_folded
                 from accounts
                 where workspace_id = $1 and (name_folded, id) < ($2, $3)
                 order by name_folded desc, id desc
                 limit $4"
            ),
            params![workspace, name, id, limit],
            read,
        ),
        (place, true) => {
            let (name, id) = place.unwrap_or((begin, nil));
            tx.rows(
                sql!(
                    "select id, name_folded
                     from accounts
                     where workspace_id = $1 and (name_folded, id) > ($2, $3)
                     order by name_folded, id
                     limit $4"
                ),
                params![workspace, name, id, limit],
                read,
            )
        }
    }
}

/// The next `limit` accounts after a place in the order of a number.
pub(super) fn numbers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    by: &str,
    (value, id): (i64, AccountId),
    (is_up, limit): (bool, i64),
) -> Result<Vec<Placed>, DbError> {
    let statement = match (by, is_up) {
        ("changed", true) => changed_up(),
        ("changed", false) => changed_down(),
        ("created", true) => created_up(),
        ("created", false) => created_down(),
        (_, true) => arr_up(),
        (_, false) => arr_down(),
    };
    tx.rows(statement, params![workspace, value, id, limit], |row| {
        Ok((SortValue::Moment(row.get("number")?), row.get("id")?))
    })
}

fn changed_up() -> &'static Sql {
    sql!(
        "select id, changed_at as number
         from accounts
         where workspace_id = $1 and (changed_at, id) > ($2, $3)
         order by changed_at, id
         limit $4"
    )
}

fn changed_down() -> &'static Sql {
    sql!(
        "select id, changed_at as number
         from accounts
         where workspace_id = $1 and (changed_at, id) < ($2, $3)
         order by changed_at desc, id desc
         limit $4"
    )
}

fn created_up() -> &'static Sql {
    sql!(
        "select id, created_at as number
         from accounts
         where workspace_id = $1 and (created_at, id) > ($2, $3)
         order by created_at, id
         limit $4"
    )
}

fn created_down() -> &'static Sql {
    sql!(
        "select id, created_at as number
         from accounts
         where workspace_id = $1 and (created_at, id) < ($2, $3)
         order by created_at desc, id desc
         limit $4"
    )
}

fn arr_up() -> &'static Sql {
    sql!(
        "select id, arr as number
         from accounts
         where workspace_id = $1 and (arr, id) > ($2, $3)
         order by arr, id
         limit $4"
    )
}

fn arr_down() -> &'static Sql {
    sql!(
        "select id, arr as number
         from accounts
         where workspace_id = $1 and (arr, id) < ($2, $3)
         order by arr desc, id desc
         limit $4"
    )
}
