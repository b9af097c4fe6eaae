//! What a contact did, from the days of the ids that are theirs.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use crate::usage::people::NameId;

/// The ids by which the product knows a contact.
pub(super) fn own(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<NameId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from usage_names
             where workspace_id = $1 and contact_id = $2
             order by id"
        ),
        params![workspace, contact],
        |row| row.get("id"),
    )
}

/// The browsers and devices that were seen with these, and of which nobody said that they are not theirs.
pub(super) fn devices(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<NameId>, DbError> {
    tx.rows(
        sql!(
            "select distinct e.from_id
             from usage_names n
             join usage_edges e on e.workspace_id = n.workspace_id and e.to_id = n.id
             join usage_names f on f.workspace_id = e.workspace_id and f.id = e.from_id
             where n.workspace_id = $1 and n.contact_id = $2 and f.kind = 'anonymous'
               and not exists (select 1 from usage_ended_links x
                 where x.workspace_id = e.workspace_id and x.from_id = e.from_id and x.to_id = e.to_id)
             order by e.from_id"
        ),
        params![workspace, contact],
        |row| row.get("from_id"),
    )
}

/// When they were last seen, and how often they did anything from a day on. What others did in the same browser is not theirs.
pub(super) fn seen(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (contact, ids): (ContactId, &[NameId]),
    since: Day,
) -> Result<(Option<Timestamp>, i64), DbError> {
    tx.one(
        sql! {
            kind: "list of values",
            lite: "select max(d.last_at) as last_at, cast(coalesce(sum(case when d.day >= $4 then d.events else 0 end), 0) as bigint) as events
                   from rarray($3) r
                   cross join usage_days d
                   where d.workspace_id = $1 and d.person_id = r.value and d.who_id = $2",
            pg: "select max(last_at) as last_at, cast(coalesce(sum(case when day >= $4 then events else 0 end), 0) as bigint) as events
                 from usage_days
                 where workspace_id = $1 and person_id = any($3) and who_id = $2",
        },
        params![workspace, contact, ids, since],
        |row| Ok((row.get("last_at")?, row.get("events")?)),
    )
}

/// What they used from a day on, what they did most first.
pub(super) fn features(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (contact, ids): (ContactId, &[NameId]),
    since: Day,
    limit: i64,
) -> Result<Vec<(String, String, i64, Timestamp)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select f.call, f.name, cast(sum(d.events) as bigint) as events, max(d.last_at) as last_at
                   from rarray($3) r
                   cross join usage_days d
                   join usage_features f on f.workspace_id = d.workspace_id and f.id = d.feature_id
                   where d.workspace_id = $1 and d.person_id = r.value and d.who_id = $2 and d.day >= $4
                   group by f.call, f.name
                   order by events desc, f.name, f.call
                   limit $5",
            pg: "select f.call, f.name, cast(sum(d.events) as bigint) as events, max(d.last_at) as last_at
                 from usage_days d
                 join usage_features f on f.workspace_id = d.workspace_id and f.id = d.feature_id
                 where d.workspace_id = $1 and d.person_id = any($3) and d.who_id = $2 and d.day >= $4
                 group by f.call, f.name
                 order by events desc, f.name, f.call
                 limit $5",
        },
        params![workspace, contact, ids, since, limit],
        |row| {
            Ok((
                row.get("call")?,
                row.get("name")?,
                row.get("events")?,
                row.get("last_at")?,
            ))
        },
    )
}
