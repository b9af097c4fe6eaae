//! Replaying: the stored mail of a mailbox is read again over the same bytes, because the program has learnt since.
//!
//! What is derived from bytes is derived anew: words, files, what is odd, who or what wrote, what servers that we believe say
//! of the sender. What was decided stays: the ticket, its fields, its contact, what agents wrote. What the DNS said of a sender
//! when the mail came stays too, because keys and records of others change. A mail that could not be read gets another chance.
//! Each step stores what it did and where it is in one transaction, so that one that is cut off goes on there.

pub mod api;
pub mod jobs;
pub(super) mod renewing;
pub(super) mod store;
pub mod web;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::jobs::Queue;
use kit::text::base64url;
use tandem_core::actor::Actor;
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{LIST, MailError, MailId};
use crate::mailboxes::{self, MailboxId};

/// Stored mail is read again: it began, came on, was paused or is over.
pub const CHANGED: Kind = Kind::new("mail.replayed", Permission::MailboxesRead);

/// Where a replay is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It begins or goes on in a moment.
    Waiting,
    /// It is under way.
    Running,
    /// Somebody has paused it.
    Paused,
    /// It is over.
    Done,
    /// Somebody has ended it; what was read stays.
    Cancelled,
}

impl Phase {
    const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Running,
        Self::Paused,
        Self::Done,
        Self::Cancelled,
    ];

    /// The word in rows and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.as_str() == word)
    }

    /// Whether a job is or will be at it.
    pub const fn is_moving(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }

    /// Whether it is not over.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running | Self::Paused)
    }
}

/// The newest replay of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// Tells it from the one before.
    mark: String,
    /// Where it is.
    pub phase: Phase,
    /// The version of the reader that reads.
    pub parser: i64,
    /// Mail that came later was read by this version anyway.
    until: MailId,
    /// The last mail that was looked at.
    at: MailId,
    /// How many mails there were to look at.
    pub total: i64,
    /// How many were looked at.
    pub looked: i64,
    /// Of those, how many say something else now.
    pub changed: i64,
    /// Of those, how many could not be read; what was known of them stays.
    pub unread: i64,
    /// Who asked for it.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

/// Begins to read the mail of a mailbox again; one that is under way or paused goes on.
///
/// # Errors
/// [`MailError::Unknown`] for a mailbox of no or another workspace; a missing permission.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Replay, MailError> {
    actor.must(Permission::MailsWrite)?;
    let workspace = actor.workspace;
    mailboxes::one(tx, workspace, id)?.ok_or(MailError::Unknown)?;
    if let Some(mut now) = store::find(tx, workspace, id)?.filter(|now| now.phase.is_open()) {
        if now.phase == Phase::Paused {
            now.phase = Phase::Waiting;
            store::put(tx, workspace, &now)?;
            tell(tx, actor, id)?;
        }
        // Whatever had it in hand may have been given up.
        queue(tx, workspace, &now)?;
        return Ok(now);
    }
    let mut mark = [0; 9];
    tx.ids().fill(&mut mark);
    let until = tx.new_id();
    let asked = Replay {
        mailbox: id,
        mark: base64url(&mark),
        phase: Phase::Waiting,
        parser: mail::PARSER,
        until,
        at: MailId::from_uuid(Uuid::nil()),
        total: store::count(tx, workspace, id, until)?,
        looked: 0,
        changed: 0,
        unread: 0,
        asked_by: actor.signature(),
        asked_at: tx.now(),
        ended_at: None,
    };
    store::put(tx, workspace, &asked)?;
    queue(tx, workspace, &asked)?;
    tell(tx, actor, id)?;
    Ok(asked)
}

/// Begins to read the mail of all mailboxes again.
///
/// # Errors
/// As of [`begin`].
pub fn begin_all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Replay>, MailError> {
    let mut begun = Vec::new();
    for mailbox in mailboxes::all(tx, actor.workspace)? {
        begun.push(begin(tx, actor, mailbox.id)?);
    }
    Ok(begun)
}

/// Pauses a replay: it stays where it is.
///
/// # Errors
/// [`MailError::NoReplay`] where none is under way; as of [`begin`].
pub fn pause(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Replay, MailError> {
    turn(tx, actor, id, (Phase::is_moving, Phase::Paused))
}

/// Goes on with a replay that was paused.
///
/// # Errors
/// [`MailError::NoReplay`] where none is paused; as of [`begin`].
pub fn resume(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Replay, MailError> {
    let now = turn(tx, actor, id, (|phase| phase == Phase::Paused, Phase::Waiting))?;
    queue(tx, actor.workspace, &now)?;
    Ok(now)
}

/// Ends a replay where it is; what was read stays.
///
/// # Errors
/// [`MailError::NoReplay`] where none is open; as of [`begin`].
pub fn cancel(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Replay, MailError> {
    turn(tx, actor, id, (Phase::is_open, Phase::Cancelled))
}

fn turn(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MailboxId,
    (fits, phase): (fn(Phase) -> bool, Phase),
) -> Result<Replay, MailError> {
    actor.must(Permission::MailsWrite)?;
    mailboxes::one(tx, actor.workspace, id)?.ok_or(MailError::Unknown)?;
    let found = store::find(tx, actor.workspace, id)?;
    let mut now = found.filter(|now| fits(now.phase)).ok_or(MailError::NoReplay)?;
    now.phase = phase;
    now.ended_at = (!phase.is_open()).then_some(tx.now());
    store::put(tx, actor.workspace, &now)?;
    tell(tx, actor, id)?;
    Ok(now)
}

/// The newest replay of a mailbox.
///
/// # Errors
/// [`MailError::Unknown`] for a mailbox of no or another workspace; a missing permission.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Option<Replay>, MailError> {
    actor.must(Permission::MailboxesRead)?;
    mailboxes::one(tx, actor.workspace, id)?.ok_or(MailError::Unknown)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, asked: &Replay) -> Result<(), DbError> {
    let (mailbox, mark) = (asked.mailbox, asked.mark.clone());
    let job = jobs::Again { mailbox, mark };
    let queue = Queue::new(&job).workspace(workspace);
    queue.key(format!("replay {mailbox}")).put(tx).map(drop)
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<(), DbError> {
    let event = NewEvent::of(&CHANGED, id).topic(LIST);
    events::record(tx, actor, event)?;
    Ok(())
}
