//! Reading of queries, without the index.

#[path = "../../crates/kit/src/search/asked.rs"]
mod asked;
#[path = "../../crates/kit/src/search/dates.rs"]
mod dates;
#[path = "../../crates/kit/src/search/fold.rs"]
mod fold;
#[path = "../../crates/kit/src/search/words.rs"]
mod words;

pub use asked::{Asked, Chip, Known, Note};
pub use fold::fold;
