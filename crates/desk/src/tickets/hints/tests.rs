use kit::id::TypedId;
use kit::money::Money;
use tandem_core::bridge::Standing;

use super::*;

fn standing(score: f64, before: f64) -> Standing {
    Standing {
        score: Some(score),
        before: Some(before),
        is_poor: score < 40.0,
        tone: "",
        icon: "",
        text: "",
        warnings: 0,
        is_large: false,
    }
}

fn known(standing: Standing, renews: Option<i64>) -> Known {
    Known {
        standing: Some(standing),
        renews,
        arr: Some(Money {
            minor: 8_400_000,
            currency: "EUR".parse().expect("a currency"),
        }),
        owner: None,
    }
}

#[test]
fn an_account_that_is_well_or_far_from_its_renewal_says_nothing() {
    assert_eq!(hint(Priority::Normal, &Known::default()), None);
    assert_eq!(
        hint(Priority::Normal, &known(standing(80.0, 82.0), Some(20))),
        None
    );
    assert_eq!(
        hint(Priority::Normal, &known(standing(30.0, 31.0), Some(200))),
        None
    );
}

#[test]
fn two_things_make_a_high_priority_and_three_close_to_the_renewal_an_urgent_one() {
    let two = hint(Priority::Normal, &known(standing(38.0, 61.0), Some(20))).expect("a hint");
    assert_eq!(two.priority, Some(Priority::High));
    assert_eq!(two.why.first(), Some(&Why::Renews(20)));
    assert!(two.why.contains(&Why::Fell(38.0)));
    let large = Standing {
        is_large: true,
        ..standing(38.0, 61.0)
    };
    let three = hint(Priority::Normal, &known(large.clone(), Some(20))).expect("a hint");
    assert_eq!(three.priority, Some(Priority::Urgent));
    let later = hint(Priority::Normal, &known(large, Some(50))).expect("a hint");
    assert_eq!(later.priority, Some(Priority::High));
}

#[test]
fn what_has_been_done_is_not_said_again() {
    let fallen = known(standing(38.0, 61.0), Some(20));
    assert_eq!(hint(Priority::High, &fallen), None);
    let owned = Known {
        owner: Some((AgentId::from_uuid(kit::id::Uuid::nil()), "Ana".to_owned())),
        ..fallen
    };
    let hint = hint(Priority::High, &owned).expect("a hint");
    assert_eq!((hint.priority, hint.owner.is_some()), (None, true));
}
