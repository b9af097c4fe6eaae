//! The threads of a lane: take a closure, run it in the lane's way, again when PostgreSQL asks for it, and answer.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::mpsc::Receiver;

use super::errors;
use super::{Address, Session};
use crate::db::error::DbError;
use crate::db::shared::Shared;
use crate::db::task::{Manner, Message, Task};
use crate::db::tx::{AfterCommit, Session as Backend, Tx};

/// How often a closure runs before contention is reported.
const TRIES: u32 = 12;

/// What kind of closures a thread runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::db) enum Lane {
    /// Statements stand alone; nothing is written.
    Read,
    /// One snapshot for the whole closure; nothing is written.
    Report,
    /// Serializable transactions, or what a closure's manner asks for.
    Write,
}

/// What a thread needs to begin.
#[derive(Clone)]
pub(in crate::db) struct Work {
    pub(in crate::db) lane: Lane,
    pub(in crate::db) address: Address,
    pub(in crate::db) limit: Duration,
    pub(in crate::db) shared: Arc<Shared>,
}

/// Starts one thread of a lane.
pub(in crate::db) fn spawn(
    name: &str,
    work: Work,
    queue: Arc<Mutex<Receiver<Message>>>,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .stack_size(2 << 20)
        .spawn(move || {
            let mut session = None;
            loop {
                let message = queue
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .blocking_recv();
                let Some(Message::Task(task)) = message else { break };
                if !task.is_abandoned() {
                    work.answer(task, &mut session);
                }
            }
        })
}

/// Runs `task` on a thread and a connection of its own, in one snapshot, without a limit.
pub(in crate::db) fn snapshot(
    task: Box<dyn Task>,
    address: Address,
    shared: Arc<Shared>,
) -> std::io::Result<()> {
    let work = Work {
        lane: Lane::Report,
        address,
        limit: Duration::MAX,
        shared,
    };
    std::thread::Builder::new()
        .name("db-snapshot".to_owned())
        .spawn(move || work.answer(task, &mut None))
        .map(drop)
}

impl Work {
    fn answer(&self, mut task: Box<dyn Task>, session: &mut Option<Session>) {
        for tries in 1..=TRIES {
            match self.once(task.as_mut(), session) {
                Ok(after) => {
                    after.into_iter().for_each(|then| then());
                    break;
                }
                Err(error) if tries < TRIES && self.may_rerun(&error, tries) => self.rest(&error, tries),
                Err(error) => {
                    task.fail(error);
                    break;
                }
            }
        }
        task.answer();
    }

    /// Contention always; a lost connection once, because nothing was committed and the server may be back.
    fn may_rerun(&self, error: &DbError, tries: u32) -> bool {
        *error == DbError::Contention || (errors::is_lost(error) && tries == 1)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a database thread waits for others to finish"
    )]
    fn rest(&self, error: &DbError, tries: u32) {
        if *error == DbError::Contention {
            metrics::counter!("db_reruns_total").increment(1);
            let most = 500_u64 << tries.min(7);
            std::thread::sleep(Duration::from_micros(self.shared.ids.below(most) + 100));
        }
    }

    /// One run. An error means that the run counts for nothing; a closure's own failure is in its task.
    fn once(&self, task: &mut dyn Task, slot: &mut Option<Session>) -> Result<Vec<AfterCommit>, DbError> {
        let session = self.opened(slot)?;
        session.allow(if task.manner().is_unlimited {
            Duration::MAX
        } else {
            self.limit
        });
        session.begin_with(self.begin(task));
        let mut tx = Tx::new(Backend::Pg(session), &self.shared);
        let is_good = task.run(&mut tx);
        let (failure, after) = (tx.failure, tx.after);
        let ended = self.end(task, session, is_good);
        if session.is_closed()
            || failure.as_ref().is_some_and(errors::is_lost)
            || ended.as_ref().is_err_and(errors::is_lost)
        {
            *slot = None;
        }
        match failure {
            Some(error @ (DbError::Contention | DbError::Unavailable(_))) => Err(error),
            _ => ended.map(|()| if is_good { after } else { Vec::new() }),
        }
    }

    fn opened<'s>(&self, slot: &'s mut Option<Session>) -> Result<&'s mut Session, DbError> {
        if slot.as_ref().is_some_and(Session::is_closed) {
            *slot = None;
        }
        match slot {
            Some(session) => Ok(session),
            None => Ok(slot.insert(Session::open(&self.address, &self.settings(), self.limit)?)),
        }
    }

    fn settings(&self) -> String {
        let read_only = if self.lane == Lane::Write { "off" } else { "on" };
        let limit = limit_setting(self.limit);
        format!(
            "set default_transaction_read_only = {read_only}; set statement_timeout = {limit};
             set idle_in_transaction_session_timeout = {limit}; set timezone = 'UTC'; set client_min_messages = warning"
        )
    }

    fn begin(&self, task: &dyn Task) -> Vec<String> {
        let Manner {
            turn,
            sees_commits,
            is_unlimited,
        } = task.manner();
        let begin = match (self.lane, sees_commits) {
            (Lane::Read, _) => return Vec::new(),
            (Lane::Report, _) => "begin isolation level repeatable read read only",
            (Lane::Write, false) => "begin isolation level serializable",
            (Lane::Write, true) => "begin isolation level read committed",
        };
        // The turn comes before the transaction, so that its snapshot shows what the one before it has stored.
        let turn = turn
            .as_ref()
            .map(|turn| format!("select pg_advisory_lock({})", lock(turn)));
        let without_limit = is_unlimited.then(|| {
            "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0".to_owned()
        });
        turn.into_iter()
            .chain([begin.to_owned()])
            .chain(without_limit)
            .collect()
    }

    fn end(&self, task: &dyn Task, session: &mut Session, is_good: bool) -> Result<(), DbError> {
        if self.lane == Lane::Read {
            return Ok(());
        }
        if !session.has_begun() {
            session.begin_with(Vec::new());
            return Ok(());
        }
        let unlock = task
            .manner()
            .turn
            .as_ref()
            .map(|turn| format!("; select pg_advisory_unlock({})", lock(turn)))
            .unwrap_or_default();
        let word = if is_good { "commit" } else { "rollback" };
        let ended = session.step(&format!("{word}{unlock}"));
        if ended.is_err() && !unlock.is_empty() {
            // A failed commit skips the rest of the line; nobody else may wait for this turn for ever.
            let _ = session.step(&format!("rollback{unlock}"));
        }
        session.forget_after(&ended);
        match ended {
            Err(DbError::Unavailable(_)) if is_good => Err(DbError::Unknown),
            Err(_) if !is_good => Ok(()),
            ended => ended,
        }
    }
}

impl Session {
    /// A plan that no longer fits the schema is prepared anew.
    fn forget_after(&mut self, ended: &Result<(), DbError>) {
        if ended.is_err() {
            self.forget();
        }
    }
}

/// A time limit as PostgreSQL's settings want it: milliseconds, 0 for none.
fn limit_setting(limit: Duration) -> u128 {
    if limit == Duration::MAX {
        0
    } else {
        limit.as_millis()
    }
}

/// The advisory lock of a turn: 63 bits of its name's hash.
fn lock(turn: &str) -> i64 {
    let hash = Sha256::digest(turn.as_bytes());
    let mut bytes = [0_u8; 8];
    bytes.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(bytes) & i64::MAX
}
