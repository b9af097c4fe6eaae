//! `tandem search`: the search index of this machine.

use std::sync::atomic::{AtomicU64, Ordering};

use clap::Command;
use kit::clock::Clock;
use kit::id::Ids;
use kit::search::SearchError;
use tandem_core::search::{self, IndexError};

use super::{Call, Failure, print, progress, wait};
use crate::{app, stores};

/// After how many documents it is said how far the work is.
const STEP: u64 = 50_000;

pub(super) fn arguments(command: Command) -> Command {
    command.subcommand_required(true).subcommand(
        Command::new("rebuild")
            .about("Build the index anew beside the one in use, also beside a running server"),
    )
}

pub(super) fn run(call: &Call) -> Result<(), Failure> {
    wait(async {
        let opened = app::open_beside(&call.config, Clock::system(), Ids::random())?;
        let said = AtomicU64::new(0);
        let told = |count: u64| {
            if said.fetch_max(count / STEP, Ordering::Relaxed) < count / STEP {
                progress(&format!("{count} documents"));
            }
        };
        let search = stores::search(&call.config);
        let documents = search::rebuild(&opened.db, search.shelf(), search.sources(), told).await?;
        opened.db.close().await;
        print(&format!("{documents} documents\n"))
    })
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        match error {
            IndexError::Db(error) => error.into(),
            IndexError::Search(error @ SearchError::Busy) => {
                Self::new(error.to_string()).advice("wait until it is done")
            }
            IndexError::Search(error) => Self::new(error.to_string())
                .advice("make sure that the data folder has room and belongs to this user"),
        }
    }
}
