//! Reconciling: what a mailbox's server has is compared with what is stored, and what is missing is fetched.
//!
//! Each mail of a folder is known by its place (UIDVALIDITY and UID), else by what it is: Message-ID and size, or its date
//! where it has no Message-ID. Nothing is changed on the server, and nothing is stored twice. What is stored here and gone
//! there stays here.

pub mod api;
mod compare;
pub mod jobs;
pub(super) mod store;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::jobs::Queue;
use kit::text::base64url;
use tandem_core::actor::Actor;
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{LIST, MailError};
use crate::mailboxes::{self, Incoming, Mailbox, MailboxId};

/// A comparison was asked for, or is over.
pub const CHANGED: Kind = Kind::new("mail.reconciled", Permission::MailboxesRead);

/// Where a comparison is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It begins in a moment.
    Waiting,
    /// It is under way.
    Running,
    /// It is over.
    Done,
    /// It was given up; what was fetched stays.
    Failed,
}

impl Phase {
    const ALL: [Self; 4] = [Self::Waiting, Self::Running, Self::Done, Self::Failed];

    /// The word in rows and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.as_str() == word)
    }

    /// Whether it is not over.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// The newest comparison of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// Tells it from the one before.
    mark: String,
    /// Where it is.
    pub phase: Phase,
    /// The code of what went wrong; empty while nothing has.
    pub trouble: String,
    /// What the server said to it.
    pub said: String,
    /// Who asked for it.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// What was found, folder by folder, as far as it has come.
    pub folders: Vec<FolderFound>,
}

/// What was found in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderFound {
    /// Its name.
    pub folder: String,
    /// Whether the server has it.
    pub is_there: bool,
    /// Mails on the server.
    pub on_server: i64,
    /// Of those, stored from this place.
    pub known: i64,
    /// Stored, under another number.
    pub renumbered: i64,
    /// Stored from another folder.
    pub moved: i64,
    /// From before the mailbox was connected.
    pub older: i64,
    /// Not stored.
    pub missing: i64,
    /// Fetched of those.
    pub fetched: i64,
    /// Stored here and no longer in this folder there.
    pub gone: i64,
}

impl Reconciliation {
    /// What is missing in all folders, and how much of it was fetched.
    pub fn progress(&self) -> (i64, i64) {
        let sum = |of: fn(&FolderFound) -> i64| self.folders.iter().map(of).sum();
        (sum(|one| one.fetched), sum(|one| one.missing))
    }
}

/// Begins to compare a mailbox with its server; one that is under way goes on.
///
/// # Errors
/// [`MailError::NotRead`] for a mailbox that is not read from a server, [`MailError::Unknown`], a missing permission.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Reconciliation, MailError> {
    actor.must(Permission::MailsWrite)?;
    let workspace = actor.workspace;
    let mailbox = mailboxes::one(tx, workspace, id)?.ok_or(MailError::Unknown)?;
    if !mailbox.is_open() || mailbox.incoming != Incoming::Imap {
        return Err(MailError::NotRead);
    }
    if let Some(now) = store::find(tx, workspace, id)?.filter(|now| now.phase.is_open()) {
        // Whatever had it in hand may have been given up.
        queue(tx, workspace, &now)?;
        return Ok(now);
    }
    let mut mark = [0; 9];
    tx.ids().fill(&mut mark);
    let asked = Reconciliation {
        mailbox: id,
        mark: base64url(&mark),
        phase: Phase::Waiting,
        trouble: String::new(),
        said: String::new(),
        asked_by: actor.signature(),
        asked_at: tx.now(),
        ended_at: None,
        folders: Vec::new(),
    };
    store::forget_folders(tx, workspace, id)?;
    store::put(tx, workspace, &asked)?;
    queue(tx, workspace, &asked)?;
    tell(tx, actor, id)?;
    Ok(asked)
}

fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, asked: &Reconciliation) -> Result<(), DbError> {
    let (mailbox, mark) = (asked.mailbox, asked.mark.clone());
    let job = jobs::Reconcile { mailbox, mark };
    let queue = Queue::new(&job).workspace(workspace);
    queue.key(format!("reconcile {mailbox}")).put(tx).map(drop)
}

/// The newest comparison of a mailbox.
///
/// # Errors
/// [`MailError::Unknown`] for a mailbox of no or another workspace; a missing permission.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Option<Reconciliation>, MailError> {
    actor.must(Permission::MailboxesRead)?;
    let mailbox: Option<Mailbox> = mailboxes::one(tx, actor.workspace, id)?;
    mailbox.ok_or(MailError::Unknown)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// Changes the comparison that `mark` names, if it is still the newest and not over.
fn step(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (id, mark): (MailboxId, &str),
    change: impl FnOnce(&mut Reconciliation),
) -> Result<bool, DbError> {
    let is_it = |now: &Reconciliation| now.mark == mark && now.phase.is_open();
    let Some(mut now) = store::find(tx, workspace, id)?.filter(is_it) else {
        return Ok(false);
    };
    change(&mut now);
    store::put(tx, workspace, &now)?;
    tell(tx, &Actor::system(workspace, "mail"), id)?;
    Ok(true)
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<(), DbError> {
    let event = NewEvent::of(&CHANGED, id).topic(LIST);
    events::record(tx, actor, event)?;
    Ok(())
}
