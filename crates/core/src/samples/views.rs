//! What the template of the samples takes.

use askama::Template;
use kit::i18n::Text;

use super::Load;

#[derive(Template)]
#[template(path = "samples/views/samples.html")]
pub(super) struct SamplesPage<'a> {
    pub(super) t: &'a Text,
    pub(super) load: Option<Load>,
}

impl SamplesPage<'_> {
    fn by<'l>(&self, load: &'l Load) -> &'l str {
        load.by.split_once(' ').map_or(&*load.by, |(_, name)| name)
    }
}
