//! What the template takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::Filled;

#[derive(Template)]
#[template(path = "reopening/views/settings.html")]
pub(super) struct SettingsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a Filled,
    pub(super) may_write: bool,
    /// Why nothing was kept, where it is about no field.
    pub(super) whole: Option<String>,
}
