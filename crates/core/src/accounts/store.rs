//! The rows of accounts and their closures.

use kit::db::{DbError, Row, Tx};
use kit::id::{TypedId, Uuid};
use kit::text::fold;
use kit::{params, sql};

use super::listing::Spot;
use super::{Account, AccountId, AccountKind, Closure, Cursor};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, account: &Account) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into accounts (workspace_id, id, name, name_folded, website, kind, version, created_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            workspace,
            account.id,
            account.name,
            fold(&account.name),
            account.website,
            account.kind.as_str(),
            account.version,
            account.created_at,
            account.changed_at
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, account: &Account) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update accounts
             set name = $3, name_folded = $4, website = $5, kind = $6, version = $7, changed_at = $8
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            account.id,
            account.name,
            fold(&account.name),
            account.website,
            account.kind.as_str(),
            account.version,
            account.changed_at
        ],
    )?;
    Ok(())
}

pub(super) fn has_own(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    let found: Option<AccountId> = tx.optional(
        sql!(
            "select a.id
             from accounts a
             left join sample_accounts s on s.workspace_id = a.workspace_id and s.account_id = a.id
             where a.workspace_id = $1 and s.account_id is null
             limit 1"
        ),
        params![workspace],
        |row| row.get("id"),
    )?;
    Ok(found.is_some())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from accounts
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn name(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: AccountId,
) -> Result<Option<String>, DbError> {
    tx.optional(
        sql!(
            "select name
             from accounts
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        |row| row.get("name"),
    )
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: AccountId,
) -> Result<Option<Account>, DbError> {
    tx.optional(
        sql!(
            "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
             from accounts a
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where a.workspace_id = $1 and a.id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    cursor: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Account>, DbError> {
    match cursor {
        None => tx.rows(
            sql!(
                "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
                 from accounts a
                 left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                 where a.workspace_id = $1
                 order by a.name_folded, a.id
                 limit $2"
            ),
            params![workspace, limit],
            read,
        ),
        Some(cursor) => tx.rows(
            sql!(
                "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
                 from accounts a
                 left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                 where a.workspace_id = $1 and (a.name_folded, a.id) > ($2, $3)
                 order by a.name_folded, a.id
                 limit $4"
            ),
            params![workspace, cursor.name, cursor.id, limit],
            read,
        ),
    }
}

/// Those first whose last change is the longest ago.
pub(super) fn changed_first(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    spot: Option<&Spot>,
    limit: i64,
) -> Result<Vec<Account>, DbError> {
    let (value, id) = beginning(spot);
    tx.rows(
        sql!(
            "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
             from accounts a
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where a.workspace_id = $1 and (a.changed_at, a.id) > ($2, $3)
             order by a.changed_at, a.id
             limit $4"
        ),
        params![workspace, value, id, limit],
        read,
    )
}

/// Those first that changed last.
pub(super) fn changed_last(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    spot: Option<&Spot>,
    limit: i64,
) -> Result<Vec<Account>, DbError> {
    let (value, id) = end(spot);
    tx.rows(
        sql!(
            "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
             from accounts a
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where a.workspace_id = $1 and (a.changed_at, a.id) < ($2, $3)
             order by a.changed_at desc, a.id desc
             limit $4"
        ),
        params![workspace, value, id, limit],
        read,
    )
}

/// Those first that came first.
pub(super) fn eldest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    spot: Option<&Spot>,
    limit: i64,
) -> Result<Vec<Account>, DbError> {
    let (value, id) = beginning(spot);
    tx.rows(
        sql!(
            "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
             from accounts a
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where a.workspace_id = $1 and (a.created_at, a.id) > ($2, $3)
             order by a.created_at, a.id
             limit $4"
        ),
        params![workspace, value, id, limit],
        read,
    )
}

/// Those first that came last.
pub(super) fn youngest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    spot: Option<&Spot>,
    limit: i64,
) -> Result<Vec<Account>, DbError> {
    let (value, id) = end(spot);
    tx.rows(
        sql!(
            "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
             from accounts a
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where a.workspace_id = $1 and (a.created_at, a.id) < ($2, $3)
             order by a.created_at desc, a.id desc
             limit $4"
        ),
        params![workspace, value, id, limit],
        read,
    )
}

/// The last names first.
pub(super) fn by_name_backwards(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    spot: Option<&Spot>,
    limit: i64,
) -> Result<Vec<Account>, DbError> {
    match spot.and_then(|spot| Some((spot.name()?, spot.id))) {
        None => tx.rows(
            sql!(
                "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
                 from accounts a
                 left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                 where a.workspace_id = $1
                 order by a.name_folded desc, a.id desc
                 limit $2"
            ),
            params![workspace, limit],
            read,
        ),
        Some((name, id)) => tx.rows(
            sql!(
                "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
                 from accounts a
                 left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                 where a.workspace_id = $1 and (a.name_folded, a.id) < ($2, $3)
                 order by a.name_folded desc, a.id desc
                 limit $4"
            ),
            params![workspace, name, id, limit],
            read,
        ),
    }
}

/// Where a list begins whose moments grow.
fn beginning(spot: Option<&Spot>) -> (i64, AccountId) {
    let place = spot.and_then(|spot| Some((spot.moment()?, spot.id)));
    place.unwrap_or((i64::MIN, AccountId::from_uuid(Uuid::nil())))
}

/// Where a list begins whose moments shrink.
fn end(spot: Option<&Spot>) -> (i64, AccountId) {
    let place = spot.and_then(|spot| Some((spot.moment()?, spot.id)));
    place.unwrap_or((i64::MAX, AccountId::from_uuid(Uuid::max())))
}

/// Up to fifty accounts of this folded name.
pub(super) fn named(tx: &mut Tx<'_>, workspace: WorkspaceId, folded: &str) -> Result<Vec<Account>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
             from accounts a
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where a.workspace_id = $1 and a.name_folded = $2
             order by a.id
             limit 50"
        ),
        params![workspace, folded],
        read,
    )
}

/// Up to `limit` whose ids come after `last`, in the order of their ids.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: AccountId,
    limit: i64,
) -> Result<Vec<Account>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
             from accounts a
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where a.workspace_id = $1 and a.id > $2
             order by a.id
             limit $3"
        ),
        params![workspace, last, limit],
        read,
    )
}

/// Those of these accounts that are not closed.
pub(super) fn open_among(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id
                   from accounts a
                   left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                   where a.workspace_id = $1 and a.id in rarray($2) and c.closed_at is null",
            pg: "select a.id
                 from accounts a
                 left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                 where a.workspace_id = $1 and a.id = any($2) and c.closed_at is null",
        },
        params![workspace, ids],
        |row| row.get("id"),
    )
}

pub(super) fn insert_closure(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: AccountId,
    closure: &Closure,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into account_closures (workspace_id, account_id, closed_by, closed_at)
             values ($1, $2, $3, $4)"
        ),
        params![workspace, id, closure.by, closure.at],
    )?;
    Ok(())
}

pub(super) fn delete_closure(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from account_closures
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

/// Reads a row with the columns of an account.
pub(super) fn read(row: &Row<'_>) -> Result<Account, DbError> {
    let (id, kind): (AccountId, String) = (row.get("id")?, row.get("kind")?);
    Ok(Account {
        id,
        name: row.get("name")?,
        website: row.get("website")?,
        kind: AccountKind::named(&kind).ok_or_else(|| row.broken("kind", "a kind of account"))?,
        parent: row.get("parent_id")?,
        family: row.get::<Option<AccountId>>("family_id")?.unwrap_or(id),
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        closure: match (row.get::<Option<String>>("closed_by")?, row.get("closed_at")?) {
            (Some(by), Some(at)) => Some(Closure { by, at }),
            _ => None,
        },
    })
}
