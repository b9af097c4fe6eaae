//! What the template takes that shows a version beside another.

use askama::Template;
use kit::i18n::Text;

use super::Difference;

#[derive(Template)]
#[template(path = "playbooks/comparing/views/compare.html")]
pub(super) struct ComparePage<'a> {
    pub(super) t: &'a Text,
    /// What the two versions are called: the earlier and the later.
    pub(super) names: (String, String),
    pub(super) differences: Vec<Difference>,
}
