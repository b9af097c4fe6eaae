//! How accounts are found.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Account, AccountId, store};
use crate::permissions::Permission;
use crate::search::{Action, Source};
use crate::workspaces::WorkspaceId;

/// Accounts, for the search.
pub const SOURCE: Source = Source {
    prefix: AccountId::PREFIX,
    kind: "account",
    title: "accounts-title",
    icon: "building-2",
    needs: Permission::AccountsRead,
    states: &[("open", "accounts-is-open"), ("closed", "accounts-is-closed")],
    filters: &[],
    path: "/accounts/",
    actions: ACTIONS,
    find,
    after,
};

const ACTIONS: &[Action] = &[
    Action {
        text: "accounts-edit",
        icon: "pencil",
        path: "/edit",
        is_post: false,
        needs: Permission::AccountsWrite,
        only: None,
    },
    Action {
        text: "accounts-close",
        icon: "archive",
        path: "/closure",
        is_post: true,
        needs: Permission::AccountsClose,
        only: Some("is:open"),
    },
    Action {
        text: "accounts-reopen",
        icon: "undo-2",
        path: "/closure/end",
        is_post: true,
        needs: Permission::AccountsClose,
        only: Some("is:closed"),
    },
];

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let account = store::find(tx, workspace, AccountId::from_uuid(id))?;
    Ok(account.map(document))
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let accounts = store::after(tx, workspace, AccountId::from_uuid(last), limit)?;
    let document = |account: Account| (account.id.uuid(), document(account));
    Ok(accounts.into_iter().map(document).collect())
}

fn document(account: Account) -> Document {
    let state = if account.is_open() { "open" } else { "closed" };
    let changed = account.closure.as_ref().map(|closure| closure.at);
    Document {
        title: account.name,
        exact: account.website.clone().into_iter().collect(),
        text: account.website.unwrap_or_default(),
        flags: vec![("is", state.to_owned())],
        date: changed.unwrap_or(account.changed_at),
        ..Document::default()
    }
}
