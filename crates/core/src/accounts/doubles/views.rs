//! What the templates of doubles take.

use askama::Template;
use kit::i18n::Text;

use super::Double;

#[derive(Template)]
#[template(path = "accounts/views/doubles.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) doubles: Vec<Double>,
    pub(super) next: Option<String>,
    pub(super) is_first: bool,
    pub(super) may_write: bool,
}
