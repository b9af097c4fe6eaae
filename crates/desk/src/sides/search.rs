//! How side conversations are found: by subject, by whom they are with, and by what was written in them.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::search::Document;
use tandem_core::permissions::Permission;
use tandem_core::search::Source;
use tandem_core::workspaces::WorkspaceId;

use super::{Side, SideId, store};
use crate::tickets;

/// How many entries of one are searched, the newest.
const SEARCHED: i64 = 50;

/// Side conversations, for the search.
pub const SOURCE: Source = Source {
    prefix: SideId::PREFIX,
    kind: "side",
    title: "sides-title",
    icon: "message-square",
    needs: Permission::TicketsRead,
    states: &[
        ("waiting", "sides-waits"),
        ("answered", "sides-answered"),
        ("closed", "sides-closed"),
    ],
    filters: &[],
    path: "/tickets/sides/",
    keep: None,
    actions: &[],
    find,
    after,
};

fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid) -> Result<Option<Document>, DbError> {
    let side = store::find(tx, workspace, SideId::from_uuid(id))?;
    side.map(|side| document(tx, workspace, &side)).transpose()
}

fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, Document)>, DbError> {
    let sides = store::after(tx, workspace, SideId::from_uuid(last), limit)?;
    let document = |side: Side| Ok((side.id.uuid(), document(tx, workspace, &side)?));
    sides.into_iter().map(document).collect()
}

fn document(tx: &mut Tx<'_>, workspace: WorkspaceId, side: &Side) -> Result<Document, DbError> {
    let entries = store::entries(tx, workspace, side.id, SEARCHED)?;
    let people = store::people(tx, workspace, side.id)?;
    let ticket = tickets::with_id(tx, workspace, side.ticket)?;
    let is_hidden = ticket.as_ref().is_some_and(|ticket| ticket.status.is_apart());
    let number = ticket.map_or_else(String::new, |ticket| format!("#{} ", ticket.number));
    let mut words: Vec<&str> = Vec::new();
    for entry in &entries {
        words.extend([
            entry.body.as_str(),
            entry.quoted.as_str(),
            entry.sender_name.as_str(),
        ]);
    }
    words.extend(people.iter().map(|one| one.name.as_str()));
    Ok(Document {
        text: words.join("\n"),
        exact: people.iter().map(|one| one.address.clone()).collect(),
        flags: vec![("is", side.state().to_owned())],
        is_hidden,
        date: side.touched_at,
        title: format!("{number}{}", side.subject),
        ..Document::default()
    })
}
