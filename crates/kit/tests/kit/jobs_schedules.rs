//! Schedules: one job for each moment over all nodes, missed moments made up for once, changes and jumping clocks.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::jobs::{self, Jobs, ScheduleRow, Worker, WorkerConfig, run_due};
use testkit::{MORNING, on_both};

use crate::jobs::{SCHEMA, effects, say, saying};

const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(86_400);

/// A program that says "tick" whenever `expression` comes true in Warsaw.
fn ticking(expression: &str) -> Jobs {
    let mut jobs = saying();
    jobs.every("test.tick", expression, "Europe/Warsaw", &say("tick"));
    jobs
}

async fn row(db: &Db) -> ScheduleRow {
    let rows = db.read(jobs::schedules).await;
    rows.unwrap_or_else(|error: DbError| panic!("{error}")).remove(0)
}

fn at(text: &str) -> Timestamp {
    Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

on_both! { SCHEMA;
    async fn a_schedule_runs_at_its_moment_and_not_before(db: TestDb) {
        let jobs = ticking("0 3 * * *");
        assert_eq!(run_due(&db, &jobs).await, Ok(0));
        let three = at("2026-03-03T02:00:00Z");
        assert_eq!(row(&db).await.next_at, three);
        db.clock.set(three.minus(Duration::from_micros(1)));
        assert_eq!(run_due(&db, &jobs).await, Ok(0));
        db.clock.set(three);
        assert_eq!(run_due(&db, &jobs).await, Ok(1));
        assert_eq!(run_due(&db, &jobs).await, Ok(0));
        let row = row(&db).await;
        assert_eq!((row.last_at, row.next_at), (Some(three), three.plus(DAY)));
    }

    async fn summer_time_moves_the_moment_and_loses_none(db: TestDb) {
        let jobs = ticking("30 2 * * *");
        db.clock.set(at("2026-03-28T12:00:00Z"));
        run_due(&db, &jobs).await.unwrap();
        let mut moments = Vec::new();
        for _ in 0..48 {
            db.clock.advance(HOUR);
            if run_due(&db, &jobs).await == Ok(1) {
                moments.push(db.clock.now());
            }
        }
        assert_eq!(moments, [at("2026-03-29T01:00:00Z"), at("2026-03-30T01:00:00Z")]);
    }

    async fn missed_moments_are_made_up_for_once(db: TestDb) {
        let jobs = ticking("0 3 * * *");
        run_due(&db, &jobs).await.unwrap();
        db.clock.advance(10 * DAY);
        assert_eq!(run_due(&db, &jobs).await, Ok(1));
        assert_eq!(row(&db).await.next_at, at("2026-03-13T02:00:00Z"));
    }

    async fn two_nodes_queue_one_job_for_a_moment(db: TestDb) {
        let jobs = ticking("* * * * *");
        let other = if db.is_postgres() { db.again(|_| {}) } else { db.db.clone() };
        run_due(&db, &jobs).await.unwrap();
        for _ in 0..10 {
            db.clock.advance(Duration::from_secs(60));
            let (here, there) = tokio::join!(run_due(&db, &jobs), run_due(&other, &jobs));
            here.unwrap();
            there.unwrap();
        }
        assert_eq!(effects(&db).await.len(), 10);
        if db.is_postgres() {
            other.close().await;
        }
    }

    async fn a_changed_expression_counts_from_now(db: TestDb) {
        run_due(&db, &ticking("0 3 * * *")).await.unwrap();
        run_due(&db, &ticking("0 12 * * *")).await.unwrap();
        let row = row(&db).await;
        assert_eq!((row.expression.as_str(), row.next_at), ("0 12 * * *", at("2026-03-02T11:00:00Z")));
    }

    async fn a_clock_set_back_stops_no_schedule(db: TestDb) {
        let jobs = ticking("0 * * * *");
        run_due(&db, &jobs).await.unwrap();
        db.clock.set(MORNING.plus(HOUR));
        assert_eq!(run_due(&db, &jobs).await, Ok(1));
        db.clock.set(MORNING.minus(DAY));
        assert_eq!(run_due(&db, &jobs).await, Ok(0));
        db.clock.advance(HOUR);
        assert_eq!(run_due(&db, &jobs).await, Ok(1));
    }

    async fn a_clock_that_differs_a_little_on_another_node_runs_nothing_twice(db: TestDb) {
        let jobs = ticking("0 * * * *");
        run_due(&db, &jobs).await.unwrap();
        db.clock.set(MORNING.plus(HOUR));
        assert_eq!(run_due(&db, &jobs).await, Ok(1));
        db.clock.set(MORNING.plus(HOUR).minus(Duration::from_secs(2)));
        assert_eq!(run_due(&db, &jobs).await, Ok(0));
        db.clock.set(MORNING.plus(HOUR));
        assert_eq!(run_due(&db, &jobs).await, Ok(0));
    }

    async fn a_running_worker_looks_at_its_schedules(db: TestDb) {
        let worker = Worker::start(&db, ticking("0 3 * * *"), WorkerConfig::new(&db));
        while db.read(jobs::schedules).await.is_ok_and(|rows: Vec<_>| rows.is_empty()) {}
        db.clock.advance(DAY);
        while effects(&db).await.is_empty() {}
        assert_eq!(effects(&db).await, ["tick"]);
        worker.stop().await;
    }
}

#[test]
#[should_panic(expected = "schedule test.tick: `now and then` is not a cron expression")]
fn an_expression_that_can_not_be_read_ends_the_start() {
    ticking("now and then");
}
