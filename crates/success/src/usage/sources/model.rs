//! What a source is, and what its keys look like.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::id::Ids;
use tandem_core::actor::Forbidden;
use tandem_core::workspaces::WorkspaceId;

use super::SourceId;

/// How many characters a write key has: as many as those of the service whose protocol this is.
const KEY_LENGTH: usize = 32;

/// A place that usage events come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// What people call it.
    pub name: String,
    /// Grows by one with every change.
    pub version: i64,
    /// Who set it up.
    pub created_by: String,
    /// When it was set up.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// Who switched it off, while it is off.
    pub stop: Option<Stop>,
    /// Its write keys, the newest first.
    pub keys: Vec<WriteKey>,
}

/// Who switched a source off, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Who: a signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What lets events in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteKey {
    /// The key.
    pub text: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops being taken; none for the present one.
    pub expires_at: Option<Timestamp>,
}

/// Where a write key leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The source.
    pub source: SourceId,
    /// What people call the source.
    pub name: String,
    /// Whether it is listened to.
    pub is_on: bool,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or longer than 100 characters.
    #[error("a name has 1 to 100 characters")]
    BadName,
    /// There are as many as there may be.
    #[error("a workspace has at most 100 sources")]
    TooMany,
    /// There is no such source here.
    #[error("there is no such source")]
    Unknown,
    /// Someone changed it meanwhile.
    #[error("someone changed the source meanwhile")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Source {
    /// The key to send with.
    pub fn key(&self) -> &str {
        self.keys.first().map_or("", |key| key.text.as_str())
    }

    /// Whether it is listened to.
    pub fn is_on(&self) -> bool {
        self.stop.is_none()
    }
}

pub(super) fn checked_name(name: &str) -> Result<String, SourceError> {
    let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
    let fits = (1..=100).contains(&name.chars().count());
    fits.then_some(name).ok_or(SourceError::BadName)
}

/// A new key: 128 random bits, in letters and digits that any configuration file takes.
pub(super) fn new_key(ids: &Ids) -> String {
    let mut bytes = [0; KEY_LENGTH / 2];
    ids.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a text can be a key at all.
pub(super) fn is_key(text: &str) -> bool {
    text.len() == KEY_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
