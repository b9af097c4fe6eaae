//! What the templates of agents' pages take.

use std::collections::HashMap;

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::{Locale, Text};
use kit::web::{Choice, Filled};
use tandem_core::agents::{Agent, AgentId};
use tandem_core::contacts::ContactId;

use super::Alert;
use super::listing::Figures;
use super::model::{AfterLow, Asks, Direction, Question, Ratings, Survey};
use crate::tickets::{Ticket, TicketId};

#[derive(Template)]
#[template(path = "surveys/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: Filled,
    pub(super) is_filtered: bool,
    pub(super) is_on: bool,
    pub(super) may_set: bool,
    pub(super) figures: Figures,
    pub(super) surveys: Vec<Survey>,
    pub(super) names: Names,
    pub(super) periods: Vec<Choice>,
    pub(super) bands: Vec<Choice>,
    pub(super) agents: Vec<Choice>,
    pub(super) teams: Vec<Choice>,
    pub(super) next: Option<String>,
}

/// What the list calls tickets, contacts and agents.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) tickets: HashMap<TicketId, Ticket>,
    pub(super) contacts: HashMap<ContactId, String>,
    pub(super) agents: HashMap<AgentId, String>,
}

#[derive(Template)]
#[template(path = "surveys/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
    pairs: Vec<(String, String)>,
}

impl<'a> ListPage<'a> {
    pub(super) fn actions(&self) -> ListActions<'a> {
        let pairs = self.form.pairs().filter(|(name, _)| *name != "after");
        ListActions {
            t: self.t,
            pairs: pairs
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        }
    }

    fn ticket(&self, survey: &Survey) -> Option<&Ticket> {
        self.names.tickets.get(&survey.ticket)
    }

    fn contact(&self, survey: &Survey) -> Option<(ContactId, &str)> {
        let id = survey.contact?;
        Some((id, self.names.contacts.get(&id)?.as_str()))
    }

    fn agent(&self, survey: &Survey) -> &str {
        let name = survey.agent.and_then(|id| self.names.agents.get(&id));
        name.map_or("–", String::as_str)
    }

    /// A rating with its scale: `4 / 5`.
    fn rated(&self, survey: &Survey) -> String {
        let rating = survey.answer.as_ref().map_or(0, |answer| answer.rating);
        rated(self.t, survey.asks, rating)
    }

    fn tone(&self, survey: &Survey) -> &'static str {
        let answer = survey.answer.as_ref();
        answer.map_or("", |answer| survey.asks.tone(answer.rating))
    }

    fn response_rate(&self) -> String {
        if self.figures.asked == 0 {
            return "–".to_owned();
        }
        let share = self.figures.answered as f64 / self.figures.asked as f64;
        self.t.percent(share, 0)
    }

    fn of_asked(&self) -> String {
        self.t.say_with(
            "surveys-of-asked",
            kit::args!(answered = self.figures.answered, asked = self.figures.asked),
        )
    }

    /// What the answers to one question come to: its label, its number, and how sure that is.
    fn results(&self) -> Vec<(String, String, String)> {
        let results = self.figures.ratings.iter().flat_map(|one| results(self.t, one));
        results.collect()
    }
}

/// A rating with its scale.
pub(super) fn rated(t: &Text, asks: Asks, rating: i64) -> String {
    format!("{} / {}", t.number(rating), t.number(asks.scale))
}

/// The numbers of one question in words: label, value, and how many answers and how sure.
pub(crate) fn results(t: &Text, ratings: &Ratings) -> Vec<(String, String, String)> {
    let n = t.count("surveys-n", ratings.n());
    let mean = ratings
        .mean()
        .map_or_else(|| "–".to_owned(), |mean| t.decimal(mean, 1));
    match (ratings.asks.question, ratings.csat()) {
        (Question::Csat, Some((share, (low, high)))) => {
            let interval = t.say_with(
                "surveys-interval",
                kit::args!(low = t.percent(low, 0), high = t.percent(high, 0), n = n.as_str()),
            );
            vec![
                (t.say("surveys-csat"), t.percent(share, 0), interval),
                (t.say("surveys-csat-mean"), mean, n),
            ]
        }
        (Question::Csat, None) => Vec::new(),
        (Question::Ces, _) => {
            let scale = t.say_with(
                "surveys-ces-scale",
                kit::args!(
                    scale = t.number(ratings.asks.scale),
                    direction = t.say(ratings.asks.direction.text()),
                    n = n.as_str()
                ),
            );
            vec![(t.say("surveys-ces"), mean, scale)]
        }
    }
}

#[derive(Template)]
#[template(path = "surveys/views/settings.html")]
pub(super) struct SettingsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a Filled,
    /// Who can be told of low ratings by name.
    pub(super) agents: Vec<Agent>,
}

impl SettingsPage<'_> {
    /// Who can be told of a low rating.
    fn alerts(&self) -> Vec<Choice> {
        let mut all = self.choices("alerts", &Alert::CHOICES);
        let chosen = self.form.value("alerts");
        let named = self.agents.iter().map(|agent| {
            let id = agent.id.to_string();
            let is_chosen = chosen == id;
            Choice::new(id, &agent.name).chosen_if(is_chosen)
        });
        all.extend(named);
        all
    }

    fn choices(&self, name: &str, all: &[(&'static str, &'static str)]) -> Vec<Choice> {
        let chosen = self.form.value(name);
        let choice = |(word, text): &(&'static str, &'static str)| {
            Choice::new(*word, self.t.say(text)).chosen_if(chosen == *word)
        };
        all.iter().map(choice).collect()
    }

    fn questions(&self) -> Vec<Choice> {
        let all: Vec<_> = Question::ALL
            .iter()
            .map(|one| (one.as_str(), one.text()))
            .collect();
        self.choices("question", &all)
    }

    fn directions(&self) -> Vec<Choice> {
        let all: Vec<_> = Direction::ALL
            .iter()
            .map(|one| (one.as_str(), one.text()))
            .collect();
        self.choices("direction", &all)
    }

    fn scales(&self) -> Vec<Choice> {
        self.choices("scale", &[("5", "surveys-scale-5"), ("7", "surveys-scale-7")])
    }

    fn after(&self) -> Vec<Choice> {
        let all: Vec<_> = AfterLow::ALL
            .iter()
            .map(|one| (one.as_str(), one.text()))
            .collect();
        self.choices("after_low", &all)
    }

    /// Each language: the name of its field, its own name, and the question that we would ask.
    fn languages(&self) -> Vec<(String, String, String)> {
        let asks = Asks {
            question: Question::parse(self.form.value("question")).unwrap_or(Question::Csat),
            direction: Direction::parse(self.form.value("direction")).unwrap_or(Direction::Easy),
            scale: 5,
        };
        let language = |locale: Locale| {
            let t = Text::new(locale, self.t.zone().clone(), self.t.now());
            (word_field(locale), locale.own_name(), t.say(asks.words()))
        };
        Locale::all().map(language).collect()
    }
}

/// The name of the field with a language's own question.
pub(super) fn word_field(locale: Locale) -> String {
    format!("words_{}", locale.tag())
}

#[derive(Template)]
#[template(path = "surveys/views/ticket.html")]
pub(super) struct TicketPage<'a> {
    pub(super) t: &'a Text,
    pub(super) ticket: Ticket,
    pub(super) survey: Option<Survey>,
    pub(super) answers: Vec<(i64, String, Timestamp)>,
    pub(super) may_link: bool,
}

impl TicketPage<'_> {
    fn rated(&self, survey: &Survey, rating: &i64) -> String {
        rated(self.t, survey.asks, *rating)
    }

    fn tone(&self, survey: &Survey, rating: &i64) -> &'static str {
        survey.asks.tone(*rating)
    }
}

#[derive(Template)]
#[template(path = "surveys/views/link.html")]
pub(super) struct LinkPage<'a> {
    pub(super) t: &'a Text,
    pub(super) ticket: TicketId,
    pub(super) link: String,
}

impl LinkPage<'_> {
    fn address(&self) -> String {
        format!("/tickets/{}", self.ticket)
    }
}
