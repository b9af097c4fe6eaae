//! Nodes that vanish, databases that vanish, clocks that jump.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kit::db::{Db, DbError, Location};
use kit::jobs::admin::{self, State};
use kit::jobs::{self, Jobs, Options, Queue, Worker, WorkerConfig, run_due};
use testkit::{MORNING, on_both};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::unbounded_channel;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::jobs::{SCHEMA, Say, effects, put, put_with, say, saying};
use crate::jobs_errands::{find, until};

const DAY: Duration = Duration::from_secs(86_400);

/// A program whose errand says that it began and then hangs.
fn hanging() -> (Jobs, tokio::sync::mpsc::UnboundedReceiver<()>) {
    let (begun, begins) = unbounded_channel();
    let mut jobs = Jobs::new();
    jobs.errand(Options::new(), move |_, _: Say| {
        begun.send(()).unwrap();
        std::future::pending()
    });
    (jobs, begins)
}

async fn is_idle(db: &Db) -> bool {
    db.read(|tx| admin::counts(tx, None))
        .await
        .is_ok_and(|counts| counts.is_empty())
}

on_both! { SCHEMA;
    async fn the_jobs_of_a_vanished_node_are_taken_over(db: TestDb) {
        let (hangs, mut begins) = hanging();
        let id = put(&db, say("taken over")).await;
        let mut config = WorkerConfig::new(&db);
        config.alone = false;
        let vanishing = Worker::start(&db, hangs, config.clone());
        begins.recv().await;
        drop(vanishing);
        assert_eq!(find(&db, id).await.unwrap().state, State::Running);
        config.beat = Duration::from_millis(2);
        let worker = Worker::start(&db, saying(), config);
        while !is_idle(&db).await {}
        assert_eq!(effects(&db).await, ["taken over"]);
        let left = db.read(jobs::nodes).await.unwrap();
        assert_eq!(left.iter().map(|node| node.id).collect::<Vec<_>>(), [worker.node()]);
        worker.stop().await;
    }

    async fn a_node_that_is_alone_takes_back_what_a_killed_one_left_at_once(db: TestDb) {
        let (hangs, mut begins) = hanging();
        let id = put(&db, say("left")).await;
        let mut config = WorkerConfig::new(&db);
        config.alone = true;
        let killed = Worker::start(&db, hangs, config.clone());
        begins.recv().await;
        drop(killed);
        assert_eq!(find(&db, id).await.unwrap().state, State::Running);
        let worker = Worker::start(&db, saying(), config);
        while !is_idle(&db).await {}
        assert_eq!(effects(&db).await, ["left"]);
        worker.stop().await;
    }

    async fn what_kills_its_worker_again_and_again_is_dead_in_the_end(db: TestDb) {
        let (hangs, mut begins) = hanging();
        let id = put(&db, say("poison")).await;
        let mut config = WorkerConfig::new(&db);
        config.alone = true;
        for _ in 0..30 {
            let killed = Worker::start(&db, hangs.clone(), config.clone());
            while begins.try_recv().is_err() {
                db.clock.advance(Duration::from_secs(3_600));
                tokio::task::yield_now().await;
            }
            drop(killed);
        }
        let last = Worker::start(&db, hangs, config);
        let job = until(&db, id, |job| job.state == State::Dead).await;
        assert_eq!(job.error.as_deref(), Some("its worker vanished 30 times"));
        last.stop().await;
    }

    async fn an_hour_forward_takes_nothing_from_a_living_node(db: TestDb) {
        let (hangs, mut begins) = hanging();
        let id = put(&db, say("still mine")).await;
        let mut config = WorkerConfig::new(&db);
        config.alone = false;
        let holder = Worker::start(&db, hangs, config.clone());
        begins.recv().await;
        db.clock.advance(Duration::from_secs(3_600));
        let other = Worker::start(&db, saying(), config);
        put(&db, say("another")).await;
        let before = db.read(jobs::nodes).await.unwrap();
        while !db.read(jobs::nodes).await.unwrap().iter().all(|node| before.iter().any(|old| old.id == node.id && old.seen_at < node.seen_at || node.seen_at > MORNING)) {}
        assert_eq!(find(&db, id).await.unwrap().node, Some(holder.node()));
        drop((holder, other));
    }

    async fn a_clock_set_back_by_a_day_stops_nothing_but_keeps_appointments(db: TestDb) {
        let noon = MORNING.plus(Duration::from_secs(3 * 3_600));
        put(&db, say("at once")).await;
        put_with(&db, say("at noon"), move |queue| queue.at(noon)).await;
        db.clock.set(MORNING.minus(DAY));
        assert_eq!(run_due(&db, &saying()).await, Ok(1));
        assert_eq!(effects(&db).await, ["at once"]);
        db.clock.set(noon);
        assert_eq!(run_due(&db, &saying()).await, Ok(1));
    }

    async fn a_running_worker_notices_a_clock_set_back(db: TestDb) {
        let worker = Worker::start(&db, saying(), WorkerConfig::new(&db));
        put(&db, say("first")).await;
        while !is_idle(&db).await {}
        // Put by a node whose clock is still right, while this one's is being set back.
        let ahead = db.write(|tx| {
            let moment = tx.now().plus(DAY);
            Queue::new(&say("from the future")).at(moment).put(tx)?;
            tx.execute(kit::sql!("update jobs set waits_since = $1"), kit::params![moment])
        });
        ahead.await.unwrap();
        db.clock.set(MORNING.minus(DAY));
        while !is_idle(&db).await {}
        assert_eq!(effects(&db).await, ["first", "from the future"]);
        worker.stop().await;
    }

    async fn a_database_that_was_gone_is_worked_on_again_without_a_hand(db: TestDb) {
        let Location::Postgres(url) = db.config.location.clone() else { return };
        let cable = Cable::lay(&url).await;
        let through = db.again(|config| config.location = Location::Postgres(cable.url.clone()));
        let runs = Arc::new(AtomicUsize::new(0));
        let (began, mut begins) = unbounded_channel();
        let counted = runs.clone();
        let mut jobs = saying_again(&counted);
        jobs.errand(Options::new(), move |_, _: Other| {
            began.send(()).unwrap();
            async { Ok(()) }
        });
        let worker = Worker::start(&through, jobs, WorkerConfig::new(&through));
        for n in 0..200 {
            put(&db, say(format!("{n}"))).await;
            if n == 50 {
                db.write(|tx| Queue::new(&Other {}).put(tx)).await.unwrap();
                begins.recv().await;
                cable.cut();
            }
            if n == 150 {
                cable.mend();
            }
        }
        while !is_idle(&db).await {
            db.clock.advance(Duration::from_secs(1));
        }
        let mut words: Vec<usize> = effects(&db).await.iter().map(|word| word.parse().unwrap()).collect();
        words.sort_unstable();
        assert_eq!(words, (0..200).collect::<Vec<_>>());
        worker.stop().await;
        through.close().await;
    }
}

/// An errand's job.
#[derive(serde::Serialize, serde::Deserialize)]
struct Other {}

impl jobs::Job for Other {
    const KIND: &'static str = "test.other";
}

fn saying_again(runs: &Arc<AtomicUsize>) -> Jobs {
    let runs = runs.clone();
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), move |tx, job: &Say, about| {
        runs.fetch_add(1, Ordering::SeqCst);
        crate::jobs::effect(tx, &job.word, about)
    });
    jobs
}

/// A way to the database that can be cut.
struct Cable {
    url: String,
    is_whole: watch::Sender<bool>,
}

impl Cable {
    async fn lay(url: &str) -> Self {
        let server = url
            .split('@')
            .nth(1)
            .and_then(|rest| rest.split('/').next())
            .unwrap()
            .to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap().to_string();
        let url = url.replace(&server, &here);
        let (is_whole, state) = watch::channel(true);
        tokio::spawn(carry(listener, server, state));
        Self { url, is_whole }
    }

    fn cut(&self) {
        self.is_whole.send_replace(false);
    }

    fn mend(&self) {
        self.is_whole.send_replace(true);
    }
}

async fn carry(listener: TcpListener, server: String, mut state: watch::Receiver<bool>) {
    let mut links = JoinSet::new();
    loop {
        tokio::select! {
            changed = state.changed() => {
                if changed.is_err() { return }
                if !*state.borrow_and_update() { links.shutdown().await }
            }
            Ok((mut near, _)) = listener.accept() => {
                if *state.borrow() {
                    let server = server.clone();
                    links.spawn(async move {
                        let mut far = TcpStream::connect(server).await?;
                        tokio::io::copy_bidirectional(&mut near, &mut far).await
                    });
                }
            }
        }
    }
}

#[test]
fn a_database_error_of_a_job_is_told_as_it_is() {
    let error = jobs::JobError::from(DbError::Contention);
    assert_eq!(error.to_string(), DbError::Contention.to_string());
}
