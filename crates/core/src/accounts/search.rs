//! How accounts are found.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Account, AccountId, NOUN, external_ids, store};
use crate::permissions::Permission;
use crate::search::{Action, Follow, Source};
use crate::tags::{self, TagId};
use crate::workspaces::WorkspaceId;

/// Accounts, for the search.
pub const SOURCE: Source = Source {
    prefix: AccountId::PREFIX,
    kind: "account",
    title: "accounts-title",
    icon: "building-2",
    needs: Permission::AccountsRead,
    states: &[("open", "accounts-is-open"), ("closed", "accounts-is-closed")],
    filters: &["tag"],
    path: "/accounts/",
    keep: None,
    actions: ACTIONS,
    find,
    after,
};

/// Accounts that have a tag which is called otherwise.
pub const FOLLOWS: &[Follow] = &[Follow {
    of: TagId::PREFIX,
    after: &[&tags::CHANGED, &tags::MERGED],
    source: &SOURCE,
    find: |tx, workspace, tag, part| tags::bearers(tx, workspace, &NOUN, TagId::from_uuid(tag), part),
}];

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
    match store::find(tx, workspace, AccountId::from_uuid(id))? {
        Some(account) => document(tx, workspace, account).map(Some),
        None => Ok(None),
    }
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let mut documents = Vec::new();
    for account in store::after(tx, workspace, AccountId::from_uuid(last), limit)? {
        documents.push((account.id.uuid(), document(tx, workspace, account)?));
    }
    Ok(documents)
}

/// An account with what it is called elsewhere and its tags.
fn document(tx: &mut Tx<'_>, workspace: WorkspaceId, account: Account) -> Result<Document, DbError> {
    let known = external_ids::of_many(tx, workspace, &[account.id])?;
    let tags = tags::of(tx, workspace, &NOUN, account.id.uuid())?;
    let state = if account.is_open() { "open" } else { "closed" };
    let changed = account.closure.as_ref().map(|closure| closure.at);
    let exact: Vec<String> = account
        .website
        .into_iter()
        .chain(known.into_iter().map(|known| known.value))
        .collect();
    let tags: Vec<String> = tags.into_iter().map(|tag| tag.name).collect();
    let words = exact.iter().chain(&tags).cloned();
    Ok(Document {
        title: account.name,
        text: words.collect::<Vec<_>>().join("\n"),
        flags: std::iter::once(("is", state.to_owned()))
            .chain(tags.iter().map(|tag| ("tag", tag.clone())))
            .collect(),
        exact,
        date: changed.unwrap_or(account.changed_at),
        ..Document::default()
    })
}
