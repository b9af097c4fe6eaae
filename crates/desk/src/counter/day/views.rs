//! What the templates of a day's numbers take.

use askama::Template;
use kit::day::Day;
use kit::i18n::Text;
use kit::web::Filled;
use tandem_core::contacts::ContactId;

use super::super::CounterPlaceId;
use super::super::model::{Place, Visit, VisitState};
use super::super::views::{Names, figures_in_words, spoken};
use super::figures;
use crate::tickets::Ticket;

/// The numbers of a day, and everybody who came.
#[derive(Template)]
#[template(path = "counter/views/day.html")]
pub(super) struct DayPage<'a> {
    pub(super) t: &'a Text,
    pub(super) place: Place,
    pub(super) day: Day,
    pub(super) today: Day,
    pub(super) visits: Vec<Visit>,
    pub(super) names: Names,
    pub(super) form: Filled,
}

#[derive(Template)]
#[template(path = "counter/views/day_actions.html")]
pub(super) struct DayActions<'a> {
    t: &'a Text,
    place: CounterPlaceId,
    day: Day,
}

impl<'a> DayPage<'a> {
    pub(super) fn actions(&self) -> DayActions<'a> {
        DayActions {
            t: self.t,
            place: self.place.id,
            day: self.day,
        }
    }

    fn whole(&self) -> Vec<(String, String)> {
        let mut whole = figures_in_words(self.t, &figures(&self.visits));
        let left = figures(&self.visits).waiting;
        if self.day < self.today && left > 0 {
            whole.push((self.t.say("counter-never-called"), self.t.number(left)));
        }
        whole
    }

    /// The queues with what came to each.
    fn queues(&self) -> Vec<(String, Vec<String>)> {
        let mut letters: Vec<&str> = self.visits.iter().map(|visit| visit.letter.as_str()).collect();
        letters.sort_unstable();
        letters.dedup();
        let of = |letter: &str| {
            let of = figures(self.visits.iter().filter(|visit| visit.letter == letter));
            let cells = vec![
                self.t.number(of.came),
                self.t.number(of.served),
                self.t.number(of.no_shows),
                spoken(self.t, of.waited_median),
                spoken(self.t, of.waited_p90),
            ];
            (format!("{letter} · {}", self.place.queue_name(letter)), cells)
        };
        letters.into_iter().map(of).collect()
    }

    fn day_before(&self) -> String {
        self.address(self.day.plus_days(-1))
    }

    fn day_after(&self) -> Option<String> {
        (self.day < self.today).then(|| self.address(self.day.plus_days(1)))
    }

    fn address(&self, day: Day) -> String {
        format!("/counter/{}/day?day={day}", self.place.id)
    }

    fn who(&self, visit: &Visit) -> Option<(ContactId, &str)> {
        self.names.who(visit)
    }

    fn ticket(&self, visit: &Visit) -> Option<&Ticket> {
        self.names.ticket(visit)
    }

    fn agent(&self, visit: &Visit) -> &str {
        visit.agent.map_or("–", |id| self.names.agent(id))
    }

    fn waited(&self, visit: &Visit) -> String {
        let is_called = visit.state != VisitState::Waiting || visit.waited > 0;
        spoken(self.t, is_called.then_some(visit.waited / 1_000_000))
    }

    fn served(&self, visit: &Visit) -> String {
        let is_served = visit.state == VisitState::Done;
        spoken(self.t, is_served.then_some(visit.served / 1_000_000))
    }
}
