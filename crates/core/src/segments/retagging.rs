//! What segments ask of tags, when two tags have become one.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};

use super::keeping::PART;
use super::{Segment, SegmentId, Subject, jobs, store};
use crate::tags::TagId;
use crate::workspaces::WorkspaceId;

/// Two tags have become one: what asks for the one asks for the other. So do removed segments, which may come back.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn follow_tag(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    gone: TagId,
    kept: TagId,
) -> Result<(), DbError> {
    let mut asking = asking(tx, workspace, gone, kept)?;
    if asking.is_empty() {
        return Ok(());
    }
    let total = store::accounts(tx, workspace)?;
    for segment in &mut asking {
        if segment.removal.is_some() {
            // It is counted when it comes back; in its state it may still be being emptied.
            store::update(tx, workspace, segment)?;
            continue;
        }
        segment.version += 1;
        segment.is_counted = false;
        segment.looked = 0;
        segment.total = total;
        store::update(tx, workspace, segment)?;
        jobs::begin(tx, workspace, segment)?;
    }
    Ok(())
}

/// All segments that ask for the one tag, as they are when they ask for the other.
fn asking(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    gone: TagId,
    kept: TagId,
) -> Result<Vec<Segment>, DbError> {
    let (gone, kept) = (gone.to_string(), kept.to_string());
    let mut asking = Vec::new();
    let mut last = Some(SegmentId::from_uuid(Uuid::nil()));
    while let Some(after) = last {
        let part = store::after(tx, workspace, after, PART)?;
        last = part.last().map(|segment| segment.id);
        for mut segment in part {
            let definition = &mut segment.text.definition;
            if definition.replace(&Subject::Tag, &gone, &kept) {
                asking.push(segment);
            }
        }
    }
    Ok(asking)
}
