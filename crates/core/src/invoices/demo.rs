//! Invented invoices of the sample data: one for each term of a subscription, paid as people pay.

use kit::day::Day;
use kit::db::Tx;
use kit::id::Ids;

use super::{InvoiceError, InvoiceText};
use crate::actor::Actor;
use crate::subscriptions::Subscription;

/// Bills each term of a subscription that has begun by `today`.
///
/// # Errors
/// As of [`super::add`].
pub fn bill(
    tx: &mut Tx<'_>,
    actor: &Actor,
    subscription: &Subscription,
    today: Day,
    dice: &Ids,
) -> Result<(), InvoiceError> {
    let (mut issued, mut term) = (subscription.starts, 1);
    while issued <= today && subscription.is_active_on(issued) {
        let text = InvoiceText {
            number: format!(
                "{}-{}-{term}",
                issued.year_and_month().0,
                &subscription.id.to_string()[20..]
            )
            .to_uppercase(),
            issued,
            due: issued.plus_days(30),
            currency: subscription.currency,
            total: subscription.arr_on(issued).minor * subscription.renewal.term_months / 12,
        };
        let days = match dice.below(10) {
            0 => 31 + i64::try_from(dice.below(60)).expect("dice are small"),
            _ => 5 + i64::try_from(dice.below(25)).expect("dice are small"),
        };
        let invoice = super::add(tx, actor, subscription.account, &text)?;
        let paid = issued.plus_days(days);
        match dice.below(60) {
            0 => drop(super::void(tx, actor, invoice.id)?),
            _ if text.total == 0 || paid > today => {}
            1 | 2 => drop(super::pay(tx, actor, invoice.id, paid, (text.total / 2).max(1))?),
            _ => drop(super::pay(tx, actor, invoice.id, paid, text.total)?),
        }
        term += 1;
        issued = subscription
            .starts
            .plus_months(subscription.renewal.term_months * (term - 1));
    }
    Ok(())
}
