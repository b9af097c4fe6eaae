//! What views show and count after whatever happened.

use std::sync::Arc;
use std::time::Duration;

use desk::own_views::{self, Conditions, Order, ViewText};
use desk::tickets::nouns::NOUN;
use desk::tickets::{self, ChangeId, Field, MessageKind, NewTicket, Priority, TicketId, followers};
use kit::db::Db;
use kit::id::Ids;
use tandem_core::events::{self, NewEvent, Wiring};
use tandem_core::ladders::{self, Ladder, RungText};
use tandem_core::tags::{self, TagId, TagText};
use tandem_core::{assignment, tiers};
use testkit::on_both;

use super::{add, asks, is_true, settle, shown, wired};
use crate::tickets::{asked, change, open, says, write};
use crate::world::{LISTS, World};

/// The minute passes.
async fn tick(db: &Db, world: &World) {
    let workspace = world.workspace;
    db.write(move |tx| {
        kit::jobs::queue(tx, workspace, &own_views::jobs::Turn {})?;
        kit::jobs::queue(tx, workspace, &tickets::jobs::WakeAll {}).map(drop)
    })
    .await
    .unwrap();
    settle(db).await;
}

/// One of several.
fn pick<'a, T>(dice: &Ids, of: &'a [T]) -> &'a T {
    &of[usize::try_from(dice.below(of.len() as u64)).unwrap()]
}

/// A condition of each sort, and some together.
fn some_views(world: &World, tier: &str, tag: TagId) -> Vec<ViewText> {
    let sam = world.sam.agent().unwrap().to_string();
    let with = |change: &dyn Fn(&mut Conditions)| {
        let mut asked = Conditions::default();
        change(&mut asked);
        asked
    };
    vec![
        asks(with(&|_| {}), Order::Newest),
        asks(
            with(&|asked| asked.shelves = vec!["open".into(), "snoozed".into()]),
            Order::Oldest,
        ),
        asks(
            with(&|asked| asked.priorities = vec![Priority::Urgent, Priority::High]),
            Order::Urgent,
        ),
        asks(with(&|asked| asked.agent = "me".into()), Order::Opened),
        asks(with(&|asked| asked.agent = "nobody".into()), Order::Newest),
        asks(with(&|asked| asked.agent.clone_from(&sam)), Order::Urgent),
        asks(with(&|asked| asked.quiet_hours = Some(5)), Order::Oldest),
        asks(with(&|asked| asked.words = "stop EXPORTS".into()), Order::Newest),
        asks(with(&|asked| asked.tier = tier.to_owned()), Order::Newest),
        asks(with(&|asked| asked.owner = sam.clone()), Order::Newest),
        asks(with(&|asked| asked.owner = "nobody".into()), Order::Newest),
        asks(
            with(&|asked| asked.account = world.account.to_string()),
            Order::Newest,
        ),
        asks(with(&|asked| asked.account = "none".into()), Order::Newest),
        asks(with(&|asked| asked.tags = vec![tag]), Order::Newest),
        asks(with(&|asked| asked.without_tags = vec![tag]), Order::Oldest),
        asks(with(&|asked| asked.follower.clone_from(&sam)), Order::Newest),
        asks(with(&|asked| asked.opened_days = Some(1)), Order::Newest),
        asks(with(&|asked| asked.touched_days = Some(1)), Order::Newest),
        asks(with(&|asked| asked.solved_days = Some(1)), Order::Newest),
        asks(
            with(&|asked| {
                asked.shelves = vec!["open".into(), "solved".into()];
                asked.any = vec![
                    with(&|one| one.tags = vec![tag]),
                    with(&|one| (one.priorities, one.quiet_hours) = (vec![Priority::Urgent], Some(3))),
                    with(&|one| (one.agent, one.opened_days) = (sam.clone(), Some(1))),
                ];
            }),
            Order::Newest,
        ),
    ]
}

on_both! { LISTS;
    async fn after_whatever_happened_views_show_and_count_what_a_look_at_every_ticket_finds(db: TestDb) {
        let world = World::new(&db).await;
        wired(&db);
        let ada = world.ada.clone();
        let tier = db
            .write(move |tx| {
                let text = RungText { name: "Gold".into(), ..RungText::default() };
                ladders::add(tx, &ada, Ladder::Tiers, &text)
            })
            .await
            .unwrap();
        let ada = world.ada.clone();
        let tag = db
            .write(move |tx| tags::add(tx, &ada, &TagText { name: "outage".into(), ..TagText::default() }))
            .await
            .unwrap();
        let mut views = Vec::new();
        for text in some_views(&world, &tier.id.to_string(), tag.id) {
            views.push(add(&db, &world.ada, text).await);
        }
        settle(&db).await;
        let dice = Ids::seeded(7);
        let (mut all, mut acts): (Vec<TicketId>, Vec<ChangeId>) = (Vec::new(), Vec::new());
        for step in 0..60 {
            db.clock().advance(Duration::from_secs(60 + dice.below(7_200)));
            let actor = pick(&dice, &[world.ada.clone(), world.sam.clone()]).clone();
            let me = actor.agent().unwrap().to_string();
            match dice.below(if all.is_empty() { 1 } else { 11 }) {
                0 => {
                    let new = NewTicket { priority: *pick(&dice, Priority::ALL), ..asked(&world) };
                    let new = if dice.below(3) == 0 { NewTicket { contact: None, subject: "Other".into(), ..new } } else { new };
                    all.push(open(&db, &actor, new).await.unwrap().id);
                }
                1 => {
                    let kind = *pick(&dice, &[MessageKind::Inbound, MessageKind::Reply, MessageKind::Note]);
                    write(&db, &actor, *pick(&dice, &all), says(kind, "Well")).await.unwrap();
                }
                2..=5 => {
                    let soon = (db.clock().now().0 + 3_600_000_000).to_string();
                    let (field, value) = pick(&dice, &[
                        (Field::Status, "solved".to_owned()),
                        (Field::Status, "open".to_owned()),
                        (Field::Status, "on_hold".to_owned()),
                        (Field::Priority, "urgent".to_owned()),
                        (Field::Priority, "low".to_owned()),
                        (Field::Agent, me.clone()),
                        (Field::Agent, String::new()),
                        (Field::Subject, "Exports STOP again".to_owned()),
                        (Field::Account, String::new()),
                        (Field::Account, world.account.to_string()),
                        (Field::Snooze, soon),
                    ]).clone();
                    let (_, changes) = change(&db, &actor, *pick(&dice, &all), field, &value).await.unwrap();
                    acts.extend(changes.first().map(|change| change.id));
                }
                6 => {
                    if let Some(act) = acts.pop() {
                        let actor = actor.clone();
                        // Somebody may have changed it again: then nothing is taken back.
                        let _ = db.write(move |tx| tickets::undo(tx, &actor, act).map(drop)).await;
                    }
                }
                9 => {
                    let (actor, id, tag, is_on) = (actor.clone(), *pick(&dice, &all), tag.id, dice.below(2) == 0);
                    db.write(move |tx| {
                        if is_on {
                            tags::put(tx, &actor, &NOUN, id.into(), "outage").map(drop)
                        } else {
                            tags::take(tx, &actor, &NOUN, id.into(), tag).map(drop)
                        }
                    })
                    .await
                    .unwrap();
                }
                10 => {
                    let (actor, id, is_on) = (actor.clone(), *pick(&dice, &all), dice.below(2) == 0);
                    db.write(move |tx| {
                        if is_on { followers::follow(tx, &actor, id) } else { followers::unfollow(tx, &actor, id) }
                    })
                    .await
                    .unwrap();
                }
                7 => {
                    let (ada, account, id) = (world.ada.clone(), world.account, tier.id);
                    let is_pinned = dice.below(2) == 0;
                    db.write(move |tx| {
                        if is_pinned {
                            tiers::pin(tx, &ada, account, id, "tests").map(drop)
                        } else {
                            tiers::unpin(tx, &ada, account).map(drop)
                        }
                    })
                    .await
                    .unwrap();
                }
                _ => {
                    let (ada, account) = (world.ada.clone(), world.account);
                    let owner = (dice.below(3) > 0).then_some(actor.agent().unwrap());
                    db.write(move |tx| assignment::give(tx, &ada, account, owner).map(drop)).await.unwrap();
                }
            }
            tick(&db, &world).await;
            if step % 6 == 5 {
                for view in &views {
                    is_true(&db, &world.sam, view, &format!("step {step}")).await;
                }
            }
        }
        for view in &views {
            is_true(&db, &world.ada, view, "at the end").await;
        }
    }

    async fn a_view_looks_through_what_was_there_before_it_and_again_when_it_asks_something_else(db: TestDb) {
        let world = World::new(&db).await;
        for _ in 0..5 {
            open(&db, &world.sam, asked(&world)).await.unwrap();
        }
        let last = open(&db, &world.sam, asked(&world)).await.unwrap();
        change(&db, &world.sam, last.id, Field::Priority, "urgent").await.unwrap();
        let view = add(&db, &world.ada, asks(Conditions::default(), Order::Newest)).await;
        assert_eq!(shown(&db, &world.sam, &view).await.1, None, "it has not counted yet");
        settle(&db).await;
        is_true(&db, &world.sam, &view, "as new").await;
        let urgent = asks(
            Conditions { priorities: vec![Priority::Urgent], ..Conditions::default() },
            Order::Oldest,
        );
        let (ada, id) = (world.ada.clone(), view.id);
        let view = db.write(move |tx| own_views::change(tx, &ada, id, 1, &urgent)).await.unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (vec![last.id], Some(1)));
        is_true(&db, &world.sam, &view, "changed").await;
    }

    async fn what_was_asked_within_some_days_goes_out_by_the_clock_alone(db: TestDb) {
        let world = World::new(&db).await;
        open(&db, &world.sam, asked(&world)).await.unwrap();
        let within = Conditions { opened_days: Some(2), ..Conditions::default() };
        let view = add(&db, &world.ada, asks(within, Order::Newest)).await;
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await.1, Some(1));
        db.clock().advance(Duration::from_secs(2 * 86_400 + 1));
        tick(&db, &world).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (Vec::new(), Some(0)));
    }

    async fn accounts_that_came_in_one_go_are_followed(db: TestDb) {
        let world = World::new(&db).await;
        db.attach(Arc::new(Wiring::default().on(&tiers::PLACED, &[own_views::jobs::ACCOUNT])));
        let tier = { let ada = world.ada.clone(); db.write(move |tx| {
            let text = RungText { name: "Gold".to_owned(), ..RungText::default() };
            ladders::add(tx, &ada, Ladder::Tiers, &text)
        }).await.unwrap() };
        let new = NewTicket { account: Some(world.account), ..asked(&world) };
        let ticket = open(&db, &world.sam, new).await.unwrap();
        let asked = Conditions { tier: tier.id.to_string(), ..Conditions::default() };
        let view = add(&db, &world.ada, asks(asked, Order::Newest)).await;
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (vec![], Some(0)));
        let (ada, account, contact, rung) = (world.ada.clone(), world.account, world.contact, tier.id);
        db.write(move |tx| {
            // Nobody hears of the pin: what is told is the one event of an import.
            tiers::pin(tx, &ada, account, rung, "Large").unwrap();
            events::record(tx, &ada, NewEvent::of(&tiers::PLACED, contact).subjects([account])).map(drop)
        })
        .await
        .unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (vec![ticket.id], Some(1)));
    }
}
