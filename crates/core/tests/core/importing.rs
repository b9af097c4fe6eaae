//! What files bring beside accounts: contacts, subscriptions and touchpoints; and the bad input they are full of.

use futures::StreamExt;
use kit::id::TypedId;
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactText};
use tandem_core::imports::writing::{DayOrder, DecimalSign, Writing};
use tandem_core::imports::{self, Import, ImportError, State};
use tandem_core::products;
use tandem_core::subscriptions::{self, EndReason};
use tandem_core::touchpoints::{self, Filter, Whose};
use testkit::{TestDb, on_both};

use crate::imports::{LISTS, all, bring_to, counts, equip, find, import_to, refused, work};
use crate::search::Desk;
use crate::world::{World, add_account};

/// The kinds of reasons, each with its row and its field.
pub(crate) async fn reasons(db: &TestDb, actor: &Actor, import: &Import) -> Vec<(i64, String, String)> {
    let (actor, id) = (actor.clone(), import.id);
    let refused = db
        .read(move |tx| imports::refused_after(tx, &actor, id, 0, 100))
        .await
        .unwrap();
    let reason = |(row, refusal): (i64, imports::target::Refusal)| (row, refusal.code, refusal.field);
    refused.into_iter().map(reason).collect()
}

pub(crate) fn reason(row: i64, code: &str, field: &str) -> (i64, String, String) {
    (row, code.to_owned(), field.to_owned())
}

pub(crate) async fn undo(db: &TestDb, actor: &Actor, import: &Import) -> Import {
    let (author, id) = (actor.clone(), import.id);
    db.write(move |tx| imports::undo(tx, &author, id)).await.unwrap();
    work(db).await;
    find(db, actor, id).await
}

/// The stored file of an import.
async fn content(db: &TestDb, actor: &Actor, id: imports::ImportId) -> String {
    let blobs: std::sync::Arc<kit::blob::Blobs> = db.attached().unwrap();
    let (actor, import) = (actor.clone(), find(db, actor, id).await);
    let file = db.read(move |tx| kit::blob::find(tx, actor.workspace.uuid(), import.file));
    let file = file.await.unwrap().unwrap();
    let pieces: Vec<_> = blobs.read(&file).await.unwrap().collect().await;
    let bytes: Vec<u8> = pieces
        .into_iter()
        .flat_map(|piece| piece.unwrap().to_vec())
        .collect();
    String::from_utf8(bytes).unwrap()
}

async fn people(db: &TestDb, actor: &Actor) -> Vec<contacts::Contact> {
    let actor = actor.clone();
    db.read(move |tx| contacts::list(tx, &actor, None, 100))
        .await
        .unwrap()
}

pub(crate) async fn add_product(db: &TestDb, actor: &Actor, name: &'static str) {
    let actor = actor.clone();
    db.write(move |tx| products::add(tx, &actor, name)).await.unwrap();
}

async fn contracts(db: &TestDb, actor: &Actor) -> Vec<subscriptions::Subscription> {
    let actor = actor.clone();
    db.read(move |tx| subscriptions::list(tx, &actor, None, 100))
        .await
        .unwrap()
}

on_both! { LISTS;
    async fn contacts_come_with_addresses_and_where_they_are(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        import_to(&db, &world.ada, "accounts", "id,name,website\nC-1,Acme,www.acme.example\nC-2,Best GmbH,best.example\n").await;
        let file = "Name;E-mail;Phone;Company;Customer ID;Website;Role;Since\n\
            Nadia;nadia@acme.example;+994 12 555 01 00;Acme;;;Champion;01.02.2025\n\
            Omar;omar@best.example;;;C-2;;;\n\
            Petra;;;;;acme.example;decision maker, billing;13.01.2024\n\
            Quin;not an address;;;;;;\n\
            Rosa;;12;;;;;\n\
            Sven;sven@x.example;;Bäst;;;;\n\
            Tove;tove@x.example;;Best;;;king;\n\
            Uwe;uwe@x.example;;;C-9;;;\n";
        let import = import_to(&db, &world.ada, "contacts", file).await;
        assert_eq!((import.state, counts(&import)), (State::Done, [3, 0, 0, 5]));
        assert_eq!(reasons(&db, &world.ada, &import).await, [
            reason(5, "bad-address", "email"),
            reason(6, "bad-phone", "phone"),
            reason(7, "not-there", "account"),
            reason(8, "not-there", "account"),
            reason(9, "not-there", "account_external_id"),
        ]);
        let back = refused(&db, &world.ada, import.id).await;
        assert!(back.contains("Account (column “Company”): nothing here is called “Best”,Perhaps Best GmbH"), "{back}");
        let everyone = people(&db, &world.ada).await;
        let (ada, nadia) = (world.ada.clone(), everyone[0].id);
        let (known, at) = db.read(move |tx| {
            let known = contacts::identities::of(tx, &ada, nadia)?;
            Ok::<_, contacts::ContactError>((known, contacts::memberships::of_contact(tx, &ada, nadia)?))
        }).await.unwrap();
        assert_eq!(known.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["nadia@acme.example", "+994 12 555 01 00"]);
        assert_eq!((at[0].1.as_str(), at[0].0.text.since.map(|day| day.to_string()).as_deref()), ("Acme", Some("2025-02-01")));
        let again = import_to(&db, &world.ada, "contacts", file).await;
        assert_eq!(counts(&again), [0, 0, 3, 5], "the same file doubles nothing");
    }

    async fn a_contact_that_is_known_learns_what_a_row_says_and_forgets_it_when_it_is_taken_back(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        add_account(&db, &world.ada, "Acme").await.unwrap();
        let first = import_to(&db, &world.ada, "contacts", "name,email\nNadia,nadia@acme.example\nOmar,omar@acme.example\n").await;
        let second = import_to(
            &db,
            &world.ada,
            "contacts",
            "name,email,phone,company,title,tags,handles\n\
             Nadia R.,NADIA@acme.example; n@home.example,+994125550100,Acme,Head,VIP|EMEA,telegram: @nadia\n",
        ).await;
        assert_eq!((counts(&first), counts(&second)), ([2, 0, 0, 0], [0, 1, 0, 0]));
        let everyone = people(&db, &world.ada).await;
        assert_eq!(everyone.iter().map(|one| one.text.name.as_str()).collect::<Vec<_>>(), ["Nadia R.", "Omar"]);
        let nadia = everyone[0].id;
        let tagged = async |id: contacts::ContactId| {
            let workspace = world.workspace.id;
            let found = db.read(move |tx| tandem_core::tags::of(tx, workspace, &contacts::NOUN, TypedId::uuid(id))).await.unwrap();
            found.into_iter().map(|tag| tag.name).collect::<Vec<_>>()
        };
        assert_eq!(tagged(nadia).await, ["EMEA", "VIP"]);
        let ada = world.ada.clone();
        let known = db.read(move |tx| contacts::identities::of(tx, &ada, nadia)).await.unwrap();
        assert_eq!(known.len(), 4, "two addresses, a phone and a handle: {known:?}");
        // What the first brought was changed by the second; taken back in order, nothing is left.
        let undone = undo(&db, &world.ada, &second).await;
        assert_eq!((undone.counts.taken_back, undone.counts.left_alone), (1, 0));
        let (ada, nadia) = (world.ada.clone(), everyone[0].id);
        let known = db.read(move |tx| contacts::identities::of(tx, &ada, nadia)).await.unwrap();
        assert_eq!((known.len(), tagged(nadia).await.len()), (1, 0));
        let (ada, omar) = (world.ada.clone(), everyone[1].clone());
        let text = ContactText { note: "Calls back".into(), ..omar.text };
        db.write(move |tx| contacts::change(tx, &ada, omar.id, omar.version, &text)).await.unwrap();
        let undone = undo(&db, &world.ada, &first).await;
        assert_eq!((undone.counts.taken_back, undone.counts.left_alone), (0, 2), "both were changed since");
    }

    async fn contacts_that_nobody_touched_are_taken_back(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        add_account(&db, &world.ada, "Acme").await.unwrap();
        let import = import_to(&db, &world.ada, "contacts", "name,email,company\nNadia,nadia@acme.example,Acme\nOmar,,Acme\n").await;
        assert_eq!(counts(&import), [2, 0, 0, 0]);
        let undone = undo(&db, &world.ada, &import).await;
        assert_eq!((undone.state, undone.counts.taken_back), (State::Undone, 2));
        assert!(people(&db, &world.ada).await.is_empty());
    }

    async fn subscriptions_come_with_days_and_amounts_as_the_file_writes_them(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        for name in ["Acme", "Best"] {
            add_account(&db, &world.ada, name).await.unwrap();
        }
        add_product(&db, &world.ada, "Flow Pro").await;
        let file = "Customer;Product;Start;End;Price;Currency;Interval;Seats;Discount\n\
            Acme;Flow Pro;01.02.2025;;1.250,50;EUR;monthly;3;12,5\n\
            Best;flow pro;15.03.2024;15.03.2025;99;PLN;rocznie;;\n\
            Best;Flow Pro;15.03.2025;;99;€;year;;\n\
            Best;Flow Pro;16.03.2025;15.03.2025;99;EUR;year;;\n\
            Best;Flow;16.03.2025;;99;EUR;year;;\n\
            Acme;Flow Pro;01.06.2025;;99;EUR;year;;\n\
            Best;Flow Pro;31.02.2026;;99;EUR;year;;\n\
            Best;Flow Pro;01.02.2026;;9x9;EUR;year;;\n\
            Best;Flow Pro;01.02.2026;;9,999;EUR;year;;\n\
            Best;Flow Pro;01.02.2026;;9;EUR;often;;\n\
            Best;Flow Pro;01.02.2026;;9;EUR;year;0;\n";
        let import = import_to(&db, &world.ada, "subscriptions", file).await;
        assert_eq!(reasons(&db, &world.ada, &import).await, [
            reason(4, "bad-currency", "currency"),
            reason(5, "ends-early", "ends"),
            reason(6, "not-there", "product"),
            reason(7, "overlaps", "starts"),
            reason(8, "bad-day", "starts"),
            reason(9, "bad-amount", "price"),
            reason(10, "too-precise", "price"),
            reason(11, "bad-word", "interval"),
            reason(12, "out-of-range", "seats"),
        ]);
        assert_eq!(counts(&import), [2, 0, 0, 9]);
        let back = refused(&db, &world.ada, import.id).await;
        assert!(back.contains("Perhaps EUR") && back.contains("Perhaps Flow Pro"), "{back}");
        assert!(back.contains("First day (column “Start”): 31.02.2026 is no day,\"Write it like"), "{back}");
        let both = contracts(&db, &world.ada).await;
        let (acme, best) = (&both[0], &both[1]);
        assert_eq!((acme.prices[0].amount, acme.prices[0].seats, acme.prices[0].discount), (125_050, 3, 1_250));
        assert_eq!((acme.starts.to_string().as_str(), acme.period_months, acme.currency.code()), ("2025-02-01", 1, "EUR"));
        assert_eq!((best.period_months, best.end.as_ref().map(|end| end.day.to_string())), (12, Some("2025-03-15".to_owned())));
        let again = import_to(&db, &world.ada, "subscriptions", file).await;
        assert_eq!(counts(&again), [0, 0, 2, 9]);
        let undone = undo(&db, &world.ada, &import).await;
        assert_eq!((undone.counts.taken_back, contracts(&db, &world.ada).await.len()), (2, 0));
    }

    async fn a_subscription_that_is_known_takes_another_price_and_gets_its_old_one_back(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        add_account(&db, &world.ada, "Acme").await.unwrap();
        add_product(&db, &world.ada, "Flow").await;
        let head = "account,product,start,price,seats,end\n";
        import_to(&db, &world.ada, "subscriptions", format!("{head}Acme,Flow,2025-01-01,100.00,2,\n")).await;
        let before = contracts(&db, &world.ada).await.remove(0);
        let import = import_to(&db, &world.ada, "subscriptions", format!("{head}Acme,Flow,2025-01-01,120.00,,2026-01-01\n")).await;
        assert_eq!(counts(&import), [0, 1, 0, 0]);
        let now = contracts(&db, &world.ada).await.remove(0);
        assert_eq!((now.prices[0].amount, now.prices[0].seats), (12_000, 2));
        assert_eq!(now.end.as_ref().map(|end| end.reason), Some(EndReason::Other));
        undo(&db, &world.ada, &import).await;
        let back = contracts(&db, &world.ada).await.remove(0);
        assert_eq!((&back.prices, &back.end, back.renewal), (&before.prices, &before.end, before.renewal));
    }

    async fn touchpoints_come_with_their_time_and_are_written_once(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let acme = add_account(&db, &world.ada, "Acme").await.unwrap();
        import_to(&db, &world.ada, "contacts", "name,email,company\nNadia,nadia@acme.example,Acme\n").await;
        let file = "account,date,kind,summary,contact,impression\n\
            Acme,2025-05-20 14:05,call,Asked for the invoice,nadia@acme.example,1\n\
            Acme,2025-05-21,Spotkanie,Reviewed the year,Nadia,\n\
            Acme,2999-01-01,call,Not yet,,\n\
            Acme,2025-05-21,dance,What,,\n\
            Acme,2025-05-21,call,Much,,7\n\
            Acme,2025-05-21,call,Who,Zoe,\n\
            ,2025-05-21,call,Nowhere,,\n";
        let import = import_to(&db, &world.ada, "touchpoints", file).await;
        assert_eq!(reasons(&db, &world.ada, &import).await, [
            reason(4, "in-future", "happened"),
            reason(5, "bad-word", "kind"),
            reason(6, "out-of-range", "impression"),
            reason(7, "not-there", "contact"),
            reason(8, "missing", "account"),
        ]);
        assert_eq!(counts(&import), [2, 0, 0, 5]);
        let line = async || {
            let ada = world.ada.clone();
            let shown = Filter::default();
            db.read(move |tx| touchpoints::timeline(tx, &ada, Whose::Account(acme.id), &shown)).await.unwrap()
        };
        let shown = line().await;
        let call = shown.iter().find(|touch| touch.kind == "call").unwrap();
        // Warsaw is two hours ahead in May.
        assert_eq!(call.happened_at.calendar().unwrap().to_string(), "2025-05-20T12:05:00Z");
        assert!(call.contact.is_some() && call.impression.as_ref().is_some_and(|judged| judged.impression.value() == 1));
        let mended = file.replace("invoice,nadia@acme.example,1", "invoice,nadia@acme.example,-2");
        let again = import_to(&db, &world.ada, "touchpoints", mended).await;
        assert_eq!(counts(&again), [0, 1, 1, 5]);
        assert_eq!(undo(&db, &world.ada, &again).await.counts.taken_back, 1);
        let undone = undo(&db, &world.ada, &import).await;
        assert_eq!((undone.counts.taken_back, undone.counts.left_alone), (1, 1), "one was judged anew since");
    }

    async fn a_file_that_can_be_read_in_two_ways_is_asked_about(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        add_account(&db, &world.ada, "Acme").await.unwrap();
        add_product(&db, &world.ada, "Flow").await;
        let file = "account;product;start;price;currency\nAcme;Flow;03/04/2025;1.234;EUR\n";
        let draft = bring_to(&db, &world.ada, "subscriptions", file).await.unwrap();
        assert_eq!(draft.writing[2].days, Some(DayOrder::Unclear));
        assert_eq!(draft.writing[3].amounts, Some(DecimalSign::Unclear));
        let begin = async |writing: Vec<Writing>| {
            let (ada, mapping) = (world.ada.clone(), draft.mapping.clone());
            db.write(move |tx| {
                imports::map(tx, &ada, draft.id, &mapping, &writing)?;
                imports::start(tx, &ada, draft.id)
            }).await.map(drop)
        };
        assert_eq!(begin(Vec::new()).await, Err(ImportError::Unclear("start".into())));
        let (rows, _) = imports::files::preview(&db, &world.ada, draft.id).await.unwrap();
        assert_eq!(rows[0].outcome.as_ref().unwrap_err().code, "unclear");
        let of = |days, amounts| Writing { days, amounts };
        let none = of(None, None);
        let days = of(Some(DayOrder::MonthFirst), None);
        assert_eq!(begin(vec![none, none, days]).await, Err(ImportError::Unclear("price".into())));
        assert_eq!(begin(vec![none, none, days, of(None, Some(DecimalSign::Comma))]).await, Ok(()));
        work(&db).await;
        let contract = contracts(&db, &world.ada).await.remove(0);
        assert_eq!((contract.starts.to_string().as_str(), contract.prices[0].amount), ("2025-03-04", 123_400));
    }

    async fn accounts_stand_below_others_and_never_above_themselves(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let file = "id,name,parent,type\n1,Top,,Company\n2,Mid,Top,b2b\n3,Low,Mid,\n1,Top,Low,\n5,Lone,Nobody,\n6,Odd,,robot\n";
        let import = import_to(&db, &world.ada, "accounts", file).await;
        assert_eq!(reasons(&db, &world.ada, &import).await, [
            reason(5, "loop", "parent"),
            reason(6, "not-there", "parent"),
            reason(7, "bad-word", "kind"),
        ]);
        assert_eq!(counts(&import), [3, 0, 0, 3]);
        let everyone = all(&db, &world.ada).await;
        let (low, mid, top) = (&everyone[0], &everyone[1], &everyone[2]);
        assert_eq!((low.parent, mid.parent, low.family), (Some(mid.id), Some(top.id), top.id));
        let again = import_to(&db, &world.ada, "accounts", file).await;
        assert_eq!(counts(&again), [0, 0, 3, 3]);
        let undone = undo(&db, &world.ada, &import).await;
        assert_eq!((undone.counts.taken_back, undone.counts.left_alone), (3, 0));
        assert!(all(&db, &world.ada).await.is_empty());
    }

    async fn what_came_in_is_found_and_what_was_taken_back_is_not(db: TestDb) {
        let (_folder, world, desk) = (equip(&db), World::new(&db).await, Desk::new());
        desk.settle(&db).await;
        let rows: String = (0..1_200).map(|number| format!("Wagon {number:04}\n")).collect();
        let import = import_to(&db, &world.ada, "accounts", format!("name\n{rows}")).await;
        desk.settle(&db).await;
        for name in ["Wagon 0000", "Wagon 0623", "Wagon 1199"] {
            assert_eq!(desk.titles(&world.ada, &format!("\"{name}\"")).await, [name]);
        }
        undo(&db, &world.ada, &import).await;
        desk.settle(&db).await;
        assert!(desk.titles(&world.ada, "wagon").await.is_empty());
    }

    async fn who_is_erased_is_not_remembered_by_what_brought_them(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let file = "name,email\nNadia,nadia@acme.example\nQuin,nothing\n";
        let first = import_to(&db, &world.ada, "contacts", file).await;
        let second = import_to(&db, &world.ada, "contacts", file.replace("Nadia", "Nadia R.")).await;
        let (ada, nadia) = (world.ada.clone(), people(&db, &world.ada).await[0].id);
        db.write(move |tx| contacts::erasing::erase(tx, &ada, nadia)).await.unwrap();
        let left = db.read(|tx| {
            let keys = tx.rows(kit::sql!("select key from import_keys where key like '%nadia%'"), &[], |row| row.get::<String>("key"))?;
            let rows = tx.rows(kit::sql!("select detail from import_rows where detail like '%nadia%'"), &[], |row| row.get::<String>("detail"))?;
            Ok::<_, kit::db::DbError>((keys, rows))
        }).await.unwrap();
        assert_eq!(left, (Vec::new(), Vec::new()));
        work(&db).await;
        for import in [first, second] {
            let kept = content(&db, &world.ada, import.id).await;
            assert!(!kept.contains("adia"), "{kept}");
            assert!(kept.starts_with("name,email") && kept.contains("Quin,nothing"), "{kept}");
            let back = refused(&db, &world.ada, import.id).await;
            assert!(back.contains("Quin,nothing") && !back.contains("adia"), "{back}");
        }
    }

    async fn doubled_keys_of_one_file_are_told_apart_by_row(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let import = import_to(&db, &world.ada, "contacts", "name,email\nNadia,n@x.example\nOther,n@x.example\n").await;
        assert_eq!(counts(&import), [1, 0, 0, 1]);
        assert_eq!(reasons(&db, &world.ada, &import).await, [reason(3, "same-key", "")]);
        let back = refused(&db, &world.ada, import.id).await;
        assert!(back.contains("Row 2 says something else of the same thing,Keep one of the two rows"), "{back}");
    }

    async fn a_cell_of_two_hundred_megabytes_is_refused_in_flat_memory(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        let head = [Ok::<_, std::convert::Infallible>(b"name\nAcme\n\"".to_vec().into())];
        let piece = axum::body::Bytes::from(vec![b'x'; 1 << 20]);
        let long = head.into_iter().chain((0..200).map(move |_| Ok(piece.clone())));
        let new = imports::New { target: "contacts".into(), file_name: "long.csv".into() };
        let refused = imports::files::receive(&db, &world.ada, new, futures::stream::iter(long)).await.unwrap_err();
        assert_eq!(refused.to_string(), "row 3, column 1: the cell is longer than 1 MiB; look for a quotation mark that is not closed");
        assert!(all(&db, &world.ada).await.is_empty());
    }

    async fn what_a_role_may_not_bring_it_may_not_import(db: TestDb) {
        let (_folder, world) = (equip(&db), World::new(&db).await);
        for target in ["contacts", "subscriptions", "touchpoints"] {
            assert!(matches!(bring_to(&db, &world.sam, target, "name\nA\n").await, Err(ImportError::Forbidden(_))), "{target}");
        }
    }
}
