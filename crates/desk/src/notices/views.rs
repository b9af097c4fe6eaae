//! What the template takes.

use askama::Template;
use kit::i18n::Text;

use super::Choices;

#[derive(Template)]
#[template(path = "notices/views/choices.html")]
pub(super) struct ChoicesPage<'a> {
    pub(super) t: &'a Text,
    pub(super) choices: Choices,
    pub(super) has_post: bool,
}
