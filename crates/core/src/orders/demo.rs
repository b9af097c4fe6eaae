//! Invented orders of the sample data: each account buys at its own pace, and one day no more.

use kit::day::Day;
use kit::db::Tx;
use kit::id::Ids;
use kit::money::Currency;

use super::{Line, OrderError, OrderText};
use crate::accounts::Account;
use crate::actor::Actor;
use crate::products::ProductId;

/// A number of which dice give the parts.
const FINE: u64 = 1_000_000;

/// Lets an account buy some of `goods` now and then, over up to two years until `today`. Half of the accounts never do.
///
/// # Errors
/// As of [`super::add`].
pub fn buy(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: &Account,
    (goods, today): (&[ProductId], Day),
    dice: &Ids,
) -> Result<(), OrderError> {
    if goods.is_empty() || dice.below(20) < 9 {
        return Ok(());
    }
    let share = || (dice.below(FINE) as f64 + 1.0) / (FINE as f64 + 1.0);
    // Paces, chances to go and sizes differ as the models of repeat purchases assume.
    let weeks_between = 8.0 / -share().ln();
    let leaves = 1.0 - (1.0 - share()).powf(1.0 / 3.0);
    let usual = 6_000.0 * (1.0 + 9.0 * share() * share());
    let mut day = today.plus_days(-30 - i64::try_from(dice.below(700)).expect("dice are small"));
    let mut number = 1;
    while day <= today {
        let text = OrderText {
            number: format!("SO-{}-{number:02}", &account.id.to_string()[18..]).to_uppercase(),
            day,
            currency: "EUR".parse::<Currency>().expect("a currency"),
            lines: vec![Line {
                quantity: 1 + i64::try_from(dice.below(4)).expect("dice are small"),
                ..Line::whole(
                    Some(goods[usize::try_from(dice.below(goods.len() as u64)).expect("an index fits")]),
                    (usual * (0.5 + share()) / 2.0).round() as i64,
                )
            }],
        };
        let order = super::add(tx, actor, account.id, &text)?;
        if dice.below(40) == 0 {
            super::cancel(tx, actor, order.id)?;
        }
        if share() < leaves {
            break;
        }
        day = day.plus_days((-share().ln() * weeks_between * 7.0).clamp(1.0, 1_000.0) as i64);
        number += 1;
    }
    Ok(())
}
