//! Jobs: queued with their transaction, run once, retried, merged, taken in the order of their lanes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{Db, DbError, Migration, Tx};
use kit::id;
use kit::jobs::{self, About, Backoff, Job, JobError, JobId, Jobs, Lane, Options, Queue, run_due};
use kit::{params, sql};
use serde::{Deserialize, Serialize};
use testkit::{MORNING, on_both};

/// Jobs, and a table that shows their effects.
pub(crate) const SCHEMA: &[&[Migration]] = &[
    jobs::MIGRATIONS,
    &[Migration::new(
        "test_0001_effects",
        "create table effects (\n  place bigint not null, job_id bytea not null, word text not null);",
    )],
];

id! {
    /// Whose jobs these are.
    HouseId, "hou"
}

/// Leaves its word in the table of effects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Say {
    pub(crate) word: String,
}

impl Job for Say {
    const KIND: &'static str = "test.say";
}

pub(crate) fn say(word: impl Into<String>) -> Say {
    Say { word: word.into() }
}

pub(crate) fn effect(tx: &mut Tx<'_>, word: &str, about: &About) -> Result<(), JobError> {
    tx.execute(
        sql!("insert into effects (place, job_id, word) select count(*), $1, $2 from effects"),
        params![about.id, word],
    )?;
    Ok(())
}

/// The words of all effects, in the order in which they happened.
pub(crate) async fn effects(db: &Db) -> Vec<String> {
    let words = db.read(|tx| {
        tx.rows(
            sql!("select word from effects order by place"),
            params![],
            |row| row.get("word"),
        )
    });
    words.await.unwrap_or_else(|error: DbError| panic!("{error}"))
}

pub(crate) async fn put(db: &Db, job: Say) -> JobId {
    put_with(db, job, |queue| queue).await.expect("a new job")
}

pub(crate) async fn put_with(
    db: &Db,
    job: Say,
    with: impl for<'j> Fn(Queue<'j, Say>) -> Queue<'j, Say> + Send + 'static,
) -> Option<JobId> {
    let put = db.write(move |tx| with(Queue::new(&job)).put(tx));
    put.await.unwrap_or_else(|error: DbError| panic!("{error}"))
}

/// A program that knows how to say, and fails as often as `failures` says before it does.
fn stammering(failures: usize, options: Options, error: JobError) -> Jobs {
    let left = Arc::new(AtomicUsize::new(failures));
    let mut jobs = Jobs::new();
    jobs.reaction(options, move |tx, job: &Say, about| {
        effect(tx, &job.word, about)?;
        let fails = left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_ok();
        if fails { Err(error.clone()) } else { Ok(()) }
    });
    jobs
}

pub(crate) fn saying() -> Jobs {
    stammering(0, Options::new(), JobError::Stopped)
}

async fn rows(db: &Db) -> Vec<(String, i64, Timestamp, Option<String>)> {
    let rows = db.read(|tx| {
        tx.rows(
            sql!("select state, attempts, run_at, error from jobs order by id"),
            params![],
            |row| {
                Ok((
                    row.get("state")?,
                    row.get("attempts")?,
                    row.get("run_at")?,
                    row.get("error")?,
                ))
            },
        )
    });
    rows.await.unwrap_or_else(|error: DbError| panic!("{error}"))
}

on_both! { SCHEMA;
    async fn a_job_comes_back_as_it_was_queued_and_goes_when_it_is_done(db: TestDb) {
        let house = db.write(|tx| Ok::<_, DbError>(tx.new_id::<HouseId>())).await.unwrap();
        let queued = db.write(move |tx| jobs::queue(tx, house, &say("Ąžuolas ə 🦫 \"quoted\""))).await.unwrap();
        let mut jobs = Jobs::new();
        jobs.reaction(Options::new(), move |tx, job: &Say, about| {
            assert_eq!((about.id, about.kind, about.attempt, about.queued_at), (queued, "test.say", 1, MORNING));
            assert_eq!(about.workspace::<HouseId>()?, house);
            effect(tx, &job.word, about)
        });
        assert_eq!(run_due(&db, &jobs).await, Ok(1));
        assert_eq!(effects(&db).await, ["Ąžuolas ə 🦫 \"quoted\""]);
        assert!(rows(&db).await.is_empty());
        assert_eq!(run_due(&db, &jobs).await, Ok(0));
    }

    async fn a_job_is_queued_with_its_transaction_or_not_at_all(db: TestDb) {
        let failed: Result<(), DbError> = db
            .write(|tx| {
                Queue::new(&say("never")).put(tx)?;
                Err(DbError::Contention)
            })
            .await;
        assert!(failed.is_err());
        assert_eq!(run_due(&db, &saying()).await, Ok(0));
    }

    async fn a_failed_job_leaves_no_effect_and_waits_longer_each_time(db: TestDb) {
        put(&db, say("at last")).await;
        let jobs = stammering(4, Options::new(), JobError::retry("not yet"));
        let mut now = MORNING;
        for failures in 1..=4 {
            assert_eq!(run_due(&db, &jobs).await, Ok(1));
            let [(state, attempts, run_at, error)] = rows(&db).await.try_into().unwrap();
            assert_eq!((state.as_str(), attempts, error.as_deref()), ("ready", failures, Some("not yet")));
            let longest = Backoff::default().longest(failures);
            let wait = run_at.since(now);
            assert!(wait >= longest / 2 && wait <= longest, "{failures}: {wait:?}");
            assert_eq!(run_due(&db, &jobs).await, Ok(0), "not before its time");
            db.clock.set(run_at);
            now = run_at;
        }
        assert_eq!(run_due(&db, &jobs).await, Ok(1));
        assert_eq!(effects(&db).await, ["at last"]);
    }

    async fn the_last_attempt_leaves_a_dead_job_with_its_reason(db: TestDb) {
        put(&db, say("no")).await;
        let jobs = stammering(9, Options::new().attempts(3), JobError::retry("a\0b".repeat(400)));
        for _ in 0..5 {
            run_due(&db, &jobs).await.unwrap();
            db.clock.advance(Duration::from_secs(7_200));
        }
        let [(state, attempts, _, error)] = rows(&db).await.try_into().unwrap();
        assert_eq!((state.as_str(), attempts), ("dead", 3));
        assert!(error.is_some_and(|error| error.chars().count() == 500 && error.starts_with("a ba ba b")));
        assert!(effects(&db).await.is_empty());
    }

    async fn giving_up_does_not_wait_for_the_last_attempt(db: TestDb) {
        put(&db, say("no")).await;
        run_due(&db, &stammering(1, Options::new(), JobError::give_up("no such address"))).await.unwrap();
        let [(state, attempts, _, error)] = rows(&db).await.try_into().unwrap();
        assert_eq!((state.as_str(), attempts, error.as_deref()), ("dead", 1, Some("no such address")));
    }

    async fn an_appointment_for_the_next_attempt_is_kept(db: TestDb) {
        put(&db, say("later")).await;
        let noon = MORNING.plus(Duration::from_secs(3 * 3_600));
        let jobs = stammering(1, Options::new(), JobError::RetryAt(noon, "asked to come at noon".to_owned()));
        run_due(&db, &jobs).await.unwrap();
        db.clock.set(noon.minus(Duration::from_micros(1)));
        assert_eq!(run_due(&db, &jobs).await, Ok(0));
        db.clock.set(noon);
        assert_eq!(run_due(&db, &jobs).await, Ok(1));
    }

    async fn a_database_that_was_gone_is_no_attempt(db: TestDb) {
        put(&db, say("in the end")).await;
        let jobs = stammering(20, Options::new().attempts(2), JobError::Database(DbError::Unavailable("gone".to_owned())));
        for _ in 0..20 {
            assert_eq!(run_due(&db, &jobs).await, Ok(1));
            db.clock.advance(Duration::from_secs(2));
        }
        assert_eq!(rows(&db).await[0].1, 0);
        assert_eq!(run_due(&db, &jobs).await, Ok(1));
        assert_eq!(effects(&db).await, ["in the end"]);
    }

    async fn a_panic_is_a_failure_of_that_job_alone(db: TestDb) {
        for word in ["one", "boom", "two"] {
            put(&db, say(word)).await;
        }
        let mut jobs = Jobs::new();
        jobs.reaction(Options::new().attempts(1), |tx, job: &Say, about| {
            effect(tx, &job.word, about)?;
            assert_ne!(job.word, "boom");
            Ok(())
        });
        assert_eq!(run_due(&db, &jobs).await, Ok(3));
        let mut words = effects(&db).await;
        words.sort();
        assert_eq!(words, ["one", "two"]);
        assert_eq!(rows(&db).await.len(), 1);
    }

    async fn of_neighbours_that_share_a_transaction_the_one_that_fails_takes_back_its_own_alone(db: TestDb) {
        for word in ["one", "bad", "two"] {
            put(&db, say(word)).await;
        }
        let times = Arc::new(AtomicUsize::new(0));
        let counts = times.clone();
        let mut jobs = Jobs::new();
        jobs.reaction(Options::new().attempts(1), move |tx, job: &Say, about| {
            counts.fetch_add(1, Ordering::SeqCst);
            effect(tx, &job.word, about)?;
            if job.word == "bad" { Err(JobError::give_up("no such word")) } else { Ok(()) }
        });
        assert_eq!(run_due(&db, &jobs).await, Ok(3));
        assert_eq!(effects(&db).await, ["one", "two"]);
        assert_eq!(times.load(Ordering::SeqCst), 3, "a failure is settled, not run again by itself");
        let [(state, attempts, ..)] = rows(&db).await.try_into().unwrap();
        assert_eq!((state.as_str(), attempts), ("dead", 1));
    }

    async fn a_payload_that_no_longer_fits_is_dead_and_not_told(db: TestDb) {
        #[derive(Serialize, Deserialize)]
        struct Older { sentence: String }
        impl Job for Older {
            const KIND: &'static str = Say::KIND;
        }
        db.write(|tx| Queue::new(&Older { sentence: "secret".to_owned() }).put(tx)).await.unwrap();
        run_due(&db, &saying()).await.unwrap();
        let [(state, _, _, error)] = rows(&db).await.try_into().unwrap();
        assert_eq!(state, "dead");
        let error = error.unwrap();
        assert!(error.contains("test.say") && !error.contains("secret"), "{error}");
    }

    async fn a_kind_that_nobody_here_knows_waits_for_a_node_that_does(db: TestDb) {
        put(&db, say("hello")).await;
        assert_eq!(run_due(&db, &Jobs::new()).await, Ok(0));
        assert_eq!(run_due(&db, &saying()).await, Ok(1));
    }

    async fn of_jobs_with_one_key_one_waits_and_the_earlier_moment_counts(db: TestDb) {
        let hour = Duration::from_secs(3_600);
        let first = put_with(&db, say("first"), move |queue| queue.key("k").at(MORNING.plus(hour))).await;
        assert!(first.is_some());
        assert_eq!(put_with(&db, say("later"), move |queue| queue.key("k").at(MORNING.plus(2 * hour))).await, None);
        assert_eq!(run_due(&db, &saying()).await, Ok(0));
        assert_eq!(put_with(&db, say("now"), |queue| queue.key("k")).await, None);
        assert_eq!(run_due(&db, &saying()).await, Ok(1));
        assert!(put_with(&db, say("second"), |queue| queue.key("k")).await.is_some());
        assert_eq!(run_due(&db, &saying()).await, Ok(1));
        assert_eq!(effects(&db).await, ["first", "second"]);
    }

    async fn a_job_that_stands_for_a_transaction_does_not_begin_before_its_commit(db: TestDb) {
        let seen = |db: Db| async move {
            let mut jobs = Jobs::new();
            jobs.reaction(Options::new(), |tx, _: &Say, about| {
                let words = tx.rows(sql!("select word from effects order by place"), params![], |row| row.get::<String>("word"))?;
                effect(tx, &format!("saw {words:?}"), about)
            });
            run_due(&db, &jobs).await
        };
        put_with(&db, say("look"), |queue| queue.key("k")).await;
        let (is_put, put) = tokio::sync::oneshot::channel();
        let (open, gate) = std::sync::mpsc::channel::<()>();
        let (mut is_put, gate) = (Some(is_put), std::sync::Mutex::new(gate));
        let writing = tokio::spawn({
            let db = db.db.clone();
            async move {
                db.write(move |tx| {
                    let is_new = Queue::new(&say("look")).key("k").put(tx)?.is_some();
                    tx.execute(sql!("insert into effects (place, job_id, word) values (-1, $1, 'change')"), params![tx.new_uuid()])?;
                    if let Some(is_put) = is_put.take() {
                        is_put.send(is_new).unwrap();
                        let _ = gate.lock().unwrap().recv();
                    }
                    Ok::<_, DbError>(())
                })
                .await
            }
        });
        assert!(!put.await.unwrap(), "one waits already");
        if db.is_postgres() {
            assert_eq!(seen(db.db.clone()).await, Ok(0), "what it stands for is not committed");
        }
        open.send(()).unwrap();
        writing.await.unwrap().unwrap();
        assert_eq!(seen(db.db.clone()).await, Ok(1));
        assert_eq!(effects(&db).await, ["change", "saw [\"change\"]"]);
    }

    async fn keys_of_two_workspaces_are_not_the_same(db: TestDb) {
        let [one, two] = db.write(|tx| Ok::<_, DbError>([tx.new_id::<HouseId>(), tx.new_id()])).await.unwrap();
        assert!(put_with(&db, say("a"), move |queue| queue.key("k").workspace(one)).await.is_some());
        assert!(put_with(&db, say("b"), move |queue| queue.key("k").workspace(two)).await.is_some());
        assert!(put_with(&db, say("c"), |queue| queue.key("k")).await.is_some());
        assert!(put_with(&db, say("d"), move |queue| queue.key("k").workspace(one)).await.is_none());
    }

    async fn many_jobs_at_once_wait_once_for_each_key_and_what_waits_for_later_comes_now(db: TestDb) {
        let hour = Duration::from_secs(3_600);
        let house = db.write(|tx| Ok::<_, DbError>(tx.new_id::<HouseId>())).await.unwrap();
        put_with(&db, say("waited"), move |queue| queue.key("b").workspace(house).at(MORNING.plus(hour))).await;
        for _ in 0..2 {
            let queued = db.write(move |tx| {
                let all = ["a", "b", "c"].map(|key| (key.to_owned(), say(key)));
                jobs::queue_each(tx, house, &all)
            });
            queued.await.unwrap();
        }
        assert_eq!(run_due(&db, &saying()).await, Ok(3));
        let mut words = effects(&db).await;
        words.sort();
        assert_eq!(words, ["a", "c", "waited"]);
    }

    async fn paced_jobs_come_one_after_the_other_and_one_that_waits_keeps_its_turn(db: TestDb) {
        let second = Duration::from_secs(1);
        let house = db.write(|tx| Ok::<_, DbError>(tx.new_id::<HouseId>())).await.unwrap();
        let queue = |keys: &'static [&'static str]| {
            db.write(move |tx| {
                let all: Vec<(String, Say)> = keys.iter().map(|key| ((*key).to_owned(), say(*key))).collect();
                jobs::queue_paced(tx, house, &all, second)
            })
        };
        queue(&["a", "b"]).await.unwrap();
        assert_eq!(run_due(&db, &saying()).await, Ok(0), "the first waits for its turn too");
        db.clock.advance(second);
        queue(&["a", "b", "c"]).await.unwrap();
        assert_eq!(run_due(&db, &saying()).await, Ok(1));
        db.clock.advance(second);
        assert_eq!(run_due(&db, &saying()).await, Ok(1), "asked again, b comes when it should have come");
        db.clock.advance(second * 2);
        assert_eq!(run_due(&db, &saying()).await, Ok(1));
        assert_eq!(effects(&db).await, ["a", "b", "c"]);
    }

    async fn a_retry_merges_into_a_newer_one_of_its_key(db: TestDb) {
        put_with(&db, say("old"), |queue| queue.key("k")).await;
        let mut jobs = Jobs::new();
        let is_first = Arc::new(AtomicUsize::new(0));
        let (again, counts) = (db.db.clone(), is_first.clone());
        jobs.errand(Options::new(), move |errand, job: Say| {
            let (again, counts) = (again.clone(), counts.clone());
            async move {
                if counts.fetch_add(1, Ordering::SeqCst) == 0 {
                    put_with(&again, say("new"), |queue| queue.key("k")).await.expect("the old one runs and counts no more");
                    return Err(JobError::retry("the first one always fails"));
                }
                let about = errand.about().clone();
                errand.db().write(move |tx| effect(tx, &job.word, &about)).await
            }
        });
        assert_eq!(run_due(&db, &jobs).await, Ok(2));
        assert_eq!(effects(&db).await, ["new"]);
        assert!(rows(&db).await.is_empty());
    }

    async fn urgent_jobs_come_first_and_slow_ones_are_not_starved(db: TestDb) {
        for (lane, word) in [(Lane::Slow, "slow"), (Lane::Normal, "normal"), (Lane::Urgent, "urgent")] {
            for _ in 0..64 {
                put_with(&db, say(word), move |queue| queue.lane(lane)).await;
            }
        }
        assert_eq!(run_due(&db, &saying()).await, Ok(192));
        let words = effects(&db).await;
        let at = |word: &str, share: usize| words.iter().position(|w| w == word).is_some_and(|at| at < share);
        assert_eq!(words[0], "urgent");
        assert!(at("normal", 16) && at("slow", 16), "{words:?}");
        let urgent = words[..64].iter().filter(|word| *word == "urgent").count();
        assert!((44..64).contains(&urgent), "{urgent} of the first 64 were urgent");
    }

    async fn ten_thousand_jobs_drain(db: TestDb) {
        for _ in 0..20 {
            db.write(|tx| {
                for n in 0..500 {
                    Queue::new(&say(n.to_string())).put(tx)?;
                }
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
        }
        let left = Arc::new(AtomicUsize::new(10_000));
        let (all, mut ran) = tokio::sync::mpsc::unbounded_channel();
        let mut jobs = Jobs::new();
        jobs.reaction(Options::new(), move |tx, _: &Say, _| {
            let (left, all) = (left.clone(), all.clone());
            tx.after_commit(move || {
                if left.fetch_sub(1, Ordering::SeqCst) == 1 {
                    all.send(()).unwrap();
                }
            });
            Ok(())
        });
        let worker = jobs::Worker::start(&db, jobs, jobs::WorkerConfig::new(&db));
        ran.recv().await;
        worker.stop().await;
        assert!(rows(&db).await.is_empty());
    }
}
