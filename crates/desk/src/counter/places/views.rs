//! What the templates of places take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};
use tandem_core::teams::Team;

use super::super::CounterPlaceId;
use super::super::model::{LETTERS, Place};
use crate::tickets::Kind;

#[derive(Template)]
#[template(path = "counter/places/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) places: Vec<Place>,
}

#[derive(Template)]
#[template(path = "counter/places/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
}

impl<'a> ListPage<'a> {
    pub(super) fn actions(&self) -> ListActions<'a> {
        ListActions { t: self.t }
    }

    fn queues(&self, place: &Place) -> String {
        let names: Vec<&str> = place.queues.iter().map(|queue| queue.name.as_str()).collect();
        self.t.list(&names)
    }
}

/// The form of a place: a new one, or one as it is.
#[derive(Template)]
#[template(path = "counter/places/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) place: Option<Place>,
    pub(super) teams: Vec<Team>,
    pub(super) form: Filled,
    pub(super) is_stale: bool,
}

#[derive(Template)]
#[template(path = "counter/places/views/form_actions.html")]
pub(super) struct FormActions<'a> {
    t: &'a Text,
    id: CounterPlaceId,
    is_open: bool,
}

impl<'a> FormPage<'a> {
    /// The buttons of the top bar; none for a place that is not there yet.
    pub(super) fn actions(&self) -> Option<FormActions<'a>> {
        let place = self.place.as_ref()?;
        Some(FormActions {
            t: self.t,
            id: place.id,
            is_open: place.is_open(),
        })
    }

    fn action(&self) -> String {
        match &self.place {
            Some(place) => format!("/settings/counter/{}", place.id),
            None => "/settings/counter".to_owned(),
        }
    }

    fn letters(&self) -> [&'static str; 6] {
        LETTERS
    }

    fn field(&self, part: &str, letter: &str) -> String {
        format!("{part}_{letter}")
    }

    fn value(&self, part: &str, letter: &str) -> &str {
        self.form.value(&self.field(part, letter))
    }

    fn legend(&self, letter: &str) -> String {
        self.t.say_with("counter-queue-of", kit::args!(letter = letter))
    }

    fn kinds(&self, letter: &str) -> Vec<Choice> {
        let chosen = self.value("kind", letter);
        let choice = |kind: &Kind| {
            Choice::new(kind.as_str(), self.t.say(kind.text())).chosen_if(kind.as_str() == chosen)
        };
        Kind::ALL.iter().map(choice).collect()
    }

    fn teams(&self, letter: &str) -> Vec<Choice> {
        let chosen = self.value("team", letter);
        let nobody = std::iter::once(Choice::new("", self.t.say("counter-no-team")));
        let choice = |team: &Team| {
            let id = team.id.to_string();
            let is_chosen = id == chosen;
            Choice::new(id, team.name.clone()).chosen_if(is_chosen)
        };
        let open = self
            .teams
            .iter()
            .filter(|team| team.archiving.is_none() || team.id.to_string() == chosen);
        nobody.chain(open.map(choice)).collect()
    }
}

/// The address of a board, shown once.
#[derive(Template)]
#[template(path = "counter/places/views/board_link.html")]
pub(super) struct LinkPage<'a> {
    pub(super) t: &'a Text,
    pub(super) id: CounterPlaceId,
    pub(super) link: String,
}

impl LinkPage<'_> {
    fn back(&self) -> String {
        format!("/settings/counter/{}", self.id)
    }
}
