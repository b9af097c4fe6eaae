//! What is known of many names, a statement for all of them.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use crate::usage::people::{Name, NameId, NameKind};

pub(in crate::usage::people) fn names(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
) -> Result<Vec<Name>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, kind, value, email, contact_id
                   from usage_names
                   where workspace_id = $1 and id in (select value from rarray($2))",
            pg: "select id, kind, value, email, contact_id
                 from usage_names
                 where workspace_id = $1 and id = any($2)",
        },
        params![workspace, ids],
        |row| {
            Ok(Name {
                id: row.get("id")?,
                kind: row.get("kind")?,
                value: row.get("value")?,
                email: row.get("email")?,
                contact: row.get("contact_id")?,
            })
        },
    )
}

/// The names of a kind to which edges lead from these that nobody ended, in their order. The edges come first: in a workspace are far more
/// names than a few of them have edges.
pub(super) fn leading(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
    kind: NameKind,
) -> Result<Vec<(NameId, NameId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select e.from_id, e.to_id
                   from usage_edges e
                   cross join usage_names n on n.workspace_id = e.workspace_id and n.id = e.to_id
                   where e.workspace_id = $1 and e.from_id in (select value from rarray($2)) and n.kind = $3
                     and not exists (select 1 from usage_ended_links x
                       where x.workspace_id = e.workspace_id and x.from_id = e.from_id and x.to_id = e.to_id)
                   order by e.from_id, e.to_id",
            pg: "select e.from_id, e.to_id
                 from usage_edges e
                 join usage_names n on n.workspace_id = e.workspace_id and n.id = e.to_id
                 where e.workspace_id = $1 and e.from_id = any($2) and n.kind = $3
                   and not exists (select 1 from usage_ended_links x
                     where x.workspace_id = e.workspace_id and x.from_id = e.from_id and x.to_id = e.to_id)
                 order by e.from_id, e.to_id",
        },
        params![workspace, ids, kind.as_str()],
        |row| Ok((row.get("from_id")?, row.get("to_id")?)),
    )
}

/// Up to `most` names from which edges lead to one that nobody ended, after one of them, in their order.
pub(super) fn pointing_after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (to, after): (NameId, NameId),
    most: usize,
) -> Result<Vec<NameId>, DbError> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    tx.rows(
        sql!(
            "select e.from_id
             from usage_edges e
             where e.workspace_id = $1 and e.to_id = $2 and e.from_id > $3
               and not exists (select 1 from usage_ended_links x
                 where x.workspace_id = e.workspace_id and x.from_id = e.from_id and x.to_id = e.to_id)
             order by e.from_id
             limit $4"
        ),
        params![workspace, to, after, limit],
        |row| row.get("from_id"),
    )
}

/// Up to `most` edges that lead to these and that nobody ended: where each leads, and from where.
pub(super) fn pointing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
    most: usize,
) -> Result<Vec<(NameId, NameId)>, DbError> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select e.to_id, e.from_id
                   from usage_edges e
                   where e.workspace_id = $1 and e.to_id in (select value from rarray($2))
                     and not exists (select 1 from usage_ended_links x
                       where x.workspace_id = e.workspace_id and x.from_id = e.from_id and x.to_id = e.to_id)
                   order by e.to_id, e.from_id
                   limit $3",
            pg: "select e.to_id, e.from_id
                 from usage_edges e
                 where e.workspace_id = $1 and e.to_id = any($2)
                   and not exists (select 1 from usage_ended_links x
                     where x.workspace_id = e.workspace_id and x.from_id = e.from_id and x.to_id = e.to_id)
                 order by e.to_id, e.from_id
                 limit $3",
        },
        params![workspace, ids, limit],
        |row| Ok((row.get("to_id")?, row.get("from_id")?)),
    )
}

/// The names of another kind that are written the same: of which, and what it is.
pub(super) fn namesakes(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
    kind: NameKind,
) -> Result<Vec<(NameId, NameId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select n.id, o.id as other_id
                   from usage_names n
                   cross join usage_names o on o.workspace_id = n.workspace_id and o.value = n.value and o.kind = $3
                   where n.workspace_id = $1 and n.id in (select value from rarray($2)) and n.kind <> $3 and n.kind <> 'group'",
            pg: "select n.id, o.id as other_id
                 from usage_names n
                 join usage_names o on o.workspace_id = n.workspace_id and o.value = n.value and o.kind = $3
                 where n.workspace_id = $1 and n.id = any($2) and n.kind <> $3 and n.kind <> 'group'",
        },
        params![workspace, ids, kind.as_str()],
        |row| Ok((row.get("id")?, row.get("other_id")?)),
    )
}

/// The accounts that were chosen for names.
pub(super) fn placements(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
) -> Result<Vec<(NameId, AccountId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select p.name_id, p.account_id
                   from usage_placements p
                   cross join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
                   where p.workspace_id = $1 and p.name_id in (select value from rarray($2))",
            pg: "select p.name_id, p.account_id
                 from usage_placements p
                 join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
                 where p.workspace_id = $1 and p.name_id = any($2)",
        },
        params![workspace, ids],
        |row| Ok((row.get("name_id")?, row.get("account_id")?)),
    )
}

/// The contacts that these names are not, as somebody said, each as who stands for them.
pub(in crate::usage::people) fn ended_contacts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
) -> Result<Vec<(NameId, ContactId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select l.from_id, c.root_id
                   from usage_ended_links l
                   cross join contacts c on c.workspace_id = l.workspace_id and c.id = l.to_id
                   where l.workspace_id = $1 and l.from_id in (select value from rarray($2))",
            pg: "select l.from_id, c.root_id
                 from usage_ended_links l
                 join contacts c on c.workspace_id = l.workspace_id and c.id = l.to_id
                 where l.workspace_id = $1 and l.from_id = any($2)",
        },
        params![workspace, ids],
        |row| Ok((row.get("from_id")?, row.get("root_id")?)),
    )
}
