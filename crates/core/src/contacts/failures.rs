//! How the failures of contacts look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::ContactError;
use super::identities::Trouble;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const NAME: Code = Code::new("contact-name", WRONG, "contacts-failure-name");
pub(super) const LANGUAGE: Code = Code::new("contact-language", WRONG, "contacts-failure-language");
pub(super) const ZONE: Code = Code::new("contact-time-zone", WRONG, "contacts-failure-zone");
pub(super) const NOTE: Code = Code::new("contact-note", WRONG, "contacts-failure-note");
pub(super) const ADDRESS: Code = Code::new("identity-address", WRONG, "contacts-failure-address");
pub(super) const PHONE: Code = Code::new("identity-phone", WRONG, "contacts-failure-phone");
pub(super) const REALM: Code = Code::new("identity-realm", WRONG, "contacts-failure-realm");
pub(super) const VALUE: Code = Code::new("identity-value", WRONG, "contacts-failure-value");
pub(super) const TAKEN: Code = Code::new("identity-taken", StatusCode::CONFLICT, "contacts-failure-taken");
pub(super) const TITLE: Code = Code::new("membership-title", WRONG, "contacts-failure-title");
pub(super) const UNTIL: Code = Code::new("membership-until", WRONG, "contacts-failure-until");
pub(super) const DAY: Code = Code::new("membership-day", WRONG, "contacts-failure-day");
pub(super) const ACCOUNT: Code = Code::new("membership-account", WRONG, "contacts-failure-account");
pub(super) const MERGE: Code = Code::new("contact-merge", WRONG, "contacts-failure-merge");
/// Someone changed the contact since the sender saw it.
pub(super) const STALE: Code = Code::new("contact-stale", StatusCode::CONFLICT, "contacts-failure-stale");

impl From<ContactError> for Failure {
    fn from(error: ContactError) -> Self {
        match error {
            ContactError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            ContactError::BadName => Self::field("name", &NAME),
            ContactError::BadLanguage(_) => Self::field("language", &LANGUAGE),
            ContactError::BadZone(_) => Self::field("time_zone", &ZONE),
            ContactError::LongNote => Self::field("note", &NOTE),
            ContactError::BadIdentity(trouble) => match trouble {
                Trouble::NoAddress => Self::field("value", &ADDRESS),
                Trouble::NoPhone => Self::field("value", &PHONE),
                Trouble::NoRealm => Self::field("realm", &REALM),
                Trouble::NoValue | Trouble::NoKind => Self::field("value", &VALUE),
            },
            ContactError::IdentityTaken(by) => {
                Self::field("value", &TAKEN).detail(format!("{} is known by this", by.id))
            }
            ContactError::LongTitle => Self::field("title", &TITLE),
            ContactError::EndsBeforeStart => Self::field("until", &UNTIL),
            ContactError::NoAccount => Self::field("account", &ACCOUNT),
            ContactError::BadMerge => Self::field("other", &MERGE),
            ContactError::Unknown => Self::of(StatusCode::NOT_FOUND),
            ContactError::Stale(now) => {
                Self::new(&STALE).detail(format!("the contact is at version {}", now.version))
            }
            ContactError::Db(error) => error.into(),
        }
    }
}
