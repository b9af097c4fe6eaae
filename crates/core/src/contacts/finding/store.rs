//! How filtered contacts are read.

use kit::db::sql::Sql;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::web::Order;
use kit::web::table::Sort;
use kit::{params, sql};

use super::Asked;
use crate::accounts::AccountId;
use crate::contacts::listing::Spot;
use crate::contacts::store::read;
use crate::contacts::{Contact, ContactId, Cursor};
use crate::workspaces::WorkspaceId;

/// Up to `limit` contacts who are or were at these accounts, as who stands for them.
pub(super) fn at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    limit: i64,
) -> Result<Vec<ContactId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct c.root_id
                   from rarray($2) r
                   cross join memberships m
                   join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
                   where m.workspace_id = $1 and m.account_id = r.value
                   limit $3",
            pg: "select distinct c.root_id
                 from memberships m
                 join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
                 where m.workspace_id = $1 and m.account_id = any($2)
                 limit $3",
        },
        params![workspace, accounts, limit],
        |row| row.get("root_id"),
    )
}

/// Up to `limit` contacts with a tag.
pub(super) fn tagged(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tag: Uuid,
    limit: i64,
) -> Result<Vec<ContactId>, DbError> {
    tx.rows(
        sql!(
            "select subject_id
             from tag_uses
             where workspace_id = $1 and tag_id = $2 and noun = 'contact'
             limit $3"
        ),
        params![workspace, tag, limit],
        |row| row.get("subject_id"),
    )
}

/// Those of `few` that pass, by name after a place.
pub(super) fn among(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: &Asked,
    few: &[ContactId],
    (from, limit): (&Cursor, i64),
) -> Result<Vec<Contact>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select c.id, c.root_id, c.name, c.language, c.time_zone, c.note, c.version, c.created_at, c.changed_at
                   from rarray($2) r
                   cross join contacts c
                   where c.workspace_id = $1 and c.id = r.value and c.root_id = c.id and (c.name_folded, c.id) > ($3, $4)
                     and c.name_folded like $5
                     and ($6 = '' or exists (select 1
                       from contacts p
                       join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
                       where p.workspace_id = c.workspace_id and p.root_id = c.id
                         and (($6 = 'champion' and m.is_champion) or ($6 = 'decision_maker' and m.is_decision_maker)
                           or ($6 = 'user' and m.is_user) or ($6 = 'billing' and m.is_billing))))
                     and (not $7 or not exists (select 1
                       from contacts p
                       join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
                       where p.workspace_id = c.workspace_id and p.root_id = c.id))
                   order by c.name_folded, c.id
                   limit $8",
            pg: "select c.id, c.root_id, c.name, c.language, c.time_zone, c.note, c.version, c.created_at, c.changed_at
                 from contacts c
                 where c.workspace_id = $1 and c.id = any($2) and c.root_id = c.id and (c.name_folded, c.id) > ($3, $4)
                   and c.name_folded like $5
                   and (cast($6 as text) = '' or exists (select 1
                     from contacts p
                     join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
                     where p.workspace_id = c.workspace_id and p.root_id = c.id
                       and (($6 = 'champion' and m.is_champion) or ($6 = 'decision_maker' and m.is_decision_maker)
                         or ($6 = 'user' and m.is_user) or ($6 = 'billing' and m.is_billing))))
                   and (not cast($7 as boolean) or not exists (select 1
                     from contacts p
                     join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
                     where p.workspace_id = c.workspace_id and p.root_id = c.id))
                 order by c.name_folded, c.id
                 limit $8",
        },
        params![
            workspace,
            few,
            from.name,
            from.id,
            asked.like,
            asked.role,
            asked.is_homeless,
            limit
        ],
        read,
    )
}

/// Those that pass, by name after a place.
pub(super) fn along(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: &Asked,
    (from, limit): (&Cursor, i64),
) -> Result<Vec<Contact>, DbError> {
    tx.rows(
        sql!(
            "select c.id, c.root_id, c.name, c.language, c.time_zone, c.note, c.version, c.created_at, c.changed_at
             from contacts c
             where c.workspace_id = $1 and c.root_id = c.id and (c.name_folded, c.id) > ($2, $3) and c.name_folded like $4
               and (cast($5 as text) = '' or exists (select 1
                 from contacts p
                 join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
                 where p.workspace_id = c.workspace_id and p.root_id = c.id
                   and (($5 = 'champion' and m.is_champion) or ($5 = 'decision_maker' and m.is_decision_maker)
                     or ($5 = 'user' and m.is_user) or ($5 = 'billing' and m.is_billing))))
               and (not cast($6 as boolean) or not exists (select 1
                 from contacts p
                 join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
                 where p.workspace_id = c.workspace_id and p.root_id = c.id))
             order by c.name_folded, c.id
             limit $7"
        ),
        params![
            workspace,
            from.name,
            from.id,
            asked.like,
            asked.role,
            asked.is_homeless,
            limit
        ],
        read,
    )
}

/// Those that pass, after a place in another order than that of names.
pub(super) fn ordered(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: &Asked,
    (sort, spot): (Sort, Option<&Spot>),
    limit: i64,
) -> Result<Vec<Contact>, DbError> {
    let (like, role, is_homeless) = (&asked.like, asked.role, asked.is_homeless);
    if sort.by == "name" {
        return match spot.and_then(|spot| Some((spot.text()?, spot.id))) {
            None => tx.rows(
                last_names(),
                params![workspace, like, role, is_homeless, limit],
                read,
            ),
            Some((name, id)) => tx.rows(
                names_down(),
                params![workspace, name, id, like, role, is_homeless, limit],
                read,
            ),
        };
    }
    let (statement, edge, id) = match (sort.by, sort.order) {
        ("created", Order::Ascending) => (created_up(), i64::MIN, Uuid::nil()),
        ("created", Order::Descending) => (created_down(), i64::MAX, Uuid::max()),
        (_, Order::Ascending) => (changed_up(), i64::MIN, Uuid::nil()),
        (_, Order::Descending) => (changed_down(), i64::MAX, Uuid::max()),
    };
    let place = spot.and_then(|spot| Some((spot.number()?, spot.id)));
    let (moment, id) = place.unwrap_or((edge, ContactId::from_uuid(id)));
    tx.rows(
        statement,
        params![workspace, moment, id, like, role, is_homeless, limit],
        read,
    )
}

fn last_names() -> &'static Sql {
    sql!(
        "select c.id, c.root_id, c.name, c.language, c.time_zone, c.note, c.version, c.created_at, c.changed_at
         from contacts c
         where c.workspace_id = $1 and c.root_id = c.id and c.name_folded like $2
           and (cast($3 as text) = '' or exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id
               and (($3 = 'champion' and m.is_champion) or ($3 = 'decision_maker' and m.is_decision_maker)
                 or ($3 = 'user' and m.is_user) or ($3 = 'billing' and m.is_billing))))
           and (not cast($4 as boolean) or not exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id))
         order by c.name_folded desc, c.id desc
         limit $5"
    )
}

fn names_down() -> &'static Sql {
    sql!(
        "select c.id, c.root_id, c.name, c.language, c.time_zone, c.note, c.version, c.created_at, c.changed_at
         from contacts c
         where c.workspace_id = $1 and c.root_id = c.id and (c.name_folded, c.id) < ($2, $3) and c.name_folded like $4
           and (cast($5 as text) = '' or exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id
               and (($5 = 'champion' and m.is_champion) or ($5 = 'decision_maker' and m.is_decision_maker)
                 or ($5 = 'user' and m.is_user) or ($5 = 'billing' and m.is_billing))))
           and (not cast($6 as boolean) or not exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id))
         order by c.name_folded desc, c.id desc
         limit $7"
    )
}

fn changed_up() -> &'static Sql {
    sql!(
        "select c.id, c.root_id, c.name, c.language, c.time_zone, c.note, c.version, c.created_at, c.changed_at
         from contacts c
         where c.workspace_id = $1 and c.root_id = c.id and (c.changed_at, c.id) > ($2, $3) and c.name_folded like $4
           and (cast($5 as text) = '' or exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id
               and (($5 = 'champion' and m.is_champion) or ($5 = 'decision_maker' and m.is_decision_maker)
                 or ($5 = 'user' and m.is_user) or ($5 = 'billing' and m.is_billing))))
           and (not cast($6 as boolean) or not exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id))
         order by c.changed_at, c.id
         limit $7"
    )
}

fn changed_down() -> &'static Sql {
    sql!(
        "select c.id, c.root_id, c.name, c.language, c.time_zone, c.note, c.version, c.created_at, c.changed_at
         from contacts c
         where c.workspace_id = $1 and c.root_id = c.id and (c.changed_at, c.id) < ($2, $3) and c.name_folded like $4
           and (cast($5 as text) = '' or exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id
               and (($5 = 'champion' and m.is_champion) or ($5 = 'decision_maker' and m.is_decision_maker)
                 or ($5 = 'user' and m.is_user) or ($5 = 'billing' and m.is_billing))))
           and (not cast($6 as boolean) or not exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id))
         order by c.changed_at desc, c.id desc
         limit $7"
    )
}

fn created_up() -> &'static Sql {
    sql!(
        "select c.id, c.root_id, c.name, c.language, c.time_zone, c.note, c.version, c.created_at, c.changed_at
         from contacts c
         where c.workspace_id = $1 and c.root_id = c.id and (c.created_at, c.id) > ($2, $3) and c.name_folded like $4
           and (cast($5 as text) = '' or exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id
               and (($5 = 'champion' and m.is_champion) or ($5 = 'decision_maker' and m.is_decision_maker)
                 or ($5 = 'user' and m.is_user) or ($5 = 'billing' and m.is_billing))))
           and (not cast($6 as boolean) or not exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id))
         order by c.created_at, c.id
         limit $7"
    )
}

fn created_down() -> &'static Sql {
    sql!(
        "select c.id, c.root_id, c.name, c.language, c.time_zone, c.note, c.version, c.created_at, c.changed_at
         from contacts c
         where c.workspace_id = $1 and c.root_id = c.id and (c.created_at, c.id) < ($2, $3) and c.name_folded like $4
           and (cast($5 as text) = '' or exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id
               and (($5 = 'champion' and m.is_champion) or ($5 = 'decision_maker' and m.is_decision_maker)
                 or ($5 = 'user' and m.is_user) or ($5 = 'billing' and m.is_billing))))
           and (not cast($6 as boolean) or not exists (select 1
             from contacts p
             join memberships m on m.workspace_id = p.workspace_id and m.contact_id = p.id
             where p.workspace_id = c.workspace_id and p.root_id = c.id))
         order by c.created_at desc, c.id desc
         limit $7"
    )
}
