//! Taking grants back at their providers: what somebody agreed to there ends with the sign-in here.
//!
//! The sign-in here is over at once; the provider is told by a job. That it could not be told is shown beside the mailbox and holds
//! nothing up. A grant is not taken back while another mailbox, or the same one signed in anew, lives by the same account: some
//! providers end all that an account has agreed to at once.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::i18n::Text;
use kit::jobs::{Errand, Job, JobError, Lane, Queue};
use kit::text::{base64url, from_base64url};
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::workspaces::WorkspaceId;
use tokio::time::sleep;

use super::super::MailboxId;
use super::super::providers::talk::{self, Client, TalkError};
use super::super::providers::{self, MailProviderId};
use super::{Grant, GrantError, renewing, store, tell};

/// How often a provider is told, and how long is waited in between.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_millis(500);

/// What became of a grant that ended here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// `waiting`, `done`, `failed`, `shared` where something else lives by the same account, or `nowhere` where the provider
    /// has no address for it.
    pub state: String,
    /// What the provider said where it failed.
    pub said: String,
    /// Since when it is so.
    pub at: Timestamp,
}

impl Revocation {
    /// What it means, in the reader's language.
    pub fn words(&self, t: &Text) -> String {
        t.say(&format!("mailboxes-revoked-{}", self.state))
    }
}

/// Tells a provider that a grant is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct Revoke {
    mailbox: MailboxId,
    provider: MailProviderId,
    granted_at: i64,
    account: String,
    /// The token, sealed as it was kept.
    refresh: String,
    /// Where it is told.
    at: String,
}

impl Job for Revoke {
    const KIND: &'static str = "mailboxes.revoke";
    const LANE: Lane = Lane::Slow;
}

/// Has a grant taken back that is about to end here.
pub(super) fn begin(tx: &mut Tx<'_>, workspace: WorkspaceId, mailbox: MailboxId) -> Result<(), DbError> {
    // What the provider has ended itself need not be taken back.
    let found = store::find(tx, workspace, mailbox)?;
    let Some(grant) = found.filter(|grant| grant.ended_at.is_none()) else {
        return Ok(());
    };
    let provider = providers::store::find(tx, workspace, grant.provider)?;
    let Some(at) = provider.and_then(|provider| provider.revoke_at()) else {
        return note(tx, workspace, mailbox, ("nowhere", ""));
    };
    let job = Revoke {
        mailbox,
        provider: grant.provider,
        granted_at: grant.granted_at.0,
        account: grant.account,
        refresh: base64url(&grant.refresh),
        at,
    };
    let queue = Queue::new(&job).workspace(workspace);
    queue
        .key(format!("revoke {mailbox} {}", job.granted_at))
        .put(tx)?;
    note(tx, workspace, mailbox, ("waiting", ""))
}

/// Tells the provider. What came of it stands beside the mailbox.
///
/// # Errors
/// The database's.
pub async fn revoke(errand: Errand, job: Revoke) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let (db, mailbox) = (errand.db(), job.mailbox);
    let (state, said) = match told(db, workspace, job).await {
        Ok(state) => (state, String::new()),
        Err(GrantError::Db(error)) => return Err(error.into()),
        Err(error) => {
            tracing::info!(%mailbox, %error, "a grant could not be taken back");
            ("failed", said(&error))
        }
    };
    db.write(move |tx| {
        note(tx, workspace, mailbox, (state, &said))?;
        tell(tx, &Actor::system(workspace, "mail"), mailbox)
    })
    .await?;
    Ok(())
}

fn said(error: &GrantError) -> String {
    match error {
        GrantError::Later(said) | GrantError::Over(said) => said.clone(),
        error => error.to_string(),
    }
}

async fn told(db: &Db, workspace: WorkspaceId, job: Revoke) -> Result<&'static str, GrantError> {
    let at = job.at.clone();
    let found = db.read(move |tx| ready(tx, workspace, &job)).await?;
    let Some((client, refresh)) = found else {
        return Ok("shared");
    };
    let mut last = None;
    for attempt in 1..=TRIES {
        match talk::revoke(db, &client, &at, &refresh).await {
            Ok(()) => return Ok("done"),
            Err(error @ TalkError::Refused { .. }) => return Err(GrantError::Later(error.said())),
            Err(error) => last = Some(error),
        }
        if attempt < TRIES {
            sleep(PAUSE).await;
        }
    }
    let last = last.map(|error| error.said());
    Err(GrantError::Later(last.unwrap_or_default()))
}

/// What the provider is told with; none where something else lives by the same account.
fn ready(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    job: &Revoke,
) -> Result<Option<(Client, String)>, GrantError> {
    let provider = providers::store::find(tx, workspace, job.provider)?.ok_or(GrantError::Nobody)?;
    if store::shares(tx, workspace, job.provider, (job.mailbox, &job.account))? {
        return Ok(None);
    }
    let granted_at = Timestamp(job.granted_at);
    let grant = Grant::new(job.mailbox, job.provider, "", granted_at);
    let sealed = from_base64url(&job.refresh).ok_or(GrantError::Sealed)?;
    let refresh = renewing::opened(tx, &grant, "refresh", &sealed)?;
    // A provider that is another by now gets nothing of the first.
    let is_same = provider.revoke_at().as_deref() == Some(job.at.as_str());
    let secret = if is_same {
        providers::opened(tx, &provider)?
    } else {
        None
    };
    Ok(Some((Client::new(&provider, secret), refresh)))
}

/// What became of the last grant of a mailbox that ended here.
pub(in crate::mailboxes) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
) -> Result<Option<Revocation>, DbError> {
    store::revocation(tx, workspace, mailbox)
}

fn note(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    (state, said): (&str, &str),
) -> Result<(), DbError> {
    let revocation = Revocation {
        state: state.to_owned(),
        said: said.chars().take(500).collect(),
        at: tx.now(),
    };
    store::put_revocation(tx, workspace, mailbox, &revocation)
}
