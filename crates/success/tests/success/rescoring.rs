//! Accounts that are scored and looked at together: whatever comes of one is what would come of it alone, in any order.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use kit::db::{Db, DbError, Tx};
use kit::id::Ids;
use success::alerts;
use success::health::{self, Band, Filter, HealthError, overriding};
use tandem_core::accounts::{self, AccountId, AccountText};
use tandem_core::actor::Actor;
use tandem_core::events;
use tandem_core::metrics::{self, Metric, Producer, Producers, Unit, number};
use tandem_core::permissions::Permission::AccountsRead;
use tandem_core::workspaces;
use testkit::on_both;

use crate::world::{LISTS, World};

static URGENT: Metric = Metric::new("tickets.urgent", Unit::Count, AccountsRead);
static EXPERIENCE: Metric = Metric::new("people.experience", Unit::Number, AccountsRead);
static PEOPLE: Metric = Metric::new("usage.active_people_30d", Unit::Count, AccountsRead);
static CHANGE: Metric = Metric::new("usage.change_14d", Unit::Share, AccountsRead);
static USED: Metric = Metric::new("usage.last_used", Unit::DaysSince, AccountsRead);
static PRODUCER: Producer = Producer {
    metrics: &[&URGENT, &EXPERIENCE, &PEOPLE, &CHANGE, &USED],
    read: |_, _, _, _| Ok(Vec::new()),
};

const DAY: Duration = Duration::from_secs(86_400);
const MANY: usize = 40;

/// How accounts are worked on: all at once, or each by itself.
type Way = fn(&mut Tx<'_>, &Actor, &[AccountId]) -> Result<(), DbError>;

fn together(tx: &mut Tx<'_>, actor: &Actor, ids: &[AccountId]) -> Result<(), DbError> {
    health::score_all(tx, actor.workspace, ids)?;
    alerts::look_all(tx, actor.workspace, ids)
}

/// The last one first, with others than those that came beside it.
fn one_by_one(tx: &mut Tx<'_>, actor: &Actor, ids: &[AccountId]) -> Result<(), DbError> {
    for id in ids.iter().rev() {
        health::score(tx, actor.workspace, *id)?;
    }
    let (some, others) = ids.split_at(ids.len() / 2);
    for id in others.iter().chain(some) {
        alerts::look(tx, actor.workspace, *id)?;
    }
    Ok(())
}

async fn accounts(db: &Db, actor: &Actor) -> Vec<AccountId> {
    let actor = actor.clone();
    db.write(move |tx| {
        let mut ids = Vec::new();
        for number in 0..MANY {
            let text = AccountText {
                name: format!("Account {number:02}"),
                ..AccountText::default()
            };
            ids.push(accounts::add(tx, &actor, &text).unwrap().id);
        }
        accounts::close(tx, &actor, ids[3]).unwrap();
        Ok::<_, DbError>(ids)
    })
    .await
    .unwrap()
}

/// What happens on a day: the same to the accounts of every workspace, as the dice fall.
async fn a_day(db: &Db, actor: &Actor, ids: &[AccountId], (turn, way): (u64, Way)) {
    let (actor, ids) = (actor.clone(), ids.to_vec());
    db.write(move |tx| {
        let dice = Ids::seeded(turn);
        let today = workspaces::today(tx, actor.workspace)?;
        for account in &ids {
            let used = number(today) - dice.below(40) as f64;
            let all = [
                URGENT.may_be((dice.below(3) > 0).then(|| dice.below(4) as f64)),
                EXPERIENCE.is(dice.below(41) as f64 / 10.0 - 2.0),
                PEOPLE.is(dice.below(30) as f64),
                CHANGE.is(dice.below(100) as f64 / 100.0 - 0.5),
                USED.may_be((dice.below(5) > 0).then_some(used)),
            ];
            let some: Vec<_> = all.into_iter().filter(|_| dice.below(3) > 0).collect();
            metrics::note(tx, actor.workspace, *account, today, &some)?;
        }
        if turn == 1 {
            let said = (Band::Green, "They renewed by phone", today.plus_days(1));
            overriding::say(tx, &actor, ids[5], said)?;
        }
        way(tx, &actor, &ids)?;
        Ok::<_, HealthError>(())
    })
    .await
    .unwrap();
}

/// All that can be seen of the health and the alerts of a book, by the names of its accounts, to the digit.
async fn seen(db: &Db, actor: &Actor, ids: &[AccountId]) -> BTreeMap<String, Vec<String>> {
    let (actor, ids) = (actor.clone(), ids.to_vec());
    db.read(move |tx| {
        let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in health::list(tx, &actor, Filter::default(), None, 100).unwrap() {
            seen.entry(line.name).or_default().push(format!("{:?}", line.now));
        }
        for id in &ids {
            let (name, alerts) = alerts::of_account(tx, &actor, *id).unwrap();
            let explained = health::explain(tx, &actor, *id, None).unwrap();
            let kept = explained.kept.map(|kept| (kept.day, kept.version, kept.scored));
            let mut said = vec![format!("{kept:?} {:?}", explained.course)];
            let mut found: Vec<String> = alerts
                .iter()
                .map(|line| {
                    format!(
                        "{:?} {:?} {:?}",
                        line.alert.weight, line.alert.finds, line.alert.opened_day
                    )
                })
                .collect();
            let told = events::about(tx, actor.workspace, *id, 100)?.into_iter();
            let told = told.filter(|event| event.kind.starts_with("account.health"));
            found.extend(told.map(|event| {
                let payload = &event.payload;
                let (before, score, band) = (&payload["before"], &payload["score"], &payload["band"]);
                format!("{} {before} {score} {band}", event.kind)
            }));
            found.sort_unstable();
            said.extend(found);
            seen.entry(name).or_default().extend(said);
        }
        Ok::<_, DbError>(seen)
    })
    .await
    .unwrap()
}

on_both! { LISTS;
    async fn many_at_once_come_to_what_each_comes_to_alone(db: TestDb) {
        db.attach(Arc::new(Producers::new(&[&PRODUCER])));
        let world = World::new(&db).await;
        let (ada, eve) = (&world.ada, &world.eve);
        let (ours, hers) = (accounts(&db, ada).await, accounts(&db, eve).await);
        for turn in 0..4 {
            a_day(&db, ada, &ours, (turn, together)).await;
            a_day(&db, eve, &hers, (turn, one_by_one)).await;
            assert_eq!(seen(&db, ada, &ours).await, seen(&db, eve, &hers).await, "day {turn}");
            db.clock.advance(DAY);
        }
        let shown = seen(&db, ada, &ours).await;
        for sign in ["account.health_changed", "account.health_band_changed", "Holds"] {
            assert!(shown.values().flatten().any(|said| said.contains(sign)), "{sign}: {shown:?}");
        }
        assert!(!shown["Account 03"].iter().any(|said| said.contains("health_changed")), "it is closed");
    }

    async fn nothing_is_written_or_told_again_where_nothing_moved(db: TestDb) {
        db.attach(Arc::new(Producers::new(&[&PRODUCER])));
        let world = World::new(&db).await;
        let ours = accounts(&db, &world.ada).await;
        a_day(&db, &world.ada, &ours, (0, together)).await;
        let before = seen(&db, &world.ada, &ours).await;
        db.clock.advance(Duration::from_secs(60));
        let (ada, twice) = (world.ada.clone(), ours.clone());
        db.write(move |tx| {
            together(tx, &ada, &twice)?;
            one_by_one(tx, &ada, &twice)?;
            health::score_all(tx, ada.workspace, &[])
        }).await.unwrap();
        assert_eq!(seen(&db, &world.ada, &ours).await, before);
        // Whoever works for another workspace has none of these accounts.
        let (eve, theirs) = (world.eve.clone(), ours.clone());
        db.write(move |tx| together(tx, &eve, &theirs)).await.unwrap();
        assert_eq!(seen(&db, &world.ada, &ours).await, before);
        let eve = world.eve.clone();
        assert!(db.read(move |tx| health::list(tx, &eve, Filter::default(), None, 100)).await.unwrap().is_empty());
    }
}
