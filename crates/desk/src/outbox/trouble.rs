//! What can stand in the way of a mail before anybody has it: a word for rows, a sentence for people.

use mail::submit::SubmitError;
use mail::wire::WireError;

use super::suppression::{Grounds, Suppressed};
use crate::mailboxes::GrantError;

/// The word of each trouble, in rows and documents; `outbox-trouble-WORD` is its sentence.
pub(super) const NO_WAY: &str = "no_way";
pub(super) const SEALED: &str = "sealed";
pub(super) const UNSENDABLE: &str = "unsendable";
pub(super) const CONTENT: &str = "content";
pub(super) const SUPPRESSED: &str = "suppressed";
pub(super) const COMPLAINED: &str = "complained";

/// The word for an address that nothing is sent to.
pub(super) fn of_suppressed(suppressed: &Suppressed) -> &'static str {
    match suppressed.grounds {
        Grounds::Refused => SUPPRESSED,
        Grounds::Complained => COMPLAINED,
    }
}

/// The word and what the server said.
pub(super) fn of(error: &SubmitError) -> (&'static str, String) {
    let word = match error {
        SubmitError::Wire(wire) => of_wire(*wire),
        SubmitError::NotSmtp => "not_smtp",
        SubmitError::NoStartTls => "no_encryption",
        SubmitError::NoWayIn => "no_password",
        SubmitError::AppPassword => "app_password",
        SubmitError::BadCredentials => "credentials",
        SubmitError::TokenNotTaken => "no_token",
        SubmitError::TokenRefused(_) => "token_refused",
        SubmitError::Refused(_) => "refused",
        SubmitError::BadAddress => "bad_address",
    };
    let said = match error {
        SubmitError::Refused(reply) => super::parcel::readable(&reply.said),
        SubmitError::TokenRefused(said) => super::parcel::readable(said),
        _ => String::new(),
    };
    (word, said)
}

/// The same where the mailbox could not be opened by its provider's token.
pub(super) fn of_grant(error: &GrantError) -> (&'static str, String) {
    let said = super::parcel::readable(&error.problem().1.unwrap_or_default());
    let word = match error {
        GrantError::Nobody => "not_signed_in",
        GrantError::Over(_) | GrantError::Sealed => "sign_in_again",
        GrantError::Later(_) | GrantError::Db(_) => "sign_in_fails",
    };
    (word, said)
}

const fn of_wire(error: WireError) -> &'static str {
    match error {
        WireError::NoSuchHost => "no_host",
        WireError::Forbidden => "forbidden",
        WireError::Refused | WireError::TooLate | WireError::Lost | WireError::TooLong => "no_answer",
        WireError::NotEncrypted | WireError::Injected => "no_encryption",
        WireError::NoTls
        | WireError::OtherName
        | WireError::Expired
        | WireError::UnknownAuthority
        | WireError::Tls => "certificate",
    }
}

/// The sentence of a word.
pub(super) fn text(word: &str) -> &'static str {
    match word {
        NO_WAY => "outbox-trouble-no-way",
        SEALED => "outbox-trouble-sealed",
        UNSENDABLE => "outbox-trouble-unsendable",
        CONTENT => "outbox-trouble-content",
        SUPPRESSED => "outbox-trouble-suppressed",
        COMPLAINED => "outbox-trouble-complained",
        "not_smtp" => "outbox-trouble-not-smtp",
        "no_encryption" => "outbox-trouble-no-encryption",
        "no_password" => "outbox-trouble-no-password",
        "app_password" => "outbox-trouble-app-password",
        "credentials" => "outbox-trouble-credentials",
        "no_token" => "outbox-trouble-no-token",
        "token_refused" => "outbox-trouble-token-refused",
        "not_signed_in" => "outbox-trouble-not-signed-in",
        "sign_in_again" => "outbox-trouble-sign-in-again",
        "sign_in_fails" => "outbox-trouble-sign-in-fails",
        "refused" => "outbox-trouble-refused",
        "bad_address" => "outbox-trouble-bad-address",
        "no_host" => "outbox-trouble-no-host",
        "forbidden" => "outbox-trouble-forbidden",
        "certificate" => "outbox-trouble-certificate",
        _ => "outbox-trouble-no-answer",
    }
}
