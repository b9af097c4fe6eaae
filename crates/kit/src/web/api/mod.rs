//! The conventions of every API address, in one place: what a handler takes and gives, and what describes it.
//!
//! - [`At`] is an id in the path; what can't be one leads nowhere (404).
//! - [`Asked`] is the query, [`Sent`] a JSON body. Unknown fields are refused; what does not fit is named by a pointer or a
//!   parameter (RFC 9457). Limits hold for what is sent, as the published schema has them; [`Judged`] keeps what does not fit.
//! - [`Posted`] is the body of a `POST` with its `Idempotency-Key`: see [`once`].
//! - [`Single`] is one object with its `ETag`; [`IfMatch`] refuses a change made from another one (RFC 9110, 13.1.1).
//! - [`Listed`] is a part of a list with the cursor of the next part; [`cursor`] writes and reads cursors.
//! - [`Operation`] says what an address is for; the document of the whole API is made from these.

pub mod cursor;
mod describe;
mod entity;
mod fitting;
mod input;
mod list;
pub mod once;

pub use describe::{Operation, Precondition, Sample, Shape};
pub use entity::{IfMatch, Single};
pub use fitting::Judged;
pub use input::{Asked, At, Sent};
pub use list::{Limit, Listed};
pub use once::{Once, Owner, Posted};
