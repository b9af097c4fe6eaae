use serde_json::json;

use super::*;

fn off(discounts: &Value, prices: &[(i64, i64)]) -> i64 {
    let item = |(amount, quantity): &(i64, i64)| {
        json!({ "id": "si_1", "quantity": quantity, "price": {
            "id": "price_1", "unit_amount": amount, "currency": "eur", "recurring": { "interval": "month" },
        } })
    };
    let items: Vec<Value> = prices.iter().map(item).collect();
    let object = json!({
        "status": "active", "start_date": 1, "discounts": discounts, "items": { "data": items },
    });
    SubscriptionSaid::read(&object, false).unwrap().discount
}

#[test]
fn fixed_amounts_are_shares_of_all_items() {
    let fixed =
        |amount: i64| json!({ "coupon": { "amount_off": amount, "currency": "eur", "duration": "forever" } });
    let percent = |percent: f64| json!({ "coupon": { "percent_off": percent } });
    assert_eq!(off(&json!([fixed(1_000)]), &[(10_000, 1)]), 1_000);
    assert_eq!(off(&json!([fixed(1_000)]), &[(2_000, 3), (4_000, 1)]), 1_000);
    assert_eq!(off(&json!([percent(50.0), fixed(1_000)]), &[(10_000, 1)]), 6_000);
    assert_eq!(
        off(&json!([fixed(90_000)]), &[(10_000, 1)]),
        10_000,
        "nothing is paid back"
    );
    assert_eq!(off(&json!([fixed(1_000)]), &[(0, 1)]), 0);
    let dollars = json!({ "coupon": { "amount_off": 1_000, "currency": "usd" } });
    assert_eq!(
        off(&json!([dollars]), &[(10_000, 1)]),
        0,
        "another currency's amount is none of it"
    );
    let once = json!({ "coupon": { "percent_off": 25.0, "duration": "once" } });
    assert_eq!(
        off(&json!([once]), &[(10_000, 1)]),
        0,
        "what is taken off once does not recur"
    );
    let sourced = json!({ "source": { "coupon": { "amount_off": 500, "currency": "EUR" } } });
    assert_eq!(off(&json!([sourced]), &[(10_000, 1)]), 500);
}
