//! What the template of a rule takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};
use tandem_core::fields::Field;

use crate::tickets::Kind;

#[derive(Template)]
#[template(path = "tickets/details/rules/views/rule.html")]
pub(super) struct RulePage<'a> {
    pub(super) t: &'a Text,
    pub(super) field: &'a Field,
    pub(super) filled: &'a Filled,
    /// The kinds that are chosen.
    pub(super) kinds: Vec<String>,
    /// On what it can depend.
    pub(super) whens: Vec<Choice>,
    pub(super) whole: Option<String>,
}

impl RulePage<'_> {
    fn action(&self) -> String {
        format!("/settings/ticket-fields/{}", self.field.id)
    }

    fn all(&self) -> Vec<Choice> {
        let is_chosen = |kind: &Kind| self.kinds.iter().any(|word| word == kind.as_str());
        let choice =
            |kind: &Kind| Choice::new(kind.as_str(), self.t.say(kind.text())).chosen_if(is_chosen(kind));
        Kind::ALL.iter().map(choice).collect()
    }
}
