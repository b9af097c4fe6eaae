//! What the templates of the security page take.

use askama::Template;
use kit::args;
use kit::i18n::Text;

use super::device::device;
use crate::doors::SessionId;
use crate::doors::passkeys::Passkey;
use crate::doors::providers::linking::OwnProvider;
use crate::doors::sessions::SessionRow;

#[derive(Template)]
#[template(path = "doors/security/views/page.html")]
pub(super) struct SecurityPage<'a> {
    pub(super) t: &'a Text,
    pub(super) email: &'a str,
    pub(super) sessions: Vec<SessionRow>,
    pub(super) present: SessionId,
    pub(super) has_password: bool,
    pub(super) has_authenticator: bool,
    pub(super) codes_left: i64,
    pub(super) passkeys: Vec<Passkey>,
    pub(super) providers: Vec<OwnProvider>,
    pub(super) wrong: Wrong,
}

/// What was wrong with the form that was sent, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Which form: `password`, `authenticator`.
    pub(super) form: &'static str,
    /// About the present password.
    pub(super) present: String,
    /// About the new password.
    pub(super) new: String,
}

impl SecurityPage<'_> {
    fn present_error(&self, form: &str) -> &str {
        if self.wrong.form == form {
            &self.wrong.present
        } else {
            ""
        }
    }

    fn is_present(&self, session: &SessionRow) -> bool {
        session.id == self.present
    }

    fn password_verb(&self) -> String {
        self.t.say(if self.has_password {
            "security-change-password"
        } else {
            "security-set-password"
        })
    }

    fn device(&self, session: &SessionRow) -> String {
        let found = device(session.browser.as_deref().unwrap_or_default());
        match (found.browser, found.system) {
            (Some(browser), Some(system)) => self
                .t
                .say_with("security-device", args!(browser = browser, system = system)),
            (Some(name), None) | (None, Some(name)) => name.to_owned(),
            (None, None) => self.t.say("security-device-unknown"),
        }
    }
}

#[derive(Template)]
#[template(path = "doors/security/views/authenticator.html")]
pub(super) struct AuthenticatorPage<'a> {
    pub(super) t: &'a Text,
    pub(super) picture: String,
    pub(super) key: String,
    pub(super) wrong: String,
}

#[derive(Template)]
#[template(path = "doors/security/views/codes.html")]
pub(super) struct CodesPage<'a> {
    pub(super) t: &'a Text,
    pub(super) codes: &'a [String],
}
