//! What the templates of scheduled replies take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Filled;

use super::super::Ticket;
use super::super::names::{self, Names};
use super::{Scheduled, State};

/// How many characters of a reply a list shows.
const SHOWN: usize = 200;

/// The beginning of the words.
fn begins(one: &Scheduled) -> String {
    let words = one.body.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(SHOWN).collect()
}

/// All that wait.
#[derive(Template)]
#[template(path = "tickets/scheduled/views/list.html")]
pub(super) struct ListPage<'a> {
    t: &'a Text,
    rows: Vec<(Scheduled, Ticket)>,
    next: Option<String>,
    names: Names,
    may_write: bool,
}

impl<'a> ListPage<'a> {
    pub(super) fn new(
        t: &'a Text,
        (rows, next): (Vec<(Scheduled, Ticket)>, Option<String>),
        names: Names,
        may_write: bool,
    ) -> Self {
        Self {
            t,
            rows,
            next,
            names,
            may_write,
        }
    }

    fn asker(&self, ticket: &Ticket) -> String {
        self.names.asker(ticket)
    }

    fn author(&self, one: &Scheduled) -> String {
        names::signed(self.t, &one.author)
    }

    fn words(&self, one: &Scheduled) -> String {
        begins(one)
    }
}

/// What waits in a ticket.
#[derive(Template)]
#[template(path = "tickets/scheduled/views/line.html")]
pub(super) struct LinePage<'a> {
    t: &'a Text,
    scheduled: Vec<Scheduled>,
    may_write: bool,
}

impl<'a> LinePage<'a> {
    pub(super) fn new(t: &'a Text, scheduled: Vec<Scheduled>, may_write: bool) -> Self {
        Self {
            t,
            scheduled,
            may_write,
        }
    }

    fn is_waiting(&self, one: &Scheduled) -> bool {
        one.state == State::Waiting
    }

    fn icon(&self, one: &Scheduled) -> &'static str {
        match one.state {
            State::Waiting => "calendar-clock",
            State::Answered => "undo-2",
            _ => "circle-alert",
        }
    }

    fn tone(&self, one: &Scheduled) -> &'static str {
        match one.state {
            State::Waiting => "",
            State::Answered => "warn",
            _ => "bad",
        }
    }

    /// When it goes, or why it does not.
    fn sentence(&self, one: &Scheduled) -> String {
        let (name, moment) = (names::signed(self.t, &one.author), self.t.moment(one.due_at));
        let key = match (one.state, one.unless_reply) {
            (State::Waiting, true) => "scheduled-line-unless",
            (State::Waiting, false) => "scheduled-line",
            (State::Answered, _) => "scheduled-line-answered",
            _ => "scheduled-line-failed",
        };
        self.t
            .say_with(key, kit::args!(name = name.as_str(), moment = moment.as_str()))
    }

    fn words(&self, one: &Scheduled) -> String {
        begins(one)
    }
}

/// The form of a day and a time.
#[derive(Template)]
#[template(path = "tickets/scheduled/views/moment.html")]
pub(super) struct MomentPage<'a> {
    pub(super) t: &'a Text,
    pub(super) action: String,
    pub(super) is_new: bool,
    pub(super) leave: String,
    pub(super) filled: &'a Filled,
}
