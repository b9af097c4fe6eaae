//! Statements on one SQLite connection, with a limit on their time.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use rusqlite::{Connection, ToSql};

use super::errors;
use crate::db::describe::{Described, DescribedColumn};
use crate::db::error::DbError;
use crate::db::query::Query;
use crate::db::row::{Row, RowSource};
use crate::db::sql::Sql;
use crate::db::value::Value;
use crate::db::watch::Watch;

/// How many steps of SQLite's machine pass between two looks at the time.
const STEPS: i32 = 4_096;

/// One connection as the closures of its thread use it.
pub(in crate::db) struct Session {
    pub(super) connection: Connection,
    deadline: Deadline,
    has_put_off: Cell<bool>,
}

/// When the running closure must stop, shared with SQLite's progress call-back.
#[derive(Clone)]
struct Deadline {
    watch: Watch,
    micros: Arc<AtomicU64>,
    has_struck: Arc<AtomicBool>,
}

impl Session {
    pub(super) fn new(mut connection: Connection) -> Result<Self, DbError> {
        let deadline = Deadline {
            watch: Watch::start(),
            micros: Arc::new(AtomicU64::new(u64::MAX)),
            has_struck: Arc::default(),
        };
        let asked = deadline.clone();
        connection
            .progress_handler(STEPS, Some(move || asked.is_past()))
            .map_err(|error| DbError::internal("opening a connection", error))?;
        Ok(Self {
            connection,
            deadline,
            has_put_off: Cell::new(false),
        })
    }

    /// From now, statements together may take `limit`.
    pub(super) fn allow(&self, limit: Duration) {
        self.deadline.has_struck.store(false, Ordering::Relaxed);
        let end = self.deadline.watch.elapsed().saturating_add(limit);
        self.deadline.micros.store(
            u64::try_from(end.as_micros()).unwrap_or(u64::MAX),
            Ordering::Relaxed,
        );
    }

    /// Whether a statement was stopped since the last [`Self::allow`], whatever the closure made of that.
    pub(super) fn was_cut_off(&self) -> bool {
        self.deadline.has_struck.load(Ordering::Relaxed)
    }

    /// Runs `work` within `limit` or what is left of the closure's own time, whichever is less.
    pub(super) fn within<T>(&self, limit: Duration, work: impl FnOnce() -> T) -> T {
        let end = self.deadline.micros.load(Ordering::Relaxed);
        self.allow(limit);
        self.deadline.micros.fetch_min(end, Ordering::Relaxed);
        let outcome = work();
        self.deadline.micros.store(end, Ordering::Relaxed);
        outcome
    }

    /// Whether a transaction is open: SQLite itself ends one after some errors.
    pub(in crate::db) fn is_in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    /// Whether references of the running transaction are looked at only at its commit.
    pub(super) fn has_put_off_references(&self) -> bool {
        self.has_put_off.get() && self.is_in_transaction()
    }

    /// Puts the look at references off to the commit. It can't be taken back before: that would forget what is broken.
    pub(in crate::db) fn put_off_references(&self) -> Result<(), DbError> {
        self.has_put_off.set(true);
        self.script("pragma defer_foreign_keys = on")
    }

    /// Runs a step of our own; such steps (begin, commit, savepoints) are not limited in time.
    pub(super) fn step(&self, text: &str) -> rusqlite::Result<()> {
        if text.starts_with("begin") {
            self.has_put_off.set(false);
        }
        self.connection.prepare_cached(text)?.raw_execute().map(|_| ())
    }

    /// A step of ours within a closure.
    pub(in crate::db) fn own_step(&self, text: &str) -> Result<(), DbError> {
        self.step(text).map_err(|error| errors::plain(&error, text))
    }

    pub(in crate::db) fn script(&self, text: &str) -> Result<(), DbError> {
        self.connection
            .execute_batch(text)
            .map_err(|error| errors::plain(&error, "a script"))
    }

    /// The shape of a statement.
    pub(in crate::db) fn describe(&self, sql: &Sql) -> Result<Described, DbError> {
        let failed = |error: rusqlite::Error| errors::plain(&error, &sql.place());
        let statement = self.connection.prepare(sql.lite()).map_err(failed)?;
        let columns = statement.columns();
        Ok(Described {
            parameters: statement.parameter_count(),
            columns: columns
                .map(|column| DescribedColumn {
                    name: column.name().to_owned(),
                    word: column.decl_type().map(str::to_lowercase),
                })
                .collect(),
        })
    }

    pub(in crate::db) fn run(
        &self,
        query: Query<'_>,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<u64, DbError> {
        let failed = |error: rusqlite::Error| errors::named(&error, self, query, params);
        let mut statement = self.connection.prepare_cached(query.lite()).map_err(failed)?;
        if statement.parameter_count() != params.len() {
            let problem = format!(
                "takes {} parameters, {} given",
                statement.parameter_count(),
                params.len()
            );
            return Err(DbError::internal(query.place(), problem));
        }
        for (place, value) in params.iter().enumerate() {
            refuse_nul(value, query)?;
            statement
                .raw_bind_parameter(place + 1, Bound(value))
                .map_err(failed)?;
        }
        if statement.column_count() == 0 {
            return statement.raw_execute().map(|rows| rows as u64).map_err(failed);
        }
        let mut count = 0;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(failed)? {
            count += 1;
            each(&Row {
                source: RowSource::Lite(row),
                query,
                next: Cell::new(0),
            })?;
        }
        Ok(count)
    }
}

impl Session {
    /// Runs a statement once for each of `rows`; a list among the parameters has a value for each.
    pub(in crate::db) fn run_many(
        &self,
        query: Query<'_>,
        params: &[Value<'_>],
        rows: usize,
    ) -> Result<u64, DbError> {
        let mut statement = self
            .connection
            .prepare_cached(query.lite())
            .map_err(|error| errors::plain(&error, &query.place()))?;
        if statement.parameter_count() != params.len() {
            return Err(DbError::internal(
                query.place(),
                "takes another number of parameters",
            ));
        }
        let mut count = 0;
        for row in 0..rows {
            let failed = |error: rusqlite::Error| errors::named(&error, self, query, &of_row(params, row));
            for (place, param) in params.iter().enumerate() {
                // What is the same for all rows stays bound.
                let value = match param {
                    Value::List(values) => &values[row],
                    same if row == 0 => same,
                    _ => continue,
                };
                refuse_nul(value, query)?;
                statement
                    .raw_bind_parameter(place + 1, Bound(value))
                    .map_err(failed)?;
            }
            count += statement.raw_execute().map_err(failed)? as u64;
        }
        Ok(count)
    }
}

/// The parameters as one row has them.
fn of_row<'v>(params: &[Value<'v>], row: usize) -> Vec<Value<'v>> {
    let one = |param: &Value<'v>| match param {
        Value::List(values) => values[row].clone(),
        same => same.clone(),
    };
    params.iter().map(one).collect()
}

impl Deadline {
    fn is_past(&self) -> bool {
        let is_past = self.watch.elapsed().as_micros() >= u128::from(self.micros.load(Ordering::Relaxed));
        if is_past {
            self.has_struck.store(true, Ordering::Relaxed);
        }
        is_past
    }
}

/// PostgreSQL can't hold U+0000 in a text; so that both behave alike, neither gets one.
fn refuse_nul(value: &Value<'_>, query: Query<'_>) -> Result<(), DbError> {
    match value {
        Value::Text(text) if text.contains('\0') => Err(DbError::internal(
            query.place(),
            "a text must not hold the character U+0000",
        )),
        Value::List(values) => values.iter().try_for_each(|value| refuse_nul(value, query)),
        _ => Ok(()),
    }
}

struct Bound<'a>(&'a Value<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Int(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Value::Bool(answer) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*answer))),
            Value::Real(number) => ToSqlOutput::Borrowed(ValueRef::Real(*number)),
            Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Value::List(values) => {
                ToSqlOutput::from_rc(Rc::new(values.iter().map(owned).collect::<Vec<_>>()), c"rarray")
            }
        })
    }
}

fn owned(value: &Value<'_>) -> Owned {
    match value {
        Value::Null | Value::List(_) => Owned::Null,
        Value::Text(text) => Owned::Text(text.to_string()),
        Value::Int(number) => Owned::Integer(*number),
        Value::Bool(answer) => Owned::Integer(i64::from(*answer)),
        Value::Real(number) => Owned::Real(*number),
        Value::Bytes(bytes) => Owned::Blob(bytes.to_vec()),
    }
}

/// A column of the current row.
pub(in crate::db) fn column<'r>(row: &'r rusqlite::Row<'_>, place: usize) -> Result<Value<'r>, String> {
    Ok(match row.get_ref(place).map_err(|error| error.to_string())? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) => Value::Text(Cow::Borrowed(
            std::str::from_utf8(bytes).map_err(|_| "text that is not UTF-8".to_owned())?,
        )),
        ValueRef::Blob(bytes) => Value::Bytes(bytes),
    })
}
