//! The built program as a process: how it starts, ends, is killed, and what it says when something is wrong around it.

mod archives;
mod commands;
mod document;
mod imports;
mod kills;
mod logs;
mod nodes;
mod outage;
mod sdks;
mod search;
mod socket;
mod start;
mod stop;
mod trouble;
mod unit;
mod webhooks;

use kit::db::Location;
use testkit::TestDb;
use testkit::program::Program;

const BINARY: &str = env!("CARGO_BIN_EXE_tandem");

/// The program on a database of its own: a file in a temporary folder.
fn on_sqlite() -> Program {
    Program::new(BINARY)
}

/// The program on the kind of database that `db` is.
pub(crate) fn on(db: &TestDb) -> Program {
    match &db.config.location {
        Location::File(_) => on_sqlite(),
        Location::Postgres(url) => on_sqlite().with("database_url", url),
    }
}

/// The id in an account's document.
fn id(body: &str) -> String {
    let document: serde_json::Value = serde_json::from_str(body).unwrap();
    document["id"].as_str().unwrap().to_owned()
}
