//! How segments are found: the shared ones, by name and by what they are for. Those that ask what not everybody who sees
//! accounts may see are not in the index: their names and purposes would tell it.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;

use super::{Segment, SegmentId, seeing, store};
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
    keep: None,
    actions: &[],
    find,
    after,
};

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let found = store::find(tx, workspace, SegmentId::from_uuid(id))?;
    let found = found.filter(|segment| is_found(tx, segment));
    Ok(found.map(document))
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let mut last = SegmentId::from_uuid(last);
    loop {
        let mut part = store::after(tx, workspace, last, limit)?;
        let Some(end) = part.last().map(|segment| segment.id) else {
            return Ok(Vec::new());
        };
        part.retain(|segment| is_found(tx, segment));
        // Nothing at all would be the end, and there may be more behind those that nobody finds.
        if !part.is_empty() {
            let documents = part.into_iter();
            let documents = documents.map(|segment| (segment.id.uuid(), document(segment)));
            return Ok(documents.collect());
        }
        last = end;
    }
}

/// What is somebody's own, or removed, or asks something secret, is found by nobody.
fn is_found(tx: &Tx<'_>, segment: &Segment) -> bool {
    let is_open = segment.is_shared() && segment.removal.is_none();
    is_open && seeing::needs(tx, &segment.text.definition).is_empty()
}

fn document(segment: Segment) -> Document {
    Document {
        title: segment.text.name,
        text: segment.text.about,
        date: segment.changed_at,
        ..Document::default()
    }
}
