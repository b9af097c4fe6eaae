//! Trying a mailbox: which step fails, and what to do about it in plain words.

use std::sync::Arc;
use std::time::Duration;

use kit::db::Db;
use kit::i18n::Text;
use mail::imap::client::{Credentials, Folder};
use mail::probe::{self, Step, Trial};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::grants::GrantError;
use super::plus::{self, Plus};
use super::reach::MailReach;
use super::{Direction, Mailbox, MailboxError, MailboxId, WireWay, secrets, store};

/// Longest wait for one answer of a server that is tried.
const PATIENCE: Duration = Duration::from_secs(6);
/// Longest time for one direction: the page waits for it.
const WHOLE: Duration = Duration::from_secs(13);

/// One direction of a mailbox, tried.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Which.
    pub direction: Direction,
    /// The server, as `host:port`.
    pub server: String,
    /// What came of it; none when it took too long.
    pub trial: Option<Trial>,
    /// What the server by which mail goes out says of senders with a token; none where it was not asked.
    pub plus: Option<Plus>,
}

impl Tried {
    /// Whether every step went well.
    pub fn is_good(&self) -> bool {
        self.trial.as_ref().is_some_and(|trial| trial.failed.is_none())
    }

    /// The steps that went well, in words.
    pub fn done(&self, t: &Text) -> Vec<String> {
        let done = self.trial.iter().flat_map(|trial| &trial.done);
        done.map(|step| t.say(&step_key(*step))).collect()
    }

    /// The step that failed, and what to do, in words.
    pub fn failed(&self, t: &Text) -> Option<(String, String)> {
        match &self.trial {
            Some(trial) => trial
                .failed
                .map(|(step, problem)| (t.say(&step_key(step)), t.say(&problem_key(problem.code())))),
            None => Some((t.say(&step_key(Step::Connect)), t.say(&problem_key("no_answer")))),
        }
    }

    /// The folder of what other programs sent from a mailbox, where its server has one that is not read.
    pub fn unread_sent(&self, mailbox: &Mailbox) -> Option<&Folder> {
        let found = self.trial.as_ref()?.sent.as_ref()?;
        let is_read = mailbox
            .all_folders()
            .any(|folder| folder == found.name || mailbox.is_sent(folder));
        (!is_read).then_some(found)
    }

    /// What the server said to the step that failed.
    pub fn said(&self) -> Option<&str> {
        self.trial.as_ref()?.said.as_deref()
    }
}

fn step_key(step: Step) -> String {
    format!("mailboxes-step-{}", step.code())
}

fn problem_key(code: &str) -> String {
    format!("mailboxes-problem-{}", code.replace('_', "-"))
}

/// Tries both directions of a mailbox, as it is stored. Nothing is sent, nothing is read.
///
/// # Errors
/// [`MailboxError`] for a missing permission, a mailbox of no or another workspace, or a password that can't be opened.
pub async fn mailbox(db: &Db, actor: &Actor, id: MailboxId) -> Result<(Mailbox, Vec<Tried>), MailboxError> {
    actor.must(Permission::MailboxesWrite)?;
    let workspace = actor.workspace;
    // Its keys are made by the first who needs them; where they do not open, the servers are tried all the same.
    let signer = db.write(move |tx| secrets::signer(tx, workspace)).await.ok();
    let (mailbox, into, out) = db
        .read(move |tx| {
            let mailbox = store::find(tx, workspace, id)?.ok_or(MailboxError::Unknown)?;
            let into = secrets::incoming_way(tx, workspace, id)?;
            Ok::<_, MailboxError>((mailbox, into, secrets::outgoing_way(tx, workspace, id)?))
        })
        .await?;
    let Some(reach) = db.attached::<MailReach>() else {
        return Ok((mailbox, Vec::new()));
    };
    let folder = mailbox
        .folders
        .first()
        .cloned()
        .unwrap_or_else(|| "INBOX".to_owned());
    let (into, opened_out) = (
        opened(db, workspace, id, into).await,
        opened(db, workspace, id, out).await,
    );
    let (into, out) = tokio::join!(
        tried(Direction::In, into.as_ref(), |way| fetching(&reach, way, &folder)),
        tried(Direction::Out, opened_out.as_ref(), |way| sending(&reach, way)),
    );
    let mut all: Vec<Tried> = into.into_iter().chain(out).collect();
    let address = signer.and_then(|signer| mailbox.tried_address(&signer));
    let sends = all
        .iter_mut()
        .find(|one| one.direction == Direction::Out && one.is_good());
    if let Some((address, sends)) = address.zip(sends)
        && let Some(plus) = asked(&reach, opened_out.as_ref(), &address).await
    {
        let (named, said) = (mailbox.clone(), plus.clone());
        db.write(move |tx| plus::note(tx, workspace, &named, &said))
            .await?;
        sends.plus = Some(plus);
    }
    Ok((mailbox, all))
}

/// What the server by which mail goes out says of an address with a token.
async fn asked(reach: &Arc<MailReach>, out: Option<&Opened>, address: &str) -> Option<Plus> {
    let way = out?.way.as_ref().ok()?;
    let patient = reach.reach.clone().with_patience(PATIENCE);
    let asking = probe::address(
        &patient,
        &way.server,
        &reach.host,
        way.credentials.as_ref(),
        address,
    );
    Some(match tokio::time::timeout(WHOLE, asking).await.ok()?? {
        Ok(()) => Plus::Taken,
        Err(said) => Plus::Refused(said.chars().take(500).collect()),
    })
}

/// A server with what opens it now, or why nothing does.
struct Opened {
    server: String,
    way: Result<WireWay, GrantError>,
}

async fn opened(db: &Db, workspace: WorkspaceId, id: MailboxId, way: Option<WireWay>) -> Option<Opened> {
    let way = way?;
    let server = format!("{}:{}", way.server.host, way.server.port);
    let way = match tokio::time::timeout(WHOLE, way.opened(db, workspace, id)).await {
        Ok(way) => way,
        Err(_) => Err(GrantError::Later(String::new())),
    };
    Some(Opened { server, way })
}

async fn tried<'a, T: Future<Output = Trial>>(
    direction: Direction,
    opened: Option<&'a Opened>,
    trying: impl FnOnce(&'a WireWay) -> T,
) -> Option<Tried> {
    let opened = opened?;
    let trial = match &opened.way {
        Ok(way) => {
            let mut trial = tokio::time::timeout(WHOLE, trying(way)).await.ok();
            if let Some(trial) = trial.as_mut().filter(|_| way.is_by_token()) {
                trial.done.insert(0, Step::Token);
            }
            trial
        }
        Err(error) => {
            let (problem, said) = error.problem();
            Some(Trial {
                done: Vec::new(),
                failed: Some((Step::Token, problem)),
                said,
                sent: None,
            })
        }
    };
    Some(Tried {
        direction,
        server: opened.server.clone(),
        trial,
        plus: None,
    })
}

async fn fetching(reach: &Arc<MailReach>, way: &WireWay, folder: &str) -> Trial {
    let nobody = Credentials::Password {
        name: String::new(),
        password: String::new(),
    };
    let credentials = way.credentials.as_ref().unwrap_or(&nobody);
    let patient = reach.reach.clone().with_patience(PATIENCE);
    probe::mailbox(&patient, &way.server, credentials, folder).await
}

async fn sending(reach: &Arc<MailReach>, way: &WireWay) -> Trial {
    let patient = reach.reach.clone().with_patience(PATIENCE);
    probe::way_out(&patient, &way.server, &reach.host, way.credentials.as_ref(), None).await
}
