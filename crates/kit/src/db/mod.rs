//! One handle over SQLite and PostgreSQL.
//!
//! Domain code is plain and synchronous: `db.read(|tx| …)` and `db.write(|tx| …)` run a closure on a database thread and
//! give back what it returns. Invariants:
//!
//! - a closure's changes are stored wholly or not at all, and nobody is answered before they are on disk;
//! - writes are serializable on both databases; a closure may run again, so it has no effects but its statements;
//! - each closure, reads too, sees one state of the database;
//! - a panic or an error takes back that closure alone;
//! - a slow report has its own threads and never stands before an interactive read;
//! - a full queue answers [`DbError::Overloaded`] after a short wait, never by forgetting.

pub mod bus;
pub mod catalog;
mod check;
mod config;
#[doc(hidden)]
pub mod describe;
mod dialect;
mod error;
mod handle;
mod lane;
mod lite;
mod migrate;
mod open;
mod pg;
mod query;
mod queue;
mod row;
mod shared;
pub mod sql;
mod task;
mod turns;
mod tx;
mod value;
mod watch;

pub use check::Checkup;
pub use config::{DbConfig, Location};
pub use error::DbError;
pub use handle::Db;
pub use migrate::{Migration, fingerprint};
pub use row::Row;
pub use tx::Tx;
pub use value::{ColumnError, FromColumn, ToParam, Value};
