//! What the pages of the settings have in common: where they stand.

use askama::Template;
use kit::i18n::Text;
use kit::web::Page;

/// A page of the settings: in their place, below their index.
pub(crate) fn page(t: &Text, title: impl Into<String>, view: &impl Template) -> Page {
    Page::new(title, view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
}
