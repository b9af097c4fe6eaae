//! Folding: numbers that are right whatever came when, and whose they are.

use kit::day::Day;
use kit::db::{Db, DbError};
use kit::jobs::{Jobs, Options};
use success::usage::account::{self, Usage};
use success::usage::folding::{PartError, Waiting, fold, fold_in_parts};
use success::usage::log::scrubbing::{self, Marks};
use success::usage::people;
use success::usage::settling::{self, Asked, Waiting as Unsettled};
use success::usage::sources::Gate;
use tandem_core::accounts::external_ids;
use tandem_core::accounts::merging::{self, Parts};
use tandem_core::accounts::{self, AccountId, AccountText};
use tandem_core::actor::Actor;
use tandem_core::contacts::identities::{self, NewIdentity};
use testkit::on_both;

use crate::taking::{gate, send};
use crate::world::{LISTS, World};

pub(crate) async fn usage(db: &Db, actor: &Actor, account: AccountId) -> Usage {
    let (actor, today) = (actor.clone(), Day::of(db.clock().now(), &jiff::tz::TimeZone::UTC));
    db.read(move |tx| account::of(tx, &actor, account, today))
        .await
        .unwrap()
}

/// Acme is called `acme` by the product.
async fn named(db: &Db, world: &World) {
    let (ada, account) = (world.ada.clone(), world.account);
    db.write(move |tx| external_ids::add(tx, &ada, account, "usage", "acme"))
        .await
        .unwrap();
}

async fn follow(db: &Db, world: &World) {
    let (workspace, account, contact) = (world.workspace, world.account, world.contact);
    db.write(move |tx| {
        people::follow_account(tx, workspace, account)?;
        people::follow_contact(tx, workspace, contact)
    })
    .await
    .unwrap();
}

async fn track(db: &Db, gate: &Gate, who: &str, event: &str, group: Option<&str>) {
    let context = group.map_or(String::new(), |group| {
        format!(r#","context":{{"groupId":"{group}"}}"#)
    });
    let text = format!(r#"{{"type":"track","event":"{event}",{who}{context}}}"#);
    assert_eq!(send(db, gate, &[&text]).await.accepted, 1, "{text}");
}

/// What belongs to no account.
pub(crate) async fn waiting(db: &Db, world: &World) -> Vec<Unsettled> {
    let ada = world.ada.clone();
    db.read(move |tx| settling::list(tx, &ada, &Asked::default(), None, 99))
        .await
        .unwrap()
}

/// What an account's page shows of usage, without what differs from workspace to workspace.
type Shown = (Usage, Vec<(String, String, Option<String>, bool, i64, i64)>);

async fn shown(db: &Db, world: &World) -> Shown {
    let mut seen = usage(db, &world.ada, world.account).await;
    for person in &mut seen.people {
        assert_eq!(person.contact.is_some(), person.name == "Leyla", "{person:?}");
        person.contact = None;
    }
    seen.people
        .sort_by(|a, b| (b.last, &a.name).cmp(&(a.last, &b.name)));
    let waiting = waiting(db, world).await.into_iter();
    let mut waiting: Vec<_> = waiting
        .map(|one| {
            let contact = one.looked.contact.is_some();
            let line = one.line;
            (
                line.kind,
                line.value,
                line.title,
                contact,
                line.events,
                line.last.0,
            )
        })
        .collect();
    waiting.sort();
    (seen, waiting)
}

/// Events of six users at four browsers over three weeks, in groups of which one is Acme: they sign in, say who they are,
/// turn out to be somebody else, and come in any order.
fn walk(count: i64, now: i64) -> Vec<String> {
    let mut state = 20_261_123_u64;
    let mut next = move |end: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let mut one = |number: i64| {
        let hours = i64::try_from(next(500)).unwrap();
        let at = kit::clock::Timestamp(now - hours * 3_600_000_000 - number * 1_000_000);
        let at = at.calendar().unwrap();
        let user = ["u-leyla", "u-1", "u-2", "u-3", "old-1", "old-2"][usize::try_from(next(6)).unwrap()];
        let (browser, group) = (
            next(4),
            ["acme", "nobody", "other"][usize::try_from(next(3)).unwrap()],
        );
        let frame = format!(r#""messageId":"m-{number}","timestamp":"{at}""#);
        match next(12) {
            0 => format!(
                r#"{{"type":"identify","userId":"{user}","anonymousId":"b-{browser}","traits":{{"name":"N{number}"}},{frame}}}"#
            ),
            1 => format!(
                r#"{{"type":"identify","userId":"u-leyla","traits":{{"email":"leyla@acme.example"}},{frame}}}"#
            ),
            2 => format!(
                r#"{{"type":"group","userId":"{user}","groupId":"{group}","traits":{{"name":"G{number}"}},{frame}}}"#
            ),
            3 => format!(
                r#"{{"type":"alias","userId":"u-{}","previousId":"old-{}",{frame}}}"#,
                browser % 3 + 1,
                group.len() % 2 + 1
            ),
            4..=6 => format!(r#"{{"type":"page","name":"Pricing","anonymousId":"b-{browser}",{frame}}}"#),
            7 => format!(r#"{{"type":"track","event":"Export made","userId":"{user}",{frame}}}"#),
            _ => format!(
                r#"{{"type":"track","event":"E{}","userId":"{user}","context":{{"groupId":"{group}"}},{frame}}}"#,
                number % 3
            ),
        }
    };
    (0..count).map(&mut one).collect()
}

/// A world in which Acme is called `acme` and Leyla is known by her address.
async fn known(db: &Db) -> (World, Gate) {
    let world = World::new(db).await;
    let gate = gate(db, &world).await;
    named(db, &world).await;
    let (ada, contact) = (world.ada.clone(), world.contact);
    db.write(move |tx| identities::add(tx, &ada, contact, &NewIdentity::email("leyla@acme.example")))
        .await
        .unwrap();
    (world, gate)
}

const LEYLA: &str = r#""userId":"u-leyla""#;
const BROWSER: &str = r#""anonymousId":"b-1""#;

on_both! { LISTS;
    async fn who_did_what_stands_at_the_account_once_it_is_folded(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        track(&db, &gate, LEYLA, "Report opened", Some("acme")).await;
        track(&db, &gate, LEYLA, "Report opened", Some("acme")).await;
        track(&db, &gate, r#""userId":"u-tom""#, "Export made", Some("acme")).await;
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
        assert_eq!(fold(&db).await.unwrap(), 3);
        assert_eq!(fold(&db).await.unwrap(), 0, "each is counted once");
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.active_7, seen.active_30, seen.events_30), (2, 2, 3));
        assert_eq!(seen.weeks.last(), Some(&2));
        let features: Vec<_> = seen.features.iter().map(|f| (f.name.as_str(), f.people, f.events)).collect();
        assert_eq!(features, [("Report opened", 1, 2), ("Export made", 1, 1)]);
        assert!(seen.people.iter().any(|person| person.name == "u-tom" && person.contact.is_none()));
        let eve = world.eve.clone();
        let (account, today) = (world.account, Day::of(db.clock().now(), &jiff::tz::TimeZone::UTC));
        let theirs = db.read(move |tx| account::of(tx, &eve, account, today)).await;
        assert_eq!(theirs, Err(account::UsageError::Unknown));
    }

    async fn a_group_that_is_named_later_brings_its_past_along_and_can_be_taken_back(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        track(&db, &gate, LEYLA, "Report opened", Some("acme")).await;
        fold(&db).await.unwrap();
        let waiting = waiting(&db, &world).await;
        assert_eq!((waiting.len(), waiting[0].line.value.as_str(), waiting[0].line.events), (1, "acme", 1));
        named(&db, &world).await;
        follow(&db, &world).await;
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 1);
        let (ada, account) = (world.ada.clone(), world.account);
        db.write(move |tx| {
            let id = external_ids::of(tx, &ada, account).unwrap()[0].id;
            external_ids::remove(tx, &ada, id)
        })
        .await
        .unwrap();
        follow(&db, &world).await;
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
    }

    async fn a_browser_is_the_one_user_seen_with_it_and_nobody_when_it_is_shared(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        // Leyla is a contact at Acme and known by her address: no group is needed.
        let (ada, contact) = (world.ada.clone(), world.contact);
        db.write(move |tx| identities::add(tx, &ada, contact, &NewIdentity::email("leyla@acme.example")))
            .await
            .unwrap();
        track(&db, &gate, BROWSER, "Pricing seen", None).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
        let identify = format!(r#"{{"type":"identify",{LEYLA},{BROWSER},"traits":{{"email":"Leyla@acme.example"}}}}"#);
        send(&db, &gate, &[&identify]).await;
        fold(&db).await.unwrap();
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.active_30, seen.events_30), (1, 1));
        assert_eq!((seen.people[0].contact, seen.people[0].name.as_str()), (Some(world.contact), "Leyla"));
        // A second user at the same browser: what it did alone is nobody's any more.
        let other = format!(r#"{{"type":"identify","userId":"u-other",{BROWSER}}}"#);
        send(&db, &gate, &[&other]).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
    }

    async fn a_person_at_two_accounts_waits_and_a_group_says_which(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let ada = world.ada.clone();
        let other = db
            .write(move |tx| {
                let text = AccountText { name: "Other".to_owned(), ..AccountText::default() };
                let other = accounts::add(tx, &ada, &text).unwrap().id;
                external_ids::add(tx, &ada, other, "crm", "other-1").unwrap();
                Ok::<_, DbError>(other)
            })
            .await
            .unwrap();
        named(&db, &world).await;
        let group = |group: &str| format!(r#"{{"type":"group",{LEYLA},"groupId":"{group}","traits":{{"name":"X"}}}}"#);
        send(&db, &gate, &[&group("acme")]).await;
        track(&db, &gate, LEYLA, "Report opened", None).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 1);
        send(&db, &gate, &[&group("other-1")]).await;
        track(&db, &gate, LEYLA, "Report opened", Some("other-1")).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0, "she is at both now");
        assert_eq!(usage(&db, &world.ada, other).await.events_30, 1, "but this one says where");
    }

    async fn the_order_in_which_it_came_has_no_part_in_it(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        let mut items = vec![
            format!(r#"{{"type":"track","event":"A",{BROWSER}}}"#),
            format!(r#"{{"type":"identify",{LEYLA},{BROWSER},"traits":{{"name":"First"}},"timestamp":"2026-01-02T00:00:00Z"}}"#),
            format!(r#"{{"type":"identify",{LEYLA},"traits":{{"name":"Second"}},"timestamp":"2026-01-03T00:00:00Z"}}"#),
            format!(r#"{{"type":"group",{LEYLA},"groupId":"acme"}}"#),
            format!(r#"{{"type":"track","event":"B",{LEYLA}}}"#),
        ];
        let mut first = None;
        for round in 1..=5_i64 {
            for item in &items {
                send(&db, &gate, &[item]).await;
                fold(&db).await.unwrap();
            }
            let seen = usage(&db, &world.ada, world.account).await;
            assert_eq!(seen.events_30, 2 * round, "{round}");
            assert_eq!(seen.people.len(), 1);
            assert_eq!(seen.people[0].name, "Second", "the newest trait holds");
            assert_eq!(first.get_or_insert(seen.active_30), &seen.active_30);
            items.rotate_left(2);
        }
    }

    async fn each_trait_is_the_newest_whatever_came_together_or_late(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let (ada, contact) = (world.ada.clone(), world.contact);
        db.write(move |tx| identities::add(tx, &ada, contact, &NewIdentity::email("leyla@acme.example")))
            .await
            .unwrap();
        let named = format!(r#"{{"type":"identify",{LEYLA},"traits":{{"name":"L."}},"timestamp":"2026-01-05T00:00:00Z"}}"#);
        let called = format!(r#"{{"type":"identify",{LEYLA},"traits":{{"email":"leyla@acme.example"}},"timestamp":"2026-01-02T00:00:00Z"}}"#);
        track(&db, &gate, LEYLA, "Report opened", None).await;
        send(&db, &gate, &[&named]).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
        send(&db, &gate, &[&called]).await;
        fold(&db).await.unwrap();
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.events_30, seen.people[0].contact), (1, Some(world.contact)), "the address counts though it is older than the name");
    }

    async fn what_a_browser_said_of_its_group_is_said_of_who_signs_in(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        send(&db, &gate, &[&format!(r#"{{"type":"group",{BROWSER},"groupId":"acme"}}"#)]).await;
        track(&db, &gate, BROWSER, "Pricing seen", None).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 1);
        send(&db, &gate, &[&format!(r#"{{"type":"identify",{LEYLA},{BROWSER}}}"#)]).await;
        track(&db, &gate, LEYLA, "Report opened", None).await;
        fold(&db).await.unwrap();
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.events_30, seen.active_30), (2, 1));
    }

    async fn an_alias_makes_two_users_one(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        track(&db, &gate, r#""userId":"u-old""#, "Report opened", Some("acme")).await;
        track(&db, &gate, LEYLA, "Report opened", Some("acme")).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.active_30, 2);
        send(&db, &gate, &[&format!(r#"{{"type":"alias",{LEYLA},"previousId":"u-old"}}"#)]).await;
        fold(&db).await.unwrap();
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.active_30, seen.events_30), (1, 2));
    }

    async fn usage_goes_with_an_account_that_is_merged_and_comes_back(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let (ada, account) = (world.ada.clone(), world.account);
        let other = db
            .write(move |tx| {
                let text = AccountText { name: "Other".to_owned(), ..AccountText::default() };
                Ok::<_, DbError>(accounts::add(tx, &ada, &text).unwrap().id)
            })
            .await
            .unwrap();
        // The product knows it by its id here.
        track(&db, &gate, LEYLA, "Report opened", Some(&other.to_string())).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, other).await.events_30, 1);
        db.attach(std::sync::Arc::new(Parts::new(&[&success::usage::MERGES])));
        let ada = world.ada.clone();
        db.write(move |tx| merging::merge(tx, &ada, account, other, &[])).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 1);
        track(&db, &gate, LEYLA, "Report opened", Some(&other.to_string())).await;
        fold(&db).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 2, "also what comes afterwards");
        let ada = world.ada.clone();
        db.write(move |tx| merging::unmerge(tx, &ada, other)).await.unwrap();
        assert_eq!(usage(&db, &world.ada, world.account).await.events_30, 0);
        assert_eq!(usage(&db, &world.ada, other).await.events_30, 2);
    }

    async fn a_large_batch_is_folded_in_parts(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        let items: Vec<String> = (0..1_200)
            .map(|n| format!(r#"{{"type":"track","event":"A","userId":"u-{}","context":{{"groupId":"acme"}}}}"#, n % 40))
            .collect();
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        assert_eq!(send(&db, &gate, &items).await.accepted, 1_200);
        let workspace = gate.workspace;
        let batches = db.read(move |tx| success::usage::log::newest(tx, workspace, None, None, 9)).await.unwrap();
        assert_eq!(batches.len(), 3);
        assert_eq!(fold(&db).await.unwrap(), 1_200);
        let seen = usage(&db, &world.ada, world.account).await;
        assert_eq!((seen.events_30, seen.active_30), (1_200, 40));
    }

    async fn however_much_is_folded_at_once_it_comes_to_the_same(db: TestDb) {
        let items = walk(150, db.clock().now().0);
        let mut first: Option<Shown> = None;
        for most in [10_000, 7, 1] {
            let (world, gate) = known(&db).await;
            for three in items.chunks(3) {
                let three: Vec<&str> = three.iter().map(String::as_str).collect();
                assert_eq!(send(&db, &gate, &three).await.accepted, three.len(), "{three:?}");
            }
            assert_eq!(fold_in_parts(&db, most).await.unwrap(), items.len());
            let seen = shown(&db, &world).await;
            assert!(seen.0.events_30 > 10 && seen.0.people.len() > 2 && seen.1.len() > 2, "{seen:?}");
            assert_eq!(first.get_or_insert_with(|| seen.clone()), &seen, "{most} at once");
        }
    }

    async fn who_is_taken_out_while_a_part_is_counted_does_not_come_back(db: TestDb) {
        let (world, gate) = known(&db).await;
        track(&db, &gate, LEYLA, "Report opened", Some("acme")).await;
        track(&db, &gate, r#""userId":"u-tom""#, "Report opened", Some("acme")).await;
        let workspace = world.workspace;
        let waiting = db.read(move |tx| Waiting::next(tx, workspace, 10_000)).await.unwrap();
        let part = waiting.expect("both wait").counted();
        let mut jobs = Jobs::new();
        jobs.reaction(Options::new(), scrubbing::scrub);
        let mut marks = Marks::default();
        marks.add_id("u-leyla");
        db.write(move |tx| scrubbing::queue(tx, workspace, marks.clone())).await.unwrap();
        while kit::jobs::run_due(&db, &jobs).await.unwrap() > 0 {}
        let stored = db.write(move |tx| part.store(tx)).await;
        assert_eq!(stored, Err(PartError::Taken), "it was counted with her");
        assert_eq!(fold(&db).await.unwrap(), 1);
        let seen = usage(&db, &world.ada, world.account).await;
        let names: Vec<&str> = seen.people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["u-tom"]);
    }

    async fn a_fold_that_is_cut_off_anywhere_is_done_again_and_counts_nothing_twice(db: TestDb) {
        let (world, gate) = known(&db).await;
        let items = walk(60, db.clock().now().0);
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        let (before, after) = items.split_at(30);
        send(&db, &gate, before).await;
        assert_eq!(fold(&db).await.unwrap(), 30);
        send(&db, &gate, after).await;
        let (workspace, unmoved) = (world.workspace, shown(&db, &world).await);
        let mut statements = 0;
        loop {
            let waiting = db.read(move |tx| Waiting::next(tx, workspace, 10_000)).await.unwrap();
            let part = waiting.expect("what was cut off still waits").counted();
            let stored = db.write(move |tx| {
                tx.cut_after(statements);
                part.store(tx)
            });
            if stored.await.is_ok() {
                break;
            }
            assert_eq!(shown(&db, &world).await, unmoved, "cut off after {statements}");
            statements += 1;
        }
        assert!(statements > 10, "{statements}");
        assert_eq!(fold(&db).await.unwrap(), 0);
        let seen = shown(&db, &world).await;
        // The same again, never cut off, in another workspace.
        let (other, gate) = known(&db).await;
        send(&db, &gate, &items).await;
        let (one, two) = tokio::join!(fold(&db), fold(&db));
        assert_eq!(one.unwrap() + two.unwrap(), 60, "two at once share the work");
        assert_eq!(shown(&db, &other).await, seen);
    }
}
