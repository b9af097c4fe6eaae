//! The statements of filtered lists. What is not asked for has a value that every account passes: an empty text, a zero, the
//! nil id.

use kit::db::sql::Sql;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};

use super::Asked;
use crate::accounts::store::read;
use crate::accounts::{Account, AccountId};
use crate::workspaces::WorkspaceId;

/// Sorted by name; `place` is the folded name and the id of the last one seen.
pub(super) fn by_name(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: &Asked,
    place: Option<(String, AccountId)>,
    (is_up, limit): (bool, i64),
) -> Result<Vec<Account>, DbError> {
    let is_first = i64::from(place.is_none());
    let (name, id) = place.unwrap_or((String::new(), AccountId::from_uuid(Uuid::nil())));
    let statement = if is_up { names_up() } else { names_down() };
    tx.rows(
        statement,
        params![
            workspace,
            name,
            id,
            limit,
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
            is_first
        ],
        read,
    )
}

/// Sorted by a number: a moment, or what comes in each year; `place` is the number and the id of the last one seen.
pub(super) fn by_number(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: &Asked,
    (by, place): (&str, Option<(i64, AccountId)>),
    (is_up, limit): (bool, i64),
) -> Result<Vec<Account>, DbError> {
    let (value, id) = place.unwrap_or(match is_up {
        true => (i64::MIN, AccountId::from_uuid(Uuid::nil())),
        false => (i64::MAX, AccountId::from_uuid(Uuid::max())),
    });
    let statement = if is_up { numbers_up() } else { numbers_down() };
    tx.rows(
        statement,
        params![
            workspace,
            value,
            id,
            limit,
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
            by
        ],
        read,
    )
}

/// The first names first.
fn names_up() -> &'static Sql {
    sql!(
                "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
                 from accounts a
                 left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                 left join account_worths w on w.workspace_id = a.workspace_id and w.account_id = a.id
                 left join account_tiers t on t.workspace_id = a.workspace_id and t.account_id = a.id
                 left join account_stages s on s.workspace_id = a.workspace_id and s.account_id = a.id and s.until_at is null
                 left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.id and o.until_at is null
                 where a.workspace_id = $1 and ($15 = 1 or (a.name_folded, a.id) > ($2, $3))
                   and a.name_folded like $5 and ($6 = '' or a.kind = $6) and (t.rung_id = $7 or $7 = $14) and (s.rung_id = $8 or $8 = $14)
                   and (exists (select u.tag_id from tag_uses u where u.workspace_id = a.workspace_id and u.noun = 'account' and u.subject_id = a.id and u.tag_id = $9) or $9 = $14)
                   and (o.agent_id = $10 or $10 = $14) and ($11 = 0 or o.agent_id is null)
                   and ($12 = '' or ($12 = 'open' and c.account_id is null) or ($12 = 'closed' and c.account_id is not null))
                   and ($13 = '' or w.renews <= $13)
                 order by a.name_folded, a.id
                 limit $4"
            )
}

/// The last names first.
fn names_down() -> &'static Sql {
    sql!(
                "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
                 from accounts a
                 left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                 left join account_worths w on w.workspace_id = a.workspace_id and w.account_id = a.id
                 left join account_tiers t on t.workspace_id = a.workspace_id and t.account_id = a.id
                 left join account_stages s on s.workspace_id = a.workspace_id and s.account_id = a.id and s.until_at is null
                 left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.id and o.until_at is null
                 where a.workspace_id = $1 and ($15 = 1 or (a.name_folded, a.id) < ($2, $3))
                   and a.name_folded like $5 and ($6 = '' or a.kind = $6) and (t.rung_id = $7 or $7 = $14) and (s.rung_id = $8 or $8 = $14)
                   and (exists (select u.tag_id from tag_uses u where u.workspace_id = a.workspace_id and u.noun = 'account' and u.subject_id = a.id and u.tag_id = $9) or $9 = $14)
                   and (o.agent_id = $10 or $10 = $14) and ($11 = 0 or o.agent_id is null)
                   and ($12 = '' or ($12 = 'open' and c.account_id is null) or ($12 = 'closed' and c.account_id is not null))
                   and ($13 = '' or w.renews <= $13)
                 order by a.name_folded desc, a.id desc
                 limit $4"
            )
}

/// The smallest numbers first.
fn numbers_up() -> &'static Sql {
    sql!(
                "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
                 from accounts a
                 left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                 left join account_worths w on w.workspace_id = a.workspace_id and w.account_id = a.id
                 left join account_tiers t on t.workspace_id = a.workspace_id and t.account_id = a.id
                 left join account_stages s on s.workspace_id = a.workspace_id and s.account_id = a.id and s.until_at is null
                 left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.id and o.until_at is null
                 where a.workspace_id = $1 and (case $15 when 'changed' then a.changed_at when 'created' then a.created_at else coalesce(w.arr, -1) end, a.id) > ($2, $3)
                   and a.name_folded like $5 and ($6 = '' or a.kind = $6) and (t.rung_id = $7 or $7 = $14) and (s.rung_id = $8 or $8 = $14)
                   and (exists (select u.tag_id from tag_uses u where u.workspace_id = a.workspace_id and u.noun = 'account' and u.subject_id = a.id and u.tag_id = $9) or $9 = $14)
                   and (o.agent_id = $10 or $10 = $14) and ($11 = 0 or o.agent_id is null)
                   and ($12 = '' or ($12 = 'open' and c.account_id is null) or ($12 = 'closed' and c.account_id is not null))
                   and ($13 = '' or w.renews <= $13)
                 order by case $15 when 'changed' then a.changed_at when 'created' then a.created_at else coalesce(w.arr, -1) end, a.id
                 limit $4"
            )
}

/// The largest numbers first.
fn numbers_down() -> &'static Sql {
    sql!(
                "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
                 from accounts a
                 left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                 left join account_worths w on w.workspace_id = a.workspace_id and w.account_id = a.id
                 left join account_tiers t on t.workspace_id = a.workspace_id and t.account_id = a.id
                 left join account_stages s on s.workspace_id = a.workspace_id and s.account_id = a.id and s.until_at is null
                 left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.id and o.until_at is null
                 where a.workspace_id = $1 and (case $15 when 'changed' then a.changed_at when 'created' then a.created_at else coalesce(w.arr, -1) end, a.id) < ($2, $3)
                   and a.name_folded like $5 and ($6 = '' or a.kind = $6) and (t.rung_id = $7 or $7 = $14) and (s.rung_id = $8 or $8 = $14)
                   and (exists (select u.tag_id from tag_uses u where u.workspace_id = a.workspace_id and u.noun = 'account' and u.subject_id = a.id and u.tag_id = $9) or $9 = $14)
                   and (o.agent_id = $10 or $10 = $14) and ($11 = 0 or o.agent_id is null)
                   and ($12 = '' or ($12 = 'open' and c.account_id is null) or ($12 = 'closed' and c.account_id is not null))
                   and ($13 = '' or w.renews <= $13)
                 order by case $15 when 'changed' then a.changed_at when 'created' then a.created_at else coalesce(w.arr, -1) end desc, a.id desc
                 limit $4"
            )
}
