//! What the templates of tickets by tag take.

use askama::Template;
use kit::i18n::Text;
use tandem_core::tags::Tag;

use super::super::Ticket;
use super::super::listing::{Cursor, PAGE};
use super::super::names::Names;

#[derive(Template)]
#[template(path = "tickets/tagged/views/tags.html")]
pub(super) struct TagsPage<'a> {
    t: &'a Text,
    tags: Vec<(Tag, i64)>,
}

impl<'a> TagsPage<'a> {
    pub(super) fn new(t: &'a Text, tags: Vec<(Tag, i64)>) -> Self {
        Self { t, tags }
    }
}

#[derive(Template)]
#[template(path = "tickets/tagged/views/tickets.html")]
pub(super) struct TagPage<'a> {
    t: &'a Text,
    tag: &'a Tag,
    tickets: Vec<Ticket>,
    names: Names,
    next: Option<String>,
}

impl<'a> TagPage<'a> {
    pub(super) fn new(t: &'a Text, tag: &'a Tag, mut tickets: Vec<Ticket>, names: Names) -> Self {
        let page = usize::try_from(PAGE).expect("a page is small");
        let next = (tickets.len() > page).then(|| {
            tickets.truncate(page);
            let cursor = Cursor::of(&tickets[page - 1]);
            format!("/inbox/tags/{}?after={}", tag.id, cursor.encode())
        });
        Self {
            t,
            tag,
            tickets,
            names,
            next,
        }
    }

    fn status(&self, ticket: &Ticket) -> String {
        self.names.status(self.t, ticket)
    }

    fn asker(&self, ticket: &Ticket) -> String {
        self.names.asker(ticket)
    }
}
