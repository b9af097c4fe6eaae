//! Much is folded in parts, which may be cut off anywhere.

use kit::db::Db;
use kit::jobs::{Jobs, Options};
use success::usage::account::Usage;
use success::usage::folding::{PartError, Waiting, fold, fold_in_parts};
use success::usage::log::scrubbing::{self, Marks};
use success::usage::sources::Gate;
use tandem_core::contacts::identities::{self, NewIdentity};
use testkit::on_both;

use super::{LEYLA, named, track, usage, waiting};
use crate::taking::{gate, send};
use crate::world::{LISTS, World};

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

on_both! { LISTS;
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
