//! What tiers give: who gets a person by it, when somebody is to turn to an account, and how accounts are found by it.

use std::sync::Arc;
use std::time::Duration;

use kit::day::Day;
use kit::db::Db;
use kit::jobs::{Jobs, Options};
use tandem_core::accounts::finding::{Wishes, found};
use tandem_core::accounts::listing::TABLE;
use tandem_core::accounts::{self, AccountId};
use tandem_core::assignment::{self, Conditions, Method, RuleText, Target, rules};
use tandem_core::events::Wiring;
use tandem_core::ladders::{self, Ladder, RungId};
use tandem_core::metrics::{self, Producers, number};
use tandem_core::tiers;
use tandem_core::tiers::service::{self, Service, ServiceError, TouchModel, measures};
use tandem_core::touchpoints::{self, Channel, Direction, NewTouchpoint};
use testkit::on_both;

use crate::world::{LISTS, World, add_account, kinds};

/// A day in seconds.
const DAY: u64 = 86_400;

fn high() -> Service {
    Service {
        model: TouchModel::HighTouch,
        channels: vec![Channel::Phone, Channel::Email],
        cadence: Some(30),
        has_owner: false,
        most: None,
        version: 0,
    }
}

async fn say(db: &Db, world: &World, tier: RungId, given: Option<Service>) {
    let ada = world.ada.clone();
    db.write(move |tx| service::set(tx, &ada, tier, None, given.clone()))
        .await
        .unwrap();
}

async fn settle(db: &Db) {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), service::jobs::reach);
    jobs.reaction(Options::new(), assignment::jobs::entitle);
    jobs.reaction(Options::new(), metrics::jobs::find);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

async fn next(db: &Db, world: &World, account: AccountId) -> Option<f64> {
    let workspace = world.workspace.id;
    let now = db
        .read(move |tx| metrics::now(tx, workspace, account))
        .await
        .unwrap();
    now.get(measures::NEXT_TOUCH.name).map(|standing| standing.value)
}

on_both! { LISTS;
    async fn what_a_tier_gives_decides_who_gets_a_person_and_when_somebody_is_to_turn_to_them(db: TestDb) {
        let wiring = Wiring::default()
            .on(&service::CHANGED, &[service::jobs::REACH])
            .on(&service::REACHED, &[metrics::jobs::FOLLOW, assignment::jobs::ENTITLE]);
        db.attach(Arc::new(wiring));
        db.attach(Arc::new(Producers::new(&[&measures::PRODUCER])));
        let world = World::new(&db).await;
        let (workspace, me) = (world.workspace.id, world.ada.agent().unwrap());
        let account = add_account(&db, &world.ada, "Acme").await.unwrap().id;
        add_account(&db, &world.ada, "Elsewhere").await.unwrap();
        let ada = world.ada.clone();
        let tier = db.write(move |tx| {
            let tier = ladders::open(tx, workspace, Ladder::Tiers)?[2].id;
            tiers::pin(tx, &ada, account, tier, "Known").unwrap();
            let rule = RuleText {
                name: "High touch".into(),
                conditions: Conditions { touch: Some(TouchModel::HighTouch), ..Conditions::default() },
                target: Some(Target::Agent(me)),
                method: Method::LeastLoaded,
            };
            rules::add(tx, &ada, &rule).unwrap();
            Ok::<_, kit::db::DbError>(tier)
        }).await.unwrap();

        // Who may not, what does not fit, and another workspace.
        for (actor, given) in [
            (&world.pat, high()),
            (&world.ada, Service { cadence: Some(0), ..high() }),
            (&world.eve, high()),
        ] {
            let actor = actor.clone();
            let refused = db.write(move |tx| service::set(tx, &actor, tier, None, Some(given.clone()))).await.unwrap_err();
            assert!(matches!(refused, ServiceError::Forbidden(_) | ServiceError::BadCadence | ServiceError::UnknownTier), "{refused}");
        }
        assert_eq!(next(&db, &world, account).await, None);

        // Nobody in person, but with a promise: counted from when the account came.
        say(&db, &world, tier, Some(high())).await;
        say(&db, &world, tier, Some(high())).await;
        let changed = kinds(&db).await.iter().filter(|kind| *kind == service::CHANGED.name).count();
        assert_eq!(changed, 1, "said twice it changes nothing");
        settle(&db).await;
        let came: Day = db.read(move |tx| tandem_core::workspaces::today(tx, workspace)).await.unwrap();
        assert_eq!(next(&db, &world, account).await, Some(number(came.plus_days(30))));
        let owner = async || {
            let owners = db.read(move |tx| assignment::of(tx, workspace, &[account])).await.unwrap();
            owners.get(&account).map(|span| span.agent)
        };
        assert_eq!(db.write(move |tx| assignment::assign(tx, workspace, account)).await.unwrap(), None);
        assert_eq!(owner().await, None);

        // A person each: those who never had one get it, and not again once it was taken away.
        say(&db, &world, tier, Some(Service { has_owner: true, ..high() })).await;
        settle(&db).await;
        assert_eq!(owner().await, Some(me));
        let ada = world.ada.clone();
        db.write(move |tx| assignment::give(tx, &ada, account, None)).await.unwrap();
        say(&db, &world, tier, Some(Service { has_owner: true, cadence: Some(10), ..high() })).await;
        settle(&db).await;
        assert_eq!(owner().await, None, "taken away by hand");

        // A touch begins the cadence anew.
        db.clock.advance(Duration::from_secs(3 * DAY));
        let ada = world.ada.clone();
        db.write(move |tx| {
            let call = NewTouchpoint {
                contact: None,
                kind: "call".into(),
                channel: Channel::Phone,
                direction: Direction::Outbound,
                summary: "Spoke about the renewal".into(),
                evidence: None,
                happened_at: None,
                impression: None,
            };
            touchpoints::add(tx, &ada, account, &call).unwrap();
            metrics::find(tx, workspace, account)
        }).await.unwrap();
        assert_eq!(next(&db, &world, account).await, Some(number(came.plus_days(13))));

        // Found by it, and by nothing else.
        for (word, expected) in [("high_touch", 1), ("self_service", 0), ("", 2)] {
            let reader = world.pat.clone();
            let wishes = Wishes { touch: word.to_owned(), ..Wishes::default() };
            let accounts = db.read(move |tx| found(tx, &reader, &wishes, (TABLE.sort, None), 9)).await.unwrap();
            assert_eq!(accounts.len(), expected, "{word}");
        }

        // Closed accounts and tiers of which nothing is said have no day.
        let ada = world.ada.clone();
        db.write(move |tx| { accounts::close(tx, &ada, account).unwrap(); metrics::find(tx, workspace, account) }).await.unwrap();
        assert_eq!(next(&db, &world, account).await, None);
        say(&db, &world, tier, None).await;
        assert!(!db.read(move |tx| service::has_any(tx, workspace)).await.unwrap());
    }
}
