//! The links of ids.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::{Ended, Heard, Link, Other};
use crate::usage::people::{NameId, REALM};

/// The names of another kind that are written as one is; a group is never the same as a person.
pub(super) fn namesakes(tx: &mut Tx<'_>, workspace: WorkspaceId, id: NameId) -> Result<Vec<NameId>, DbError> {
    tx.rows(
        sql!(
            "select o.id
             from usage_names n
             join usage_names o on o.workspace_id = n.workspace_id and o.value = n.value
             where n.workspace_id = $1 and n.id = $2 and o.id <> n.id and n.kind <> 'group'
               and o.kind in ('user', 'anonymous')"
        ),
        params![workspace, id],
        |row| row.get("id"),
    )
}

/// Up to `limit` links of these, which are one, in the order of the other ends, after one of them.
pub(super) fn links(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    same: &[NameId],
    after: Option<NameId>,
    limit: i64,
) -> Result<Vec<Link>, DbError> {
    let after = after.map_or(Uuid::nil(), kit::id::TypedId::uuid);
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select o.id as other_id, o.kind, o.value, o.email, e.seen_at, e.heard_in, s.name as source, x.ended_by, x.ended_at
                   from usage_edges e
                   cross join usage_names o on o.workspace_id = e.workspace_id and o.id = e.to_id
                   left join usage_sources s on s.workspace_id = e.workspace_id and s.id = e.source_id
                   left join usage_ended_links x on x.workspace_id = e.workspace_id and x.from_id = e.from_id and x.to_id = e.to_id
                   where e.workspace_id = $1 and e.from_id in (select value from rarray($2)) and e.to_id > $3
                   union all
                   select o.id as other_id, o.kind, o.value, o.email, e.seen_at, e.heard_in, s.name as source, x.ended_by, x.ended_at
                   from usage_edges e
                   cross join usage_names o on o.workspace_id = e.workspace_id and o.id = e.from_id
                   left join usage_sources s on s.workspace_id = e.workspace_id and s.id = e.source_id
                   left join usage_ended_links x on x.workspace_id = e.workspace_id and x.from_id = e.from_id and x.to_id = e.to_id
                   where e.workspace_id = $1 and e.to_id in (select value from rarray($2)) and e.from_id > $3
                   order by other_id
                   limit $4",
            pg: "select o.id as other_id, o.kind, o.value, o.email, e.seen_at, e.heard_in, s.name as source, x.ended_by, x.ended_at
                 from usage_edges e
                 join usage_names o on o.workspace_id = e.workspace_id and o.id = e.to_id
                 left join usage_sources s on s.workspace_id = e.workspace_id and s.id = e.source_id
                 left join usage_ended_links x on x.workspace_id = e.workspace_id and x.from_id = e.from_id and x.to_id = e.to_id
                 where e.workspace_id = $1 and e.from_id = any($2) and e.to_id > $3
                 union all
                 select o.id as other_id, o.kind, o.value, o.email, e.seen_at, e.heard_in, s.name as source, x.ended_by, x.ended_at
                 from usage_edges e
                 join usage_names o on o.workspace_id = e.workspace_id and o.id = e.from_id
                 left join usage_sources s on s.workspace_id = e.workspace_id and s.id = e.source_id
                 left join usage_ended_links x on x.workspace_id = e.workspace_id and x.from_id = e.from_id and x.to_id = e.to_id
                 where e.workspace_id = $1 and e.to_id = any($2) and e.from_id > $3
                 order by other_id
                 limit $4",
        },
        params![workspace, same, after, limit],
        |row| {
            let heard: String = row.get("heard_in")?;
            Ok(Link {
                other: Other::Name(row.get("other_id")?),
                kind: row.get("kind")?,
                value: row.get("value")?,
                email: row.get("email")?,
                since: Some(row.get("seen_at")?),
                heard: Heard::of_call(&heard),
                source: row.get("source")?,
                ended: ended(row)?,
            })
        },
    )
}

/// The contacts that these are taken for, and those that they are not as somebody said, each as who stands for them.
pub(super) fn contacts_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    same: &[NameId],
) -> Result<Vec<Link>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select r.id, r.name, cast(max(case when i.id is null then 0 else 1 end) as bigint) as is_number,
                     max(x.ended_by) as ended_by, max(x.ended_at) as ended_at
                   from (
                     select n.workspace_id, n.id as name_id, n.value, n.contact_id
                     from usage_names n
                     where n.workspace_id = $1 and n.id in (select value from rarray($2))
                     union all
                     select n.workspace_id, n.id as name_id, n.value, l.to_id as contact_id
                     from usage_ended_links l
                     cross join usage_names n on n.workspace_id = l.workspace_id and n.id = l.from_id
                     where l.workspace_id = $1 and l.from_id in (select value from rarray($2))
                   ) p
                   cross join contacts c on c.workspace_id = p.workspace_id and c.id = p.contact_id
                   cross join contacts r on r.workspace_id = c.workspace_id and r.id = c.root_id
                   left join contact_identities i on i.workspace_id = p.workspace_id and i.contact_id = c.id
                     and i.kind = 'external' and i.realm = $3 and i.value = p.value
                   left join usage_ended_links x on x.workspace_id = p.workspace_id and x.from_id = p.name_id and x.to_id = c.id
                   where p.workspace_id = $1
                   group by r.id, r.name
                   order by r.id",
            pg: "select r.id, r.name, cast(max(case when i.id is null then 0 else 1 end) as bigint) as is_number,
                   max(x.ended_by) as ended_by, max(x.ended_at) as ended_at
                 from (
                   select n.workspace_id, n.id as name_id, n.value, n.contact_id
                   from usage_names n
                   where n.workspace_id = $1 and n.id = any($2)
                   union all
                   select n.workspace_id, n.id as name_id, n.value, l.to_id as contact_id
                   from usage_ended_links l
                   join usage_names n on n.workspace_id = l.workspace_id and n.id = l.from_id
                   where l.workspace_id = $1 and l.from_id = any($2)
                 ) p
                 join contacts c on c.workspace_id = p.workspace_id and c.id = p.contact_id
                 join contacts r on r.workspace_id = c.workspace_id and r.id = c.root_id
                 left join contact_identities i on i.workspace_id = p.workspace_id and i.contact_id = c.id
                   and i.kind = 'external' and i.realm = $3 and i.value = p.value
                 left join usage_ended_links x on x.workspace_id = p.workspace_id and x.from_id = p.name_id and x.to_id = c.id
                 where p.workspace_id = $1
                 group by r.id, r.name
                 order by r.id",
        },
        params![workspace, same, REALM],
        contact_link,
    )
}

fn contact_link(row: &Row<'_>) -> Result<Link, DbError> {
    let contact: ContactId = row.get("id")?;
    let number: i64 = row.get("is_number")?;
    Ok(Link {
        other: Other::Contact(contact),
        kind: "contact".to_owned(),
        value: row.get("name")?,
        email: None,
        since: None,
        heard: match number {
            0 => Heard::Address,
            _ => Heard::Number,
        },
        source: None,
        ended: ended(row)?,
    })
}

fn ended(row: &Row<'_>) -> Result<Option<Ended>, DbError> {
    let by: Option<String> = row.get("ended_by")?;
    let at: Option<Timestamp> = row.get("ended_at")?;
    Ok(by.zip(at).map(|(by, at)| Ended { by, at }))
}

/// The edge between one of these, which are one, and another, whichever way it leads.
pub(super) fn edge(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    same: &[NameId],
    other: NameId,
) -> Result<Option<(NameId, NameId)>, DbError> {
    tx.optional(
        sql! {
            kind: "list of values",
            lite: "select from_id, to_id
                   from usage_edges
                   where workspace_id = $1 and from_id in (select value from rarray($2)) and to_id = $3
                   union all
                   select from_id, to_id
                   from usage_edges
                   where workspace_id = $1 and to_id in (select value from rarray($2)) and from_id = $3
                   limit 1",
            pg: "select from_id, to_id
                 from usage_edges
                 where workspace_id = $1 and from_id = any($2) and to_id = $3
                 union all
                 select from_id, to_id
                 from usage_edges
                 where workspace_id = $1 and to_id = any($2) and from_id = $3
                 limit 1",
        },
        params![workspace, same, other],
        |row| Ok((row.get("from_id")?, row.get("to_id")?)),
    )
}

/// Ends a link; whether it was not ended yet.
pub(super) fn end(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (NameId, Uuid),
    ended: &Ended,
) -> Result<bool, DbError> {
    let made = tx.execute(
        sql!(
            "insert into usage_ended_links (workspace_id, from_id, to_id, ended_by, ended_at)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, from_id, to_id) do nothing"
        ),
        params![workspace, from, to, ended.by, ended.at],
    )?;
    Ok(made > 0)
}

/// Lets a link count again; whether it was ended. A contact may have been merged since: whoever stands for them is meant.
pub(super) fn restore(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (NameId, Uuid),
) -> Result<bool, DbError> {
    let gone = tx.execute(
        sql!(
            "delete from usage_ended_links
             where workspace_id = $1 and from_id = $2
               and (to_id = $3 or to_id in (select c.id from contacts c where c.workspace_id = $1 and c.root_id = $3))"
        ),
        params![workspace, from, to],
    )?;
    Ok(gone > 0)
}
