//! A transaction as a closure sees it: statements, rows, the time, new ids, and what happens after the commit.
//!
//! Invariant: once a statement has failed, nothing more runs and nothing is committed, on both databases; only
//! [`Tx::attempt`] steps back to before the failure.

use std::any::Any;
use std::sync::Arc;

use uuid::Uuid;

use super::describe::Described;
use super::error::DbError;
use super::query::Query;
use super::row::Row;
use super::shared::Shared;
use super::sql::Sql;
use super::value::Value;
use super::watch::Watch;
use super::{lite, pg};
use crate::clock::Timestamp;
use crate::id::{Ids, TypedId};

/// A running transaction. Lives as long as its closure.
pub struct Tx<'c> {
    pub(super) session: Session<'c>,
    pub(super) shared: &'c Shared,
    pub(super) failure: Option<DbError>,
    pub(super) after: Vec<AfterCommit>,
    now: Timestamp,
    /// How many statements may still run.
    left: u64,
}

pub(super) type AfterCommit = Box<dyn FnOnce() + Send>;

pub(super) enum Session<'c> {
    Lite(&'c mut lite::Session),
    Pg(&'c mut pg::Session),
}

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx")
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}

impl<'c> Tx<'c> {
    pub(super) fn new(session: Session<'c>, shared: &'c Shared) -> Self {
        Self {
            session,
            shared,
            failure: None,
            after: Vec::new(),
            now: shared.clock.now(),
            left: u64::MAX,
        }
    }

    /// Lets so many more statements run and the next one fail, as if the database had gone: for tests of what happens to
    /// work that is cut off.
    pub fn cut_after(&mut self, statements: u64) {
        self.left = statements;
    }

    /// When this transaction began: one moment for all it does.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Runs `then` as if it were `moment`: for a past that is made up, never for anything that really happened.
    pub fn as_of<T>(&mut self, moment: Timestamp, then: impl FnOnce(&mut Self) -> T) -> T {
        let now = std::mem::replace(&mut self.now, moment);
        let done = then(self);
        self.now = now;
        done
    }

    /// A new id of type `I`, stamped with [`Tx::now`].
    pub fn new_id<I: TypedId>(&self) -> I {
        I::from_uuid(self.new_uuid())
    }

    /// A new bare id, stamped with [`Tx::now`].
    pub fn new_uuid(&self) -> Uuid {
        self.shared.ids.next(self.now)
    }

    /// The source of ids and randomness.
    pub fn ids(&self) -> &Ids {
        &self.shared.ids
    }

    /// What [`Db::attach`](super::Db::attach) gave under the type `T`, if anything.
    pub fn attached<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.shared.attached()
    }

    /// Whether the database is PostgreSQL; for the migrator and the archive, never for rules.
    pub fn is_postgres(&self) -> bool {
        matches!(self.session, Session::Pg(_))
    }

    /// Whether commits come in the order in which transactions began: SQLite's one writer. Elsewhere whoever needs an
    /// order must make one after the commit.
    pub fn commits_in_order(&self) -> bool {
        !self.is_postgres()
    }

    /// Runs `then` once this closure's changes are committed, and never otherwise. It must be quick and must not panic.
    pub fn after_commit(&mut self, then: impl FnOnce() + Send + 'static) {
        self.after.push(Box::new(then));
    }

    /// Wakes all who wait for `topic`, on every node, once this closure's changes are committed.
    pub fn wake(&mut self, topic: &'static str) {
        let bus = self.shared.bus.clone();
        self.after_commit(move || bus.wake(topic));
    }

    /// Runs a statement for its effect; gives the number of rows it touched.
    ///
    /// # Errors
    /// [`DbError`] of the statement; the transaction can then only be rolled back.
    pub fn execute(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<u64, DbError> {
        self.run(sql, params, &mut |_| Ok(()))
    }

    /// Runs a statement of the kind `bulk load` for many rows. A parameter that is a list holds a value for each of them,
    /// any other is the same for all. SQLite runs it once a row, PostgreSQL once with the lists, as `unnest($2::text[])`.
    ///
    /// # Errors
    /// [`DbError`] of the statement; [`DbError::Internal`] when the lists are of different lengths.
    pub fn execute_many(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<u64, DbError> {
        let mut lengths = params.iter().filter_map(Value::length);
        let rows = lengths.next().unwrap_or(0);
        if lengths.any(|length| length != rows) {
            let uneven = DbError::internal(sql.place(), "the lists are of different lengths");
            return self.note(Err(uneven));
        }
        if rows == 0 {
            return Ok(0);
        }
        let query = Query::Registered(sql);
        self.may_run(query)?;
        let watch = Watch::start();
        let result = match &mut self.session {
            Session::Lite(session) => session.run_many(query, params, rows),
            Session::Pg(session) => session.run(query, params, &mut |_| Ok(())),
        };
        watch.report_slow(query, self.shared.slow);
        self.note(result)
    }

    /// All rows of a statement, each read by `map`.
    ///
    /// # Errors
    /// [`DbError`] of the statement, or the first one of `map`.
    pub fn rows<T>(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut all = Vec::new();
        self.run(sql, params, &mut |row| {
            all.push(map(row)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// The first row of a statement, if it has one.
    ///
    /// # Errors
    /// [`DbError`] of the statement or of `map`.
    pub fn optional<T>(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let mut first = None;
        self.run(sql, params, &mut |row| {
            if first.is_none() {
                first = Some(map(row)?);
            }
            Ok(())
        })?;
        Ok(first)
    }

    /// The first row of a statement that always has one.
    ///
    /// # Errors
    /// [`DbError::NoRow`] when there is none.
    pub fn one<T>(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
        map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        self.optional(sql, params, map)?.ok_or_else(|| DbError::NoRow {
            statement: sql.place(),
        })
    }

    /// Reads rows one at a time, however many there are, in flat memory.
    ///
    /// # Errors
    /// [`DbError`] of the statement, or the first one of `each`.
    pub fn each(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<u64, DbError> {
        self.run(sql, params, &mut each)
    }

    /// Tries `body`; when it fails, its changes alone are taken back and the transaction goes on.
    ///
    /// # Errors
    /// The error of `body`.
    pub fn attempt<T, E: From<DbError>>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.must_be_sound()?;
        let hooks = self.after.len();
        self.steps(&["savepoint attempt"])?;
        let outcome = body(self);
        let failed_here = self.failure.take();
        match (outcome, failed_here) {
            (Ok(value), None) => {
                self.steps(&["release savepoint attempt"])?;
                Ok(value)
            }
            (_, Some(fatal)) if fatal.is_temporary() || !self.is_open() => {
                self.failure = Some(fatal.clone());
                Err(fatal.into())
            }
            (outcome, failed_here) => {
                self.after.truncate(hooks);
                self.steps(&["rollback to savepoint attempt", "release savepoint attempt"])?;
                match (outcome, failed_here) {
                    (Err(error), _) => Err(error),
                    (Ok(_), Some(swallowed)) => Err(swallowed.into()),
                    (Ok(_), None) => unreachable!("handled by the first arm"),
                }
            }
        }
    }

    /// From here to the commit, references need not fit.
    pub(super) fn put_off_references(&mut self) -> Result<(), DbError> {
        self.must_be_sound()?;
        let result = match &mut self.session {
            Session::Lite(session) => session.put_off_references(),
            Session::Pg(session) => session.script("set constraints all deferred"),
        };
        self.note(result)
    }

    /// Prepares a statement and tells its shape.
    pub(super) fn describe(&mut self, sql: &'static Sql) -> Result<Described, DbError> {
        let result = match &mut self.session {
            Session::Lite(session) => session.describe(sql),
            Session::Pg(session) => session.describe(sql),
        };
        self.note(result)
    }

    /// Steps of our own. PostgreSQL gets them with the next statement, so that an attempt costs no round trip.
    fn steps(&mut self, steps: &[&'static str]) -> Result<(), DbError> {
        let result = match &mut self.session {
            Session::Lite(session) => steps.iter().try_for_each(|step| session.own_step(step)),
            Session::Pg(session) => {
                steps.iter().for_each(|step| session.step_later(step));
                Ok(())
            }
        };
        self.note(result)
    }

    /// Whether there is a transaction to step back in: SQLite ends it after some errors.
    fn is_open(&self) -> bool {
        match &self.session {
            Session::Lite(session) => session.is_in_transaction(),
            Session::Pg(_) => true,
        }
    }

    /// Runs statements that are not in the registry: migrations and settings.
    pub(crate) fn script(&mut self, text: &str) -> Result<(), DbError> {
        self.must_be_sound()?;
        let result = match &mut self.session {
            Session::Lite(session) => session.script(text),
            Session::Pg(session) => session.script(text),
        };
        self.note(result)
    }

    fn run(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<u64, DbError> {
        self.ask(Query::Registered(sql), params, each)
    }

    /// Runs a statement of the registry, or one that the catalogue made.
    pub(super) fn ask(
        &mut self,
        query: Query<'_>,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<u64, DbError> {
        self.may_run(query)?;
        let watch = Watch::start();
        let result = match &mut self.session {
            Session::Lite(session) => session.run(query, params, each),
            Session::Pg(session) => session.run(query, params, each),
        };
        watch.report_slow(query, self.shared.slow);
        self.note(result)
    }

    /// Counts a statement that is about to run.
    fn may_run(&mut self, query: Query<'_>) -> Result<(), DbError> {
        self.must_be_sound()?;
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => self.note(Err(DbError::internal(query.place(), "cut off"))),
        }
    }

    fn must_be_sound(&self) -> Result<(), DbError> {
        if self.failure.is_some() {
            Err(DbError::Doomed)
        } else {
            Ok(())
        }
    }

    fn note<T>(&mut self, result: Result<T, DbError>) -> Result<T, DbError> {
        if let Err(error) = &result {
            self.failure = Some(error.clone());
        }
        result
    }
}
