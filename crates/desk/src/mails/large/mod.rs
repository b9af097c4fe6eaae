//! Mails that were too large to be fetched: they stay on their server, and somebody may want one all the same.
//!
//! It is fetched by a job from the place where it was seen, up to [`LARGEST`], and then read as if it had just come. What is
//! not there any more, or too large even so, is said beside the mail; it stays held back.

pub mod api;
pub mod jobs;
mod store;
pub mod web;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::i18n::Text;
use kit::jobs::Queue;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::store as rows;
use super::{Cause, Mail, MailError, MailId, State, deciding};
use crate::mailboxes::{self, Incoming, MailboxId};

/// The most bytes of a mail that is fetched because somebody wants it: the most that large providers take.
pub const LARGEST: u32 = 150 << 20;

/// After how long one that has not come may be asked for again; a job that still waits is the same.
const PATIENCE: Duration = Duration::from_secs(6 * 3_600);

/// That somebody wants a mail that was too large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The mail.
    pub mail: MailId,
    /// Why it did not come: the code of a problem; empty while it is on its way.
    pub trouble: String,
    /// What the server said to that.
    pub said: String,
    /// Who wants it: their signature.
    pub asked_by: String,
    /// Since when.
    pub asked_at: Timestamp,
    /// When it did not come; none while it is on its way.
    pub ended_at: Option<Timestamp>,
}

impl Wish {
    /// How far it is, in words.
    pub fn words(&self, t: &Text) -> String {
        match self.trouble.as_str() {
            "" => t.say("mails-large-coming"),
            "gone" | "too_large" => t.say(&format!("mails-large-{}", self.trouble.replace('_', "-"))),
            "secret" => t.say("mailboxes-failure-secret"),
            trouble => t.say(&format!("mailboxes-problem-{}", trouble.replace('_', "-"))),
        }
    }

    /// The name without the id in the signature of who wants it.
    pub fn author(&self) -> &str {
        self.asked_by
            .split_once(' ')
            .map_or(&self.asked_by, |(_, name)| name)
    }

    /// Whether it is on its way.
    pub fn is_coming(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Whether it is on its way and not for so long that its job may have been given up: then it may be asked for again.
    fn is_fresh(&self, now: Timestamp) -> bool {
        self.is_coming() && now.since(self.asked_at) < PATIENCE
    }
}

/// Whether a mail is one that could be fetched all the same.
pub(super) fn can_be_wanted(mail: &Mail) -> bool {
    let is_held = mail.state == State::Suspended && mail.cause == Some(Cause::TooLarge);
    is_held && mail.arrival.blob.is_none() && mail.arrival.place.is_some()
}

/// Has a mail fetched that was too large; one that is on its way already stays so.
///
/// # Errors
/// [`MailError::Decided`] for a mail that waits for nobody or lies nowhere, [`MailError::TooLarge`] for one beyond
/// [`LARGEST`], [`MailError::NotRead`] where its mailbox is not read from a server; a missing permission.
pub fn want(tx: &mut Tx<'_>, actor: &Actor, id: MailId) -> Result<Mail, MailError> {
    actor.must(Permission::MailsWrite)?;
    let mail = rows::find(tx, actor.workspace, id)?.ok_or(MailError::Unknown)?;
    if !can_be_wanted(&mail) {
        return Err(MailError::Decided);
    }
    if mail.arrival.size > i64::from(LARGEST) {
        return Err(MailError::TooLarge);
    }
    let mailbox = mailboxes::one(tx, actor.workspace, mail.mailbox)?;
    if !mailbox.is_some_and(|mailbox| mailbox.is_open() && mailbox.incoming == Incoming::Imap) {
        return Err(MailError::NotRead);
    }
    let now = tx.now();
    if store::find(tx, actor.workspace, id)?.is_some_and(|wish| wish.is_fresh(now)) {
        return Ok(mail);
    }
    let wish = Wish {
        mail: id,
        trouble: String::new(),
        said: String::new(),
        asked_by: actor.signature(),
        asked_at: now,
        ended_at: None,
    };
    store::put(tx, actor.workspace, &wish)?;
    let job = jobs::FetchLarge { mail: id };
    let queue = Queue::new(&job).workspace(actor.workspace);
    queue.key(format!("large {id}")).put(tx)?;
    deciding::tell(tx, actor, &mail)?;
    Ok(mail)
}

/// How far a mail is that somebody wants.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn wish(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailId) -> Result<Option<Wish>, DbError> {
    store::find(tx, workspace, id)
}

/// How many mails of each mailbox are held back because they are too large.
pub(super) fn counts(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(MailboxId, i64)>, DbError> {
    store::counts(tx, workspace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_not_come_for_long_may_be_asked_for_again() {
        let wish = Wish {
            mail: "mal_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().unwrap(),
            trouble: String::new(),
            said: String::new(),
            asked_by: String::new(),
            asked_at: Timestamp::from_seconds(1_000),
            ended_at: None,
        };
        assert!(wish.is_fresh(wish.asked_at.plus(PATIENCE / 2)));
        assert!(!wish.is_fresh(wish.asked_at.plus(PATIENCE)));
        let ended = Wish {
            ended_at: Some(wish.asked_at),
            ..wish
        };
        assert!(!ended.is_fresh(ended.asked_at));
    }
}
