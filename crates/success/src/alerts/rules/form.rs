//! A rule as a form, and back. A line is a condition; an empty one is none. A share may be written as 0.3 or 30%.

use kit::i18n::Text;
use kit::web::Filled;
use tandem_core::ladders::RungId;
use tandem_core::metrics::{Producers, Unit};

use super::model::{Condition, Content, MOST_CONDITIONS};
use crate::alerts::failures::{DAYS, RUNG, SPAN, VALUE};
use crate::alerts::{Test, Way, past};

/// The fields of a line.
const FIELDS: [&str; 6] = ["metric", "test", "value", "days", "before", "least"];

/// The form with a rule in it.
pub(super) fn filled(content: &Content, producers: &Producers) -> Filled {
    let mut form = Filled::default();
    form.set("name", &content.name);
    form.set("way", content.way.as_str());
    if content.is_on {
        form.set("is_on", "on");
    }
    form.set(
        "stage",
        content.stage.map(|id| id.to_string()).unwrap_or_default(),
    );
    form.set("tier", content.tier.map(|id| id.to_string()).unwrap_or_default());
    form.set("cooldown", content.cooldown.to_string());
    form.set("easing", content.easing.to_string());
    for (index, condition) in content.conditions.iter().enumerate() {
        let number = index + 1;
        let is_share = match condition.test {
            Test::Falls | Test::Rises => true,
            Test::AtLeast | Test::AtMost => {
                past::metric(producers, &condition.metric).is_some_and(|metric| metric.unit == Unit::Share)
            }
            _ => false,
        };
        let value = match is_share {
            true => format!("{}%", (condition.value * 10_000.0).round() / 100.0),
            false => condition.value.to_string(),
        };
        let days = |days: i64| {
            if days == 0 {
                String::new()
            } else {
                days.to_string()
            }
        };
        form.set(format!("metric.{number}"), &condition.metric);
        form.set(format!("test.{number}"), condition.test.as_str());
        form.set(format!("value.{number}"), value);
        form.set(format!("days.{number}"), days(condition.days));
        form.set(format!("before.{number}"), days(condition.before));
        form.set(format!("least.{number}"), days(condition.least));
    }
    form
}

/// What the form says; nothing after refusing what can't be read.
pub(super) fn content(form: &mut Filled, t: &Text) -> Option<Content> {
    let mut conditions = Vec::new();
    for line in 1..=MOST_CONDITIONS {
        if !is_empty(form, line) {
            conditions.push(condition(form, t, line));
        }
    }
    let cooldown = whole(form, t, "cooldown", &DAYS);
    let easing = whole(form, t, "easing", &DAYS);
    let (stage, tier) = (rung(form, t, "stage"), rung(form, t, "tier"));
    Some(Content {
        name: form.value("name").to_owned(),
        way: Way::named(form.value("way")).unwrap_or(Way::Risk),
        is_on: form.has("is_on"),
        stage: stage?,
        tier: tier?,
        conditions: conditions.into_iter().collect::<Option<_>>()?,
        cooldown: cooldown?,
        easing: easing?,
    })
}

fn rung(form: &mut Filled, t: &Text, name: &str) -> Option<Option<RungId>> {
    match form.value(name) {
        "" => Some(None),
        id => match id.parse::<RungId>() {
            Ok(id) => Some(Some(id)),
            Err(_) => {
                form.refuse(name.to_owned(), t.say(RUNG.text));
                None
            }
        },
    }
}

fn condition(form: &mut Filled, t: &Text, line: usize) -> Option<Condition> {
    let name = |field: &str| format!("{field}.{line}");
    let value = match form.value(&name("value")).trim() {
        "" => Some(0.0),
        text => number(text),
    };
    if value.is_none() {
        form.refuse(name("value"), t.say(VALUE.text));
    }
    let days = whole(form, t, &name("days"), &SPAN);
    let before = whole(form, t, &name("before"), &SPAN);
    let least = whole(form, t, &name("least"), &SPAN);
    Some(Condition {
        metric: form.value(&name("metric")).to_owned(),
        test: Test::named(form.value(&name("test"))).unwrap_or(Test::AtLeast),
        value: value?,
        days: days?,
        before: before?,
        least: least?,
    })
}

/// A number of days; nothing stands for 0.
fn whole(form: &mut Filled, t: &Text, name: &str, code: &kit::web::Code) -> Option<i64> {
    let read = match form.value(name).trim() {
        "" => Some(0),
        text => text.parse::<i64>().ok(),
    };
    if read.is_none() {
        form.refuse(name.to_owned(), t.say(code.text));
    }
    read
}

/// A number as people write it here: a comma stands for the point.
fn number(text: &str) -> Option<f64> {
    let text = text.trim().replace(',', ".").replace('−', "-");
    let (digits, unit) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim(), 100.0),
        None => (text.as_str(), 1.0),
    };
    let read = digits.parse::<f64>().ok().filter(|number| number.is_finite());
    read.map(|number| number / unit)
}

fn is_empty(form: &Filled, line: usize) -> bool {
    // A test is always chosen: it alone says nothing.
    let told = FIELDS.iter().filter(|name| **name != "test");
    told.into_iter()
        .all(|name| form.value(&format!("{name}.{line}")).trim().is_empty())
}

/// The line of a condition by its number among those that are filled in.
pub(super) fn line_of(form: &Filled, number: usize) -> usize {
    let mut filled = (1..=MOST_CONDITIONS).filter(|line| !is_empty(form, *line));
    filled.nth(number.saturating_sub(1)).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::rules::library;

    #[test]
    fn every_rule_of_the_library_goes_through_the_form_as_it_is() {
        let producers = Producers::default();
        for usual in library::RULES {
            let whole = usual.content();
            let mut form = filled(&whole, &producers);
            assert_eq!(content(&mut form, &Text::default()), Some(whole), "{}", usual.key);
        }
    }

    #[test]
    fn shares_are_read_as_people_write_them() {
        assert_eq!(number("30%"), Some(0.3));
        assert_eq!(number("0,3"), Some(0.3));
        assert_eq!(number("−2"), Some(-2.0));
        assert_eq!(number("much"), None);
    }

    #[test]
    fn empty_lines_do_not_count_and_wrong_ones_are_named() {
        let mut form = Filled::default();
        form.set("metric.2", "tickets.open");
        form.set("value.2", "many");
        assert_eq!(line_of(&form, 1), 2);
        assert!(content(&mut form, &Text::default()).is_none());
        assert!(!form.error("value.2").is_empty());
    }
}
