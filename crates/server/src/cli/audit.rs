//! `tandem admin audit check`: whether every entry of every audit trail is the one that was written.

use clap::Command;
use kit::db::{Db, DbError};
use tandem_core::audit::{self, Trail};
use tandem_core::workspaces::{self, Workspace};

use super::{Exit, Failure};

pub(super) fn command() -> Command {
    Command::new("audit")
        .about("Look through the audit trails")
        .subcommand_required(true)
        .subcommand(
            Command::new("check").about(
                "Find entries that were forged, edited or removed, and print each trail's newest hash",
            ),
        )
}

/// A line for each workspace; a broken trail is a failure.
pub(super) async fn check(db: &Db) -> Result<String, Failure> {
    let mut lines = String::new();
    let mut broken = 0;
    for (workspace, trail) in trails(db).await? {
        let verdict = match trail.broken {
            None => "whole".to_owned(),
            Some(wrong) => {
                broken += 1;
                format!("BROKEN: {wrong}")
            }
        };
        lines.push_str(&format!(
            "{}  {}  {} entries  {}  {verdict}\n",
            workspace.id, workspace.name, trail.entries, trail.head
        ));
    }
    match broken {
        0 => Ok(lines),
        _ => Err(Failure::new(format!(
            "an audit trail is not as it was written\n{}",
            lines.trim_end()
        ))
        .exit(Exit::Unhealthy)
        .advice("compare with a backup, and find out who could write to the database")),
    }
}

/// Every workspace with what its trail looks like.
pub(crate) async fn trails(db: &Db) -> Result<Vec<(Workspace, Trail)>, DbError> {
    db.snapshot(|tx| {
        let mut trails = Vec::new();
        for workspace in workspaces::all(tx)? {
            let trail = audit::check(tx, workspace.id)?;
            trails.push((workspace, trail));
        }
        Ok(trails)
    })
    .await
}
