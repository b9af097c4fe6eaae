//! How the failures of mail providers look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::{MailProviderError, WrongProvider};

const fn wrong(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

const fn conflict(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::CONFLICT, text)
}

pub(super) const NAME: Code = wrong("mail-provider-name", "mail-providers-failure-name");
pub(super) const CLIENT: Code = wrong("mail-provider-client", "mail-providers-failure-client");
pub(super) const SECRET: Code = wrong("mail-provider-secret", "mail-providers-failure-secret");
pub(super) const DAY: Code = wrong("mail-provider-day", "mail-providers-failure-day");
pub(super) const TENANT: Code = wrong("mail-provider-tenant", "mail-providers-failure-tenant");
pub(super) const ADDRESS: Code = wrong("mail-provider-address", "mail-providers-failure-address");
pub(super) const SCOPES: Code = wrong("mail-provider-scopes", "mail-providers-failure-scopes");
pub(super) const TOO_MANY: Code = conflict("mail-provider-too-many", "mail-providers-failure-too-many");
pub(super) const IN_USE: Code = conflict("mail-provider-in-use", "mail-providers-failure-in-use");
pub(super) const STALE: Code = conflict("mail-provider-stale", "mail-providers-failure-stale");
pub(super) const SEALED: Code = Code::new(
    "mail-provider-sealed",
    StatusCode::SERVICE_UNAVAILABLE,
    "mail-providers-failure-sealed",
);

/// What is wrong with a new or changed provider.
pub(super) const ALL: &[&Code] = &[
    &NAME, &CLIENT, &SECRET, &DAY, &TENANT, &ADDRESS, &SCOPES, &TOO_MANY,
];

impl From<MailProviderError> for Failure {
    fn from(error: MailProviderError) -> Self {
        match error {
            MailProviderError::Forbidden(missing) => {
                Self::of(StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            MailProviderError::Bad(wrong) => match wrong {
                WrongProvider::Name => Self::field("name", &NAME),
                WrongProvider::Client => Self::field("client", &CLIENT),
                WrongProvider::Secret => Self::field("secret", &SECRET),
                WrongProvider::SecretUntil => Self::field("secret_until", &DAY),
                WrongProvider::Tenant => Self::field("tenant", &TENANT),
                WrongProvider::AuthorizeAt(_) => Self::field("authorize_at", &ADDRESS),
                WrongProvider::TokenAt(_) => Self::field("token_at", &ADDRESS),
                WrongProvider::RevokeAt(_) => Self::field("revoke_at", &ADDRESS),
                WrongProvider::Scopes => Self::field("scopes", &SCOPES),
            },
            MailProviderError::TooMany => Self::new(&TOO_MANY),
            MailProviderError::InUse => Self::new(&IN_USE),
            MailProviderError::Unknown => Self::of(StatusCode::NOT_FOUND),
            MailProviderError::Stale(_) => Self::new(&STALE),
            MailProviderError::Sealed => Self::new(&SEALED),
            MailProviderError::Db(error) => error.into(),
        }
    }
}
