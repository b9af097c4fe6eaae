//! The scorecards that every workspace is offered: good with whatever data is there. One is for all accounts; the others are for
//! a stage or a tier, and look at what matters there. Each metric that they look at has a sentence that says why.

use kit::i18n::{Locale, Text};
use tandem_core::ladders::{Ladder, Rung};

use super::model::{Content, Group, Measure, USUAL_GROUPS};

/// A measure: group, metric, weight, half-life in days, curve.
type Line = (
    &'static str,
    &'static str,
    f64,
    Option<i64>,
    &'static [(f64, f64)],
);

/// For whom a usual scorecard is: a rung by the message of its usual name.
pub(super) type Place = (Ladder, &'static str);

/// A scorecard that is offered. It is called by the message `health-usual-KEY`, and said what for by `health-usual-KEY-about`.
pub(super) struct Usual {
    pub(super) key: &'static str,
    pub(super) place: Place,
    groups: &'static [(&'static str, f64)],
    measures: &'static [Line],
    floor: f64,
    red_below: f64,
    green_from: f64,
}

const EXPERIENCE: &[(f64, f64)] = &[(-2.0, 0.0), (-0.5, 30.0), (0.0, 55.0), (1.0, 90.0), (2.0, 100.0)];
const CHANGE: &[(f64, f64)] = &[(-0.8, 0.0), (-0.4, 30.0), (-0.1, 75.0), (0.0, 85.0), (0.3, 100.0)];
const CONTACTS: &[(f64, f64)] = &[(0.0, 0.0), (1.0, 40.0), (3.0, 85.0), (5.0, 100.0)];
const URGENT: &[(f64, f64)] = &[(0.0, 100.0), (1.0, 50.0), (3.0, 0.0)];
const REOPENED: &[(f64, f64)] = &[(0.0, 100.0), (1.0, 60.0), (4.0, 0.0)];
const UNHAPPY: &[(f64, f64)] = &[(0.0, 100.0), (1.0, 40.0), (3.0, 0.0)];
const OVERDUE: &[(f64, f64)] = &[(0.0, 100.0), (1.0, 40.0), (3.0, 0.0)];
const SEATS: &[(f64, f64)] = &[(0.0, 0.0), (0.3, 30.0), (0.6, 75.0), (0.9, 100.0)];

/// Of the one for all accounts. Its groups weigh what their measures do together.
const GROUPS: &[(&str, f64)] = &[
    ("use", 40.0),
    ("people", 55.0),
    ("support", 30.0),
    ("money", 20.0),
];
#[rustfmt::skip]
const MEASURES: &[Line] = &[
    ("use", "usage.change_14d", 25.0, None, CHANGE),
    ("use", "usage.last_used", 15.0, None, &[(1.0, 100.0), (7.0, 80.0), (21.0, 30.0), (45.0, 0.0)]),
    ("people", "people.experience", 30.0, Some(90), EXPERIENCE),
    ("people", "people.last_touch", 15.0, None, &[(7.0, 100.0), (30.0, 85.0), (90.0, 40.0), (180.0, 0.0)]),
    ("people", "people.contacts", 10.0, None, CONTACTS),
    ("support", "tickets.urgent", 10.0, None, URGENT),
    ("support", "tickets.open", 10.0, None, &[(0.0, 100.0), (3.0, 70.0), (10.0, 0.0)]),
    ("support", "tickets.reopened_90d", 10.0, None, REOPENED),
    ("money", "money.overdue_invoices", 20.0, None, OVERDUE),
];

#[rustfmt::skip]
pub(super) const OFFERED: &[Usual] = &[
    // Whoever does not reach first value soon seldom does: time counts, and who has come so far.
    Usual {
        key: "onboarding",
        place: (Ladder::Stages, "ladders-usual-onboarding"),
        groups: &[("start", 45.0), ("people", 30.0), ("support", 20.0), ("money", 5.0)],
        measures: &[
            ("start", "stages.since", 15.0, None, &[(14.0, 100.0), (45.0, 75.0), (90.0, 30.0), (150.0, 0.0)]),
            ("start", "usage.active_people_30d", 20.0, None, &[(0.0, 0.0), (1.0, 40.0), (3.0, 80.0), (6.0, 100.0)]),
            ("start", "usage.features_30d", 10.0, None, &[(0.0, 0.0), (1.0, 40.0), (3.0, 85.0), (6.0, 100.0)]),
            ("start", "usage.last_used", 20.0, None, &[(1.0, 100.0), (5.0, 80.0), (14.0, 25.0), (21.0, 0.0)]),
            ("people", "people.last_touch", 15.0, None, &[(5.0, 100.0), (14.0, 85.0), (30.0, 45.0), (60.0, 0.0)]),
            ("people", "people.experience", 15.0, Some(45), EXPERIENCE),
            ("people", "people.contacts", 10.0, None, CONTACTS),
            ("people", "people.champions", 10.0, None, &[(0.0, 20.0), (1.0, 90.0), (2.0, 100.0)]),
            ("support", "tickets.urgent", 10.0, None, URGENT),
            ("support", "tickets.opened_30d", 5.0, None, &[(0.0, 100.0), (5.0, 90.0), (15.0, 40.0), (30.0, 0.0)]),
            ("support", "surveys.unhappy_90d", 10.0, Some(45), UNHAPPY),
            ("money", "money.overdue_invoices", 5.0, None, OVERDUE),
        ],
        floor: 0.25, red_below: 50.0, green_from: 72.0,
    },
    // In live use the product speaks for itself: how many use how much of it.
    Usual {
        key: "adopting",
        place: (Ladder::Stages, "ladders-usual-adopting"),
        groups: &[("use", 55.0), ("people", 20.0), ("support", 15.0), ("money", 10.0)],
        measures: &[
            ("use", "usage.seats_used", 20.0, None, SEATS),
            ("use", "usage.features_30d", 15.0, None, &[(0.0, 0.0), (2.0, 45.0), (5.0, 90.0), (8.0, 100.0)]),
            ("use", "usage.change_14d", 20.0, None, CHANGE),
            ("use", "usage.stickiness", 10.0, None, &[(0.0, 0.0), (0.1, 40.0), (0.25, 80.0), (0.5, 100.0)]),
            ("use", "usage.last_used", 10.0, None, &[(1.0, 100.0), (7.0, 80.0), (21.0, 25.0), (40.0, 0.0)]),
            ("people", "people.experience", 15.0, Some(90), EXPERIENCE),
            ("people", "people.last_touch", 10.0, None, &[(14.0, 100.0), (45.0, 80.0), (90.0, 40.0), (180.0, 0.0)]),
            ("people", "people.contacts", 5.0, None, CONTACTS),
            ("support", "tickets.urgent", 10.0, None, URGENT),
            ("support", "tickets.reopened_90d", 10.0, None, REOPENED),
            ("support", "surveys.csat", 10.0, Some(90), &[(0.0, 0.0), (0.5, 30.0), (0.8, 80.0), (1.0, 100.0)]),
            ("money", "money.overdue_invoices", 10.0, None, OVERDUE),
        ],
        floor: 0.25, red_below: 55.0, green_from: 75.0,
    },
    // Before a renewal people decide: who speaks for us, and whether anybody hears of them.
    Usual {
        key: "renewing",
        place: (Ladder::Stages, "ladders-usual-renewing"),
        groups: &[("people", 40.0), ("use", 30.0), ("money", 15.0), ("support", 15.0)],
        measures: &[
            ("people", "people.experience", 20.0, Some(60), EXPERIENCE),
            ("people", "people.champion_seen", 15.0, None, &[(14.0, 100.0), (30.0, 80.0), (60.0, 40.0), (120.0, 0.0)]),
            ("people", "people.last_heard", 10.0, None, &[(7.0, 100.0), (21.0, 80.0), (45.0, 40.0), (90.0, 0.0)]),
            ("people", "people.active_90d", 10.0, None, &[(0.0, 0.0), (1.0, 35.0), (3.0, 85.0), (5.0, 100.0)]),
            ("use", "usage.change_14d", 20.0, None, CHANGE),
            ("use", "usage.seats_used", 15.0, None, SEATS),
            ("use", "usage.last_used", 10.0, None, &[(1.0, 100.0), (7.0, 75.0), (14.0, 40.0), (30.0, 0.0)]),
            ("money", "money.overdue_invoices", 15.0, None, OVERDUE),
            ("support", "tickets.urgent", 10.0, None, URGENT),
            ("support", "tickets.oldest_open", 5.0, None, &[(3.0, 100.0), (14.0, 60.0), (45.0, 0.0)]),
            ("support", "tickets.reopened_90d", 5.0, None, REOPENED),
        ],
        floor: 0.3, red_below: 58.0, green_from: 78.0,
    },
    // Nobody talks to these: only what comes by itself is looked at, so that silence is no fault.
    Usual {
        key: "low-touch",
        place: (Ladder::Tiers, "ladders-usual-basic"),
        groups: &[("use", 60.0), ("support", 25.0), ("money", 15.0)],
        measures: &[
            ("use", "usage.last_used", 25.0, None, &[(2.0, 100.0), (10.0, 75.0), (30.0, 25.0), (60.0, 0.0)]),
            ("use", "usage.change_14d", 20.0, None, CHANGE),
            ("use", "usage.active_people_30d", 15.0, None, &[(0.0, 0.0), (1.0, 60.0), (2.0, 85.0), (4.0, 100.0)]),
            ("support", "people.experience", 15.0, Some(90), EXPERIENCE),
            ("support", "tickets.urgent", 10.0, None, URGENT),
            ("support", "tickets.reopened_90d", 5.0, None, REOPENED),
            ("support", "surveys.unhappy_90d", 10.0, Some(90), UNHAPPY),
            ("money", "money.overdue_invoices", 15.0, None, OVERDUE),
        ],
        floor: 0.25, red_below: 50.0, green_from: 72.0,
    },
];

/// What the one for all accounts says.
pub(crate) fn content() -> Content {
    // One kind of data is enough for a colour: usage alone, or support alone.
    made((GROUPS, MEASURES), (0.25, 55.0, 75.0))
}

fn made(
    (groups, measures): (&[(&str, f64)], &[Line]),
    (floor, red_below, green_from): (f64, f64, f64),
) -> Content {
    let measure = |(group, metric, weight, half_life, curve): &Line| Measure {
        metric: (*metric).to_owned(),
        group: (*group).to_owned(),
        weight: *weight,
        half_life: *half_life,
        curve: curve.to_vec(),
    };
    let group = |(name, weight): &(&str, f64)| Group {
        name: (*name).to_owned(),
        weight: *weight,
    };
    Content {
        measures: measures.iter().map(measure).collect(),
        groups: groups.iter().map(group).collect(),
        floor,
        red_below,
        green_from,
    }
}

impl Usual {
    /// What it says.
    pub(super) fn content(&self) -> Content {
        let bands = (self.floor, self.red_below, self.green_from);
        made((self.groups, self.measures), bands)
    }

    /// What it is called.
    pub(super) fn name(&self, t: &Text) -> String {
        let key = self.key;
        t.say(&format!("health-usual-{key}"))
    }

    /// What it is for.
    pub(super) fn about(&self, t: &Text) -> String {
        let key = self.key;
        t.say(&format!("health-usual-{key}-about"))
    }

    /// The rung it is for: the one of its ladder that has the usual name, in whichever language the ladder was made.
    pub(super) fn rung<'r>(&self, rungs: &'r [Rung], t: &Text) -> Option<&'r Rung> {
        let (ladder, name) = self.place;
        let in_any = |wanted: &Rung| {
            let mut languages = Locale::all();
            languages.any(|locale| {
                let words = Text::new(locale, t.zone().clone(), t.now());
                words.say(name) == wanted.text.name
            })
        };
        let mut open = rungs.iter().filter(|rung| rung.archiving.is_none());
        open.find(|rung| rung.ladder == ladder && in_any(rung))
    }
}

/// Why a metric is looked at, as far as a usual scorecard does.
pub(super) fn why(t: &Text, metric: &str) -> Option<String> {
    let offered = OFFERED.iter().flat_map(|usual| usual.measures);
    let mut all = MEASURES.iter().chain(offered);
    all.find(|(_, name, ..)| *name == metric)?;
    let name = metric.replace(['.', '_'], "-");
    Some(t.say(&format!("health-looks-{name}")))
}

/// What a group is called: in the reader's language where it is a usual one, else as somebody wrote it.
pub(super) fn called(t: &Text, group: &str) -> String {
    match USUAL_GROUPS.iter().find(|(word, _)| *word == group) {
        Some((_, text)) => t.say(text),
        None => group.to_owned(),
    }
}

/// The group that somebody means who writes this: the word of a usual one where it is called so.
pub(super) fn meant(t: &Text, written: &str) -> String {
    let is_it = |(word, text): &&(&str, &str)| t.say(text) == written || *word == written;
    match USUAL_GROUPS.iter().find(is_it) {
        Some((word, _)) => (*word).to_owned(),
        None => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use kit::day::Day;
    use tandem_core::metrics::{Metric, Producer, Producers, Standing, Unit};
    use tandem_core::permissions::Permission::AccountsRead;

    use super::*;
    use crate::health::Band;

    static METRICS: &[&Metric] = &[
        &Metric::new("usage.change_14d", Unit::Share, AccountsRead),
        &Metric::new("usage.last_used", Unit::DaysSince, AccountsRead),
        &Metric::new("usage.active_people_30d", Unit::Count, AccountsRead),
        &Metric::new("usage.features_30d", Unit::Count, AccountsRead),
        &Metric::new("usage.stickiness", Unit::Share, AccountsRead),
        &Metric::new("usage.seats_used", Unit::Share, AccountsRead),
        &Metric::new("people.experience", Unit::Number, AccountsRead),
        &Metric::new("people.last_touch", Unit::DaysSince, AccountsRead),
        &Metric::new("people.last_heard", Unit::DaysSince, AccountsRead),
        &Metric::new("people.contacts", Unit::Count, AccountsRead),
        &Metric::new("people.champions", Unit::Count, AccountsRead),
        &Metric::new("people.champion_seen", Unit::DaysSince, AccountsRead),
        &Metric::new("people.active_90d", Unit::Count, AccountsRead),
        &Metric::new("tickets.urgent", Unit::Count, AccountsRead),
        &Metric::new("tickets.open", Unit::Count, AccountsRead),
        &Metric::new("tickets.oldest_open", Unit::DaysSince, AccountsRead),
        &Metric::new("tickets.opened_30d", Unit::Count, AccountsRead),
        &Metric::new("tickets.reopened_90d", Unit::Count, AccountsRead),
        &Metric::new("surveys.csat", Unit::Share, AccountsRead),
        &Metric::new("surveys.unhappy_90d", Unit::Count, AccountsRead),
        &Metric::new("money.overdue_invoices", Unit::Count, AccountsRead),
        &Metric::new("stages.since", Unit::DaysSince, AccountsRead),
    ];
    static PRODUCER: Producer = Producer {
        metrics: METRICS,
        read: |_, _, _, _| Ok(Vec::new()),
    };

    /// All contents, the one for all first.
    fn all() -> Vec<(&'static str, Content)> {
        let offered = OFFERED.iter().map(|usual| (usual.key, usual.content()));
        std::iter::once(("general", content())).chain(offered).collect()
    }

    /// A metric with a value under which its measure has a score of its own.
    fn held(content: &Content, index: usize, is_good: bool) -> (String, Standing) {
        let measure = &content.measures[index];
        let by_score = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
        let point = match is_good {
            true => measure.curve.iter().max_by(by_score),
            false => measure.curve.iter().min_by(by_score),
        };
        let day: Day = "2026-11-22".parse().expect("a day");
        let value = point.expect("a curve has points").0;
        let is_since = METRICS
            .iter()
            .any(|metric| metric.name == measure.metric && metric.unit == Unit::DaysSince);
        let standing = Standing {
            metric: measure.metric.clone(),
            value: match is_since {
                true => tandem_core::metrics::number(day.plus_days(-(value as i64))),
                false => value,
            },
            as_of: None,
            since: day,
        };
        (measure.metric.clone(), standing)
    }

    #[test]
    fn each_makes_sense_and_says_why_it_looks_at_what() {
        let (producers, t) = (Producers::new(&[&PRODUCER]), Text::default());
        for (key, content) in all() {
            let content = content
                .checked(&producers)
                .unwrap_or_else(|error| panic!("{key}: {error}"));
            for measure in &content.measures {
                let rises = measure.curve.windows(2).all(|pair| pair[0].1 <= pair[1].1);
                let falls = measure.curve.windows(2).all(|pair| pair[0].1 >= pair[1].1);
                assert!(rises || falls, "{key}: {}", measure.metric);
                assert!(!measure.group.is_empty(), "{key}: {}", measure.metric);
                let why = why(&t, &measure.metric).expect("a sentence");
                assert!(!why.contains("health-looks"), "{why}");
            }
        }
        for usual in OFFERED {
            assert!(!usual.name(&t).contains("health-usual") && !usual.about(&t).contains("health-usual"));
        }
    }

    #[test]
    fn each_is_of_use_with_half_of_what_it_looks_at() {
        let producers = Producers::new(&[&PRODUCER]);
        let day: Day = "2026-11-22".parse().expect("a day");
        for (key, content) in all() {
            for half in [0, 1] {
                let known = |is_good| -> BTreeMap<String, Standing> {
                    let those = (0..content.measures.len()).filter(|index| index % 2 == half);
                    those.map(|index| held(&content, index, is_good)).collect()
                };
                let good = content.score(&known(true), &producers, day);
                let bad = content.score(&known(false), &producers, day);
                assert_eq!(
                    (good.band, bad.band),
                    (Band::Green, Band::Red),
                    "{key}: {good:?} {bad:?}"
                );
                assert!(good.confidence < 0.75, "{key}: what is missing is told");
            }
        }
    }
}
