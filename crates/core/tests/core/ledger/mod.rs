//! The ledger adds up: against an oracle that walks day by day, and through events, jobs and roll-ups.

mod adding;
mod counting;

use kit::day::Day;
use kit::db::Db;
use kit::id::Ids;
use kit::money::Rate;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::currencies;
use tandem_core::ledger;
use tandem_core::subscriptions::{self, Change, EndReason, Price, RenewalTerms, Subscription};

use crate::money::{add_product, currency, day, subscribe, terms};
use crate::world::{World, add_account};

/// What the accounts of a workspace bring, straight from their subscriptions.
struct Book {
    accounts: Vec<Vec<Subscription>>,
}

impl Book {
    fn is_active(&self, account: usize, day: Day) -> bool {
        self.accounts[account].iter().any(|one| one.is_active_on(day))
    }

    /// In euros, a dollar being worth half of one.
    fn mrr(&self, account: usize, day: Day) -> i64 {
        let of = |code| -> i64 {
            let one = self.accounts[account]
                .iter()
                .filter(|one| one.currency == currency(code));
            one.map(|one| one.mrr_on(day).minor).sum()
        };
        of("EUR") + of("USD") / 2
    }
}

async fn live(
    db: &Db,
    actor: &Actor,
    account: AccountId,
    dice: &Ids,
    product: &tandem_core::products::Product,
) {
    let starts = day("2025-01-01").plus_days(i64::try_from(dice.below(600)).unwrap());
    let mut first = terms(product, starts);
    // Even amounts, so that half of a dollar is exact.
    first.price.amount = 24_000 * (1 + i64::try_from(dice.below(5)).unwrap());
    first.currency = currency(["EUR", "USD"][usize::try_from(dice.below(2)).unwrap()]);
    let added = subscribe(db, actor, account, first.clone()).await.unwrap();
    let (mut now, mut since) = (added, starts);
    for _ in 0..dice.below(4) {
        since = since.plus_days(10 + i64::try_from(dice.below(150)).unwrap());
        let price = Price {
            since,
            seats: 2 * (1 + i64::try_from(dice.below(8)).unwrap()),
            ..now.prices[0]
        };
        let renewal = RenewalTerms {
            term_months: 12,
            notice_days: 30,
            is_automatic: true,
            day: None,
        };
        let (actor, id, version) = (actor.clone(), now.id, now.version);
        let change = Change { price, renewal };
        now = db
            .write(move |tx| subscriptions::change(tx, &actor, id, version, &change))
            .await
            .unwrap();
    }
    if dice.below(2) == 0 {
        let (ender, id, day) = (
            actor.clone(),
            now.id,
            since.plus_days(5 + i64::try_from(dice.below(90)).unwrap()),
        );
        db.write(move |tx| subscriptions::end(tx, &ender, id, day, EndReason::Price))
            .await
            .unwrap();
        if dice.below(2) == 0 {
            // Some come back in the other currency, some of them on the same day.
            let back = subscriptions::Terms {
                price: Price {
                    since: day.plus_days(20 * i64::try_from(dice.below(4)).unwrap()),
                    ..first.price
                },
                currency: currency(["EUR", "USD"][usize::try_from(dice.below(2)).unwrap()]),
                ..first
            };
            subscribe(db, actor, account, back).await.unwrap();
        }
    }
}

async fn book(db: &Db, world: &World) -> (Book, Vec<AccountId>) {
    let dice = Ids::seeded(4);
    let product = add_product(db, &world.ada, "Team plan").await.unwrap();
    let ada = world.ada.clone();
    db.write(move |tx| {
        let worth = Rate::read("0.5").unwrap();
        currencies::set_rate(tx, &ada, currency("USD"), day("2020-01-01"), worth)
    })
    .await
    .unwrap();
    let mut ids = Vec::new();
    for number in 0..14 {
        let account = add_account(db, &world.ada, &format!("Account {number}"))
            .await
            .unwrap()
            .id;
        live(db, &world.ada, account, &dice, &product).await;
        ids.push(account);
    }
    let (ada, accounts) = (world.ada.clone(), ids.clone());
    let accounts = db
        .write(move |tx| {
            let mut all = Vec::new();
            for account in &accounts {
                ledger::derive(tx, ada.workspace, *account)?;
                all.push(subscriptions::of_account(tx, &ada, *account)?);
            }
            Ok::<_, subscriptions::SubscriptionError>(all)
        })
        .await
        .unwrap();
    (Book { accounts }, ids)
}
