//! What of usage counts: key events, first value, and the past written anew.

use std::sync::Arc;
use std::time::Duration;

use kit::db::{Db, DbError};
use kit::jobs::{Jobs, Options};
use success::usage::account;
use success::usage::counts::{self, Content, Counts, CountsError, Milestone};
use success::usage::first::{self, By, Overview, Standing};
use success::usage::folding::fold;
use success::usage::measures::history::{self, Progress};
use success::usage::measures::{self, ACTIVE_7, ACTIVE_30, DEPTH, FEATURES, KEY_ACTIONS, LAST, SEATS};
use success::usage::own::Event;
use success::usage::people;
use success::usage::sources::Gate;
use tandem_core::accounts::{self, AccountId, AccountText, external_ids};
use tandem_core::actor::Actor;
use tandem_core::metrics::{self, Metric, Producers};
use tandem_core::subscriptions::{self, Price, RenewalTerms, Terms};
use tandem_core::{currencies, products, workspaces};
use testkit::on_both;

use crate::taking::{gate, send};
use crate::world::{LISTS, World};

const DAY: Duration = Duration::from_secs(86_400);

fn jobs(db: &Db) -> Jobs {
    db.attach(Arc::new(Producers::new(&[&measures::PRODUCER, &first::PRODUCER])));
    let mut jobs = Jobs::new();
    jobs.errand(Options::new(), history::rewrite);
    jobs.errand(Options::new(), history::count);
    jobs.reaction(Options::new(), history::turn);
    jobs.reaction(Options::new(), metrics::jobs::find);
    jobs
}

async fn settle(db: &Db, jobs: &Jobs) {
    while kit::jobs::run_due(db, jobs).await.unwrap() > 0 {}
}

/// Acme is called `acme` by the product.
async fn named(db: &Db, world: &World) {
    let (ada, account) = (world.ada.clone(), world.account);
    db.write(move |tx| external_ids::add(tx, &ada, account, "usage", "acme"))
        .await
        .unwrap();
}

async fn sent(db: &Db, gate: &Gate, who: &str, event: &str) {
    let text =
        format!(r#"{{"type":"track","event":"{event}","userId":"{who}","context":{{"groupId":"acme"}}}}"#);
    assert_eq!(send(db, gate, &[&text]).await.accepted, 1, "{text}");
}

async fn did(db: &Db, gate: &Gate, who: &str, event: &str) {
    sent(db, gate, who, event).await;
    fold(db).await.unwrap();
}

/// An account buys seats, from so many days ago on.
async fn buys(db: &Db, world: &World, account: AccountId, (seats, ago): (i64, i64)) {
    let ada = world.ada.clone();
    db.write(move |tx| {
        let starts = workspaces::today(tx, ada.workspace)?.plus_days(-ago);
        let name = format!("Plan of {account}");
        let terms = Terms {
            product: products::add(tx, &ada, &name).unwrap().id,
            currency: currencies::reporting(tx, ada.workspace)?,
            period_months: 12,
            price: Price {
                since: starts,
                seats,
                amount: 120_000,
                discount: 0,
            },
            renewal: RenewalTerms {
                term_months: 12,
                notice_days: 30,
                is_automatic: true,
                day: None,
            },
            ends: None,
        };
        subscriptions::add(tx, &ada, account, &terms).unwrap();
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

async fn added(db: &Db, world: &World, name: &str) -> AccountId {
    let (ada, name) = (world.ada.clone(), name.to_owned());
    db.write(move |tx| {
        let text = AccountText {
            name: name.clone(),
            ..AccountText::default()
        };
        Ok::<_, DbError>(accounts::add(tx, &ada, &text).unwrap().id)
    })
    .await
    .unwrap()
}

fn event(name: &str) -> Event {
    Event {
        call: "track".to_owned(),
        name: name.to_owned(),
    }
}

fn keys(names: &[&str]) -> Content {
    Content {
        key_events: names.iter().map(|name| event(name)).collect(),
        first_value: None,
    }
}

fn milestone(name: &str, times: i64) -> Content {
    Content {
        key_events: Vec::new(),
        first_value: Some(Milestone {
            event: event(name),
            times,
        }),
    }
}

async fn set(db: &Db, actor: &Actor, content: Content) -> Result<Counts, CountsError> {
    let actor = actor.clone();
    db.write(move |tx| counts::set(tx, &actor, &content)).await
}

async fn progress(db: &Db, world: &World) -> Option<Progress> {
    let workspace = world.workspace;
    db.read(move |tx| history::progress(tx, workspace)).await.unwrap()
}

async fn now(db: &Db, world: &World, account: AccountId, metric: &'static Metric) -> Option<f64> {
    let workspace = world.workspace;
    let now = db
        .read(move |tx| metrics::now(tx, workspace, account))
        .await
        .unwrap();
    now.get(metric.name).map(|one| one.value)
}

async fn past(
    db: &Db,
    world: &World,
    (account, ago): (AccountId, i64),
    metric: &'static Metric,
) -> Option<f64> {
    let workspace = world.workspace;
    let past = db.read(move |tx| {
        let day = workspaces::today(tx, workspace)?.plus_days(-ago);
        metrics::past(tx, workspace, &[account], (metric.name, day))
    });
    past.await.unwrap().get(&account).copied()
}

async fn overview(db: &Db, actor: &Actor) -> Overview {
    let actor = actor.clone();
    db.read(move |tx| first::overview(tx, &actor, (By::Quarter, "")))
        .await
        .unwrap()
}

async fn standing(db: &Db, actor: &Actor, account: AccountId) -> Option<Standing> {
    let actor = actor.clone();
    db.read(move |tx| first::standing(tx, &actor, account))
        .await
        .unwrap()
}

on_both! { LISTS;
    async fn a_sign_in_is_no_use_once_it_is_said_what_counts(db: TestDb) {
        let world = World::new(&db).await;
        let (jobs, gate, acme) = (jobs(&db), gate(&db, &world).await, world.account);
        named(&db, &world).await;
        buys(&db, &world, acme, (4, 0)).await;
        did(&db, &gate, "u-1", "Signed in").await;
        for _ in 0..3 {
            did(&db, &gate, "u-2", "Export made").await;
        }
        db.clock.advance(10 * DAY);
        did(&db, &gate, "u-1", "Signed in").await;
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world, acme, &ACTIVE_30).await, Some(2.0));
        assert_eq!(now(&db, &world, acme, &KEY_ACTIONS).await, Some(5.0), "every event counts");
        assert_eq!(now(&db, &world, acme, &DEPTH).await, Some(2.5));
        assert_eq!(now(&db, &world, acme, &SEATS).await, Some(0.5));
        let last = now(&db, &world, acme, &LAST).await;
        assert!(last.is_some());
        set(&db, &world.ada, keys(&["Export made"])).await.unwrap();
        assert_eq!(progress(&db, &world).await, Some(Progress { done: 0, total: 1 }));
        settle(&db, &jobs).await;
        assert_eq!(progress(&db, &world).await, None);
        for (metric, expected) in [(&ACTIVE_30, 1.0), (&ACTIVE_7, 0.0), (&KEY_ACTIONS, 3.0), (&DEPTH, 3.0), (&SEATS, 0.25), (&FEATURES, 2.0)] {
            assert_eq!(now(&db, &world, acme, metric).await, Some(expected), "{}", metric.name);
        }
        assert_eq!(now(&db, &world, acme, &LAST).await, last, "whatever was done, it was used");
        assert_eq!(past(&db, &world, (acme, 5), &ACTIVE_7).await, Some(1.0), "the past follows");
        let (ada, workspace) = (world.ada.clone(), world.workspace);
        let shown = db.read(move |tx| {
            let today = workspaces::today(tx, workspace)?;
            account::of(tx, &ada, acme, today)
        }).await.unwrap();
        assert_eq!((shown.active_7, shown.active_30, shown.events_30), (0, 1, 5), "the account's page says the same");
        // What comes from here on is counted by the same rule.
        did(&db, &gate, "u-3", "Export made").await;
        did(&db, &gate, "u-4", "Signed in").await;
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world, acme, &ACTIVE_30).await, Some(2.0));
        let ada = world.ada.clone();
        db.write(move |tx| counts::undo(tx, &ada)).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world, acme, &ACTIVE_30).await, Some(4.0));
        assert_eq!(past(&db, &world, (acme, 5), &ACTIVE_7).await, Some(2.0));
    }

    async fn first_value_is_counted_from_the_start_and_who_waits_is_censored(db: TestDb) {
        let world = World::new(&db).await;
        let (jobs, gate, acme) = (jobs(&db), gate(&db, &world).await, world.account);
        named(&db, &world).await;
        let (beta, old) = (added(&db, &world, "Beta").await, added(&db, &world, "Old").await);
        buys(&db, &world, acme, (4, 0)).await;
        buys(&db, &world, beta, (4, 0)).await;
        buys(&db, &world, old, (4, 100)).await;
        assert_eq!(standing(&db, &world.ada, acme).await, None, "nobody said what it is");
        set(&db, &world.ada, milestone("Export made", 2)).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world, acme, &first::REACHED).await, Some(0.0));
        db.clock.advance(5 * DAY);
        did(&db, &gate, "u-1", "Export made").await;
        db.clock.advance(7 * DAY);
        did(&db, &gate, "u-2", "Export made").await;
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world, acme, &first::REACHED).await, Some(1.0));
        assert_eq!(now(&db, &world, acme, &first::TIME).await, Some(12.0));
        assert_eq!(now(&db, &world, beta, &first::TIME).await, None);
        assert_eq!(now(&db, &world, old, &first::REACHED).await, None, "nobody saw what it did before");
        db.clock.advance(8 * DAY);
        let found = overview(&db, &world.ada).await;
        assert_eq!((found.summary.accounts, found.summary.reached, found.left_out), (2, 1, 1));
        assert_eq!(found.summary.median, Some(12));
        let waiting: Vec<_> = found.waiting().iter().map(|one| (one.account, one.days)).collect();
        assert_eq!(waiting, [(beta, 20)]);
        assert_eq!(found.groups.len(), 1);
        assert_eq!(standing(&db, &world.ada, acme).await, Some(Standing::After(12)));
        assert_eq!(standing(&db, &world.ada, beta).await, Some(Standing::Waits(20, Some(12))));
        assert_eq!(standing(&db, &world.ada, old).await, None);
        // Another milestone: the past is another.
        set(&db, &world.ada, milestone("Export made", 1)).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world, acme, &first::TIME).await, Some(5.0));
        assert_eq!(past(&db, &world, (acme, 16), &first::REACHED).await, Some(0.0));
        assert_eq!(past(&db, &world, (acme, 15), &first::REACHED).await, Some(1.0));
        set(&db, &world.ada, Content::default()).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world, acme, &first::TIME).await, None);
    }

    async fn a_single_clock_that_was_wrong_does_not_say_that_all_was_seen_since(db: TestDb) {
        let world = World::new(&db).await;
        let (jobs, gate, acme) = (jobs(&db), gate(&db, &world).await, world.account);
        named(&db, &world).await;
        buys(&db, &world, acme, (4, 100)).await;
        let at = db.clock().now().minus(DAY * 300).calendar().unwrap();
        let text = format!(
            r#"{{"type":"track","event":"Export made","userId":"u-1","context":{{"groupId":"acme"}},"timestamp":"{at}"}}"#
        );
        assert_eq!(send(&db, &gate, &[&text]).await.accepted, 1, "{text}");
        fold(&db).await.unwrap();
        set(&db, &world.ada, milestone("Export made", 2)).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world, acme, &first::REACHED).await, None, "nobody saw what it did before");
        assert_eq!(overview(&db, &world.ada).await.left_out, 1);
    }

    async fn another_workspace_and_who_may_not_see_and_change_nothing(db: TestDb) {
        let world = World::new(&db).await;
        let jobs = jobs(&db);
        gate(&db, &world).await;
        let refused = set(&db, &world.sam, keys(&["Export made"])).await;
        assert!(matches!(refused, Err(CountsError::Forbidden(_))), "{refused:?}");
        set(&db, &world.ada, milestone("Export made", 1)).await.unwrap();
        settle(&db, &jobs).await;
        let ours = overview(&db, &world.sam).await;
        assert_eq!(ours.accounts.len(), 1);
        let theirs = overview(&db, &world.eve).await;
        assert!(theirs.accounts.is_empty() && theirs.counts == Counts::default());
        assert_eq!(standing(&db, &world.eve, world.account).await, None);
    }

    async fn the_past_waits_for_what_is_not_counted_yet(db: TestDb) {
        let world = World::new(&db).await;
        let (jobs, gate, acme) = (jobs(&db), gate(&db, &world).await, world.account);
        named(&db, &world).await;
        sent(&db, &gate, "u-1", "Export made").await;
        db.clock.advance(3 * DAY);
        let workspace = world.workspace;
        db.write(move |tx| history::ask_whole(tx, workspace, None)).await.unwrap();
        assert_eq!(progress(&db, &world).await, Some(Progress { done: 0, total: 1 }));
        settle(&db, &jobs).await;
        assert_eq!(progress(&db, &world).await, None);
        assert_eq!(past(&db, &world, (acme, 2), &ACTIVE_7).await, Some(1.0));
        assert_eq!(past(&db, &world, (acme, 4), &ACTIVE_7).await, None, "nobody was there before");
    }

    async fn a_group_that_is_settled_brings_its_past_along(db: TestDb) {
        let world = World::new(&db).await;
        let (jobs, gate, acme) = (jobs(&db), gate(&db, &world).await, world.account);
        did(&db, &gate, "u-1", "Export made").await;
        db.clock.advance(3 * DAY);
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world, acme, &ACTIVE_7).await, None);
        named(&db, &world).await;
        let workspace = world.workspace;
        db.write(move |tx| people::follow_account(tx, workspace, acme)).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(now(&db, &world, acme, &ACTIVE_7).await, Some(1.0));
        assert_eq!(past(&db, &world, (acme, 2), &ACTIVE_7).await, Some(1.0));
    }
}
