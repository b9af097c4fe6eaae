//! Views that people make: what lies in them and how many, after whatever happened, compared with a look at every ticket.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use desk::own_views::{
    self, Conditions, Facts, FieldCondition, Order, OwnView, OwnViewId, ViewError, ViewText,
};
use desk::replies::{self, Audience, ReplyText};
use desk::tickets::bins::{self, Bin};
use desk::tickets::extras::Extras;
use desk::tickets::followers;
use desk::tickets::listing::{self, View};
use desk::tickets::nouns::{self, NOUN};
use desk::tickets::{self, ChangeId, Field, MessageKind, NewTicket, Priority, Ticket, TicketId};
use kit::db::{Db, DbError};
use kit::id::{Ids, TypedId};
use kit::jobs::{Jobs, Options};
use tandem_core::accounts::{self, AccountText};
use tandem_core::actor::Actor;
use tandem_core::assignment;
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};
use tandem_core::events::{self, NewEvent, Wiring};
use tandem_core::fields::{self, FieldKind, FieldText, FieldValue};
use tandem_core::ladders::{self, Ladder, RungText};
use tandem_core::tags::{self, TagError, TagId, TagText};
use tandem_core::teams::{self, TeamText};
use tandem_core::tiers;
use tandem_core::touchpoints::Channel;
use testkit::on_both;

use crate::tickets::{asked, change, open, says, write};
use crate::world::{LISTS, World};

fn asks(conditions: Conditions, order: Order) -> ViewText {
    ViewText {
        name: "A view".to_owned(),
        audience: Audience::Everyone,
        conditions,
        order,
    }
}

async fn add(db: &Db, actor: &Actor, text: ViewText) -> OwnView {
    let actor = actor.clone();
    db.write(move |tx| own_views::add(tx, &actor, &text))
        .await
        .unwrap()
}

/// Runs what is due, as the program would.
async fn settle(db: &Db) {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), own_views::jobs::build);
    jobs.reaction(Options::new(), own_views::jobs::again);
    jobs.reaction(Options::new(), own_views::jobs::one);
    jobs.reaction(Options::new(), own_views::jobs::turn);
    jobs.reaction(Options::new(), tickets::jobs::wake_all);
    jobs.reaction(Options::new(), tickets::jobs::wake);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

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

fn wired(db: &Db) {
    let wiring = Wiring::default()
        .on(&tiers::PLACED, &[own_views::jobs::ACCOUNT])
        .on(&tiers::MOVED, &[own_views::jobs::ACCOUNT])
        .on(&assignment::MOVED, &[own_views::jobs::ACCOUNT])
        .on(&nouns::TAGGED, &[own_views::jobs::AROUND])
        .on(&tags::MERGED, &[own_views::jobs::TAGS])
        .on(&accounts::merging::MERGED, &[own_views::jobs::ACCOUNT])
        .on(&contacts::MERGED, &[own_views::jobs::CONTACT])
        .on(&contacts::UNMERGED, &[own_views::jobs::CONTACT])
        .on(&followers::FOLLOWED, &[own_views::jobs::AROUND]);
    db.attach(Arc::new(wiring));
}

async fn find(db: &Db, actor: &Actor, id: OwnViewId) -> OwnView {
    let actor = actor.clone();
    db.read(move |tx| own_views::find(tx, &actor, id))
        .await
        .unwrap()
        .unwrap()
}

/// What the view shows, page by page, and how many it counts.
async fn shown(db: &Db, actor: &Actor, view: &OwnView) -> (Vec<TicketId>, Option<i64>) {
    let (mut all, mut from) = (Vec::new(), None);
    loop {
        let (reader, id) = (actor.clone(), view.id);
        let part = db
            .read(move |tx| listing::view(tx, &reader, View::Own(id), from, 3))
            .await
            .unwrap();
        let Some(last) = part.last() else { break };
        from = Some(view.text.order.cursor(last));
        all.extend(part.iter().map(|ticket| ticket.id));
    }
    let (reader, now) = (actor.clone(), find(db, actor, view.id).await);
    let count = db
        .read(move |tx| own_views::count(tx, &reader, &now))
        .await
        .unwrap();
    (all, count)
}

/// The same by looking at every ticket.
async fn scanned(db: &Db, actor: &Actor, view: &OwnView) -> Vec<TicketId> {
    let (reader, view) = (actor.clone(), view.clone());
    db.read(move |tx| {
        let now = tx.now();
        let mut fit: Vec<Ticket> = Vec::new();
        for ticket in listing::view(tx, &reader, View::All, None, 1_000).unwrap() {
            let tags = tags::of(tx, reader.workspace, &NOUN, ticket.id.uuid())?;
            let followers = followers::of(tx, &reader, ticket.id).unwrap();
            let facts = Facts {
                tags: tags.into_iter().map(|tag| tag.id).collect(),
                followers: followers.into_iter().map(|(agent, _)| agent).collect(),
                ..Facts::default()
            };
            let facts = match ticket.account {
                None => facts,
                Some(account) => Facts {
                    tier: tiers::of(tx, reader.workspace, &[account])?
                        .remove(&account)
                        .and_then(|standing| standing.tier)
                        .map(|tier| tier.id),
                    owner: assignment::of(tx, reader.workspace, &[account])?
                        .remove(&account)
                        .map(|span| span.agent),
                    ..facts
                },
            };
            let is_mine = !view.text.conditions.is_of_viewer() || ticket.agent == reader.agent();
            let seat = view.seat(&ticket, &facts, now);
            if is_mine && seat.is_some_and(|seat| seat.is_in) {
                fit.push(ticket);
            }
        }
        fit.sort_by_key(|ticket| (view.text.order.key(ticket), ticket.id));
        Ok::<_, DbError>(fit.iter().map(|ticket| ticket.id).collect())
    })
    .await
    .unwrap()
}

async fn is_true(db: &Db, actor: &Actor, view: &OwnView, when: &str) {
    let (shown, count) = shown(db, actor, view).await;
    let scanned = scanned(db, actor, view).await;
    assert_eq!(shown, scanned, "{when}: {:?}", view.text);
    assert_eq!(count, Some(scanned.len() as i64), "{when}: {:?}", view.text);
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

    async fn spam_is_in_no_view_and_counted_in_none_until_it_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let view = add(&db, &world.ada, asks(Conditions::default(), Order::Newest)).await;
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (vec![ticket.id], Some(1)));
        let (sam, id) = (world.sam.clone(), ticket.id);
        db.write(move |tx| bins::mark(tx, &sam, id, false).map(drop)).await.unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (vec![], Some(0)));
        let sam = world.sam.clone();
        db.write(move |tx| bins::restore(tx, &sam, id, Bin::Spam).map(drop)).await.unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (vec![ticket.id], Some(1)));
    }

    async fn what_is_removed_holds_nothing_and_comes_back_as_it_would_be(db: TestDb) {
        let world = World::new(&db).await;
        open(&db, &world.sam, asked(&world)).await.unwrap();
        let view = add(&db, &world.ada, asks(Conditions::default(), Order::Newest)).await;
        settle(&db).await;
        for _ in 0..2 {
            let (ada, id) = (world.ada.clone(), view.id);
            db.write(move |tx| own_views::remove(tx, &ada, id)).await.unwrap();
        }
        settle(&db).await;
        let (sam, id) = (world.sam.clone(), view.id);
        let refused = db.read(move |tx| own_views::tickets(tx, &sam, id, None, 9)).await;
        assert_eq!(refused.unwrap_err(), ViewError::Unknown);
        open(&db, &world.sam, asked(&world)).await.unwrap();
        let (ada, id) = (world.ada.clone(), view.id);
        db.write(move |tx| own_views::restore(tx, &ada, id)).await.unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await.1, Some(2));
        is_true(&db, &world.sam, &view, "back").await;
    }

    async fn ones_own_is_seen_by_nobody_else_and_shared_ones_need_whoever_sets_up_the_inbox(db: TestDb) {
        let world = World::new(&db).await;
        let own = ViewText {
            audience: Audience::Own(world.sam.agent().unwrap()),
            ..asks(Conditions::default(), Order::Newest)
        };
        let view = add(&db, &world.sam, own).await;
        for other in [&world.ada, &world.eve] {
            let (other, id) = (other.clone(), view.id);
            assert_eq!(db.read(move |tx| own_views::find(tx, &other, id)).await.unwrap(), None);
        }
        let (sam, text) = (world.sam.clone(), asks(Conditions::default(), Order::Newest));
        let refused = db.write(move |tx| own_views::add(tx, &sam, &text)).await;
        assert_eq!(refused.unwrap_err(), ViewError::NotYours);
        let eve = world.eve.agent().unwrap().to_string();
        let bad = asks(Conditions { agent: eve, ..Conditions::default() }, Order::Newest);
        let ada = world.ada.clone();
        let refused = db.write(move |tx| own_views::add(tx, &ada, &bad)).await;
        assert_eq!(refused.unwrap_err(), ViewError::Bad("agent"));
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

    async fn a_view_asks_for_the_tag_into_which_its_own_was_merged(db: TestDb) {
        let world = World::new(&db).await;
        wired(&db);
        let ticket = open(&db, &world.sam, asked(&world)).await.unwrap();
        let (ada, id) = (world.ada.clone(), ticket.id);
        let (gone, kept) = db
            .write(move |tx| {
                let gone = tags::put(tx, &ada, &NOUN, id.into(), "crash")?.id;
                let kept = TagText { name: "outage".into(), ..TagText::default() };
                Ok::<_, TagError>((gone, tags::add(tx, &ada, &kept)?.id))
            })
            .await
            .unwrap();
        let with_tag = Conditions { tags: vec![gone], ..Conditions::default() };
        let view = add(&db, &world.ada, asks(with_tag, Order::Newest)).await;
        settle(&db).await;
        let ada = world.ada.clone();
        db.write(move |tx| tags::merge(tx, &ada, gone, kept).map(drop)).await.unwrap();
        settle(&db).await;
        let now = find(&db, &world.ada, view.id).await;
        assert_eq!(now.text.conditions.tags, [kept]);
        assert_eq!(shown(&db, &world.sam, &now).await, (vec![id], Some(1)));
    }

    async fn a_view_asks_for_who_stands_for_a_merged_contact_until_they_are_parted(db: TestDb) {
        let world = World::new(&db).await;
        wired(&db);
        let (ada, kept) = (world.ada.clone(), world.contact);
        let text = ContactText { name: "Nino".to_owned(), ..ContactText::default() };
        let introduction = Introduction { identities: Vec::new(), membership: None };
        let gone = db.write(move |tx| contacts::add(tx, &ada, &text, &introduction)).await.unwrap().id;
        let new = NewTicket { contact: Some(gone), account: None, ..asked(&world) };
        let ticket = open(&db, &world.sam, new).await.unwrap();
        let by = |contact: ContactId| Conditions { contact: contact.to_string(), ..Conditions::default() };
        let of_kept = add(&db, &world.ada, asks(by(kept), Order::Newest)).await;
        let of_gone = add(&db, &world.ada, asks(by(gone), Order::Newest)).await;
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &of_kept).await, (vec![], Some(0)));
        let ada = world.ada.clone();
        db.write(move |tx| contacts::merging::merge(tx, &ada, kept, gone)).await.unwrap();
        settle(&db).await;
        for view in [&of_kept, &of_gone] {
            assert_eq!(shown(&db, &world.sam, view).await, (vec![ticket.id], Some(1)));
        }
        let ada = world.ada.clone();
        db.write(move |tx| contacts::merging::unmerge(tx, &ada, gone)).await.unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &of_kept).await, (vec![], Some(0)));
        assert_eq!(shown(&db, &world.sam, &of_gone).await, (vec![ticket.id], Some(1)));
    }

    async fn a_view_by_an_account_follows_its_merge(db: TestDb) {
        let world = World::new(&db).await;
        wired(&db);
        db.attach(Arc::new(accounts::merging::Parts::new(&[&tickets::MERGES])));
        let (ada, kept) = (world.ada.clone(), world.account);
        let text = AccountText { name: "Other".to_owned(), ..AccountText::default() };
        let gone = db.write(move |tx| accounts::add(tx, &ada, &text)).await.unwrap().id;
        let new = NewTicket { account: Some(gone), ..asked(&world) };
        let ticket = open(&db, &world.sam, new).await.unwrap();
        let by = Conditions { account: gone.to_string(), ..Conditions::default() };
        let view = add(&db, &world.ada, asks(by, Order::Newest)).await;
        settle(&db).await;
        let ada = world.ada.clone();
        db.write(move |tx| accounts::merging::merge(tx, &ada, kept, gone, &[])).await.unwrap();
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &view).await, (vec![ticket.id], Some(1)));
    }

    async fn further_conditions_ask_for_no_others_and_for_nobody_in_particular(db: TestDb) {
        let world = World::new(&db).await;
        let mine = Conditions { agent: "me".into(), ..Conditions::default() };
        let deep = Conditions { any: vec![Conditions { rated_low: true, ..Conditions::default() }], ..Conditions::default() };
        for one in [mine, deep, Conditions::default()] {
            let text = asks(Conditions { any: vec![one], ..Conditions::default() }, Order::Newest);
            let ada = world.ada.clone();
            let refused = db.write(move |tx| own_views::add(tx, &ada, &text)).await;
            assert_eq!(refused.unwrap_err(), ViewError::Bad("any"));
        }
    }

    async fn what_is_asked_twice_is_asked_once(db: TestDb) {
        let world = World::new(&db).await;
        let many = Conditions {
            priorities: vec![Priority::High; 1_000],
            kinds: vec![tickets::Kind::Problem; 1_000],
            channels: vec![Channel::Email; 1_000],
            ..Conditions::default()
        };
        let view = add(&db, &world.ada, asks(many, Order::Newest)).await;
        let asked = &view.text.conditions;
        assert_eq!((asked.priorities.len(), asked.kinds.len(), asked.channels.len()), (1, 1, 1));
    }

    async fn each_has_so_many_views_of_their_own(db: TestDb) {
        let world = World::new(&db).await;
        let own = ViewText { audience: Audience::Own(world.sam.agent().unwrap()), ..asks(Conditions::default(), Order::Newest) };
        let first = add(&db, &world.sam, own.clone()).await;
        let (sam, id) = (world.sam.clone(), first.id);
        db.write(move |tx| own_views::remove(tx, &sam, id)).await.unwrap();
        for _ in 0..own_views::OWN {
            add(&db, &world.sam, own.clone()).await;
        }
        let (sam, text) = (world.sam.clone(), own.clone());
        assert_eq!(db.write(move |tx| own_views::add(tx, &sam, &text)).await.unwrap_err(), ViewError::TooMany);
        let (sam, id) = (world.sam.clone(), first.id);
        assert_eq!(db.write(move |tx| own_views::restore(tx, &sam, id)).await.unwrap_err(), ViewError::TooMany);
        // Another's number is their own, and what is shared does not count there.
        let theirs = ViewText { audience: Audience::Own(world.ada.agent().unwrap()), ..own.clone() };
        add(&db, &world.ada, theirs).await;
        add(&db, &world.ada, asks(Conditions::default(), Order::Newest)).await;
    }

    async fn a_view_asks_for_own_fields_of_tickets_and_follows_them(db: TestDb) {
        let world = World::new(&db).await;
        let ada = world.ada.clone();
        let field = db.write(move |tx| {
            let text = FieldText { label: "Device".to_owned(), choices: vec!["Reader".to_owned(), "Printer".to_owned()], ..FieldText::default() };
            fields::add(tx, &ada, &NOUN, FieldKind::Choice, &text)
        }).await.unwrap().id;
        let first = open(&db, &world.sam, asked(&world)).await.unwrap();
        let second = open(&db, &world.sam, asked(&world)).await.unwrap();
        let wanted = |values: &[&str], or_nothing| Conditions {
            fields: vec![FieldCondition { field, values: values.iter().map(|&value| value.to_owned()).collect(), or_nothing }],
            ..Conditions::default()
        };
        let readers = add(&db, &world.ada, asks(wanted(&["reader"], false), Order::Opened)).await;
        let unsaid = add(&db, &world.ada, asks(wanted(&[], true), Order::Opened)).await;
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &readers).await, (vec![], Some(0)));
        assert_eq!(shown(&db, &world.sam, &unsaid).await.1, Some(2));
        for (id, word) in [(first.id, "Reader"), (second.id, "Printer")] {
            let (sam, values) = (world.sam.clone(), BTreeMap::from([(field, Some(FieldValue::Words(word.to_owned())))]));
            db.write(move |tx| fields::set(tx, &sam, &NOUN, id.into(), &values)).await.unwrap();
        }
        assert_eq!(shown(&db, &world.sam, &readers).await, (vec![first.id], Some(1)));
        assert_eq!(shown(&db, &world.sam, &unsaid).await, (vec![], Some(0)));
        // What is asked anew looks through what is there, and what can't be asked is refused by its name.
        let printers = add(&db, &world.ada, asks(wanted(&["Printer"], true), Order::Opened)).await;
        settle(&db).await;
        assert_eq!(shown(&db, &world.sam, &printers).await, (vec![second.id], Some(1)));
        let (ada, wrong) = (world.ada.clone(), asks(wanted(&[], false), Order::Opened));
        let refused = db.write(move |tx| own_views::add(tx, &ada, &wrong)).await;
        assert_eq!(refused.unwrap_err(), ViewError::Bad("fields"));
        let (eve, theirs) = (world.eve.clone(), asks(wanted(&["Reader"], false), Order::Opened));
        let refused = db.write(move |tx| own_views::add(tx, &eve, &theirs)).await;
        assert_eq!(refused.unwrap_err(), ViewError::Bad("fields"));
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

    async fn what_a_team_calls_its_views_is_in_no_event(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, sam) = (world.ada.clone(), world.sam.agent().unwrap());
        let team = db.write(move |tx| teams::add(tx, &ada, &TeamText { name: "Billing".into(), members: vec![sam] })).await.unwrap().id;
        let named = async |audience: Audience| {
            let view = add(&db, &world.ada, ViewText { audience, ..asks(Conditions::default(), Order::Newest) }).await;
            let text = ReplyText {
                name: "A view".to_owned(), folder: String::new(), body: "x".to_owned(), words: BTreeMap::new(), is_note: false, audience, changes: Vec::new(), extras: Extras::default(),
            };
            let (ada, workspace) = (world.ada.clone(), world.workspace);
            db.write(move |tx| {
                let reply = replies::add(tx, &ada, &text).unwrap();
                let mut all = events::about(tx, workspace, view.id, 9)?;
                all.extend(events::about(tx, workspace, reply.id, 9)?);
                Ok::<_, DbError>(all.iter().map(|event| event.payload.to_string().contains("A view")).collect::<Vec<_>>())
            })
            .await
            .unwrap()
        };
        assert_eq!(named(Audience::Everyone).await, [true, true]);
        assert_eq!(named(Audience::Team(team)).await, [false, false]);
    }
}
