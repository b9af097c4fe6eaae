//! How much a sender may say.

/// The largest event, in bytes.
pub const LARGEST_EVENT: usize = 32 * 1024;
/// The largest batch, in bytes after gzip.
pub const LARGEST_BATCH: usize = 500 * 1024;
/// How many items a batch may have.
pub const MOST_ITEMS: usize = 5_000;
/// How many characters an id may have.
pub const LONGEST_ID: usize = 200;
/// How many characters the name of an event or a page may have.
pub const LONGEST_NAME: usize = 200;
/// How many properties or traits an event may have.
pub const MOST_PROPERTIES: usize = 500;
