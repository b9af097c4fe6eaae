//! How the failures of invitations look from outside.

use http::StatusCode;
use kit::web::Failure;

use super::InvitationError;

impl From<InvitationError> for Failure {
    fn from(error: InvitationError) -> Self {
        match error {
            InvitationError::Agent(error) => error.into(),
            InvitationError::Unknown => Self::of(StatusCode::NOT_FOUND),
        }
    }
}
