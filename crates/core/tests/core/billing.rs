//! What Stripe says becomes ours: believed when signed, kept once, and the same whatever order it arrives in.

use std::sync::Arc;

use kit::db::Db;
use kit::id::Ids;
use kit::jobs::{Jobs, Options};
use kit::seal::{Seal, SealKey};
use serde_json::{Value, json};
use tandem_core::accounts;
use tandem_core::actor::Actor;
use tandem_core::billing::signature::{self, Disbelief};
use tandem_core::billing::{self, BillingError, Connection, Gate, Outcome, mapping, receiving};
use tandem_core::invoices::{self, State};
use tandem_core::subscriptions::{self, EndReason};
use testkit::on_both;

use crate::money::{add_product, day};
use crate::world::{LISTS, World, add_account, kinds};

const SECRET: &str = "whsec_4f1e0c6a2b9d";
/// 2026-01-01 in UTC, in seconds.
const BEGIN: i64 = 1_767_225_600;
const DAY: i64 = 86_400;

fn event(id: &str, kind: &str, at: i64, object: Value) -> Value {
    json!({
        "id": id, "object": "event", "api_version": "2025-03-31.basil", "created": at, "type": kind,
        "livemode": false, "pending_webhooks": 1, "request": { "id": null, "idempotency_key": null },
        "data": { "object": object }
    })
}

fn customer(name: &str) -> Value {
    json!({ "id": "cus_A", "object": "customer", "name": name, "email": "pay@acme.example", "metadata": {} })
}

/// A subscription with a monthly item, as API versions from 2025 on write it.
fn subscription(status: &str, price: &str, quantity: i64, more: Value) -> Value {
    let mut whole = json!({
        "id": "sub_S", "object": "subscription", "customer": "cus_A", "status": status,
        "start_date": BEGIN, "created": BEGIN, "trial_end": null, "cancel_at": null,
        "cancel_at_period_end": false, "canceled_at": null, "ended_at": null, "discounts": [], "pause_collection": null,
        "cancellation_details": { "comment": null, "feedback": null, "reason": null },
        "items": { "object": "list", "data": [{
            "id": "si_1", "object": "subscription_item", "quantity": quantity,
            "current_period_start": BEGIN, "current_period_end": BEGIN + 31 * DAY,
            "price": {
                "id": price, "object": "price", "product": "prod_P", "currency": "eur", "unit_amount": 1_500,
                "billing_scheme": "per_unit", "type": "recurring",
                "recurring": { "interval": "month", "interval_count": 1, "usage_type": "licensed" }
            }
        }] }
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        whole[name] = value.clone();
    }
    whole
}

fn invoice(status: &str, paid: i64) -> Value {
    json!({
        "id": "in_I", "object": "invoice", "customer": "cus_A", "status": status, "number": "ACME-0001",
        "currency": "eur", "total": 4_500, "amount_due": 4_500, "amount_paid": paid, "created": BEGIN,
        "due_date": BEGIN + 14 * DAY,
        "status_transitions": {
            "finalized_at": BEGIN + 3_600, "paid_at": if status == "paid" { Some(BEGIN + 9 * DAY) } else { None }
        }
    })
}

/// A history of a customer: it grows, pays in two parts, and leaves.
fn history() -> Vec<Value> {
    let deleted = json!({
        "canceled_at": BEGIN + 60 * DAY, "ended_at": BEGIN + 90 * DAY,
        "cancellation_details": { "comment": null, "feedback": "too_expensive", "reason": "cancellation_requested" }
    });
    vec![
        event("evt_1", "customer.created", BEGIN, customer("Acme")),
        event("evt_2", "customer.updated", BEGIN + 5, customer("Acme GmbH")),
        event(
            "evt_3",
            "customer.subscription.created",
            BEGIN,
            subscription("incomplete", "price_1", 3, json!({})),
        ),
        event(
            "evt_4",
            "customer.subscription.updated",
            BEGIN,
            subscription("active", "price_1", 3, json!({})),
        ),
        event(
            "evt_5",
            "customer.subscription.updated",
            BEGIN + 40 * DAY,
            subscription("active", "price_1", 5, json!({})),
        ),
        event(
            "evt_6",
            "customer.subscription.deleted",
            BEGIN + 90 * DAY,
            subscription("canceled", "price_1", 5, deleted),
        ),
        event(
            "evt_7",
            "invoice.created",
            BEGIN,
            json!({ "id": "in_I", "object": "invoice", "customer": "cus_A", "status": "draft", "number": null, "currency": "eur", "total": 4_500, "amount_paid": 0, "created": BEGIN }),
        ),
        event("evt_8", "invoice.finalized", BEGIN + 3_600, invoice("open", 0)),
        event(
            "evt_9",
            "invoice.updated",
            BEGIN + 4 * DAY,
            invoice("open", 1_000),
        ),
        event("evt_10", "invoice.paid", BEGIN + 9 * DAY, invoice("paid", 4_500)),
        event(
            "evt_11",
            "charge.succeeded",
            BEGIN,
            json!({ "id": "ch_1", "object": "charge", "customer": "cus_A" }),
        ),
    ]
}

async fn connect(db: &Db, actor: &Actor, adds_accounts: bool) -> Connection {
    let actor = actor.clone();
    db.write(move |tx| {
        let made = billing::connect(tx, &actor, "Stripe", SECRET)?;
        billing::change(tx, &actor, made.id, 1, ("Stripe", adds_accounts))
    })
    .await
    .unwrap()
}

async fn deliver(db: &Db, gate: Gate, body: &Value) -> Result<(), BillingError> {
    let body = body.to_string();
    db.write(move |tx| {
        let header = signature::header(body.as_bytes(), SECRET.as_bytes(), tx.now().0 / 1_000_000);
        receiving::receive(tx, gate, &header, &body)
    })
    .await
}

async fn run(db: &Db) {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), billing::jobs::settle_one);
    jobs.reaction(Options::new(), billing::jobs::replay_all);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

/// What a workspace holds, without what differs between two tellings of the same: ids, versions, times.
async fn state(db: &Db, actor: &Actor) -> Value {
    let actor = actor.clone();
    db.read(move |tx| {
        let mut all = Vec::new();
        for account in accounts::list(tx, &actor, None, 50).unwrap() {
            let subscriptions = subscriptions::of_account(tx, &actor, account.id).unwrap();
            let subscriptions: Vec<_> = subscriptions.iter().map(|one| json!({
                "product": one.product_name, "starts": one.starts, "currency": one.currency, "months": one.period_months,
                "renews": one.renewal.day, "automatic": one.renewal.is_automatic,
                "prices": one.prices.iter().map(|price| (price.since, price.seats, price.amount, price.discount)).collect::<Vec<_>>(),
                "end": one.end.as_ref().map(|end| (end.day, end.reason)),
            })).collect();
            let filter = invoices::Filter { account: Some(account.id), ..Default::default() };
            let invoices = invoices::list(tx, &actor, &filter, None, 50).unwrap();
            let invoices: Vec<_> = invoices.iter().map(|one| json!({
                "number": one.number, "issued": one.issued, "due": one.due, "total": one.total,
                "paid": one.payments.iter().map(|payment| (payment.day, payment.amount)).collect::<Vec<_>>(),
                "void": one.void.is_some(),
            })).collect();
            all.push(json!({ "name": account.name, "subscriptions": subscriptions, "invoices": invoices }));
        }
        Ok::<_, kit::db::DbError>(json!(all))
    })
    .await
    .unwrap()
}

async fn outcomes(db: &Db, actor: &Actor, connection: &Connection) -> Vec<(String, Outcome, String)> {
    let (actor, id) = (actor.clone(), connection.id);
    let log = db
        .read(move |tx| billing::log(tx, &actor, id, (None, None), 50))
        .await
        .unwrap();
    log.into_iter()
        .rev()
        .map(|one| (one.event, one.outcome, one.reason))
        .collect()
}

async fn map_product(
    db: &Db,
    actor: &Actor,
    connection: &Connection,
    code: &'static str,
    product: tandem_core::products::ProductId,
) {
    let (actor, id) = (actor.clone(), connection.id);
    db.write(move |tx| mapping::link_product(tx, &actor, id, code, product))
        .await
        .unwrap();
}

fn sealed(db: &Db) {
    db.attach(Arc::new(Seal::new(&[SealKey::new(&Ids::seeded(5))]).unwrap()));
}

fn gate(actor: &Actor, connection: &Connection) -> Gate {
    Gate {
        workspace: actor.workspace,
        connection: connection.id,
    }
}

on_both! { LISTS;
    async fn a_history_becomes_an_account_its_subscription_and_its_invoice(db: TestDb) {
        sealed(&db);
        let world = World::new(&db).await;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let connection = connect(&db, &world.ada, true).await;
        map_product(&db, &world.ada, &connection, "prod_P", product.id).await;
        for event in history() {
            deliver(&db, gate(&world.ada, &connection), &event).await.unwrap();
            run(&db).await;
        }
        let now = state(&db, &world.ada).await;
        assert_eq!(now[0]["name"], "Acme GmbH");
        assert_eq!(now[0]["subscriptions"], json!([{
            "product": "Team plan", "starts": "2026-01-01", "currency": "EUR", "months": 1, "renews": "2026-02-01", "automatic": true,
            "prices": [["2026-01-01", 3, 1_500, 0], ["2026-02-10", 5, 1_500, 0]],
            "end": ["2026-04-01", "price"],
        }]));
        assert_eq!(now[0]["invoices"], json!([{
            "number": "ACME-0001", "issued": "2026-01-01", "due": "2026-01-15", "total": 4_500,
            "paid": [["2026-01-05", 1_000], ["2026-01-10", 3_500]], "void": false,
        }]));
        let log = outcomes(&db, &world.ada, &connection).await;
        assert_eq!(log.len(), 11);
        assert!(log[..10].iter().all(|(_, outcome, _)| *outcome == Outcome::Applied), "{log:?}");
        assert_eq!((log[10].1, log[10].2.as_str()), (Outcome::Ignored, "kind"));
    }

    async fn shuffled_and_repeated_deliveries_end_in_the_same_state(db: TestDb) {
        sealed(&db);
        let dice = Ids::seeded(11);
        let mut first: Option<Value> = None;
        for turn in 0..12 {
            // Each telling in a workspace of its own.
            let world = World::new(&db).await;
            let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
            let connection = connect(&db, &world.ada, true).await;
            map_product(&db, &world.ada, &connection, "price_1", product.id).await;
            let mut deliveries = [history(), history()].concat();
            for place in (1..deliveries.len()).rev() {
                deliveries.swap(place, usize::try_from(dice.below(place as u64 + 1)).unwrap());
            }
            for event in deliveries {
                deliver(&db, gate(&world.ada, &connection), &event).await.unwrap();
                // Sometimes work waits while more arrives.
                if dice.below(3) > 0 {
                    run(&db).await;
                }
            }
            run(&db).await;
            let now = state(&db, &world.ada).await;
            assert_eq!(outcomes(&db, &world.ada, &connection).await.len(), 11);
            match &first {
                None => first = Some(now),
                Some(first) => assert_eq!(&now, first, "telling {turn}"),
            }
        }
    }

    async fn what_nobody_mapped_waits_and_is_taken_over_when_somebody_does(db: TestDb) {
        sealed(&db);
        let world = World::new(&db).await;
        let connection = connect(&db, &world.ada, false).await;
        for event in history() {
            deliver(&db, gate(&world.ada, &connection), &event).await.unwrap();
        }
        run(&db).await;
        assert_eq!(state(&db, &world.ada).await, json!([]));
        let (ada, id) = (world.ada.clone(), connection.id);
        let waits = db.read(move |tx| mapping::of(tx, &ada, id)).await.unwrap();
        assert_eq!((waits.unknown_customers.len(), waits.unknown_customers[0].code.as_str(), waits.unknown_prices.len()), (1, "cus_A", 0));
        add_account(&db, &world.ada, "Acme").await.unwrap();
        let (ada, id) = (world.ada.clone(), connection.id);
        db.write(move |tx| mapping::link_customer(tx, &ada, id, "cus_A", "Acme")).await.unwrap();
        run(&db).await;
        let (ada, id) = (world.ada.clone(), connection.id);
        let waits = db.read(move |tx| mapping::of(tx, &ada, id)).await.unwrap();
        assert_eq!((waits.unknown_customers.len(), waits.unknown_prices[0].code.as_str()), (0, "price_1"));
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        map_product(&db, &world.ada, &connection, "price_1", product.id).await;
        run(&db).await;
        let now = state(&db, &world.ada).await;
        assert_eq!((now[0]["name"].as_str(), now[0]["subscriptions"].as_array().unwrap().len()), (Some("Acme"), 1));
        // Another product for the price: the subscription is of that one from now on.
        let other = add_product(&db, &world.ada, "Big plan").await.unwrap();
        map_product(&db, &world.ada, &connection, "price_1", other.id).await;
        run(&db).await;
        let now = state(&db, &world.ada).await;
        let names: Vec<_> = now[0]["subscriptions"].as_array().unwrap().iter().map(|one| one["product"].as_str().unwrap().to_owned()).collect();
        assert_eq!(names, ["Big plan"]);
        // Another account for the customer: all of it is that one's from now on, and the first one brings nothing.
        let first = now[0].clone();
        add_account(&db, &world.ada, "Borealis").await.unwrap();
        let (ada, id) = (world.ada.clone(), connection.id);
        db.write(move |tx| mapping::link_customer(tx, &ada, id, "cus_A", "Borealis")).await.unwrap();
        run(&db).await;
        let now = state(&db, &world.ada).await;
        let of = |name: &str| now.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
        assert_eq!((&of("Borealis")["subscriptions"], &of("Borealis")["invoices"]), (&first["subscriptions"], &first["invoices"]));
        assert_eq!((&of("Acme")["subscriptions"], &of("Acme")["invoices"]), (&json!([]), &json!([])));
        // The ledger of the one that it was taken from hears of it.
        assert!(kinds(&db).await.iter().any(|kind| kind == subscriptions::REMOVED.name));
    }

    async fn only_what_is_signed_now_is_believed_and_two_secrets_hold_for_a_day(db: TestDb) {
        sealed(&db);
        let world = World::new(&db).await;
        let connection = connect(&db, &world.ada, true).await;
        let (gate, body) = (gate(&world.ada, &connection), history()[0].to_string());
        let send = async |secret: &'static str, age: i64| {
            let body = body.clone();
            db.write(move |tx| {
                let header = signature::header(body.as_bytes(), secret.as_bytes(), tx.now().0 / 1_000_000 - age);
                receiving::receive(tx, gate, &header, &body)
            })
            .await
        };
        assert_eq!(send("whsec_other_one", 0).await, Err(BillingError::Disbelieved(Disbelief::Wrong)));
        assert_eq!(send(SECRET, 301).await, Err(BillingError::Disbelieved(Disbelief::TooOld)));
        let (ada, id) = (world.ada.clone(), connection.id);
        db.write(move |tx| billing::add_secret(tx, &ada, id, "whsec_new_secret_1")).await.unwrap();
        assert_eq!((send(SECRET, 0).await, send("whsec_new_secret_1", 0).await), (Ok(()), Ok(())));
        db.clock().advance(billing::OVERLAP + std::time::Duration::from_secs(1));
        assert_eq!(send(SECRET, 0).await, Err(BillingError::Disbelieved(Disbelief::Wrong)));
        assert_eq!(send("whsec_new_secret_1", 0).await, Ok(()));
        assert_eq!(outcomes(&db, &world.ada, &connection).await.len(), 1);
        let (eve, id) = (world.eve.clone(), connection.id);
        assert_eq!(db.read(move |tx| billing::find(tx, &eve, id)).await.unwrap(), None);
        let sam = world.sam.clone();
        assert!(matches!(db.read(move |tx| billing::all(tx, &sam)).await, Err(BillingError::Forbidden(_))));
    }

    async fn what_cannot_be_taken_over_says_why(db: TestDb) {
        sealed(&db);
        let world = World::new(&db).await;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let connection = connect(&db, &world.ada, true).await;
        map_product(&db, &world.ada, &connection, "prod_P", product.id).await;
        deliver(&db, gate(&world.ada, &connection), &history()[0]).await.unwrap();
        let weekly = |object: &str, pointer: &str, value: Value| {
            let mut one = subscription("active", "price_1", 1, json!({ "id": object }));
            *one.pointer_mut(pointer).unwrap() = value;
            one
        };
        for (number, (object, reason)) in [
            (weekly("sub_week", "/items/data/0/price/recurring/interval", json!("week")), "interval:price_1"),
            (weekly("sub_metered", "/items/data/0/price/unit_amount", json!(null)), "no_amount:price_1"),
            (weekly("sub_coin", "/items/data/0/price/currency", json!("xyz")), "currency"),
            (weekly("sub_bare", "/status", json!(null)), "field:status"),
            (weekly("sub_one", "/status", json!("active")), ""),
            (weekly("sub_two", "/status", json!("trialing")), "overlap"),
        ].into_iter().enumerate() {
            let event = event(&format!("evt_x{number}"), "customer.subscription.updated", BEGIN + 9, object);
            deliver(&db, gate(&world.ada, &connection), &event).await.unwrap();
            run(&db).await;
            let log = outcomes(&db, &world.ada, &connection).await;
            assert_eq!(log.last().unwrap().2, reason, "{log:?}");
        }
    }

    async fn trials_pauses_changes_of_plan_and_notices_are_read(db: TestDb) {
        sealed(&db);
        let world = World::new(&db).await;
        let product = add_product(&db, &world.ada, "Team plan").await.unwrap();
        let big = add_product(&db, &world.ada, "Big plan").await.unwrap();
        let connection = connect(&db, &world.ada, true).await;
        map_product(&db, &world.ada, &connection, "price_1", product.id).await;
        map_product(&db, &world.ada, &connection, "price_2", big.id).await;
        let trial = json!({ "trial_end": BEGIN + 14 * DAY });
        let off = json!({ "discounts": [{ "id": "di_1", "coupon": { "percent_off": 25.0 } }] });
        let leaving = json!({ "cancel_at_period_end": true, "cancel_at": BEGIN + 120 * DAY });
        let of_big = |mut one: Value| {
            one["items"]["data"][0]["price"]["product"] = json!("prod_Q");
            one
        };
        for event in [
            event("evt_1", "customer.created", BEGIN, customer("Acme")),
            event("evt_2", "customer.subscription.created", BEGIN, subscription("trialing", "price_1", 2, trial)),
            event("evt_3", "customer.subscription.updated", BEGIN + 50 * DAY, subscription("active", "price_1", 2, off)),
            event("evt_4", "customer.subscription.updated", BEGIN + 80 * DAY, of_big(subscription("active", "price_2", 2, json!({})))),
            event("evt_5", "customer.subscription.updated", BEGIN + 100 * DAY, of_big(subscription("active", "price_2", 2, leaving))),
        ] {
            deliver(&db, gate(&world.ada, &connection), &event).await.unwrap();
            run(&db).await;
        }
        let now = state(&db, &world.ada).await;
        let of = |name: &str| now[0]["subscriptions"].as_array().unwrap().iter().find(|one| one["product"] == name).unwrap().clone();
        let (first, second) = (of("Team plan"), of("Big plan"));
        assert_eq!(first["prices"], json!([["2026-01-01", 2, 0, 0], ["2026-01-15", 2, 1_500, 0], ["2026-02-20", 2, 1_500, 2_500]]));
        assert_eq!(first["end"], json!(["2026-03-22", EndReason::Replaced]));
        assert_eq!((&second["starts"], &second["automatic"]), (&json!("2026-03-22"), &json!(false)));
        assert_eq!(second["end"], json!([day("2026-01-01").plus_days(120), EndReason::Other]));
        assert_eq!(State::named("paid"), Some(State::Paid));
    }
}
