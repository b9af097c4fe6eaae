//! What the templates of lost ways take.

use askama::Template;
use kit::i18n::Text;

#[derive(Template)]
#[template(path = "doors/letters/views/help.html")]
pub(super) struct HelpPage<'a> {
    pub(super) t: &'a Text,
    pub(super) has_mail: bool,
    pub(super) email: &'a str,
    pub(super) wrong: String,
}

#[derive(Template)]
#[template(path = "doors/letters/views/sent.html")]
pub(super) struct SentPage<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "doors/letters/views/password.html")]
pub(super) struct PasswordPage<'a> {
    pub(super) t: &'a Text,
    pub(super) link: &'a str,
    pub(super) email: &'a str,
    pub(super) wrong: String,
}
