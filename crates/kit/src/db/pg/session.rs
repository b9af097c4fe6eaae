//! Statements on one PostgreSQL connection, prepared once each.

use std::cell::Cell;
use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use futures::TryStreamExt;
use futures::future::try_join_all;
use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};

use super::values::Bound;
use super::{connect::Address, errors};
use crate::db::error::DbError;
use crate::db::query::Query;
use crate::db::row::{Row, RowSource};
use crate::db::sql::Sql;
use crate::db::value::Value;

/// How much longer than the server's own limit we wait before taking the connection for dead.
const GRACE: Duration = Duration::from_secs(5);

/// One connection as the closures of its thread use it.
pub(in crate::db) struct Session {
    runtime: Runtime,
    client: Client,
    prepared: HashMap<*const Sql, Statement>,
    made: HashMap<String, Statement>,
    /// The steps that open a transaction, when one is wanted and not open yet.
    begin: Vec<String>,
    limit: Duration,
}

impl Session {
    pub(super) fn open(address: &Address, settings: &str, limit: Duration) -> Result<Self, DbError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| DbError::Unavailable(error.to_string()))?;
        let (client, _driver) = runtime.block_on(address.connect(settings))?;
        Ok(Self {
            runtime,
            client,
            prepared: HashMap::new(),
            made: HashMap::new(),
            begin: Vec::new(),
            limit,
        })
    }

    /// From now, no statement is waited for much longer than `limit`.
    pub(super) fn allow(&mut self, limit: Duration) {
        self.limit = limit;
    }

    /// The next statement opens a transaction by the steps of `begin`; without steps, statements stand alone.
    pub(super) fn begin_with(&mut self, begin: Vec<String>) {
        self.begin = begin;
    }

    /// Whether a statement has opened the wanted transaction.
    pub(super) fn has_begun(&self) -> bool {
        self.begin.is_empty()
    }

    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Sends steps of our own (`commit`, `rollback`) and waits for the answer.
    pub(super) fn step(&mut self, text: &str) -> Result<(), DbError> {
        let sent = self.client.batch_execute(text);
        bounded(&self.runtime, self.limit, async {
            sent.await.map_err(|error| errors::named(&error, text))
        })
    }

    pub(in crate::db) fn script(&mut self, text: &str) -> Result<(), DbError> {
        self.open_transaction()?;
        let sent = self.client.batch_execute(text);
        bounded(&self.runtime, self.limit, async {
            sent.await.map_err(|error| errors::named(&error, "a script"))
        })
    }

    pub(in crate::db) fn run(
        &mut self,
        query: Query<'_>,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<u64, DbError> {
        let statement = self.prepared(query)?;
        if statement.params().len() != params.len() {
            let problem = format!(
                "takes {} parameters, {} given",
                statement.params().len(),
                params.len()
            );
            return Err(DbError::internal(query.place(), problem));
        }
        let begin = std::mem::take(&mut self.begin);
        let failed = |error: tokio_postgres::Error| errors::named(&error, &query.place());
        let bound: Vec<_> = params.iter().map(Bound).collect();
        let client = &self.client;
        bounded(&self.runtime, self.limit, async {
            // One message a step, all sent before the first answer: a step may not share a message with what follows.
            let begun = try_join_all(begin.iter().map(|step| client.batch_execute(step)));
            let asked = client.query_raw(&statement, bound.iter().map(|value| value as &dyn ToSql));
            let (begun, stream) = tokio::join!(biased; begun, asked);
            begun.map_err(failed)?;
            let mut stream = pin!(stream.map_err(failed)?);
            let mut count = 0;
            while let Some(row) = stream.try_next().await.map_err(failed)? {
                count += 1;
                each(&Row {
                    source: RowSource::Pg(&row),
                    query,
                    next: Cell::new(0),
                })?;
            }
            Ok(stream.rows_affected().unwrap_or(count))
        })
    }

    /// Forgets prepared statements: the schema changed under them.
    pub(super) fn forget(&mut self) {
        self.prepared.clear();
        self.made.clear();
    }

    fn prepared(&mut self, query: Query<'_>) -> Result<Statement, DbError> {
        if let Some(statement) = self.known(query) {
            return Ok(statement.clone());
        }
        // The transaction opens first, so that a failed preparation is a failure inside it, as on SQLite.
        self.open_transaction()?;
        let asked = self.client.prepare(query.pg());
        let statement = bounded(&self.runtime, self.limit, async {
            asked.await.map_err(|error| errors::named(&error, &query.place()))
        })?;
        match query {
            Query::Registered(sql) => self.prepared.insert(sql, statement.clone()),
            Query::Made(text) => self.made.insert(text.to_owned(), statement.clone()),
        };
        Ok(statement)
    }

    fn known(&self, query: Query<'_>) -> Option<&Statement> {
        match query {
            Query::Registered(sql) => {
                let key: *const Sql = sql;
                self.prepared.get(&key)
            }
            Query::Made(text) => self.made.get(text),
        }
    }

    fn open_transaction(&mut self) -> Result<(), DbError> {
        std::mem::take(&mut self.begin)
            .iter()
            .try_for_each(|step| self.step(step))
    }
}

/// Waits for the server, but not for ever: a server that is silent beyond its own limit counts as gone.
fn bounded<T>(
    runtime: &Runtime,
    limit: Duration,
    work: impl Future<Output = Result<T, DbError>>,
) -> Result<T, DbError> {
    runtime.block_on(async {
        tokio::time::timeout(limit.saturating_add(GRACE), work)
            .await
            .unwrap_or_else(|_| Err(DbError::Unavailable("the server does not answer".to_owned())))
    })
}
