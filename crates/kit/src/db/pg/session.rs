//! Statements on one PostgreSQL connection, prepared once each.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use futures::TryStreamExt;
use futures::future::join_all;
use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Statement};

use super::connect::Address;
use super::errors;
use super::values::{self, Bound};
use crate::db::describe::{Described, DescribedColumn};
use crate::db::error::DbError;
use crate::db::query::Query;
use crate::db::row::{Row, RowSource};
use crate::db::sql::Sql;
use crate::db::value::Value;
use crate::db::watch::Watch;

/// How much longer than the server's own limit we wait before taking the connection for dead.
pub(super) const GRACE: Duration = Duration::from_secs(5);

/// So many prepared statements are kept; then all are let go, so that neither side fills up.
const KEPT: usize = 512;

/// A step of our own: `begin …`, `savepoint …`, `commit`.
pub(super) type Step = Cow<'static, str>;

/// One connection as the closures of its thread use it.
pub(in crate::db) struct Session {
    runtime: Runtime,
    client: Client,
    /// By the statement's address: there is one of each in the program.
    prepared: HashMap<usize, Statement>,
    made: HashMap<String, Statement>,
    /// Steps that go out with the next statement: a transaction that does nothing never begins.
    steps: Vec<Step>,
    has_begun: bool,
    is_spent: bool,
    /// A read's transaction is still open on the server.
    owes_end: bool,
    watch: Watch,
    limit: Duration,
}

impl Session {
    pub(super) fn open(address: &Address, settings: &str, limit: Duration) -> Result<Self, DbError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| DbError::Unavailable(error.to_string()))?;
        let (client, _driver) = bounded(&runtime, limit, address.connect(settings))?;
        Ok(Self {
            runtime,
            client,
            prepared: HashMap::new(),
            made: HashMap::new(),
            steps: Vec::new(),
            has_begun: false,
            is_spent: false,
            owes_end: false,
            watch: Watch::start(),
            limit,
        })
    }

    /// A new closure: its first statement opens a transaction by `begin`, and all together may take `limit`.
    pub(super) fn start(&mut self, begin: Vec<Step>, limit: Duration) {
        self.steps = begin;
        self.has_begun = false;
        self.watch = Watch::start();
        self.limit = limit;
    }

    /// Whether a statement has opened the closure's transaction.
    pub(super) fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// Whether the connection is of no more use.
    pub(super) fn is_closed(&self) -> bool {
        self.is_spent || self.client.is_closed()
    }

    /// Sends `text` with the next statement, or with the end of the transaction.
    pub(in crate::db) fn step_later(&mut self, text: &'static str) {
        self.steps.push(Cow::Borrowed(text));
    }

    /// Commits, and does `then` whatever became of it.
    ///
    /// # Errors
    /// [`DbError::Unknown`] when the answer was lost. What went wrong in `then` makes the connection unusable, but is
    /// no error of the commit.
    pub(super) fn commit(&mut self, then: Option<Step>) -> Result<(), DbError> {
        self.step_later("commit");
        let commit = std::mem::take(&mut self.steps).join("; ");
        let steps: Vec<Step> = [Cow::Owned(commit)].into_iter().chain(then).collect();
        let mut answers = self
            .send(&steps)
            .map_err(|_| {
                self.is_spent = true;
                DbError::Unknown
            })?
            .into_iter();
        let committed = answers.next().unwrap_or(Ok(()));
        let is_usable = answers.all(|answer| answer.is_ok());
        let committed = committed.map_err(|error| errors::of_commit(&error));
        self.is_spent |= committed == Err(DbError::Unknown) || !is_usable;
        committed
    }

    /// Takes everything back, and does `then`. When that can't be, the connection is not used again, and the server
    /// takes everything back because it is gone.
    pub(super) fn roll_back(&mut self, then: Option<Step>) {
        self.steps.clear();
        let steps: Vec<Step> = [Cow::Borrowed("rollback")].into_iter().chain(then).collect();
        let answers = self.send(&steps).unwrap_or_default();
        self.is_spent |= answers.len() < steps.len() || answers.iter().any(Result::is_err);
    }

    /// The closure has changed nothing, so its end is nothing to wait for: it goes out with the next one's begin, or when
    /// the thread lets go.
    pub(super) fn finish(&mut self) {
        self.steps.clear();
        self.owes_end = true;
    }

    /// Sends the end that is still owed, without waiting for the answer.
    pub(super) fn let_go(&mut self) {
        if !std::mem::take(&mut self.owes_end) {
            return;
        }
        let ended = self.client.batch_execute("commit");
        self.runtime.block_on(async {
            let mut ended = pin!(ended);
            // The first look puts the message into the connection's queue, the yield puts it on the wire.
            let _ = futures::poll!(&mut ended);
            tokio::task::yield_now().await;
        });
    }

    pub(in crate::db) fn script(&mut self, text: &str) -> Result<(), DbError> {
        self.open_transaction()?;
        let sent = self.client.batch_execute(text);
        bounded(&self.runtime, self.limit, async {
            sent.await.map_err(|error| errors::named(&error, "a script"))
        })
    }

    /// The shape of a statement.
    pub(in crate::db) fn describe(&mut self, sql: &'static Sql) -> Result<Described, DbError> {
        let statement = self.prepared(Query::Registered(sql))?;
        let columns = statement.columns().iter();
        Ok(Described {
            parameters: statement.params().len(),
            columns: columns
                .map(|column| DescribedColumn {
                    name: column.name().to_owned(),
                    word: Some(values::word(column.type_()).to_owned()),
                })
                .collect(),
        })
    }

    pub(in crate::db) fn run(
        &mut self,
        query: Query<'_>,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<u64, DbError> {
        if self.watch.elapsed() >= self.limit {
            return Err(DbError::Timeout {
                statement: query.place(),
            });
        }
        let statement = self.prepared(query)?;
        if statement.params().len() != params.len() {
            let (takes, given) = (statement.params().len(), params.len());
            let problem = format!("takes {takes} parameters, {given} given");
            return Err(DbError::internal(query.place(), problem));
        }
        let outcome = self.answered(&statement, query, params, each);
        match outcome {
            Err(Failed::Stale) => {
                // The schema has changed under the statement: the closure runs again with new ones.
                self.forget();
                Err(DbError::Contention)
            }
            Err(Failed::Because(error)) => Err(error),
            Ok(rows) => Ok(rows),
        }
    }

    fn answered(
        &mut self,
        statement: &Statement,
        query: Query<'_>,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<u64, Failed> {
        self.has_begun = true;
        let steps = self.due_steps();
        let failed = |error: Error| Failed::of(&error, query);
        let bound: Vec<_> = params.iter().map(Bound).collect();
        let client = &self.client;
        bounded(&self.runtime, self.limit, async {
            // One message a step, all sent before the first answer: a step may not share a message with what follows.
            let stepped = join_all(steps.iter().map(|step| client.batch_execute(step)));
            let asked = client.query_raw(statement, bound.iter().map(|value| value as &dyn ToSql));
            let (stepped, stream) = tokio::join!(biased; stepped, asked);
            for step in stepped {
                step.map_err(failed)?;
            }
            let mut stream = pin!(stream.map_err(failed)?);
            let mut count = 0;
            while let Some(row) = stream.try_next().await.map_err(failed)? {
                count += 1;
                let row = Row {
                    source: RowSource::Pg(&row),
                    query,
                    next: Cell::new(0),
                };
                each(&row).map_err(Failed::Because)?;
            }
            Ok(stream.rows_affected().unwrap_or(count))
        })
    }

    fn prepared(&mut self, query: Query<'_>) -> Result<Statement, DbError> {
        if let Some(statement) = self.known(query) {
            return Ok(statement.clone());
        }
        if self.prepared.len() + self.made.len() >= KEPT {
            self.forget();
        }
        // The transaction opens first, so that a failed preparation is a failure inside it, as on SQLite.
        self.open_transaction()?;
        let asked = self.client.prepare(query.pg());
        let statement = bounded(&self.runtime, self.limit, async {
            asked.await.map_err(|error| errors::named(&error, &query.place()))
        })?;
        match query {
            Query::Registered(sql) => self.prepared.insert(address_of(sql), statement.clone()),
            Query::Made(text) => self.made.insert(text.to_owned(), statement.clone()),
        };
        Ok(statement)
    }

    fn known(&self, query: Query<'_>) -> Option<&Statement> {
        match query {
            Query::Registered(sql) => self.prepared.get(&address_of(sql)),
            Query::Made(text) => self.made.get(text),
        }
    }

    fn forget(&mut self) {
        self.prepared.clear();
        self.made.clear();
    }

    fn open_transaction(&mut self) -> Result<(), DbError> {
        self.has_begun = true;
        let steps = self.due_steps();
        let answers = self.send(&steps)?;
        answers
            .into_iter()
            .zip(steps)
            .try_for_each(|(answer, step)| answer.map_err(|error| errors::named(&error, &step)))
    }

    /// The steps that go out now; with a transaction's begin, the end of the one before it.
    fn due_steps(&mut self) -> Vec<Step> {
        let mut steps = std::mem::take(&mut self.steps);
        if std::mem::take(&mut self.owes_end)
            && let Some(begin) = steps.first_mut()
        {
            *begin = Cow::Owned(format!("commit; {begin}"));
        }
        steps
    }

    /// Sends steps, one message each, all before the first answer.
    fn send(&self, steps: &[Step]) -> Result<Vec<Result<(), Error>>, DbError> {
        let sent = join_all(steps.iter().map(|step| self.client.batch_execute(step)));
        bounded(&self.runtime, self.limit, async { Ok(sent.await) })
    }
}

fn address_of(sql: &'static Sql) -> usize {
    std::ptr::from_ref(sql).addr()
}

/// Why a statement failed.
enum Failed {
    /// Its preparation is out of date.
    Stale,
    Because(DbError),
}

impl From<DbError> for Failed {
    fn from(error: DbError) -> Self {
        Self::Because(error)
    }
}

impl Failed {
    fn of(error: &Error, query: Query<'_>) -> Self {
        if errors::is_stale(error) {
            Self::Stale
        } else {
            Self::Because(errors::named(error, &query.place()))
        }
    }
}

/// Waits for the server, but not for ever: a server that is silent beyond its own limit counts as gone.
fn bounded<T, E: From<DbError>>(
    runtime: &Runtime,
    limit: Duration,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    runtime.block_on(async {
        tokio::time::timeout(limit.saturating_add(GRACE), work)
            .await
            .unwrap_or_else(|_| Err(DbError::Unavailable("the server does not answer".to_owned()).into()))
    })
}
