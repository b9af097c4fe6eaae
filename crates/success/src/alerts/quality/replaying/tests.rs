use kit::clock::Timestamp;
use kit::id::Ids;
use kit::threads;
use tandem_core::metrics::{Courses, Metric, Moment, Producer, Reading, Unit};
use tandem_core::permissions::Permission::AccountsRead;

use tandem_core::ladders::RungId;

use super::super::lives::Stay;
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
            lost: number
                .is_multiple_of(3)
                .then(|| day(200 + dice.below(150) as i64)),
            movements: Vec::new(),
            stays: Vec::new(),
            tier: None,
        },
        kept: Arc::new(Kept::of(account, (day(-100), day(364)), courses)),
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

/// Two people all year, of which a rule for the second stage warns: only while they are there.
#[test]
fn a_rule_for_a_stage_sees_nobody_elsewhere() {
    let [first, second] = [1, 2].map(|number: u128| RungId::from_uuid(Uuid::from_u128(number)));
    let mut rule = rule(3, &PEOPLE, Test::AtMost, 2.0);
    let few = Moment {
        since: day(-10),
        value: Some(2.0),
        as_of: None,
    };
    let courses: Courses = [(PEOPLE.name.to_owned(), vec![few])].into_iter().collect();
    let stay = |stage, since: i64, until: Option<i64>| Stay {
        stage,
        since: day(since),
        until: until.map(day),
    };
    let customer = Customer {
        life: Life {
            begun: day(0),
            lost: None,
            movements: Vec::new(),
            stays: vec![
                stay(first, 0, Some(90)),
                stay(second, 90, Some(120)),
                stay(first, 120, Some(130)),
                stay(second, 130, None),
            ],
            tier: Some(first),
        },
        kept: Arc::new(Kept::of(
            AccountId::from_uuid(Uuid::from_u128(1)),
            (day(-100), day(364)),
            courses,
        )),
    };
    let mut episodes = |stage, tier| {
        (rule.content.stage, rule.content.tier) = (stage, tier);
        let rates = Rates::of_one("EUR".parse().expect("a currency"), day(364));
        let terms = Terms::new(
            vec![rule.clone()],
            rates,
            (day(0), day(364)),
            &Producers::new(&[&PRODUCER]),
        );
        let case = case(&terms, &customer);
        let spans = case.episodes.iter().map(|one| (one.opened, one.closed));
        spans.collect::<Vec<_>>()
    };
    assert_eq!(episodes(None, None), [(day(0), None)]);
    let there = [(day(90), Some(day(120))), (day(130), None)];
    assert_eq!(episodes(Some(second), None), there);
    assert!(episodes(None, Some(second)).is_empty(), "it is on another tier");
    assert_eq!(episodes(Some(second), Some(first)), there);
}

/// What is not known any more is not gone.
#[test]
fn an_alert_stays_while_its_cause_cannot_be_seen() {
    let rule = rule(3, &PEOPLE, Test::AtMost, 2.0);
    let moment = |since: i64, value: Option<f64>| Moment {
        since: day(since),
        value,
        as_of: None,
    };
    let course = vec![moment(0, Some(1.0)), moment(50, None), moment(200, Some(9.0))];
    let courses: Courses = [(PEOPLE.name.to_owned(), course)].into_iter().collect();
    let dice = Ids::seeded(1);
    let mut customer = customer(&dice, 1);
    customer.life.begun = day(0);
    customer.kept = Arc::new(Kept::of(customer.kept.account, (day(-100), day(364)), courses));
    let rates = Rates::of_one("EUR".parse().expect("a currency"), day(364));
    let terms = Terms::new(
        vec![rule],
        rates,
        (day(0), day(364)),
        &Producers::new(&[&PRODUCER]),
    );
    let case = case(&terms, &customer);
    assert_eq!(case.episodes[0].closed, Some(day(203)));
}
