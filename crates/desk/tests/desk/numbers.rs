//! The numbers of support: what is stored of every ticket is what its record says, whatever happened to it.

use std::sync::Arc;
use std::time::Duration;

use desk::numbers::rows::{Age, Of, Rows};
use desk::numbers::{
    self, Ask, By, Fact, Filter, HOURS, Hours, Key, NumbersError, Period, Report, jobs as packing,
};
use desk::tickets::bins::{self, Bin};
use desk::tickets::connections::{self, Joint};
use desk::tickets::{
    self, Change, Field, Message, MessageKind, NewMessage, NewTicket, Priority, Status, Ticket, TicketError,
    TicketId,
};
use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::Db;
use kit::id::{Ids, TypedId};
use kit::jobs::{self, Jobs, Options};
use tandem_core::events::Wiring;
use tandem_core::workspaces;
use testkit::on_both;

use crate::tickets::{asked, change, open, says, write};
use crate::world::{LISTS, World};

const HOUR: Duration = Duration::from_secs(3_600);

async fn fact(db: &Db, world: &World, id: TicketId) -> Fact {
    let ada = world.ada.clone();
    db.read(move |tx| numbers::fact(tx, &ada, id))
        .await
        .unwrap()
        .unwrap()
}

/// The last `days` days.
async fn ask(db: &Db, world: &World, days: i64) -> Ask {
    let workspace = world.workspace;
    let today = db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap();
    Ask {
        period: Period::last(days, today).unwrap(),
        filter: Filter::default(),
        by: By::Agent,
        hours: Hours::Calendar,
        today,
    }
}

async fn report(db: &Db, world: &World, ask: &Ask) -> Report {
    let (ada, ask) = (world.ada.clone(), ask.clone());
    db.read(move |tx| numbers::report(tx, &ada, &ask)).await.unwrap()
}

async fn rows(db: &Db, world: &World, of: Of, ask: &Ask) -> Vec<Fact> {
    let (ada, rows) = (world.ada.clone(), Rows::behind(of, ask));
    db.read(move |tx| numbers::rows::rows(tx, &ada, &rows, 1_000))
        .await
        .unwrap()
}

/// Packs what is stale.
async fn pack(db: &Db) {
    db.write(|tx| jobs::Queue::new(&packing::Turn {}).put(tx).map(drop))
        .await
        .unwrap();
    let mut known = Jobs::new();
    known.reaction(Options::new(), packing::turn);
    known.reaction(Options::new(), packing::pack);
    known.reaction(Options::new(), packing::build);
    while jobs::run_due(db, &known).await.unwrap() > 0 {}
}

/// Everything in the record of a ticket.
async fn record(db: &Db, world: &World, id: TicketId) -> (Ticket, Vec<Message>, Vec<Change>) {
    let ada = world.ada.clone();
    db.read(move |tx| {
        let ticket = tickets::find(tx, &ada, id)?.unwrap();
        let messages = tickets::messages(tx, &ada, id, None, 1_000)?;
        let mut changes = tickets::changes(tx, &ada, id, 1_000)?;
        changes.sort_by_key(|change| change.id);
        Ok::<_, TicketError>((ticket, messages, changes))
    })
    .await
    .unwrap()
}

/// What the definitions say, from messages and changes alone: when it was first answered, first and last solved, and whether
/// it came back. A change that was taken back never was, nor was the one that took it back.
fn recomputed(
    (ticket, messages, changes): &(Ticket, Vec<Message>, Vec<Change>),
) -> (Option<Timestamp>, Option<Timestamp>, Option<Timestamp>, bool, i64) {
    let replies: Vec<&Message> = messages
        .iter()
        .filter(|one| one.kind == MessageKind::Reply)
        .collect();
    let opened_by_us = messages
        .first()
        .is_some_and(|first| first.kind == MessageKind::Reply && first.written_at == ticket.opened_at);
    let answered = replies.get(usize::from(opened_by_us)).map(|one| one.written_at);
    let stands = |change: &Change| {
        let mut is_there = true;
        let mut id = change.id;
        // A change taken back, whose taking back was taken back, stands.
        while let Some(next) = changes.iter().find(|other| other.undoes == Some(id)) {
            is_there = !is_there;
            id = next.id;
        }
        is_there
    };
    let turns: Vec<&Change> = changes
        .iter()
        .filter(|change| change.field == Field::Status && change.undoes.is_none() && stands(change))
        .collect();
    let solvings = || turns.iter().filter(|change| change.after == "solved");
    let is_reopened = turns
        .iter()
        .any(|change| change.before == "solved" && change.after != "merged");
    (
        answered,
        solvings().map(|change| change.at).min(),
        solvings().map(|change| change.at).max(),
        is_reopened,
        i64::try_from(replies.len()).unwrap(),
    )
}

/// Does something to a ticket that the dice say.
async fn stir(db: &Db, world: &World, id: TicketId, dice: &Ids) {
    db.clock()
        .advance(HOUR * (1 + u32::try_from(dice.below(30)).unwrap()));
    let ours = if dice.below(2) == 0 {
        &world.sam
    } else {
        &world.ada
    };
    let then = [None, Some(Status::Waiting), Some(Status::Solved)][usize::try_from(dice.below(3)).unwrap()];
    match dice.below(8) {
        0 | 1 => {
            let new = NewMessage {
                then: then.map(Into::into),
                ..says(MessageKind::Reply, "We look into it")
            };
            drop(write(db, ours, id, new).await);
        }
        2 => drop(write(db, ours, id, says(MessageKind::Inbound, "Still not")).await),
        3 => drop(write(db, ours, id, says(MessageKind::Note, "Hm")).await),
        4 => drop(change(db, ours, id, Field::Status, "solved").await),
        5 => drop(change(db, ours, id, Field::Status, "open").await),
        6 => drop(change(db, ours, id, Field::Agent, &ours.agent().unwrap().to_string()).await),
        _ => {
            let (_, _, changes) = record(db, world, id).await;
            if let Some(last) = changes.last() {
                let (ada, last) = (world.ada.clone(), last.id);
                drop(db.write(move |tx| tickets::undo(tx, &ada, last)).await);
            }
        }
    }
}

on_both! { LISTS;
    async fn what_is_stored_is_what_the_record_says_after_anything(db: TestDb) {
        db.attach(Arc::new(Wiring::default()));
        let world = World::new(&db).await;
        let dice = Ids::seeded(0x39);
        let mut all = Vec::new();
        for number in 0..14_u64 {
            let new = NewTicket { is_ours: number % 4 == 0, ..asked(&world) };
            let ticket = open(&db, &world.sam, new).await.unwrap();
            for _ in 0..(3 + dice.below(9)) {
                stir(&db, &world, ticket.id, &dice).await;
            }
            all.push(ticket.id);
        }
        for round in 0..2 {
            let mut counted = (0, 0, 0, 0, 0);
            for id in &all {
                let told = record(&db, &world, *id).await;
                let fact = fact(&db, &world, *id).await;
                let (answered, first, last, is_reopened, replies) = recomputed(&told);
                let opened = told.0.opened_at;
                let seconds = |at: Option<Timestamp>| at.map(|at| i64::try_from(at.since(opened).as_secs()).unwrap());
                let calendar = |time: Option<numbers::Time>| time.map(|time| time.calendar);
                let number = told.0.number;
                assert_eq!(calendar(fact.first_response), seconds(answered), "first response of {number}");
                assert_eq!(calendar(fact.first_resolution), seconds(first), "first resolution of {number}");
                assert_eq!(calendar(fact.resolution), seconds(last), "resolution of {number}");
                assert_eq!((fact.is_reopened, fact.replies), (is_reopened, replies), "{number}");
                assert!(calendar(fact.resolution) >= fact.resolution.map(|time| time.working));
                counted.0 += 1;
                counted.1 += i64::from(last.is_some());
                counted.2 += i64::from(last.is_some() && is_reopened);
                counted.3 += i64::from(last.is_some() && replies < 2);
                counted.4 += i64::from(told.0.status != Status::Solved);
            }
            let ask = ask(&db, &world, 365).await;
            let report = report(&db, &world, &ask).await;
            let whole = &report.whole;
            let found = (whole.created, whole.solved, whole.reopened, whole.one_touch, report.open_now());
            assert_eq!(found, counted, "round {round}");
            assert_eq!(report.backlog_steps().last().copied(), Some(report.open_now()));
            for (of, wanted) in [(Of::Created, found.0), (Of::Solved, found.1), (Of::Reopened, found.2), (Of::OneTouch, found.3), (Of::Backlog, found.4)] {
                assert_eq!(i64::try_from(rows(&db, &world, of, &ask).await.len()).unwrap(), wanted, "{of:?}");
            }
            assert_eq!(report.heat.iter().flatten().sum::<i64>(), found.0);
            for (age, wanted) in Age::ALL.into_iter().zip(report.backlog) {
                let (ada, aged) = (world.ada.clone(), Rows::behind(Of::Backlog, &ask).aged(age, ask.today));
                let listed = db.read(move |tx| numbers::rows::rows(tx, &ada, &aged, 1_000)).await.unwrap();
                assert_eq!(i64::try_from(listed.len()).unwrap(), wanted, "{age:?}");
            }
            for (hour, word) in HOURS.into_iter().enumerate() {
                let opened: i64 = report.heat.iter().map(|day| day[hour]).sum();
                let only = Ask { filter: Filter { wanted: vec![(By::Hour, Key::Word(word))] }, ..ask.clone() };
                let listed = rows(&db, &world, Of::Created, &only).await.len();
                assert_eq!(i64::try_from(listed).unwrap(), opened, "at {word}");
            }
            // The same once every day is packed.
            pack(&db).await;
        }
    }

    async fn a_response_counts_as_the_definitions_say(db: TestDb) {
        db.attach(Arc::new(Wiring::default()));
        let world = World::new(&db).await;
        // Notes and the customer's own words are no answers.
        let asked_by_them = open(&db, &world.sam, asked(&world)).await.unwrap();
        db.clock().advance(HOUR);
        write(&db, &world.sam, asked_by_them.id, says(MessageKind::Note, "Who knows?")).await.unwrap();
        write(&db, &world.sam, asked_by_them.id, says(MessageKind::Inbound, "Hello?")).await.unwrap();
        assert_eq!(fact(&db, &world, asked_by_them.id).await.first_response, None);
        db.clock().advance(HOUR);
        write(&db, &world.sam, asked_by_them.id, says(MessageKind::Reply, "Here.")).await.unwrap();
        let first = fact(&db, &world, asked_by_them.id).await.first_response.unwrap();
        assert_eq!(first.calendar, 7_200);
        // A ticket that we opened with a message is answered by the second.
        let ours = open(&db, &world.sam, NewTicket { is_ours: true, ..asked(&world) }).await.unwrap();
        db.clock().advance(HOUR);
        assert_eq!(fact(&db, &world, ours.id).await.first_response, None);
        write(&db, &world.sam, ours.id, says(MessageKind::Reply, "Any news?")).await.unwrap();
        assert_eq!(fact(&db, &world, ours.id).await.first_response.unwrap().calendar, 3_600);
        // One touch: fewer than two answers.
        change(&db, &world.sam, asked_by_them.id, Field::Status, "solved").await.unwrap();
        change(&db, &world.sam, ours.id, Field::Status, "solved").await.unwrap();
        let ask = ask(&db, &world, 7).await;
        let whole = report(&db, &world, &ask).await.whole;
        assert_eq!((whole.solved, whole.one_touch, whole.reopened), (2, 1, 0));
    }

    async fn a_solving_that_is_taken_back_never_was(db: TestDb) {
        db.attach(Arc::new(Wiring::default()));
        let world = World::new(&db).await;
        let one = open(&db, &world.sam, asked(&world)).await.unwrap();
        db.clock().advance(HOUR);
        let (_, done) = change(&db, &world.sam, one.id, Field::Status, "solved").await.unwrap();
        assert_eq!(fact(&db, &world, one.id).await.resolution.unwrap().calendar, 3_600);
        let (sam, id) = (world.sam.clone(), done[0].id);
        db.write(move |tx| tickets::undo(tx, &sam, id).map(drop)).await.unwrap();
        let after = fact(&db, &world, one.id).await;
        assert_eq!((after.resolution, after.first_resolution, after.is_reopened, after.is_open), (None, None, false, true));
        // One that came back was solved: it counts, with the moment at which it last was.
        change(&db, &world.sam, one.id, Field::Status, "solved").await.unwrap();
        db.clock().advance(HOUR * 5);
        change(&db, &world.sam, one.id, Field::Status, "open").await.unwrap();
        let after = fact(&db, &world, one.id).await;
        assert_eq!((after.resolution.unwrap().calendar, after.is_reopened, after.is_open), (3_600, true, true));
        let ask = ask(&db, &world, 7).await;
        let found = report(&db, &world, &ask).await;
        assert_eq!((found.whole.solved, found.whole.standing, found.whole.reopen_share(), found.open_now()), (1, 0, Some(1.0), 1));
    }

    async fn merged_tickets_count_once(db: TestDb) {
        db.attach(Arc::new(Wiring::default()));
        let world = World::new(&db).await;
        let one = open(&db, &world.sam, asked(&world)).await.unwrap();
        let other = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (sam, ids) = (world.sam.clone(), (one.id, other.id));
        let joined = db.write(move |tx| connections::connect(tx, &sam, ids, Joint::Merged)).await.unwrap();
        let ask = ask(&db, &world, 7).await;
        let found = report(&db, &world, &ask).await;
        assert_eq!((found.whole.created, found.open_now(), rows(&db, &world, Of::Created, &ask).await.len()), (1, 1, 1));
        let sam = world.sam.clone();
        db.write(move |tx| connections::end(tx, &sam, joined.id).map(drop)).await.unwrap();
        let found = report(&db, &world, &ask).await;
        assert_eq!((found.whole.created, found.open_now()), (2, 2));
    }

    async fn spam_and_what_is_in_the_trash_count_nowhere_until_they_come_back(db: TestDb) {
        db.attach(Arc::new(Wiring::default()));
        let world = World::new(&db).await;
        let spam = open(&db, &world.sam, asked(&world)).await.unwrap();
        let trash = open(&db, &world.sam, asked(&world)).await.unwrap();
        open(&db, &world.sam, asked(&world)).await.unwrap();
        let (ada, ids) = (world.ada.clone(), (spam.id, trash.id));
        db.write(move |tx| {
            bins::mark(tx, &ada, ids.0, false)?;
            bins::throw_away(tx, &ada, ids.1).map(drop)
        }).await.unwrap();
        let ask = ask(&db, &world, 7).await;
        let found = report(&db, &world, &ask).await;
        assert_eq!((found.whole.created, found.open_now(), rows(&db, &world, Of::Created, &ask).await.len()), (1, 1, 1));
        let ada = world.ada.clone();
        db.write(move |tx| bins::restore(tx, &ada, ids.0, Bin::Spam).map(drop)).await.unwrap();
        let found = report(&db, &world, &ask).await;
        assert_eq!((found.whole.created, found.open_now()), (2, 2));
    }

    async fn filters_and_parts_agree_and_nobody_else_sees_anything(db: TestDb) {
        db.attach(Arc::new(Wiring::default()));
        let world = World::new(&db).await;
        let sam = world.sam.agent().unwrap();
        for number in 0..5 {
            let agent = (number < 3).then_some(sam);
            let priority = if number == 0 { Priority::Urgent } else { Priority::Low };
            open(&db, &world.sam, NewTicket { agent, priority, ..asked(&world) }).await.unwrap();
        }
        let ask = ask(&db, &world, 30).await;
        let whole = report(&db, &world, &ask).await;
        let mine = Key::Id(sam.uuid());
        assert_eq!((whole.parts[&mine].created, whole.parts[&Key::None].created), (3, 2));
        for (wanted, n) in [
            (vec![(By::Agent, mine.clone())], 3),
            (vec![(By::Agent, Key::None)], 2),
            (vec![(By::Agent, mine), (By::Priority, Key::Word("urgent"))], 1),
            (vec![(By::Channel, Key::Word("phone"))], 0),
        ] {
            let only = Ask { filter: Filter { wanted }, ..ask.clone() };
            let found = report(&db, &world, &only).await;
            let listed = rows(&db, &world, Of::Created, &only).await.len();
            assert_eq!((found.whole.created, i64::try_from(listed).unwrap()), (n, n), "{:?}", only.filter);
        }
        let (eve, foreign) = (world.eve.clone(), ask.clone());
        let seen = db.read(move |tx| numbers::report(tx, &eve, &foreign)).await.unwrap();
        assert_eq!((seen.whole.created, seen.open_now()), (0, 0));
        let nobody = world.ada.clone();
        let nobody = tandem_core::actor::Actor {
            who: tandem_core::actor::Who::Agent { id: sam, name: "Nobody".to_owned(), permissions: [].into_iter().collect() },
            ..nobody
        };
        let refused = db.read(move |tx| numbers::report(tx, &nobody, &ask)).await;
        assert!(matches!(refused, Err(NumbersError::Forbidden(_))));
    }

    async fn tickets_from_before_are_counted_by_themselves(db: TestDb) {
        db.attach(Arc::new(Wiring::default()));
        let world = World::new(&db).await;
        open(&db, &world.sam, asked(&world)).await.unwrap();
        pack(&db).await;
        let ask = ask(&db, &world, 7).await;
        assert_eq!(report(&db, &world, &ask).await.whole.created, 1);
        let day: Day = ask.today;
        assert_eq!(rows(&db, &world, Of::Created, &ask).await[0].opened_day, day);
    }
}
