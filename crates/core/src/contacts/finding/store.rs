//! How filtered contacts are read.

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::{params, sql};

use super::Asked;
use crate::accounts::AccountId;
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
