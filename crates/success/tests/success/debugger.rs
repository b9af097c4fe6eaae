//! The debugger: what was rejected is mended and sent again, and what comes of it is said.

use axum::body::Body;
use axum::extract::{Path, State};
use http::{HeaderMap, StatusCode, header};
use kit::db::{Db, DbError};
use success::usage::debugger::{self, Came, DebugError, Filter, Replayed, Whose, bulk};
use success::usage::folding::fold;
use success::usage::log::refusals::{self, NewRefusal, Refusal};
use success::usage::log::{self, BatchId, Logged, unpacked};
use success::usage::protocol::taking::take;
use success::usage::protocol::{Call, Reason, Refused, hook};
use success::usage::sources::{self, Gate};
use tandem_core::accounts::external_ids;
use tandem_core::actor::Actor;
use testkit::on_both;

use crate::taking::{gate, send};
use crate::world::{LISTS, World};

async fn kept(db: &Db, gate: &Gate) -> Vec<Refusal> {
    let workspace = gate.workspace;
    db.read(move |tx| refusals::newest(tx, workspace, None, None, 5_000))
        .await
        .unwrap()
}

async fn logged(db: &Db, gate: &Gate) -> Vec<Logged> {
    let workspace = gate.workspace;
    let batches = db.read(move |tx| log::newest(tx, workspace, None, None, 100));
    let batches = batches.await.unwrap();
    batches.iter().flat_map(|batch| unpacked(&batch.body)).collect()
}

async fn replayed(db: &Db, actor: &Actor, refusal: &Refusal, text: &str) -> Replayed {
    let (actor, id, text) = (actor.clone(), refusal.id, text.to_owned());
    db.write(move |tx| debugger::replay(tx, &actor, id, &text))
        .await
        .unwrap()
}

async fn looked(db: &Db, actor: &Actor, filter: Filter, before: Option<BatchId>) -> (Came, Vec<Whose>) {
    let actor = actor.clone();
    let looked = db.read(move |tx| {
        let came = debugger::newest(tx, &actor, &filter, before)?;
        let whose = debugger::whose(tx, &actor, &came.events)?;
        Ok::<_, DebugError>((came, whose))
    });
    looked.await.unwrap()
}

fn names((came, _): &(Came, Vec<Whose>)) -> Vec<String> {
    let names = came.events.iter().map(|seen| seen.event.header.name.clone());
    names.collect()
}

on_both! { LISTS;
    async fn what_is_mended_is_taken_as_what_it_says_now(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        // A group that was meant to be an identify, and a track that only its address calls so.
        send(&db, &gate, &[r#"{"type":"group","userId":"u-1","messageId":"1"}"#]).await;
        let group = kept(&db, &gate).await.remove(0);
        let mended = group.body.replace("group", "identify");
        assert_eq!(replayed(&db, &world.ada, &group, &mended).await, Replayed::Taken(1));
        assert_eq!(logged(&db, &gate).await[0].header.call, "identify");
        let bare = r#"{"userId":"u-1","messageId":"2"}"#;
        take(&db, &gate, &[bare], (Some(Call::Track), None)).await.unwrap();
        let track = kept(&db, &gate).await.remove(0);
        let mended = r#"{"userId":"u-1","messageId":"2","event":"Opened"}"#;
        assert_eq!(replayed(&db, &world.ada, &track, mended).await, Replayed::Taken(1));
        assert!(logged(&db, &gate).await.iter().any(|event| event.header.name == "Opened"));
    }

    async fn what_is_there_already_is_not_said_to_be_taken(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let good = r#"{"type":"track","event":"A","userId":"u-1","messageId":"1"}"#;
        send(&db, &gate, &[good, r#"{"type":"track","userId":"u-1","messageId":"1"}"#]).await;
        let refusal = kept(&db, &gate).await.remove(0);
        assert_eq!(replayed(&db, &world.ada, &refusal, good).await, Replayed::Known);
        assert_eq!(logged(&db, &gate).await.len(), 1);
        assert!(kept(&db, &gate).await[0].settled.is_some());
    }

    async fn a_body_that_could_not_be_read_is_mended_and_sent_again(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, gate) = (world.ada.clone(), gate(&db, &world).await);
        let source = gate.source;
        let key = db.read(move |tx| sources::find(tx, &ada, source)).await.unwrap().unwrap().key().to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, format!("Bearer {key}").parse().unwrap());
        let torn = r#"{"sentAt":"2026-01-02T00:00:00Z","batch":[{"type":"track","event":"A","userId":"u-1","messageId":"1"},{"type":"track"}"#;
        let sent = hook::take(State(db.db.clone()), Path("batch".to_owned()), headers, Body::from(torn));
        assert_eq!(sent.await.unwrap().status(), StatusCode::BAD_REQUEST);
        let refusal = kept(&db, &gate).await.remove(0);
        assert!(refusal.is_whole && refusal.body == torn);
        let (ada, id) = (world.ada.clone(), refusal.id);
        let again = db.write(move |tx| debugger::replay(tx, &ada, id, torn)).await;
        assert!(matches!(again, Err(DebugError::Refused(_))));
        let mended = format!("{torn}]}}");
        assert_eq!(replayed(&db, &world.ada, &refusal, &mended).await, Replayed::Part(1, 1));
        assert_eq!(logged(&db, &gate).await.len(), 1);
        let open = kept(&db, &gate).await;
        let open: Vec<_> = open.iter().filter(|kept| kept.settled.is_none()).collect();
        assert_eq!((open.len(), open[0].body.as_str()), (1, r#"{"type":"track"}"#));
    }

    async fn of_a_large_batch_everything_that_was_rejected_is_kept(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        send(&db, &gate, &["{}"; 300]).await;
        assert_eq!(kept(&db, &gate).await.len(), 300);
        send(&db, &gate, &["{}"; 2_000]).await;
        assert_eq!(kept(&db, &gate).await.len(), 1_000, "within an hour");
        db.clock.advance(std::time::Duration::from_secs(3_601));
        send(&db, &gate, &["{}"; 10]).await;
        assert_eq!(kept(&db, &gate).await.len(), 1_010);
    }

    async fn events_are_found_and_say_whose_they_are_and_how_often_they_came(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let (ada, account) = (world.ada.clone(), world.account);
        db.write(move |tx| external_ids::add(tx, &ada, account, "usage", "acme")).await.unwrap();
        let opened = r#"{"type":"track","event":"Report opened","userId":"u-1","messageId":"1","context":{"groupId":"acme"}}"#;
        let priced = r#"{"type":"page","name":"Pricing","userId":"u-2","messageId":"2"}"#;
        send(&db, &gate, &[opened, priced]).await;
        send(&db, &gate, &[opened]).await;
        fold(&db).await.unwrap();
        let pages = Filter { call: Some(Call::Page), ..Filter::default() };
        assert_eq!(names(&looked(&db, &world.ada, pages, None).await), ["Pricing"]);
        let text = Filter { text: "report".to_owned(), ..Filter::default() };
        let (came, whose) = looked(&db, &world.ada, text, None).await;
        assert_eq!((came.events.len(), whose[0].again), (1, 1));
        assert_eq!(whose[0].account, Some((world.account, "Acme".to_owned())));
        assert_eq!(whose[0].contact, None);
        let (came, whose) = looked(&db, &world.ada, Filter::of_source(gate.source), None).await;
        let priced = came.events.iter().position(|seen| seen.event.header.name == "Pricing").unwrap();
        assert_eq!((whose[priced].again, &whose[priced].account), (0, &None));
        assert!(looked(&db, &world.eve, Filter::default(), None).await.0.events.is_empty());
    }

    async fn everything_that_is_in_the_log_can_be_paged_to(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        for n in 0..230 {
            let event = format!(r#"{{"type":"track","event":"E{n}","userId":"u","messageId":"{n}"}}"#);
            send(&db, &gate, &[&event]).await;
        }
        let (mut all, mut place) = (std::collections::BTreeSet::new(), None);
        for more in [true, true, false] {
            let page = looked(&db, &world.ada, Filter::default(), place).await;
            all.extend(names(&page));
            place = page.0.next;
            assert_eq!(place.is_some(), more);
        }
        assert_eq!(all.len(), 230);
    }

    async fn what_was_rejected_is_found_by_its_reason_and_paged_to(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let (nameless, lonely) = (r#"{"type":"track","userId":"u"}"#, r#"{"type":"page"}"#);
        send(&db, &gate, &[nameless, lonely, nameless, lonely, nameless]).await;
        let page = async |filter: Filter, place, limit| {
            let ada = world.ada.clone();
            let page = db.read(move |tx| debugger::rejected(tx, &ada, &filter, place, limit)).await;
            page.unwrap()
        };
        let reason = Filter { reason: Some(Reason::NoEvent), ..Filter::default() };
        let first = page(reason.clone(), None, 2).await;
        assert!(first.refusals.len() == 2 && first.next.is_some());
        let second = page(reason, first.next, 2).await;
        assert_eq!((second.refusals.len(), second.next), (1, None));
        let call = Filter { call: Some(Call::Page), ..Filter::default() };
        assert_eq!(page(call, None, 50).await.refusals.len(), 2);
    }

    async fn everything_rejected_for_a_reason_is_sent_again_in_the_background(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let (workspace, source, now) = (gate.workspace, gate.source, db.clock().now());
        let good = |n: usize| format!(r#"{{"type":"track","event":"E{n}","userId":"u","messageId":"{n}"}}"#);
        let mut bodies: Vec<String> = (0..250).map(good).collect();
        bodies.push(r#"{"type":"track","userId":"u"}"#.to_owned());
        // Rejected by an older program, say.
        let rejected = db.write(move |tx| {
            for body in &bodies {
                let refused = Refused {
                    index: 0,
                    call: "track".to_owned(),
                    message: None,
                    reason: Reason::LongName,
                    about: "event".to_owned(),
                    body: body.clone(),
                };
                refusals::keep(tx, workspace, source, &NewRefusal::of(&refused, (now, None)))?;
            }
            Ok::<_, DbError>(())
        });
        rejected.await.unwrap();
        send(&db, &gate, &[r#"{"type":"page"}"#]).await;
        let long = Filter { reason: Some(Reason::LongName), ..Filter::default() };
        let (ada, eve) = (world.ada.clone(), world.eve.clone());
        let begun = db.write(move |tx| bulk::begin(tx, &ada, &long)).await.unwrap();
        assert_eq!((begun.total, begun.tried), (251, 0));
        let mut jobs = kit::jobs::Jobs::new();
        jobs.reaction(kit::jobs::Options::new(), bulk::carry);
        while kit::jobs::run_due(&db, &jobs).await.unwrap() > 0 {}
        let ada = world.ada.clone();
        let over = db.read(move |tx| bulk::latest(tx, &ada)).await.unwrap().unwrap();
        assert_eq!((over.tried, over.taken), (251, 250));
        assert_eq!(logged(&db, &gate).await.len(), 100, "of the newest hundred batches");
        assert_eq!(kept(&db, &gate).await.iter().filter(|kept| kept.is_open()).count(), 2);
        assert!(over.ended_at.is_some());
        let theirs = db.read(move |tx| bulk::latest(tx, &eve)).await.unwrap();
        assert_eq!(theirs, None);
        let sam = world.sam.clone();
        let forbidden = db.write(move |tx| bulk::begin(tx, &sam, &Filter::default())).await;
        assert!(matches!(forbidden, Err(DebugError::Forbidden(_))));
    }
}
