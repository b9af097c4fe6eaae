//! The chain of hashes: what an entry's hash covers, and how a break is found.

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::text::sha256;

use super::{Record, store};
use crate::workspaces::WorkspaceId;

/// What the hash before the first entry is.
pub(super) const ORIGIN: [u8; 32] = [0; 32];

/// What a look through a workspace's trail found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// How many entries there are.
    pub entries: i64,
    /// The newest entry's hash in hexadecimal digits: to compare with one written down elsewhere.
    pub head: String,
    /// The first thing wrong, if anything is.
    pub broken: Option<Break>,
}

/// Where a trail is not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// The entry with this number is missing.
    Missing(i64),
    /// The entry with this number is not the one that was written.
    Changed(i64),
    /// There are entries after this number that the program did not write.
    Added(i64),
}

impl std::fmt::Display for Break {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(number) => write!(f, "entry {number} is missing"),
            Self::Changed(number) => write!(f, "entry {number} is not the one that was written"),
            Self::Added(number) => write!(f, "something was added after entry {number}"),
        }
    }
}

/// Looks through a workspace's whole trail, in flat memory; for `db.report` or `db.snapshot`.
///
/// # Errors
/// [`DbError`] of the database.
pub fn check(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Trail, DbError> {
    let (mut number, mut hash, mut broken) = (0, ORIGIN.to_vec(), None);
    store::each(tx, workspace, |record, stored, is_exact| {
        number += 1;
        if broken.is_none() {
            if record.number != number {
                broken = Some(Break::Missing(number));
            } else if !is_exact || link(&hash, workspace, &record)[..] != stored[..] {
                broken = Some(Break::Changed(number));
            }
        }
        hash = stored;
    })?;
    let head = store::head(tx, workspace)?;
    if broken.is_none() && head.number != number {
        broken = Some(if head.number > number {
            Break::Missing(number + 1)
        } else {
            Break::Added(head.number)
        });
    } else if broken.is_none() && head.hash != hash {
        broken = Some(Break::Changed(number));
    }
    Ok(Trail {
        entries: number,
        head: hexadecimal(&hash),
        broken,
    })
}

/// The hash of an entry that follows the one hashed `before`. Each part stands with its length, so that no two
/// entries make the same bytes.
pub(super) fn link(before: &[u8], workspace: WorkspaceId, record: &Record) -> [u8; 32] {
    let mut bytes = b"tandem audit 1".to_vec();
    let mut add = |part: Option<&[u8]>| {
        let length = part.map_or(u64::MAX, |part| part.len() as u64);
        bytes.extend(length.to_be_bytes());
        bytes.extend(part.unwrap_or_default());
    };
    add(Some(before));
    add(Some(workspace.uuid().as_bytes()));
    add(Some(&record.number.to_be_bytes()));
    add(Some(&record.created_at.0.to_be_bytes()));
    for text in [
        &record.actor,
        &record.actor_id,
        &record.act,
        &record.subject,
        &record.subject_name,
        &record.before.to_string(),
        &record.after.to_string(),
    ] {
        add(Some(text.as_bytes()));
    }
    let whence = &record.whence;
    for text in [
        &whence.address,
        &whence.user_agent,
        &whence.session,
        &whence.request_id,
    ] {
        add(text.as_deref().map(str::as_bytes));
    }
    sha256(&bytes)
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
