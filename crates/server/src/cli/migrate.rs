//! `tandem migrate`

use kit::{clock::Clock, id::Ids};

use super::{Call, Failure, print, wait};
use crate::{app, wiring};

pub(super) fn run(call: &Call) -> Result<(), Failure> {
    wait(async {
        let opened = app::open(&call.config, Clock::system(), Ids::random())?;
        let applied = opened.db.migrate(wiring::MIGRATIONS).await?;
        opened.db.close().await;
        if applied.is_empty() {
            return print("the database is up to date\n");
        }
        print(&format!("{}\n", applied.join("\n")))
    })
}
