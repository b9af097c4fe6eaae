//! A metric as a form, and back. A line is a condition of a property; an empty one is none.

use kit::day::Day;
use kit::i18n::Text;
use kit::web::Filled;

use super::model::{Content, Event, Filter, MOST_FILTERS, Measure, Takes, Test};
use super::{Defined, OwnText};

/// What stands between the call and the name of an event in the form.
const BETWEEN: char = ':';

/// The form with a metric in it.
pub(super) fn filled(t: &Text, one: &Defined) -> Filled {
    let mut form = Filled::default();
    let content = &one.definition.content;
    form.set("name", &one.metric.title);
    form.set("about", &one.metric.about);
    form.set("event", content.event.as_ref().map(event).unwrap_or_default());
    form.set("measure", content.measure.as_str());
    form.set("property", &content.property);
    form.set("window", content.window.to_string());
    for (index, filter) in content.filters.iter().enumerate() {
        let number = index + 1;
        form.set(format!("filter.{number}"), &filter.property);
        form.set(format!("test.{number}"), filter.test.as_str());
        form.set(format!("value.{number}"), written(t, filter));
    }
    form
}

/// The form of a new one.
pub(super) fn empty() -> Filled {
    let mut form = Filled::default();
    form.set("measure", Measure::Count.as_str());
    form.set("window", "30");
    form
}

/// What stands for an event in the form.
pub(super) fn event(event: &Event) -> String {
    format!("{}{BETWEEN}{}", event.call, event.name)
}

/// A value as the reader writes it: days in their order.
fn written(t: &Text, filter: &Filter) -> String {
    match (filter.test.takes(), filter.value.parse::<Day>()) {
        (Takes::Day, Ok(day)) => t.day_written(day),
        _ => filter.value.clone(),
    }
}

/// What the form says; what is wrong in it is found where it is checked.
pub(super) fn text(form: &Filled, t: &Text) -> OwnText {
    let event = form.value("event").split_once(BETWEEN);
    let lines = (1..=MOST_FILTERS).filter(|line| !is_empty(form, *line));
    let filters = lines.map(|line| filter(form, t, line)).collect();
    let measure = Measure::named(form.value("measure")).unwrap_or_default();
    OwnText {
        title: form.value("name").to_owned(),
        about: form.value("about").replace("\r\n", "\n"),
        content: Content {
            event: event.map(|(call, name)| Event {
                call: call.to_owned(),
                name: name.to_owned(),
            }),
            filters,
            measure,
            // Whoever looked at a sum before may have left it there.
            property: match measure {
                Measure::Sum => form.value("property").to_owned(),
                _ => String::new(),
            },
            window: form.value("window").parse().unwrap_or(0),
        },
    }
}

fn filter(form: &Filled, t: &Text, line: usize) -> Filter {
    let test = Test::named(form.value(&format!("test.{line}"))).unwrap_or_default();
    let value = form.value(&format!("value.{line}")).to_owned();
    let day = t.read_day(&value).filter(|_| test.takes() == Takes::Day);
    Filter {
        property: form.value(&format!("filter.{line}")).to_owned(),
        test,
        value: day.map_or(value, |day| day.to_string()),
    }
}

fn is_empty(form: &Filled, line: usize) -> bool {
    // A test is always chosen: it alone says nothing.
    ["filter", "value"]
        .iter()
        .all(|name| form.value(&format!("{name}.{line}")).trim().is_empty())
}

/// How many lines are shown: those that are filled in, and two more.
pub(super) fn lines(form: &Filled) -> usize {
    let last = (1..=MOST_FILTERS).rev().find(|line| !is_empty(form, *line));
    (last.unwrap_or(0) + 2).min(MOST_FILTERS)
}

/// The line of a condition by its number among those that are filled in.
pub(super) fn line_of(form: &Filled, number: usize) -> usize {
    let mut filled = (1..=MOST_FILTERS).filter(|line| !is_empty(form, *line));
    filled.nth(number.saturating_sub(1)).unwrap_or(number)
}
