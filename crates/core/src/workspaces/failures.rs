//! How the failures of workspaces look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::WorkspaceError;

const NAME: Code = Code::new(
    "workspace-name",
    StatusCode::UNPROCESSABLE_ENTITY,
    "workspaces-failure-name",
);
const LOCALE: Code = Code::new(
    "workspace-locale",
    StatusCode::UNPROCESSABLE_ENTITY,
    "workspaces-failure-locale",
);
const ZONE: Code = Code::new(
    "workspace-zone",
    StatusCode::UNPROCESSABLE_ENTITY,
    "workspaces-failure-zone",
);

/// Someone changed the workspace since the sender saw it.
pub(super) const STALE: Code = Code::new(
    "workspace-stale",
    StatusCode::CONFLICT,
    "workspaces-failure-stale",
);

impl From<WorkspaceError> for Failure {
    fn from(error: WorkspaceError) -> Self {
        match error {
            WorkspaceError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            WorkspaceError::NoName => Self::field("name", &NAME),
            WorkspaceError::UnknownLocale(_) => Self::field("locale", &LOCALE),
            WorkspaceError::UnknownZone(_) => Self::field("zone", &ZONE),
            WorkspaceError::Stale(now) => {
                Self::new(&STALE).detail(format!("the workspace is at version {}", now.version))
            }
            WorkspaceError::Unknown => Self::of(StatusCode::NOT_FOUND),
            WorkspaceError::Db(error) => error.into(),
        }
    }
}
