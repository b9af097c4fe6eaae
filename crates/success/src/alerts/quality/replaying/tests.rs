use kit::clock::Timestamp;
use kit::id::Ids;
use kit::threads;
use tandem_core::metrics::{Courses, Metric, Moment, Producer, Reading, Unit};
use tandem_core::permissions::Permission::AccountsRead;

use super::*;
use crate::alerts::rules::{Condition, Content};
use crate::alerts::{Test, WarningRuleId, Way};

static PEOPLE: Metric = Metric::new("a.people", Unit::Count, AccountsRead);
static LAST: Metric = Metric::new("a.last", Unit::DaysSince, AccountsRead);
static PRODUCER: Producer = Producer {
    metrics: &[&PEOPLE, &LAST],
    read: nothing,
};

fn nothing(_: &mut Tx<'_>, _: WorkspaceId, _: AccountId, _: Day) -> Result<Vec<Reading>, DbError> {
    Ok(Vec::new())
}

fn day(number: i64) -> Day {
    let first: Day = "2026-01-01".parse().expect("a day");
    first.plus_days(number)
}

fn rule(number: u128, metric: &Metric, test: Test, value: f64) -> Rule {
    let condition = Condition {
        metric: metric.name.to_owned(),
        test,
        value,
        days: 14,
        before: 56,
        least: 10,
    };
    Rule {
        id: WarningRuleId::from_uuid(Uuid::from_u128(number)),
        key: String::new(),
        content: Content {
            name: test.as_str().to_owned(),
            way: Way::Risk,
            is_on: true,
            stage: None,
            tier: None,
            conditions: vec![condition],
            cooldown: 30,
            easing: 3,
        },
        version: 1,
        made_at: Timestamp(0),
        made_by: String::new(),
    }
}

fn terms() -> Terms {
    let rules = vec![
        rule(1, &PEOPLE, Test::Falls, 0.3),
        rule(2, &PEOPLE, Test::ShiftsDown, 8.0),
        rule(3, &PEOPLE, Test::AtMost, 2.0),
        rule(4, &LAST, Test::AtLeast, 21.0),
    ];
    let span = (day(0), day(364));
    let rates = Rates::of_one("EUR".parse().expect("a currency"), day(364));
    Terms::new(rules, rates, span, &Producers::new(&[&PRODUCER]))
}

/// Somebody whose people come and go; every third one is lost.
fn customer(dice: &Ids, number: u128) -> Customer {
    let moments = |step: i64, value: &dyn Fn(i64) -> Option<f64>| {
        let since = (-100..364).step_by(usize::try_from(step).expect("a step"));
        let moment = |since: i64| Moment {
            since: day(since),
            value: value(since),
            as_of: None,
        };
        since.map(moment).collect::<Vec<Moment>>()
    };
    let falls = dice.below(2) as i64;
    let people =
        |since: i64| (dice.below(9) > 0).then(|| (12 - falls * since / 40 + dice.below(4) as i64) as f64);
    let last = |since: i64| Some((day(since).number() - dice.below(40) as i64) as f64);
    let courses: Courses = [
        (PEOPLE.name.to_owned(), moments(1 + dice.below(9) as i64, &people)),
        (LAST.name.to_owned(), moments(7, &last)),
    ]
    .into_iter()
    .collect();
    let account = AccountId::from_uuid(Uuid::from_u128(number));
    Customer {
        life: Life {
            begun: day(dice.below(200) as i64 - 100),
            lost: (number % 3 == 0).then(|| day(200 + dice.below(150) as i64)),
            movements: Vec::new(),
        },
        kept: Kept::of(account, (day(-100), day(364)), courses),
    }
}

#[test]
fn any_number_of_threads_replays_the_same() {
    let (dice, terms) = (Ids::seeded(5), terms());
    let customers: Vec<Customer> = (0..61).map(|number| customer(&dice, number)).collect();
    let replay = |threads: usize| threads::map(threads, &customers, |customer| case(&terms, customer));
    let alone = replay(1);
    assert!(alone.iter().map(|case| case.episodes.len()).sum::<usize>() > 60);
    assert_eq!(replay(4), alone);
    assert_eq!(replay(7), alone);
    let one_by_one: Vec<Case> = customers
        .iter()
        .rev()
        .map(|customer| case(&terms, customer))
        .collect();
    assert!(one_by_one.iter().eq(alone.iter().rev()));
}
