//! What the template takes.

use askama::Template;
use kit::i18n::Text;

use super::Elsewhere;

#[derive(Template)]
#[template(path = "doors/elsewhere/views/list.html")]
pub(super) struct ElsewherePage<'a> {
    pub(super) t: &'a Text,
    pub(super) here: &'a str,
    pub(super) email: &'a str,
    pub(super) others: Vec<Elsewhere>,
    pub(super) may_open: bool,
}
