//! Trying a mailbox: which step fails, and what to do about it in plain words.

use std::sync::Arc;
use std::time::Duration;

use kit::db::Db;
use kit::i18n::Text;
use mail::imap::client::Credentials;
use mail::probe::{self, Step, Trial};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

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
    let (into, out) = tokio::join!(
        tried(
            Direction::In,
            into.as_ref(),
            fetching(&reach, into.as_ref(), &folder)
        ),
        tried(Direction::Out, out.as_ref(), sending(&reach, out.as_ref())),
    );
    Ok((mailbox, into.into_iter().chain(out).collect()))
}

async fn tried(
    direction: Direction,
    way: Option<&WireWay>,
    trying: impl Future<Output = Option<Trial>>,
) -> Option<Tried> {
    let server = &way?.server;
    let trial = tokio::time::timeout(WHOLE, trying).await;
    Some(Tried {
        direction,
        server: format!("{}:{}", server.host, server.port),
        trial: trial.ok().flatten(),
    })
}

async fn fetching(reach: &Arc<MailReach>, way: Option<&WireWay>, folder: &str) -> Option<Trial> {
    let way = way?;
    let nobody = Credentials::Password {
        name: String::new(),
        password: String::new(),
    };
    let credentials = way.credentials.as_ref().unwrap_or(&nobody);
    let patient = reach.reach.clone().with_patience(PATIENCE);
    Some(probe::mailbox(&patient, &way.server, credentials, folder).await)
}

async fn sending(reach: &Arc<MailReach>, way: Option<&WireWay>) -> Option<Trial> {
    let way = way?;
    let patient = reach.reach.clone().with_patience(PATIENCE);
    Some(probe::way_out(&patient, &way.server, &reach.host, way.credentials.as_ref(), None).await)
}
