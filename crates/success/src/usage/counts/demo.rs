//! What counts in the sample workspace.

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::workspaces::WorkspaceId;

use super::{Content, CountsError, Milestone, set};
use crate::usage::own::Event;

/// What people come for, in the sample product.
const KEYS: &[&str] = &["Report opened", "Dashboard shared", "Export made", "Invoice sent"];
/// Whoever did this a few times has something of it.
const FIRST: (&str, i64) = ("Teammate invited", 10);

/// Says it.
///
/// # Errors
/// The database's.
pub fn fill(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), CountsError> {
    let actor = Actor::system(workspace, "demo");
    let event = |name: &str| Event {
        call: "track".to_owned(),
        name: name.to_owned(),
    };
    let content = Content {
        key_events: KEYS.iter().copied().map(event).collect(),
        first_value: Some(Milestone {
            event: event(FIRST.0),
            times: FIRST.1,
        }),
    };
    set(tx, &actor, &content).map(drop)
}
