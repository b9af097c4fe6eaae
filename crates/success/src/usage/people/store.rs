//! The rows of names and of what is said of them.

use std::collections::BTreeSet;

use kit::db::{DbError, ToParam, Tx, Value};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::{Edge, Name, NameId, NameKind, Said};

pub(super) fn ids(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    kind: NameKind,
    values: &[&str],
) -> Result<Vec<(String, NameId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select value, id
                   from usage_names
                   where workspace_id = $1 and kind = $2 and value in (select value from rarray($3))",
            pg: "select value, id
                 from usage_names
                 where workspace_id = $1 and kind = $2 and value = any($3)",
        },
        params![workspace, kind.as_str(), values],
        |row| Ok((row.get("value")?, row.get("id")?)),
    )
}

/// What was said of names so far.
pub(super) fn said(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
) -> Result<Vec<(NameId, Said)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, title, titled_at, email, emailed_at
                   from usage_names
                   where workspace_id = $1 and id in (select value from rarray($2))",
            pg: "select id, title, titled_at, email, emailed_at
                 from usage_names
                 where workspace_id = $1 and id = any($2)",
        },
        params![workspace, ids],
        |row| {
            let id = row.get("id")?;
            let title: Option<String> = row.get("title")?;
            let titled: i64 = row.get("titled_at")?;
            let email: Option<String> = row.get("email")?;
            let emailed: i64 = row.get("emailed_at")?;
            let said = Said {
                title: title.map(|title| (titled, title)),
                email: email.map(|email| (emailed, email)),
            };
            Ok((id, said))
        },
    )
}

/// Keeps the addresses of names, and since when.
pub(super) fn set_emails(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    emails: &[(NameId, &(i64, String))],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "update usage_names
                   set email = $3, emailed_at = $4
                   where workspace_id = $1 and id = $2",
            pg: "update usage_names
                 set email = r.email, emailed_at = r.emailed_at
                 from unnest($2::bytea[], $3::text[], $4::bigint[]) as r (id, email, emailed_at)
                 where usage_names.workspace_id = $1 and usage_names.id = r.id",
        },
        params![
            workspace,
            Value::list(emails, |email| email.0.to_param()),
            Value::list(emails, |email| email.1.1.to_param()),
            Value::list(emails, |email| email.1.0.to_param())
        ],
    )?;
    Ok(())
}

/// Says which contacts names are.
pub(super) fn set_contacts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    names: &[(NameId, Option<ContactId>)],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "update usage_names
                   set contact_id = $3
                   where workspace_id = $1 and id = $2",
            pg: "update usage_names
                 set contact_id = r.contact_id
                 from unnest($2::bytea[], $3::bytea[]) as r (id, contact_id)
                 where usage_names.workspace_id = $1 and usage_names.id = r.id",
        },
        params![
            workspace,
            Value::list(names, |name| name.0.to_param()),
            Value::list(names, |name| name.1.to_param())
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: NameId) -> Result<Option<Name>, DbError> {
    tx.optional(
        sql!(
            "select id, kind, value, email, contact_id
             from usage_names
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
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

/// From which name to which, and since when.
type Since = ((NameId, NameId), i64);

/// The edges that lead from names, each with since when.
pub(super) fn edges(tx: &mut Tx<'_>, workspace: WorkspaceId, from: &[NameId]) -> Result<Vec<Since>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select from_id, to_id, seen_at
                   from usage_edges
                   where workspace_id = $1 and from_id in (select value from rarray($2))",
            pg: "select from_id, to_id, seen_at
                 from usage_edges
                 where workspace_id = $1 and from_id = any($2)",
        },
        params![workspace, from],
        |row| Ok(((row.get("from_id")?, row.get("to_id")?), row.get("seen_at")?)),
    )
}

/// Says that edges are older than it was known, and how they were heard first.
pub(super) fn set_heard(tx: &mut Tx<'_>, workspace: WorkspaceId, edges: &[Edge]) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "update usage_edges
                   set seen_at = $4, heard_in = $5, source_id = $6
                   where workspace_id = $1 and from_id = $2 and to_id = $3",
            pg: "update usage_edges
                 set seen_at = r.seen_at, heard_in = r.heard_in, source_id = r.source_id
                 from unnest($2::bytea[], $3::bytea[], $4::bigint[], $5::text[], $6::bytea[])
                   as r (from_id, to_id, seen_at, heard_in, source_id)
                 where usage_edges.workspace_id = $1 and usage_edges.from_id = r.from_id and usage_edges.to_id = r.to_id",
        },
        &heard(workspace.to_param(), edges),
    )?;
    Ok(())
}

pub(super) fn insert_edges(tx: &mut Tx<'_>, workspace: WorkspaceId, edges: &[Edge]) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into usage_edges (workspace_id, from_id, to_id, seen_at, heard_in, source_id)
                   values ($1, $2, $3, $4, $5, $6)
                   on conflict do nothing",
            pg: "insert into usage_edges (workspace_id, from_id, to_id, seen_at, heard_in, source_id)
                 select $1, r.from_id, r.to_id, r.seen_at, r.heard_in, r.source_id
                 from unnest($2::bytea[], $3::bytea[], $4::bigint[], $5::text[], $6::bytea[])
                   as r (from_id, to_id, seen_at, heard_in, source_id)
                 on conflict do nothing",
        },
        &heard(workspace.to_param(), edges),
    )?;
    Ok(())
}

fn heard<'a>(workspace: Value<'a>, edges: &'a [Edge]) -> [Value<'a>; 6] {
    [
        workspace,
        Value::list(edges, |edge| edge.from.to_param()),
        Value::list(edges, |edge| edge.to.to_param()),
        Value::list(edges, |edge| edge.at.to_param()),
        Value::list(edges, |edge| Value::Text(edge.call.as_str().into())),
        Value::list(edges, |edge| edge.source.to_param()),
    ]
}

/// The names from which an edge leads to this one.
pub(super) fn pointing_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: NameId,
) -> Result<Vec<NameId>, DbError> {
    tx.rows(
        sql!("select from_id from usage_edges where workspace_id = $1 and to_id = $2"),
        params![workspace, id],
        |row| row.get("from_id"),
    )
}

/// How many edges lead to a name.
pub(super) fn leading_to(tx: &mut Tx<'_>, workspace: WorkspaceId, id: NameId) -> Result<i64, DbError> {
    tx.one(
        sql!("select count(*) as edges from usage_edges where workspace_id = $1 and to_id = $2"),
        params![workspace, id],
        |row| row.get("edges"),
    )
}

pub(super) fn of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<NameId>, DbError> {
    of_contacts(tx, workspace, &[contact])
}

/// The names of contacts and of those for whom they stand.
pub(super) fn of_contacts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contacts: &[ContactId],
) -> Result<Vec<NameId>, DbError> {
    let rows: Vec<NameId> = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id
                   from usage_names
                   where workspace_id = $1 and contact_id in (select value from rarray($2))
                   union all
                   select n.id
                   from contacts c
                   cross join usage_names n on n.workspace_id = c.workspace_id and n.contact_id = c.id
                   where c.workspace_id = $1 and c.root_id in (select value from rarray($2))",
            pg: "select id
                 from usage_names
                 where workspace_id = $1 and contact_id = any($2)
                 union all
                 select n.id
                 from contacts c
                 join usage_names n on n.workspace_id = c.workspace_id and n.contact_id = c.id
                 where c.workspace_id = $1 and c.root_id = any($2)",
        },
        params![workspace, contacts],
        |row| row.get("id"),
    )?;
    let names: BTreeSet<NameId> = rows.into_iter().collect();
    Ok(names.into_iter().collect())
}

/// The persons for whom an account was chosen.
pub(super) fn placed_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<NameId>, DbError> {
    tx.rows(
        sql!("select name_id from usage_placements where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
        |row| row.get("name_id"),
    )
}

pub(super) fn with_emails(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    emails: &[&str],
) -> Result<Vec<NameId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id
                   from usage_names
                   where workspace_id = $1 and email in (select value from rarray($2))",
            pg: "select id
                 from usage_names
                 where workspace_id = $1 and email = any($2)",
        },
        params![workspace, emails],
        |row| row.get("id"),
    )
}

/// What people are called who are no contacts: by their traits, else by their ids.
///
/// # Errors
/// [`DbError`] of the database.
pub fn titles(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
) -> Result<Vec<(NameId, String)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, coalesce(title, email, value) as title
                   from usage_names
                   where workspace_id = $1 and id in (select value from rarray($2))",
            pg: "select id, coalesce(title, email, value) as title
                 from usage_names
                 where workspace_id = $1 and id = any($2)",
        },
        params![workspace, ids],
        |row| Ok((row.get("id")?, row.get("title")?)),
    )
}
