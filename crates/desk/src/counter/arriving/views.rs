//! What the templates of whoever comes take: the form, and the slip.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::super::model::{Place, Visit, VisitState};
use super::super::people::Candidate;

/// The form of whoever comes: who, what, which queue.
#[derive(Template)]
#[template(path = "counter/views/new.html")]
pub(super) struct NewPage<'a> {
    pub(super) t: &'a Text,
    pub(super) place: Place,
    pub(super) candidates: Vec<Candidate>,
    pub(super) form: Filled,
}

impl NewPage<'_> {
    fn new_person(&self) -> String {
        let name = self.form.value("who");
        self.t.say_with("counter-who-add", kit::args!(name = name))
    }

    fn back(&self) -> String {
        format!("/counter/{}", self.place.id)
    }

    fn queues(&self) -> Vec<Choice> {
        let chosen = match self.form.value("queue") {
            "" => self.place.queues.first().map_or("", |queue| &queue.letter),
            letter => letter,
        };
        let queues = self.place.queues.iter();
        queues
            .map(|queue| {
                let text = format!("{} · {}", queue.letter, queue.name);
                Choice::new(queue.letter.clone(), text).chosen_if(queue.letter == chosen)
            })
            .collect()
    }
}

/// The slip that whoever came takes along.
#[derive(Template)]
#[template(path = "counter/views/slip.html")]
pub(super) struct SlipPage<'a> {
    pub(super) t: &'a Text,
    pub(super) place: Place,
    pub(super) visit: Visit,
    pub(super) ahead: i64,
    pub(super) workspace: String,
}

impl SlipPage<'_> {
    fn back(&self) -> String {
        format!("/counter/{}", self.place.id)
    }

    fn new_address(&self) -> String {
        format!("/counter/{}/new", self.place.id)
    }

    fn queue(&self) -> &str {
        self.place.queue_name(&self.visit.letter)
    }
}
