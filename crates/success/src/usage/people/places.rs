//! Where a person is on which days, and what was chosen for the days on which nothing tells it.

use std::collections::BTreeSet;

use kit::day::Day;
use tandem_core::accounts::AccountId;

use crate::usage::folding::store as days;

/// An account, and from when until when it holds.
pub(super) type Place = (AccountId, Option<Day>, Option<Day>);

/// Where a person is, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Where they are said to be.
    pub(super) said: Vec<Place>,
    /// The account that somebody chose for what they did where nothing else tells it.
    pub(super) chosen: Option<AccountId>,
}

impl Places {
    /// The account on a day.
    pub(super) fn on(&self, day: Day) -> Option<AccountId> {
        holding(&self.said, day).or(self.chosen)
    }

    /// The account on each span of days over which it is the same.
    pub(super) fn spans(&self) -> Vec<(Option<AccountId>, (Day, Day))> {
        let spans = spans(&self.said).into_iter();
        spans.map(|span| (self.on(span.0), span)).collect()
    }
}

/// The account on a day: the single one that holds.
fn holding(places: &[Place], day: Day) -> Option<AccountId> {
    let holds =
        |place: &&Place| place.1.is_none_or(|since| since <= day) && place.2.is_none_or(|until| until >= day);
    let found: BTreeSet<AccountId> = places.iter().filter(holds).map(|place| place.0).collect();
    match found.len() {
        1 => found.first().copied(),
        _ => None,
    }
}

/// Spans of days over which the same places hold, from the first day of the calendar to its last.
fn spans(places: &[Place]) -> Vec<(Day, Day)> {
    let (first, last) = (*days::FIRST, *days::LAST);
    let mut starts = BTreeSet::from([first]);
    for (_, since, until) in places {
        starts.extend(since.filter(|day| *day > first));
        starts.extend(
            until
                .filter(|day| *day >= first && *day < last)
                .map(|day| day.plus_days(1)),
        );
    }
    let starts: Vec<Day> = starts.into_iter().collect();
    let end = |at: usize| starts.get(at + 1).map_or(last, |next| next.plus_days(-1));
    starts
        .iter()
        .enumerate()
        .map(|(at, from)| (*from, end(at)))
        .collect()
}

#[cfg(test)]
mod tests {
    use kit::id::{TypedId, Uuid};

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn spans_meet_without_a_gap_and_places_hold_the_same_over_each() {
        let account = |n: u128| AccountId::from_uuid(Uuid::from_u128(n));
        let places = vec![
            (account(1), None, Some(day("2026-03-31"))),
            (account(2), Some(day("2026-03-15")), None),
        ];
        let spans = spans(&places);
        let held: Vec<_> = spans.iter().map(|(from, _)| holding(&places, *from)).collect();
        assert_eq!(held, [Some(account(1)), None, Some(account(2))]);
        assert_eq!((spans[1].0, spans[1].1), (day("2026-03-15"), day("2026-03-31")));
        for pair in spans.windows(2) {
            assert_eq!(pair[0].1.plus_days(1), pair[1].0);
        }
        assert_eq!(super::spans(&[]).len(), 1);
    }

    #[test]
    fn what_was_chosen_holds_where_nothing_else_tells_it_and_nowhere_else() {
        let account = |n: u128| AccountId::from_uuid(Uuid::from_u128(n));
        let places = Places {
            said: vec![
                (account(1), None, None),
                (account(2), Some(day("2026-03-15")), Some(day("2026-03-31"))),
            ],
            chosen: Some(account(3)),
        };
        let on = |text: &str| places.on(day(text));
        assert_eq!(on("2026-03-14"), Some(account(1)), "this is known");
        assert_eq!(on("2026-03-15"), Some(account(3)), "two say something else");
        let nowhere = Places {
            said: Vec::new(),
            chosen: Some(account(3)),
        };
        assert_eq!(nowhere.spans(), [(Some(account(3)), (*days::FIRST, *days::LAST))]);
    }
}
