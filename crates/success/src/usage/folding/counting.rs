//! Counting events: by person, group, feature and day, and what they say of ids. No database is asked: what many events
//! say is one line here, and names are numbers.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::day::Day;

use crate::usage::log::{Line, Text};
use crate::usage::people::{NameKind, Named, Said};
use crate::usage::protocol::Call;
use crate::usage::sources::SourceId;

/// A quarter of an hour in microseconds. For longer than events may be old, all zones have been apart from UTC by whole
/// quarters, so that no day begins within one.
const QUARTER: i64 = 900_000_000;

/// Who, in which group, did what on which day: places in the lists of names and of features.
pub(super) type Place = (usize, Option<usize>, usize, Day);

/// How often, and when first and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) events: i64,
    pub(super) first: i64,
    pub(super) last: i64,
}

/// When two names were first seen together, with which call, and where that came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Heard {
    pub(super) at: i64,
    pub(super) call: Call,
    pub(super) source: SourceId,
}

/// Events that were counted and are not stored yet.
#[derive(Debug)]
pub(super) struct Counted {
    zone: TimeZone,
    quarters: HashMap<i64, Day>,
    events: usize,
    /// Every name that some event has.
    pub(super) names: Vec<Named>,
    numbers: HashMap<NameKind, HashMap<String, usize>>,
    /// Which names were seen together, from one to the other, and how that was heard first.
    pub(super) edges: HashMap<(usize, usize), Heard>,
    /// What was done.
    pub(super) features: Vec<(Call, String)>,
    feature_numbers: HashMap<Call, HashMap<String, usize>>,
    /// How often it was.
    pub(super) days: HashMap<Place, Count>,
}

impl Counted {
    /// Nothing yet; days begin and end in `zone`.
    pub(super) fn in_zone(zone: TimeZone) -> Self {
        Self {
            zone,
            quarters: HashMap::new(),
            events: 0,
            names: Vec::new(),
            numbers: HashMap::new(),
            edges: HashMap::new(),
            features: Vec::new(),
            feature_numbers: HashMap::new(),
            days: HashMap::new(),
        }
    }

    /// How many events were counted.
    pub(super) fn events(&self) -> usize {
        self.events
    }

    /// Counts one event that came from a source.
    pub(super) fn add(&mut self, event: &Line<'_>, source: SourceId) {
        self.events += 1;
        let Some(call) = Call::named(event.call.as_str()) else {
            return;
        };
        let user = self.number(NameKind::User, event.user.as_ref());
        let anonymous = self.number(NameKind::Anonymous, event.anonymous.as_ref());
        let group = self.number(NameKind::Group, event.group.as_ref());
        let person = user.or(anonymous);
        let heard = Heard {
            at: event.happened,
            call,
            source,
        };
        match (call, person, group) {
            (Call::Identify, Some(person), _) => {
                let email = event.email.as_ref().map(|email| kit::text::fold(email.as_str()));
                self.say(person, event, email);
            }
            (Call::Group, person, Some(group)) => {
                self.say(group, event, None);
                if let Some(person) = person {
                    self.join(person, group, heard);
                }
            }
            (Call::Alias, Some(person), _) => {
                if let Some(previous) = self.number(NameKind::Anonymous, event.previous.as_ref()) {
                    self.join(previous, person, heard);
                }
            }
            _ => {}
        }
        if let (Some(user), Some(anonymous)) = (user, anonymous) {
            self.join(anonymous, user, heard);
        }
        if let (Call::Track | Call::Page | Call::Screen, Some(person)) = (call, person) {
            let feature = self.feature(call, event.name.as_str());
            let day = self.day(event.happened);
            let nothing = Count {
                events: 0,
                first: event.happened,
                last: event.happened,
            };
            let place = (person, group, feature, day);
            let count = self.days.entry(place).or_insert(nothing);
            count.events += 1;
            count.first = count.first.min(event.happened);
            count.last = count.last.max(event.happened);
        }
    }

    /// The place of a name.
    fn number(&mut self, kind: NameKind, value: Option<&Text<'_>>) -> Option<usize> {
        let value = value?.as_str();
        let numbers = self.numbers.entry(kind).or_default();
        if let Some(number) = numbers.get(value) {
            return Some(*number);
        }
        let number = self.names.len();
        numbers.insert(value.to_owned(), number);
        self.names.push(Named {
            kind,
            value: value.to_owned(),
            said: Said::default(),
        });
        Some(number)
    }

    /// The place of a feature.
    fn feature(&mut self, call: Call, name: &str) -> usize {
        let numbers = self.feature_numbers.entry(call).or_default();
        if let Some(number) = numbers.get(name) {
            return *number;
        }
        let number = self.features.len();
        numbers.insert(name.to_owned(), number);
        self.features.push((call, name.to_owned()));
        number
    }

    fn day(&mut self, happened: i64) -> Day {
        let zone = &self.zone;
        let quarter = self.quarters.entry(happened.div_euclid(QUARTER));
        *quarter.or_insert_with(|| Day::of(Timestamp(happened), zone))
    }

    fn say(&mut self, name: usize, event: &Line<'_>, email: Option<String>) {
        let at = |text: String| (event.happened, text);
        let title = event.title.as_ref().map(|title| title.as_str().to_owned());
        self.names[name].said.add(Said {
            title: title.map(at),
            email: email.map(at),
        });
    }

    fn join(&mut self, from: usize, to: usize, heard: Heard) {
        let first = self.edges.entry((from, to)).or_insert(heard);
        *first = (*first).min(heard);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_one_of_the_zone_whichever_moment_of_it_came_first() {
        // Quarters and halves of an hour apart, half an hour of summer time, and one that moved by half an hour.
        for name in [
            "Asia/Kathmandu",
            "Pacific/Chatham",
            "Australia/Lord_Howe",
            "America/Caracas",
            "Europe/Warsaw",
        ] {
            let zone = TimeZone::get(name).unwrap();
            let mut counted = Counted::in_zone(zone.clone());
            // From the spring of 2016, in steps that meet every quarter of a day.
            for quarter in (1_621_111..2_000_000).step_by(37) {
                let begin = quarter * QUARTER;
                for moment in [begin + QUARTER - 1, begin] {
                    assert_eq!(
                        counted.day(moment),
                        Day::of(Timestamp(moment), &zone),
                        "{name} {moment}"
                    );
                }
            }
        }
    }
}
