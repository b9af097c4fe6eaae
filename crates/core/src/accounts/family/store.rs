//! Where accounts stand in their families.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::accounts::store::read;
use crate::accounts::{Account, AccountId};
use crate::workspaces::WorkspaceId;

pub(super) fn set_parent(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: AccountId,
    parent: Option<AccountId>,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update accounts set parent_id = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, parent],
    )?;
    Ok(())
}

pub(super) fn set_family(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: AccountId,
    family: AccountId,
) -> Result<(), DbError> {
    let family = (family != id).then_some(family);
    tx.execute(
        sql!("update accounts set family_id = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, family],
    )?;
    Ok(())
}

/// The accounts of a family, its top included, by name.
pub(super) fn members(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    family: AccountId,
) -> Result<Vec<Account>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
             from accounts a
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where a.workspace_id = $1 and (a.id = $2 or a.family_id = $2)
             order by a.name_folded, a.id"
        ),
        params![workspace, family],
        read,
    )
}
