//! Early warning and health over days: what can't be seen is not gone, what was said of a day is what held then, what is told is no
//! more than its hearers may see, and a day begins where the workspace is.

use std::sync::Arc;
use std::time::Duration;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{Db, DbError};
use kit::id::Ids;
use success::alerts::{self, Cursor, Filter, Line, State, Whose};
use success::health::{self, Band, HealthError, overriding};
use tandem_core::accounts::{self, AccountId, AccountText};
use tandem_core::actor::{Actor, Who};
use tandem_core::events;
use tandem_core::metrics::{self, Metric, Producer, Producers, Unit};
use tandem_core::permissions::Permission::{self, AccountsRead, TicketsRead};
use tandem_core::workspaces;
use testkit::on_both;

use crate::world::{LISTS, World};

static URGENT: Metric = Metric::new("tickets.urgent", Unit::Count, TicketsRead);
static REOPENED: Metric = Metric::new("tickets.reopened_90d", Unit::Count, TicketsRead);
static EXPERIENCE: Metric = Metric::new("people.experience", Unit::Number, AccountsRead);
static RATINGS: Metric = Metric::new("surveys.unhappy_90d", Unit::Count, TicketsRead);
static PRODUCER: Producer = Producer {
    metrics: &[&URGENT, &REOPENED, &EXPERIENCE, &RATINGS],
    read: |_, _, _, _| Ok(Vec::new()),
};

const DAY: Duration = Duration::from_secs(86_400);

/// What is known of an account today, and looking at it.
async fn known(db: &Db, actor: &Actor, account: AccountId, urgent: Option<f64>) {
    let actor = actor.clone();
    db.write(move |tx| {
        let today = workspaces::today(tx, actor.workspace)?;
        metrics::note(tx, actor.workspace, account, today, &[URGENT.may_be(urgent)])?;
        health::score(tx, actor.workspace, account)?;
        alerts::look(tx, actor.workspace, account)
    })
    .await
    .unwrap();
}

async fn open(db: &Db, actor: &Actor, after: Option<Cursor>, limit: i64) -> Vec<Line> {
    let actor = actor.clone();
    let filter = Filter {
        way: None,
        state: State::Open,
        owner: Whose::Anybodys,
        account: None,
    };
    db.read(move |tx| alerts::list(tx, &actor, filter, after, limit))
        .await
        .unwrap()
}

/// The band that somebody said of an account, as a day shows it.
async fn said(db: &Db, actor: &Actor, account: AccountId, day: Day) -> Option<Band> {
    let actor = actor.clone();
    let read = db.read(move |tx| health::explain(tx, &actor, account, Some(day)));
    read.await.unwrap().said.map(|said| said.band)
}

fn without(actor: &Actor, permission: Permission) -> Actor {
    let mut actor = actor.clone();
    if let Who::Agent { permissions, .. } = &mut actor.who {
        *permissions = permissions.without([permission].into_iter().collect());
    }
    actor
}

on_both! { LISTS;
    async fn a_cause_that_cannot_be_seen_any_more_is_not_gone(db: TestDb) {
        db.attach(Arc::new(Producers::new(&[&PRODUCER])));
        let world = World::new(&db).await;
        let (ada, account) = (&world.ada, world.account);
        known(&db, ada, account, Some(3.0)).await;
        assert!(!open(&db, ada, None, 9).await[0].alert.is_unseen());
        for _ in 0..10 {
            db.clock.advance(DAY);
            known(&db, ada, account, None).await;
        }
        let unseen = open(&db, ada, None, 9).await;
        assert!(unseen.len() == 1 && unseen[0].alert.is_unseen(), "{unseen:?}");
        for _ in 0..4 {
            db.clock.advance(DAY);
            known(&db, ada, account, Some(0.0)).await;
        }
        assert!(open(&db, ada, None, 9).await.is_empty(), "now it is known to be gone");
        let (id, workspace) = (unseen[0].alert.id, world.workspace);
        let (alert, account) = db.read(move |tx| {
            Ok::<_, DbError>((events::about(tx, workspace, id, 100)?, events::about(tx, workspace, account, 100)?))
        }).await.unwrap();
        assert!(!alert.is_empty());
        for event in alert {
            assert!(event.payload["needs"].to_string().contains("tickets.read"), "{event:?}");
        }
        for event in account {
            assert!(!event.payload.to_string().contains("tickets.urgent") || event.kind == "account.metrics_changed", "{event:?}");
        }
    }

    async fn a_day_of_the_past_shows_what_was_said_then(db: TestDb) {
        db.attach(Arc::new(Producers::new(&[&PRODUCER])));
        let world = World::new(&db).await;
        let (ada, account) = (world.ada.clone(), world.account);
        known(&db, &ada, account, Some(3.0)).await;
        let workspace = world.workspace;
        let first = db.read(move |tx| workspaces::today(tx, workspace)).await.unwrap();
        let say = async |band: Band, until: i64| {
            let actor = ada.clone();
            db.write(move |tx| overriding::say(tx, &actor, account, (band, "They told us", first.plus_days(until)))).await.unwrap();
        };
        say(Band::Green, 4).await;
        db.clock.advance(DAY * 2);
        say(Band::Amber, 30).await;
        db.clock.advance(DAY * 5);
        let actor = ada.clone();
        db.write(move |tx| overriding::end(tx, &actor, account)).await.unwrap();
        db.clock.advance(DAY);
        let held = [(-1, None), (0, Some(Band::Green)), (1, Some(Band::Green)), (2, Some(Band::Amber)), (6, Some(Band::Amber)), (7, None), (8, None)];
        for (day, band) in held {
            assert_eq!(said(&db, &ada, account, first.plus_days(day)).await, band, "day {day}");
        }
    }

    async fn a_day_begins_where_the_workspace_is_and_once(db: TestDb) {
        let world = World::new(&db).await;
        let workspace = world.workspace;
        let mut began: Vec<Timestamp> = Vec::new();
        for _ in 0..48 {
            let begins = db.write(move |tx| workspaces::new_day(tx, workspace, "tests")).await.unwrap();
            began.extend(begins.map(|_| db.clock.now()));
            db.clock.advance(Duration::from_secs(1_800));
        }
        // Warsaw is ahead of UTC by an hour in winter and two in summer.
        let hour = |at: &Timestamp| at.0 / 3_600_000_000 % 24;
        assert_eq!(began.len(), 2, "the first time, and at midnight");
        assert!((22..24).contains(&hour(&began[1])), "{began:?}");
    }

    async fn ten_thousand_alerts_are_listed_whole_and_in_order(db: TestDb) {
        db.attach(Arc::new(Producers::new(&[&PRODUCER])));
        let world = World::new(&db).await;
        let (ada, dice) = (world.ada.clone(), Ids::seeded(4));
        let mut ids: Vec<AccountId> = Vec::new();
        for part in 0..13 {
            let actor = ada.clone();
            let made = db.write(move |tx| {
                let today = workspaces::today(tx, actor.workspace)?;
                let mut made = Vec::new();
                for number in 0..200 {
                    let text = AccountText { name: format!("Account {part}.{number}"), ..AccountText::default() };
                    let id = accounts::add(tx, &actor, &text).unwrap().id;
                    let all = [URGENT.is(3.0), REOPENED.is(4.0), EXPERIENCE.is(-1.0), RATINGS.is(5.0)];
                    metrics::note(tx, actor.workspace, id, today, &all)?;
                    made.push(id);
                }
                alerts::look_all(tx, actor.workspace, &made)?;
                Ok::<_, DbError>(made)
            }).await.unwrap();
            ids.extend(made);
        }
        let reader = ada.clone();
        let tallies = db.read(move |tx| alerts::tallies(tx, &reader, Whose::Nobodys)).await.unwrap();
        assert_eq!((tallies.risks, tallies.accounts), (4 * 2_600, 2_600));
        for actor in [ada.clone(), without(&ada, Permission::MoneyRead)] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let part = open(&db, &actor, after, 900).await;
                let Some(last) = part.last() else { break };
                after = Some(Cursor { account: last.alert.account, id: last.alert.id });
                seen.extend(part.iter().map(|line| line.alert.id));
            }
            let count = seen.len();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!((count, seen.len()), (4 * 2_600, 4 * 2_600));
        }
        // Looked at again, in another order, nothing comes twice.
        let (actor, some) = (ada.clone(), (0..200).map(|_| ids[dice.below(2_600) as usize]).collect::<std::collections::BTreeSet<_>>());
        db.write(move |tx| {
            let some: Vec<AccountId> = some.iter().rev().copied().collect();
            alerts::look_all(tx, actor.workspace, &some)?;
            health::score_all(tx, actor.workspace, &some)?;
            Ok::<_, HealthError>(())
        }).await.unwrap();
        let reader = ada.clone();
        assert_eq!(db.read(move |tx| alerts::tallies(tx, &reader, Whose::Anybodys)).await.unwrap().risks, 4 * 2_600);
    }
}
