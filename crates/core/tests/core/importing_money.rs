//! Orders and invoices as files bring them.

use tandem_core::actor::Actor;
use tandem_core::imports::{self, ImportError, State};
use tandem_core::invoices::{self, Invoice};
use tandem_core::orders::{self, Order};
use tandem_core::permissions::Permission;
use testkit::{TestDb, on_both};

use crate::importing::{add_product, reason, reasons, undo};
use crate::imports::{LISTS, bring_to, counts, equip, import_to, refused};
use crate::world::{World, add_account, without};

async fn ordered(db: &TestDb, actor: &Actor) -> Vec<Order> {
    let actor = actor.clone();
    let mut all = db
        .read(move |tx| orders::list(tx, &actor, &orders::Filter::default(), None, 100))
        .await
        .unwrap();
    all.sort_by(|one, next| one.number.cmp(&next.number));
    all
}

async fn asked(db: &TestDb, actor: &Actor) -> Vec<Invoice> {
    let actor = actor.clone();
    let mut all = db
        .read(move |tx| invoices::list(tx, &actor, &invoices::Filter::default(), None, 100))
        .await
        .unwrap();
    all.sort_by(|one, next| one.number.cmp(&next.number));
    all
}

/// Number, day, total, currency, and whether it is cancelled.
fn told(order: &Order) -> (String, String, i64, String, bool) {
    let is_cancelled = order.cancellation.is_some();
    (
        order.number.clone(),
        order.day.to_string(),
        order.total,
        order.currency.code().to_owned(),
        is_cancelled,
    )
}

on_both! { LISTS;
    async fn orders_come_with_days_and_amounts_as_the_file_writes_them(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        for name in ["Acme", "Best"] {
            add_account(&db, &world.ada, name).await.unwrap();
        }
        add_product(&db, &world.ada, "Crate").await;
        let file = "Order no.;Date;Customer;Amount;Currency;Product;Description;Status\n\
            A-1;13.02.2025;Acme;1.250,50;EUR;crate;Two of oak;paid\n\
            A-2;2025-02-14;Best;99;JPY;;;Anulowane\n\
            A-3;15.02.2025;Nobody;1;EUR;;;\n\
            A-4;31.02.2025;Acme;1;EUR;;;\n\
            A-5;15.02.2025;Acme;9x9;EUR;;;\n\
            A-6;15.02.2025;Acme;9,999;EUR;;;\n\
            A-7;15.02.2025;Acme;-1;EUR;;;\n\
            A-8;15.02.2025;Acme;1;€;;;\n\
            A-9;15.02.2025;Acme;1;EUR;Crates;;\n\
            A-10;15.02.2025;Acme;1;EUR;;;perhaps\n\
            ;15.02.2025;Acme;1;EUR;;;\n\
            A-1;13.02.2025;Acme;2;EUR;;;\n\
            A-1;13.02.2025;Best;1250,50;EUR;;;\n";
        let import = import_to(&db, &world.ada, "orders", file).await;
        assert_eq!(reasons(&db, &world.ada, &import).await, [
            reason(4, "not-there", "account"),
            reason(5, "bad-day", "day"),
            reason(6, "bad-amount", "total"),
            reason(7, "too-precise", "total"),
            reason(8, "out-of-range", "total"),
            reason(9, "bad-currency", "currency"),
            reason(10, "not-there", "product"),
            reason(11, "bad-word", "state"),
            reason(12, "missing", "number"),
            reason(13, "same-key", ""),
            reason(14, "fixed", "account"),
        ]);
        assert_eq!((import.state, counts(&import)), (State::Done, [2, 0, 0, 11]));
        let back = refused(&db, &world.ada, import.id).await;
        assert!(back.contains("Perhaps EUR") && back.contains("Perhaps Crate"), "{back}");
        assert!(back.contains("Day (column “Date”): 31.02.2025 is no day"), "{back}");
        let all = ordered(&db, &world.ada).await;
        assert_eq!(told(&all[0]), ("A-1".into(), "2025-02-13".into(), 125_050, "EUR".into(), false));
        assert_eq!(told(&all[1]), ("A-2".into(), "2025-02-14".into(), 99, "JPY".into(), true));
        assert_eq!(all[0].bought(), "Crate");
        assert_eq!(all[0].lines[0].text, "Two of oak");
        let again = import_to(&db, &world.ada, "orders", file).await;
        assert_eq!(counts(&again), [0, 0, 2, 11], "the same file doubles nothing");
        let undone = undo(&db, &world.ada, &import).await;
        assert_eq!((undone.counts.taken_back, ordered(&db, &world.ada).await.len()), (2, 0));
    }

    async fn an_order_that_is_known_changes_and_gets_back_what_it_was(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        add_account(&db, &world.ada, "Acme").await.unwrap();
        let file = "number,day,account,total,currency,status\nA-1,2025-02-13,Acme,10.00,EUR,open\nA-2,2025-02-13,Acme,20.00,EUR,open\n";
        let first = import_to(&db, &world.ada, "orders", file).await;
        let before: Vec<_> = ordered(&db, &world.ada).await.iter().map(told).collect();
        let second = import_to(&db, &world.ada, "orders", "number,day,account,total,currency,status\nA-1,2025-02-14,Acme,12.50,EUR,cancelled\n").await;
        assert_eq!((counts(&first), counts(&second)), ([2, 0, 0, 0], [0, 1, 0, 0]));
        let changed = told(&ordered(&db, &world.ada).await[0]);
        assert_eq!(changed, ("A-1".into(), "2025-02-14".into(), 1_250, "EUR".into(), true));
        assert_eq!(undo(&db, &world.ada, &second).await.counts.taken_back, 1);
        let after: Vec<_> = ordered(&db, &world.ada).await.iter().map(told).collect();
        assert_eq!(after, before);
        let undone = undo(&db, &world.ada, &first).await;
        assert_eq!((undone.counts.taken_back, undone.counts.left_alone), (1, 1), "one was touched since");
    }

    async fn invoices_come_with_what_was_paid_of_them(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        add_account(&db, &world.ada, "Acme").await.unwrap();
        let file = "Invoice;Issue date;Due date;Customer;Total;Currency;Amount paid;Paid on;Status\n\
            I-1;2025-02-01;2025-02-15;Acme;100.00;EUR;;;open\n\
            I-2;2025-02-01;2025-02-15;Acme;100.00;EUR;40.00;2025-02-10;\n\
            I-3;2025-02-01;2025-02-15;Acme;100.00;EUR;;2025-02-11;\n\
            I-4;2025-02-01;2025-02-15;Acme;100.00;EUR;;;Paid\n\
            I-5;2025-02-01;2025-02-15;Acme;100.00;EUR;;;void\n\
            I-6;2025-02-15;2025-02-01;Acme;100.00;EUR;;;\n\
            I-7;2025-02-01;2025-02-15;Acme;100.00;EUR;;2999-01-01;\n\
            I-8;2025-02-01;2025-02-15;Acme;100.00;XXQ;;;\n\
            I-9;2025-02-01;;Acme;100.00;EUR;;;\n";
        let import = import_to(&db, &world.ada, "invoices", file).await;
        assert_eq!(reasons(&db, &world.ada, &import).await, [
            reason(7, "ends-early", "due"),
            reason(8, "in-future", "paid_on"),
            reason(9, "bad-currency", "currency"),
        ]);
        assert_eq!(counts(&import), [6, 0, 0, 3]);
        let all = asked(&db, &world.ada).await;
        let stands = |invoice: &Invoice| {
            let days: Vec<String> = invoice.payments.iter().map(|one| one.day.to_string()).collect();
            (invoice.number.clone(), invoice.owed(), days.join(" "), invoice.void.is_some())
        };
        let expected = [
            ("I-1", 10_000, "", false),
            ("I-2", 6_000, "2025-02-10", false),
            ("I-3", 0, "2025-02-11", false),
            ("I-4", 0, "2025-02-15", false),
            ("I-5", 0, "", true),
            ("I-9", 10_000, "", false),
        ];
        let expected: Vec<_> = expected.iter().map(|(number, owed, days, void)| ((*number).to_owned(), *owed, (*days).to_owned(), *void)).collect();
        assert_eq!(all.iter().map(stands).collect::<Vec<_>>(), expected);
        assert_eq!(all[5].due, all[5].issued);
        let again = import_to(&db, &world.ada, "invoices", file).await;
        assert_eq!(counts(&again), [0, 0, 6, 3], "no payment is noted twice");
        let more = import_to(&db, &world.ada, "invoices", "number,issued,customer,total,currency,paid,paid on\nI-2,2025-02-01,Acme,100.00,EUR,100.00,2025-03-01\nI-3,2025-02-01,Acme,100.00,EUR,50.00,2025-03-01\n").await;
        assert_eq!(reasons(&db, &world.ada, &more).await, [reason(3, "fixed", "paid")], "nothing paid is taken back by a file");
        assert_eq!((counts(&more), stands(&asked(&db, &world.ada).await[1]).1), ([0, 1, 0, 1], 0));
        assert_eq!(undo(&db, &world.ada, &more).await.counts.taken_back, 1);
        assert_eq!(asked(&db, &world.ada).await.iter().map(stands).collect::<Vec<_>>(), expected);
        let undone = undo(&db, &world.ada, &import).await;
        assert_eq!((undone.counts.taken_back, undone.counts.left_alone), (5, 1));
        assert_eq!(asked(&db, &world.ada).await.len(), 1);
    }

    async fn money_is_imported_by_those_who_may_write_it(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        for target in ["orders", "invoices"] {
            assert!(matches!(bring_to(&db, &world.sam, target, "number\nA\n").await, Err(ImportError::Forbidden(_))), "{target}");
        }
        // Nor does anybody else see what stands in such a file.
        let id = bring_to(&db, &world.ada, "orders", "number,total\nA-1,1000\n").await.unwrap().id;
        let actor = without(&world.ada, Permission::MoneyWrite);
        let found = db.read(move |tx| imports::find(tx, &actor, id)).await;
        assert!(matches!(found, Err(ImportError::Forbidden(_))), "{found:?}");
        let actor = without(&world.ada, Permission::MoneyWrite);
        assert!(matches!(imports::files::preview(&db, &actor, id).await, Err(ImportError::Forbidden(_))));
        let actor = without(&world.ada, Permission::MoneyWrite);
        let refused = db.read(move |tx| imports::refused_after(tx, &actor, id, 0, 10)).await;
        assert!(matches!(refused, Err(ImportError::Forbidden(_))));
    }
}
