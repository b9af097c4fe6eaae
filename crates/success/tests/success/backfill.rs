//! Back-fills: files of the past are taken line by line, each event once, on the day on which it happened.

use std::convert::Infallible;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use kit::blob::{BlobPlace, Blobs};
use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::Db;
use kit::i18n::Text;
use kit::id::Ids;
use kit::jobs::{Jobs, Options};
use success::usage::backfill::{self, Backfill, BackfillError, Counts, Form, New, Slot, State, Wish, files};
use success::usage::log::{self, Logged, unpacked};
use success::usage::protocol::Reason;
use success::usage::sources::{self, Gate};
use tandem_core::actor::Actor;
use tandem_core::imports::writing::DayOrder;
use testkit::{TestDb, on_both};

use crate::taking::{gate, send};
use crate::world::{LISTS, World};

const DAY: i64 = 86_400;

/// The store of files, as long as the test runs.
fn equip(db: &TestDb) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let place = BlobPlace::Folder(folder.path().to_owned());
    let blobs = Blobs::open(&place, db.clock().clone(), Ids::seeded(9)).unwrap();
    db.attach(Arc::new(blobs));
    folder
}

async fn bring(db: &Db, actor: &Actor, gate: &Gate, bytes: &[u8]) -> Result<Backfill, BackfillError> {
    let new = New {
        source: gate.source,
        file_name: "past.jsonl".to_owned(),
    };
    let pieces: Vec<_> = bytes
        .chunks(11)
        .map(|piece| Ok::<_, Infallible>(piece.to_vec().into()))
        .collect();
    files::receive(db, actor, new, futures::stream::iter(pieces)).await
}

async fn work(db: &Db) {
    let mut jobs = Jobs::new();
    jobs.errand(Options::new(), backfill::jobs::run);
    jobs.reaction(Options::new(), log::jobs::sweep);
    while kit::jobs::run_due(db, &jobs).await.unwrap() > 0 {}
}

async fn run(db: &Db, actor: &Actor, draft: &Backfill, wish: Wish) -> Result<Backfill, BackfillError> {
    let (author, id) = (actor.clone(), draft.id);
    db.write(move |tx| {
        backfill::map(tx, &author, id, &wish)?;
        backfill::start(tx, &author, id)
    })
    .await?;
    work(db).await;
    let reader = actor.clone();
    Ok(db.read(move |tx| backfill::find(tx, &reader, id)).await?.unwrap())
}

async fn logged(db: &Db, gate: &Gate) -> Vec<Logged> {
    let workspace = gate.workspace;
    let batches = db
        .read(move |tx| log::newest(tx, workspace, None, None, 100))
        .await
        .unwrap();
    batches.iter().flat_map(|batch| unpacked(&batch.body)).collect()
}

async fn returned(db: &Db, actor: &Actor, backfill: &Backfill) -> String {
    let lines = files::refused(db, actor, backfill.id, Text::default())
        .await
        .unwrap();
    let pieces: Vec<_> = lines.collect().await;
    let bytes: Vec<u8> = pieces
        .into_iter()
        .flat_map(|piece| piece.unwrap().to_vec())
        .collect();
    String::from_utf8(bytes).unwrap()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

fn counts(taken: i64, known: i64, left_out: i64, refused: i64) -> Counts {
    Counts {
        taken,
        known,
        left_out,
        refused,
    }
}

on_both! { LISTS;
    async fn lines_of_the_past_are_taken_once_and_stand_by_their_own_time(db: TestDb) {
    let _folder = equip(&db);
    let world = World::new(&db).await;
    let gate = gate(&db, &world).await;
    let now = db.clock().now();
    let ago = |days: i64| now.0 / 1_000_000 - days * DAY;
    // What an SDK sent yesterday is in the file too.
    let live = r#"{"type":"track","messageId":"live","event":"A","userId":"u-1"}"#;
    assert_eq!(send(&db, &gate, &[live]).await.accepted, 1);
    let lines = [
        format!(r#"{{"type":"track","messageId":"m-1","event":"A","userId":"u-1","timestamp":{}}}"#, ago(400)),
        format!(r#"{{"type":"track","event":"A","userId":"u-1","timestamp":{}}}"#, ago(40)),
        format!(r#"{{"type":"track","messageId":"m-1","event":"A","userId":"u-1","timestamp":{}}}"#, ago(400)),
        format!(r#"{{"type":"track","messageId":"live","event":"A","userId":"u-1","timestamp":{}}}"#, ago(3)),
        r#"{"type":"track","messageId":"m-2","event":"A","userId":"u-1"}"#.to_owned(),
        r#"{"type":"track","event":"#.to_owned(),
        String::new(),
        format!(r#"{{"type":"track","event":"Late","userId":"u-1","timestamp":{}}}"#, ago(0)),
        format!(r#"{{"type":"track","messageId":"m-3","event":"B","userId":"u-1","timestamp":{},"sentAt":{}}}"#, ago(30), ago(3_000)),
    ];
    let text = lines.join("\n");
    let draft = bring(&db, &world.ada, &gate, text.as_bytes()).await.unwrap();
    assert_eq!((draft.state, draft.layout.form, draft.total), (State::Draft, Form::Lines, 8));
    let seen = files::preview(&db, &world.ada, draft.id).await.unwrap();
    let reasons: Vec<Reason> = seen.tried.iter().filter_map(|one| Some(one.outcome.as_ref().err()?.reason)).collect();
    assert_eq!(reasons, [Reason::NoTime, Reason::Malformed]);
    let until = Day::of(now.minus(Duration::from_secs(2 * 86_400)), &jiff::tz::TimeZone::UTC);
    let wish = Wish { until: Some(until), ..Wish::default() };
    let over = run(&db, &world.ada, &draft, wish).await.unwrap();
    assert_eq!((over.state, over.counts), (State::Done, counts(3, 2, 1, 2)));
    let of_b = logged(&db, &gate).await.into_iter().find(|event| event.header.name == "B").unwrap();
    assert_eq!(of_b.header.happened, ago(30) * 1_000_000, "clocks are not corrected");

    // What did not fit comes back, to be mended.
    let back = returned(&db, &world.ada, &over).await;
    assert_eq!(back.lines().count(), 2);
    assert!(back.contains("\"messageId\":\"m-2\"") && back.contains("tandemReason") && back.contains("tandemLine"), "{back}");

    // The same file again is the same back-fill; another with the same lines adds what is new, also months later and packed.
    let again = bring(&db, &world.ada, &gate, text.as_bytes()).await.unwrap();
    assert_eq!((again.id, again.state), (over.id, State::Done));
    db.clock().advance(Duration::from_secs(60 * 86_400));
    db.write(|tx| kit::jobs::Queue::new(&log::jobs::Sweep {}).put(tx).map(drop)).await.unwrap();
    work(&db).await;
    let last = format!(r#"{{"type":"page","userId":"u-1","timestamp":{}}}"#, ago(1));
    let more = bring(&db, &world.ada, &gate, &gzip(&format!("{text}\n{last}"))).await.unwrap();
    let wish = Wish { until: Some(until), ..Wish::default() };
    let more = run(&db, &world.ada, &more, wish).await.unwrap();
    assert_eq!(more.counts, counts(0, 5, 2, 2), "what the file had is known, also of the SDK's own");

    // A file that is over is kept for a month.
    let (workspace, lost) = (world.workspace, over.id);
    db.write(move |tx| backfill::sweep(tx, workspace)).await.unwrap();
    let gone = files::refused(&db, &world.ada, lost, Text::default()).await.map(drop);
    assert_eq!(gone, Err(BackfillError::Gone));

    // So long waits what nobody begins or carries on; a file that is gone is brought again.
    let left = bring(&db, &world.ada, &gate, b"{}").await.unwrap();
    let paused = bring(&db, &world.ada, &gate, b"{}\n{}").await.unwrap();
    let (ada, id) = (world.ada.clone(), paused.id);
    db.write(move |tx| backfill::start(tx, &ada, id).and_then(|_| backfill::pause(tx, &ada, id))).await.unwrap();
    db.clock().advance(Duration::from_secs(31 * 86_400));
    db.write(move |tx| backfill::sweep(tx, workspace)).await.unwrap();
    let found = |id| {
        let ada = world.ada.clone();
        db.read(move |tx| backfill::find(tx, &ada, id))
    };
    assert_eq!(found(left.id).await, Ok(None));
    let stopped = found(paused.id).await.unwrap().unwrap();
    assert_eq!((stopped.state, stopped.problem.as_deref(), stopped.is_kept), (State::Failed, Some("gone"), false));
    let again = bring(&db, &world.ada, &gate, b"{}\n{}").await.unwrap();
    assert!(again.id != paused.id && again.state == State::Draft);
}

    async fn tables_are_mapped_and_say_how_their_days_are_written(db: TestDb) {
    let _folder = equip(&db);
    let world = World::new(&db).await;
    let gate = gate(&db, &world).await;
    let year = Day::of(db.clock().now(), &jiff::tz::TimeZone::UTC).year_and_month().0 - 1;
    let text = format!(
        "Event Name;User;Company;Date;Rows;Email\r\nA;u-1;acme;03/04/{year} 09:00;7;\r\nA;;acme;03/04/{year};8;\r\nA;u-2;acme;soon;9;x\r\n;u-3;acme;03/04/{year};1;;too many\r\n"
    );
    let draft = bring(&db, &world.ada, &gate, text.as_bytes()).await.unwrap();
    assert_eq!((draft.layout.form, draft.total, draft.days()), (Form::Table, 4, Some(DayOrder::Unclear)));
    let guessed = [Some(Slot::Event), Some(Slot::User), Some(Slot::Group), Some(Slot::Time), None, None];
    assert_eq!(draft.mapping, guessed);
    let wish = |mapping: &[Option<Slot>], days| Wish { mapping: mapping.to_vec(), days, until: None };
    let unclear = run(&db, &world.ada, &draft, wish(&guessed, None)).await;
    assert_eq!(unclear, Err(BackfillError::Unclear));
    let lacking = run(&db, &world.ada, &draft, wish(&[Some(Slot::Event), None, None, Some(Slot::Time)], None)).await;
    assert_eq!(lacking, Err(BackfillError::Unmapped("user")));
    let over = run(&db, &world.ada, &draft, wish(&guessed, Some(DayOrder::MonthFirst))).await.unwrap();
    assert_eq!(over.counts, counts(1, 0, 0, 3));
    let one = logged(&db, &gate).await.remove(0);
    let moment: jiff::Timestamp = format!("{year}-03-04T09:00:00Z").parse().unwrap();
    assert_eq!(Timestamp(one.header.happened), Timestamp(moment.as_microsecond()));
    assert_eq!(one.header.group.as_deref(), Some("acme"));
    assert!(one.raw.contains("\"Rows\":7"), "{}", one.raw);
    let back = returned(&db, &world.ada, &over).await;
    assert!(back.starts_with('\u{feff}') && back.contains("soon,9,x,"), "{back}");

    // Who may not set usage up, another workspace, a source that is off.
    let denied = bring(&db, &world.sam, &gate, text.as_bytes()).await;
    assert!(matches!(denied, Err(BackfillError::Forbidden(_))), "{denied:?}");
    let foreign = bring(&db, &world.eve, &gate, text.as_bytes()).await;
    assert_eq!(foreign, Err(BackfillError::NoSource));
    let (eve, id) = (world.eve.clone(), over.id);
    assert_eq!(db.read(move |tx| backfill::find(tx, &eve, id)).await, Ok(None));
    let (ada, source) = (world.ada.clone(), gate.source);
    db.write(move |tx| sources::stop(tx, &ada, source)).await.unwrap();
    let off = bring(&db, &world.ada, &gate, b"{}").await;
    assert_eq!(off, Err(BackfillError::SourceOff));
    let (ada, source) = (world.ada.clone(), gate.source);
    db.write(move |tx| sources::start(tx, &ada, source)).await.unwrap();
    assert_eq!(bring(&db, &world.ada, &gate, b" \n\n").await, Err(BackfillError::Empty));
    let cut = &gzip(&text)[..30];
    assert_eq!(bring(&db, &world.ada, &gate, cut).await, Err(BackfillError::Damaged));
}
}
