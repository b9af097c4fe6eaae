//! Segments: who is in after whatever happened, who hears of it, who sees it, and what can't be asked.

use std::sync::Arc;
use std::time::Duration;

use kit::db::{Db, DbError};
use kit::id::{Ids, TypedId, Uuid};
use kit::jobs::admin::{self, Filter};
use kit::jobs::{Job, Jobs, Options};
use tandem_core::accounts::finding::{Wishes, found};
use tandem_core::accounts::listing::{Spot, TABLE};
use tandem_core::accounts::merging::{self, Parts};
use tandem_core::accounts::{self, AccountError, AccountId, NOUN};
use tandem_core::actor::Actor;
use tandem_core::events::{self, Wiring};
use tandem_core::fields::{self, FieldKind, FieldText, FieldValue};
use tandem_core::metrics::{self, Metric, Producer, Producers, Unit};
use tandem_core::permissions::Permission;
use tandem_core::segments::jobs::Build;
use tandem_core::segments::{
    self, Condition, Group, Join, Reason, Segment, SegmentError, SegmentId, SegmentText, Subject, Test,
};
use tandem_core::{assignment, tags};
use testkit::on_both;

use crate::search::Desk;
use crate::world::{LISTS, World, add_account};

/// A metric that tests say by hand.
static PEOPLE: Metric = Metric::new("tests.people", Unit::Count, Permission::AccountsRead);
/// One that not everybody may see.
static SECRET: Metric = Metric::new("tests.secret", Unit::Count, Permission::AuditRead);
static PRODUCER: Producer = Producer {
    metrics: &[&PEOPLE, &SECRET],
    read: |_, _, _, _| Ok(Vec::new()),
};

fn wired(db: &Db) {
    let follow = &[segments::jobs::FOLLOW];
    let wiring = Wiring::default()
        .on(&accounts::ADDED, follow)
        .on(&accounts::CHANGED, follow)
        .on(&accounts::CLOSED, follow)
        .on(&accounts::REOPENED, follow)
        .on(&accounts::nouns::TAGGED, follow)
        .on(&accounts::nouns::DESCRIBED, follow)
        .on(&assignment::MOVED, follow)
        .on(&metrics::CHANGED, follow)
        .on(&segments::CHANGED, &[])
        .on(&segments::ENTERED, &[])
        .on(&segments::LEFT, &[]);
    db.attach(Arc::new(wiring));
    db.attach(Arc::new(Producers::new(&[&PRODUCER])));
    db.attach(Arc::new(Parts::new(&[&tags::MERGES, &segments::MERGES])));
}

/// Runs what is due, as the program would.
async fn settle(db: &Db) {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), segments::jobs::follow);
    jobs.reaction(Options::new(), segments::jobs::follow_many);
    jobs.reaction(Options::new(), segments::jobs::follow_these);
    jobs.reaction(Options::new(), segments::jobs::build);
    jobs.reaction(Options::new(), segments::jobs::turn);
    jobs.reaction(Options::new(), segments::jobs::daily);
    jobs.reaction(Options::new(), accounts::jobs::tally);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

fn ask(about: Subject, test: Test) -> Condition {
    Condition { about, test }
}

fn all_of(conditions: Vec<Condition>) -> Group {
    Group {
        conditions,
        ..Group::default()
    }
}

fn open_ones() -> Group {
    all_of(vec![ask(Subject::State, Test::OneOf(vec!["open".to_owned()]))])
}

fn people(test: Test) -> Condition {
    ask(Subject::Metric(PEOPLE.name.to_owned()), test)
}

fn shared(definition: Group) -> SegmentText {
    SegmentText {
        name: "A segment".to_owned(),
        about: String::new(),
        owner: None,
        definition,
    }
}

async fn add(db: &Db, actor: &Actor, text: SegmentText) -> Result<Segment, SegmentError> {
    let actor = actor.clone();
    let added = db.write(move |tx| segments::add(tx, &actor, &text)).await;
    settle(db).await;
    added
}

async fn find(db: &Db, actor: &Actor, id: SegmentId) -> Option<Segment> {
    let actor = actor.clone();
    db.read(move |tx| segments::find(tx, &actor, id)).await.unwrap()
}

/// Who is in by the rows, in the order of ids; the count says the same.
async fn members(db: &Db, actor: &Actor, id: SegmentId) -> Vec<AccountId> {
    let count = find(db, actor, id).await.unwrap().members;
    let actor = actor.clone();
    let first = AccountId::from_uuid(Uuid::nil());
    let found = db
        .read(move |tx| segments::members(tx, &actor, id, first, 1_000))
        .await
        .unwrap();
    assert_eq!(count, found.len() as i64, "the count");
    found.into_iter().map(|member| member.account).collect()
}

/// Who would be in by a look at every account.
async fn scanned(db: &Db, actor: &Actor, definition: &Group) -> i64 {
    let (actor, definition) = (actor.clone(), definition.clone());
    let preview = db
        .read(move |tx| segments::preview(tx, &actor, &definition))
        .await
        .unwrap();
    assert!(preview.is_whole);
    preview.members
}

/// What was told of accounts that came and went, in order.
async fn told(db: &Db) -> Vec<(String, String)> {
    events::give_positions(db).await.unwrap();
    let all = db
        .read(|tx| events::after(tx, events::Position::default(), 10_000))
        .await
        .unwrap();
    let moves = all
        .into_iter()
        .filter(|event| event.kind == segments::ENTERED.name || event.kind == segments::LEFT.name);
    moves.map(|event| (event.kind, event.subject)).collect()
}

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

async fn know(db: &Db, actor: &Actor, account: AccountId, value: Option<f64>) {
    let workspace = actor.workspace;
    db.write(move |tx| {
        let today = tandem_core::workspaces::today(tx, workspace)?;
        metrics::note(tx, workspace, account, today, &[PEOPLE.may_be(value)])
    })
    .await
    .unwrap();
}

async fn tag(db: &Db, actor: &Actor, account: AccountId, name: &'static str) -> tags::Tag {
    let actor = actor.clone();
    db.write(move |tx| tags::put(tx, &actor, &NOUN, account.into(), name))
        .await
        .unwrap()
}

async fn close(db: &Db, actor: &Actor, account: AccountId, is_closed: bool) {
    let actor = actor.clone();
    db.write(move |tx| {
        if is_closed {
            accounts::close(tx, &actor, account)
        } else {
            accounts::reopen(tx, &actor, account)
        }
    })
    .await
    .unwrap();
}

on_both! { LISTS;
    async fn a_random_history_leaves_who_a_look_at_every_account_finds(db: TestDb) {
        wired(&db);
        let (world, dice) = (World::new(&db).await, Ids::seeded(40));
        let mut all = Vec::new();
        for number in 0..8 {
            all.push(add_account(&db, &world.ada, &format!("Account {number}")).await.unwrap().id);
        }
        let vip = tag(&db, &world.ada, all[0], "vip").await.id.to_string();
        let definitions = [
            open_ones(),
            Group { join: Join::Any, ..all_of(vec![people(Test::AtLeast(5.0)), people(Test::Unknown)]) },
            Group { groups: vec![Group { join: Join::None, ..all_of(vec![people(Test::Below(3.0))]) }],
                ..all_of(vec![ask(Subject::Tag, Test::NoneOf(vec![vip])), ask(Subject::Owner, Test::Unknown)]) },
            all_of(vec![ask(Subject::Name, Test::Contains("ACCOUNT 3".to_owned()))]),
        ];
        let mut kept = Vec::new();
        for definition in &definitions {
            kept.push(add(&db, &world.ada, shared(definition.clone())).await.unwrap().id);
        }
        for _ in 0..60 {
            let account = all[dice.below(8) as usize];
            match dice.below(5) {
                0 => close(&db, &world.ada, account, dice.below(2) == 0).await,
                1 => drop(tag(&db, &world.ada, account, "vip").await),
                2 => know(&db, &world.ada, account, None).await,
                3 => know(&db, &world.ada, account, Some(dice.below(10) as f64)).await,
                _ => {
                    let (ada, owner) = (world.ada.clone(), world.ada.agent().filter(|_| dice.below(2) == 0));
                    db.write(move |tx| assignment::give(tx, &ada, account, owner)).await.unwrap();
                }
            }
            settle(&db).await;
            for (id, definition) in kept.iter().zip(&definitions) {
                let held = members(&db, &world.ada, *id).await;
                assert_eq!(held.len() as i64, scanned(&db, &world.ada, definition).await, "{definition:?}");
            }
        }
        // What was told is what happened: each comes before it goes, and goes before it comes again.
        let mut inside = std::collections::BTreeMap::new();
        events::give_positions(&db).await.unwrap();
        for event in db.read(|tx| events::after(tx, events::Position::default(), 10_000)).await.unwrap() {
            if event.kind == segments::ENTERED.name || event.kind == segments::LEFT.name {
                let segment = event.payload["segment"].as_str().unwrap().to_owned();
                let is_in = event.kind == segments::ENTERED.name;
                let before = inside.insert((segment, event.subject), is_in);
                assert_ne!(before, Some(is_in));
            }
        }
    }

    async fn a_new_definition_is_told_once_and_an_account_that_changes_by_itself(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        let segment = add(&db, &world.ada, shared(open_ones())).await.unwrap();
        assert_eq!(members(&db, &world.sam, segment.id).await, [one, two]);
        let now = find(&db, &world.sam, segment.id).await.unwrap();
        assert!(now.is_counted && now.progress() == 100);
        assert!(told(&db).await.is_empty(), "the definition was the cause");
        close(&db, &world.ada, two, true).await;
        settle(&db).await;
        assert_eq!(told(&db).await, [(segments::LEFT.name.to_owned(), two.to_string())]);
        // Another definition moves both, and nobody is told of each.
        let closed = ask(Subject::State, Test::OneOf(vec!["closed".to_owned()]));
        let (ada, text) = (world.ada.clone(), shared(all_of(vec![closed])));
        let changed = db.write(move |tx| segments::change(tx, &ada, segment.id, 1, &text)).await.unwrap();
        assert!(!changed.is_counted && changed.version == 2);
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, segment.id).await, [two]);
        assert_eq!(told(&db).await.len(), 1);
        events::give_positions(&db).await.unwrap();
        let all = db.read(|tx| events::after(tx, events::Position::default(), 1_000)).await.unwrap();
        let counts: Vec<_> = all.into_iter().filter(|event| event.kind == segments::CHANGED.name).collect();
        assert_eq!((&counts[0].payload["entered"], &counts[0].payload["members"]), (&2.into(), &2.into()));
        assert_eq!((&counts[1].payload["entered"], &counts[1].payload["left"]), (&1.into(), &1.into()));
        // An older state is refused, the same twice is no change.
        let (ada, text) = (world.ada.clone(), changed.text.clone());
        let again = db.write(move |tx| segments::change(tx, &ada, segment.id, 2, &text)).await.unwrap();
        assert_eq!(again.version, 2);
        let (ada, text) = (world.ada.clone(), shared(open_ones()));
        let stale = db.write(move |tx| segments::change(tx, &ada, segment.id, 1, &text)).await;
        assert!(matches!(stale, Err(SegmentError::Stale(now)) if now.version == 2));
    }

    async fn a_new_day_lets_accounts_come_and_go(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let young = add(&db, &world.ada, shared(all_of(vec![ask(Subject::Created, Test::Last(3))]))).await.unwrap();
        let plain = add(&db, &world.ada, shared(open_ones())).await.unwrap();
        assert!(young.is_timed && !plain.is_timed);
        assert_eq!(members(&db, &world.ada, young.id).await, [one]);
        for day in 0..5 {
            db.clock.advance(Duration::from_secs(86_400));
            let workspace = world.workspace.id;
            db.write(move |tx| kit::jobs::queue(tx, workspace, &segments::jobs::Turn {})).await.unwrap();
            settle(&db).await;
            assert_eq!(members(&db, &world.ada, young.id).await.len(), usize::from(day < 3), "day {day}");
        }
        assert_eq!(told(&db).await, [(segments::LEFT.name.to_owned(), one.to_string())]);
        assert_eq!(members(&db, &world.ada, plain.id).await, [one]);
    }

    async fn a_fall_is_measured_against_what_was_kept(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let (one, two) = (add_account(&db, &world.ada, "One").await.unwrap().id, add_account(&db, &world.ada, "Two").await.unwrap().id);
        know(&db, &world.ada, one, Some(10.0)).await;
        db.clock.advance(Duration::from_secs(40 * 86_400));
        know(&db, &world.ada, one, Some(6.0)).await;
        know(&db, &world.ada, two, Some(1.0)).await;
        let fell = add(&db, &world.ada, shared(all_of(vec![people(Test::FellBy(4.0, 30))]))).await.unwrap();
        let deep = add(&db, &world.ada, shared(all_of(vec![people(Test::FellBy(5.0, 30))]))).await.unwrap();
        assert_eq!(members(&db, &world.ada, fell.id).await, [one]);
        assert!(members(&db, &world.ada, deep.id).await.is_empty());
        know(&db, &world.ada, one, Some(2.0)).await;
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, deep.id).await, [one]);
    }

    async fn own_fields_are_asked_by_their_kind(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        add_account(&db, &world.ada, "Two").await.unwrap();
        let ada = world.ada.clone();
        let (sites, kind, since) = db.write(move |tx| {
            let mut field = |kind, label: &str, choices: &[&str]| {
                let text = FieldText { label: label.to_owned(), choices: choices.iter().map(|one| (*one).to_owned()).collect(), ..FieldText::default() };
                fields::add(tx, &ada, &NOUN, kind, &text).unwrap().id
            };
            let sites = field(FieldKind::Number, "Sites", &[]);
            let kind = field(FieldKind::Choices, "Kinds", &["Air", "Sea"]);
            let since = field(FieldKind::Date, "Signed", &[]);
            let values = [
                (sites, Some(FieldValue::Number(12.0))),
                (kind, Some(FieldValue::Several(vec!["Sea".to_owned()]))),
                (since, Some(FieldValue::Day("2026-01-31".parse().unwrap()))),
            ];
            fields::set(tx, &ada, &NOUN, one.into(), &values.into_iter().collect()).unwrap();
            Ok::<_, DbError>((sites, kind, since))
        }).await.unwrap();
        for (test, about, expected) in [
            (Test::AtLeast(12.0), sites, true),
            (Test::Above(12.0), sites, false),
            (Test::Known, sites, true),
            (Test::OneOf(vec!["Sea".to_owned(), "Air".to_owned()]), kind, true),
            (Test::NoneOf(vec!["Sea".to_owned()]), kind, false),
            (Test::Before("2026-02-01".parse().unwrap()), since, true),
            (Test::After("2026-02-01".parse().unwrap()), since, false),
        ] {
            let definition = all_of(vec![ask(Subject::Field(about), test.clone())]);
            let (ada, asked) = (world.ada.clone(), definition.clone());
            let found = db.read(move |tx| segments::preview(tx, &ada, &asked)).await.unwrap();
            let is_in = found.first.iter().any(|(id, _)| *id == one);
            assert_eq!(is_in, expected, "{test:?}");
        }
        let wrong = add(&db, &world.ada, shared(all_of(vec![ask(Subject::Field(sites), Test::Contains("1".to_owned()))]))).await;
        assert!(matches!(wrong, Err(SegmentError::Bad(misplaced)) if misplaced.reason == Reason::Test));
    }

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

    async fn removed_ones_hold_nobody_and_come_back(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let segment = add(&db, &world.ada, shared(open_ones())).await.unwrap();
        for _ in 0..2 {
            let (ada, id) = (world.ada.clone(), segment.id);
            db.write(move |tx| segments::remove(tx, &ada, id)).await.unwrap();
            settle(&db).await;
        }
        let gone = find(&db, &world.ada, segment.id).await.unwrap();
        assert_eq!((gone.members, gone.version), (0, 2));
        let workspace = world.workspace.id;
        assert!(!db.read(move |tx| segments::contains(tx, workspace, segment.id, one)).await.unwrap());
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        settle(&db).await;
        for _ in 0..2 {
            let (ada, id) = (world.ada.clone(), segment.id);
            db.write(move |tx| segments::restore(tx, &ada, id)).await.unwrap();
            settle(&db).await;
        }
        assert_eq!(members(&db, &world.ada, segment.id).await, [one, two]);
        assert!(db.read(move |tx| segments::contains(tx, workspace, segment.id, one)).await.unwrap());
        assert_eq!(db.read(move |tx| segments::choices(tx, workspace)).await.unwrap(), [(segment.id, "A segment".to_owned())]);
    }

    async fn the_survivor_of_a_merge_is_looked_at_anew(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        let vip = tag(&db, &world.ada, two, "vip").await.id.to_string();
        let tagged = add(&db, &world.ada, shared(all_of(vec![ask(Subject::Tag, Test::OneOf(vec![vip]))]))).await.unwrap();
        assert_eq!(members(&db, &world.ada, tagged.id).await, [two]);
        let ada = world.ada.clone();
        db.write(move |tx| merging::merge(tx, &ada, one, two, &[])).await.unwrap();
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, tagged.id).await, [one], "it has the tag now");
        let ada = world.ada.clone();
        db.write(move |tx| merging::unmerge(tx, &ada, two)).await.unwrap();
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, tagged.id).await, [two]);
    }

    async fn a_tag_that_becomes_another_is_followed(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        let old = tag(&db, &world.ada, one, "vip").await.id;
        let new = tag(&db, &world.ada, two, "key account").await.id;
        let tagged = add(&db, &world.ada, shared(all_of(vec![ask(Subject::Tag, Test::OneOf(vec![old.to_string()]))]))).await.unwrap();
        let ada = world.ada.clone();
        db.write(move |tx| tags::merge(tx, &ada, old, new)).await.unwrap();
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, tagged.id).await, [one, two]);
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

    async fn what_can_not_be_asked_is_named_by_its_place(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let inner = |conditions| Group { groups: vec![all_of(conditions)], ..open_ones() };
        let deep = |group: Group| Group { groups: vec![group], ..Group::default() };
        let tag = Test::OneOf(vec!["tag_01k0000000000000000000000z".to_owned()]);
        for (definition, path, reason) in [
            (Group::default(), "", Reason::Empty),
            (inner(Vec::new()), "/groups/0", Reason::Empty),
            (inner(vec![ask(Subject::Tag, tag)]), "/groups/0/conditions/0/words", Reason::Choice),
            (inner(vec![ask(Subject::Name, Test::Above(1.0))]), "/groups/0/conditions/0/is", Reason::Test),
            (inner(vec![ask(Subject::Metric("tests.none".to_owned()), Test::Known)]), "/groups/0/conditions/0/key", Reason::Subject),
            (deep(deep(deep(open_ones()))), "", Reason::Deep),
            (all_of(vec![open_ones().conditions[0].clone(); 51]), "", Reason::Many),
        ] {
            let refused = add(&db, &world.ada, shared(definition)).await;
            let Err(SegmentError::Bad(misplaced)) = refused else { panic!("{path}: {refused:?}") };
            assert_eq!((misplaced.path.as_str(), misplaced.reason), (path, reason));
        }
        let named = |name: &str| SegmentText { name: name.to_owned(), ..shared(open_ones()) };
        assert_eq!(add(&db, &world.ada, named("  ")).await, Err(SegmentError::BadName));
        assert_eq!(add(&db, &world.ada, named(&"x".repeat(81))).await, Err(SegmentError::BadName));
        let long = SegmentText { about: "x".repeat(501), ..shared(open_ones()) };
        assert_eq!(add(&db, &world.ada, long).await, Err(SegmentError::LongAbout));
    }

    async fn an_account_that_comes_while_a_definition_is_counted_is_told(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        know(&db, &world.ada, two, Some(4.0)).await;
        let large = add(&db, &world.ada, shared(all_of(vec![people(Test::AtLeast(5.0))]))).await.unwrap();
        let (ada, text, workspace) = (world.ada.clone(), shared(all_of(vec![people(Test::AtLeast(3.0))])), world.workspace.id);
        db.write(move |tx| segments::change(tx, &ada, large.id, 1, &text)).await.unwrap();
        know(&db, &world.ada, one, Some(4.0)).await;
        db.write(move |tx| segments::follow(tx, workspace, one)).await.unwrap();
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, large.id).await, [one, two]);
        assert_eq!(told(&db).await, [(segments::ENTERED.name.to_owned(), one.to_string())]);
    }

    async fn a_count_that_was_lost_is_taken_up_with_the_day(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let (ada, workspace) = (world.ada.clone(), world.workspace.id);
        let lost = db.write(move |tx| {
            let segment = segments::add(tx, &ada, &shared(open_ones()))?;
            let builds = Filter { kind: Some(Build::KIND.to_owned()), ..Filter::default() };
            for job in admin::list(tx, &builds, None, 9)? {
                admin::cancel(tx, job.workspace, job.id)?;
            }
            Ok::<_, SegmentError>(segment.id)
        }).await.unwrap();
        settle(&db).await;
        assert!(!find(&db, &world.ada, lost).await.unwrap().is_counted);
        db.write(move |tx| kit::jobs::queue(tx, workspace, &segments::jobs::Turn {})).await.unwrap();
        settle(&db).await;
        assert!(find(&db, &world.ada, lost).await.unwrap().is_counted);
        assert_eq!(members(&db, &world.ada, lost).await, [one]);
    }

    async fn a_removed_one_follows_a_tag_too_and_is_counted_when_it_comes_back(db: TestDb) {
        wired(&db);
        let world = World::new(&db).await;
        let one = add_account(&db, &world.ada, "One").await.unwrap().id;
        let old = tag(&db, &world.ada, one, "vip").await.id;
        let asks = all_of(vec![ask(Subject::Tag, Test::OneOf(vec![old.to_string()]))]);
        let tagged = add(&db, &world.ada, shared(asks)).await.unwrap();
        let (ada, id) = (world.ada.clone(), tagged.id);
        db.write(move |tx| segments::remove(tx, &ada, id)).await.unwrap();
        settle(&db).await;
        let two = add_account(&db, &world.ada, "Two").await.unwrap().id;
        let new = tag(&db, &world.ada, two, "key account").await.id;
        let ada = world.ada.clone();
        db.write(move |tx| tags::merge(tx, &ada, old, new)).await.unwrap();
        settle(&db).await;
        assert_eq!(find(&db, &world.ada, id).await.unwrap().members, 0);
        let ada = world.ada.clone();
        db.write(move |tx| segments::restore(tx, &ada, id)).await.unwrap();
        settle(&db).await;
        assert_eq!(members(&db, &world.ada, id).await, [one, two]);
    }
}
