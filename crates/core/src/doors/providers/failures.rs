//! How the failures of providers look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::ProviderError;

const fn wrong(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

pub(super) const LABEL: Code = wrong("provider-label", "providers-failure-label");
pub(super) const ISSUER: Code = wrong("provider-issuer", "providers-failure-issuer");
pub(super) const SILENT: Code = wrong("provider-silent", "providers-failure-silent");
pub(super) const CLIENT: Code = wrong("provider-client", "providers-failure-client");
pub(super) const SECRET: Code = wrong("provider-secret", "providers-failure-secret");
pub(super) const DOMAIN: Code = wrong("provider-domain", "providers-failure-domain");
pub(super) const NO_DOMAINS: Code = wrong("provider-no-domains", "providers-failure-no-domains");
pub(super) const ROLE: Code = wrong("provider-role", "agents-failure-role");

/// Someone changed the provider since the sender saw it.
pub(super) const STALE: Code = Code::new("provider-stale", StatusCode::CONFLICT, "providers-failure-stale");

impl From<ProviderError> for Failure {
    fn from(error: ProviderError) -> Self {
        match error {
            ProviderError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            ProviderError::BadLabel => Self::field("label", &LABEL),
            ProviderError::BadIssuer(_) => Self::field("issuer", &ISSUER),
            ProviderError::Silent(_) => Self::field("issuer", &SILENT),
            ProviderError::BadClient => Self::field("client", &CLIENT),
            ProviderError::BadSecret => Self::field("secret", &SECRET),
            ProviderError::BadDomain(_) => Self::field("domains", &DOMAIN),
            ProviderError::NoDomains => Self::field("domains", &NO_DOMAINS),
            ProviderError::UnknownRole => Self::field("role", &ROLE),
            ProviderError::Unknown => Self::of(StatusCode::NOT_FOUND),
            ProviderError::Stale(_) => Self::new(&STALE),
            ProviderError::Sealed => {
                tracing::error!("the installation's key is missing or does not open a provider's secret");
                Self::of(StatusCode::INTERNAL_SERVER_ERROR)
            }
            ProviderError::Db(error) => error.into(),
        }
    }
}
