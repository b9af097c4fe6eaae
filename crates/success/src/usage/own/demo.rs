//! Sample metrics, of what people at the sample accounts do.

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::workspaces::WorkspaceId;

use super::{Content, Event, Measure, OwnError, OwnText, add};

/// Defines them.
///
/// # Errors
/// The database's.
pub fn fill(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), OwnError> {
    let actor = Actor::system(workspace, "demo");
    for (title, about, event, measure) in [
        (
            "Days with reports",
            "Whoever looks at reports every few days has made them a habit.",
            "Report opened",
            Measure::Days,
        ),
        (
            "People who export",
            "Exports go to people who never sign in.",
            "Export made",
            Measure::People,
        ),
    ] {
        let event = Event {
            call: "track".to_owned(),
            name: event.to_owned(),
        };
        let text = OwnText {
            title: title.to_owned(),
            about: about.to_owned(),
            content: Content {
                event: Some(event),
                filters: Vec::new(),
                measure,
                property: String::new(),
                window: 30,
            },
        };
        add(tx, &actor, &text)?;
    }
    Ok(())
}
