//! `tandem backup`, `restore`, `export` and `import`: everything, or one workspace, in one file.
//!
//! Backup and export run beside the server. Restore and import write: on SQLite the server must be stopped for them.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgMatches, Command, value_parser};
use kit::{
    archive::{self, Manifest, Progress, Scope},
    blob::Blobs,
    clock::Clock,
    db::{Db, DbError},
    id::{Ids, TypedId, Uuid},
};
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::workspaces::{self, WorkspaceId};

use super::{Call, Exit, Failure, print, progress, wait};
use crate::config::Config;
use crate::{app, stores, wiring};

const FILE: &str = "file";
const WORKSPACE: &str = "workspace";

/// `FILE`
pub(super) fn file(command: Command) -> Command {
    let file = Arg::new(FILE).required(true).value_parser(value_parser!(PathBuf));
    command.arg(file.help("The archive, for example tandem.tar.zst"))
}

/// `WORKSPACE FILE`
pub(super) fn workspace_and_file(command: Command) -> Command {
    let workspace = Arg::new(WORKSPACE).required(true);
    file(command.arg(workspace.help("The workspace's id; `tandem admin list` shows all")))
}

pub(super) fn backup(call: &Call) -> Result<(), Failure> {
    wait(write(call, Scope::Everything))
}

pub(super) fn export(call: &Call) -> Result<(), Failure> {
    let text = call
        .arguments
        .get_one::<String>(WORKSPACE)
        .expect("clap insists on it");
    let id: WorkspaceId = text
        .parse()
        .map_err(|error| Failure::new(format!("{text} is {error}")).exit(Exit::Usage))?;
    wait(async {
        note(call, id).await?;
        write(call, wiring::workspace_scope(id.uuid())).await
    })
}

pub(super) fn restore(call: &Call) -> Result<(), Failure> {
    wait(async {
        let (opened, blobs) = alone(call)?;
        let path = path(&call.arguments);
        let manifest = archive::restore(&opened.db, &blobs, wiring::MIGRATIONS, path, show).await?;
        opened.db.close().await;
        print(&summary("restored and compared", &manifest))
    })
}

pub(super) fn import(call: &Call) -> Result<(), Failure> {
    wait(async {
        let (opened, blobs) = alone(call)?;
        opened.db.migrate(wiring::MIGRATIONS).await?;
        let (path, scope) = (path(&call.arguments), wiring::workspace_scope(Uuid::nil()));
        let manifest = archive::import(&opened.db, &blobs, scope, path, show).await?;
        opened.db.close().await;
        print(&summary("imported and compared", &manifest))
    })
}

/// An export is an entry of the workspace's audit trail.
async fn note(call: &Call, id: WorkspaceId) -> Result<(), Failure> {
    let opened = app::open_beside(&call.config, Clock::system(), Ids::random())?;
    let known = opened.db.read(move |tx| workspaces::find(tx, id)).await?;
    let Some(workspace) = known else {
        return Err(Failure::new(format!("there is no such workspace: {id}"))
            .exit(Exit::Usage)
            .advice("`tandem admin list` shows all"));
    };
    let noted: Result<(), DbError> = opened
        .db
        .write(move |tx| {
            let entry = Entry::of(Act::Exported, id).named(&workspace.name);
            let entry = entry.after(serde_json::json!({ "what": "workspace" }));
            audit::record(tx, &Actor::system(id, "command line"), entry)
        })
        .await;
    noted?;
    opened.db.close().await;
    Ok(())
}

async fn write(call: &Call, scope: Scope) -> Result<(), Failure> {
    let (clock, ids) = (Clock::system(), Ids::random());
    if call.config.database_url.is_none() && !call.config.sqlite_file().exists() {
        let missing = format!("there is no database at {}", call.config.sqlite_file().display());
        return Err(Failure::new(missing).advice("check --data and the working folder"));
    }
    let blobs = stores::blobs(&call.config, clock.clone(), ids.clone())?;
    let db = Db::open(&stores::database(&patient(call)), clock, ids)?;
    let manifest = archive::write(&db, &blobs, scope, path(&call.arguments), show).await?;
    db.close().await;
    print(&summary("written and read back", &manifest))?;
    print("the keys that seal secrets are not in it: keep seal.key or seal_keys apart\n")
}

/// The database with nobody else on it, and its blobs.
fn alone(call: &Call) -> Result<(app::Opened, Blobs), Failure> {
    let (clock, ids) = (Clock::system(), Ids::random());
    let opened = app::open(&patient(call), clock.clone(), ids.clone())?;
    Ok((opened, stores::blobs(&call.config, clock, ids)?))
}

/// The settings, with no word about slow statements: whole tables take their time.
fn patient(call: &Call) -> Config {
    let mut config = call.config.clone();
    config.slow_query = Duration::from_secs(24 * 60 * 60);
    config
}

fn path(arguments: &ArgMatches) -> &PathBuf {
    arguments.get_one::<PathBuf>(FILE).expect("clap insists on it")
}

fn show(step: Progress) {
    match step {
        Progress::Table { rows: 0, .. } => {}
        Progress::Table { name, rows } => progress(&format!("{name}: {rows} rows")),
        Progress::Objects { done, of } => progress(&format!("contents: {done} of {of}")),
        Progress::Verifying => progress("comparing"),
    }
}

fn summary(done: &str, manifest: &Manifest) -> String {
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let (tables, contents) = (manifest.tables.len(), manifest.objects.count);
    format!(
        "{done}: {rows} rows of {tables} tables, {contents} contents of {} bytes\n",
        manifest.objects.bytes
    )
}
