//! Reading mailboxes all the time: one process for each, others take over from one whose beats stand still.
//!
//! A beat is a number that grows. Whether it stands still is seen by whoever looks twice, never by comparing clocks. A
//! process that has lost a mailbox stores nothing of it any more: every transaction of the intake asks.

pub(super) mod store;

use std::collections::HashMap;
use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::text::base64url;
use tandem_core::workspaces::WorkspaceId;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use super::fetching::{self, FetchError};
use crate::mailboxes::{self, MailboxId};

/// How often a reader shows that it is alive.
const BEAT: Duration = Duration::from_secs(15);
/// How long beats stand still before another takes over.
const GONE: Duration = Duration::from_secs(60);
/// The first wait after a failure; it doubles up to [`LONGEST`].
const SHORTEST: Duration = Duration::from_secs(15);
const LONGEST: Duration = Duration::from_secs(600);

/// Who reads a mailbox, and how that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// Which process reads it; empty for none.
    pub holder: String,
    /// Grows while it lives.
    pub beat: i64,
    /// When it was last tried.
    pub tried_at: Option<Timestamp>,
    /// When everything that was there had been stored.
    pub succeeded_at: Option<Timestamp>,
    /// The code of what is wrong; empty while nothing is.
    pub trouble: String,
    /// What the server said to it.
    pub said: String,
    /// How many mails wait on the server, as far as it was seen.
    pub waiting: i64,
}

/// How the mailboxes of a workspace are read.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Watch>, DbError> {
    store::all(tx, workspace)
}

/// Whether this process reads the mailbox.
pub(super) fn holds(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    holder: &str,
) -> Result<bool, DbError> {
    let watch = store::find(tx, workspace, mailbox)?;
    Ok(watch.is_some_and(|watch| watch.holder == holder))
}

/// Takes a mailbox that nobody reads, or whose reader's beat still is `stood`. Gives the beat that stands in the way.
///
/// # Errors
/// [`DbError`] of the database.
pub fn claim(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    holder: &str,
    stood: Option<i64>,
) -> Result<Option<i64>, DbError> {
    if let Some(watch) = store::find(tx, workspace, mailbox)? {
        let is_free = watch.holder.is_empty() || watch.holder == holder || stood == Some(watch.beat);
        if !is_free {
            return Ok(Some(watch.beat));
        }
    }
    store::hold(tx, workspace, mailbox, holder)?;
    Ok(None)
}

/// Notes how a reading went.
pub(super) fn note(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    outcome: Result<i64, (&str, &str)>,
) -> Result<(), DbError> {
    let Some(mut watch) = store::find(tx, workspace, mailbox)? else {
        return Ok(());
    };
    let mut succeeded_at = watch.succeeded_at;
    match outcome {
        Ok(waiting) => {
            watch.waiting = waiting;
            watch.trouble = String::new();
            watch.said = String::new();
            if waiting == 0 {
                succeeded_at = Some(tx.now());
            }
        }
        Err((trouble, said)) => {
            watch.trouble = trouble.to_owned();
            watch.said = said.to_owned();
        }
    }
    store::note(tx, workspace, &watch, succeeded_at)
}

/// Reads every mailbox of the installation until the token ends it.
pub async fn run(db: Db, stop: CancellationToken) {
    let mut mark = [0; 9];
    db.ids().fill(&mut mark);
    let mut watcher = Watcher {
        db,
        holder: base64url(&mark),
        readers: HashMap::new(),
        beats: HashMap::new(),
    };
    let mut woken = watcher.db.wakeups(mailboxes::TOPIC);
    while !stop.is_cancelled() {
        if let Err(error) = watcher.look().await {
            tracing::warn!(%error, "mailboxes can't be looked up");
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = woken.next() => {}
            () = sleep(BEAT) => {}
        }
    }
    watcher.end().await;
}

/// Which mailbox, set up how.
type Which = (WorkspaceId, MailboxId, i64);

/// The readers of this process.
struct Watcher {
    db: Db,
    holder: String,
    readers: HashMap<Which, JoinHandle<()>>,
    /// Beats of other processes, and since when they stand still.
    beats: HashMap<MailboxId, (i64, Instant)>,
}

impl Watcher {
    async fn look(&mut self) -> Result<(), DbError> {
        let all: Vec<Which> = self.db.read(mailboxes::fetched).await?;
        let ended: Vec<Which> = self
            .readers
            .iter()
            .filter(|(which, reader)| !all.contains(which) || reader.is_finished())
            .map(|(which, _)| *which)
            .collect();
        for which in ended {
            self.dismiss(which).await?;
        }
        for which in all {
            if !self.readers.contains_key(&which) {
                self.take(which).await?;
            }
        }
        Ok(())
    }

    async fn take(&mut self, which: Which) -> Result<(), DbError> {
        let (workspace, mailbox, _) = which;
        let stood = self
            .beats
            .get(&mailbox)
            .filter(|(_, since)| since.elapsed() >= GONE);
        let (stood, holder) = (stood.map(|(beat, _)| *beat), self.holder.clone());
        let is_alone = !self.db.is_postgres();
        let claimed = self
            .db
            .write(move |tx| match claim(tx, workspace, mailbox, &holder, stood)? {
                // One process has a file at a time: whoever else held the mailbox was killed.
                Some(beat) if is_alone => claim(tx, workspace, mailbox, &holder, Some(beat)),
                other => Ok(other),
            });
        match claimed.await? {
            None => {
                self.beats.remove(&mailbox);
                let reader = read(self.db.clone(), workspace, mailbox, self.holder.clone());
                self.readers.insert(which, tokio::spawn(reader));
            }
            Some(beat) => {
                let known = self
                    .beats
                    .entry(mailbox)
                    .or_insert_with(|| (beat, Instant::now()));
                if known.0 != beat {
                    *known = (beat, Instant::now());
                }
            }
        }
        Ok(())
    }

    async fn dismiss(&mut self, which: Which) -> Result<(), DbError> {
        let Some(reader) = self.readers.remove(&which) else {
            return Ok(());
        };
        reader.abort();
        // It ends where it waits; what it was storing is stored or not, as a whole.
        let _ = reader.await;
        let ((workspace, mailbox, _), holder) = (which, self.holder.clone());
        self.db
            .write(move |tx| store::leave(tx, workspace, mailbox, &holder))
            .await
    }

    async fn end(&mut self) {
        let all: Vec<Which> = self.readers.keys().copied().collect();
        for which in all {
            if let Err(error) = self.dismiss(which).await {
                tracing::warn!(%error, "a mailbox could not be given back");
            }
        }
    }
}

/// Reads one mailbox until it is lost to another process or gone.
async fn read(db: Db, workspace: WorkspaceId, mailbox: MailboxId, holder: String) {
    tokio::select! {
        () = beat(&db, workspace, mailbox, &holder) => {}
        () = again_and_again(&db, workspace, mailbox, &holder) => {}
    }
}

/// Shows that the reader lives; ends when the mailbox is another's.
async fn beat(db: &Db, workspace: WorkspaceId, mailbox: MailboxId, holder: &str) {
    loop {
        sleep(BEAT).await;
        let holder = holder.to_owned();
        let still = db
            .write(move |tx| {
                let is_held = holds(tx, workspace, mailbox, &holder)?;
                if is_held {
                    store::hold(tx, workspace, mailbox, &holder)?;
                }
                Ok::<_, DbError>(is_held)
            })
            .await;
        if matches!(still, Ok(false)) {
            return;
        }
    }
}

async fn again_and_again(db: &Db, workspace: WorkspaceId, mailbox: MailboxId, holder: &str) {
    let mut pause = SHORTEST;
    loop {
        let begun = Instant::now();
        match fetching::follow(db, workspace, mailbox, holder).await {
            Ok(()) | Err(FetchError::Gone) => return,
            Err(error) => {
                tracing::info!(%mailbox, %error, "a mailbox can't be read");
                fetching::note_trouble(db, workspace, mailbox, &error).await;
            }
        }
        // What went well for a while may be tried again soon.
        if begun.elapsed() > LONGEST {
            pause = SHORTEST;
        }
        sleep_until(Instant::now() + pause).await;
        pause = (pause * 2).min(LONGEST);
    }
}
