//! `tandem demo`: sample data in a folder of its own, one address, one click.

use std::io::{ErrorKind, IsTerminal, Write, stderr};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, Command, value_parser};
use kit::clock::Clock;
use kit::db::Db;
use kit::id::Ids;
use success::demo::flowing;
use tandem_core::demo::{Cast, Plan};
use tandem_core::doors::{self, Entrant, Secret};
use tandem_core::workspaces::{self, WorkspaceId};

use super::{Call, Failure, print, serve, wait};
use crate::config::{Config, Place};
use crate::demo::Part;
use crate::drain::Drain;
use crate::lock::DatabaseLock;
use crate::{app, demo, wiring};

const ACCOUNTS: &str = "accounts";
const SEED: &str = "seed";
const FRESH: &str = "fresh";
const STILL: &str = "still";
/// The folder used when nobody names one, so that sample data never meets real data.
const FOLDER: &str = "tandem-demo";

pub(super) fn arguments(command: Command) -> Command {
    command
        .arg(
            Arg::new(ACCOUNTS)
                .long(ACCOUNTS)
                .value_name("N")
                .value_parser(value_parser!(usize))
                .help("How many accounts to make when there is no sample data yet [default: 200]"),
        )
        .arg(
            Arg::new(SEED)
                .long(SEED)
                .value_name("N")
                .value_parser(value_parser!(u64))
                .help("The same seed makes the same data [default: 7]"),
        )
        .arg(
            Arg::new(FRESH)
                .long(FRESH)
                .action(ArgAction::SetTrue)
                .help("Throw the old sample data away and make it anew"),
        )
        .arg(Arg::new(STILL).long(STILL).action(ArgAction::SetTrue).help(
            "Let nothing happen by itself: otherwise people go on using the product while the demo runs",
        ))
}

pub(super) fn run(call: &Call) -> Result<(), Failure> {
    let mut config = call.config.clone();
    if call.place_of("data")? == Place::Default {
        config.data = FOLDER.into();
    }
    if call.arguments.get_flag(FRESH) {
        throw_away(&config)?;
    } else {
        throw_unfinished_away(&config)?;
    }
    wait(async {
        let (link, workspace, begun) = prepare(call, &config).await?;
        let address = format!("{}/sign-in/{}", config.public_origin().as_str(), link.expose());
        let tell = || {
            print(&format!(
                "\n  Tandem with sample data is ready. Open this address and choose who you are:\n\n  {address}\n\n"
            ))
        };
        let is_still = call.arguments.get_flag(STILL);
        let go_on = move |db: &Db, drain: &Drain| {
            if !is_still {
                drain.spawn(flowing::run(db.clone(), workspace, drain.token()));
            }
        };
        serve::run_with(&config, tell, complete(&config, begun), go_on).await
    })
}

/// Sample data that was begun.
type Begun = (Plan, Cast);

/// Begins to make the sample data if there is none, and makes a link that lets anyone of it in.
async fn prepare(call: &Call, config: &Config) -> Result<(Secret, WorkspaceId, Option<Begun>), Failure> {
    let opened = app::open(config, Clock::system(), Ids::random())?;
    opened.db.migrate(wiring::MIGRATIONS).await?;
    let existing = first_workspace(&opened.db).await?;
    let workspace = match existing {
        // Not thrown away: the database is a server's.
        Some(_) if mark(config).exists() => {
            return Err(
                Failure::new("the sample data in this database was never completed")
                    .advice("empty the database or name another one with --database-url, then start again"),
            );
        }
        Some(workspace) => workspace,
        None => {
            opened.db.close().await;
            drop(opened);
            return begin(call, config).await;
        }
    };
    Ok((link(&opened.db, workspace).await?, workspace, None))
}

async fn begin(call: &Call, config: &Config) -> Result<(Secret, WorkspaceId, Option<Begun>), Failure> {
    let mut plan = demo::usual(Clock::system().now());
    plan.accounts = call.arguments.get_one(ACCOUNTS).copied().unwrap_or(plan.accounts);
    plan.seed = call.arguments.get_one(SEED).copied().unwrap_or(plan.seed);
    tracing::info!(accounts = plan.accounts, seed = plan.seed, "making sample data");
    let mark = mark(config);
    std::fs::write(&mark, "")
        .map_err(|error| Failure::new(format!("cannot write {}: {error}", mark.display())))?;
    let cast = demo::begin(config, &plan, &tell).await?;
    let opened = app::open(config, Clock::system(), Ids::random())?;
    let workspace = cast.workspace.id;
    let link = link(&opened.db, workspace).await?;
    Ok((link, workspace, Some((plan, cast))))
}

/// Makes what is still missing, while people look around already.
async fn complete(config: &Config, begun: Option<Begun>) -> Result<(), Failure> {
    if let Some((plan, cast)) = begun {
        demo::complete(config, &plan, &cast, &tell).await?;
        remove(&mark(config))?;
        if stderr().is_terminal() {
            let _ = writeln!(stderr());
        }
    }
    print("  The sample data is complete.\n\n")
}

/// Says on a terminal how far it is, on one line.
fn tell(part: Part, done: usize, total: usize) {
    if !stderr().is_terminal() {
        return;
    }
    let (what, share) = match part {
        Part::Accounts => ("accounts", done * 30 / total.max(1)),
        Part::Tickets => ("tickets", 30 + done * 30 / total.max(1)),
        Part::Rest => ("health and work", 60 + done * 40 / total.max(1)),
    };
    // Whoever does not see it misses nothing.
    let _ = write!(
        stderr(),
        "\r  Making sample data: {share} % ({what}, {done} of {total}) "
    );
}

async fn first_workspace(db: &Db) -> Result<Option<WorkspaceId>, Failure> {
    let all = db.read(workspaces::all).await?;
    Ok(all.first().map(|workspace| workspace.id))
}

async fn link(db: &Db, workspace: WorkspaceId) -> Result<Secret, Failure> {
    let link = db
        .write(move |tx| doors::make_link(tx, workspace, Entrant::Anyone))
        .await?;
    db.close().await;
    Ok(link)
}

/// The file that stands beside sample data which is not complete.
fn mark(config: &Config) -> PathBuf {
    config.data.join(match config.database_url {
        Some(_) => "demo-on-server-unfinished",
        None => "demo-unfinished",
    })
}

/// Removes sample data that an interrupted start left behind: nobody knows what is missing, and its jobs would mail people.
fn throw_unfinished_away(config: &Config) -> Result<(), Failure> {
    if config.database_url.is_some() || !mark(config).exists() {
        return Ok(());
    }
    // Whoever is still making it keeps it.
    let _lock = DatabaseLock::take(&config.sqlite_file())?;
    tracing::info!("the sample data was never completed and is made anew");
    throw_away(config)
}

/// Removes the sample database, never a folder that holds something else.
fn throw_away(config: &Config) -> Result<(), Failure> {
    for name in ["tandem.sqlite", "tandem.sqlite-wal", "tandem.sqlite-shm"] {
        remove(&config.data.join(name))?;
    }
    Ok(())
}

fn remove(file: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Failure::new(format!("cannot remove {}: {error}", file.display())))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Exit;
    use crate::config::Inputs;

    #[test]
    fn what_was_never_completed_is_thrown_away_unless_somebody_is_at_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut inputs = Inputs::default();
        let data = folder.path().to_str().unwrap().to_owned();
        inputs.flags.insert("data".to_owned(), data);
        let config = Config::load(&inputs).unwrap();
        let database = config.sqlite_file();
        std::fs::write(&database, "sample data").unwrap();
        throw_unfinished_away(&config).unwrap();
        assert!(database.exists(), "it is complete");
        std::fs::write(mark(&config), "").unwrap();
        let other = DatabaseLock::take(&database).unwrap();
        assert_eq!(throw_unfinished_away(&config).unwrap_err().exit, Exit::InUse);
        assert!(database.exists());
        drop(other);
        throw_unfinished_away(&config).unwrap();
        assert!(!database.exists());
    }
}
