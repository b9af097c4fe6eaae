//! What the template of drafts takes.

use askama::Template;
use kit::i18n::Text;

use super::super::names::Names;
use super::super::{MessageKind, Ticket};
use super::Draft;

/// How many characters of a draft a list shows.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "tickets/drafts/views/list.html")]
pub(super) struct DraftsPage<'a> {
    t: &'a Text,
    drafts: Vec<(Draft, Ticket)>,
    names: Names,
}

impl<'a> DraftsPage<'a> {
    pub(super) fn new(t: &'a Text, drafts: Vec<(Draft, Ticket)>, names: Names) -> Self {
        Self { t, drafts, names }
    }

    fn asker(&self, ticket: &Ticket) -> String {
        self.names.asker(ticket)
    }

    fn is_note(&self, draft: &Draft) -> bool {
        draft.kind == MessageKind::Note
    }

    /// The beginning of the words.
    fn words(&self, draft: &Draft) -> String {
        let words = draft.body.split_whitespace().collect::<Vec<_>>().join(" ");
        words.chars().take(SHOWN).collect()
    }
}
