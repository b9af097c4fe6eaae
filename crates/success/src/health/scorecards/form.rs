//! A scorecard as a form, and back. A line is a measure or a group of them; an empty one is none. A measure names its group by
//! the line of that.

use kit::i18n::Text;
use kit::web::Filled;
use tandem_core::ladders::RungId;

use crate::health::failures::{BANDS, CURVE, FLOOR, GROUP, HALF_LIFE, IN_GROUP, RUNG, WEIGHT};
use crate::health::model::{MOST_GROUPS, MOST_MEASURES};
use crate::health::standard::{called, meant};
use crate::health::{Content, Group, Measure, ScorecardText};

/// Empty lines below those that are filled in.
pub(super) const EMPTY_ROWS: usize = 3;
/// Empty lines below the groups.
const EMPTY_GROUPS: usize = 2;

/// The form with a scorecard in it.
pub(super) fn filled(
    t: &Text,
    name: &str,
    (stage, tier): (Option<RungId>, Option<RungId>),
    content: &Content,
) -> Filled {
    let mut form = Filled::default();
    form.set("name", name);
    form.set("stage", stage.map(|id| id.to_string()).unwrap_or_default());
    form.set("tier", tier.map(|id| id.to_string()).unwrap_or_default());
    for (index, measure) in content.measures.iter().enumerate() {
        let number = index + 1;
        form.set(format!("metric.{number}"), &measure.metric);
        let group = content
            .groups
            .iter()
            .position(|group| group.name == measure.group);
        let group = group.map(|index| (index + 1).to_string());
        form.set(format!("in.{number}"), group.unwrap_or_default());
        form.set(format!("weight.{number}"), plain(measure.weight));
        let half_life = measure.half_life.map(|days| days.to_string());
        form.set(format!("half_life.{number}"), half_life.unwrap_or_default());
        let points = measure
            .curve
            .iter()
            .map(|(value, score)| format!("{}:{}", plain(*value), plain(*score)));
        form.set(format!("curve.{number}"), points.collect::<Vec<_>>().join("; "));
    }
    for (index, group) in content.groups.iter().enumerate() {
        let line = index + 1;
        form.set(format!("group.{line}"), called(t, &group.name));
        form.set(format!("group_weight.{line}"), plain(group.weight));
    }
    form.set("red_below", plain(content.red_below));
    form.set("green_from", plain(content.green_from));
    form.set("floor", t.decimal(content.floor * 100.0, 0));
    form
}

/// What the form says; nothing after refusing what can't be read.
pub(super) fn text(form: &mut Filled, t: &Text) -> Option<ScorecardText> {
    let groups: Vec<Option<Group>> = group_lines(form)
        .into_iter()
        .map(|line| group(form, t, line))
        .collect();
    let mut measures = Vec::new();
    for line in 1..=lines(form) {
        if !is_empty(form, line) {
            measures.push(measure(form, t, line));
        }
    }
    let number = |form: &mut Filled, name: &str, code: &kit::web::Code| {
        let read = read(form.value(name));
        if read.is_none() {
            form.refuse(name.to_owned(), t.say(code.text));
        }
        read
    };
    let red_below = number(form, "red_below", &BANDS);
    let green_from = number(form, "green_from", &BANDS);
    let floor = number(form, "floor", &FLOOR);
    let mut rung = |name: &str| match form.value(name) {
        "" => Some(None),
        id => match id.parse::<RungId>() {
            Ok(id) => Some(Some(id)),
            Err(_) => {
                form.refuse(name.to_owned(), t.say(RUNG.text));
                None
            }
        },
    };
    let (stage, tier) = (rung("stage"), rung("tier"));
    Some(ScorecardText {
        name: form.value("name").to_owned(),
        stage: stage?,
        tier: tier?,
        content: Content {
            measures: measures.into_iter().collect::<Option<_>>()?,
            groups: groups.into_iter().collect::<Option<_>>()?,
            floor: floor? / 100.0,
            red_below: red_below?,
            green_from: green_from?,
        },
    })
}

fn group(form: &mut Filled, t: &Text, line: usize) -> Option<Group> {
    let name = meant(t, form.value(&format!("group.{line}")).trim());
    if name.is_empty() {
        form.refuse(format!("group.{line}"), t.say(GROUP.text));
    }
    let weight = read(form.value(&format!("group_weight.{line}")));
    if weight.is_none() {
        form.refuse(format!("group_weight.{line}"), t.say(WEIGHT.text));
    }
    Some(Group {
        name: Some(name).filter(|name| !name.is_empty())?,
        weight: weight?,
    })
}

/// The name of the group that a measure is to stand in; empty for none.
fn in_group(form: &mut Filled, t: &Text, line: usize) -> Option<String> {
    let chosen = form.value(&format!("in.{line}")).to_owned();
    if chosen.is_empty() {
        return Some(chosen);
    }
    let named = match chosen.parse::<usize>() {
        Ok(number) => meant(t, form.value(&format!("group.{number}")).trim()),
        Err(_) => String::new(),
    };
    if named.is_empty() {
        form.refuse(format!("in.{line}"), t.say(IN_GROUP.text));
        return None;
    }
    Some(named)
}

fn measure(form: &mut Filled, t: &Text, line: usize) -> Option<Measure> {
    let group = in_group(form, t, line);
    let weight = read(form.value(&format!("weight.{line}")));
    if weight.is_none() {
        form.refuse(format!("weight.{line}"), t.say(WEIGHT.text));
    }
    let typed = form.value(&format!("half_life.{line}")).trim().to_owned();
    let half_life = match typed.as_str() {
        "" => Some(None),
        days => days.parse::<i64>().ok().map(Some),
    };
    if half_life.is_none() {
        form.refuse(format!("half_life.{line}"), t.say(HALF_LIFE.text));
    }
    let curve = curve(form.value(&format!("curve.{line}")));
    if curve.is_none() {
        form.refuse(format!("curve.{line}"), t.say(CURVE.text));
    }
    Some(Measure {
        metric: form.value(&format!("metric.{line}")).to_owned(),
        group: group?,
        weight: weight?,
        half_life: half_life?,
        curve: curve?,
    })
}

/// Points like `0:100; 2.5:40`.
fn curve(text: &str) -> Option<Vec<(f64, f64)>> {
    let points = text.split(';').map(str::trim).filter(|point| !point.is_empty());
    points
        .map(|point| {
            let (value, score) = point.split_once(':')?;
            Some((read(value)?, read(score)?))
        })
        .collect()
}

/// A number as people write it here: a comma stands for the point.
fn read(text: &str) -> Option<f64> {
    let text = text
        .trim()
        .trim_end_matches('%')
        .trim()
        .replace(',', ".")
        .replace('−', "-");
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

fn plain(number: f64) -> String {
    number.to_string()
}

fn is_empty(form: &Filled, line: usize) -> bool {
    ["metric", "weight", "half_life", "curve"]
        .iter()
        .all(|name| form.value(&format!("{name}.{line}")).trim().is_empty())
}

/// The lines of groups that are filled in.
fn group_lines(form: &Filled) -> Vec<usize> {
    let is_filled = |line: &usize| {
        let mut names = ["group", "group_weight"].iter();
        names.any(|name| !form.value(&format!("{name}.{line}")).trim().is_empty())
    };
    (1..=MOST_GROUPS + EMPTY_GROUPS).filter(is_filled).collect()
}

/// How many lines of groups the form has.
pub(super) fn group_rows(form: &Filled) -> usize {
    let last = group_lines(form).last().copied().unwrap_or_default();
    (last + EMPTY_GROUPS).min(MOST_GROUPS + EMPTY_GROUPS)
}

/// The line of a group by its number among those that are filled in.
pub(super) fn line_of_group(form: &Filled, number: usize) -> usize {
    let lines = group_lines(form);
    lines.get(number.saturating_sub(1)).copied().unwrap_or(number)
}

/// The last line that is filled in.
pub(super) fn lines(form: &Filled) -> usize {
    let last = (1..=MOST_MEASURES + EMPTY_ROWS)
        .rev()
        .find(|line| !is_empty(form, *line));
    last.unwrap_or(0)
}

/// The line of a measure by its number among those that are filled in.
pub(super) fn line_of(form: &Filled, number: usize) -> usize {
    let filled = (1..=lines(form)).filter(|line| !is_empty(form, *line));
    filled.clone().nth(number.saturating_sub(1)).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_read_as_people_write_them() {
        assert_eq!(
            curve("0:100; 2,5:40 ;5:0"),
            Some(vec![(0.0, 100.0), (2.5, 40.0), (5.0, 0.0)])
        );
        assert_eq!(curve("−2:0; 2:100"), Some(vec![(-2.0, 0.0), (2.0, 100.0)]));
        assert_eq!(curve("0-100"), None);
    }

    #[test]
    fn a_scorecard_goes_through_the_form_as_it_is() {
        let content = crate::health::standard::content();
        let t = Text::default();
        let mut form = filled(&t, "Enterprise", (None, None), &content);
        let text = text(&mut form, &t).expect("a scorecard");
        assert_eq!((text.name.as_str(), text.content), ("Enterprise", content));
    }

    #[test]
    fn a_measure_names_its_group_by_the_line_of_that() {
        let t = Text::default();
        let mut form = filled(&t, "", (None, None), &crate::health::standard::content());
        assert_eq!((form.value("group.1"), form.value("in.1")), ("Use", "1"));
        form.set("group.1", "In the product");
        let text_now = text(&mut form, &t).expect("a scorecard").content;
        assert_eq!(
            (
                text_now.groups[0].name.as_str(),
                text_now.measures[0].group.as_str()
            ),
            ("In the product", "In the product")
        );
        assert_eq!(text_now.groups[1].name, "people", "a usual one keeps its word");
        form.set("group.1", "");
        form.set("group_weight.1", "");
        assert!(text(&mut form, &t).is_none());
        assert!(!form.error("in.1").is_empty() && form.error("in.3").is_empty());
        assert_eq!(line_of_group(&form, 1), 2);
    }

    #[test]
    fn empty_lines_do_not_count_and_wrong_ones_are_named() {
        let t = Text::default();
        let mut form = filled(&t, "", (None, None), &crate::health::standard::content());
        let last = lines(&form);
        for name in ["metric", "weight", "half_life", "curve"] {
            form.set(format!("{name}.2"), "");
        }
        form.set(format!("weight.{last}"), "much");
        assert_eq!(line_of(&form, 2), 3);
        assert!(text(&mut form, &t).is_none());
        assert!(!form.error(&format!("weight.{last}")).is_empty());
    }
}
