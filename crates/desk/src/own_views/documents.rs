//! Views as programs see and send them.

use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::{Conditions, Order, OwnView, OwnViewId, ViewError, ViewText};
use crate::replies::Audience;
use crate::tickets::Priority;

/// A view of the inbox that somebody made.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "InboxView")]
pub struct ViewDocument {
    /// Its id; what a list of tickets takes as `view`.
    id: OwnViewId,
    /// What it is called.
    name: String,
    /// Who sees it: `everyone`, `own`, or the id of a team.
    audience: String,
    /// What it asks of tickets.
    conditions: Conditions,
    /// In which order it shows them.
    order: Order,
    /// Whether all tickets have been looked through since its conditions changed.
    is_counted: bool,
    /// Grows by one with every change.
    version: i64,
    /// When it was removed; null while it is not.
    removed_at: Option<i64>,
}

impl From<OwnView> for ViewDocument {
    fn from(view: OwnView) -> Self {
        Self {
            id: view.id,
            name: view.text.name,
            audience: view.text.audience.to_string(),
            conditions: view.text.conditions,
            order: view.text.order,
            is_counted: view.is_counted,
            version: view.version,
            removed_at: view.removal.map(|(_, at)| at.0),
        }
    }
}

/// What a program says of a view.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewInput {
    /// What it is called.
    #[schemars(length(min = 1, max = 60))]
    name: String,
    /// Who sees it: `everyone`, `own`, or the id of a team; `own` unless told.
    #[schemars(length(max = 40))]
    audience: Option<String>,
    /// What it asks of tickets; nothing unless told.
    #[serde(default)]
    conditions: Conditions,
    /// In which order it shows them; `newest` unless told.
    #[serde(default)]
    order: Order,
}

impl ViewInput {
    pub(super) fn text(self, actor: &Actor) -> Result<ViewText, ViewError> {
        let audience = self.audience.as_deref().unwrap_or("own");
        Ok(ViewText {
            audience: Audience::said(audience, actor).map_err(|_| ViewError::BadAudience)?,
            name: self.name,
            conditions: self.conditions,
            order: self.order,
        })
    }
}

impl Sample for ViewInput {
    fn sample() -> Self {
        Self {
            name: "Urgent and waiting".to_owned(),
            audience: Some("own".to_owned()),
            conditions: Conditions {
                shelves: vec!["open".to_owned()],
                priorities: vec![Priority::High, Priority::Urgent],
                quiet_hours: Some(4),
                ..Conditions::default()
            },
            order: Order::Urgent,
        }
    }
}

impl Sample for ViewDocument {
    fn sample() -> Self {
        let input = ViewInput::sample();
        Self {
            id: "viw_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: input.name,
            audience: "everyone".to_owned(),
            conditions: input.conditions,
            order: input.order,
            is_counted: true,
            version: 2,
            removed_at: None,
        }
    }
}
