//! The lake: what is sealed is read as what is in the log, by us and by a real engine.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use kit::blob::{BlobPlace, Blobs};
use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{Db, DbError};
use kit::id::{Ids, TypedId};
use kit::jobs::{Jobs, Options, Queue};
use kit::{params, sql};
use success::usage::folding::fold;
use success::usage::keeping;
use success::usage::lake::sealing::{Rule, seal_all};
use success::usage::lake::{self, File, LakeError, Totals};
use success::usage::log;
use success::usage::log::scrubbing::{self, Marks};
use success::usage::own::{self, Content, Event, Measure, OwnText, State};
use success::usage::sources::Gate;
use tandem_core::accounts::{self, AccountText, external_ids};
use tandem_core::actor::Actor;
use tandem_core::metrics::own::Uses;
use tandem_core::metrics::{self, Producers};
use testkit::{TestDb, on_both, skip};

use crate::taking::{gate, send};
use crate::world::{LISTS, World};

const DAY: Duration = Duration::from_secs(86_400);
/// Everything that may leave the log, whatever the time of the day.
const AT_ONCE: Rule = Rule {
    newest: 0,
    age: Duration::ZERO,
    waits: false,
    events: 100_000,
    bytes: 8 << 20,
    unpacked: 128 << 20,
};

fn equip(db: &TestDb) -> (tempfile::TempDir, Jobs) {
    let folder = tempfile::tempdir().unwrap();
    let place = BlobPlace::Folder(folder.path().to_owned());
    let blobs = Blobs::open(&place, db.clock().clone(), Ids::seeded(9)).unwrap();
    db.attach(Arc::new(blobs));
    db.attach(Arc::new(Producers::new(&[&own::PRODUCER])));
    db.attach(Arc::new(Uses::new(&[])));
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), own::jobs::count);
    jobs.errand(Options::new().limit(1), own::sealed::count);
    jobs.reaction(Options::new(), own::jobs::history);
    jobs.reaction(Options::new(), metrics::jobs::find);
    jobs.reaction(Options::new(), scrubbing::scrub);
    jobs.errand(Options::new().limit(1), lake::scrubbing::scrub);
    jobs.errand(Options::new().limit(1), lake::sealing::seal);
    jobs.reaction(Options::new(), lake::sealing::turn);
    jobs.reaction(Options::new(), log::jobs::sweep);
    jobs.reaction(Options::new(), keeping::jobs::sweep);
    (folder, jobs)
}

async fn settle(db: &Db, jobs: &Jobs) {
    while kit::jobs::run_due(db, jobs).await.unwrap() > 0 {}
}

async fn opened(db: &Db, gate: &Gate, who: &str, rows: i64) {
    let text = format!(
        r#"{{"type":"track","event":"Report opened","userId":"{who}","context":{{"groupId":"acme"}},"properties":{{"rows":{rows}}}}}"#
    );
    assert_eq!(send(db, gate, &[&text]).await.accepted, 1, "{text}");
}

fn metric(measure: Measure) -> OwnText {
    OwnText {
        title: format!("Rows by {measure:?}"),
        about: String::new(),
        content: Content {
            event: Some(Event {
                call: "track".to_owned(),
                name: "Report opened".to_owned(),
            }),
            filters: vec![own::Filter {
                property: "rows".to_owned(),
                test: own::Test::AtLeast,
                value: "0".to_owned(),
            }],
            measure,
            property: match measure {
                Measure::Sum => "rows".to_owned(),
                _ => String::new(),
            },
            window: 30,
        },
    }
}

/// Defines a metric, and gives what it says of Acme once it was counted.
async fn counted(db: &Db, (world, jobs): (&World, &Jobs), measure: Measure) -> Option<f64> {
    let ada = world.ada.clone();
    let one = db
        .write(move |tx| own::add(tx, &ada, &metric(measure)))
        .await
        .unwrap();
    settle(db, jobs).await;
    let (ada, id) = (world.ada.clone(), one.metric.id);
    let done = db.read(move |tx| own::find(tx, &ada, id)).await.unwrap();
    assert_eq!(done.definition.state, State::Done);
    let (workspace, account, name) = (world.workspace, world.account, one.metric.name());
    let now = db
        .read(move |tx| metrics::now(tx, workspace, account))
        .await
        .unwrap();
    now.get(&name).map(|one| one.value)
}

async fn previewed(db: &Db, world: &World) -> Vec<f64> {
    let looked = own::preview(db, &world.ada, &metric(Measure::Sum)).await.unwrap();
    assert!(!looked.is_part);
    looked.accounts.into_iter().map(|(.., value)| value).collect()
}

async fn kept(db: &Db, actor: &Actor) -> (Vec<File>, Totals) {
    let actor = actor.clone();
    let both =
        db.read(move |tx| Ok::<_, LakeError>((lake::list(tx, &actor, None, 99)?, lake::totals(tx, &actor)?)));
    both.await.unwrap()
}

async fn named(db: &Db, world: &World) {
    let (ada, account) = (world.ada.clone(), world.account);
    db.write(move |tx| external_ids::add(tx, &ada, account, "usage", "acme"))
        .await
        .unwrap();
}

/// Puts other bytes in the place of the oldest batch's; gives those that it had.
async fn exchanged(db: &Db, world: &World, body: Vec<u8>) -> Vec<u8> {
    let workspace = world.workspace;
    let done = db.write(move |tx| {
        let (id, before): (log::BatchId, Vec<u8>) = tx.one(
            sql!("select id, body from usage_batches where workspace_id = $1 order by id limit 1"),
            params![workspace],
            |row| Ok((row.get("id")?, row.get("body")?)),
        )?;
        tx.execute(
            sql!("update usage_batches set body = $3 where workspace_id = $1 and id = $2"),
            params![workspace, id, body.as_slice()],
        )?;
        Ok::<_, DbError>(before)
    });
    done.await.unwrap()
}

on_both! { LISTS;
    async fn what_cannot_be_read_keeps_nothing_else_from_being_sealed(db: TestDb) {
        let (_folder, _jobs) = equip(&db);
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        for n in 0..3 {
            opened(&db, &gate, "u-1", n).await;
        }
        fold(&db).await.unwrap();
        let before = exchanged(&db, &world, b"spoiled".to_vec()).await;
        assert_eq!(seal_all(&db, world.workspace, AT_ONCE).await, Ok(1));
        let totals = kept(&db, &world.ada).await.1;
        assert_eq!((totals.log_events, totals.events), (1, 2));
        let workspace = world.workspace;
        let set_aside = db.read(move |tx| {
            tx.one(
                sql!("select unread_found from usage_batches where workspace_id = $1 and unread_at is not null"),
                params![workspace],
                |row| row.get::<i64>("unread_found"),
            )
        });
        assert_eq!(set_aside.await.unwrap(), 0);
        // A day later it is tried again.
        exchanged(&db, &world, before).await;
        assert_eq!(seal_all(&db, world.workspace, AT_ONCE).await, Ok(0), "it rests");
        db.clock.advance(2 * DAY);
        assert_eq!(seal_all(&db, world.workspace, AT_ONCE).await, Ok(1));
        let totals = kept(&db, &world.ada).await.1;
        assert_eq!((totals.log_events, totals.events), (0, 3));
    }
}

on_both! { LISTS;
    async fn what_is_sealed_counts_erases_and_goes_as_what_is_in_the_log(db: TestDb) {
        let (_folder, jobs) = equip(&db);
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        for n in 0..6 {
            opened(&db, &gate, &format!("u-{}", n % 3), n).await;
        }
        assert_eq!(seal_all(&db, world.workspace, AT_ONCE).await, Ok(0), "nothing is folded");
        fold(&db).await.unwrap();
        assert_eq!(seal_all(&db, world.workspace, Rule::default()).await, Ok(0), "the day is not over");
        db.clock.advance(3 * DAY);
        opened(&db, &gate, "u-1", 10).await;
        fold(&db).await.unwrap();
        let before = previewed(&db, &world).await;
        assert_eq!(before, [25.0]);
        let rule = Rule { newest: 1, ..Rule::default() };
        assert_eq!(seal_all(&db, world.workspace, rule).await, Ok(1));
        assert_eq!(seal_all(&db, world.workspace, rule).await, Ok(0), "once");
        let (files, totals) = kept(&db, &world.ada).await;
        assert_eq!((files.len(), files[0].events, files[0].batches), (1, 6, 6));
        assert_eq!((totals.log_events, totals.events, totals.files), (1, 6, 1));
        assert_eq!(totals.bytes, files[0].bytes);
        // Nobody else's, and nobody's who may not.
        assert!(kept(&db, &world.eve).await.0.is_empty());
        assert!(matches!(lake::content(&db, &world.eve, files[0].id).await, Err(LakeError::Unknown)));
        let (file, _) = lake::content(&db, &world.ada, files[0].id).await.unwrap();
        assert_eq!(file, files[0]);
        // Metrics count both, also those that come later, and the preview reads both.
        assert_eq!(previewed(&db, &world).await, before);
        assert_eq!(counted(&db, (&world, &jobs), Measure::Sum).await, Some(25.0));
        assert_eq!(counted(&db, (&world, &jobs), Measure::People).await, Some(3.0));
        // What is sealed after it was counted is not counted again.
        assert_eq!(seal_all(&db, world.workspace, AT_ONCE).await, Ok(1));
        assert_eq!(counted(&db, (&world, &jobs), Measure::Count).await, Some(7.0));
        assert_eq!(previewed(&db, &world).await, before);
        // A person goes from files, too.
        let (workspace, mut marks) = (world.workspace, Marks::default());
        marks.add_id("u-1");
        db.write(move |tx| scrubbing::queue(tx, workspace, marks.clone())).await.unwrap();
        settle(&db, &jobs).await;
        let (cleaned, totals) = kept(&db, &world.ada).await;
        assert_eq!(cleaned.iter().map(|file| file.events).collect::<Vec<_>>(), [4], "one of them was hers alone");
        assert_ne!(cleaned[0].blob, files[0].blob);
        assert_eq!((totals.log_events, totals.events), (0, 4));
        assert_eq!(previewed(&db, &world).await, [10.0]);
        let area = world.workspace.uuid();
        let needed = db.read(move |tx| {
            tx.one(sql!("select count(*) as number from blob_references where workspace_id = $1"), params![area], |row| row.get::<i64>("number"))
        });
        assert_eq!(needed.await.unwrap(), 1, "only the file that there is needs its bytes");
        // What is too old goes.
        db.clock.advance(10 * DAY);
        let ada = world.ada.clone();
        let going = db.report(move |tx| keeping::going(tx, &ada, 7)).await.unwrap();
        assert_eq!((going.events, going.stay), (4, 0));
        let ada = world.ada.clone();
        db.write(move |tx| keeping::set(tx, &ada, 7)).await.unwrap();
        db.write(|tx| Queue::new(&log::jobs::Sweep {}).put(tx)).await.unwrap();
        settle(&db, &jobs).await;
        assert_eq!(kept(&db, &world.ada).await, (Vec::new(), Totals::default()));
    }

    async fn what_is_changed_while_a_file_is_written_is_sealed_as_it_is_then(db: TestDb) {
        let (_folder, jobs) = equip(&db);
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        for n in 0..40 {
            opened(&db, &gate, &format!("u-{}", n % 4), 1).await;
        }
        fold(&db).await.unwrap();
        let (workspace, mut marks) = (world.workspace, Marks::default());
        marks.add_id("u-1");
        db.write(move |tx| scrubbing::queue(tx, workspace, marks.clone())).await.unwrap();
        // Small files, so that sealing, counting and erasing meet.
        let rule = Rule { events: 7, ..AT_ONCE };
        let ada = world.ada.clone();
        db.write(move |tx| own::add(tx, &ada, &metric(Measure::Sum))).await.unwrap();
        let (sealed, ()) = tokio::join!(seal_all(&db, workspace, rule), settle(&db, &jobs));
        sealed.unwrap();
        settle(&db, &jobs).await;
        seal_all(&db, workspace, rule).await.unwrap();
        let (_, totals) = kept(&db, &world.ada).await;
        assert_eq!((totals.log_events, totals.events), (0, 30));
        assert_eq!(counted(&db, (&world, &jobs), Measure::Count).await, Some(30.0));
        let seen = previewed(&db, &world).await;
        assert_eq!(seen, [30.0]);
    }

    async fn an_engine_that_knows_nothing_of_us_counts_the_same(db: TestDb) {
        let Some(python) = found() else {
            return;
        };
        let (folder, jobs) = equip(&db);
        let world = World::new(&db).await;
        let gate = gate(&db, &world).await;
        named(&db, &world).await;
        let ada = world.ada.clone();
        let other = db.write(move |tx| {
            let text = AccountText { name: "Other".to_owned(), ..AccountText::default() };
            let other = accounts::add(tx, &ada, &text).unwrap().id;
            external_ids::add(tx, &ada, other, "usage", "other").unwrap();
            Ok::<_, DbError>(other)
        });
        let other = other.await.unwrap();
        let noon = db.clock().now().0 / 86_400_000_000 * 86_400_000_000 - 43_200_000_000;
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for n in 0..120_i64 {
            let (at, group) = (Timestamp(noon - n % 5 * 86_400_000_000).calendar().unwrap(), ["acme", "other"][usize::from(n % 3 == 0)]);
            let (event, user) = (["Report opened", "Şəkil “çəkildi”"][usize::from(n % 4 == 0)], n % 7);
            *sums.entry(format!("{group}/{event}")).or_default() += n;
            let text = format!(
                r#"{{"type":"track","event":"{event}","userId":"u-{user}","messageId":"m-{n}","timestamp":"{at}","context":{{"groupId":"{group}"}},"properties":{{"rows":{n}}}}}"#
            );
            assert_eq!(send(&db, &gate, &[&text]).await.accepted, 1, "{text}");
        }
        fold(&db).await.unwrap();
        let rule = Rule { events: 50, ..AT_ONCE };
        assert_eq!(seal_all(&db, world.workspace, rule).await, Ok(3));
        let (files, totals) = kept(&db, &world.ada).await;
        assert_eq!((totals.log_events, totals.events), (0, 120));
        let accounts = BTreeMap::from([("acme", world.account.to_string()), ("other", other.to_string())]);
        let asked = engine(&python, folder.path(), &files);
        let mut seen: BTreeMap<(String, String, String), i64> = BTreeMap::new();
        for (group, event, day, count, _) in &asked {
            let day = Day::of(Timestamp(day * 86_400_000_000), &jiff::tz::TimeZone::UTC);
            *seen.entry((accounts[group.as_str()].clone(), event.clone(), day.to_string())).or_default() += count;
        }
        assert_eq!(seen, rolled_up(&db, &world).await);
        let mut summed: BTreeMap<String, i64> = BTreeMap::new();
        for (group, event, _, _, sum) in asked {
            *summed.entry(format!("{group}/{event}")).or_default() += sum;
        }
        assert_eq!(summed, sums);
        let reports = summed["acme/Report opened"] as f64;
        assert_eq!(counted(&db, (&world, &jobs), Measure::Sum).await, Some(reports));
    }
}

/// Events by account, feature and day, as the roll-ups have them.
async fn rolled_up(db: &Db, world: &World) -> BTreeMap<(String, String, String), i64> {
    let workspace = world.workspace;
    let rows = db.read(move |tx| {
        tx.rows(
            sql!(
                "select d.account_id, f.name, d.day, cast(sum(d.events) as bigint) as events
                 from usage_days d
                 join usage_features f on f.workspace_id = d.workspace_id and f.id = d.feature_id
                 where d.workspace_id = $1
                 group by d.account_id, f.name, d.day"
            ),
            params![workspace],
            |row| {
                let account: accounts::AccountId = row.get("account_id")?;
                let name: String = row.get("name")?;
                let day: String = row.get("day")?;
                Ok(((account.to_string(), name, day), row.get::<i64>("events")?))
            },
        )
    });
    let rows: Result<Vec<_>, DbError> = rows.await;
    rows.unwrap().into_iter().collect()
}

const PYTHON: &str = "
import sys
import duckdb
found = duckdb.connect().execute('''
    select group_id, event, epoch_us(timestamp) // 86400000000, count(*),
        sum(cast(regexp_extract(properties, '\"rows\":([0-9]+)', 1) as bigint))
    from read_parquet(?)
    where kind = 'track' and source_id like 'src_%' and received_at is not null
    group by all
''', [sys.argv[1:]]).fetchall()
sys.stdout.reconfigure(encoding='utf-8')
for row in found:
    print('\\t'.join(str(cell) for cell in row))
";

/// What the engine counts of these files: group, event, day since 1970, events, and the sum of a property.
fn engine(python: &OsString, folder: &Path, files: &[File]) -> Vec<(String, String, i64, i64, i64)> {
    // An object lies below the digits of its hash, under a name that begins with all of them.
    let paths = files.iter().map(|file| {
        let digits = file.blob.to_string();
        let place = folder.join(&digits[..2]).join(&digits[2..4]);
        place.join(format!("{digits}.*"))
    });
    let asked = Command::new(python)
        .args(["-c", PYTHON])
        .args(paths)
        .output()
        .unwrap();
    assert!(
        asked.status.success(),
        "{}",
        String::from_utf8_lossy(&asked.stderr)
    );
    let said = String::from_utf8(asked.stdout).unwrap();
    let rows = said.lines().map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| cells[at].parse().unwrap();
        (
            cells[0].to_owned(),
            cells[1].to_owned(),
            number(2),
            number(3),
            number(4),
        )
    });
    rows.collect()
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration struct")]
fn found() -> Option<OsString> {
    let found = std::env::var_os("TANDEM_TEST_DUCKDB");
    if found.is_none() {
        skip("no DuckDB; run `cargo xtask test`, or set TANDEM_TEST_DUCKDB to a Python that has it");
    }
    found
}
