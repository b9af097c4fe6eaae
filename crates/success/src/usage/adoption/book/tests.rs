use kit::id::{TypedId, Uuid};

use super::*;

fn adoption(id: u128, name: &str, accounts: i64) -> Adoption {
    Adoption {
        feature: Feature {
            id: FeatureId::from_uuid(Uuid::from_u128(id)),
            call: FeatureCall::Track,
            name: name.to_owned(),
        },
        figures: Figures {
            accounts,
            ..Figures::default()
        },
        weeks: Vec::new(),
        first: None,
        last: None,
        is_new: false,
    }
}

#[test]
fn going_on_from_each_place_gives_every_feature_once_in_each_order() {
    let all: Vec<Adoption> = [(3, "b", 5), (1, "a", 5), (2, "A", 7), (4, "", 0), (5, "a", 5)]
        .map(|(id, name, accounts)| adoption(id, name, accounts))
        .to_vec();
    for order in Sort::ALL {
        let mut whole = all.clone();
        sort(&mut whole, order, None, 99);
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let mut part = all.clone();
            sort(&mut part, order, after.as_ref(), 2);
            let Some(last) = part.last() else { break };
            after = Some(Spot::of(last, order));
            seen.extend(part);
        }
        assert_eq!(seen, whole, "{order:?}");
    }
    let mut by_accounts = all;
    sort(&mut by_accounts, Sort::Accounts, None, 2);
    let names: Vec<&str> = by_accounts.iter().map(|one| one.feature.name.as_str()).collect();
    assert_eq!(names, ["A", "a"]);
}

#[test]
fn the_weeks_of_accounts_add_up_with_the_oldest_first() {
    let mut weeks = Vec::new();
    add_weeks(&mut weeks, 0b1);
    add_weeks(&mut weeks, 0b1_0000_0000_0011);
    assert_eq!(weeks, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
}

#[test]
fn nothing_is_new_where_everything_is() {
    let day = |number: i64| Timestamp(number * 86_400_000_000);
    let feature = adoption(1, "a", 1).feature;
    let known = |first: i64| {
        let line = (Figures::default(), Vec::new(), day(first), day(first));
        Known {
            lines: HashMap::from([(feature.id, line)]),
            ..Known::default()
        }
    };
    let is_new = |first: i64, since: i64| {
        let span = (day(100), Some(day(since)));
        known(first).take(feature.clone(), span).is_new
    };
    assert!(is_new(80, 1) && is_new(70, 1));
    assert!(!is_new(69, 1), "31 days ago");
    assert!(!is_new(80, 80), "there was nothing before");
}
