//! How the failures of roles look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::RoleError;

pub(super) const NAME: Code = Code::new(
    "role-name",
    StatusCode::UNPROCESSABLE_ENTITY,
    "roles-failure-name",
);
pub(super) const TAKEN: Code = Code::new("role-name-taken", StatusCode::CONFLICT, "roles-failure-taken");
pub(super) const IN_USE: Code = Code::new("role-in-use", StatusCode::CONFLICT, "roles-failure-in-use");
pub(super) const LAST_ADMIN: Code = Code::new(
    "role-last-admin",
    StatusCode::CONFLICT,
    "roles-failure-last-admin",
);

/// Someone changed the role since the sender saw it.
pub(super) const STALE: Code = Code::new("role-stale", StatusCode::CONFLICT, "roles-failure-stale");

impl From<RoleError> for Failure {
    fn from(error: RoleError) -> Self {
        match error {
            RoleError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            RoleError::BadName => Self::field("name", &NAME),
            RoleError::NameTaken => Self::field("name", &TAKEN),
            RoleError::Unknown => Self::of(StatusCode::NOT_FOUND),
            RoleError::InUse(_) => Self::new(&IN_USE).detail(error.to_string()),
            RoleError::Stale(now) => {
                Self::new(&STALE).detail(format!("the role is at version {}", now.version))
            }
            RoleError::LastAdmin => Self::field("permissions", &LAST_ADMIN),
            RoleError::Db(error) => error.into(),
        }
    }
}
