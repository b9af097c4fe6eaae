//! The rows of names, where they are written.

use kit::db::{DbError, ToParam, Tx, Value};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::folded;
use crate::usage::people::{Name, NameId, NameKind};

/// Makes names of a kind.
pub(in crate::usage::people) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    kind: NameKind,
    names: &[(NameId, &str)],
) -> Result<(), DbError> {
    let folded: Vec<String> = names.iter().map(|(_, value)| folded(value)).collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into usage_names (workspace_id, id, kind, value, value_folded, titled_at)
                   values ($1, $2, $3, $4, $5, 0)",
            pg: "insert into usage_names (workspace_id, id, kind, value, value_folded, titled_at)
                 select $1, r.id, $3, r.value, r.value_folded, 0
                 from unnest($2::bytea[], $4::text[], $5::text[]) as r (id, value, value_folded)",
        },
        params![
            workspace,
            Value::list(names, |name| name.0.to_param()),
            kind.as_str(),
            Value::list(names, |name| name.1.to_param()),
            Value::list(&folded, |folded| folded.to_param())
        ],
    )?;
    Ok(())
}

/// Keeps what names are called, and since when.
pub(in crate::usage::people) fn set_titles(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    titles: &[(NameId, &(i64, String))],
) -> Result<(), DbError> {
    let folded: Vec<String> = titles.iter().map(|(_, title)| folded(&title.1)).collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "update usage_names
                   set title = $3, title_folded = $4, titled_at = $5
                   where workspace_id = $1 and id = $2",
            pg: "update usage_names
                 set title = r.title, title_folded = r.title_folded, titled_at = r.titled_at
                 from unnest($2::bytea[], $3::text[], $4::text[], $5::bigint[]) as r (id, title, title_folded, titled_at)
                 where usage_names.workspace_id = $1 and usage_names.id = r.id",
        },
        params![
            workspace,
            Value::list(titles, |title| title.0.to_param()),
            Value::list(titles, |title| title.1.1.to_param()),
            Value::list(&folded, |folded| folded.to_param()),
            Value::list(titles, |title| title.1.0.to_param())
        ],
    )?;
    Ok(())
}

/// Takes away what names say; that there was somebody stays.
pub(in crate::usage::people) fn forget(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[NameId],
) -> Result<(), DbError> {
    let values: Vec<String> = ids.iter().map(|id| Name::erased(*id)).collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "update usage_names
                   set value = $3, value_folded = '', title = null, title_folded = null, email = null, contact_id = null
                   where workspace_id = $1 and id = $2",
            pg: "update usage_names
                 set value = r.value, value_folded = '', title = null, title_folded = null, email = null, contact_id = null
                 from unnest($2::bytea[], $3::text[]) as r (id, value)
                 where usage_names.workspace_id = $1 and usage_names.id = r.id",
        },
        params![
            workspace,
            Value::list(ids, |id| id.to_param()),
            Value::list(&values, |value| value.to_param())
        ],
    )?;
    Ok(())
}

/// Up to `limit` names that nobody has folded, as they are written and called.
pub(super) fn unfolded(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    limit: i64,
) -> Result<Vec<(NameId, String, Option<String>)>, DbError> {
    tx.rows(
        sql!(
            "select id, value, title
             from usage_names
             where workspace_id = $1 and value_folded is null
             order by id
             limit $2"
        ),
        params![workspace, limit],
        |row| Ok((row.get("id")?, row.get("value")?, row.get("title")?)),
    )
}

/// Keeps their folded forms.
pub(super) fn set_folded(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    names: &[(NameId, String, Option<String>)],
) -> Result<(), DbError> {
    let values: Vec<String> = names.iter().map(|name| folded(&name.1)).collect();
    let title = |name: &(NameId, String, Option<String>)| name.2.as_deref().map(folded);
    let titles: Vec<Option<String>> = names.iter().map(title).collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "update usage_names
                   set value_folded = $3, title_folded = $4
                   where workspace_id = $1 and id = $2",
            pg: "update usage_names
                 set value_folded = r.value_folded, title_folded = r.title_folded
                 from unnest($2::bytea[], $3::text[], $4::text[]) as r (id, value_folded, title_folded)
                 where usage_names.workspace_id = $1 and usage_names.id = r.id",
        },
        params![
            workspace,
            Value::list(names, |name| name.0.to_param()),
            Value::list(&values, |value| value.to_param()),
            Value::list(&titles, |title| title
                .as_deref()
                .map_or(Value::Null, |title| title.to_param()))
        ],
    )?;
    Ok(())
}
