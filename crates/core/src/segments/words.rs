//! A definition in the reader's words.

use kit::i18n::Text;

use super::catalogue::{Catalogue, Entry, Nature, Scale};
use super::model::{Condition, Group, Test};

/// A line of a definition: how deep it lies, what it says, and whether lines below belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) depth: usize,
    pub(super) text: String,
    pub(super) is_group: bool,
}

/// The lines of a definition.
pub(super) fn said(group: &Group, catalogue: &Catalogue, t: &Text) -> Vec<Said> {
    let mut lines = Vec::new();
    say(group, 0, catalogue, t, &mut lines);
    lines
}

fn say(group: &Group, depth: usize, catalogue: &Catalogue, t: &Text, lines: &mut Vec<Said>) {
    lines.push(Said {
        depth,
        text: t.say(group.join.text()),
        is_group: true,
    });
    for condition in &group.conditions {
        lines.push(Said {
            depth: depth + 1,
            text: sentence(condition, catalogue, t),
            is_group: false,
        });
    }
    for inner in &group.groups {
        say(inner, depth + 1, catalogue, t, lines);
    }
}

/// What a condition says.
pub(super) fn sentence(condition: &Condition, catalogue: &Catalogue, t: &Text) -> String {
    let entry = catalogue.find(&condition.about);
    let what = entry.map_or_else(|| t.say("segments-gone"), |entry| entry.called.said(t));
    let (key, value, days) = match &condition.test {
        Test::Contains(text) => ("segments-says-contains", text.clone(), None),
        Test::Lacks(text) => ("segments-says-lacks", text.clone(), None),
        Test::Equals(text) => ("segments-says-equals", text.clone(), None),
        Test::OneOf(words) => (
            several("segments-says-is", "segments-says-one-of", words),
            choices(words, entry, t),
            None,
        ),
        Test::NoneOf(words) => (
            several("segments-says-is-not", "segments-says-none-of", words),
            choices(words, entry, t),
            None,
        ),
        Test::Above(number) => ("segments-says-above", written(*number, entry, catalogue, t), None),
        Test::AtLeast(number) => (
            "segments-says-at-least",
            written(*number, entry, catalogue, t),
            None,
        ),
        Test::Below(number) => ("segments-says-below", written(*number, entry, catalogue, t), None),
        Test::AtMost(number) => (
            "segments-says-at-most",
            written(*number, entry, catalogue, t),
            None,
        ),
        Test::EqualTo(number) => (
            "segments-says-equal-to",
            written(*number, entry, catalogue, t),
            None,
        ),
        Test::RoseBy(by, days) => (
            "segments-says-rose-by",
            written(*by, entry, catalogue, t),
            Some(*days),
        ),
        Test::FellBy(by, days) => (
            "segments-says-fell-by",
            written(*by, entry, catalogue, t),
            Some(*days),
        ),
        Test::Before(day) => ("segments-says-before", t.day_long(*day), None),
        Test::After(day) => ("segments-says-after", t.day_long(*day), None),
        Test::Next(days) => ("segments-says-next", String::new(), Some(*days)),
        Test::Last(days) => ("segments-says-last", String::new(), Some(*days)),
        Test::Past => ("segments-says-past", String::new(), None),
        Test::Known => ("segments-says-known", String::new(), None),
        Test::Unknown => ("segments-says-unknown", String::new(), None),
    };
    let days = days.map(|days| t.count("metrics-days", days)).unwrap_or_default();
    let args = kit::args!(what = what.as_str(), value = value.as_str(), days = days.as_str());
    t.say_with(key, args)
}

fn several(one: &'static str, many: &'static str, words: &[String]) -> &'static str {
    if words.len() == 1 { one } else { many }
}

fn choices(words: &[String], entry: Option<&Entry>, t: &Text) -> String {
    let name = |word: &String| {
        let known = entry.and_then(|entry| entry.choice(word, t));
        known.unwrap_or_else(|| t.say("segments-gone"))
    };
    words.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn written(number: f64, entry: Option<&Entry>, catalogue: &Catalogue, t: &Text) -> String {
    match entry.map(|entry| entry.nature) {
        Some(Nature::Number(Scale::Money)) => t.money(number.round() as i64, catalogue.currency.code()),
        Some(Nature::Number(Scale::Share)) => t.percent(number, 0),
        Some(Nature::Number(Scale::Days)) => t.count("metrics-days", number.round() as i64),
        _ if number.fract() == 0.0 => t.number(number as i64),
        _ => t.decimal(number, 2),
    }
}
