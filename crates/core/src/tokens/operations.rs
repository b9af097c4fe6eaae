//! What the API's document says about tokens.

use kit::web::api::{Listed, Operation, Sample};

use super::api::{TokenDocument, TokenInput};
use super::failures::{AGENT, LIFE, NAME, SCOPES};
use crate::doors::SessionId;

const PART: &str = "Tokens";

/// `GET /api/v1/tokens`
pub const LIST: Operation = Operation::new(
    PART,
    "List tokens",
    "Those that work, the newest first; everybody's for those who manage tokens. The list is whole.",
)
.gives::<Listed<TokenDocument>>();

/// `POST /api/v1/tokens`
pub const CREATE: Operation = Operation::new(
    PART,
    "Make a token",
    "For oneself, or for a machine. The answer holds the token, which is shown nowhere else.",
)
.takes::<TokenInput>()
.makes::<TokenDocument>()
.without_tag()
.fails(&[&NAME, &LIFE, &SCOPES, &AGENT]);

/// `DELETE /api/v1/tokens/{id}`
pub const REVOKE: Operation =
    Operation::new(PART, "End a token", "It does not work from then on.").of::<SessionId>();

impl Sample for TokenInput {
    fn sample() -> Self {
        Self {
            name: "Nightly import".to_owned(),
            agent: None,
            scopes: vec!["accounts.read".to_owned()],
            days: Some(90),
        }
    }
}

impl Sample for TokenDocument {
    fn sample() -> Self {
        Self {
            id: "ses_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Nightly import".to_owned(),
            agent: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            is_machine: false,
            scopes: vec!["accounts.read"],
            created_at: 1_772_442_000_000_000,
            expires_at: Some(1_780_218_000_000_000),
            token: None,
        }
    }
}
