//! What the templates of people's own metrics take.

use askama::Template;
use kit::day::Day;
use kit::i18n::{Text, Value};
use kit::web::{Choice, Filled};
use tandem_core::metrics::own::Use;

use super::model::{Event, Filter, Takes};
use super::{Content, Defined, Definition, Measure, Preview, State};

/// What something is called that people do.
pub(in crate::usage) fn event_name(t: &Text, event: Option<&Event>) -> String {
    let Some(event) = event else {
        return t.say("own-metrics-any-event");
    };
    let name = match event.name.as_str() {
        "" => t.say("usage-account-nameless"),
        name => name.to_owned(),
    };
    match event.call.as_str() {
        "page" => t.say_with("own-metrics-page", kit::args!(name = name)),
        "screen" => t.say_with("own-metrics-screen", kit::args!(name = name)),
        _ => name,
    }
}

/// What a metric counts, in words.
pub(super) fn says(t: &Text, content: &Content) -> String {
    let event = event_name(t, content.event.as_ref());
    let key = format!("own-metrics-says-{}", content.measure.as_str());
    let days = t.count("metrics-days", content.window);
    let said = t.say_with(
        &key,
        kit::args!(event = event, property = content.property.as_str(), days = days),
    );
    if content.filters.is_empty() {
        return said;
    }
    let filters: Vec<String> = content.filters.iter().map(|one| asks(t, one)).collect();
    t.say_with(
        "own-metrics-says-where",
        kit::args!(said = said, filters = t.list(&filters)),
    )
}

fn asks(t: &Text, filter: &Filter) -> String {
    let value = match (filter.test.takes(), filter.value.parse::<Day>()) {
        (Takes::Day, Ok(day)) => t.day(day),
        _ => filter.value.clone(),
    };
    let words = format!("{} {} {value}", filter.property, t.say(&filter.test.text()));
    words.trim_end().to_owned()
}

#[derive(Template)]
#[template(path = "usage/own/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) all: Vec<Defined>,
    pub(super) may_write: bool,
}

impl ListPage<'_> {
    fn says(&self, one: &Defined) -> String {
        says(self.t, &one.definition.content)
    }

    fn is_done(&self, one: &Defined) -> bool {
        one.definition.state == State::Done
    }

    fn state(&self, one: &Defined) -> String {
        state(self.t, one.definition.state)
    }
}

fn state(t: &Text, state: State) -> String {
    t.say(match state {
        State::Counting => "own-metrics-state-counting",
        State::History => "own-metrics-state-history",
        State::Done => "own-metrics-state-done",
    })
}

#[derive(Template)]
#[template(path = "usage/own/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

/// A line of the form: its number in field names.
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) tests: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "usage/own/views/metric.html")]
pub(super) struct MetricPage<'a> {
    pub(super) t: &'a Text,
    pub(super) one: Option<&'a Defined>,
    pub(super) form: &'a Filled,
    pub(super) events: Vec<Choice>,
    pub(super) measures: Vec<Choice>,
    pub(super) windows: Vec<Choice>,
    pub(super) rows: Vec<Row>,
    pub(super) versions: Vec<Definition>,
    pub(super) uses: Vec<Use>,
    pub(super) preview: Option<Preview>,
    pub(super) measure: Measure,
    pub(super) conflict: Option<String>,
    pub(super) may_write: bool,
}

impl MetricPage<'_> {
    fn action(&self) -> String {
        self.one.map_or_else(
            || "/metrics/own".to_owned(),
            |one| format!("/metrics/own/{}", one.metric.id),
        )
    }

    fn field(&self, name: &str, row: &Row) -> String {
        format!("{name}.{}", row.number)
    }

    fn value(&self, name: &str, row: &Row) -> &str {
        self.form.value(&self.field(name, row))
    }

    fn error(&self, name: &str, row: &Row) -> &str {
        self.form.error(&self.field(name, row))
    }

    fn is_done(&self, one: &Defined) -> bool {
        one.definition.state == State::Done
    }

    fn state(&self, one: &Defined) -> String {
        state(self.t, one.definition.state)
    }

    fn says(&self, content: &Content) -> String {
        says(self.t, content)
    }

    /// A value of the preview.
    fn written(&self, value: impl Value<f64>) -> String {
        let value = value.value();
        match self.measure {
            Measure::Sum => self.t.decimal(value, 2),
            _ => self.t.number(value.round() as i64),
        }
    }

    fn looked_at(&self, preview: &Preview) -> String {
        let key = match (preview.read, preview.is_part) {
            (0, _) => return self.t.say("own-metrics-preview-days"),
            (_, true) => "own-metrics-preview-part",
            (_, false) => "own-metrics-preview-events",
        };
        self.t.count(key, preview.read)
    }

    /// Who made a version: a signature without the id in front.
    fn by(&self, signature: &str) -> String {
        signature
            .split_once(' ')
            .map_or(signature, |(_, name)| name)
            .to_owned()
    }

    fn named(&self, one: &Use) -> String {
        match one.name.as_str() {
            "" => self.t.say(one.kind),
            name => name.to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "usage/own/views/metric_actions.html")]
pub(super) struct MetricActions<'a> {
    pub(super) t: &'a Text,
    pub(super) one: &'a Defined,
    pub(super) may_write: bool,
}

impl MetricActions<'_> {
    fn book(&self) -> String {
        format!("/metrics/book?of={}", self.one.metric.name())
    }
}
