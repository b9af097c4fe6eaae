//! Sample back-fills: one that was run, with lines of every fate, and one whose columns wait to be mapped.

use std::convert::Infallible;

use axum::body::Bytes;
use futures::stream;
use kit::db::Db;
use tandem_core::actor::Actor;
use tandem_core::workspaces::WorkspaceId;

use super::{Backfill, BackfillError, New, files};
use crate::usage::sources::SourceId;

/// Lines that nothing can be made of, as old exports have them.
const WRONG: &str = r#"{"type":"track","userId":"h-1","event":"Export made"}
{"type":"track","userId":"null","event":"Report opened","timestamp":"2025-03-02T09:10:00Z"}
{"type":"track","userId":"h-2","timestamp":"2025-03-02T09:12:00Z"}
{"type":"track","userId":"h-2","event":"Report op
"#;

/// Brings two files for a source. The run of the first is queued.
///
/// # Errors
/// [`BackfillError`]; what was brought so far stays.
pub async fn fill(db: &Db, workspace: WorkspaceId, source: SourceId) -> Result<(), BackfillError> {
    let mut lines = String::new();
    for number in 0..60 {
        let (day, hour) = (1 + number % 28, 8 + number % 9);
        lines.push_str(&format!(
            r#"{{"type":"track","messageId":"old-{number}","userId":"h-{}","event":"Report opened","timestamp":"2025-03-{day:02}T{hour:02}:00:00Z","context":{{"groupId":"harbour-freight"}}}}
"#,
            number % 3
        ));
    }
    lines.push_str(WRONG);
    let run = bring(db, workspace, (source, "events-2025.jsonl"), lines).await?;
    let actor = Actor::system(workspace, "demo");
    db.write(move |tx| super::start(tx, &actor, run.id)).await?;
    // Nobody can tell whether that is March or April.
    let mut lines = String::from("Event Name;User;Company;Date;Plan;Rows\r\n");
    for number in 0..12 {
        let rows = number * 7;
        lines.push_str(&format!(
            "Report opened;h-{number};Harbour Freight;03/04/2024 09:{number:02};Flow;{rows}\r\n"
        ));
    }
    bring(db, workspace, (source, "usage-2024.csv"), lines).await?;
    Ok(())
}

async fn bring(
    db: &Db,
    workspace: WorkspaceId,
    (source, name): (SourceId, &str),
    lines: String,
) -> Result<Backfill, BackfillError> {
    let new = New {
        source,
        file_name: name.to_owned(),
    };
    let content = stream::iter([Ok::<_, Infallible>(Bytes::from(lines))]);
    files::receive(db, &Actor::system(workspace, "demo"), new, content).await
}
