//! What the template of an answer to many tickets takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use crate::replies::Reply;
use crate::tickets::Ticket;
use crate::tickets::listing::View;

/// What the answer says in one of the tickets.
pub(super) struct Preview {
    pub(super) ticket: Ticket,
    pub(super) words: String,
}

#[derive(Template)]
#[template(path = "bulk/answers/views/answer.html")]
pub(super) struct AnswerPage<'a> {
    pub(super) t: &'a Text,
    pub(super) view: View,
    /// Those that are chosen, where not all of the view are.
    pub(super) tickets: Vec<&'a str>,
    pub(super) is_all: bool,
    pub(super) count: i64,
    /// When whoever answers looked.
    pub(super) seen_at: i64,
    pub(super) replies: Vec<Reply>,
    pub(super) statuses: Vec<Choice>,
    pub(super) filled: &'a Filled,
    pub(super) preview: Option<Preview>,
}

impl AnswerPage<'_> {
    fn replies(&self) -> Vec<Choice> {
        let now = self.filled.value("reply");
        let none = Choice::new("", self.t.say("bulk-answer-own")).chosen_if(now.is_empty());
        let one = |reply: &Reply| {
            let id = reply.id.to_string();
            let is_chosen = id == now;
            Choice::new(id, &reply.text.name).chosen_if(is_chosen)
        };
        std::iter::once(none)
            .chain(self.replies.iter().map(one))
            .collect()
    }
}
