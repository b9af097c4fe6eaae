//! What runs in the background: looking through a file, taking its mails, and taking them back.

use std::time::Duration;

use kit::blob;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{About, Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::workspaces::WorkspaceId;

use super::heads::Look;
use super::model::{Found, MailImport, MailImportError, MailImportState, Phase};
use super::ours::Ours;
use super::{MailImportId, blobs, bringing, forgetting, keeping, record, source, store, undoing, unpacking};
use crate::mails::placing::actor;

/// How long one attempt may take: a large file takes its time, and goes on where it was.
pub const LONGEST: Duration = Duration::from_secs(12 * 3_600);
/// After how many mails it is said how far the look through a file is.
const SOMETIMES: i64 = 500;

/// Carries an import of old mail on, or back: whatever its state asks for.
#[derive(Debug, Serialize, Deserialize)]
pub struct Carry {
    import: MailImportId,
}

impl Job for Carry {
    const KIND: &'static str = "mails.carry-old";
    const LANE: Lane = Lane::Slow;
}

/// Sweeps files away with which nobody goes on, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "mails.sweep-old";
}

/// Takes away what has waited for longer than 30 days.
///
/// # Errors
/// The database's.
pub fn sweep(tx: &mut Tx<'_>, _: &Sweep, _: &About) -> Result<(), JobError> {
    Ok(forgetting::sweep(tx)?)
}

pub(super) fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, import: MailImportId) -> Result<(), DbError> {
    let job = Carry { import };
    let queue = Queue::new(&job).workspace(workspace).key(import.to_string());
    queue.put(tx).map(drop)
}

/// Whether there is more to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// So much of so much is done.
    GoOn(i64, i64),
    /// Its end, or somebody paused it.
    Stop,
}

/// Why the work ended before its end.
pub(super) enum Stopped {
    /// This node is stopping, or somebody cancelled the job.
    Asked,
    /// The job has to be tried again, or is over.
    Job(JobError),
    /// The import can't go on.
    Failed(MailImportError),
}

impl<E: Into<MailImportError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Carries an import on from where it is until it is over or somebody pauses it.
///
/// # Errors
/// Trouble of the database or of the store of files; the job then goes on where it was.
pub async fn carry(errand: Errand, job: Carry) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let id = job.import;
    let carried = carried(&errand, workspace, id).await;
    match carried {
        Ok(()) => Ok(()),
        Err(Stopped::Asked) => Err(JobError::Stopped),
        Err(Stopped::Job(error)) => Err(error),
        Err(Stopped::Failed(MailImportError::Db(error))) => Err(error.into()),
        Err(Stopped::Failed(MailImportError::Blob(error))) if error.is_temporary() => {
            Err(JobError::retry(error.to_string()))
        }
        Err(Stopped::Failed(error)) => {
            let problem = error.to_string();
            let failed = errand.db().write(move |tx| fail(tx, workspace, id, &problem));
            failed.await.map_err(|error: DbError| error.into())
        }
    }
}

/// Goes from one part of the work to the next.
async fn carried(errand: &Errand, workspace: WorkspaceId, id: MailImportId) -> Result<(), Stopped> {
    loop {
        errand.go_on().map_err(|_| Stopped::Asked)?;
        let found = errand.db().read(move |tx| store::find(tx, workspace, id)).await?;
        let Some(import) = found else {
            return Ok(());
        };
        match (import.state, import.phase) {
            (MailImportState::Looking, Phase::Unpacking) => {
                unpacking::unpack(errand, workspace, &import).await?;
            }
            (MailImportState::Looking, _) => looked(errand, workspace, &import).await?,
            (MailImportState::Running, Phase::Keeping) => keeping::keep(errand, workspace, &import).await?,
            (MailImportState::Running, Phase::Sorting) => keeping::sort(errand, workspace, id).await?,
            (MailImportState::Running, Phase::Placing) => bringing::bring(errand, workspace, &import).await?,
            (MailImportState::Undoing, _) => undoing::take_back(errand, workspace, id).await?,
            _ => return Ok(()),
        }
    }
}

fn fail(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailImportId, problem: &str) -> Result<(), DbError> {
    let found = store::find(tx, workspace, id)?;
    let Some(mut import) = found.filter(MailImport::is_moving) else {
        return Ok(());
    };
    import.state = MailImportState::Failed;
    problem.clone_into(&mut import.problem);
    import.changed_at = tx.now();
    store::update(tx, workspace, &import)?;
    record(tx, &actor(workspace), &import)
}

/// Looks through a file: nothing of it is kept but what it comes to.
async fn looked(errand: &Errand, workspace: WorkspaceId, import: &MailImport) -> Result<(), Stopped> {
    let (db, id, hash) = (errand.db(), import.id, import.file);
    let named = import.choices.own.clone();
    let (file, ours) = db
        .read(move |tx| {
            let file = match hash {
                Some(hash) => blob::find(tx, workspace.uuid(), hash)?,
                None => None,
            };
            Ok::<_, DbError>((file, Ours::of(tx, workspace, &named)?))
        })
        .await?;
    let file = file.ok_or(MailImportError::Unknown)?;
    let mut mails = source::mails(&blobs(db)?, &file, 0)
        .await
        .map_err(MailImportError::from)?;
    let (mut look, mut count) = (Look::default(), 0);
    while let Some(mail) = mails.recv().await {
        let mail = mail.map_err(|error| Stopped::Job(JobError::retry(error.to_string())))?;
        look.at(&mail, &ours, db.clock().now());
        count += 1;
        if count % SOMETIMES == 0 {
            errand.go_on().map_err(|_| Stopped::Asked)?;
            let position = i64::try_from(mail.next).unwrap_or(i64::MAX);
            errand.progress(position, import.size);
            let found = Found::default();
            db.write(move |tx| note(tx, workspace, (id, position), found.clone()))
                .await?;
        }
    }
    let found = look.end();
    if found.mails == 0 {
        return Err(MailImportError::Empty.into());
    }
    db.write(move |tx| note(tx, workspace, (id, 0), found.clone()))
        .await?;
    Ok(())
}

/// How far the look is; with mails, what it came to.
fn note(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (id, position): (MailImportId, i64),
    found: Found,
) -> Result<(), DbError> {
    let import = store::find(tx, workspace, id)?;
    let Some(mut import) = import.filter(|import| import.state == MailImportState::Looking) else {
        return Ok(());
    };
    if found.mails > 0 {
        import.state = MailImportState::Ready;
    }
    let left_out = import.found.left_out;
    import.found = Found { left_out, ..found };
    import.position = position;
    import.changed_at = tx.now();
    store::update(tx, workspace, &import)?;
    record(tx, &actor(workspace), &import)
}
