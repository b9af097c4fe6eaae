//! A comparison under way: folder by folder; a run that is cut off begins anew and finds less.

use std::time::Duration;

use kit::db::DbError;
use kit::jobs::{Errand, Job, JobError, Lane};
use mail::imap::client::{Client, ImapError};
use mail::imap::{Listed, batches};
use mail::wire::Place;
use serde::{Deserialize, Serialize};
use tandem_core::workspaces::WorkspaceId;

use super::super::fetching::{self, BATCH, BYTES, FetchError, Reader, STAY};
use super::compare::compare;
use super::{FolderFound, Phase, step, store};
use crate::mailboxes::reach::MailReach;
use crate::mailboxes::{MailboxId, WireWay};

/// Longest time for one run.
pub const LONGEST: Duration = Duration::from_secs(3_600);

/// Compares a mailbox with its server and fetches what is missing.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reconcile {
    pub(super) mailbox: MailboxId,
    pub(super) mark: String,
}

impl Job for Reconcile {
    const KIND: &'static str = "mails.reconcile";
    const LANE: Lane = Lane::Slow;
}

/// Compares and fetches. What went wrong with the server stands in the comparison.
///
/// # Errors
/// The database's; the job is then tried again.
pub async fn reconcile(errand: Errand, job: Reconcile) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let (db, id, mark) = (errand.db(), job.mailbox, job.mark);
    let named = mark.clone();
    let is_wanted = db
        .write(move |tx| {
            let is_wanted = step(tx, workspace, (id, &named), |now| now.phase = Phase::Running)?;
            if is_wanted {
                store::forget_folders(tx, workspace, id)?;
            }
            Ok::<_, DbError>(is_wanted)
        })
        .await?;
    if !is_wanted {
        return Ok(());
    }
    let (phase, (trouble, said)) = match all(&errand, workspace, id).await {
        Ok(()) => (Phase::Done, ("", String::new())),
        Err(Ended::Asked) => return Err(JobError::Stopped),
        Err(Ended::Fetch(FetchError::Db(error))) => return Err(error.into()),
        Err(Ended::Fetch(error)) => {
            tracing::info!(mailbox = %id, %error, "a mailbox could not be compared with its server");
            (Phase::Failed, fetching::trouble(&error))
        }
    };
    db.write(move |tx| {
        let now = tx.now();
        step(tx, workspace, (id, &mark), |one| {
            one.phase = phase;
            one.trouble = trouble.to_owned();
            one.said.clone_from(&said);
            one.ended_at = Some(now);
        })
    })
    .await?;
    Ok(())
}

/// Why a comparison ended before its end.
enum Ended {
    /// This node is stopping, or somebody cancelled the job.
    Asked,
    /// The server, or the way there.
    Fetch(FetchError),
}

impl<E: Into<FetchError>> From<E> for Ended {
    fn from(error: E) -> Self {
        Self::Fetch(error.into())
    }
}

async fn all(errand: &Errand, workspace: WorkspaceId, id: MailboxId) -> Result<(), Ended> {
    let (reader, reach, way) = fetching::prepared(errand.db(), workspace, id, "").await?;
    let mut talk = Talk::begun(&reader, &reach, &way).await?;
    for (place, folder) in reader.mailbox.all_folders().enumerate() {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        talk = one(errand, talk, folder, place).await?;
    }
    talk.client.leave().await;
    Ok(())
}

/// A conversation with the server that makes room for others in between.
struct Talk<'a> {
    reader: &'a Reader<'a>,
    reach: &'a MailReach,
    way: &'a WireWay,
    client: Client,
    place: Place,
}

impl<'a> Talk<'a> {
    async fn begun(
        reader: &'a Reader<'a>,
        reach: &'a MailReach,
        way: &'a WireWay,
    ) -> Result<Self, FetchError> {
        let (workspace, id) = (reader.workspace, reader.mailbox.id);
        let opened = way.clone().opened(reader.db, workspace, id).await?;
        let place = reach.budget.place(&way.server.host).await;
        Ok(Self {
            reader,
            reach,
            way,
            client: reader.entered(reach, opened).await?,
            place,
        })
    }

    /// The same; where others wait for a place at this host, a new one once it is our turn again.
    async fn rested(mut self) -> Result<(Self, bool), FetchError> {
        if !self.place.is_wanted(STAY) {
            return Ok((self, false));
        }
        self.client.leave().await;
        drop(self.place);
        Ok((Self::begun(self.reader, self.reach, self.way).await?, true))
    }
}

/// Compares one folder, and fetches what is missing of it.
async fn one<'a>(errand: &Errand, mut talk: Talk<'a>, folder: &str, place: i64) -> Result<Talk<'a>, Ended> {
    let reader = talk.reader;
    let survey = match talk.client.survey(folder, None).await {
        Ok(survey) => survey,
        Err(ImapError::NoSuchFolder) => {
            let found = FolderFound {
                folder: folder.to_owned(),
                ..FolderFound::default()
            };
            note(reader, place, &found).await?;
            return Ok(talk);
        }
        Err(error) => return Err(error.into()),
    };
    let (mut found, missing) = compared(reader, folder, survey.validity, survey.listing).await?;
    note(reader, place, &found).await?;
    for batch in batches(&missing, BATCH, BYTES) {
        errand.go_on().map_err(|_| Ended::Asked)?;
        let mut raws = Vec::with_capacity(batch.len());
        let mut coming = talk.client.fetch(batch).await?;
        while let Some(fetched) = coming.next().await? {
            raws.extend(fetching::raw(folder, survey.validity, fetched));
        }
        found.fetched += i64::try_from(raws.len()).unwrap_or_default();
        reader.store_beside(raws).await?;
        note(reader, place, &found).await?;
        let (rested, is_new) = talk.rested().await?;
        talk = rested;
        // Made anew meanwhile, the folder knows its mails by other UIDs: the next comparison finds them.
        if is_new && talk.client.open(folder, false).await?.validity != survey.validity {
            break;
        }
    }
    Ok(talk)
}

async fn compared(
    reader: &Reader<'_>,
    folder: &str,
    validity: u32,
    listing: Vec<Listed>,
) -> Result<(FolderFound, Vec<Listed>), FetchError> {
    let (workspace, id, name) = (reader.workspace, reader.mailbox.id, folder.to_owned());
    let (here, elsewhere) = reader
        .db
        .read(move |tx| {
            let here = store::here(tx, workspace, id, &name)?;
            Ok::<_, FetchError>((here, store::elsewhere(tx, workspace, id, &name)?))
        })
        .await?;
    let horizon = fetching::horizon(&reader.mailbox, folder).0;
    let found = compare(validity, listing, &here, &elsewhere, horizon);
    let shown = FolderFound {
        folder: folder.to_owned(),
        is_there: true,
        on_server: found.on_server,
        known: found.known,
        renumbered: found.renumbered,
        moved: found.moved,
        older: found.older,
        missing: i64::try_from(found.missing.len()).unwrap_or(i64::MAX),
        fetched: 0,
        gone: found.gone,
    };
    Ok((shown, found.missing))
}

async fn note(reader: &Reader<'_>, place: i64, found: &FolderFound) -> Result<(), FetchError> {
    let (workspace, id, found) = (reader.workspace, reader.mailbox.id, found.clone());
    reader
        .db
        .write(move |tx| store::put_folder(tx, workspace, (id, place), &found))
        .await?;
    Ok(())
}
