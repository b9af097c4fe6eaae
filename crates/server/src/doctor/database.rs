//! The database: reachable, whole, of this program's schema, and of one mind with the clock.

use kit::{
    clock::{Clock, Timestamp},
    db::{Checkup, Db, DbError, Migration, catalog},
    id::Ids,
};

use super::Finding;
use crate::{cli::audit, config::Config, operations::pending, stores, wiring};

/// How far two clocks may be apart before it is worth a word, and before it does harm; in seconds.
const APART: u64 = 5;
const FAR_APART: u64 = 60;

type Lists = &'static [&'static [Migration]];

/// Everything about the database. What can't be asked because it can't be reached is left out.
pub(super) async fn examine(config: &Config, clock: &Clock, migrations: Lists) -> Vec<Finding> {
    if config.database_url.is_none() && !config.sqlite_file().exists() {
        let found = format!("{} does not exist yet", config.sqlite_file().display());
        return vec![Finding::warn(
            "database",
            found,
            "`tandem serve` or `tandem migrate` makes it",
        )];
    }
    let db = match Db::open(&stores::database(config), clock.clone(), Ids::random()) {
        Ok(db) => db,
        Err(error) => return vec![unreachable(&error)],
    };
    let findings = match db.check().await {
        Ok(checkup) => {
            let mut findings = vec![health(&checkup), schema(&db, migrations).await];
            findings.push(clocks(clock.now(), &checkup));
            findings.push(newest(&db, clock.now()).await);
            findings.extend(audit(&db).await);
            findings
        }
        Err(error) => vec![unreachable(&error)],
    };
    db.close().await;
    findings
}

fn unreachable(error: &DbError) -> Finding {
    let advice = match error {
        DbError::Full => "make room on the database's disk",
        DbError::ReadOnly => "make the database writable for the user that runs tandem",
        _ => "check that the database runs, that database_url is right and that its user may connect",
    };
    Finding::fail("database", error.to_string(), advice)
}

fn health(checkup: &Checkup) -> Finding {
    let found = format!("{}, {} MiB", checkup.version, checkup.bytes >> 20);
    match checkup.problems.first() {
        None => Finding::ok("database", found),
        Some(problem) => {
            let count = checkup.problems.len();
            let found = format!("{found}; damaged in {count} places, the first: {problem}");
            Finding::fail(
                "database",
                found,
                "stop the server, keep a copy of the file, and restore the last backup",
            )
        }
    }
}

async fn schema(db: &Db, migrations: Lists) -> Finding {
    let name = "schema";
    let applied = match db.read(catalog::applied).await {
        Ok(applied) => applied,
        Err(DbError::Internal { .. }) => Vec::new(),
        Err(error) => return unreachable(&error),
    };
    let newer = applied.iter().find(|name| {
        !migrations
            .iter()
            .copied()
            .flatten()
            .any(|known| known.name == **name)
    });
    if let Some(newer) = newer {
        let found = format!("newer than this program: it has {newer}");
        return Finding::fail(name, found, "start a newer version of tandem");
    }
    let pending = pending(&applied, migrations).count();
    match pending {
        0 => Finding::ok(name, format!("{} migrations, none pending", applied.len())),
        pending => Finding::warn(
            name,
            format!("{pending} migrations are pending"),
            "`tandem serve` applies them at its start, `tandem migrate` now; make a backup before",
        ),
    }
}

fn clocks(here: Timestamp, checkup: &Checkup) -> Finding {
    let apart = here.since(checkup.clock).max(checkup.clock.since(here)).as_secs();
    let found = format!("{apart} s apart from the database's");
    let advice = "let both machines take their time from the network (chrony or systemd-timesyncd)";
    match apart {
        apart if apart > FAR_APART => Finding::fail("clock", found, advice),
        apart if apart > APART => Finding::warn("clock", found, advice),
        _ => Finding::ok("clock", found),
    }
}

/// Whether every audit trail is as it was written; nothing while its tables are not there yet.
async fn audit(db: &Db) -> Option<Finding> {
    let name = "audit trail";
    let applied = db.read(catalog::applied).await.unwrap_or_default();
    if pending(&applied, wiring::MIGRATIONS).count() > 0 {
        return None;
    }
    let trails = match audit::trails(db).await {
        Ok(trails) => trails,
        Err(error) => return Some(unreachable(&error)),
    };
    let broken = trails
        .iter()
        .find_map(|(workspace, trail)| Some((workspace, trail.broken?)));
    Some(match broken {
        None => {
            let entries: i64 = trails.iter().map(|(_, trail)| trail.entries).sum();
            Finding::ok(name, format!("{entries} entries, each as it was written"))
        }
        Some((workspace, wrong)) => Finding::fail(
            name,
            format!("{} ({}): {wrong}", workspace.id, workspace.name),
            "compare with a backup, and find out who could write to the database",
        ),
    })
}

/// A row from the future means that the clock was set back, or that another machine's is ahead.
async fn newest(db: &Db, now: Timestamp) -> Finding {
    let name = "newest row";
    match db.snapshot(catalog::newest).await {
        Ok(None) => Finding::ok(name, "there are no rows yet"),
        Ok(Some((stamp, table))) => match stamp.since(now).as_secs() {
            ahead if ahead > FAR_APART => Finding::fail(
                name,
                format!("{table} has a row from {ahead} s in the future"),
                "set the clock right before work goes on: due times and histories would be wrong",
            ),
            _ => Finding::ok(name, format!("{} s old, in {table}", now.since(stamp).as_secs())),
        },
        Err(error) => unreachable(&error),
    }
}
