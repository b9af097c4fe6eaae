//! Jobs as people see them and what they may do to them, each within their workspace.

use std::time::Duration;

use kit::db::{Db, DbError};
use kit::id::{TypedId, Uuid};
use kit::jobs::admin::{self, Cancelling, Filter, State};
use kit::jobs::{self, JobError, JobId, Jobs, Lane, Options, Queue, Worker, WorkerConfig, run_due};
use testkit::on_both;

use crate::jobs::{HouseId, SCHEMA, Say, effects, put, put_with, say, saying};
use crate::jobs_errands::find;

/// A program whose jobs always give up.
fn giving_up() -> Jobs {
    let mut jobs = Jobs::new();
    jobs.reaction(Options::new(), |_, _: &Say, _| Err(JobError::give_up("no")));
    jobs
}

async fn list(db: &Db, filter: Filter) -> Vec<JobId> {
    let mut all = Vec::new();
    loop {
        let (filter, after) = (filter.clone(), all.last().copied());
        let page = db.read(move |tx| admin::list(tx, &filter, after, 3)).await;
        let page = page.unwrap_or_else(|error: DbError| panic!("{error}"));
        if page.is_empty() {
            return all;
        }
        all.extend(page.iter().map(|job| job.id));
    }
}

async fn house(db: &Db) -> HouseId {
    db.write(|tx| Ok::<_, DbError>(tx.new_id())).await.unwrap()
}

fn of(workspace: Option<Uuid>, state: Option<State>) -> Filter {
    Filter {
        workspace,
        state,
        kind: None,
    }
}

on_both! { SCHEMA;
    async fn lists_are_paged_newest_first_and_narrowed(db: TestDb) {
        let ours = house(&db).await;
        let (mut mine, mut system) = (Vec::new(), Vec::new());
        for n in 0..5 {
            db.clock.advance(Duration::from_millis(1));
            mine.push(put_with(&db, say(format!("{n}")), move |queue| queue.workspace(ours)).await.unwrap());
            db.clock.advance(Duration::from_millis(1));
            system.push(put(&db, say(format!("{n}"))).await);
        }
        mine.reverse();
        assert_eq!(list(&db, Filter::default()).await.len(), 10);
        assert_eq!(list(&db, of(Some(ours.uuid()), None)).await, mine);
        assert_eq!(list(&db, of(Some(ours.uuid()), Some(State::Ready))).await, mine);
        assert!(list(&db, of(None, Some(State::Dead))).await.is_empty());
        let kind = |kind: &str| Filter { kind: Some(kind.to_owned()), ..Filter::default() };
        assert_eq!((list(&db, kind("test.say")).await.len(), list(&db, kind("test.other")).await.len()), (10, 0));
        run_due(&db, &giving_up()).await.unwrap();
        assert_eq!(list(&db, of(Some(ours.uuid()), Some(State::Dead))).await, mine);
        let counts = db.report(|tx| admin::counts(tx, None)).await.unwrap_or_else(|error: DbError| panic!("{error}"));
        let [count] = counts.try_into().unwrap();
        assert_eq!((count.state, count.kind.as_str(), count.lane, count.count), (State::Dead, "test.say", Lane::Normal, 10));
    }

    async fn an_agent_touches_the_jobs_of_their_own_workspace_only(db: TestDb) {
        let (ours, theirs) = (house(&db).await, house(&db).await);
        let system = put(&db, say("system")).await;
        let job = put_with(&db, say("ours"), move |queue| queue.workspace(ours)).await.unwrap();
        let them = Some(theirs.uuid());
        for id in [system, job] {
            db.write(move |tx| {
                assert_eq!(admin::find(tx, them, id)?, None);
                assert_eq!(admin::cancel(tx, them, id)?, Cancelling::TooLate);
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
        }
        run_due(&db, &giving_up()).await.unwrap();
        for id in [system, job] {
            db.write(move |tx| {
                assert!(!admin::revive(tx, them, id)? && !admin::discard(tx, them, id)?);
                assert_eq!(admin::revive_all(tx, them, "test.say")?, 0);
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
        }
        assert!(db.report(move |tx| admin::counts(tx, them)).await.unwrap_or_else(|error: DbError| panic!("{error}")).is_empty());
        let mine = Some(ours.uuid());
        let found = db.read(move |tx| admin::find(tx, mine, job)).await.unwrap_or_else(|error: DbError| panic!("{error}"));
        assert_eq!(found.map(|job| job.workspace), Some(mine));
    }

    async fn a_cancelled_job_never_runs_and_is_let_go_in_time(db: TestDb) {
        let id = put(&db, say("never")).await;
        let cancel = move |tx: &mut kit::db::Tx<'_>| admin::cancel(tx, None, id);
        assert_eq!(db.write(cancel).await, Ok::<_, DbError>(Cancelling::Cancelled));
        assert_eq!(db.write(cancel).await, Ok::<_, DbError>(Cancelling::TooLate));
        assert_eq!(run_due(&db, &saying()).await, Ok(0));
        assert_eq!(find(&db, id).await.unwrap().state, State::Cancelled);
        db.clock.advance(Duration::from_secs(8 * 86_400));
        let worker = Worker::start(&db, saying(), WorkerConfig::new(&db));
        while find(&db, id).await.is_some() {}
        worker.stop().await;
        assert!(effects(&db).await.is_empty());
    }

    async fn a_dead_job_that_is_revived_has_all_its_attempts_again(db: TestDb) {
        let id = put(&db, say("at last")).await;
        run_due(&db, &giving_up()).await.unwrap();
        assert_eq!(find(&db, id).await.unwrap().state, State::Dead);
        assert_eq!(db.write(move |tx| admin::revive(tx, None, id)).await, Ok::<_, DbError>(true));
        let job = find(&db, id).await.unwrap();
        assert_eq!((job.state, job.attempts, job.error.as_deref()), (State::Ready, 0, Some("no")));
        assert_eq!(run_due(&db, &saying()).await, Ok(1));
        assert_eq!(db.write(move |tx| admin::revive(tx, None, id)).await, Ok::<_, DbError>(false));
        assert_eq!(effects(&db).await, ["at last"]);
    }

    async fn a_revived_job_stands_back_for_one_with_its_key(db: TestDb) {
        let old = put_with(&db, say("old"), |queue| queue.key("k")).await.unwrap();
        run_due(&db, &giving_up()).await.unwrap();
        put_with(&db, say("new"), |queue| queue.key("k")).await.unwrap();
        assert_eq!(db.write(move |tx| admin::revive(tx, None, old)).await, Ok::<_, DbError>(true));
        assert_eq!(run_due(&db, &saying()).await, Ok(1));
        assert_eq!(effects(&db).await, ["new"]);
    }

    async fn all_dead_jobs_of_a_kind_come_back_at_once_and_others_can_be_discarded(db: TestDb) {
        for n in 0..7 {
            put(&db, say(format!("{n}"))).await;
        }
        run_due(&db, &giving_up()).await.unwrap();
        let first = list(&db, of(None, Some(State::Dead))).await[0];
        assert_eq!(db.write(move |tx| admin::discard(tx, None, first)).await, Ok::<_, DbError>(true));
        assert_eq!(db.write(|tx| admin::revive_all(tx, None, "test.say")).await, Ok::<_, DbError>(6));
        assert_eq!(run_due(&db, &saying()).await, Ok(6));
    }

    async fn a_job_that_is_kept_shows_that_it_is_done_and_then_goes(db: TestDb) {
        let mut jobs = Jobs::new();
        jobs.reaction(Options::new().keep(Duration::from_secs(60)), |_, _: &Say, _| Ok(()));
        let id = put(&db, say("kept")).await;
        assert_eq!(run_due(&db, &jobs).await, Ok(1));
        let job = find(&db, id).await.unwrap();
        assert_eq!((job.state, job.finished_at), (State::Done, Some(db.clock.now())));
        db.clock.advance(Duration::from_secs(61));
        let worker = Worker::start(&db, jobs, WorkerConfig::new(&db));
        while find(&db, id).await.is_some() {}
        worker.stop().await;
    }

    async fn a_job_that_waits_can_not_be_discarded(db: TestDb) {
        let id = db.write(|tx| Queue::new(&say("waits")).put(tx)).await.unwrap_or_else(|error: DbError| panic!("{error}")).unwrap();
        assert_eq!(db.write(move |tx| admin::discard(tx, None, id)).await, Ok::<_, DbError>(false));
        assert!(db.read(jobs::nodes).await.is_ok_and(|nodes: Vec<_>| nodes.is_empty()));
    }
}
