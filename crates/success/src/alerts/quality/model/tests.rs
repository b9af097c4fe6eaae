use kit::id::{Ids, TypedId};

use super::*;

fn day(number: i64) -> Day {
    let first: Day = "2026-01-01".parse().expect("a day");
    first.plus_days(number)
}

fn rule(number: u128) -> WarningRuleId {
    WarningRuleId::from_uuid(kit::id::Uuid::from_u128(number))
}

/// A customer that brings 100 and is lost on a day, with alerts of rules: opened, closed.
fn case(number: u128, lost: Option<i64>, alerts: &[(u128, i64, Option<i64>)]) -> Case {
    let episode = |(of, opened, closed): &(u128, i64, Option<i64>)| Episode {
        rule: rule(*of),
        opened: day(*opened),
        closed: closed.map(day),
    };
    let points = (0..=12)
        .map(|index| index * 28)
        .filter(|at| lost.is_none_or(|lost| *at < lost));
    Case {
        account: AccountId::from_uuid(kit::id::Uuid::from_u128(number)),
        colours: Colours { weeks: 50, flips: 5 },
        lost: lost.map(day),
        episodes: alerts.iter().map(episode).collect(),
        points: points
            .map(|at| Point {
                day: day(at),
                mrr: 100,
                score: Some(50.0),
                confidence: Some(1.0),
                band: Band::Amber,
                last_used: Some(at as f64),
                last_touch: None,
            })
            .collect(),
    }
}

const ASK: Ask = Ask {
    horizon: 60,
    reach: 2,
};

fn told(cases: &[Case], rules: &[u128]) -> Report {
    let rules: Vec<WarningRuleId> = rules.iter().map(|number| rule(*number)).collect();
    report(cases, &rules, (day(0), day(364)), ASK)
}

/// By hand: of the alerts on days 50, 100, 10 and 340 the first is right, the second and third are wrong, the last is undecided.
#[test]
fn alerts_are_right_wrong_or_undecided() {
    let cases = [
        case(1, Some(100), &[(1, 50, None)]),
        case(2, None, &[(1, 100, Some(120)), (1, 340, None)]),
        case(3, Some(200), &[(1, 10, Some(30))]),
    ];
    let report = told(&cases, &[1, 2]);
    let quality = &report.rules[0];
    assert_eq!(
        (quality.alerts, quality.precision.hits, quality.precision.n),
        (4, 1, 3)
    );
    assert_eq!((quality.recall.hits, quality.recall.n), (1, 2));
    assert_eq!(quality.lead_days, Some(50.0));
    assert!((quality.false_per_week - 2.0 / (304.0 / 7.0)).abs() < 1e-9);
    assert_eq!(quality.judgement, Judgement::TooFew);
    assert_eq!(report.rules[1].judgement, Judgement::NeverFired);
    assert_eq!((report.customers, report.lost), (3, 2));
}

#[test]
fn an_alert_of_a_day_is_no_sustained_warning() {
    let report = told(
        &[case(1, Some(100), &[(1, 90, Some(92)), (1, 70, Some(80))])],
        &[1],
    );
    assert_eq!(report.rules[0].lead_days, Some(30.0));
    let report = told(&[case(1, Some(100), &[(1, 96, None)])], &[1]);
    assert_eq!(
        (report.rules[0].recall.hits, report.rules[0].lead_days),
        (1, None)
    );
}

/// A rule that warns of half of all customers without looking is no better than chance; one that knows is.
#[test]
fn bad_rules_are_named() {
    let dice = Ids::seeded(3);
    let cases: Vec<Case> = (0..400)
        .map(|number| {
            let lost = (dice.below(10) == 0).then(|| 80 + dice.below(200) as i64);
            let mut alerts = Vec::new();
            if dice.below(2) == 0 {
                alerts.push((1, dice.below(300) as i64, None));
            }
            if let Some(lost) = lost {
                alerts.push((2, lost - 40, None));
            }
            alerts.retain(|(_, opened, _)| lost.is_none_or(|lost| *opened < lost));
            case(number, lost, &alerts)
        })
        .collect();
    let report = told(&cases, &[1, 2]);
    assert_eq!(
        report.rules[0].judgement,
        Judgement::NoBetter,
        "{:?}",
        report.rules[0]
    );
    assert_eq!(
        report.rules[1].judgement,
        Judgement::Better,
        "{:?}",
        report.rules[1]
    );
    assert_eq!(report.rules[1].precision.value(), Some(1.0));
    assert_eq!(report.rules[1].lead_days, Some(40.0));
}

/// Three customers, two of which can be worked: the ranking by alerts has both that are lost, the one by revenue those by id.
#[test]
fn revenue_among_the_first_of_a_ranking() {
    let cases = [
        case(1, None, &[]),
        case(2, Some(30), &[(1, 5, None)]),
        case(3, Some(40), &[(1, 5, None)]),
    ];
    let report = told(&cases, &[1]);
    let of = |by: &str| {
        report
            .rankings
            .iter()
            .find(|one| one.by == by)
            .expect("a ranking")
    };
    // On day 0 nobody has an alert; on day 28 both lost ones have.
    assert_eq!((of("alerts").losses.hits, of("alerts").losses.n), (2, 4));
    assert_eq!(of("alerts").revenue, Some(0.5));
    assert_eq!(of("revenue").losses.hits, 2);
    let by_chance = of("anyone").revenue.expect("a share");
    assert!((by_chance - 2.0 / 3.0).abs() < 1e-9, "{by_chance}");
    assert_eq!(of("last_touch").losses.hits, 0);
}

/// On day 28 both that are lost are the two that can be worked: half of all losses, and all of that day's list.
#[test]
fn precision_at_what_a_team_can_work() {
    let cases = [
        case(1, None, &[]),
        case(2, Some(30), &[(1, 5, None)]),
        case(3, Some(40), &[(1, 5, None)]),
    ];
    let report = told(&cases, &[1]);
    let of = |by: &str| {
        report
            .rankings
            .iter()
            .find(|one| one.by == by)
            .expect("a ranking")
    };
    // After day 28 nobody of them is there any more; the alerts of day 5 are on no list of day 0.
    assert_eq!((of("alerts").precision.hits, of("alerts").precision.n), (2, 2));
    let listed = of("revenue").precision;
    assert_eq!(listed.hits, of("revenue").losses.hits);
    assert!(listed.n > listed.hits && listed.n <= 2 * 13);
}

/// The feed ranks by revenue times confidence, and so does the back-test.
#[test]
fn what_is_hardly_known_comes_later() {
    let mut unsure = case(1, Some(40), &[(1, 5, None)]);
    for point in &mut unsure.points {
        (point.mrr, point.confidence) = (150, Some(0.1));
    }
    let cases = [
        unsure,
        case(2, None, &[(1, 5, None)]),
        case(3, None, &[(1, 5, None)]),
    ];
    let report = told(&cases, &[1]);
    let alerts = report
        .rankings
        .iter()
        .find(|one| one.by == "alerts")
        .expect("a ranking");
    assert_eq!(alerts.losses.hits, 0, "two that are surer come first");
}

#[test]
fn intervals_hold_what_they_are_of_and_are_the_same_in_every_run() {
    let dice = Ids::seeded(9);
    let cases: Vec<Case> = (0..300)
        .map(|number| {
            let lost = (dice.below(5) == 0).then(|| 120 + dice.below(200) as i64);
            let opened = lost.map_or(dice.below(300) as i64, |lost| lost - 10 - dice.below(40) as i64);
            let mut case = case(number, lost, &[(1, opened, None)]);
            case.colours.flips = dice.below(10);
            case
        })
        .collect();
    let ask = Ask { reach: 40, ..ASK };
    let told = || report(&cases, &[rule(1)], (day(0), day(364)), ask);
    let report = told();
    let holds = |between: Option<Between>, value: f64| {
        let between = between.expect("an interval");
        assert!(
            between.low <= value && value <= between.high,
            "{between:?} {value}"
        );
        assert!(between.low < between.high, "{between:?}");
    };
    let quality = &report.rules[0];
    holds(quality.lead_between, quality.lead_days.expect("days"));
    holds(quality.false_between, quality.false_per_week);
    assert_eq!(quality.lead_n, quality.recall.hits, "each warning was sustained");
    let alerts = &report.rankings[0];
    holds(alerts.revenue_between, alerts.revenue.expect("a share"));
    let flips = report.flips;
    assert_eq!(
        (flips.n, flips.hits),
        (300 * 50, cases.iter().map(|case| case.colours.flips).sum())
    );
    holds(
        Some(Between {
            low: flips.low,
            high: flips.high,
        }),
        flips.value().expect("a share"),
    );
    assert_eq!(told(), report);
}

/// Ten customers on seven checkpoints each are ten, not seventy: by Wilson half of seventy would lie between 39 and 61 %.
#[test]
fn checkpoints_of_a_customer_are_no_independent_news() {
    let cases: Vec<Case> = (0..10)
        .map(|number| case(number, (number % 2 == 0).then_some(170), &[]))
        .collect();
    let ask = Ask {
        horizon: 180,
        reach: 10,
    };
    let report = report(&cases, &[], (day(0), day(364)), ask);
    let revenue = report.rankings.iter().find(|one| one.by == "revenue");
    let precision = revenue.expect("a ranking").precision;
    for share in [precision, report.base] {
        assert_eq!((share.hits, share.n), (35, 70));
        assert!(share.low < 0.35 && share.high > 0.65, "{share:?}");
    }
    let losses = revenue.expect("a ranking").losses;
    assert_eq!((losses.hits, losses.n), (35, 35));
    assert!(losses.low < 1.0, "all of few is not all of everybody");
}

/// Of four losses nobody can say how far their median may be from the true one.
#[test]
fn few_numbers_have_no_interval() {
    let cases: Vec<Case> = (0..4)
        .map(|number| case(number, Some(200), &[(1, 150, None)]))
        .collect();
    let quality = &told(&cases, &[1]).rules[0];
    assert_eq!(
        (quality.lead_days, quality.lead_n, quality.lead_between),
        (Some(50.0), 4, None)
    );
    assert_eq!(quality.false_between, None);
}
