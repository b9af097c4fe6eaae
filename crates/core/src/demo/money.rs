//! What the accounts of the sample data pay: products, rates, subscriptions that grow, shrink, renew and end, their
//! invoices, and orders.

use kit::day::Day;
use kit::db::{Db, DbError, Tx};
use kit::id::Ids;
use kit::money::{Currency, Rate};
use kit::web::Failure;

use super::DemoError;
use crate::accounts::Account;
use crate::actor::Actor;
use crate::products::{self, Product};
use crate::subscriptions::{
    self, Change, EndReason, Price, RenewalTerms, Subscription, SubscriptionError, Terms,
};
use crate::{currencies, invoices, orders, value, workspaces};

/// What is sold, and for how many euro cents a seat and year; what comes last is ordered piece by piece.
const PRODUCTS: [(&str, i64); 6] = [
    ("Starter", 9_600),
    ("Team", 18_000),
    ("Enterprise", 30_000),
    ("Priority support", 4_800),
    ("Sensor kit", 0),
    ("Filter set", 0),
];
/// Where the things begin that are ordered, not subscribed to.
const GOODS: usize = 4;
/// Other currencies, what one of them was worth in euros in three years, and how many make a price of one euro.
const CURRENCIES: [(&str, [&str; 3], i64); 2] = [
    ("PLN", ["0.2180", "0.2310", "0.2345"], 4),
    ("USD", ["0.9410", "0.9230", "0.8690"], 1),
];
/// How many accounts one transaction subscribes.
const BATCH: usize = 40;
const YEAR: u64 = 365;

/// Where accounts buy.
struct Shop<'a> {
    actor: &'a Actor,
    products: &'a [(Product, i64)],
    today: Day,
    dice: &'a Ids,
}

/// Subscribes most of `accounts`.
pub(super) async fn subscribe(
    db: &Db,
    actor: &Actor,
    accounts: &[Account],
    dice: &Ids,
) -> Result<(), DemoError> {
    let (shopkeeper, today) = (actor.clone(), actor.workspace);
    let (products, today) = db
        .write(move |tx| {
            let today = workspaces::today(tx, today)?;
            Ok::<_, DemoError>((open_shop(tx, &shopkeeper, today)?, today))
        })
        .await?;
    for batch in accounts.chunks(BATCH) {
        let (batch, actor, products, seed) = (
            batch.to_vec(),
            actor.clone(),
            products.clone(),
            dice.below(u64::MAX),
        );
        db.write(move |tx| {
            // A closure may run again: each time with the same dice.
            let dice = Ids::seeded(seed);
            let shop = Shop {
                actor: &actor,
                products: &products,
                today,
                dice: &dice,
            };
            let goods: Vec<_> = products[GOODS..].iter().map(|(product, _)| product.id).collect();
            for account in &batch {
                shop.serve(tx, account).map_err(told)?;
                for subscription in subscriptions::of_account(tx, &actor, account.id).map_err(told)? {
                    invoices::demo::bill(tx, &actor, &subscription, today, &dice).map_err(told)?;
                }
                orders::demo::buy(tx, &actor, account, (&goods, today), &dice).map_err(told)?;
            }
            Ok::<_, DemoError>(())
        })
        .await?;
    }
    let workspace = actor.workspace;
    while db
        .write(move |tx| subscriptions::turn(tx, workspace).map_err(told))
        .await?
        > 0
    {}
    while db
        .write(move |tx| invoices::fall_due(tx, workspace).map_err(told))
        .await?
        > 0
    {}
    value::estimate_now(db, workspace).await?;
    Ok(())
}

fn open_shop(tx: &mut Tx<'_>, actor: &Actor, today: Day) -> Result<Vec<(Product, i64)>, DemoError> {
    for (code, rates, _) in CURRENCIES {
        for (year, rate) in (0..).zip(rates) {
            let rate = Rate::read(rate).expect("a rate");
            let day = today.plus_months(-36 + year * 12).month();
            currencies::set_rate(tx, actor, currency(code), day, rate).map_err(told)?;
        }
    }
    PRODUCTS
        .into_iter()
        .map(|(name, price)| Ok((products::add(tx, actor, name).map_err(told)?, price)))
        .collect()
}

impl Shop<'_> {
    /// One account buys a plan, perhaps support too, and goes on with it in its own way.
    fn serve(&self, tx: &mut Tx<'_>, account: &Account) -> Result<(), SubscriptionError> {
        if self.dice.below(12) == 0 {
            return Ok(());
        }
        let plan = &self.products[usize::try_from(self.dice.below(3)).expect("an index fits")];
        let starts = self.today.plus_days(-20 - self.below(3 * YEAR));
        let main = self.sell(tx, account, plan, (starts, 3 + self.below(60)))?;
        if self.below(4) == 0 {
            let later = starts.plus_days(self.below(200)).min(self.today);
            self.sell(tx, account, &self.products[3], (later, 1))?;
        }
        live_on(tx, self.actor, &main, self.today, self.dice)
    }

    fn sell(
        &self,
        tx: &mut Tx<'_>,
        account: &Account,
        (product, euros): &(Product, i64),
        (starts, seats): (Day, i64),
    ) -> Result<Subscription, SubscriptionError> {
        let foreign = usize::try_from(self.dice.below(8)).expect("an index fits");
        let (code, times) = CURRENCIES
            .get(foreign)
            .map_or(("EUR", 1), |(code, _, times)| (*code, *times));
        let terms = Terms {
            product: product.id,
            currency: currency(code),
            period_months: 12,
            price: Price {
                since: starts,
                seats,
                amount: euros * times,
                discount: self.below(4) * 500,
            },
            renewal: RenewalTerms {
                term_months: 12,
                notice_days: 60,
                is_automatic: self.below(3) > 0,
                day: None,
            },
            ends: None,
        };
        subscriptions::add(tx, self.actor, account.id, &terms)
    }

    fn below(&self, end: u64) -> i64 {
        i64::try_from(self.dice.below(end)).expect("dice are small")
    }
}

/// Seats come and go each year; some leave, and of those a few come back.
fn live_on(
    tx: &mut Tx<'_>,
    actor: &Actor,
    first: &Subscription,
    today: Day,
    dice: &Ids,
) -> Result<(), SubscriptionError> {
    let mut now = first.clone();
    let mut day = first.starts.plus_days(90);
    while day < today {
        match dice.below(10) {
            0 => {
                let reasons = EndReason::ALL;
                let reason = reasons[1 + usize::try_from(dice.below(6)).expect("an index fits")];
                subscriptions::end(tx, actor, now.id, day, reason)?;
                return Ok(());
            }
            fate => {
                let price = now.price_on(day);
                let seats = match fate {
                    1 | 2 => (price.seats * 3 / 4).max(1),
                    3..=6 => price.seats + 1 + price.seats / 4,
                    _ => price.seats,
                };
                let price = Price {
                    since: day,
                    seats,
                    ..price
                };
                let renewal = RenewalTerms {
                    term_months: now.renewal.term_months,
                    notice_days: now.renewal.notice_days,
                    is_automatic: now.renewal.is_automatic,
                    day: None,
                };
                now = subscriptions::change(tx, actor, now.id, now.version, &Change { price, renewal })?;
            }
        }
        while !now.renewal.is_automatic && now.renewal.day <= day {
            now = subscriptions::renew(tx, actor, now.id)?;
        }
        day = day.plus_days(120 + i64::try_from(dice.below(120)).expect("dice are small"));
    }
    // Nobody is so late that last year's renewals still wait.
    while !now.renewal.is_automatic && now.renewal.day <= today && dice.below(5) > 0 {
        now = subscriptions::renew(tx, actor, now.id)?;
    }
    Ok(())
}

fn currency(code: &str) -> Currency {
    code.parse().expect("a currency")
}

/// What a verb of money refused, which the sample data never asks for: the database's own failures pass as they are.
fn told(error: impl Into<Failure> + std::fmt::Display) -> DemoError {
    let said = error.to_string();
    match error.into().cause {
        Some(cause) => DemoError::Db(*cause),
        None => DemoError::Db(DbError::Unavailable(said)),
    }
}
