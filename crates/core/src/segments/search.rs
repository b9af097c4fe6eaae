//! How segments are found: the shared ones, by name and by what they are for.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Segment, SegmentId, store};
use crate::permissions::Permission;
use crate::search::Source;
use crate::workspaces::WorkspaceId;

/// Segments, for the search.
pub const SOURCE: Source = Source {
    prefix: SegmentId::PREFIX,
    kind: "segment",
    title: "segments-title",
    icon: "list-filter",
    needs: Permission::AccountsRead,
    states: &[],
    filters: &[],
    path: "/segments/",
    actions: &[],
    find,
    after,
};

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let found = store::find(tx, workspace, SegmentId::from_uuid(id))?;
    Ok(found.filter(is_found).map(document))
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let part = store::after(tx, workspace, SegmentId::from_uuid(last), limit)?;
    let documents = part
        .into_iter()
        .map(|segment| (segment.id.uuid(), document(segment)));
    Ok(documents.collect())
}

/// What is somebody's own, or removed, is found by nobody.
fn is_found(segment: &Segment) -> bool {
    segment.is_shared() && segment.removal.is_none()
}

fn document(segment: Segment) -> Document {
    Document {
        title: segment.text.name,
        text: segment.text.about,
        date: segment.changed_at,
        ..Document::default()
    }
}
