//! Old mail of a company: mbox files and Maildir folders, read one mail at a time from any place on.

mod maildir;
mod mbox;

pub use maildir::{Maildir, Stored};
pub use mbox::{Boxed, Mbox};
