//! The rows of names and of what is said of them.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::{Name, NameId, NameKind};

/// A name whose events belong to no account yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// The name: a group, or a person without one.
    pub id: NameId,
    /// `group`, `user` or `anonymous`.
    pub kind: String,
    /// As the sender writes it.
    pub value: String,
    /// What the traits call it.
    pub title: Option<String>,
    /// The contact that it is known to be.
    pub contact: Option<ContactId>,
    /// How many events wait.
    pub events: i64,
    /// When the last one came.
    pub last: Timestamp,
}

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

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (id, kind, value): (NameId, NameKind, &str),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_names (workspace_id, id, kind, value, titled_at)
             values ($1, $2, $3, $4, 0)"
        ),
        params![workspace, id, kind.as_str(), value],
    )?;
    Ok(())
}

/// Keeps what a name is called by the newest event that says so.
pub(super) fn set_title(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: NameId,
    (at, title): &(i64, String),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_names
             set title = $3, titled_at = $4
             where workspace_id = $1 and id = $2
               and (titled_at < $4 or (titled_at = $4 and coalesce(title, '') < $3))"
        ),
        params![workspace, id, title, at],
    )?;
    Ok(())
}

/// Keeps the address that the newest event gives; whether it is another than before.
pub(super) fn set_email(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: NameId,
    (at, email): &(i64, String),
) -> Result<bool, DbError> {
    let before = find(tx, workspace, id)?.and_then(|name| name.email);
    let kept = tx.execute(
        sql!(
            "update usage_names
             set email = $3, emailed_at = $4
             where workspace_id = $1 and id = $2
               and (emailed_at < $4 or (emailed_at = $4 and coalesce(email, '') < $3))"
        ),
        params![workspace, id, email, at],
    )?;
    Ok(kept > 0 && before.as_deref() != Some(email.as_str()))
}

pub(super) fn set_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: NameId,
    contact: Option<ContactId>,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_names
             set contact_id = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, contact],
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

pub(super) fn insert_edge(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (NameId, NameId),
    at: Timestamp,
) -> Result<bool, DbError> {
    let inserted = tx.execute(
        sql!(
            "insert into usage_edges (workspace_id, from_id, to_id, seen_at)
             values ($1, $2, $3, $4)
             on conflict (workspace_id, from_id, to_id) do nothing"
        ),
        params![workspace, from, to, at],
    )?;
    Ok(inserted > 0)
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

/// The name of another kind that is written the same.
pub(super) fn namesake(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: NameId,
    kind: NameKind,
) -> Result<Option<NameId>, DbError> {
    tx.optional(
        sql!(
            "select o.id
             from usage_names n
             join usage_names o on o.workspace_id = n.workspace_id and o.value = n.value and o.kind = $3
             where n.workspace_id = $1 and n.id = $2 and n.kind <> $3 and n.kind <> 'group'"
        ),
        params![workspace, id, kind.as_str()],
        |row| row.get("id"),
    )
}

/// The user ids that were seen with a name: two at most, for more say no more.
pub(super) fn users_behind(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: NameId,
) -> Result<Vec<NameId>, DbError> {
    tx.rows(
        sql!(
            "select n.id
             from usage_edges e
             join usage_names n on n.workspace_id = e.workspace_id and n.id = e.to_id
             where e.workspace_id = $1 and e.from_id = $2 and n.kind = 'user'
             order by n.id
             limit 2"
        ),
        params![workspace, id],
        |row| row.get("id"),
    )
}

/// The groups that a person was said to be in.
pub(super) fn groups_of(tx: &mut Tx<'_>, workspace: WorkspaceId, id: NameId) -> Result<Vec<NameId>, DbError> {
    tx.rows(
        sql!(
            "select n.id
             from usage_edges e
             join usage_names n on n.workspace_id = e.workspace_id and n.id = e.to_id
             where e.workspace_id = $1 and e.from_id = $2 and n.kind = 'group'
             order by n.id"
        ),
        params![workspace, id],
        |row| row.get("id"),
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
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select n.id
                   from usage_names n
                   join contacts c on c.workspace_id = n.workspace_id and c.id = n.contact_id
                   where n.workspace_id = $1
                     and (c.id in (select value from rarray($2)) or c.root_id in (select value from rarray($2)))",
            pg: "select n.id
                 from usage_names n
                 join contacts c on c.workspace_id = n.workspace_id and c.id = n.contact_id
                 where n.workspace_id = $1 and (c.id = any($2) or c.root_id = any($2))",
        },
        params![workspace, contacts],
        |row| row.get("id"),
    )
}

/// Takes away what a name says; that there was somebody stays.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, id: NameId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_names
             set value = $3, title = null, email = null, contact_id = null
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, format!("erased {id}")],
    )?;
    Ok(())
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

/// Up to `limit` names whose events since a day belong to no account, those with the most events first.
///
/// # Errors
/// [`DbError`] of the database.
pub fn unsettled(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    since: Day,
    limit: i64,
) -> Result<Vec<Unsettled>, DbError> {
    tx.rows(
        sql!(
            "select n.id, n.kind, n.value, n.title, n.contact_id, cast(sum(d.events) as bigint) as events, max(d.last_at) as last_at
             from usage_days d
             join usage_names n on n.workspace_id = d.workspace_id
               and n.id = case when d.group_id = d.person_id then d.person_id else d.group_id end
             where d.workspace_id = $1 and d.account_id is null and d.day >= $2
             group by n.id, n.kind, n.value, n.title, n.contact_id
             order by events desc, n.id
             limit $3"
        ),
        params![workspace, since, limit],
        |row| {
            Ok(Unsettled {
                id: row.get("id")?,
                kind: row.get("kind")?,
                value: row.get("value")?,
                title: row.get("title")?,
                contact: row.get("contact_id")?,
                events: row.get("events")?,
                last: row.get("last_at")?,
            })
        },
    )
}
