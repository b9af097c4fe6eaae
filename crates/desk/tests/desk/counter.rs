//! The counter: a morning from the first number to the last, two who call at once, midnight, the board, and forgetting.

use std::sync::Arc;
use std::time::Duration;

use desk::counter::places;
use desk::counter::{
    self, Arrival, CounterError, CounterPlaceId, Deed, HOLDS, PlaceText, Queue, Visit, VisitState, Who, board,
};
use desk::tickets::{self, Kind, Status, Ticket};
use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use tandem_core::actor::{self, Actor};
use tandem_core::contacts::erasing::{self, Holdings};
use tandem_core::contacts::identities::{self, NewIdentity};
use tandem_core::permissions::Permission;
use tandem_core::touchpoints::Channel;
use testkit::on_both;

use crate::world::{LISTS, World};

const MINUTE: Duration = Duration::from_secs(60);
/// 23:50 in Warsaw on 2026-11-23.
const NIGHT: Timestamp = Timestamp(1_795_474_200_000_000);

async fn did<T: Send + 'static>(
    db: &Db,
    actor: &Actor,
    mut act: impl FnMut(&mut Tx<'_>, &Actor) -> Result<T, CounterError> + Send + 'static,
) -> Result<T, CounterError> {
    let actor = actor.clone();
    db.write(move |tx| act(tx, &actor)).await
}

fn text(name: &str) -> PlaceText {
    let queue = |letter: &str, name: &str, kind| Queue {
        letter: letter.to_owned(),
        name: name.to_owned(),
        kind,
        team: None,
    };
    PlaceText {
        name: name.to_owned(),
        queues: vec![
            queue("B", "Payments", Kind::Billing),
            queue("A", " Repairs ", Kind::Problem),
        ],
    }
}

async fn place(db: &Db, world: &World) -> CounterPlaceId {
    let made = did(db, &world.ada, |tx, ada| {
        places::create(tx, ada, &text("Main street"))
    })
    .await;
    made.unwrap().id
}

async fn comes(
    db: &Db,
    actor: &Actor,
    id: CounterPlaceId,
    (who, queue): (Who, &str),
) -> Result<Visit, CounterError> {
    let new = Arrival {
        who,
        what: "The reader is offline\nsince Monday".to_owned(),
        queue: queue.to_owned(),
    };
    let visit = did(db, actor, move |tx, actor| counter::arrive(tx, actor, id, &new)).await?;
    db.clock().advance(Duration::from_secs(1));
    Ok(visit)
}

/// The same agent, who may not see people.
fn blind(actor: &Actor) -> Actor {
    let mut actor = actor.clone();
    if let actor::Who::Agent { permissions, .. } = &mut actor.who {
        *permissions = permissions.without([Permission::ContactsRead].into_iter().collect());
    }
    actor
}

async fn sits(db: &Db, actor: &Actor, id: CounterPlaceId, window: &'static str) -> Result<(), CounterError> {
    did(db, actor, move |tx, actor| {
        counter::sit(tx, actor, id, window, &[]).map(drop)
    })
    .await
}

async fn next(db: &Db, actor: &Actor, id: CounterPlaceId) -> Result<Visit, CounterError> {
    did(db, actor, move |tx, actor| counter::next(tx, actor, id)).await
}

async fn acts(db: &Db, actor: &Actor, visit: &Visit, deed: Deed) -> Result<Visit, CounterError> {
    let id = visit.id;
    did(db, actor, move |tx, actor| {
        counter::act(tx, actor, id, (deed, "B"))
    })
    .await
}

async fn ticket(db: &Db, world: &World, visit: &Visit) -> Ticket {
    let (sam, id) = (world.sam.clone(), visit.ticket);
    let found = db.read(move |tx| tickets::find(tx, &sam, id)).await;
    found.unwrap().unwrap()
}

on_both! { LISTS;
    async fn a_morning_at_the_counter_is_kept_with_its_waits(db: TestDb) {
        let world = World::new(&db).await;
        let id = place(&db, &world).await;
        let refused = did(&db, &world.sam, |tx, sam| places::create(tx, sam, &text("Station"))).await;
        assert!(matches!(refused, Err(CounterError::Forbidden(_))));
        let twice = did(&db, &world.ada, |tx, ada| places::create(tx, ada, &text("MAIN Street"))).await;
        assert_eq!(twice, Err(CounterError::NameTaken));

        let known = comes(&db, &world.sam, id, (Who::Known(world.contact), "A")).await.unwrap();
        let new = comes(&db, &world.sam, id, (Who::Called("bo@shop.test".to_owned()), "B")).await.unwrap();
        let again = comes(&db, &world.sam, id, (Who::Called("BO@shop.test".to_owned()), "A")).await.unwrap();
        assert_eq!([known.code(), new.code(), again.code()], ["A001", "B001", "A002"]);
        assert_eq!(new.contact, again.contact, "who is known by an address is not added twice");
        let blind = comes(&db, &blind(&world.sam), id, (Who::Called("bo@shop.test".to_owned()), "A")).await;
        assert!(matches!(blind, Err(CounterError::Forbidden(_))), "nobody learns so who is known");
        let asked = ticket(&db, &world, &known).await;
        assert_eq!((asked.channel, asked.kind, asked.account), (Channel::InPerson, Kind::Problem, Some(world.account)));
        assert_eq!((asked.subject.as_str(), asked.agent), ("The reader is offline", None));
        for (who, queue, error) in [
            (Who::Called(" ".to_owned()), "A", CounterError::NoWho),
            (Who::Known(world.contact), "F", CounterError::NoQueue),
        ] {
            assert_eq!(comes(&db, &world.sam, id, (who, queue)).await, Err(error));
        }
        let looker = comes(&db, &world.pat, id, (Who::Known(world.contact), "A")).await;
        assert!(matches!(looker, Err(CounterError::Forbidden(_))));

        assert_eq!(next(&db, &world.sam, id).await, Err(CounterError::NoSeat));
        sits(&db, &world.sam, id, "3").await.unwrap();
        db.clock().advance(Duration::from_secs(297));
        let called = next(&db, &world.sam, id).await.unwrap();
        assert_eq!((called.id, called.window.as_str(), called.waited), (known.id, "3", 300_000_000));
        assert_eq!(ticket(&db, &world, &called).await.agent, world.sam.agent());
        assert_eq!(next(&db, &world.sam, id).await, Err(CounterError::Busy));
        assert_eq!(sits(&db, &world.ada, id, "3").await, Err(CounterError::WindowTaken));
        sits(&db, &world.ada, id, "4").await.unwrap();

        // Nobody comes, and then they do; the one who waited longest is first again.
        let missed = next(&db, &world.ada, id).await.unwrap();
        assert_eq!(missed.id, new.id);
        assert_eq!(acts(&db, &world.ada, &missed, Deed::CallAgain).await.unwrap().calls, 2);
        acts(&db, &world.ada, &missed, Deed::NoShow).await.unwrap();
        acts(&db, &world.ada, &missed, Deed::PutBack).await.unwrap();
        assert_eq!(next(&db, &world.ada, id).await.unwrap().id, new.id);
        db.clock().advance(MINUTE * 2);
        acts(&db, &world.ada, &missed, Deed::Done).await.unwrap();
        assert_eq!(ticket(&db, &world, &missed).await.status, Status::Open);

        // Handed on, they keep their number and their place; the ticket is the other queue's work.
        let moved = acts(&db, &world.sam, &known, Deed::HandOn).await.unwrap();
        assert_eq!((moved.code().as_str(), moved.queue.as_str(), moved.state), ("A001", "B", VisitState::Waiting));
        let handed = ticket(&db, &world, &known).await;
        assert_eq!((handed.kind, handed.agent), (Kind::Billing, None));
        assert_eq!(next(&db, &world.ada, id).await.unwrap().id, known.id);
        db.clock().advance(MINUTE);
        let served = acts(&db, &world.ada, &known, Deed::Solve).await.unwrap();
        assert_eq!((served.served, ticket(&db, &world, &known).await.status), (180_000_000, Status::Solved));
        assert_eq!(acts(&db, &world.sam, &known, Deed::Done).await, Err(CounterError::BadDeed));
        let workspace = world.workspace;
        let told = db.read(move |tx| tandem_core::events::about(tx, workspace, known.ticket, 100)).await.unwrap();
        let done = told.iter().find(|event| event.kind == "counter.served").unwrap();
        assert!(done.topics.contains(&world.account.to_string()), "the visit is on the account's timeline");
        assert!(!done.payload.to_string().contains("reader"));

        let (_, _, visits) = did(&db, &world.pat, move |tx, pat| counter::of_day(tx, pat, id, None)).await.unwrap();
        let figures = counter::figures(&visits);
        assert_eq!((figures.came, figures.served, figures.waiting, figures.no_shows), (3, 2, 1, 0));
        assert_eq!((figures.waited_median, figures.waited_p90), (Some(300), Some(300)));
        assert_eq!(figures.served_median, Some(150));
    }

    async fn however_many_call_at_once_nobody_is_called_twice(db: TestDb) {
        let world = World::new(&db).await;
        let id = place(&db, &world).await;
        sits(&db, &world.sam, id, "1").await.unwrap();
        sits(&db, &world.ada, id, "2").await.unwrap();
        let mut called = Vec::new();
        for _ in 0..3 {
            for _ in 0..2 {
                comes(&db, &world.sam, id, (Who::Known(world.contact), "A")).await.unwrap();
            }
            let (one, other) = tokio::join!(next(&db, &world.sam, id), next(&db, &world.ada, id));
            for (visit, actor) in [(one.unwrap(), &world.sam), (other.unwrap(), &world.ada)] {
                acts(&db, actor, &visit, Deed::Done).await.unwrap();
                called.push(visit.number);
            }
        }
        called.sort_unstable();
        assert_eq!(called, [1, 2, 3, 4, 5, 6]);
        assert_eq!(next(&db, &world.sam, id).await, Err(CounterError::Nobody));
        // Numbers that are given at once are different too.
        let (one, other) = tokio::join!(
            comes(&db, &world.sam, id, (Who::Known(world.contact), "A")),
            comes(&db, &world.ada, id, (Who::Known(world.contact), "A")),
        );
        let mut given = [one.unwrap().number, other.unwrap().number];
        given.sort_unstable();
        assert_eq!(given, [7, 8]);
    }

    async fn numbers_windows_and_lines_begin_anew_at_the_workspaces_midnight(db: TestDb) {
        let world = World::new(&db).await;
        db.clock().set(NIGHT);
        let id = place(&db, &world).await;
        sits(&db, &world.sam, id, "1").await.unwrap();
        let late = comes(&db, &world.sam, id, (Who::Known(world.contact), "A")).await.unwrap();
        assert_eq!((late.code().as_str(), late.day.to_string().as_str()), ("A001", "2026-11-23"));
        // Past midnight in Warsaw, not yet by UTC.
        db.clock().advance(MINUTE * 20);
        let early = comes(&db, &world.sam, id, (Who::Known(world.contact), "A")).await.unwrap();
        assert_eq!((early.code().as_str(), early.day.to_string().as_str()), ("A001", "2026-11-24"));
        assert_eq!(next(&db, &world.sam, id).await, Err(CounterError::NoSeat));
        sits(&db, &world.ada, id, "1").await.unwrap();
        assert_eq!(next(&db, &world.ada, id).await.unwrap().id, early.id);
        assert_eq!(acts(&db, &world.ada, &late, Deed::Call).await, Err(CounterError::AnotherDay));
    }

    async fn the_board_shows_numbers_and_windows_to_whoever_has_its_key(db: TestDb) {
        let world = World::new(&db).await;
        let id = place(&db, &world).await;
        sits(&db, &world.sam, id, "7").await.unwrap();
        for _ in 0..2 {
            comes(&db, &world.sam, id, (Who::Known(world.contact), "A")).await.unwrap();
        }
        next(&db, &world.sam, id).await.unwrap();
        let renew = async || {
            let made = did(&db, &world.ada, move |tx, ada| places::renew_board(tx, ada, id)).await;
            made.unwrap().1
        };
        let look = async |secret: &tandem_core::doors::Secret| {
            let secret = secret.clone();
            db.read(move |tx| board::look(tx, &secret).map(|(board, _)| board)).await
        };
        let key = renew().await;
        let shown = look(&key).await.unwrap();
        assert_eq!((shown.calls[0].number.as_str(), shown.calls[0].window.as_str()), ("A001", "7"));
        assert!(shown.calls[0].is_fresh);
        assert_eq!((shown.waiting.as_slice(), shown.more), (["A002".to_owned()].as_slice(), 0));
        let words = format!("{shown:?}");
        assert!(!["Leyla", "Acme", "reader", "Sam", "con_", "tkt_"].iter().any(|word| words.contains(word)), "{words}");
        db.clock().advance(MINUTE);
        assert!(!look(&key).await.unwrap().calls[0].is_fresh);
        let newer = renew().await;
        assert_eq!(look(&key).await, Err(CounterError::Closed));
        assert!(look(&newer).await.is_ok());
        did(&db, &world.ada, move |tx, ada| places::archive(tx, ada, id)).await.unwrap();
        assert_eq!(look(&newer).await, Err(CounterError::Closed));
        assert_eq!(comes(&db, &world.sam, id, (Who::Known(world.contact), "A")).await, Err(CounterError::Archived));
        did(&db, &world.ada, move |tx, ada| places::restore(tx, ada, id)).await.unwrap();
        assert!(look(&newer).await.is_ok());
        did(&db, &world.ada, move |tx, ada| places::close_board(tx, ada, id)).await.unwrap();
        assert_eq!(look(&newer).await, Err(CounterError::Closed));
    }

    async fn another_workspace_sees_nothing_and_the_erased_are_forgotten(db: TestDb) {
        db.attach(Arc::new(Holdings::new(&[&HOLDS])));
        let world = World::new(&db).await;
        let id = place(&db, &world).await;
        let visit = comes(&db, &world.sam, id, (Who::Known(world.contact), "A")).await.unwrap();
        assert_eq!(sits(&db, &world.eve, id, "1").await, Err(CounterError::Unknown));
        assert_eq!(next(&db, &world.eve, id).await, Err(CounterError::Unknown));
        assert_eq!(acts(&db, &world.eve, &visit, Deed::NoShow).await, Err(CounterError::Unknown));
        let theirs = did(&db, &world.eve, |tx, eve| places::create(tx, eve, &text("Main street"))).await.unwrap();
        let foreign = comes(&db, &world.eve, theirs.id, (Who::Known(world.contact), "A")).await;
        assert_eq!(foreign, Err(CounterError::NoContact));

        let (ada, contact) = (world.ada.clone(), world.contact);
        let taken = db.write(move |tx| {
            identities::add(tx, &ada, contact, &NewIdentity::email("leyla@acme.test")).unwrap();
            let taken = erasing::export(tx, &ada, contact).unwrap();
            erasing::erase(tx, &ada, contact).unwrap();
            Ok::<_, DbError>(taken)
        }).await.unwrap();
        assert_eq!(taken["held_elsewhere"]["counter_visits"][0]["number"], "A001");
        let kept = did(&db, &world.sam, move |tx, sam| counter::visit(tx, sam, visit.id)).await.unwrap();
        assert_eq!((kept.contact, kept.code().as_str()), (None, "A001"));
    }
}
