//! Files of old mail that go before their mails were taken: with a person who is erased, and after a while by themselves.

use std::time::Duration;

use kit::blob;
use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use tandem_core::actor::Actor;
use tandem_core::workspaces::WorkspaceId;

use super::model::{MailImport, MailImportState};
use super::{record, store};
use crate::mails::placing::actor;

/// How long a file lies that nobody goes on with.
const PATIENCE: Duration = Duration::from_secs(30 * 86_400);
/// How many are swept at a time.
const MOST: i64 = 100;

/// Forgets a person in all imports: their addresses, and each file from which mails are still to be taken, for nobody knows
/// whether they are in it.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::mails) fn forget(tx: &mut Tx<'_>, actor: &Actor, addresses: &[String]) -> Result<(), DbError> {
    for mut import in store::list(tx, actor.workspace, None, i64::MAX)? {
        if import.file.is_some() {
            lose(
                tx,
                actor,
                import,
                "somebody was erased, and they may have been in the file",
            )?;
            continue;
        }
        let before = import.found.clone();
        import.found.own.retain(|(one, _)| !addresses.contains(one));
        import.found.to.retain(|(one, _)| !addresses.contains(one));
        if import.found != before {
            store::update(tx, actor.workspace, &import)?;
        }
    }
    Ok(())
}

/// Takes files away with which nobody has gone on for long, in all workspaces.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn sweep(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let before = tx.now().minus(PATIENCE);
    for (workspace, import) in lying(tx, before)? {
        lose(
            tx,
            &actor(workspace),
            import,
            "nobody went on with it for 30 days",
        )?;
    }
    Ok(())
}

fn lying(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<(WorkspaceId, MailImport)>, DbError> {
    let mut all = Vec::new();
    for (workspace, id) in store::lying(tx, before, MOST)? {
        // A few in a day.
        all.extend(store::find(tx, workspace, id)?.map(|import| (workspace, import)));
    }
    Ok(all)
}

/// An import whose file is gone can be taken back or thrown away, and nothing else.
fn lose(tx: &mut Tx<'_>, actor: &Actor, mut import: MailImport, problem: &str) -> Result<(), DbError> {
    use MailImportState::{Looking, Paused, Ready, Running};
    if let Some(file) = import.file.take() {
        blob::unlink(tx, actor.workspace.uuid(), file, &import.id.to_string())?;
    }
    import.found.own.clear();
    import.found.to.clear();
    if matches!(import.state, Looking | Ready | Running | Paused) {
        import.state = MailImportState::Failed;
        problem.clone_into(&mut import.problem);
    }
    import.changed_at = tx.now();
    store::update(tx, actor.workspace, &import)?;
    record(tx, actor, &import)
}
