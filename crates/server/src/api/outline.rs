//! The API as the table of routes knows it: each address with who may use it and what it can answer.

use axum::http::{Method, StatusCode};
use kit::web::api::{Operation, Precondition};

use super::BASE;
use crate::guard::Access;
use crate::routes::{self, Route};

/// One address of the API.
#[derive(Clone, Debug)]
pub(super) struct Address {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) access: Access,
    pub(super) operation: &'static Operation,
}

/// Every address that has something to say of itself, in the table's order.
pub(super) fn addresses() -> Vec<Address> {
    let described = |route: Route| {
        route.operation.map(|operation| Address {
            method: route.method,
            path: route.path,
            access: route.access,
            operation,
        })
    };
    routes::table().into_iter().filter_map(described).collect()
}

impl Address {
    /// What programs call it: `put-accounts-id-closure`.
    pub(super) fn id(&self) -> String {
        let path = self.path.strip_prefix(BASE).unwrap_or(self.path);
        let path = path.replace(['{', '}'], "").replace('/', "-");
        format!("{}-{path}", self.method.as_str().to_ascii_lowercase())
    }

    /// The permission that it needs, if one is named.
    pub(super) fn permission(&self) -> Option<&'static str> {
        match self.access {
            Access::Needs(permission) => Some(permission.as_str()),
            _ => None,
        }
    }

    /// Whether it takes an `Idempotency-Key`.
    pub(super) fn is_post(&self) -> bool {
        self.method == Method::POST
    }

    /// The statuses of its refusals.
    pub(super) fn refusals(&self) -> Vec<StatusCode> {
        let operation = self.operation;
        let has_input = operation.body.is_some() || self.is_post();
        let conditions = [
            (has_input || operation.query.is_some(), StatusCode::BAD_REQUEST),
            (self.access != Access::Anyone, StatusCode::UNAUTHORIZED),
            (self.permission().is_some(), StatusCode::FORBIDDEN),
            (operation.id.is_some(), StatusCode::NOT_FOUND),
            (
                operation.precondition != Precondition::None,
                StatusCode::PRECONDITION_FAILED,
            ),
            (has_input, StatusCode::PAYLOAD_TOO_LARGE),
            (has_input, StatusCode::UNSUPPORTED_MEDIA_TYPE),
            (has_input, StatusCode::UNPROCESSABLE_ENTITY),
            (
                operation.precondition == Precondition::Required,
                StatusCode::PRECONDITION_REQUIRED,
            ),
            (true, StatusCode::TOO_MANY_REQUESTS),
            (true, StatusCode::SERVICE_UNAVAILABLE),
        ];
        let own = operation.failures.iter().map(|code| code.status);
        let mut statuses: Vec<StatusCode> = conditions
            .into_iter()
            .filter_map(|(holds, status)| holds.then_some(status))
            .chain(own)
            .collect();
        statuses.sort_by_key(StatusCode::as_u16);
        statuses.dedup();
        statuses
    }
}
