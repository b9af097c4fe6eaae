//! The cookies of the doors: the session, a step between two doors, and a browser that came in before.

use http::HeaderValue;
use kit::id::Ids;
use kit::seal::Seal;
use kit::text::{base64url, from_base64url};

use super::Visitor;

/// How cookies travel; each is kept from scripts, and other sites send none with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionCookie {
    /// Whether people reach the server over https: then no cookie ever travels without.
    pub is_secure: bool,
}

impl SessionCookie {
    /// The name of the session's cookie. Over https browsers refuse it from any other host or path.
    pub fn name(self) -> &'static str {
        if self.is_secure { "__Host-tandem" } else { "tandem" }
    }

    /// The name of the cookie that leads to a step.
    pub fn step(self) -> &'static str {
        if self.is_secure {
            "__Host-tandem-step"
        } else {
            "tandem-step"
        }
    }

    /// The name of the cookie of a browser that came in before.
    pub fn browser(self) -> &'static str {
        if self.is_secure {
            "__Host-tandem-browser"
        } else {
            "tandem-browser"
        }
    }

    /// The header that gives the session's cookie; no seconds take it back.
    pub(crate) fn set(self, value: &str, seconds: u64) -> HeaderValue {
        self.give(self.name(), value, seconds)
    }

    /// The header that gives the cookie `name`; no seconds take it back.
    pub fn give(self, name: &str, value: &str, seconds: u64) -> HeaderValue {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
        HeaderValue::from_str(&text).expect("base64 and digits fit a header")
    }
}

/// How long a browser is remembered.
pub(super) const BROWSER_LIFE: u64 = 365 * 86_400;
/// What a sealed browser belongs to.
const BROWSER: &str = "browser that came in";

/// The name under which this browser tries, if it came in with `email` before.
pub(super) fn known_browser(
    seal: Option<&Seal>,
    cookie: SessionCookie,
    visitor: &Visitor,
    email: &str,
) -> Option<String> {
    let sealed = from_base64url(visitor.cookie(cookie.browser())?)?;
    let plain = String::from_utf8(seal?.open(BROWSER, &sealed).ok()?).ok()?;
    let (owner, _) = plain.split_once('\n')?;
    (owner == crate::agents::fold(email)).then_some(plain)
}

/// The value that makes a browser known to have come in with `email`.
pub(super) fn browser(seal: &Seal, email: &str, random: &Ids) -> String {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    let plain = format!("{}\n{}", crate::agents::fold(email), base64url(&bytes));
    base64url(&seal.seal(random, BROWSER, plain.as_bytes()))
}
