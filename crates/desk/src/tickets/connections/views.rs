//! What the templates of connections take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::super::names::Names;
use super::super::views::chosen;
use super::super::{Status, Ticket, TicketId};
use super::{Connection, Joint};

/// What joins a ticket with others, as its page shows it.
#[derive(Template)]
#[template(path = "tickets/connections/views/lines.html")]
pub(in super::super) struct Lines<'a> {
    t: &'a Text,
    id: TicketId,
    lines: &'a [(Connection, Ticket)],
    may_write: bool,
}

impl<'a> Lines<'a> {
    pub(in super::super) fn new(
        t: &'a Text,
        id: TicketId,
        lines: &'a [(Connection, Ticket)],
        may_write: bool,
    ) -> Self {
        Self {
            t,
            id,
            lines,
            may_write,
        }
    }

    /// What the other ticket is to this one.
    fn says(&self, one: &Connection) -> String {
        self.t.say(one.joint.text(one.side(self.id)))
    }

    /// What ending it is called.
    fn ends(&self, one: &Connection) -> String {
        match one.joint {
            Joint::Merged => self.t.say("connections-unmerge"),
            Joint::Split => self.t.say("connections-merge-back"),
            _ => self.t.say("connections-end"),
        }
    }
}

#[derive(Template)]
#[template(path = "tickets/connections/views/form.html")]
pub(super) struct ConnectPage<'a> {
    t: &'a Text,
    ticket: &'a Ticket,
    offered: Vec<Ticket>,
    names: Names,
    filled: &'a Filled,
}

impl<'a> ConnectPage<'a> {
    pub(super) fn new(
        t: &'a Text,
        ticket: &'a Ticket,
        offered: Vec<Ticket>,
        names: Names,
        filled: &'a Filled,
    ) -> Self {
        Self {
            t,
            ticket,
            offered,
            names,
            filled,
        }
    }

    fn kinds(&self) -> Vec<Choice> {
        let words = Joint::CHOICES.iter().map(|one| (one.as_str(), one.act()));
        let now = match self.filled.value("kind") {
            "" => Joint::Merged.as_str(),
            kind => kind,
        };
        chosen(self.t, words, now)
    }

    fn asker(&self, ticket: &Ticket) -> String {
        self.names.asker(ticket)
    }
}
