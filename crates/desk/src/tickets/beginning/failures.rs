//! How what keeps a ticket from being begun looks from outside.

use http::StatusCode;
use kit::web::{Code, Failure};
use tandem_core::tags::{self, TagError};

use super::BeginningError;
use crate::participants::ParticipantError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(in super::super) const REQUESTER: Code =
    Code::new("ticket-requester", WRONG, "beginning-failure-requester");
pub(in super::super) const EXTERNAL: Code =
    Code::new("ticket-external-id", WRONG, "beginning-failure-external");
pub(in super::super) const COPIES: Code =
    Code::new("ticket-participants", WRONG, "beginning-failure-participants");

impl From<BeginningError> for Failure {
    fn from(error: BeginningError) -> Self {
        match error {
            BeginningError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            BeginningError::Ticket(error) => error.into(),
            BeginningError::BadRequester => Self::field("requester", &REQUESTER),
            BeginningError::BadExternal => Self::field("external_id", &EXTERNAL),
            BeginningError::Participant(ParticipantError::BadAddress | ParticipantError::TooMany) => {
                Self::field("participants", &COPIES)
            }
            BeginningError::Participant(error) => error.into(),
            BeginningError::Tag(TagError::BadName | TagError::TooMany) => Self::field("tags", &tags::TAG),
            BeginningError::Tag(error) => error.into(),
            BeginningError::Field(error) => error.into(),
            BeginningError::Db(error) => error.into(),
        }
    }
}
