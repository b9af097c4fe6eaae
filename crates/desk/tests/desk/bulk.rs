//! Acts on many tickets: in one act, back by one undo, by a job where they are many, and what is refused is named.

use std::time::Duration;

use desk::bulk::{self, Bulk, BulkError, BulkId, Chosen, NewBulk, State};
use desk::tickets::extras::Extras;
use desk::tickets::followers;
use desk::tickets::listing::View;
use desk::tickets::nouns::NOUN;
use desk::tickets::{self, Field, NewTicket, Priority, Status, Ticket, TicketId};
use kit::db::{Db, DbError};
use kit::id::TypedId;
use kit::jobs::{Jobs, Options};
use tandem_core::actor::{Actor, Who};
use tandem_core::agents;
use tandem_core::permissions::Permission;
use tandem_core::tags;
use testkit::on_both;

use crate::tickets::{asked, change, open};
use crate::world::{LISTS, World};

async fn some(db: &Db, world: &World, many: usize) -> Vec<TicketId> {
    let mut made = Vec::new();
    for _ in 0..many {
        made.push(open(db, &world.sam, asked(world)).await.unwrap().id);
    }
    made
}

async fn begin(db: &Db, actor: &Actor, chosen: Chosen, changes: &[(Field, &str)]) -> Result<Bulk, BulkError> {
    let actor = actor.clone();
    let new = NewBulk {
        view: View::Open,
        chosen,
        changes: changes
            .iter()
            .map(|(field, value)| (*field, (*value).to_owned()))
            .collect(),
        extras: Extras::default(),
        merge_into: None,
        answer: None,
    };
    db.write(move |tx| bulk::begin(tx, &actor, &new)).await
}

async fn undo(db: &Db, actor: &Actor, id: BulkId) -> Result<Bulk, BulkError> {
    let actor = actor.clone();
    db.write(move |tx| bulk::undo(tx, &actor, id)).await
}

async fn find(db: &Db, actor: &Actor, id: BulkId) -> Bulk {
    let actor = actor.clone();
    db.read(move |tx| bulk::find(tx, &actor, id))
        .await
        .unwrap()
        .unwrap()
}

async fn ticket(db: &Db, actor: &Actor, id: TicketId) -> Ticket {
    let actor = actor.clone();
    db.read(move |tx| tickets::find(tx, &actor, id))
        .await
        .unwrap()
        .unwrap()
}

async fn reasons(db: &Db, actor: &Actor, id: BulkId) -> Vec<(TicketId, String)> {
    let actor = actor.clone();
    let rows = db
        .read(move |tx| bulk::troubles(tx, &actor, id, 99))
        .await
        .unwrap();
    rows.into_iter().map(|row| (row.ticket, row.reason)).collect()
}

/// How many tags a ticket has, and how many follow it.
async fn around(db: &Db, actor: &Actor, id: TicketId) -> (usize, usize) {
    let actor = actor.clone();
    db.read(move |tx| {
        let tags = tags::of(tx, actor.workspace, &NOUN, id.uuid())?.len();
        Ok::<_, DbError>((tags, followers::of(tx, &actor, id).unwrap().len()))
    })
    .await
    .unwrap()
}

async fn settle(db: &Db) {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), bulk::jobs::go);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

on_both! { LISTS;
    async fn few_are_changed_at_once_and_one_undo_takes_all_of_it_back(db: TestDb) {
        let world = World::new(&db).await;
        let made = some(&db, &world, 3).await;
        change(&db, &world.sam, made[1], Field::Priority, "high").await.unwrap();
        // What one does in one moment is one act.
        db.clock().advance(Duration::from_secs(1));
        let changes = [(Field::Priority, "high"), (Field::Status, "solved")];
        let done = begin(&db, &world.sam, Chosen::These(made.clone()), &changes).await.unwrap();
        assert_eq!((done.state, done.total, done.changed, done.refused), (State::Done, 3, 3, 0));
        for id in &made {
            let now = ticket(&db, &world.sam, *id).await;
            assert_eq!((now.priority, now.status), (Priority::High, Status::Solved));
        }
        let back = undo(&db, &world.sam, done.id).await.unwrap();
        assert_eq!((back.state, back.changed, back.refused), (State::Undone, 0, 0));
        let priorities = [Priority::Normal, Priority::High, Priority::Normal];
        for (id, priority) in made.iter().zip(priorities) {
            let now = ticket(&db, &world.sam, *id).await;
            assert_eq!((now.priority, now.status, now.reopenings), (priority, Status::Open, 0));
        }
        assert_eq!(undo(&db, &world.sam, done.id).await.unwrap_err(), BulkError::NotNow);
    }

    async fn tags_and_following_go_on_many_and_one_undo_takes_off_what_was_put_on(db: TestDb) {
        let world = World::new(&db).await;
        let made = some(&db, &world, 2).await;
        let (sam, tagged) = (world.sam.clone(), made[0]);
        db.write(move |tx| tags::put(tx, &sam, &NOUN, tagged.into(), "outage").map(drop)).await.unwrap();
        let new = NewBulk {
            view: View::Open,
            chosen: Chosen::These(made.clone()),
            changes: Vec::new(),
            extras: Extras::said("Outage, told", "", "on"),
            merge_into: None,
            answer: None,
        };
        let sam = world.sam.clone();
        let done = db.write(move |tx| bulk::begin(tx, &sam, &new)).await.unwrap();
        assert_eq!((done.state, done.changed, done.refused), (State::Done, 2, 0));
        assert_eq!(around(&db, &world.sam, made[1]).await, (2, 1));
        undo(&db, &world.sam, done.id).await.unwrap();
        assert_eq!(around(&db, &world.sam, made[0]).await, (1, 0), "it had the tag before");
        assert_eq!(around(&db, &world.sam, made[1]).await, (0, 0));
        let nothing = begin(&db, &world.sam, Chosen::These(made), &[]).await;
        assert_eq!(nothing.unwrap_err(), BulkError::NoChanges);
    }

    async fn the_chosen_are_merged_into_one_and_one_undo_parts_them(db: TestDb) {
        let world = World::new(&db).await;
        let made = some(&db, &world, 3).await;
        let merging = |changes: Vec<(Field, String)>| NewBulk {
            view: View::Open,
            chosen: Chosen::These(made.clone()),
            changes,
            extras: Extras::default(),
            merge_into: Some(made[0]),
            answer: None,
        };
        let (sam, both) = (world.sam.clone(), merging(vec![(Field::Kind, "problem".to_owned())]));
        let refused = db.write(move |tx| bulk::begin(tx, &sam, &both)).await;
        assert_eq!(refused.unwrap_err(), BulkError::BadChanges);
        let (sam, new) = (world.sam.clone(), merging(Vec::new()));
        let done = db.write(move |tx| bulk::begin(tx, &sam, &new)).await.unwrap();
        assert_eq!((done.state, done.changed, done.refused), (State::Done, 2, 0));
        let statuses = [Status::Open, Status::Merged, Status::Merged];
        for (id, status) in made.iter().zip(statuses) {
            assert_eq!(ticket(&db, &world.sam, *id).await.status, status);
        }
        let back = undo(&db, &world.sam, done.id).await.unwrap();
        assert_eq!((back.changed, back.refused), (0, 0));
        for id in &made {
            assert_eq!(ticket(&db, &world.sam, *id).await.status, Status::Open);
        }
    }

    async fn what_can_not_be_changed_is_named_and_holds_up_no_other(db: TestDb) {
        let world = World::new(&db).await;
        let mut made = some(&db, &world, 2).await;
        let foreign: TicketId = "tkt_01k0000000000000000000000z".parse().unwrap();
        made.push(foreign);
        let done = begin(&db, &world.sam, Chosen::These(made.clone()), &[(Field::Kind, "problem")]).await.unwrap();
        assert_eq!((done.changed, done.refused), (2, 1));
        assert_eq!(reasons(&db, &world.sam, done.id).await, [(foreign, "failure-not-found".to_owned())]);
    }

    async fn what_somebody_changed_since_is_not_taken_back_and_is_named(db: TestDb) {
        let world = World::new(&db).await;
        let made = some(&db, &world, 2).await;
        let done = begin(&db, &world.sam, Chosen::These(made.clone()), &[(Field::Priority, "low")]).await.unwrap();
        change(&db, &world.ada, made[0], Field::Priority, "urgent").await.unwrap();
        let back = undo(&db, &world.sam, done.id).await.unwrap();
        assert_eq!((back.state, back.changed, back.refused), (State::Undone, 1, 1));
        assert_eq!(ticket(&db, &world.sam, made[0]).await.priority, Priority::Urgent);
        assert_eq!(ticket(&db, &world.sam, made[1]).await.priority, Priority::Normal);
        assert_eq!(
            reasons(&db, &world.sam, done.id).await,
            [(made[0], "tickets-failure-meanwhile".to_owned())]
        );
    }

    async fn many_are_gone_through_by_a_job_in_the_name_of_who_asked(db: TestDb) {
        let world = World::new(&db).await;
        let made = some(&db, &world, 70).await;
        let busy = begin(&db, &world.sam, Chosen::All, &[(Field::Priority, "low")]).await.unwrap();
        assert_eq!((busy.state, busy.total, busy.done), (State::Running, 70, 0));
        assert_eq!(undo(&db, &world.sam, busy.id).await.unwrap_err(), BulkError::NotNow);
        settle(&db).await;
        let done = find(&db, &world.sam, busy.id).await;
        assert_eq!((done.state, done.done, done.changed), (State::Done, 70, 70));
        let (sam, id) = (world.sam.clone(), made[69]);
        let changes = db.read(move |tx| tickets::changes(tx, &sam, id, 9)).await.unwrap();
        assert!(changes[0].author.ends_with("Sam"), "{}", changes[0].author);
        assert_eq!(undo(&db, &world.sam, busy.id).await.unwrap().state, State::Undoing);
        settle(&db).await;
        let back = find(&db, &world.sam, busy.id).await;
        assert_eq!((back.state, back.done, back.changed), (State::Undone, 70, 0));
        assert_eq!(ticket(&db, &world.sam, made[3]).await.priority, Priority::Normal);
    }

    async fn who_is_gone_meanwhile_changes_nothing_any_more(db: TestDb) {
        let world = World::new(&db).await;
        some(&db, &world, 40).await;
        let busy = begin(&db, &world.sam, Chosen::All, &[(Field::Priority, "low")]).await.unwrap();
        let (ada, sam) = (world.ada.clone(), world.sam.agent().unwrap());
        db.write(move |tx| agents::deactivate(tx, &ada, sam)).await.unwrap();
        settle(&db).await;
        let done = find(&db, &world.ada, busy.id).await;
        assert_eq!((done.state, done.changed, done.refused), (State::Done, 0, 40));
    }

    async fn nothing_chosen_nothing_to_change_and_who_may_not(db: TestDb) {
        let world = World::new(&db).await;
        let made = some(&db, &world, 1).await;
        let low = [(Field::Priority, "low")];
        let refused = begin(&db, &world.sam, Chosen::These(Vec::new()), &low).await;
        assert_eq!(refused.unwrap_err(), BulkError::NoTickets);
        let refused = begin(&db, &world.sam, Chosen::These(made.clone()), &[]).await;
        assert_eq!(refused.unwrap_err(), BulkError::NoChanges);
        assert!(matches!(
            begin(&db, &world.pat, Chosen::These(made.clone()), &low).await,
            Err(BulkError::Forbidden(_))
        ));
        let elsewhere = begin(&db, &world.eve, Chosen::These(made), &low).await.unwrap();
        assert_eq!((elsewhere.changed, elsewhere.refused), (0, 1));
    }

    async fn what_many_hands_did_is_taken_back_in_the_name_of_who_does_that(db: TestDb) {
        let world = World::new(&db).await;
        let made = some(&db, &world, 40).await;
        let begun = begin(&db, &world.sam, Chosen::All, &[(Field::Priority, "low")]).await.unwrap();
        settle(&db).await;
        let (ada, sam) = (world.ada.clone(), world.sam.agent().unwrap());
        db.write(move |tx| agents::deactivate(tx, &ada, sam)).await.unwrap();
        undo(&db, &world.ada, begun.id).await.unwrap();
        settle(&db).await;
        let back = find(&db, &world.ada, begun.id).await;
        assert_eq!((back.state, back.total, back.changed, back.refused), (State::Undone, 40, 0, 0));
        assert_eq!((back.agent, back.author), (world.ada.agent(), world.ada.signature()));
        let (ada, id) = (world.ada.clone(), made[39]);
        let changes = db.read(move |tx| tickets::changes(tx, &ada, id, 9)).await.unwrap();
        assert_eq!(changes.last().unwrap().author, world.ada.signature());
        assert_eq!(ticket(&db, &world.ada, made[39]).await.priority, Priority::Normal);
    }

    async fn a_job_may_no_more_than_who_asked_for_it(db: TestDb) {
        let world = World::new(&db).await;
        for _ in 0..40 {
            open(&db, &world.sam, NewTicket { contact: None, ..asked(&world) }).await.unwrap();
        }
        // A token of Sam's that sees no contacts.
        let Who::Agent { id, name, .. } = world.sam.who.clone() else { unreachable!() };
        let permissions = [Permission::TicketsRead, Permission::TicketsWrite].into_iter().collect();
        let token = Actor { who: Who::Agent { id, name, permissions }, ..world.sam.clone() };
        let contact = world.contact.to_string();
        let begun = begin(&db, &token, Chosen::All, &[(Field::Contact, &contact)]).await.unwrap();
        settle(&db).await;
        let done = find(&db, &world.sam, begun.id).await;
        assert_eq!((done.state, done.changed, done.refused), (State::Done, 0, 40));
        let begun = begin(&db, &world.sam, Chosen::All, &[(Field::Contact, &contact)]).await.unwrap();
        settle(&db).await;
        assert_eq!(find(&db, &world.sam, begun.id).await.changed, 40);
    }

    async fn what_can_not_be_put_back_is_named(db: TestDb) {
        let world = World::new(&db).await;
        let made = some(&db, &world, 2).await;
        let [sam, ada] = [&world.sam, &world.ada].map(|actor| actor.agent().unwrap().to_string());
        change(&db, &world.ada, made[0], Field::Agent, &sam).await.unwrap();
        db.clock().advance(Duration::from_secs(1));
        let done = begin(&db, &world.ada, Chosen::These(made.clone()), &[(Field::Agent, &ada)]).await.unwrap();
        let (actor, gone) = (world.ada.clone(), world.sam.agent().unwrap());
        db.write(move |tx| agents::deactivate(tx, &actor, gone)).await.unwrap();
        let back = undo(&db, &world.ada, done.id).await.unwrap();
        assert_eq!((back.state, back.changed, back.refused), (State::Undone, 1, 1));
        assert_eq!(reasons(&db, &world.ada, done.id).await, [(made[0], "tickets-failure-agent".to_owned())]);
        assert_eq!(ticket(&db, &world.ada, made[0]).await.agent, world.ada.agent());
    }

    async fn each_field_changes_once_to_no_endless_value(db: TestDb) {
        let world = World::new(&db).await;
        let made = some(&db, &world, 1).await;
        let long = "x".repeat(301);
        for changes in [&[(Field::Priority, "low"), (Field::Priority, "high")][..], &[(Field::Subject, &long)]] {
            let refused = begin(&db, &world.sam, Chosen::These(made.clone()), changes).await;
            assert_eq!(refused.unwrap_err(), BulkError::BadChanges);
        }
    }
}
