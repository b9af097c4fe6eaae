//! The rules that every workspace begins with: good with whatever data is there. What is not known of an account warns of
//! nothing.

use super::model::{Condition, Content};
use crate::alerts::{Test, Way};

/// A rule of the library. Its name is the message `alerts-rule-KEY`.
pub(super) struct Usual {
    pub(super) key: &'static str,
    way: Way,
    conditions: &'static [Line],
    cooldown: i64,
}

/// A condition: metric, test, value, days, days before.
type Line = (&'static str, Test, f64, i64, i64);

const fn usual(key: &'static str, way: Way, cooldown: i64, conditions: &'static [Line]) -> Usual {
    Usual {
        key,
        way,
        conditions,
        cooldown,
    }
}

use Test::{AtLeast, AtMost, Falls, Rises, ShiftsDown};
use Way::{Chance, Risk};

#[rustfmt::skip]
pub(super) const RULES: &[Usual] = &[
    usual("usage-drop", Risk, 30, &[("usage.active_people_30d", Falls, 0.3, 14, 56), ("usage.active_people_30d", AtLeast, 1.0, 0, 0)]),
    usual("usage-shift", Risk, 45, &[("usage.active_people_7d", ShiftsDown, 8.0, 28, 84), ("usage.change_14d", AtMost, -0.25, 0, 0)]),
    usual("usage-gone", Risk, 60, &[("usage.last_used", AtLeast, 21.0, 0, 0)]),
    usual("champion-gone", Risk, 60, &[("people.champions", AtMost, 0.0, 0, 0), ("people.champions", Falls, 1.0, 3, 150)]),
    usual("champion-silent", Risk, 45, &[("people.champions", AtLeast, 1.0, 0, 0), ("people.champion_seen", AtLeast, 45.0, 0, 0)]),
    usual("single-thread", Risk, 90, &[("people.active_90d", AtMost, 1.0, 0, 0), ("people.active_90d", AtLeast, 1.0, 0, 0), ("money.renewal", AtMost, 270.0, 0, 0)]),
    usual("seats-unused", Risk, 60, &[("usage.seats_used", AtMost, 0.4, 0, 0), ("money.renewal", AtMost, 150.0, 0, 0)]),
    usual("onboarding-stalled", Risk, 45, &[("stages.place", AtMost, 1.0, 0, 0), ("stages.since", AtLeast, 60.0, 0, 0), ("usage.active_people_30d", AtMost, 1.0, 0, 0)]),
    usual("support-urgent", Risk, 14, &[("tickets.urgent", AtLeast, 2.0, 0, 0)]),
    usual("support-reopened", Risk, 30, &[("tickets.reopened_90d", AtLeast, 3.0, 0, 0)]),
    usual("unhappy", Risk, 30, &[("people.experience", AtMost, -0.5, 0, 0)]),
    usual("bad-ratings", Risk, 30, &[("surveys.unhappy_90d", AtLeast, 2.0, 0, 0)]),
    usual("payment-failing", Risk, 30, &[("money.overdue_invoices", AtLeast, 1.0, 0, 0), ("money.overdue_since", AtLeast, 10.0, 0, 0)]),
    usual("renewal-poor-health", Risk, 45, &[("money.renewal", AtMost, 90.0, 0, 0), ("money.renewal", AtLeast, 0.0, 0, 0), ("health.score", AtMost, 55.0, 0, 0)]),
    usual("renewal-unsure", Risk, 45, &[("money.renewal", AtMost, 60.0, 0, 0), ("money.renewal", AtLeast, 0.0, 0, 0), ("health.confidence", AtMost, 0.5, 0, 0)]),
    usual("ghosting", Risk, 45, &[("people.last_heard", AtLeast, 45.0, 0, 0), ("people.reached_30d", AtLeast, 2.0, 0, 0)]),
    usual("touch-overdue", Risk, 30, &[("people.next_touch", AtMost, -1.0, 0, 0)]),
    usual("health-red", Risk, 30, &[("health.band", AtMost, 1.0, 0, 0)]),
    usual("health-falls", Risk, 30, &[("health.score", Falls, 0.25, 7, 60)]),
    usual("expansion-seats", Chance, 60, &[("usage.seats_used", AtLeast, 0.9, 0, 0)]),
    usual("expansion-usage", Chance, 60, &[("usage.active_people_30d", Rises, 0.3, 14, 84), ("usage.active_people_30d", AtLeast, 3.0, 0, 0)]),
    usual("promoter", Chance, 90, &[("people.experience", AtLeast, 1.0, 0, 0), ("health.score", AtLeast, 75.0, 0, 0)]),
    usual("reference", Chance, 180, &[("health.score", AtLeast, 85.0, 0, 0), ("people.champions", AtLeast, 1.0, 0, 0), ("people.experience", AtLeast, 0.5, 0, 0)]),
];

impl Usual {
    pub(super) fn content(&self) -> Content {
        let condition = |(metric, test, value, days, before): &Line| Condition {
            metric: (*metric).to_owned(),
            test: *test,
            value: *value,
            days: *days,
            before: *before,
            // A third of what it is compared with must be known.
            least: before / 3,
        };
        Content {
            name: String::new(),
            way: self.way,
            is_on: true,
            stage: None,
            tier: None,
            conditions: self.conditions.iter().map(condition).collect(),
            cooldown: self.cooldown,
            easing: 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use kit::clock::Timestamp;
    use kit::day::Day;
    use kit::id::{TypedId, Uuid};
    use tandem_core::accounts::AccountId;
    use tandem_core::metrics::{Courses, Metric, Moment, Producer, Producers, Unit, number};
    use tandem_core::permissions::Permission::MoneyRead;

    use super::*;
    use crate::alerts::past::{Kept, Past, Wanted};
    use crate::alerts::rules::{Rule, WarningRuleId};

    static OVERDUE: Metric = Metric::new("money.overdue_invoices", Unit::Count, MoneyRead);
    static SINCE: Metric = Metric::new("money.overdue_since", Unit::DaysSince, MoneyRead);
    static PRODUCER: Producer = Producer {
        metrics: &[&OVERDUE, &SINCE],
        read: |_, _, _, _| Ok(Vec::new()),
    };

    /// One invoice is enough, though not on the day after it was due.
    #[test]
    fn one_invoice_that_is_long_overdue_warns() {
        let due: Day = "2026-01-01".parse().expect("a day");
        let usual = RULES.iter().find(|rule| rule.key == "payment-failing");
        let rule = Rule {
            id: WarningRuleId::from_uuid(Uuid::nil()),
            key: String::new(),
            content: usual.expect("a rule").content(),
            version: 1,
            made_at: Timestamp(0),
            made_by: String::new(),
        };
        let held = |value: f64| {
            let since = due.plus_days(1);
            vec![Moment {
                since,
                value: Some(value),
                as_of: None,
            }]
        };
        let courses: Courses = [
            (OVERDUE.name.to_owned(), held(1.0)),
            (SINCE.name.to_owned(), held(number(due))),
        ]
        .into_iter()
        .collect();
        let wanted = Wanted::of(&Producers::new(&[&PRODUCER]), std::slice::from_ref(&rule), &[]);
        let account = AccountId::from_uuid(Uuid::nil());
        let past = Past::of(&wanted, &Kept::of(account, (due, due.plus_days(30)), courses));
        let warns = |days: i64| past.holds(&rule.content.conditions, due.plus_days(days));
        assert_eq!(
            [warns(1), warns(9), warns(10), warns(30)],
            [false, false, true, true]
        );
    }
}
