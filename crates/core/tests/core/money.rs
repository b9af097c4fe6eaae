//! Products, currencies and subscriptions: what fits, what is refused, who may, and what a term does at its end.

use std::time::Duration;

use kit::day::Day;
use kit::db::Db;
use kit::money::{Currency, Rate};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::currencies::{self, CurrencyError};
use tandem_core::products::{self, Product, ProductError};
use tandem_core::subscriptions::{
    self, Change, EndReason, Price, RenewalTerms, Subscription, SubscriptionError, Terms,
};
use tandem_core::workspaces;
use testkit::on_both;

use crate::world::{LISTS, World, add_account, kinds};

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

pub(crate) async fn add_product(db: &Db, actor: &Actor, name: &'static str) -> Result<Product, ProductError> {
    let actor = actor.clone();
    db.write(move |tx| products::add(tx, &actor, name)).await
}

pub(crate) fn terms(product: &Product, starts: Day) -> Terms {
    Terms {
        product: product.id,
        currency: currency("EUR"),
        period_months: 12,
        price: Price {
            since: starts,
            seats: 10,
            amount: 12_000,
            discount: 0,
        },
        renewal: RenewalTerms {
            term_months: 12,
            notice_days: 30,
            is_automatic: true,
            day: None,
        },
        ends: None,
    }
}

pub(crate) async fn subscribe(
    db: &Db,
    actor: &Actor,
    account: AccountId,
    terms: Terms,
) -> Result<Subscription, SubscriptionError> {
    let actor = actor.clone();
    db.write(move |tx| subscriptions::add(tx, &actor, account, &terms))
        .await
}

async fn today(db: &Db, actor: &Actor) -> Day {
    let workspace = actor.workspace;
    db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap()
}

on_both! { LISTS;
    async fn a_subscription_brings_what_its_price_says_while_it_is_there(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let starts = today(&db, &world.ada).await;
        let terms = Terms { ends: Some(starts.plus_months(12)), ..terms(&product, starts) };
        let added = subscribe(&db, &world.ada, account, terms).await.unwrap();
        assert_eq!(added.mrr_on(starts).minor, 10_000);
        assert_eq!(added.arr_on(starts).minor, 120_000);
        assert_eq!(added.mrr_on(starts.plus_days(-1)).minor, 0);
        assert_eq!(added.mrr_on(starts.plus_months(12)).minor, 0);
        assert_eq!(added.renewal.day, starts.plus_months(12));
        let (ada, id) = (world.ada.clone(), added.id);
        let found = db.read(move |tx| subscriptions::find(tx, &ada, id)).await.unwrap();
        assert_eq!(found, Some(added));
    }

    async fn a_new_price_holds_from_its_day_and_the_old_one_before(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let starts = day("2026-01-01");
        let added = subscribe(&db, &world.ada, account, terms(&product, starts)).await.unwrap();
        let since = day("2026-07-01");
        let change = Change {
            price: Price { since, seats: 15, amount: 12_000, discount: 1_000 },
            renewal: RenewalTerms { term_months: 12, notice_days: 60, is_automatic: true, day: None },
        };
        let (ada, id) = (world.ada.clone(), added.id);
        let changed = db.write(move |tx| subscriptions::change(tx, &ada, id, 1, &change)).await.unwrap();
        assert_eq!((changed.mrr_on(day("2026-06-30")).minor, changed.mrr_on(since).minor), (10_000, 13_500));
        assert_eq!((changed.prices.len(), changed.renewal.notice_days, changed.version), (2, 60, 2));
        let ada = world.ada.clone();
        let stale = db.write(move |tx| subscriptions::change(tx, &ada, id, 1, &change)).await.unwrap_err();
        assert!(matches!(stale, SubscriptionError::Stale(now) if now.version == 2));
        let ada = world.ada.clone();
        let same = db.write(move |tx| subscriptions::change(tx, &ada, id, 2, &change)).await.unwrap();
        assert_eq!(same.version, 2);
        let early = Change { price: Price { since: day("2025-12-31"), ..change.price }, ..change };
        let ada = world.ada.clone();
        let outside = db.write(move |tx| subscriptions::change(tx, &ada, id, 2, &early)).await;
        assert_eq!(outside, Err(SubscriptionError::PriceOutside));
    }

    async fn an_account_has_a_product_once_at_a_time(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let other = add_product(&db, &world.ada, "Support").await.unwrap();
        let first = Terms { ends: Some(day("2026-06-01")), ..terms(&product, day("2026-01-01")) };
        let first = subscribe(&db, &world.ada, account, first).await.unwrap();
        let second = subscribe(&db, &world.ada, account, terms(&product, day("2026-05-31"))).await;
        assert_eq!(second, Err(SubscriptionError::Overlaps(first.id)));
        subscribe(&db, &world.ada, account, terms(&other, day("2026-01-01"))).await.unwrap();
        subscribe(&db, &world.ada, account, terms(&product, day("2026-06-01"))).await.unwrap();
        // Its place is taken: it can't go on.
        let (ada, id) = (world.ada.clone(), first.id);
        let resumed = db.write(move |tx| subscriptions::resume(tx, &ada, id)).await;
        assert!(matches!(resumed, Err(SubscriptionError::Overlaps(_))));
    }

    async fn what_does_not_fit_is_refused_and_nothing_is_kept(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let good = terms(&product, day("2026-01-01"));
        let price = |change: fn(&mut Price)| {
            let mut terms = good.clone();
            change(&mut terms.price);
            terms
        };
        let renewal = |change: fn(&mut RenewalTerms)| {
            let mut terms = good.clone();
            change(&mut terms.renewal);
            terms
        };
        for (terms, wrong) in [
            (price(|price| price.seats = 0), SubscriptionError::BadSeats),
            (price(|price| price.amount = -1), SubscriptionError::BadPrice),
            (price(|price| price.discount = 10_001), SubscriptionError::BadDiscount),
            (renewal(|renewal| renewal.term_months = 0), SubscriptionError::BadTerm),
            (renewal(|renewal| renewal.notice_days = 400), SubscriptionError::BadNotice),
            (renewal(|renewal| renewal.day = Some("2026-01-01".parse().unwrap())), SubscriptionError::RenewsTooEarly),
            (Terms { ends: Some(day("2026-01-01")), ..good.clone() }, SubscriptionError::EndsTooEarly),
            (Terms { period_months: 0, ..good.clone() }, SubscriptionError::BadPeriod),
            (Terms { product: "prd_01k0000000000000000000000z".parse().unwrap(), ..good.clone() }, SubscriptionError::UnknownProduct),
        ] {
            assert_eq!(subscribe(&db, &world.ada, account, terms).await, Err(wrong));
        }
        let ada = world.ada.clone();
        assert_eq!(db.read(move |tx| subscriptions::of_account(tx, &ada, account)).await, Ok(Vec::new()));
        assert!(!kinds(&db).await.contains(&"subscription.added".to_owned()));
    }

    async fn ending_can_be_taken_back_and_renewing_too(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let starts = today(&db, &world.ada).await;
        let added = subscribe(&db, &world.ada, account, terms(&product, starts)).await.unwrap();
        let (ada, id, ends) = (world.ada.clone(), added.id, starts.plus_months(3));
        let ended = db.write(move |tx| subscriptions::end(tx, &ada, id, ends, EndReason::Price)).await.unwrap();
        assert_eq!(ended.end.as_ref().map(|end| (end.day, end.reason)), Some((ends, EndReason::Price)));
        let ada = world.ada.clone();
        assert_eq!(db.write(move |tx| subscriptions::renew(tx, &ada, id)).await, Err(SubscriptionError::Ends(ends)));
        let ada = world.ada.clone();
        let resumed = db.write(move |tx| subscriptions::resume(tx, &ada, id)).await.unwrap();
        assert_eq!((resumed.end, resumed.renewal), (None, added.renewal));
        let ada = world.ada.clone();
        let renewed = db.write(move |tx| subscriptions::renew(tx, &ada, id)).await.unwrap();
        assert_eq!(renewed.renewal.day, starts.plus_months(24));
        for _ in 0..2 {
            let ada = world.ada.clone();
            let back = db.write(move |tx| subscriptions::unrenew(tx, &ada, id)).await.unwrap();
            assert_eq!(back.renewal.day, starts.plus_months(12));
        }
    }

    async fn a_term_that_is_over_renews_by_itself_or_ends(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let other = add_product(&db, &world.ada, "Support").await.unwrap();
        let starts = today(&db, &world.ada).await;
        let automatic = subscribe(&db, &world.ada, account, terms(&product, starts)).await.unwrap();
        let mut by_hand = terms(&other, starts);
        by_hand.renewal.is_automatic = false;
        let by_hand = subscribe(&db, &world.ada, account, by_hand).await.unwrap();
        db.clock.advance(Duration::from_secs(86_400 * 366));
        let workspace = world.workspace.id;
        for moved in [2, 0] {
            assert_eq!(db.write(move |tx| subscriptions::turn(tx, workspace)).await, Ok(moved));
        }
        let (ada, ids) = (world.ada.clone(), (automatic.id, by_hand.id));
        let (automatic, by_hand) = db
            .read(move |tx| {
                let automatic = subscriptions::find(tx, &ada, ids.0)?.unwrap();
                Ok::<_, SubscriptionError>((automatic, subscriptions::find(tx, &ada, ids.1)?.unwrap()))
            })
            .await
            .unwrap();
        assert_eq!((automatic.renewal.day, automatic.end), (starts.plus_months(24), None));
        let end = by_hand.end.unwrap();
        assert_eq!((end.day, end.reason), (starts.plus_months(12), EndReason::NotRenewed));
    }

    async fn another_workspace_sees_and_changes_nothing_of_the_money(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let starts = day("2026-01-01");
        let added = subscribe(&db, &world.ada, account, terms(&product, starts)).await.unwrap();
        let (eve, theirs) = (world.eve.clone(), product.clone());
        db.write(move |tx| {
            assert_eq!(subscriptions::find(tx, &eve, added.id)?, None);
            assert!(subscriptions::list(tx, &eve, None, 10)?.is_empty());
            assert_eq!(subscriptions::of_account(tx, &eve, account), Err(SubscriptionError::UnknownAccount));
            assert_eq!(subscriptions::renew(tx, &eve, added.id), Err(SubscriptionError::Unknown));
            let ended = subscriptions::end(tx, &eve, added.id, starts.plus_days(1), EndReason::Other);
            assert_eq!(ended, Err(SubscriptionError::Unknown));
            assert_eq!(products::all(tx, &eve), Ok(Vec::new()));
            let foreign = subscriptions::add(tx, &eve, account, &terms(&theirs, starts));
            assert_eq!(foreign, Err(SubscriptionError::UnknownAccount));
            Ok::<_, SubscriptionError>(())
        })
        .await
        .unwrap();
        assert!(matches!(subscribe(&db, &world.sam, account, terms(&product, starts)).await, Err(SubscriptionError::Forbidden(_))));
        assert!(matches!(add_product(&db, &world.sam, "X").await, Err(ProductError::Forbidden(_))));
    }

    async fn product_names_differ_whatever_their_capitals(db: TestDb) {
        let world = World::new(&db).await;
        let product = add_product(&db, &world.ada, " Team plan ").await.unwrap();
        assert_eq!(product.name, "Team plan");
        assert_eq!(add_product(&db, &world.ada, "TEAM PLAN").await, Err(ProductError::NameTaken));
        assert_eq!(add_product(&db, &world.ada, "  ").await, Err(ProductError::BadName));
        add_product(&db, &world.eve, "Team plan").await.unwrap();
        let ada = world.ada.clone();
        let renamed = db.write(move |tx| products::rename(tx, &ada, product.id, 1, "Team")).await.unwrap();
        assert_eq!((renamed.name.as_str(), renamed.version), ("Team", 2));
    }

    async fn a_sum_is_at_the_rate_of_its_day(db: TestDb) {
        let world = World::new(&db).await;
        let rate = |text: &str| Rate::read(text).unwrap();
        for (from, worth) in [("2026-01-01", "0.25"), ("2026-06-01", "0.5")] {
            let ada = world.ada.clone();
            db.write(move |tx| currencies::set_rate(tx, &ada, currency("PLN"), day(from), rate(worth))).await.unwrap();
        }
        let workspace = world.workspace.id;
        let on = async |text| db.read(move |tx| currencies::on(tx, workspace, day(text))).await.unwrap();
        let amount = kit::money::Money { minor: 1_000, currency: currency("PLN") };
        assert_eq!(on("2025-12-31").await.convert(amount), None);
        assert_eq!(on("2026-05-31").await.convert(amount), Some(250));
        assert_eq!(on("2026-06-01").await.convert(amount), Some(500));
        // A second rate of a day takes the place of the first; another reporting currency has rates of its own.
        let ada = world.ada.clone();
        db.write(move |tx| currencies::set_rate(tx, &ada, currency("PLN"), day("2026-06-01"), rate("0.4"))).await.unwrap();
        assert_eq!(on("2026-06-01").await.convert(amount), Some(400));
        let ada = world.ada.clone();
        db.write(move |tx| {
            let own = currencies::set_rate(tx, &ada, currency("EUR"), day("2026-06-01"), Rate::ONE);
            assert_eq!(own, Err(CurrencyError::SameCurrency));
            currencies::choose(tx, &ada, currency("PLN"))
        })
        .await
        .unwrap();
        assert_eq!(on("2026-06-01").await.convert(amount), Some(1_000));
    }
}
