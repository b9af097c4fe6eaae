//! The threads of a lane: take a closure, run it in the lane's way, again when PostgreSQL asks for it, and answer.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::Address;
use super::session::{GRACE, Session, Step};
use crate::db::error::DbError;
use crate::db::queue::Queue;
use crate::db::shared::Shared;
use crate::db::task::{Manner, Task, follow, unharmed};
use crate::db::tx::{AfterCommit, Session as Backend, Tx};
use crate::db::watch::Watch;

/// What kind of closures a thread runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::db) enum Lane {
    /// Interactive reads, in one snapshot each.
    Read,
    /// Reports: the same, slower.
    Report,
    /// Serializable transactions, or what a closure's manner asks for.
    Write,
}

/// What one thread of a lane has.
pub(in crate::db) struct Worker {
    lane: Lane,
    address: Address,
    limit: Duration,
    shared: Arc<Shared>,
    session: Option<Session>,
}

impl Worker {
    /// A worker whose closures may take `limit`; it connects at the first one.
    pub(in crate::db) fn new(lane: Lane, address: Address, limit: Duration, shared: Arc<Shared>) -> Self {
        Self {
            lane,
            address,
            limit,
            shared,
            session: None,
        }
    }

    /// Serves until the queue is closed.
    pub(in crate::db) fn serve(&mut self, queue: &Queue) {
        while let Some(task) = queue.take(|| self.let_go()) {
            if !unharmed("a database thread", || self.answer(task)) {
                self.session = None;
            }
        }
    }

    /// Runs one closure, as often as needed, and answers it.
    pub(in crate::db) fn answer(&mut self, mut task: Box<dyn Task>) {
        let watch = Watch::start();
        let mut tries = 1;
        while !task.is_abandoned() {
            match self.once(task.as_mut()) {
                Ok(after) => {
                    follow(after);
                    break;
                }
                Err(error) if self.may_rerun(&error, tries, watch) => self.rest(&error, tries),
                Err(error) => {
                    task.fail(error);
                    break;
                }
            }
            tries += 1;
        }
        task.answer();
    }

    /// Contention for as long as a closure may take; a lost connection once, because nothing was committed and the server
    /// may be back.
    fn may_rerun(&self, error: &DbError, tries: u32, watch: Watch) -> bool {
        match error {
            DbError::Contention => watch.elapsed() < self.limit,
            DbError::Unavailable(_) => tries == 1,
            _ => false,
        }
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
    fn once(&mut self, task: &mut dyn Task) -> Result<Vec<AfterCommit>, DbError> {
        let limit = if task.manner().is_unlimited {
            Duration::MAX
        } else {
            self.limit
        };
        let begin = self.begin(task.manner());
        if self.session.as_ref().is_some_and(Session::is_closed) {
            self.session = None;
        }
        let session = match &mut self.session {
            Some(session) => session,
            slot => {
                let settings = settings(self.lane, self.limit);
                slot.insert(Session::open(&self.address, &settings, self.limit)?)
            }
        };
        session.start(begin, limit);
        let mut tx = Tx::new(Backend::Pg(session), &self.shared);
        let is_good = task.run(&mut tx);
        let (failure, after) = (tx.failure, tx.after);
        let ended = match failure {
            Some(error @ DbError::Unavailable(_)) => {
                self.session = None;
                return Err(error);
            }
            _ => self.end(task.manner(), is_good),
        };
        if self.session.as_ref().is_some_and(Session::is_closed) {
            self.session = None;
        }
        match failure {
            Some(error @ DbError::Contention) => Err(error),
            _ => ended.map(|()| if is_good { after } else { Vec::new() }),
        }
    }

    fn begin(
        &self,
        Manner {
            turn,
            sees_commits,
            is_unlimited,
            ..
        }: &Manner,
    ) -> Vec<Step> {
        let begin = match (self.lane, sees_commits) {
            (Lane::Read | Lane::Report, _) => "begin isolation level repeatable read read only",
            (Lane::Write, false) => "begin isolation level serializable read write",
            (Lane::Write, true) => "begin isolation level read committed read write",
        };
        // The turn comes before the transaction, so that its snapshot shows what the one before it has stored.
        let turn = turn
            .as_ref()
            .map(|turn| Cow::Owned(format!("select pg_advisory_lock({})", lock(turn))));
        let without_limit = (*is_unlimited && self.limit != Duration::MAX).then_some(Cow::Borrowed(
            "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0",
        ));
        turn.into_iter()
            .chain([Cow::Borrowed(begin)])
            .chain(without_limit)
            .collect()
    }

    /// Ends what a read has left open, now that nothing follows at once.
    fn let_go(&mut self) {
        if let Some(session) = &mut self.session {
            session.let_go();
        }
    }

    fn end(&mut self, manner: &Manner, is_good: bool) -> Result<(), DbError> {
        let Some(session) = self.session.as_mut().filter(|session| session.has_begun()) else {
            return Ok(());
        };
        if self.lane != Lane::Write {
            session.finish();
            return Ok(());
        }
        let unlock = || {
            let turn = manner.turn.as_ref()?;
            Some(Cow::Owned(format!("select pg_advisory_unlock({})", lock(turn))))
        };
        if !is_good {
            session.roll_back(unlock());
            return Ok(());
        }
        let committed = session.commit(unlock());
        if committed.is_err() && !session.is_closed() {
            // The commit may not have been reached at all; whatever is still open goes.
            session.roll_back(None);
        }
        committed
    }
}

/// What every connection has set. Outside a transaction nothing can be written, so that a statement whose `begin`
/// failed changes nothing. The server's limit on idle transactions only counts when this process stands still. A
/// serializable write that scans a small table instead of its index stands in the way of all who write to it.
fn settings(lane: Lane, limit: Duration) -> String {
    let statement = milliseconds(limit);
    let idle = milliseconds(limit.saturating_add(GRACE * 2));
    let scans = if lane == Lane::Write { "off" } else { "on" };
    format!(
        "set default_transaction_read_only = on; set statement_timeout = {statement};
         set idle_in_transaction_session_timeout = {idle}; set timezone = 'UTC'; set jit = off;
         set enable_seqscan = {scans}; set client_min_messages = warning"
    )
}

/// A time limit as PostgreSQL's settings want it: 0 for none.
fn milliseconds(limit: Duration) -> u128 {
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
