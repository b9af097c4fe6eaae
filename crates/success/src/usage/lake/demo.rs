//! Sample files: what a few people did on the last days, sealed day by day.

use std::time::Duration;

use kit::db::{Db, Tx};
use tandem_core::workspaces::WorkspaceId;

use super::sealing::{Rule, seal_all};
use super::{LakeError, blobs};
use crate::usage::folding::fold;
use crate::usage::log::{self, Batch, Entry};
use crate::usage::protocol::read;
use crate::usage::sources::{Gate, SourceId};

/// How many days there are, and how many events on each.
const DAYS: u32 = 4;
const EVENTS: u32 = 24;

/// Makes them, where there is a store for them.
///
/// # Errors
/// Trouble of the database or of the blob store.
pub async fn fill(db: &Db, gate: &Gate) -> Result<(), LakeError> {
    if blobs(db).is_err() {
        return Ok(());
    }
    let (workspace, source) = (gate.workspace, gate.source);
    db.write(move |tx| came(tx, workspace, source)).await?;
    fold(db).await?;
    let rule = Rule {
        newest: 0,
        ..Rule::default()
    };
    seal_all(db, workspace, rule).await.map(drop)
}

fn came(tx: &mut Tx<'_>, workspace: WorkspaceId, source: SourceId) -> Result<(), LakeError> {
    let day = Duration::from_secs(86_400);
    for ago in (1..=DAYS).rev() {
        let mut entries = Vec::new();
        // Some minutes apart, the last one a day and more before now.
        let end = tx.now().minus(day * ago);
        for number in 0..EVENTS {
            let at = end.minus(Duration::from_secs(60) * number);
            let text = format!(
                r#"{{"type":"track","event":"Report opened","userId":"u-700{}","context":{{"groupId":"harbour-freight"}},"properties":{{"rows":{}}},"messageId":"lake-{ago}-{number}"}}"#,
                number % 3 + 1,
                number * 7 % 50
            );
            if let Ok(event) = read(&text, 0, None, (at, None)) {
                entries.push(Entry::of(tx.ids(), &event, &text));
            }
        }
        log::append(tx, workspace, source, &Batch::of(end, entries))?;
    }
    Ok(())
}
