//! How a workspace's answers go out: how long they wait to be taken back, and whether they quote what they answer.

mod store;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::model::OutboxError;

/// How answers go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How many seconds an answer can be taken back.
    pub undo_seconds: i64,
    /// Whether an answer quotes the message before it.
    pub quotes_history: bool,
    /// Grows with every change.
    pub version: i64,
}

/// The longest that an answer waits to be taken back.
pub const LONGEST: i64 = 3_600;

impl Default for Settings {
    fn default() -> Self {
        Self {
            undo_seconds: 10,
            quotes_history: true,
            version: 0,
        }
    }
}

/// How a workspace's answers go out.
///
/// # Errors
/// [`DbError`] of the database.
pub fn settings(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Settings, DbError> {
    Ok(store::find(tx, workspace)?.unwrap_or_default())
}

/// Changes how answers go out, made from `wanted.version`.
///
/// # Errors
/// [`OutboxError::BadWindow`], [`OutboxError::Stale`] when somebody changed it meanwhile, a missing permission.
pub fn change_settings(tx: &mut Tx<'_>, actor: &Actor, wanted: Settings) -> Result<Settings, OutboxError> {
    actor.must(Permission::MailboxesWrite)?;
    let before = settings(tx, actor.workspace)?;
    if before.version != wanted.version {
        return Err(OutboxError::Stale);
    }
    if !(0..=LONGEST).contains(&wanted.undo_seconds) {
        return Err(OutboxError::BadWindow);
    }
    if before == wanted {
        return Ok(before);
    }
    let after = Settings {
        version: before.version + 1,
        ..wanted
    };
    store::put(tx, actor.workspace, after)?;
    let entry = Entry::of(Act::OutboxChanged, actor.workspace).before(before.facts());
    audit::record(tx, actor, entry.after(after.facts()))?;
    Ok(after)
}

impl Settings {
    fn facts(self) -> serde_json::Value {
        json!({ "undo_seconds": self.undo_seconds, "quotes_history": self.quotes_history })
    }
}
