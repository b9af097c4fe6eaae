//! The panel with tickets of an account, a contact, or the person at home.

use askama::Template;
use kit::i18n::Text;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::Ticket;
use super::listing::{Cursor, PAGE};
use super::names::Names;

#[derive(Template)]
#[template(path = "tickets/views/panel.html")]
pub(super) struct TicketsPanel<'a> {
    t: &'a Text,
    tickets: Vec<Ticket>,
    names: &'a Names,
    base: String,
    new: String,
    next: Option<String>,
    may_write: bool,
}

impl<'a> TicketsPanel<'a> {
    pub(super) fn new(t: &'a Text, mut tickets: Vec<Ticket>, names: &'a Names, actor: &Actor) -> Self {
        let page = usize::try_from(PAGE).expect("a page is small");
        let next = (tickets.len() > page).then(|| {
            tickets.truncate(page);
            Cursor::of(&tickets[page - 1]).encode()
        });
        Self {
            t,
            tickets,
            names,
            base: String::new(),
            new: String::new(),
            next,
            may_write: actor.may(Permission::TicketsWrite),
        }
    }

    pub(super) fn of(mut self, base: String, whose: &str, id: &impl ToString) -> Self {
        self.new = kit::web::address("/tickets/new", &[(whose, &id.to_string())]);
        self.next = self.next.map(|next| format!("{base}/tickets?after={next}"));
        self.base = base;
        self
    }

    pub(super) fn at_home(mut self) -> Self {
        self.next = None;
        self
    }

    fn status(&self, ticket: &Ticket) -> String {
        self.names.status(self.t, ticket)
    }

    fn agent(&self, ticket: &Ticket) -> Option<&str> {
        ticket.agent.and_then(|id| self.names.agent(id))
    }

    fn is_home(&self) -> bool {
        self.base.is_empty()
    }

    fn asker(&self, ticket: &Ticket) -> String {
        self.names.asker(ticket)
    }
}
