use kit::id::Ids;

use super::*;

/// What is or is not known of invented accounts.
const NAMES: [&str; 3] = ["usage.a", "usage.b", "usage.c"];

fn metric(dice: &Ids) -> Subject {
    Subject::Metric(NAMES[dice.below(3) as usize].to_owned())
}

fn condition(dice: &Ids) -> Condition {
    let number = dice.below(10) as f64;
    let word = || ["red", "green", "blue"][dice.below(3) as usize].to_owned();
    let (about, test) = match dice.below(12) {
        0 => (metric(dice), Test::Above(number)),
        1 => (metric(dice), Test::AtLeast(number)),
        2 => (metric(dice), Test::Below(number)),
        3 => (metric(dice), Test::AtMost(number)),
        4 => (metric(dice), Test::Known),
        5 => (metric(dice), Test::Unknown),
        6 => (metric(dice), Test::FellBy(number, 30)),
        7 => (Subject::Tag, Test::OneOf(vec![word(), word()])),
        8 => (Subject::Tag, Test::NoneOf(vec![word()])),
        9 => (Subject::Name, Test::Contains(word())),
        10 => (Subject::Renews, Test::Next(number as i64)),
        _ => (Subject::Renews, Test::Past),
    };
    Condition { about, test }
}

fn group(dice: &Ids, depth: usize) -> Group {
    let few = |most| dice.below(most) as usize;
    let groups = if depth < DEPTH { few(3) } else { 0 };
    Group {
        join: Join::ALL[few(3)],
        conditions: (0..few(4)).map(|_| condition(dice)).collect(),
        groups: (0..groups).map(|_| group(dice, depth + 1)).collect(),
    }
}

fn today() -> Day {
    "2026-11-23".parse().expect("a day")
}

fn facts(dice: &Ids) -> Facts {
    let mut facts = Facts::default();
    for name in NAMES {
        if dice.below(3) > 0 {
            let number = Fact::Number(dice.below(10) as f64);
            facts.now.insert(Subject::Metric(name.to_owned()), number);
        }
        if dice.below(2) > 0 {
            facts.past.insert((name.to_owned(), 30), dice.below(10) as f64);
        }
    }
    let words = ["red", "green", "blue"];
    if dice.below(2) > 0 {
        let word = words[dice.below(3) as usize].to_owned();
        facts.now.insert(Subject::Tag, Fact::Words(vec![word]));
    }
    facts.now.insert(
        Subject::Name,
        Fact::Text(words[dice.below(3) as usize].to_owned()),
    );
    if dice.below(2) > 0 {
        let day = today().plus_days(dice.below(20) as i64 - 10);
        facts.now.insert(Subject::Renews, Fact::Day(day));
    }
    facts
}

/// The same, slowly: every condition and group is looked at, and counted.
fn slowly(group: &Group, facts: &Facts) -> bool {
    let mut all = Vec::new();
    for condition in &group.conditions {
        all.push(condition.holds(facts, today()));
    }
    for inner in &group.groups {
        all.push(slowly(inner, facts));
    }
    let held = all.iter().filter(|holds| **holds).count();
    match group.join {
        Join::All => held == all.len(),
        Join::Any => held > 0,
        Join::None => held == 0,
    }
}

#[test]
fn groups_hold_as_they_are_counted_and_de_morgan_was_right() {
    let dice = Ids::seeded(91);
    let fits = |group: &Group, facts: &Facts| matches(group, facts, today());
    for _ in 0..20_000 {
        let (tree, facts) = (group(&dice, 1), facts(&dice));
        assert_eq!(fits(&tree, &facts), slowly(&tree, &facts), "{tree:?} {facts:?}");
        let joined = |join, one: &Group| Group { join, ..one.clone() };
        // Not one of them is the opposite of any of them.
        let (any, none) = (joined(Join::Any, &tree), joined(Join::None, &tree));
        assert_ne!(fits(&any, &facts), fits(&none, &facts));
        // All of them is none of their opposites.
        let not = |parts: Vec<Group>| {
            parts.into_iter().map(|part| Group {
                join: Join::None,
                conditions: Vec::new(),
                groups: vec![part],
            })
        };
        let alone = tree.conditions.iter().map(|one| Group {
            join: Join::All,
            conditions: vec![one.clone()],
            groups: Vec::new(),
        });
        let parts: Vec<Group> = alone.chain(tree.groups.iter().cloned()).collect();
        let opposite = Group {
            join: Join::None,
            conditions: Vec::new(),
            groups: not(parts).collect(),
        };
        assert_eq!(fits(&joined(Join::All, &tree), &facts), fits(&opposite, &facts));
    }
}

#[test]
fn what_is_not_known_passes_no_comparison_and_is_unknown() {
    let dice = Ids::seeded(92);
    let nothing = Facts::default();
    for _ in 0..2_000 {
        let condition = condition(&dice);
        let is_about_nothing = matches!(condition.test, Test::Unknown | Test::NoneOf(_) | Test::Lacks(_));
        assert_eq!(
            condition.holds(&nothing, today()),
            is_about_nothing,
            "{condition:?}"
        );
    }
}

#[test]
fn a_change_needs_both_of_its_ends() {
    let name = || "usage.a".to_owned();
    let fell = Condition {
        about: Subject::Metric(name()),
        test: Test::FellBy(2.0, 30),
    };
    let mut facts = Facts::default();
    facts.past.insert((name(), 30), 9.0);
    assert!(!fell.holds(&facts, today()), "what it is now is not known");
    facts.now.insert(Subject::Metric(name()), Fact::Number(7.0));
    assert!(fell.holds(&facts, today()));
    facts.past.clear();
    facts.past.insert((name(), 7), 9.0);
    assert!(!fell.holds(&facts, today()), "another span");
}

#[test]
fn days_are_counted_from_today() {
    let holds = |test: Test, days: i64| {
        let condition = Condition {
            about: Subject::Renews,
            test,
        };
        let mut facts = Facts::default();
        facts
            .now
            .insert(Subject::Renews, Fact::Day(today().plus_days(days)));
        condition.holds(&facts, today())
    };
    assert!(holds(Test::Next(90), 0) && holds(Test::Next(90), 90));
    assert!(!holds(Test::Next(90), 91) && !holds(Test::Next(90), -1));
    assert!(holds(Test::Last(7), 0) && holds(Test::Last(7), -7) && !holds(Test::Last(7), -8));
    assert!(holds(Test::Past, -1) && !holds(Test::Past, 0));
    assert!(holds(Test::Before(today()), -1) && !holds(Test::Before(today()), 0));
    assert!(holds(Test::After(today()), 1) && !holds(Test::After(today()), 0));
}

#[test]
fn a_definition_is_kept_as_it_is() {
    let dice = Ids::seeded(93);
    for _ in 0..500 {
        let tree = group(&dice, 1);
        let text = serde_json::to_string(&tree).expect("JSON");
        let read: Group = serde_json::from_str(&text).expect("the same");
        // Words come back each once.
        assert_eq!(read.size(), tree.size(), "{text}");
        assert_eq!(read.all().len(), tree.all().len(), "{text}");
    }
}

#[test]
fn a_tag_that_became_another_is_asked_for_as_that() {
    let mut tree = Group {
        groups: vec![Group {
            conditions: vec![Condition {
                about: Subject::Tag,
                test: Test::OneOf(vec!["old".to_owned(), "new".to_owned()]),
            }],
            ..Group::default()
        }],
        ..Group::default()
    };
    assert!(tree.replace(&Subject::Tag, "old", "new"));
    assert_eq!(tree.all()[0].test, Test::OneOf(vec!["new".to_owned()]));
    assert!(!tree.replace(&Subject::Tag, "old", "new"));
}
