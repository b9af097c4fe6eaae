//! What the templates of the counter take.

use std::collections::HashMap;

use askama::Template;
use kit::db::Tx;
use kit::i18n::Text;
use kit::web::{Choice, Filled, Tab};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId};
use tandem_core::contacts::{self, ContactId};
use tandem_core::permissions::Permission;

use super::day::Figures;
use super::looking::Line;
use super::model::{Place, Seat, Visit, VisitState};
use super::{CounterError, CounterPlaceId, figures};
use crate::tickets::{self, Ticket, TicketId};

/// What pages call contacts, tickets and agents, as far as whoever looks may know.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    contacts: HashMap<ContactId, String>,
    tickets: HashMap<TicketId, Ticket>,
    agents: HashMap<AgentId, String>,
}

impl Names {
    pub(super) fn of<'a>(
        tx: &mut Tx<'_>,
        actor: &Actor,
        visits: impl IntoIterator<Item = &'a Visit>,
    ) -> Result<Self, CounterError> {
        let (mut names, mut people) = (Self::default(), Vec::new());
        for visit in visits {
            people.extend(visit.contact);
            if actor.may(Permission::TicketsRead) {
                // A look-up by key for each row of a page.
                let ticket = tickets::find(tx, actor, visit.ticket)?;
                names.tickets.extend(ticket.map(|ticket| (visit.ticket, ticket)));
            }
        }
        if actor.may(Permission::ContactsRead) && !people.is_empty() {
            names.contacts = contacts::names(tx, actor, &people)?;
        }
        let agents = agents::all(tx, actor.workspace)?;
        names.agents = agents.into_iter().map(|agent| (agent.id, agent.name)).collect();
        Ok(names)
    }

    pub(super) fn who(&self, visit: &Visit) -> Option<(ContactId, &str)> {
        let id = visit.contact?;
        Some((id, self.contacts.get(&id)?.as_str()))
    }

    pub(super) fn agent(&self, id: AgentId) -> &str {
        self.agents.get(&id).map_or("–", String::as_str)
    }

    pub(super) fn ticket(&self, visit: &Visit) -> Option<&Ticket> {
        self.tickets.get(&visit.ticket)
    }
}

/// A span of seconds in words; a dash for none.
pub(super) fn spoken(t: &Text, seconds: Option<i64>) -> String {
    seconds.map_or_else(|| "–".to_owned(), |seconds| t.span(seconds))
}

/// The label and the value of each figure of a day.
pub(super) fn figures_in_words(t: &Text, figures: &Figures) -> Vec<(String, String)> {
    let number = |key: &str, count: i64| (t.say(key), t.number(count));
    let span = |key: &str, seconds| (t.say(key), spoken(t, seconds));
    vec![
        number("counter-came", figures.came),
        number("counter-served", figures.served),
        number("counter-no-shows", figures.no_shows),
        span("counter-waited-median", figures.waited_median),
        span("counter-waited-p90", figures.waited_p90),
        span("counter-served-median", figures.served_median),
    ]
}

#[derive(Template)]
#[template(path = "counter/views/index.html")]
pub(super) struct IndexPage<'a> {
    pub(super) t: &'a Text,
    pub(super) places: Vec<(Place, i64)>,
    pub(super) may_set: bool,
}

/// The counter: what stands at a place, and whom one serves.
#[derive(Template)]
#[template(path = "counter/views/show.html")]
pub(super) struct ShowPage<'a> {
    pub(super) t: &'a Text,
    pub(super) line: Line,
    pub(super) names: Names,
    pub(super) seat: Option<Seat>,
    pub(super) current: Option<Visit>,
    pub(super) visits: Vec<Visit>,
    pub(super) others: Vec<(Place, i64)>,
    pub(super) may_write: bool,
    pub(super) form: Filled,
}

#[derive(Template)]
#[template(path = "counter/views/show_actions.html")]
pub(super) struct ShowActions<'a> {
    t: &'a Text,
    place: CounterPlaceId,
    may_call: bool,
}

impl<'a> ShowPage<'a> {
    /// The buttons of the top bar; none for who only looks.
    pub(super) fn actions(&self) -> Option<ShowActions<'a>> {
        (self.may_write && self.line.place.is_open()).then_some(ShowActions {
            t: self.t,
            place: self.line.place.id,
            may_call: self.may_call(),
        })
    }

    /// Where whoever looks sits at this place.
    fn seat_here(&self) -> Option<&Seat> {
        self.seat.as_ref().filter(|seat| seat.place == self.line.place.id)
    }

    /// Whether they serve somebody here.
    fn serving(&self) -> Option<&Visit> {
        let place = self.line.place.id;
        self.current.as_ref().filter(|visit| visit.place == place)
    }

    /// The places as tabs, with how many wait at each.
    fn places(&self) -> Vec<Tab> {
        let tab = |(place, count): &(Place, i64)| Tab {
            text: place.name.clone(),
            href: format!("/counter/{}", place.id),
            current: place.id == self.line.place.id,
            count: Some(*count),
        };
        self.others.iter().map(tab).collect()
    }

    fn figures(&self) -> Vec<(String, String)> {
        figures_in_words(self.t, &figures(&self.visits))
    }

    /// What is over today and may have to be put back: who did not come, and the last who were served.
    fn ended(&self) -> Vec<&Visit> {
        let is_over = |visit: &&Visit| matches!(visit.state, VisitState::Done | VisitState::NoShow);
        let mut ended: Vec<&Visit> = self.visits.iter().filter(is_over).collect();
        ended.sort_by_key(|visit| std::cmp::Reverse((visit.ended_at, visit.id)));
        ended.truncate(20);
        ended
    }

    /// The windows: who sits there, and the number that is there; empty for none.
    fn windows(&self) -> Vec<(&str, &str, String)> {
        let called = &self.line.called;
        let number = |seat: &Seat| {
            let there = called.iter().find(|visit| visit.agent == Some(seat.agent));
            there.map(Visit::code).unwrap_or_default()
        };
        let seats = self.line.seats.iter();
        seats
            .map(|seat| (seat.window.as_str(), self.names.agent(seat.agent), number(seat)))
            .collect()
    }

    fn count(&self) -> i64 {
        i64::try_from(self.line.waiting.len()).unwrap_or(i64::MAX)
    }

    /// Whether one may call somebody now.
    fn may_call(&self) -> bool {
        self.seat_here().is_some() && self.current.is_none()
    }

    /// Whether there is nothing to do here before one has a window.
    fn must_sit(&self) -> bool {
        self.seat_here().is_none() || !self.form.is_good()
    }

    fn sit_kind(&self) -> &'static str {
        if self.seat_here().is_none() { "primary" } else { "" }
    }

    fn call_label(&self, visit: &Visit) -> String {
        let number = visit.code();
        self.t
            .say_with("counter-call-one", kit::args!(number = number.as_str()))
    }

    fn slip(&self, visit: &Visit) -> String {
        format!("/counter/visits/{}/slip", visit.id)
    }

    fn who(&self, visit: &Visit) -> Option<(ContactId, &str)> {
        self.names.who(visit)
    }

    fn ticket(&self, visit: &Visit) -> Option<&Ticket> {
        self.names.ticket(visit)
    }

    fn queue<'v>(&'v self, visit: &'v Visit) -> &'v str {
        self.line.place.queue_name(&visit.queue)
    }

    /// The queues that somebody can be handed on to.
    fn other_queues(&self, visit: &Visit) -> Vec<Choice> {
        let others = self.line.place.queues.iter();
        let others = others.filter(|queue| queue.letter != visit.queue);
        others
            .map(|queue| Choice::new(queue.letter.clone(), format!("{} · {}", queue.letter, queue.name)))
            .collect()
    }

    /// The queues that one may serve, those chosen that one serves.
    fn served_queues(&self) -> Vec<Choice> {
        let seat = self.seat_here();
        let chosen = |letter: &str| seat.is_some_and(|seat| seat.letters.contains(letter));
        let queues = self.line.place.queues.iter();
        queues
            .map(|queue| {
                let text = format!("{} · {}", queue.letter, queue.name);
                Choice::new(queue.letter.clone(), text).chosen_if(chosen(&queue.letter))
            })
            .collect()
    }

    fn window(&self) -> &str {
        if self.form.has("window") {
            return self.form.value("window");
        }
        self.seat_here().map_or("", |seat| seat.window.as_str())
    }

    fn my_window(&self, seat: &Seat) -> String {
        self.t
            .say_with("counter-at-window", kit::args!(window = seat.window.as_str()))
    }
}

impl ShowActions<'_> {
    fn new_address(&self) -> String {
        format!("/counter/{}/new", self.place)
    }
}
