//! From days to the value of a metric: what was done at an account in the days of its window.

pub(in crate::usage::own) mod store;

use std::collections::{BTreeMap, HashMap};

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::Uuid;
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::Definition;
use super::model::{Content, Measure};

/// What was counted of one person in one group with one feature on one day.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::usage::own) struct Counted {
    pub(in crate::usage::own) person: Uuid,
    pub(in crate::usage::own) group: Uuid,
    pub(in crate::usage::own) feature: Uuid,
    pub(in crate::usage::own) day: Day,
    pub(in crate::usage::own) events: i64,
    pub(in crate::usage::own) total: f64,
}

/// What somebody at an account did on a day.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::usage::own) struct Seen {
    pub(in crate::usage::own) who: Uuid,
    pub(in crate::usage::own) day: Day,
    pub(in crate::usage::own) events: i64,
    pub(in crate::usage::own) total: f64,
}

/// By whom, in which group, with which feature and when: what a day of usage is known by.
pub(in crate::usage::own) type Spot = (Uuid, Uuid, Uuid, Day);

/// What people at an account did in a span of days, as far as a metric counts it.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage::own) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    definition: &Definition,
    account: AccountId,
    span: (Day, Day),
) -> Result<Vec<Seen>, DbError> {
    let content = &definition.content;
    if content.needs_events() {
        let counted = (definition.metric, definition.counted_as);
        store::counted(tx, workspace, counted, account, span)
    } else {
        store::used(tx, workspace, account, content.event.as_ref(), span)
    }
}

/// The value of a metric on a day.
pub(in crate::usage::own) fn value(content: &Content, seen: &[Seen], day: Day) -> f64 {
    let steps = course(content, seen, (day, day));
    steps.last().map_or(0.0, |(_, value)| *value)
}

/// How a metric went in a span of days: its value on the first, and every other from its day on.
pub(in crate::usage::own) fn course(
    content: &Content,
    seen: &[Seen],
    (from, until): (Day, Day),
) -> Vec<(Day, f64)> {
    let mut days: BTreeMap<Day, (i64, f64, Vec<Uuid>)> = BTreeMap::new();
    for one in seen {
        let day = days.entry(one.day).or_default();
        day.0 += one.events;
        day.1 += one.total;
        day.2.push(one.who);
    }
    let (mut people, mut steps) = (People::default(), Vec::new());
    let before = content.window - 1;
    let first = from.plus_days(-before);
    let mut day = first;
    while day <= until {
        let gone = day.plus_days(-content.window);
        people.come(days.get(&day).map(|day| day.2.as_slice()));
        people.go(days
            .get(&gone)
            .filter(|_| gone >= first)
            .map(|day| day.2.as_slice()));
        if day >= from {
            let window = days.range(day.plus_days(-before)..=day).map(|(_, day)| day);
            let value: f64 = match content.measure {
                Measure::Count => window.map(|day| day.0 as f64).sum(),
                Measure::Sum => rounded(window.map(|day| day.1).sum()),
                Measure::Days => window.filter(|day| day.0 > 0).count() as f64,
                Measure::People => people.0.len() as f64,
            };
            if steps.last().is_none_or(|(_, last)| *last != value) {
                steps.push((day, value));
            }
        }
        day = day.plus_days(1);
    }
    steps
}

/// Who is in the window, and on how many of its days.
#[derive(Default)]
struct People(HashMap<Uuid, usize>);

impl People {
    fn come(&mut self, who: Option<&[Uuid]>) {
        for one in who.unwrap_or_default() {
            *self.0.entry(*one).or_default() += 1;
        }
    }

    fn go(&mut self, who: Option<&[Uuid]>) {
        for one in who.unwrap_or_default() {
            if let Some(days) = self.0.get_mut(one) {
                *days = days.saturating_sub(1);
                if *days == 0 {
                    self.0.remove(one);
                }
            }
        }
    }
}

/// Sums of decimals without what adding in binary leaves at their ends.
fn rounded(sum: f64) -> f64 {
    (sum * 1_000_000.0).round() / 1_000_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> Day {
        let first: Day = "2026-01-01".parse().expect("a day");
        first.plus_days(number)
    }

    #[test]
    fn a_course_is_what_looking_at_each_day_alone_gives() {
        // Made by a small linear congruence: days with gaps, people who come back, amounts with decimals.
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut seen = Vec::new();
        for number in 0..120 {
            for who in 0..5_u128 {
                if next(6) == 0 {
                    let events = i64::try_from(next(9) + 1).expect("small");
                    let total = next(1_000) as f64 / 100.0;
                    seen.push(Seen {
                        who: Uuid::from_u128(who),
                        day: day(number),
                        events,
                        total,
                    });
                }
            }
        }
        for measure in Measure::ALL {
            for window in [7, 30] {
                let content = Content {
                    event: None,
                    filters: Vec::new(),
                    measure,
                    property: String::new(),
                    window,
                };
                let steps = course(&content, &seen, (day(0), day(130)));
                for number in 0..=130 {
                    let inside = |one: &&Seen| one.day > day(number - window) && one.day <= day(number);
                    let inside: Vec<&Seen> = seen.iter().filter(inside).collect();
                    let who: std::collections::BTreeSet<Uuid> = inside.iter().map(|one| one.who).collect();
                    let days: std::collections::BTreeSet<Day> = inside.iter().map(|one| one.day).collect();
                    let slow: f64 = match measure {
                        Measure::Count => inside.iter().map(|one| one.events as f64).sum(),
                        Measure::Sum => rounded(inside.iter().map(|one| one.total).sum()),
                        Measure::Days => days.len() as f64,
                        Measure::People => who.len() as f64,
                    };
                    let held = steps.iter().rev().find(|(since, _)| *since <= day(number));
                    assert_eq!(
                        held.map(|(_, value)| *value),
                        Some(slow),
                        "{measure:?} {window} {number}"
                    );
                    assert_eq!(value(&content, &seen, day(number)), slow);
                }
            }
        }
    }
}
