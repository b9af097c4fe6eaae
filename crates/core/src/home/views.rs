//! What the template of the home page takes.

use askama::Template;
use kit::i18n::Text;

#[derive(Template)]
#[template(path = "home/views/home.html")]
pub(super) struct HomePage<'a> {
    pub(super) t: &'a Text,
    pub(super) open_accounts: i64,
    pub(super) newest: Vec<super::web::Newest>,
}
