//! What the template of the checklist takes.

use askama::Template;
use kit::i18n::Text;

use super::{Item, Verified};

#[derive(Template)]
#[template(path = "checklist/views/checklist.html")]
pub(super) struct ChecklistPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) items: Vec<Verified>,
    pub(super) is_dismissed: bool,
}

impl ChecklistPanel<'_> {
    fn done(&self) -> usize {
        self.items.iter().filter(|one| one.is_done).count()
    }

    fn name(&self, item: &Item) -> String {
        self.t.say(&format!("checklist-{}", item.key))
    }

    fn about(&self, item: &Item) -> String {
        self.t.say(&format!("checklist-{}-text", item.key))
    }
}
