//! What the line of a hint takes.

use askama::Template;
use kit::i18n::Text;

use super::super::{Priority, TicketId};
use super::{Hint, Why};

/// The reasons of a hint in one sentence.
pub(in crate::tickets) fn said(t: &Text, hint: &Hint) -> String {
    let one = |why: &Why| match why {
        Why::Renews(days) => {
            let days = t.count("metrics-days", *days);
            t.say_with("hints-renews", kit::args!(days = days))
        }
        Why::Brings(money) => {
            let money = t.money_whole(money.minor, money.currency.code());
            t.say_with("hints-brings", kit::args!(money = money))
        }
        Why::Fell(score) => t.say_with("hints-fell", kit::args!(score = t.decimal(*score, 0))),
        Why::Poor(score) => t.say_with("hints-poor", kit::args!(score = t.decimal(*score, 0))),
        Why::Warned(count) => t.count("hints-warned", *count),
    };
    let why: Vec<String> = hint.why.iter().map(one).collect();
    why.join(", ")
}

/// The line at the side of a ticket.
#[derive(Template)]
#[template(path = "tickets/hints/views/line.html")]
pub(in crate::tickets) struct Line<'a> {
    t: &'a Text,
    ticket: TicketId,
    view: String,
    hint: &'a Hint,
}

impl<'a> Line<'a> {
    pub(in crate::tickets) fn new(t: &'a Text, ticket: TicketId, view: String, hint: &'a Hint) -> Self {
        Self {
            t,
            ticket,
            view,
            hint,
        }
    }

    fn said(&self) -> String {
        said(self.t, self.hint)
    }

    fn consider(&self, priority: &Priority) -> String {
        let priority = self.t.say(priority.text());
        self.t.say_with("hints-set", kit::args!(priority = priority))
    }
}
