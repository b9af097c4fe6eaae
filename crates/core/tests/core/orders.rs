//! Orders and invoices: what fits, what is refused, who may, and how an invoice stands.

use std::time::Duration;

use kit::db::Db;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::invoices::{self, Invoice, InvoiceError, InvoiceText, State};
use tandem_core::orders::{self, Filter, Line, Order, OrderError, OrderText};
use tandem_core::workspaces;
use testkit::on_both;

use crate::money::{add_product, currency, day};
use crate::world::{LISTS, World, add_account, kinds};

pub(crate) fn order_text(number: &str, on: &str, total: i64) -> OrderText {
    OrderText {
        number: number.to_owned(),
        day: day(on),
        currency: currency("EUR"),
        lines: vec![Line::whole(None, total)],
    }
}

pub(crate) async fn order(
    db: &Db,
    actor: &Actor,
    account: AccountId,
    text: OrderText,
) -> Result<Order, OrderError> {
    let actor = actor.clone();
    db.write(move |tx| orders::add(tx, &actor, account, &text)).await
}

fn invoice_text(number: &str, issued: &str, total: i64) -> InvoiceText {
    InvoiceText {
        number: number.to_owned(),
        issued: day(issued),
        due: day(issued).plus_days(14),
        currency: currency("EUR"),
        total,
    }
}

async fn invoice(
    db: &Db,
    actor: &Actor,
    account: AccountId,
    text: InvoiceText,
) -> Result<Invoice, InvoiceError> {
    let actor = actor.clone();
    db.write(move |tx| invoices::add(tx, &actor, account, &text))
        .await
}

async fn numbers(db: &Db, actor: &Actor, filter: Filter) -> Vec<String> {
    let actor = actor.clone();
    let found = db
        .read(move |tx| orders::list(tx, &actor, &filter, None, 50))
        .await;
    found.unwrap().into_iter().map(|order| order.number).collect()
}

on_both! { LISTS;
    async fn an_order_is_the_sum_of_its_lines_and_found_by_its_number(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let product = add_product(&db, &world.ada, "Sensor kit").await.unwrap();
        let lines = vec![
            Line { quantity: 3, text: "with cables".into(), ..Line::whole(Some(product.id), 1_999) },
            Line { text: "Rebate".into(), ..Line::whole(None, -500) },
        ];
        let text = OrderText { lines, ..order_text(" SO-1 ", "2026-03-01", 0) };
        let added = order(&db, &world.ada, account, text).await.unwrap();
        assert_eq!((added.number.as_str(), added.total, added.bought().as_str()), ("SO-1", 5_497, "Sensor kit, Rebate"));
        order(&db, &world.ada, account, order_text("SO-2", "2026-03-02", 100)).await.unwrap();
        let twice = order(&db, &world.ada, account, order_text("SO-1", "2026-03-02", 100)).await;
        assert_eq!(twice, Err(OrderError::NumberTaken));
        let found = numbers(&db, &world.ada, Filter { number: Some("SO-1".into()), ..Filter::default() }).await;
        assert_eq!(found, ["SO-1"]);
        let of_product = Filter { product: Some(product.id), ..Filter::default() };
        assert_eq!(numbers(&db, &world.ada, of_product).await, ["SO-1"]);
        let since = Filter { from: Some(day("2026-03-02")), ..Filter::default() };
        assert_eq!(numbers(&db, &world.ada, since).await, ["SO-2"]);
        let of_account = Filter { account: Some(account), ..Filter::default() };
        assert_eq!(numbers(&db, &world.ada, of_account).await, ["SO-2", "SO-1"]);
        assert!(numbers(&db, &world.eve, Filter::default()).await.is_empty());
    }

    async fn the_list_goes_on_where_it_stopped(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        for number in 0..7 {
            let text = order_text(&format!("SO-{number}"), ["2026-03-01", "2026-03-02"][number % 2], 1);
            order(&db, &world.ada, account, text).await.unwrap();
        }
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let ada = world.ada.clone();
            let part = db.read(move |tx| orders::list(tx, &ada, &Filter::default(), cursor, 3)).await.unwrap();
            let Some(last) = part.last() else { break };
            cursor = Some(orders::Cursor { day: last.day, id: last.id });
            seen.extend(part.into_iter().map(|order| order.number));
        }
        assert_eq!(seen, ["SO-5", "SO-3", "SO-1", "SO-6", "SO-4", "SO-2", "SO-0"]);
    }

    async fn cancelling_an_order_twice_keeps_the_first_and_can_be_taken_back(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let id = order(&db, &world.ada, account, order_text("SO-1", "2026-03-01", 100)).await.unwrap().id;
        let act = async |act: fn(&mut kit::db::Tx<'_>, &Actor, orders::OrderId) -> Result<Order, OrderError>| {
            let ada = world.ada.clone();
            db.write(move |tx| act(tx, &ada, id)).await
        };
        let first = act(orders::cancel).await.unwrap();
        assert_eq!(act(orders::cancel).await.unwrap(), first);
        assert_eq!(numbers(&db, &world.ada, Filter { is_cancelled: Some(false), ..Filter::default() }).await.len(), 0);
        assert_eq!(act(orders::restore).await.unwrap().cancellation, None);
        let all = kinds(&db).await;
        assert_eq!(all.iter().filter(|kind| *kind == "order.cancelled").count(), 1);
        assert_eq!(all.last().unwrap(), "order.restored");
    }

    async fn only_those_who_may_note_orders_and_invoices(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let refused = order(&db, &world.sam, account, order_text("SO-1", "2026-03-01", 1)).await;
        assert!(matches!(refused, Err(OrderError::Forbidden(_))));
        let refused = invoice(&db, &world.pat, account, invoice_text("1", "2026-03-01", 1)).await;
        assert!(matches!(refused, Err(InvoiceError::Forbidden(_))));
        let foreign = order(&db, &world.eve, account, order_text("SO-1", "2026-03-01", 1)).await;
        assert_eq!(foreign, Err(OrderError::UnknownAccount));
        let foreign = invoice(&db, &world.eve, account, invoice_text("1", "2026-03-01", 1)).await;
        assert_eq!(foreign, Err(InvoiceError::UnknownAccount));
    }

    async fn a_change_from_an_older_state_is_refused(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let id = order(&db, &world.ada, account, order_text("SO-1", "2026-03-01", 100)).await.unwrap().id;
        for (version, total, works) in [(1, 200, true), (1, 300, false), (2, 200, true), (2, 300, true)] {
            let (ada, text) = (world.ada.clone(), order_text("SO-1", "2026-03-01", total));
            let changed = db.write(move |tx| orders::change(tx, &ada, id, version, &text)).await;
            match changed {
                Ok(order) => assert!(works && order.total == total, "{version} {total}"),
                Err(error) => assert!(!works && matches!(error, OrderError::Stale(_)), "{error}"),
            }
        }
    }

    async fn how_an_invoice_stands_follows_from_what_is_paid_and_from_the_day(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let added = invoice(&db, &world.ada, account, invoice_text("7", "2026-03-01", 1_000)).await.unwrap();
        let (id, due) = (added.id, added.due);
        assert_eq!((added.state_on(due), added.state_on(due.plus_days(1))), (State::Open, State::Overdue));
        let pay = async |amount| {
            let ada = world.ada.clone();
            db.write(move |tx| invoices::pay(tx, &ada, id, day("2026-03-20"), amount)).await
        };
        assert_eq!(pay(0).await, Err(InvoiceError::BadAmount));
        let half = pay(400).await.unwrap();
        assert_eq!((half.owed(), half.state_on(due)), (600, State::Open));
        let whole = pay(600).await.unwrap();
        assert_eq!((whole.owed(), whole.state_on(day("2030-01-01"))), (0, State::Paid));
        let (ada, last) = (world.ada.clone(), whole.payments[1].id);
        let back = db.write(move |tx| invoices::take_back(tx, &ada, last)).await.unwrap();
        assert_eq!((back.owed(), back.payments.len()), (600, 1));
        let ada = world.ada.clone();
        let void = db.write(move |tx| invoices::void(tx, &ada, id)).await.unwrap();
        assert_eq!((void.owed(), void.state_on(day("2030-01-01"))), (0, State::Void));
        assert_eq!(pay(600).await, Err(InvoiceError::IsVoid));
        let (eve, payment) = (world.eve.clone(), back.payments[0].id);
        let foreign = db.write(move |tx| invoices::take_back(tx, &eve, payment)).await;
        assert_eq!(foreign, Err(InvoiceError::Unknown));
        let told: Vec<_> = kinds(&db).await.into_iter().filter(|kind| kind.starts_with("invoice.")).collect();
        assert_eq!(told, ["invoice.added", "invoice.changed", "invoice.paid", "invoice.changed", "invoice.voided"]);
    }

    async fn the_list_filters_by_how_invoices_stand_today(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let workspace = world.workspace.id;
        let today = db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap();
        for (number, back) in [("late", 40), ("open", 3), ("paid", 50), ("void", 60)] {
            let text = invoice_text(number, &today.plus_days(-back).to_string(), 100);
            let id = invoice(&db, &world.ada, account, text).await.unwrap().id;
            let ada = world.ada.clone();
            db.write(move |tx| {
                match number {
                    "paid" => drop(invoices::pay(tx, &ada, id, today, 100)?),
                    "void" => drop(invoices::void(tx, &ada, id)?),
                    _ => {}
                }
                Ok::<_, InvoiceError>(())
            })
            .await
            .unwrap();
        }
        for (state, number) in [(State::Overdue, "late"), (State::Open, "open"), (State::Paid, "paid"), (State::Void, "void")] {
            for account in [None, Some(account)] {
                let (ada, filter) = (world.ada.clone(), invoices::Filter { state: Some(state), account, ..Default::default() });
                let found = db.read(move |tx| invoices::list(tx, &ada, &filter, None, 10)).await.unwrap();
                let found: Vec<_> = found.iter().map(|invoice| invoice.number.as_str()).collect();
                assert_eq!(found, [number], "{state:?}");
            }
        }
    }

    async fn an_overdue_invoice_is_told_once_of_each_due_day(db: TestDb) {
        let world = World::new(&db).await;
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        let workspace = world.workspace.id;
        let today = db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap();
        let text = InvoiceText { due: today, ..invoice_text("7", &today.plus_days(-10).to_string(), 100) };
        let added = invoice(&db, &world.ada, account, text.clone()).await.unwrap();
        let told = async || db.write(move |tx| invoices::fall_due(tx, workspace)).await.unwrap();
        assert_eq!(told().await, 0);
        db.clock().advance(Duration::from_secs(86_400));
        assert_eq!((told().await, told().await), (1, 0));
        let (ada, later) = (world.ada.clone(), InvoiceText { due: today.plus_days(2), ..text });
        db.write(move |tx| invoices::change(tx, &ada, added.id, 1, &later)).await.unwrap();
        assert_eq!(told().await, 0);
        db.clock().advance(Duration::from_secs(3 * 86_400));
        assert_eq!((told().await, told().await), (1, 0));
        let overdue = kinds(&db).await.into_iter().filter(|kind| kind == "invoice.overdue").count();
        assert_eq!(overdue, 2);
    }
}
