//! SQLite: one writer thread that commits in groups, and readers beside it; short reads run where they are asked.
//!
//! Write-ahead log with `synchronous=FULL`: what was answered is on disk. Each closure of a group has its own
//! savepoint, so a failing one takes back only itself.

mod errors;
mod here;
mod open;
mod reader;
mod references;
mod session;
mod writer;

pub(super) use here::Here;
pub(super) use reader::Reader;
pub(super) use session::{Session, column};
pub(super) use writer::Writer;
