//! How contacts are found.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Contact, ContactId, identities, store};
use crate::permissions::Permission;
use crate::search::{Action, Source};
use crate::workspaces::WorkspaceId;

/// Contacts, for the search.
pub const SOURCE: Source = Source {
    prefix: ContactId::PREFIX,
    kind: "contact",
    title: "contacts-title",
    icon: "contact",
    needs: Permission::ContactsRead,
    states: &[],
    filters: &[],
    path: "/contacts/",
    actions: ACTIONS,
    find,
    after,
};

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
    Ok(Document {
        title: contact.text.name,
        text: known.join("\n"),
        exact: known,
        date: contact.changed_at,
        ..Document::default()
    })
}
