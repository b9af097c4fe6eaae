use serde_json::json;

use super::*;

fn filter(property: &str, test: Test, value: &str) -> Filter {
    Filter {
        property: property.to_owned(),
        test,
        value: value.to_owned(),
    }
}

#[test]
fn conditions_look_at_the_kind_of_value_that_they_ask_for() {
    let event = json!({
        "plan": "Gold", "price": 19.5, "rows": "12", "is_new": true, "due": "2026-11-20T08:00:00Z",
        "cart": { "items": 3 }, "a.b": 1, "gone": null, "list": [1],
    });
    for (property, test, value, holds) in [
        ("plan", Test::Is, "gold", true),
        ("plan", Test::IsNot, "silver", true),
        ("plan", Test::Contains, "OL", true),
        ("plan", Test::AtLeast, "1", false),
        ("price", Test::AtLeast, "19.5", true),
        ("price", Test::AtMost, "19", false),
        ("rows", Test::Equals, "12", true),
        ("cart.items", Test::Equals, "3", true),
        ("a.b", Test::Equals, "1", true),
        ("is_new", Test::Yes, "", true),
        ("is_new", Test::No, "", false),
        ("due", Test::Since, "2026-11-20", true),
        ("due", Test::Until, "2026-11-19", false),
        ("gone", Test::Present, "", false),
        ("gone", Test::Absent, "", true),
        ("none", Test::IsNot, "gold", true),
        ("none", Test::No, "", false),
        ("list", Test::Present, "", true),
    ] {
        let asked = filter(property, test, value).checked(1).expect("a condition");
        assert_eq!(asked.holds(&event), holds, "{property} {test:?} {value}");
    }
}

#[test]
fn what_can_not_be_counted_is_named() {
    let good = Content {
        event: Some(Event {
            call: "track".to_owned(),
            name: "Order placed".to_owned(),
        }),
        filters: vec![filter("price", Test::AtLeast, "1,5")],
        measure: Measure::Sum,
        property: "price".to_owned(),
        window: 30,
    };
    let kept = good.checked().expect("a definition");
    assert_eq!(kept.filters[0].value, "1.5");
    assert!(kept.needs_events());
    assert_eq!(kept.weighs(&json!({ "price": "2.25" })), Some(2.25));
    assert_eq!(kept.weighs(&json!({ "price": 1 })), None);
    let wrong = |content: Content| content.checked().expect_err("wrong");
    let other = good.clone();
    assert_eq!(
        wrong(Content {
            window: 14,
            ..other.clone()
        }),
        Wrong::Window
    );
    assert_eq!(
        wrong(Content {
            property: String::new(),
            ..other.clone()
        }),
        Wrong::Property
    );
    assert_eq!(
        wrong(Content {
            measure: Measure::Count,
            ..other.clone()
        }),
        Wrong::Property
    );
    let filters = vec![filter("price", Test::AtLeast, "much")];
    assert_eq!(
        wrong(Content {
            filters,
            ..other.clone()
        }),
        Wrong::FilterValue(1)
    );
    let filters = vec![filter("a", Test::Yes, ""), filter(" ", Test::Yes, "")];
    assert_eq!(wrong(Content { filters, ..other }), Wrong::FilterProperty(2));
}
