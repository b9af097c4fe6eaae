//! Full-text search: an index on this machine's disk, made from what a database knows and thrown away at will.
//!
//! A [`Document`] has a key, a workspace, the permission that one needs to see it, and texts. The [`Index`] finds
//! documents by [`Question`]: words, phrases in quotes and filters (`is:open`). Workspace and permissions are part of the
//! query itself, so what one may not see is neither found, nor counted, nor suggested.
//!
//! Every text is indexed twice: *folded*, by which words are the same whatever their capitals and accents, and *stemmed*
//! by the document's language. Chinese and Japanese are indexed as pairs of characters. Results stand in an order that
//! does not depend on what else is in the index: as written before inflected, before begun, before misspelled; in the
//! title before in the text; newer before older.
//!
//! A [`Shelf`] is the folder with the indexes of one installation: the one in use and the one being built. Each commit
//! carries a *mark*, the caller's word for how much of the world the index has seen; both reach the disk together or not
//! at all.

mod asked;
mod azerbaijani;
mod best;
mod dates;
mod document;
mod error;
mod fold;
mod index;
mod language;
mod marks;
mod plan;
mod schema;
mod shelf;
mod words;
mod writer;

pub use asked::{Asked, Chip, Known, Note};
pub use best::Place;
pub use document::{Document, Shown};
pub use error::SearchError;
pub use fold::fold;
pub use index::{Answer, Group, Hit, Index, Question};
pub use language::Language;
pub use marks::Piece;
pub use shelf::{Build, Shelf};
pub use writer::Writer;
