//! How the failures of the doors look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::factors::FactorError;
use super::passkeys::PasskeyError;
use super::passwords::Weakness;

const fn refused(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

const WRONG_CODE: Code = refused("code-wrong", "doors-code-wrong");
const NOTHING_TO_CONFIRM: Code = Code::new(
    "no-authenticator",
    StatusCode::CONFLICT,
    "security-failure-nothing-to-confirm",
);

const PASSKEY: Code = refused("passkey", "doors-passkey-refused");
const PASSKEYS: Code = Code::new("passkeys", StatusCode::CONFLICT, "security-failure-passkeys");

impl From<PasskeyError> for Failure {
    fn from(error: PasskeyError) -> Self {
        match error {
            PasskeyError::TooMany => Self::new(&PASSKEYS),
            PasskeyError::Copied => {
                tracing::warn!("a passkey counted backwards: there may be a copy of it");
                Self::new(&PASSKEY)
            }
            PasskeyError::Over | PasskeyError::Unknown => Self::new(&PASSKEY),
            PasskeyError::Distrusted(reason) => Self::new(&PASSKEY).detail(reason.to_string()),
            PasskeyError::Db(error) => error.into(),
        }
    }
}

/// The key of the sentence that says what is wrong with a password.
pub(crate) const fn weakness(weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::Short => "security-password-short",
        Weakness::Long => "security-password-long",
        Weakness::Common => "security-password-common",
        Weakness::Personal => "security-password-personal",
        Weakness::Repeating => "security-password-repeating",
    }
}

impl From<FactorError> for Failure {
    fn from(error: FactorError) -> Self {
        match error {
            FactorError::WrongCode => Self::field("code", &WRONG_CODE),
            FactorError::NothingToConfirm => Self::new(&NOTHING_TO_CONFIRM),
            FactorError::Sealed => {
                tracing::error!("the installation's key does not open an authenticator");
                Self::of(StatusCode::INTERNAL_SERVER_ERROR)
            }
            FactorError::Db(error) => error.into(),
        }
    }
}
