//! Taking events: durable, each once, item by item.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use success::usage::folding::fold;
use success::usage::log::refusals;
use success::usage::log::{self, Logged, unpacked};
use success::usage::protocol::Reason;
use success::usage::protocol::taking::{Outcome, take};
use success::usage::sources::{self, Gate};
use testkit::on_both;

use crate::world::{LISTS, World};

pub(crate) async fn gate(db: &Db, world: &World) -> Gate {
    let ada = world.ada.clone();
    db.write(move |tx| {
        let source = sources::add(tx, &ada, "Web app").unwrap();
        sources::of_key(tx, source.key())
    })
    .await
    .unwrap()
    .unwrap()
}

pub(crate) async fn send(db: &Db, gate: &Gate, items: &[&str]) -> Outcome {
    take(db, gate, items, (None, None)).await.unwrap()
}

async fn logged(db: &Db, gate: &Gate) -> Vec<Logged> {
    let workspace = gate.workspace;
    let batches = db
        .read(move |tx| log::newest(tx, workspace, None, None, 100))
        .await
        .unwrap();
    batches.iter().flat_map(|batch| unpacked(&batch.body)).collect()
}

fn track(message: &str, event: &str) -> String {
    format!(r#"{{"type":"track","messageId":"{message}","event":"{event}","userId":"u-1"}}"#)
}

on_both! { LISTS;
    async fn what_comes_again_is_taken_once_however_it_is_mixed(db: TestDb) {
    let world = World::new(&db).await;
    let gate = gate(&db, &world).await;
    let (one, two, three) = (track("1", "A"), track("2", "B"), track("3", "C"));
    let first = send(&db, &gate, &[&one, &two, &one]).await;
    assert_eq!((first.accepted, first.duplicates), (2, 1));
    let second = send(&db, &gate, &[&two, &three, &one]).await;
    assert_eq!((second.accepted, second.duplicates), (1, 2));
    let third = send(&db, &gate, &[&two, &three, &one]).await;
    assert_eq!((third.accepted, third.duplicates), (0, 3));
    let mut names: Vec<String> = logged(&db, &gate)
        .await
        .into_iter()
        .map(|event| event.header.name)
        .collect();
    names.sort();
    assert_eq!(names, ["A", "B", "C"]);

    // Without an id nobody can tell that it is the same.
    let nameless = r#"{"type":"track","event":"A","userId":"u-1"}"#;
    assert_eq!(send(&db, &gate, &[nameless, nameless]).await.accepted, 2);
    assert_eq!(send(&db, &gate, &[nameless]).await.accepted, 1);

    // Unless it says when it was: whoever heard no answer sends the same again.
    let timed = r#"{"type":"track","event":"A","userId":"u-1","timestamp":"2026-01-02T00:00:00.123Z"}"#;
    let later = timed.replace("123Z", "124Z");
    assert_eq!(send(&db, &gate, &[timed, timed, &later]).await.accepted, 3);
    let again = send(&db, &gate, &[timed, timed, &later]).await;
    assert_eq!((again.accepted, again.duplicates), (0, 3));
    assert_eq!(send(&db, &gate, &[timed, timed, timed]).await.accepted, 1);
    let elsewhere = Gate { source: other_source(&db, &world).await, ..gate.clone() };
    assert_eq!(send(&db, &elsewhere, &[timed]).await.accepted, 1);

    // Known for two days, and forgotten by the sweep then.
    db.clock().advance(Duration::from_secs(47 * 3_600));
    sweep(&db).await;
    assert_eq!(send(&db, &gate, &[&one]).await.duplicates, 1);
    db.clock().advance(Duration::from_secs(2 * 3_600));
    sweep(&db).await;
    assert_eq!(send(&db, &gate, &[&one]).await.accepted, 1);
}
}

async fn other_source(db: &Db, world: &World) -> sources::SourceId {
    let ada = world.ada.clone();
    let made = db.write(move |tx| sources::add(tx, &ada, "Back end"));
    made.await.unwrap().id
}

/// A source of the other workspace.
async fn other_gate(db: &Db, world: &World) -> Gate {
    let eve = world.eve.clone();
    let made = db.write(move |tx| {
        let source = sources::add(tx, &eve, "Theirs").unwrap();
        sources::of_key(tx, source.key())
    });
    made.await.unwrap().unwrap()
}

async fn sweep(db: &Db) {
    let mut jobs = kit::jobs::Jobs::new();
    jobs.reaction(kit::jobs::Options::new(), log::jobs::sweep);
    db.write(|tx| kit::jobs::Queue::new(&log::jobs::Sweep {}).put(tx).map(drop))
        .await
        .unwrap();
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

on_both! { LISTS;
    async fn many_who_send_the_same_at_once_store_it_once(db: TestDb) {
    let world = World::new(&db).await;
    let gate = gate(&db, &world).await;
    let items: Vec<String> = (0..40).map(|n| track(&format!("m-{n}"), "A")).collect();
    let sending = (0..8).map(|turn: usize| {
        let (db, gate, mut items) = (db.db.clone(), gate.clone(), items.clone());
        items.rotate_left(turn * 5);
        tokio::spawn(async move {
            let items: Vec<&str> = items.iter().map(String::as_str).collect();
            take(&db, &gate, &items, (None, None)).await.unwrap()
        })
    });
    let mut accepted = 0;
    for sent in sending.collect::<Vec<_>>() {
        accepted += sent.await.unwrap().accepted;
    }
    assert_eq!(accepted, 40);
    assert_eq!(logged(&db, &gate).await.len(), 40);
}
}

on_both! { LISTS;
    async fn what_is_wrong_is_refused_by_itself_and_kept_with_its_reason(db: TestDb) {
    let world = World::new(&db).await;
    let gate = gate(&db, &world).await;
    let good = track("1", "A");
    let huge = format!(
        r#"{{"type":"track","event":"x","userId":"{}"}}"#,
        "ü".repeat(600_000)
    );
    let nul = r#"{"type":"track","event":"x","userId":"u\u0000"}"#;
    let broken = "{\"type\":\"tr\0ack";
    let outcome = send(&db, &gate, &[&huge, nul, broken, &good, "7"]).await;
    assert_eq!(outcome.accepted, 1);
    let reasons: Vec<_> = outcome
        .refused
        .iter()
        .map(|refused| (refused.index, refused.reason))
        .collect();
    assert_eq!(
        reasons,
        [
            (0, Reason::Large),
            (1, Reason::Nul),
            (2, Reason::Malformed),
            (4, Reason::Malformed)
        ]
    );
    let workspace = gate.workspace;
    let kept = db
        .read(move |tx| refusals::newest(tx, workspace, None, None, 50))
        .await
        .unwrap();
    assert_eq!(kept.len(), 4);
    let large = kept.iter().find(|kept| kept.reason == Reason::Large).unwrap();
    assert!(!large.is_whole && large.body.len() <= 32 * 1024);
    let other = world.eve.workspace;
    let theirs = db
        .read(move |tx| {
            Ok::<_, DbError>((
                refusals::newest(tx, other, None, None, 50)?.len(),
                log::newest(tx, other, None, None, 50)?.len(),
            ))
        })
        .await
        .unwrap();
    assert_eq!(theirs, (0, 0));
}
}

on_both! { LISTS;
    async fn all_four_times_are_kept_and_a_wrong_clock_is_corrected(db: TestDb) {
    let world = World::new(&db).await;
    let gate = gate(&db, &world).await;
    let now = db.clock().now();
    let item = r#"{"type":"track","event":"A","userId":"u","timestamp":"2001-01-01T00:00:00Z"}"#;
    let sent: jiff::Timestamp = "2001-01-01T00:00:30Z".parse().unwrap();
    let sent = Some(Timestamp(sent.as_microsecond()));
    take(&db, &gate, &[item], (None, sent)).await.unwrap();
    let header = logged(&db, &gate).await.remove(0).header;
    assert_eq!(header.received, now.0);
    assert_eq!(header.happened, now.0 - 30_000_000);
    assert_eq!(header.sent, sent.map(|sent| sent.0));
    assert_eq!(header.original, sent.map(|sent| sent.0 - 30_000_000));
}

    async fn among_everything_that_is_bad_what_is_good_is_taken_and_counted(db: TestDb) {
        let world = World::new(&db).await;
        let (gate, elsewhere) = (gate(&db, &world).await, other_gate(&db, &world).await);
        let one = |fields: &str| format!(r#"{{"type":"track","event":"A","userId":"u-1",{fields}}}"#);
        let properties = |many: usize| {
            let all: Vec<String> = (0..many).map(|n| format!("\"{n}\":1")).collect();
            one(&format!("\"properties\":{{{}}}", all.join(",")))
        };
        let bad = [
            (r#"{"type":"track","event":"A","userId":"u-1""#.to_owned(), Reason::Malformed),
            ("null".to_owned(), Reason::Malformed),
            (r#"{"type":7,"event":"A","userId":"u-1"}"#.to_owned(), Reason::NoCall),
            (r#"{"type":"track","event":true,"userId":"u-1"}"#.to_owned(), Reason::WrongType),
            (r#"{"type":"track","event":"A","userId":{"id":1}}"#.to_owned(), Reason::WrongType),
            (one(r#""properties":[1]"#), Reason::WrongType),
            (properties(501), Reason::ManyProperties),
            (properties(10_000), Reason::Large),
            (one(r#""timestamp":"2999-01-01T00:00:00Z""#), Reason::Future),
            (one(r#""timestamp":"0001-01-01T00:00:00Z""#), Reason::Ancient),
            (one(r#""timestamp":"-999999-01-01""#), Reason::BadTime),
            (r#"{"type":"track","event":"A\u0000","userId":"u-1"}"#.to_owned(), Reason::Nul),
            (one(r#""context":{"groupId":"a\u0000cme"}"#), Reason::Nul),
            (format!(r#"{{"type":"track","event":"A","userId":"{}"}}"#, "9".repeat(1_048_576)), Reason::Large),
            (format!(r#"{{"type":"track","event":"A","anonymousId":"{}"}}"#, "9".repeat(201)), Reason::LongId),
            (r#"{"type":"track","event":"A","userId":"00000000-0000-0000-0000-000000000000"}"#.to_owned(), Reason::NoPerson),
        ];
        let good = |number: usize| track(&format!("good-{number}"), "A");
        let mut items: Vec<String> = Vec::new();
        for (number, (item, _)) in bad.iter().enumerate() {
            items.extend([good(number), item.clone()]);
        }
        // What can't be kept as a name is kept with its event, and stops nobody from counting.
        items.push(r#"{"type":"identify","userId":"u-1","traits":{"name":"L\u0000eyla","email":"\u0000"}}"#.to_owned());
        items.push(one(r#""properties":{"note":"a\u0000b"}"#));
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        let outcome = send(&db, &gate, &items).await;
        assert_eq!(outcome.accepted, bad.len() + 2);
        let wanted: Vec<_> = bad.iter().enumerate().map(|(number, (_, reason))| (2 * number + 1, *reason)).collect();
        let told: Vec<_> = outcome.refused.iter().map(|refused| (refused.index, refused.reason)).collect();
        assert_eq!(told, wanted);
        assert_eq!(fold(&db).await.unwrap(), bad.len() + 2);
        // A key of another workspace brings nothing here.
        assert_eq!(send(&db, &elsewhere, &[&track("theirs", "A")]).await.accepted, 1);
        assert_eq!(logged(&db, &gate).await.len(), bad.len() + 2);
        assert_eq!(logged(&db, &elsewhere).await.len(), 1);
    }

    async fn refusals_of_a_source_fill_no_disk(db: TestDb) {
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        let bad = vec!["{}"; 20];
        for _ in 0..60 {
            assert_eq!(send(&db, &gate, &bad).await.refused.len(), 20);
        }
        let workspace = gate.workspace;
        let kept = db.read(move |tx| refusals::newest(tx, workspace, None, None, 5_000)).await.unwrap();
        assert!((1_000..1_040).contains(&kept.len()), "{}", kept.len());
        let good = format!(r#"{{"type":"track","event":"A","userId":"u-1","properties":{{"x":"{}"}}}}"#, "y".repeat(40_000));
        assert_eq!(send(&db, &gate, &[&good]).await.refused[0].reason, Reason::Large);
    }
}
