//! The last file of an archive: what must have come before it.

use serde::{Deserialize, Serialize};

use super::ArchiveError;
use crate::clock::Timestamp;

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the format: [`FORMAT`](super::FORMAT).
    pub format: u32,
    /// A whole database, or one workspace.
    pub kind: Kind,
    /// The moment of the snapshot, by the clock of the machine that made it.
    pub made_at: Timestamp,
    /// The migrations of the database it was made from.
    pub migrations: Vec<String>,
    /// Its tables, parents before children.
    pub tables: Vec<TableSummary>,
    /// Its contents.
    pub objects: ObjectSummary,
}

/// How much of a database an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// All of it.
    Backup,
    /// One workspace, whose bare id this is.
    Workspace(uuid::Uuid),
}

/// What a table must come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSummary {
    /// The table.
    pub name: String,
    /// Its columns, in the order of each row.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: u64,
    /// The SHA-256 of all its lines, in hexadecimal digits.
    pub sha256: String,
}

/// What the contents must come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectSummary {
    /// How many.
    pub count: u64,
    /// Their bytes together.
    pub bytes: u64,
}

impl Manifest {
    /// Compares what was read with what must be there.
    pub(super) fn must_match(
        &self,
        tables: &[TableSummary],
        objects: ObjectSummary,
    ) -> Result<(), ArchiveError> {
        for expected in &self.tables {
            let is_there = tables.iter().any(|found| found == expected);
            // A table without rows has no file.
            if !is_there && expected.rows > 0 {
                return Err(ArchiveError::damaged(format!(
                    "the rows of {} are not those it was made from",
                    expected.name
                )));
            }
        }
        if objects != self.objects {
            return Err(ArchiveError::damaged(format!(
                "it has {} contents of {} bytes together, and must have {} of {}",
                objects.count, objects.bytes, self.objects.count, self.objects.bytes
            )));
        }
        Ok(())
    }
}
