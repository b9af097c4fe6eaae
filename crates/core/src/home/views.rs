//! What the templates of the home page take.

use askama::Template;
use kit::i18n::Text;

use crate::panels::PanelFrames;

#[derive(Template)]
#[template(path = "home/views/home.html")]
pub(super) struct HomePage<'a> {
    pub(super) panels: PanelFrames<'a>,
}

#[derive(Template)]
#[template(path = "home/views/newest.html")]
pub(super) struct NewestPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) newest: Vec<super::web::Newest>,
}
