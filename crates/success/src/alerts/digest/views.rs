//! What the template of the digest's settings takes.

use askama::Template;
use kit::i18n::Text;

#[derive(Template)]
#[template(path = "alerts/views/digest.html")]
pub(super) struct DigestPage<'a> {
    pub(super) t: &'a Text,
    pub(super) is_on: bool,
    pub(super) has_post: bool,
}
