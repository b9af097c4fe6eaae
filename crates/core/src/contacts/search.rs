//! How contacts are found.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Contact, ContactId, NOUN, identities, memberships, store};
use crate::accounts::{self, AccountId};
use crate::permissions::Permission;
use crate::search::{Action, Follow, Source, filed};
use crate::tags::{self, TagId};
use crate::workspaces::WorkspaceId;

/// Contacts, for the search.
pub const SOURCE: Source = Source {
    prefix: ContactId::PREFIX,
    kind: "contact",
    title: "contacts-title",
    icon: "contact",
    needs: Permission::ContactsRead,
    states: &[],
    filters: &["account", "tag"],
    path: "/contacts/",
    keep: None,
    actions: ACTIONS,
    find,
    after,
};

/// Contacts at an account, or with a tag, that is called otherwise.
pub const FOLLOWS: &[Follow] = &[
    Follow {
        of: TagId::PREFIX,
        after: &[&tags::CHANGED, &tags::MERGED],
        source: &SOURCE,
        find: |tx, workspace, tag, part| tags::bearers(tx, workspace, &NOUN, TagId::from_uuid(tag), part),
    },
    Follow {
        of: AccountId::PREFIX,
        after: &[&accounts::CHANGED],
        source: &SOURCE,
        find: |tx, workspace, account, part| {
            memberships::people_at(tx, workspace, AccountId::from_uuid(account), part)
        },
    },
];

/// What a contact is filed under where others are found by whom they are from: the name, its words, and the addresses.
///
/// # Errors
/// [`DbError`] of the database.
pub fn filed_from(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ContactId,
) -> Result<Vec<(&'static str, String)>, DbError> {
    let Some(contact) = store::find(tx, workspace, id)? else {
        return Ok(Vec::new());
    };
    let mut known: Vec<_> = filed("from", &contact.text.name).collect();
    for value in identities::values(tx, workspace, contact.root)? {
        known.extend(
            value
                .split_once('@')
                .map(|(_, domain)| ("from", domain.to_owned())),
        );
        known.push(("from", value));
    }
    if contact.root != id {
        let root = store::find(tx, workspace, contact.root)?;
        known.extend(root.iter().flat_map(|root| filed("from", &root.text.name)));
    }
    Ok(known)
}

const ACTIONS: &[Action] = &[Action {
    text: "contacts-edit",
    icon: "pencil",
    path: "/edit",
    is_post: false,
    needs: Permission::ContactsWrite,
    only: None,
}];

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    match store::find(tx, workspace, ContactId::from_uuid(id))? {
        Some(contact) if !contact.is_merged() => document(tx, workspace, contact).map(Some),
        _ => Ok(None),
    }
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let mut documents = Vec::new();
    for contact in store::after(tx, workspace, ContactId::from_uuid(last), limit)? {
        documents.push((contact.id.uuid(), document(tx, workspace, contact)?));
    }
    Ok(documents)
}

fn document(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: Contact) -> Result<Document, DbError> {
    let known = identities::values(tx, workspace, contact.id)?;
    let tags = tags::of(tx, workspace, &NOUN, contact.id.uuid())?;
    let mut flags: Vec<_> = tags.into_iter().map(|tag| ("tag", tag.name)).collect();
    for account in memberships::accounts_of(tx, workspace, contact.id)? {
        let name = accounts::name(tx, workspace, account)?;
        flags.extend(name.iter().flat_map(|name| filed("account", name)));
    }
    Ok(Document {
        flags,
        title: contact.text.name,
        text: known.join("\n"),
        exact: known,
        date: contact.changed_at,
        ..Document::default()
    })
}
