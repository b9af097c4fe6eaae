//! Archives: everything a database and its blobs hold, or one workspace of it, in one file that either database reads.
//!
//! A `.tar.zst` with, in this order: `rows/TABLE/NUMBER.jsonl`, one JSON array a row in the order of the primary key,
//! parents before children; `blobs/OBJECT`, the contents; `manifest.json`, which says what must have come before it.
//! Doubles are `{"r": text}`, bytes are `{"b": base64}`. Invariants:
//!
//! - rows come from one snapshot, taken while others go on writing;
//! - the same rows make the same bytes on both databases, so their hashes can be compared;
//! - a file under its final name was read back and found whole;
//! - loading is one transaction that ends by comparing what is now stored with what the manifest says.

mod error;
mod file;
mod inserter;
mod loading;
mod manifest;
mod objects;
mod rows;
mod writing;

pub use error::ArchiveError;
pub use file::verify;
pub use loading::{import, restore};
pub use manifest::{Kind, Manifest, ObjectSummary, TableSummary};
pub use writing::{Scope, write};

/// The version of the format that this program writes.
pub const FORMAT: u32 = 1;

/// Where an archive's making or loading stands, for the person who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The rows of this table are done.
    Table {
        /// Its name.
        name: String,
        /// How many rows.
        rows: u64,
    },
    /// So many contents of all are done.
    Objects {
        /// Done.
        done: u64,
        /// All.
        of: u64,
    },
    /// The file is read back, or the stored rows are compared.
    Verifying,
}
