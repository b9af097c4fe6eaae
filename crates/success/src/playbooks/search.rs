//! How playbooks are found: by name, those that are not removed.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;
use tandem_core::permissions::Permission;
use tandem_core::search::Source;
use tandem_core::workspaces::WorkspaceId;

use super::kept::{Playbook, Status};
use super::{PlaybookId, store};

/// Playbooks, for the search.
pub const SOURCE: Source = Source {
    prefix: PlaybookId::PREFIX,
    kind: "playbook",
    title: "playbooks-title",
    icon: "workflow",
    needs: Permission::TasksRead,
    states: &[],
    filters: &[],
    path: "/playbooks/",
    keep: None,
    actions: &[],
    find,
    after,
};

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let found = store::find(tx, workspace, PlaybookId::from_uuid(id))?;
    Ok(found.filter(|one| one.status != Status::Removed).map(document))
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let found = store::after(tx, workspace, PlaybookId::from_uuid(last), limit)?;
    let documents = found.into_iter().map(|one| (one.id.uuid(), document(one)));
    Ok(documents.collect())
}

fn document(playbook: Playbook) -> Document {
    Document {
        title: playbook.name,
        date: playbook.changed_at,
        ..Document::default()
    }
}
