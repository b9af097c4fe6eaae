//! Who sees segments, where they are found, and the lists of those in them.

use kit::db::Db;
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::finding::{Wishes, found};
use tandem_core::accounts::listing::{Spot, TABLE};
use tandem_core::accounts::{AccountError, AccountId};
use tandem_core::actor::Actor;
use tandem_core::events;
use tandem_core::segments::{self, Group, Reason, SegmentError, SegmentText, Subject, Test};
use testkit::on_both;

use super::{SECRET, add, all_of, ask, find, know, members, open_ones, people, settle, shared, told, wired};
use crate::search::Desk;
use crate::world::{LISTS, World, add_account};

/// The segments of which somebody is told that accounts came or that all were looked at.
async fn heard(db: &Db, actor: &Actor) -> Vec<String> {
    events::give_positions(db).await.unwrap();
    let actor = actor.clone();
    let kinds = [segments::ENTERED.name, segments::CHANGED.name].map(str::to_owned);
    let reading = db
        .read(move |tx| events::visible(tx, &actor, events::Position::default(), Some(&kinds[..]), 100))
        .await
        .unwrap();
    let segment = |event: events::Event| match event.payload["segment"].as_str() {
        Some(segment) => segment.to_owned(),
        None => event.subject,
    };
    reading.events.into_iter().map(segment).collect()
}

on_both! { LISTS;
    async fn what_is_ones_own_is_nobody_elses_and_shared_ones_need_a_permission(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        add_account(&db, &world.ada, "One").await.unwrap();
        let own = |actor: &Actor| SegmentText { owner: actor.agent(), ..shared(open_ones()) };
        let mine = add(&db, &world.sam, own(&world.sam)).await.unwrap();
        assert_eq!(members(&db, &world.sam, mine.id).await.len(), 1);
        for stranger in [&world.ada, &world.pat, &world.eve] {
            assert_eq!(find(&db, stranger, mine.id).await, None);
            let (reader, id) = (stranger.clone(), mine.id);
            let first = AccountId::from_uuid(Uuid::nil());
            let refused = db.read(move |tx| segments::members(tx, &reader, id, first, 9)).await;
            assert_eq!(refused, Err(SegmentError::Unknown));
            let (reader, wishes) = (stranger.clone(), Wishes { segment: mine.id.to_string(), ..Wishes::default() });
            let refused = db.read(move |tx| found(tx, &reader, &wishes, (TABLE.sort, None), 9)).await;
            assert_eq!(refused, Err(AccountError::Unknown));
            let (writer, id, text) = (stranger.clone(), mine.id, own(stranger));
            assert_eq!(db.write(move |tx| segments::change(tx, &writer, id, 1, &text)).await, Err(SegmentError::Unknown));
        }
        let workspace = world.workspace.id;
        assert!(db.read(move |tx| segments::choices(tx, workspace)).await.unwrap().is_empty());
        assert!(told(&db).await.is_empty());
        assert_eq!(add(&db, &world.sam, shared(open_ones())).await, Err(SegmentError::NotYours));
        assert_eq!(add(&db, &world.sam, own(&world.ada)).await, Err(SegmentError::NotYours));
        let everyones = add(&db, &world.ada, shared(open_ones())).await.unwrap();
        let (sam, id) = (world.sam.clone(), everyones.id);
        assert_eq!(db.write(move |tx| segments::remove(tx, &sam, id)).await, Err(SegmentError::NotYours));
        assert_eq!(find(&db, &world.eve, id).await, None);
        // What asks something secret is seen by those alone who may see that.
        let asks = |name: &str| all_of(vec![ask(Subject::Metric(name.to_owned()), Test::Known)]);
        let secret = add(&db, &world.ada, shared(asks(SECRET.name))).await.unwrap();
        assert!(find(&db, &world.ada, secret.id).await.is_some() && find(&db, &world.sam, secret.id).await.is_none());
        let refused = add(&db, &world.sam, SegmentText { owner: world.sam.agent(), ..shared(asks(SECRET.name)) }).await;
        assert!(matches!(refused, Err(SegmentError::Bad(misplaced)) if misplaced.reason == Reason::Subject));
    }

    async fn who_may_not_see_what_one_asks_neither_hears_of_it_nor_finds_it(db: TestDb) {
        wired(&db);
        let (world, desk) = (World::new(&db).await, Desk::new());
        let asks = all_of(vec![ask(Subject::Metric(SECRET.name.to_owned()), Test::Unknown)]);
        let named = |name: &str, definition: Group| SegmentText { name: name.to_owned(), ..shared(definition) };
        let secret = add(&db, &world.ada, named("Flock secret", asks.clone())).await.unwrap();
        let open = add(&db, &world.ada, named("Flock open", open_ones())).await.unwrap();
        add_account(&db, &world.ada, "One").await.unwrap();
        settle(&db).await;
        let (open_id, secret_id) = (open.id.to_string(), secret.id.to_string());
        assert_eq!(heard(&db, &world.sam).await, [open_id.clone(), open_id.clone()]);
        let told = heard(&db, &world.ada).await;
        assert_eq!((told.len(), told.iter().filter(|id| **id == secret_id).count()), (4, 2), "{told:?}");
        desk.settle(&db).await;
        for actor in [&world.ada, &world.sam] {
            assert_eq!(desk.titles(actor, "flock").await, ["Flock open"]);
        }
        let (ada, text) = (world.ada.clone(), named("Flock open", asks));
        db.write(move |tx| segments::change(tx, &ada, open.id, 1, &text)).await.unwrap();
        desk.settle(&db).await;
        assert!(desk.titles(&world.sam, "flock").await.is_empty());
    }

    async fn an_index_that_is_made_anew_has_no_own_ones_and_no_removed_ones(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let named = |name: &str| SegmentText { name: name.to_owned(), ..shared(open_ones()) };
        add(&db, &world.sam, SegmentText { owner: world.sam.agent(), ..named("Flock own") }).await.unwrap();
        let gone = add(&db, &world.ada, named("Flock gone")).await.unwrap().id;
        let ada = world.ada.clone();
        db.write(move |tx| segments::remove(tx, &ada, gone)).await.unwrap();
        let last = add(&db, &world.ada, named("Flock shared")).await.unwrap().id;
        let desk = Desk::new();
        desk.settle(&db).await;
        for actor in [&world.ada, &world.sam, &world.pat] {
            assert_eq!(desk.titles(actor, "flock").await, ["Flock shared"]);
        }
        // A part with nobody's in it is not the end.
        let workspace = world.workspace.id;
        let part = db.read(move |tx| (segments::search::SOURCE.after)(tx, workspace, Uuid::nil(), 1)).await.unwrap();
        assert_eq!(part.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), [last.uuid()]);
    }

    async fn the_list_of_a_segment_goes_on_in_every_order_with_other_filters(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        for number in 0..9 {
            let account = add_account(&db, &world.ada, &format!("Account {number}")).await.unwrap().id;
            know(&db, &world.ada, account, Some(f64::from(number))).await;
        }
        let large = add(&db, &world.ada, shared(all_of(vec![people(Test::AtLeast(3.0))]))).await.unwrap();
        let wishes = Wishes { segment: large.id.to_string(), q: "account".to_owned(), ..Wishes::default() };
        let (mut names, mut spot): (Vec<String>, Option<Spot>) = (Vec::new(), None);
        loop {
            let (reader, asked, from) = (world.sam.clone(), wishes.clone(), spot.clone());
            let part = db.read(move |tx| found(tx, &reader, &asked, (TABLE.sort, from.as_ref()), 4)).await.unwrap();
            let Some(last) = part.last() else { break };
            spot = Some(Spot::after(last, TABLE.sort));
            names.extend(part.into_iter().map(|account| account.name));
        }
        let expected: Vec<String> = (3..9).map(|number| format!("Account {number}")).collect();
        assert_eq!(names, expected);
    }
}
