//! Invitations by mail. The link is made when its letter leaves, so that no secret waits in the queue; it ends the one
//! that was shown or sent before.

use kit::db::{Db, DbError, Tx};
use kit::jobs::{self, Errand, Job, JobError, Lane};
use kit::post::Letter;
use serde::{Deserialize, Serialize};

use super::{Invitation, InvitationId, store};
use crate::doors::Secret;
use crate::doors::letters::{self, Outgoing};
use crate::workspaces::{self, Workspace, WorkspaceId};

/// How an invitation reaches the invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// A letter brings the link.
    Letter,
    /// The inviter hands the link over.
    Link,
}

impl Delivery {
    /// By letter where this installation has a mail server, unless the inviter wants the link themselves.
    pub fn of(db: &Db, wants_link: bool) -> Self {
        if wants_link || db.attached::<Outgoing>().is_none() {
            Self::Link
        } else {
            Self::Letter
        }
    }

    /// Queues the letter, or gives the secret back to be shown.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub(super) fn hand_over(
        self,
        tx: &mut Tx<'_>,
        workspace: WorkspaceId,
        invitation: InvitationId,
        secret: Secret,
    ) -> Result<Option<Secret>, DbError> {
        match self {
            Self::Letter => {
                jobs::queue(
                    tx,
                    workspace,
                    &InvitationLetter {
                        workspace,
                        invitation,
                    },
                )?;
                Ok(None)
            }
            Self::Link => Ok(Some(secret)),
        }
    }
}

/// Brings an invitation to the invited.
#[derive(Debug, Serialize, Deserialize)]
pub struct InvitationLetter {
    workspace: WorkspaceId,
    invitation: InvitationId,
}

impl Job for InvitationLetter {
    const KIND: &'static str = "invitations.letter";
    const LANE: Lane = Lane::Urgent;
}

/// Writes the letter, with a link made for it, and hands it to the mail server.
///
/// # Errors
/// The server's, to be tried again unless it refused for good; the database's.
pub async fn send(errand: Errand, job: InvitationLetter) -> Result<(), JobError> {
    let Some(out) = errand.db().attached::<Outgoing>() else {
        return Err(JobError::give_up("no mail server is configured"));
    };
    let made = errand.db().write(move |tx| link(tx, &job)).await?;
    // Whoever came or was taken back meanwhile gets no letter.
    let Some((workspace, invitation, secret)) = made else {
        return Ok(());
    };
    let now = errand.db().clock().now();
    let address = format!("{}/invitation/{}", out.origin, secret.expose());
    let t = letters::text(&workspace, now);
    let parts = [
        t.say_with("letter-greeting", kit::args!(name = invitation.name.as_str())),
        t.say_with(
            "letter-invitation",
            kit::args!(
                inviter = invitation.inviter(),
                workspace = workspace.name.as_str()
            ),
        ),
        address,
        t.say("letter-invitation-unknown"),
    ];
    let letter = Letter {
        to: invitation.email.clone(),
        subject: t.say_with(
            "letter-invitation-subject",
            kit::args!(workspace = workspace.name.as_str()),
        ),
        text: parts.join("\n\n") + "\n",
        key: errand.key(),
    };
    letters::hand_over(&out, &letter, now).await
}

/// A new link for an invitation that waits.
fn link(tx: &mut Tx<'_>, job: &InvitationLetter) -> Result<Option<(Workspace, Invitation, Secret)>, DbError> {
    let now = tx.now();
    let waiting = store::find(tx, job.workspace, job.invitation)?;
    let invitation = waiting.filter(|invitation| invitation.expires_at > now);
    let Some((workspace, invitation)) = workspaces::find(tx, job.workspace)?.zip(invitation) else {
        return Ok(None);
    };
    let secret = Secret::new(tx.ids());
    store::renew(tx, job.workspace, &invitation, &secret)?;
    Ok(Some((workspace, invitation, secret)))
}
