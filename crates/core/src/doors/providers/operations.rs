//! What the API's document says about identity providers.

use kit::web::api::{Listed, Operation, Precondition, Sample};

use super::ProviderId;
use super::api::{ProviderDocument, ProviderInput};
use super::failures::{CLIENT, DOMAIN, ISSUER, LABEL, NO_DOMAINS, ROLE, SECRET, SILENT};
use crate::permissions::Role;

const PART: &str = "Identity providers";

/// `GET /api/v1/providers`
pub const LIST: Operation = Operation::new(
    PART,
    "List identity providers",
    "The systems by which agents come in, by their labels. The list is whole.",
)
.gives::<Listed<ProviderDocument>>();

/// `POST /api/v1/providers`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add an identity provider",
    "Its issuer is asked first whether it is one. Only those who may do everything add one, for by it one can come in as anybody.",
)
.takes::<ProviderInput>()
.makes::<ProviderDocument>()
.fails(&[&LABEL, &ISSUER, &SILENT, &CLIENT, &SECRET, &DOMAIN, &NO_DOMAINS, &ROLE]);

/// `GET /api/v1/providers/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an identity provider",
    "Its ETag is what a change names with If-Match. Its secret is never shown.",
)
.of::<ProviderId>()
.shows::<ProviderDocument>();

/// `PUT /api/v1/providers/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change an identity provider",
    "Without a secret the one that is kept stays, unless the issuer is another one.",
)
.of::<ProviderId>()
.takes::<ProviderInput>()
.shows::<ProviderDocument>()
.held_by(Precondition::Required)
.fails(&[
    &LABEL,
    &ISSUER,
    &SILENT,
    &CLIENT,
    &SECRET,
    &DOMAIN,
    &NO_DOMAINS,
    &ROLE,
]);

/// `DELETE /api/v1/providers/{id}`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove an identity provider",
    "Who is known to its issuer stays known, should it come back.",
)
.of::<ProviderId>()
.held_by(Precondition::Optional);

impl Sample for ProviderInput {
    fn sample() -> Self {
        Self {
            label: "Northwind staff".to_owned(),
            issuer: "https://login.example.com".to_owned(),
            client: "tandem".to_owned(),
            secret: Some("as-the-provider-gave-it".to_owned()),
            domains: vec!["example.com".to_owned()],
            role: Some(Role::SupportAgent.to_string()),
            is_on: true,
        }
    }
}

impl Sample for ProviderDocument {
    fn sample() -> Self {
        let input = ProviderInput::sample();
        Self {
            id: "idp_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            label: input.label,
            issuer: input.issuer,
            client: input.client,
            has_secret: true,
            domains: input.domains,
            role: input.role,
            is_on: input.is_on,
            version: 2,
        }
    }
}
