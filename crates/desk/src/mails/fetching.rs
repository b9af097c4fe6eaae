//! Reading a mailbox by IMAP: what is new in each folder is stored with the place, batch by batch.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use mail::imap::client::{Client, Entry, Fetched, ImapError, Survey};
use mail::imap::{Cursor, Listed, Remembered, batches};
use tandem_core::workspaces::WorkspaceId;

use super::intake::{self, IntakeError, Progress, Raw};
use super::{Arrival, watching};
use crate::mailboxes::reach::MailReach;
use crate::mailboxes::{self, GrantError, Mailbox, MailboxError, MailboxId, WireWay, grants};

/// Mails of one batch, and their bytes.
pub(super) const BATCH: usize = 25;
pub(super) const BYTES: u64 = 16 << 20;
/// How long before a mailbox was connected mail counts.
pub(super) const BEFORE: Duration = mailboxes::BEFORE;
/// Longest wait for mail before everything is looked at again.
const WAIT: Duration = Duration::from_secs(300);
/// The same where there are folders that nobody tells us of.
const WAIT_FOR_MANY: Duration = Duration::from_secs(60);
/// How long a mailbox has its connection before it makes room for others that wait for one to the same host.
pub(super) const STAY: Duration = Duration::from_secs(20);
/// How often a server without IDLE is asked.
const POLL: Duration = Duration::from_secs(60);

/// Why a mailbox is not read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum FetchError {
    /// The mailbox is archived, gone, or read another way.
    #[error("the mailbox is not read from a server any more")]
    Gone,
    /// The server, or the way there.
    #[error(transparent)]
    Imap(#[from] ImapError),
    /// It could not be stored.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The mailbox itself.
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    /// There is no token for it.
    #[error(transparent)]
    Grant(#[from] GrantError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// One who reads, and what.
pub(super) struct Reader<'a> {
    pub(super) db: &'a Db,
    pub(super) workspace: WorkspaceId,
    pub(super) mailbox: Mailbox,
    holder: &'a str,
}

/// Reads everything that is new in a mailbox once; the caller has claimed it. Gives how many mails were stored.
///
/// # Errors
/// [`FetchError`]; what was stored before stays.
pub async fn once(
    db: &Db,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    holder: &str,
) -> Result<usize, FetchError> {
    let (reader, reach, way) = prepared(db, workspace, mailbox, holder).await?;
    let way = way.opened(db, workspace, mailbox).await?;
    let _place = reach.budget.place(&way.server.host).await;
    let mut client = reader.entered(&reach, way).await?;
    let count = reader.everything(&mut client).await?;
    client.leave().await;
    Ok(count)
}

/// Reads a mailbox, waits for mail, and reads again, until it fails or is gone.
pub(super) async fn follow(
    db: &Db,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    holder: &str,
) -> Result<(), FetchError> {
    let (reader, reach, way) = prepared(db, workspace, mailbox, holder).await?;
    let wait = if reader.mailbox.all_folders().nth(1).is_some() {
        WAIT_FOR_MANY
    } else {
        WAIT
    };
    loop {
        let opened = way.clone().opened(db, workspace, mailbox).await?;
        let mut place = reach.budget.place(&way.server.host).await;
        let mut client = reader.entered(&reach, opened).await?;
        loop {
            reader.everything(&mut client).await?;
            tokio::select! {
                woken = client.wait(wait, POLL) => { woken?; }
                // Its connection ends in the middle of waiting: nothing is under way.
                () = place.wanted(STAY) => break,
            }
        }
    }
}

/// Keeps what went wrong for those who look after the mailbox.
pub(super) async fn note_trouble(db: &Db, workspace: WorkspaceId, mailbox: MailboxId, error: &FetchError) {
    let (trouble, said) = trouble(error);
    let noted = db.write(move |tx| watching::note(tx, workspace, mailbox, Err((trouble, &said))));
    if let Err(error) = noted.await {
        tracing::warn!(%mailbox, %error, "what is wrong with a mailbox could not be kept");
    }
}

/// The code of a problem, as the test of a connection names it, and the server's words.
pub(super) fn trouble(error: &FetchError) -> (&'static str, String) {
    match error {
        FetchError::Imap(error) => {
            let (problem, said) = mail::probe::problem_of(error.clone());
            (problem.code(), said.unwrap_or_default())
        }
        FetchError::Mailbox(MailboxError::Seal(_)) => ("secret", String::new()),
        FetchError::Grant(error) => {
            let (problem, said) = error.problem();
            (problem.code(), said.unwrap_or_default())
        }
        _ => ("try_later", String::new()),
    }
}

pub(super) async fn prepared<'a>(
    db: &'a Db,
    workspace: WorkspaceId,
    id: MailboxId,
    holder: &'a str,
) -> Result<(Reader<'a>, Arc<MailReach>, WireWay), FetchError> {
    let (mailbox, way) = db
        .read(move |tx| {
            let mailbox = mailboxes::one(tx, workspace, id)?.filter(Mailbox::is_open);
            Ok::<_, FetchError>((mailbox, mailboxes::incoming_way(tx, workspace, id)?))
        })
        .await?;
    let (Some(mailbox), Some(way)) = (mailbox, way) else {
        return Err(FetchError::Gone);
    };
    let reach: Option<Arc<MailReach>> = db.attached();
    let reader = Reader {
        db,
        workspace,
        mailbox,
        holder,
    };
    Ok((reader, reach.ok_or(FetchError::Gone)?, way))
}

impl Reader<'_> {
    /// A conversation with the server, in which we are in.
    pub(super) async fn entered(&self, reach: &MailReach, way: WireWay) -> Result<Client, FetchError> {
        let id = self.mailbox.id;
        let way = way.opened(self.db, self.workspace, id).await?;
        let credentials = way.credentials.as_ref().ok_or(ImapError::NoWayIn)?;
        let entry = Entry::knock(&reach.reach, &way.server).await?;
        let entered = entry.enter(credentials).await;
        if matches!(entered, Err(ImapError::TokenRefused(_))) {
            grants::doubt(self.db, self.workspace, id).await?;
        }
        Ok(entered?)
    }

    /// All folders; the first is open at the end, so that its mail wakes us. What was sent comes after what it answers.
    async fn everything(&self, client: &mut Client) -> Result<usize, FetchError> {
        let mailbox = &self.mailbox;
        let (sent, others): (Vec<&str>, Vec<&str>) =
            mailbox.all_folders().partition(|folder| mailbox.is_sent(folder));
        let mut count = 0;
        for folder in others.iter().rev() {
            count += self.folder(client, folder).await?;
        }
        for folder in &sent {
            count += self.folder(client, folder).await?;
        }
        if let Some(first) = others.first().filter(|_| !sent.is_empty()) {
            count += self.folder(client, first).await?;
        }
        let (workspace, id) = (self.workspace, self.mailbox.id);
        self.db
            .write(move |tx| watching::note(tx, workspace, id, Ok(0)))
            .await?;
        Ok(count)
    }

    async fn folder(&self, client: &mut Client, folder: &str) -> Result<usize, FetchError> {
        let mut cursor = self.cursor(folder).await?;
        let survey = client.survey(folder, cursor).await?;
        let ledger = self.ledger(folder, &survey).await?;
        let wanted = self.new_enough(folder, survey.wanted(&ledger), &survey);
        let mut left = wanted.len();
        let mut count = 0;
        for batch in batches(&wanted, BATCH, BYTES) {
            if left > BATCH {
                self.note_waiting(left).await?;
            }
            let mut raws = Vec::with_capacity(batch.len());
            let mut fetching = client.fetch(batch).await?;
            while let Some(fetched) = fetching.next().await? {
                raws.extend(raw(folder, survey.validity, fetched));
            }
            cursor = survey.after(cursor, batch);
            count += self.store(folder, raws, cursor).await?;
            left = left.saturating_sub(batch.len());
        }
        let end = survey.end(cursor);
        if end != cursor {
            self.store(folder, Vec::new(), end).await?;
        }
        Ok(count)
    }

    async fn cursor(&self, folder: &str) -> Result<Option<Cursor>, DbError> {
        let (workspace, id, folder) = (self.workspace, self.mailbox.id, folder.to_owned());
        self.db
            .read(move |tx| watching::store::cursor(tx, workspace, id, &folder))
            .await
    }

    /// What we remember of a folder, where UIDs have lost their meaning.
    async fn ledger(&self, folder: &str, survey: &Survey) -> Result<Vec<Remembered>, DbError> {
        if !survey.must_compare() {
            return Ok(Vec::new());
        }
        let (workspace, id, folder) = (self.workspace, self.mailbox.id, folder.to_owned());
        let known = self
            .db
            .read(move |tx| watching::store::ledger(tx, workspace, id, &folder))
            .await?;
        let remembered = |(size, arrived, message_id): (i64, Timestamp, String)| Remembered {
            size: u32::try_from(size).unwrap_or(u32::MAX),
            arrived: jiff::Timestamp::from_microsecond(arrived.0).unwrap_or_default(),
            message_id: Some(message_id).filter(|id| !id.is_empty()),
        };
        Ok(known.into_iter().map(remembered).collect())
    }

    /// Mail of long before a mailbox was connected stays where it is: it was answered elsewhere.
    fn new_enough(&self, folder: &str, mut wanted: Vec<Listed>, survey: &Survey) -> Vec<Listed> {
        if let Some(to) = survey.compared_to() {
            let horizon = horizon(&self.mailbox, folder).0;
            wanted.retain(|mail| mail.uid > to || mail.arrived.as_microsecond() >= horizon);
        }
        wanted
    }

    async fn note_waiting(&self, left: usize) -> Result<(), DbError> {
        let (workspace, id, left) = (
            self.workspace,
            self.mailbox.id,
            i64::try_from(left).unwrap_or(i64::MAX),
        );
        self.db
            .write(move |tx| watching::note(tx, workspace, id, Ok(left)))
            .await
    }

    /// Stores mails that were asked for beside the usual way: the place of their folder stays.
    pub(super) async fn store_beside(&self, raws: Vec<Raw>) -> Result<usize, IntakeError> {
        intake::keep(self.db, self.workspace, self.mailbox.id, raws, None).await
    }

    async fn store(
        &self,
        folder: &str,
        raws: Vec<Raw>,
        cursor: Option<Cursor>,
    ) -> Result<usize, IntakeError> {
        let progress = Progress {
            folder: folder.to_owned(),
            cursor,
            holder: self.holder.to_owned(),
        };
        intake::keep(self.db, self.workspace, self.mailbox.id, raws, Some(progress)).await
    }
}

/// What arrived in a folder before this moment stays there.
pub(super) fn horizon(mailbox: &Mailbox, folder: &str) -> Timestamp {
    let since = mailbox.sent_since.filter(|_| folder == mailbox.sent_folder);
    since.unwrap_or_else(|| mailbox.created_at.minus(BEFORE))
}

/// A fetched mail on its way in; nothing for one that was gone when it was asked for.
pub(super) fn raw(folder: &str, validity: u32, fetched: Fetched) -> Option<Raw> {
    let (listed, bytes): (Listed, Option<Bytes>) = match fetched {
        Fetched::Mail { listed, raw } => (listed, Some(Bytes::from(raw))),
        Fetched::TooLarge(listed) => (listed, None),
        Fetched::Gone(_) => return None,
    };
    let arrival = Arrival {
        folder: folder.to_owned(),
        // Where the server says no validity, a place means nothing.
        place: (validity > 0).then(|| (i64::from(validity), i64::from(listed.uid))),
        blob: None,
        size: i64::from(listed.size),
        arrived_at: Timestamp(listed.arrived.as_microsecond()),
        stored_at: Timestamp(0),
        envelope_from: String::new(),
        envelope_to: Vec::new(),
        peer: String::new(),
        hello: String::new(),
        message_id: listed.message_id.unwrap_or_default(),
    };
    Some(Raw { arrival, bytes })
}
