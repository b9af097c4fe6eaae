//! Which conversation a mail belongs to, and how we know.
//!
//! In this order, the first that holds decides: an address of ours with a token, an identifier of ours in In-Reply-To,
//! then in References from the newest, an identifier that the same inbox has seen, a signed tag in the subject. Bare
//! numbers and equal subjects never do. Tokens are signed (HMAC-SHA-256), carry the id of their key and the day they
//! expire, and can be checked without asking anybody. A token that doesn't hold is named and decides nothing.

mod decision;
mod keys;
mod token;

pub use decision::{Clue, Decision, Evidence, Inbox, Participation, Standing, candidates, decide, reported};
pub use keys::{Key, Keys};
pub use token::{Refusal, Signer, Token};
