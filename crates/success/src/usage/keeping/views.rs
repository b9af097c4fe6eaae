//! What the template of keeping events takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::Filled;

use super::{Going, Keeping};

#[derive(Template)]
#[template(path = "usage/keeping/views/keeping.html")]
pub(super) struct KeepingPage<'a> {
    pub(super) t: &'a Text,
    pub(super) keeping: Keeping,
    pub(super) form: &'a Filled,
    pub(super) going: Option<Going>,
    pub(super) may_write: bool,
}

impl KeepingPage<'_> {
    /// Whether there is anything to save.
    fn is_other(&self, going: &Going) -> bool {
        going.days != self.keeping.days
    }

    fn goes(&self, going: &Going) -> String {
        self.t.count("usage-keeping-goes", going.events)
    }

    fn stays(&self, going: &Going) -> String {
        self.t.count("usage-keeping-stays", going.stay)
    }
}
