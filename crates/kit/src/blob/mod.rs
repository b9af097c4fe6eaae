//! Blobs: bytes too large for rows, kept in a folder or an S3-compatible store.
//!
//! Words: an *object* is bytes under a name in the store; a *blob* is a row that says which object holds the content
//! with a certain hash in a workspace; a *reference* is a row that says who needs the blob. Invariants:
//!
//! - an object is written once, under a name of its own that begins with the hash of its content, and is on disk before
//!   [`Blobs::put`] answers;
//! - reading needs a [`Blob`], and a `Blob` comes only from looking it up in its workspace: nobody reads another's;
//! - what was read to its end is what was written: the hash is checked on the way;
//! - an object without a row, or a row without a reference, is kept for [`GRACE`] and then swept. Because no object ever
//!   gets a row later than half of that, and each write makes an object of its own, the sweep never meets a live one.

mod draft;
mod error;
pub mod jobs;
mod objects;
mod place;
mod reading;
mod store;
mod sweep;

use std::{fmt, str::FromStr, time::Duration};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use error::BlobError;
pub use objects::Blobs;
pub(crate) use objects::{archived, object_id};
pub use place::{BlobPlace, Bucket};
pub use reading::BlobStream;
pub use store::{add, find, link, unlink};
pub use sweep::{Swept, sweep};

use crate::{
    clock::Timestamp,
    db::{ColumnError, FromColumn, Migration, ToParam, Value},
};

/// How long an object nobody needs is kept.
pub const GRACE: Duration = Duration::from_secs(24 * 60 * 60);

/// The history of the tables.
pub const MIGRATIONS: &[Migration] = &[Migration::new(
    "kit_0001_blobs",
    include_str!("../../migrations/kit_0001_blobs.sql"),
)];

/// The SHA-256 of a content (FIPS 180-4): its name in a workspace. Outside, 64 hexadecimal digits in lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId([u8; 32]);

impl BlobId {
    /// The id with this hash.
    pub const fn of_hash(hash: [u8; 32]) -> Self {
        Self(hash)
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A text was not 64 hexadecimal digits in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the 64 hexadecimal digits of a content's hash")]
pub struct BlobIdError;

impl FromStr for BlobId {
    type Err = BlobIdError;

    fn from_str(text: &str) -> Result<Self, BlobIdError> {
        let is_right = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_right {
            return Err(BlobIdError);
        }
        let mut hash = [0; 32];
        for (place, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).map_err(|_| BlobIdError)?;
        }
        Ok(Self(hash))
    }
}

impl Serialize for BlobId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BlobId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as Deserialize>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl ToParam for BlobId {
    fn to_param(&self) -> Value<'_> {
        Value::Bytes(&self.0)
    }
}

impl FromColumn for BlobId {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        match column {
            Value::Bytes(bytes) => bytes
                .try_into()
                .map(Self)
                .map_err(|_| column.is_not("the 32 bytes of a hash")),
            other => Err(other.is_not("the 32 bytes of a hash")),
        }
    }
}

/// An object just written, to be given a row with [`add`] in the transaction that needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The content's id.
    pub id: BlobId,
    /// Its length in bytes.
    pub size: u64,
    object: String,
    began: Timestamp,
}

/// A content that a workspace has; the right to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// The content's id.
    pub id: BlobId,
    /// Its length in bytes.
    pub size: u64,
    /// What kind of content it was declared to be when it was first added.
    pub media_type: String,
    object: String,
}

impl Blob {
    /// The name of its object: for the archive, which keeps it.
    pub(crate) fn object(&self) -> &str {
        &self.object
    }
}
