//! Errands: their key, their progress, being cancelled, running out of time, and the worker's end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kit::db::{Db, DbError};
use kit::jobs::admin::{self, Cancelling, JobRow, State};
use kit::jobs::{self, JobError, JobId, Jobs, Options, Worker, WorkerConfig, run_due};
use testkit::on_both;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::{Barrier, Notify};

use crate::jobs::{SCHEMA, Say, effect, effects, put, say};

pub(crate) async fn find(db: &Db, id: JobId) -> Option<JobRow> {
    let found = db.read(move |tx| admin::find(tx, None, id)).await;
    found.unwrap_or_else(|error: DbError| panic!("{error}"))
}

/// Looks at a job until it is as wanted.
pub(crate) async fn until(db: &Db, id: JobId, is_so: impl Fn(&JobRow) -> bool) -> JobRow {
    loop {
        match find(db, id).await {
            Some(job) if is_so(&job) => return job,
            _ => tokio::task::yield_now().await,
        }
    }
}

/// A program whose errand tells when it begins and then waits for ever, or until it is cancelled if it listens.
fn waiting(listens: bool) -> (Jobs, UnboundedReceiver<String>) {
    let (begun, begins) = unbounded_channel();
    let mut jobs = Jobs::new();
    jobs.errand(Options::new(), move |errand, _: Say| {
        let begun = begun.clone();
        async move {
            begun.send(errand.key()).unwrap();
            if listens {
                errand.cancelled().await;
            } else {
                std::future::pending::<()>().await;
            }
            errand.go_on()
        }
    });
    (jobs, begins)
}

on_both! { SCHEMA;
    async fn an_errand_has_the_same_key_at_every_attempt_and_no_other(db: TestDb) {
        let (told, mut keys) = unbounded_channel();
        let mut jobs = Jobs::new();
        jobs.errand(Options::new(), move |errand, _: Say| {
            told.send((errand.key(), errand.about().attempt)).unwrap();
            async { Err(JobError::retry("again")) }
        });
        let (one, two) = (put(&db, say("one")).await, put(&db, say("two")).await);
        for _ in 0..3 {
            assert_eq!(run_due(&db, &jobs).await, Ok(2));
            db.clock.advance(Duration::from_secs(3_600));
        }
        let mut seen = Vec::new();
        while let Ok(key) = keys.try_recv() {
            seen.push(key);
        }
        seen.sort();
        let mut wanted: Vec<_> = [one, two].iter().flat_map(|id| (1..=3).map(|attempt| (id.to_string(), attempt))).collect();
        wanted.sort();
        assert_eq!(seen, wanted);
    }

    async fn progress_can_be_seen_while_the_errand_runs_and_afterwards_if_it_is_kept(db: TestDb) {
        let go_on = Arc::new(Notify::new());
        let gate = go_on.clone();
        let mut jobs = Jobs::new();
        jobs.errand(Options::new().keep(Duration::from_secs(60)), move |errand, _: Say| {
            let gate = gate.clone();
            async move {
                errand.note("importing-contacts");
                errand.progress(3, 10);
                gate.notified().await;
                errand.progress(10, 10);
                Ok(())
            }
        });
        let id = put(&db, say("import")).await;
        let worker = Worker::start(&db, jobs, WorkerConfig::new(&db));
        let job = until(&db, id, |job| job.done == 3).await;
        assert_eq!((job.state, job.total, job.note.as_deref(), job.node), (State::Running, Some(10), Some("importing-contacts"), Some(worker.node())));
        go_on.notify_one();
        let job = until(&db, id, |job| job.state == State::Done).await;
        assert_eq!((job.done, job.node), (10, None));
        worker.stop().await;
    }

    async fn an_errand_that_is_cancelled_hears_it_and_is_over(db: TestDb) {
        let (jobs, mut begins) = waiting(true);
        let id = put(&db, say("long")).await;
        let worker = Worker::start(&db, jobs, WorkerConfig::new(&db));
        assert_eq!(begins.recv().await, Some(id.to_string()));
        let asked = db.write(move |tx| admin::cancel(tx, None, id)).await;
        assert_eq!(asked, Ok::<_, DbError>(Cancelling::Asked));
        let job = until(&db, id, |job| job.state == State::Cancelled).await;
        assert_eq!((job.attempts, job.error), (0, None));
        worker.stop().await;
    }

    async fn a_stopping_worker_gives_back_what_does_not_end(db: TestDb) {
        for listens in [true, false] {
            let (jobs, mut begins) = waiting(listens);
            let id = put(&db, say("long")).await;
            let mut config = WorkerConfig::new(&db);
            config.drain = if listens { Duration::from_secs(3_600) } else { Duration::from_millis(1) };
            let worker = Worker::start(&db, jobs, config);
            assert_eq!(begins.recv().await, Some(id.to_string()));
            worker.stop().await;
            let job = find(&db, id).await.unwrap();
            assert_eq!((job.state, job.attempts, job.node), (State::Ready, 0, None), "listens: {listens}");
            assert!(db.read(jobs::nodes).await.unwrap().is_empty());
            db.write(move |tx| admin::cancel(tx, None, id)).await.unwrap();
        }
    }

    async fn a_stopping_worker_lets_errands_finish(db: TestDb) {
        let (told, mut begins) = unbounded_channel();
        let go_on = Arc::new(Notify::new());
        let gate = go_on.clone();
        let mut jobs = Jobs::new();
        jobs.errand(Options::new(), move |errand, job: Say| {
            let (told, gate) = (told.clone(), gate.clone());
            async move {
                told.send(()).unwrap();
                gate.notified().await;
                let about = errand.about().clone();
                errand.db().write(move |tx| effect(tx, &job.word, &about)).await
            }
        });
        let id = put(&db, say("nearly there")).await;
        let mut config = WorkerConfig::new(&db);
        config.drain = Duration::from_secs(3_600);
        let worker = Worker::start(&db, jobs, config);
        begins.recv().await;
        let stopping = tokio::spawn(worker.stop());
        go_on.notify_one();
        stopping.await.unwrap();
        assert_eq!(find(&db, id).await, None);
        assert_eq!(effects(&db).await, ["nearly there"]);
    }

    async fn an_errand_that_takes_too_long_or_panics_has_failed(db: TestDb) {
        let mut jobs = Jobs::new();
        jobs.errand(Options::new().time(Duration::from_millis(1)), |_, job: Say| async move {
            assert_ne!(job.word, "panic");
            std::future::pending().await
        });
        let (slow, panics) = (put(&db, say("slow")).await, put(&db, say("panic")).await);
        assert_eq!(run_due(&db, &jobs).await, Ok(2));
        let (slow, panics) = (find(&db, slow).await.unwrap(), find(&db, panics).await.unwrap());
        assert_eq!((slow.attempts, slow.error.as_deref()), (1, Some("took longer than allowed")));
        assert_eq!((panics.attempts, panics.error.as_deref()), (1, Some("panicked")));
    }

    async fn a_limit_holds_over_two_workers_and_is_used_up(db: TestDb) {
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (ended, mut ends) = unbounded_channel();
        let pairs = Arc::new(Barrier::new(2));
        let program = || {
            let (running, most, ended, pairs) = (running.clone(), most.clone(), ended.clone(), pairs.clone());
            let mut jobs = Jobs::new();
            jobs.errand(Options::new().limit(2), move |errand, _: Say| {
                let (running, most, ended, pairs) = (running.clone(), most.clone(), ended.clone(), pairs.clone());
                async move {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    // Two must be here at once before either goes on.
                    pairs.wait().await;
                    for _ in 0..5 {
                        find(errand.db(), errand.about().id).await;
                    }
                    running.fetch_sub(1, Ordering::SeqCst);
                    ended.send(()).unwrap();
                    Ok(())
                }
            });
            jobs
        };
        for _ in 0..20 {
            put(&db, say("limited")).await;
        }
        let other = if db.is_postgres() { db.again(|_| {}) } else { db.db.clone() };
        let mut config = WorkerConfig::new(&db);
        config.alone = false;
        let workers = [Worker::start(&db, program(), config.clone()), Worker::start(&other, program(), config)];
        for _ in 0..20 {
            ends.recv().await.unwrap();
        }
        for worker in workers {
            worker.stop().await;
        }
        assert_eq!(most.load(Ordering::SeqCst), 2);
        if db.is_postgres() {
            other.close().await;
        }
    }
}
