//! Metrics that people define: counted of what came and of what comes, with their past, changed, used and removed.

use std::sync::Arc;
use std::time::Duration;

use kit::db::{Db, DbError};
use kit::jobs::{Jobs, Options, Queue};
use success::usage::folding::fold;
use success::usage::keeping::{self, KeepingError};
use success::usage::log;
use success::usage::own::{
    self, Content, Defined, Event, Filter, Measure, OwnError, OwnText, Preview, State, Test, Wrong,
};
use success::usage::sources::Gate;
use tandem_core::accounts::external_ids;
use tandem_core::actor::Actor;
use tandem_core::metrics::own::Uses;
use tandem_core::metrics::{self, Producers};
use tandem_core::segments::{self, Condition, Group, Join, SegmentText, Subject};
use tandem_core::workspaces::{self, NewWorkspace};
use testkit::on_both;

use crate::taking::{gate, send};
use crate::world::{LISTS, World};

const DAY: Duration = Duration::from_secs(86_400);

fn jobs(db: &Db) -> Jobs {
    db.attach(Arc::new(Producers::new(&[&own::PRODUCER])));
    db.attach(Arc::new(Uses::new(&[segments::by_metric])));
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), own::jobs::count);
    jobs.reaction(Options::new(), own::jobs::history);
    jobs.reaction(Options::new(), own::jobs::turn);
    jobs.reaction(Options::new(), metrics::jobs::find);
    jobs
}

async fn settle(db: &Db, jobs: &Jobs) {
    while kit::jobs::run_due(db, jobs).await.unwrap() > 0 {}
}

fn gold(measure: Measure, window: i64) -> OwnText {
    OwnText {
        title: " Gold  orders ".to_owned(),
        about: String::new(),
        content: Content {
            event: Some(Event {
                call: "track".to_owned(),
                name: "Order placed".to_owned(),
            }),
            filters: vec![Filter {
                property: "plan".to_owned(),
                test: Test::Is,
                value: "GOLD".to_owned(),
            }],
            measure,
            property: if measure == Measure::Sum {
                "cart.price".to_owned()
            } else {
                String::new()
            },
            window,
        },
    }
}

async fn order(db: &Db, gate: &Gate, who: &str, plan: &str, price: &str) {
    let text = format!(
        r#"{{"type":"track","event":"Order placed","userId":"{who}","context":{{"groupId":"acme"}},"properties":{{"plan":"{plan}","cart":{{"price":{price}}}}}}}"#
    );
    assert_eq!(send(db, gate, &[&text]).await.accepted, 1, "{text}");
    fold(db).await.unwrap();
}

async fn found(db: &Db, actor: &Actor, one: &Defined) -> Result<Defined, OwnError> {
    let (actor, id) = (actor.clone(), one.metric.id);
    db.read(move |tx| own::find(tx, &actor, id)).await
}

/// The value now, and so many days ago.
async fn values(db: &Db, world: &World, one: &Defined, ago: i64) -> (Option<f64>, Option<f64>) {
    let (workspace, account, name) = (world.workspace, world.account, one.metric.name());
    db.read(move |tx| {
        let now = metrics::now(tx, workspace, account)?
            .get(&name)
            .map(|one| one.value);
        let day = workspaces::today(tx, workspace)?.plus_days(-ago);
        let then = metrics::past(tx, workspace, &[account], (&name, day))?;
        Ok::<_, DbError>((now, then.get(&account).copied()))
    })
    .await
    .unwrap()
}

async fn counted_on(db: &Db, jobs: &Jobs) {
    db.write(|tx| Queue::new(&own::jobs::Turn {}).put(tx))
        .await
        .unwrap();
    settle(db, jobs).await;
}

async fn change(db: &Db, actor: &Actor, one: &Defined, text: OwnText) -> Result<Defined, OwnError> {
    let (actor, id, version) = (actor.clone(), one.metric.id, one.metric.version);
    db.write(move |tx| own::change(tx, &actor, id, version, &text))
        .await
}

on_both! { LISTS;
    async fn a_metric_is_counted_of_what_came_and_of_what_comes(db: TestDb) {
        let world = World::new(&db).await;
        let (jobs, gate) = (jobs(&db), gate(&db, &world).await);
        let (ada, account) = (world.ada.clone(), world.account);
        db.write(move |tx| external_ids::add(tx, &ada, account, "usage", "acme")).await.unwrap();
        order(&db, &gate, "u-1", "gold", "1").await;
        order(&db, &gate, "u-1", "silver", "100").await;
        db.clock.advance(10 * DAY);
        order(&db, &gate, "u-1", "Gold", "10").await;
        order(&db, &gate, "u-2", "gold", "\"2.5\"").await;
        let looked: Preview = own::preview(&db, &world.ada, &gold(Measure::Sum, 7)).await.unwrap();
        assert_eq!(looked.accounts, [(world.account, "Acme".to_owned(), 12.5)]);
        assert!(!looked.is_part);
        let ada = world.ada.clone();
        let one = db.write(move |tx| own::add(tx, &ada, &gold(Measure::Sum, 7))).await.unwrap();
        assert_eq!((one.metric.title.as_str(), one.definition.state), ("Gold orders", State::Counting));
        settle(&db, &jobs).await;
        let done = found(&db, &world.ada, &one).await.unwrap().definition;
        assert_eq!((done.state, done.exact_from), (State::Done, done.since), "the log has all that ever came");
        assert_eq!(values(&db, &world, &one, 5).await, (Some(12.5), Some(1.0)));
        assert_eq!(values(&db, &world, &one, 2).await.1, Some(0.0));
        order(&db, &gate, "u-3", "gold", "4").await;
        counted_on(&db, &jobs).await;
        counted_on(&db, &jobs).await;
        assert_eq!(values(&db, &world, &one, 0).await.0, Some(16.5), "each once");
        // A longer window takes the days that were counted already.
        let one = change(&db, &world.ada, &one, gold(Measure::Sum, 30)).await.unwrap();
        assert_eq!(one.definition.state, State::History);
        settle(&db, &jobs).await;
        assert_eq!(values(&db, &world, &one, 5).await, (Some(17.5), Some(1.0)));
        let one = change(&db, &world.ada, &one, gold(Measure::People, 7)).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(values(&db, &world, &one, 5).await, (Some(3.0), Some(1.0)));
        // What no condition is asked of is read from the days of usage.
        let any = OwnText {
            content: Content { event: None, filters: Vec::new(), ..gold(Measure::Days, 30).content },
            ..gold(Measure::Days, 30)
        };
        let one = change(&db, &world.ada, &one, any).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(values(&db, &world, &one, 0).await.0, Some(2.0));
        let (ada, id) = (world.ada.clone(), one.metric.id);
        let versions = db.read(move |tx| own::versions(tx, &ada, id)).await.unwrap();
        assert_eq!(versions.iter().map(|one| one.version).collect::<Vec<_>>(), [4, 3, 2, 1]);
    }

    async fn days_are_those_of_the_zone_in_which_events_were_folded(db: TestDb) {
        let world = World::new(&db).await;
        let (jobs, gate) = (jobs(&db), gate(&db, &world).await);
        let (ada, account) = (world.ada.clone(), world.account);
        db.write(move |tx| external_ids::add(tx, &ada, account, "usage", "acme")).await.unwrap();
        order(&db, &gate, "u-1", "gold", "1").await;
        // There it was the day before.
        let new = NewWorkspace {
            name: "Northwind".to_owned(),
            locale: "en".to_owned(),
            zone: "Pacific/Pago_Pago".to_owned(),
        };
        let (ada, workspace) = (world.ada.clone(), world.workspace);
        let now = db.read(move |tx| workspaces::find(tx, workspace)).await.unwrap().unwrap();
        db.write(move |tx| workspaces::change(tx, &ada, now.version, &new)).await.unwrap();
        db.clock.advance(DAY);
        let looked = own::preview(&db, &world.ada, &gold(Measure::Sum, 7)).await.unwrap();
        assert_eq!(looked.accounts, [(world.account, "Acme".to_owned(), 1.0)]);
        let ada = world.ada.clone();
        let one = db.write(move |tx| own::add(tx, &ada, &gold(Measure::Sum, 7))).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(values(&db, &world, &one, 0).await.0, Some(1.0));
    }

    async fn what_is_in_use_stays_and_what_is_removed_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        let ada = world.ada.clone();
        let one = db.write(move |tx| own::add(tx, &ada, &gold(Measure::Count, 30))).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(found(&db, &world.eve, &one).await, Err(OwnError::Unknown));
        let sam = world.sam.clone();
        let refused = db.write(move |tx| own::add(tx, &sam, &gold(Measure::Count, 30))).await;
        assert!(matches!(refused, Err(OwnError::Forbidden(_))));
        let wrong = change(&db, &world.ada, &one, gold(Measure::Count, 14)).await;
        assert_eq!(wrong, Err(OwnError::Bad(Wrong::Window)));
        let (ada, name) = (world.ada.clone(), one.metric.name());
        let used = SegmentText {
            name: "Buyers".to_owned(),
            about: String::new(),
            owner: None,
            definition: Group {
                join: Join::All,
                conditions: vec![Condition { about: Subject::Metric(name.clone()), test: segments::Test::Known }],
                groups: Vec::new(),
            },
        };
        let segment = db.write(move |tx| segments::add(tx, &ada, &used)).await.unwrap();
        let producers = metrics::producers_of(&db, world.workspace).await.unwrap();
        assert_eq!(producers.find(&name).and_then(|metric| metric.title), Some("Gold orders"));
        let theirs = metrics::producers_of(&db, world.eve.workspace).await.unwrap();
        assert!(theirs.find(&name).is_none(), "nobody else's");
        let (ada, id) = (world.ada.clone(), one.metric.id);
        let Err(OwnError::InUse(uses)) = db.write(move |tx| own::remove(tx, &ada, id)).await else {
            panic!("it is in use");
        };
        assert_eq!(uses.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Buyers"]);
        let ada = world.ada.clone();
        db.write(move |tx| segments::remove(tx, &ada, segment.id)).await.unwrap();
        let ada = world.ada.clone();
        db.write(move |tx| own::remove(tx, &ada, id)).await.unwrap();
        let ada = world.ada.clone();
        assert!(db.read(move |tx| own::all(tx, &ada)).await.unwrap().is_empty());
        let refused = change(&db, &world.ada, &found(&db, &world.ada, &one).await.unwrap(), gold(Measure::Days, 7)).await;
        assert_eq!(refused, Err(OwnError::Removed));
        let ada = world.ada.clone();
        db.write(move |tx| own::restore(tx, &ada, id)).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(found(&db, &world.ada, &one).await.unwrap().definition.state, State::Done);
    }

    async fn what_came_long_after_it_happened_is_history_too(db: TestDb) {
        let world = World::new(&db).await;
        let (_jobs, gate) = (jobs(&db), gate(&db, &world).await);
        let (ada, account) = (world.ada.clone(), world.account);
        db.write(move |tx| external_ids::add(tx, &ada, account, "usage", "acme")).await.unwrap();
        let then = db.clock().now().0 / 1_000_000 - 40 * 86_400;
        let text = format!(r#"{{"type":"track","event":"Order placed","userId":"u-1","timestamp":{then},"context":{{"groupId":"acme"}},"properties":{{"plan":"gold"}}}}"#);
        assert_eq!(send(&db, &gate, &[&text]).await.accepted, 1);
        fold(&db).await.unwrap();
        let ada = world.ada.clone();
        let one = db.write(move |tx| own::add(tx, &ada, &gold(Measure::Count, 7))).await.unwrap().definition;
        let workspace = world.workspace;
        let today = db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap();
        assert!(one.since < today.plus_days(-30), "nothing was taken away");
        assert_eq!(one.exact_from, one.since);
    }

    async fn events_go_when_they_are_too_old_and_what_was_counted_of_them_stays(db: TestDb) {
        let world = World::new(&db).await;
        let (mut jobs, gate) = (jobs(&db), gate(&db, &world).await);
        jobs.reaction(Options::new(), log::jobs::sweep);
        jobs.reaction(Options::new(), keeping::jobs::sweep);
        let (ada, account) = (world.ada.clone(), world.account);
        db.write(move |tx| external_ids::add(tx, &ada, account, "usage", "acme")).await.unwrap();
        order(&db, &gate, "u-1", "gold", "1").await;
        db.clock.advance(20 * DAY);
        order(&db, &gate, "u-1", "gold", "2").await;
        let ada = world.ada.clone();
        let one = db.write(move |tx| own::add(tx, &ada, &gold(Measure::Sum, 30))).await.unwrap();
        settle(&db, &jobs).await;
        let ada = world.ada.clone();
        let going = db.report(move |tx| keeping::going(tx, &ada, 10)).await.unwrap();
        assert_eq!((going.events, going.stay), (1, 1));
        let sam = world.sam.clone();
        let refused = db.write(move |tx| keeping::set(tx, &sam, 10)).await;
        assert!(matches!(refused, Err(KeepingError::Forbidden(_))));
        let ada = world.ada.clone();
        assert_eq!(db.write(move |tx| keeping::set(tx, &ada, 6)).await, Err(KeepingError::BadDays));
        let ada = world.ada.clone();
        assert_eq!(db.write(move |tx| keeping::set(tx, &ada, 10)).await.unwrap().days, 10);
        let ada = world.ada.clone();
        assert_eq!(db.write(move |tx| keeping::undo(tx, &ada)).await.unwrap().days, keeping::DEFAULT);
        db.write(|tx| Queue::new(&log::jobs::Sweep {}).put(tx)).await.unwrap();
        settle(&db, &jobs).await;
        let ada = world.ada.clone();
        let stays = db.report(move |tx| keeping::going(tx, &ada, 10)).await.unwrap();
        assert_eq!(stays.events, 1, "it was taken back in time");
        let ada = world.ada.clone();
        db.write(move |tx| keeping::set(tx, &ada, 10)).await.unwrap();
        db.write(|tx| Queue::new(&log::jobs::Sweep {}).put(tx)).await.unwrap();
        settle(&db, &jobs).await;
        let ada = world.ada.clone();
        let gone = db.report(move |tx| keeping::going(tx, &ada, 10)).await.unwrap();
        assert_eq!((gone.events, gone.stay), (0, 1));
        // The window is changed afterwards: the days that were counted serve again.
        let one = change(&db, &world.ada, &one, gold(Measure::Sum, 90)).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(values(&db, &world, &one, 0).await.0, Some(3.0));
        // A metric that is new counts what is left, and says since when.
        let ada = world.ada.clone();
        let new = db.write(move |tx| own::add(tx, &ada, &gold(Measure::Count, 7))).await.unwrap();
        settle(&db, &jobs).await;
        let new = found(&db, &world.ada, &new).await.unwrap();
        assert!(new.definition.since > one.definition.since);
        assert_eq!(new.definition.since.days_until(new.definition.exact_from), 7);
    }
}
