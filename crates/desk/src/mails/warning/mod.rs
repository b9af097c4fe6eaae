//! Telling administrators by letter what is wrong with a mailbox: that it is silent, that nobody hands mail
//! over any more, or that its sign-in ends or has ended.
//!
//! The home page shows it too, but who waits for mail that doesn't come may not look there. Each cause is told once; when it
//! is over it is forgotten, and told again should it come back.

mod store;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::jobs::{self, About, Errand, Job, JobError};
use kit::post::Letter;
use serde::{Deserialize, Serialize};
use tandem_core::agents::{self, Agent, AgentId};
use tandem_core::doors::letters::{self, Outgoing};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, Workspace, WorkspaceId};

use super::{alarm, rhythm, watching};
use crate::mailboxes::{self, Mailbox, MailboxId, grants};

/// Looks at all mailboxes of all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

/// Brings one agent the news that something is wrong with a mailbox.
#[derive(Debug, Serialize, Deserialize)]
pub struct Warning {
    mailbox: MailboxId,
    cause: String,
    agent: AgentId,
}

impl Job for Turn {
    const KIND: &'static str = "mails.alarm";
}

impl Job for Warning {
    const KIND: &'static str = "mails.warning";
}

/// Notes what is new and what is over, and queues a letter for everybody who could do something about what is new.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        look(tx, workspace.id)?;
    }
    Ok(())
}

fn look(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let known = store::all(tx, workspace)?;
    let mut now = Vec::new();
    for mailbox in mailboxes::all(tx, workspace)? {
        for cause in causes(tx, workspace, &mailbox)? {
            now.push((mailbox.id, cause.to_owned()));
        }
    }
    for (mailbox, cause) in known.iter().filter(|one| !now.contains(one)) {
        store::delete(tx, workspace, *mailbox, cause)?;
    }
    let fresh: Vec<_> = now.into_iter().filter(|one| !known.contains(one)).collect();
    for (mailbox, cause) in &fresh {
        store::insert(tx, workspace, *mailbox, cause)?;
    }
    if fresh.is_empty() || tx.attached::<Outgoing>().is_none() {
        return Ok(());
    }
    for agent in agents::all(tx, workspace)? {
        if !agent.is_active || agent.is_machine || !agent.permissions.has(Permission::MailboxesWrite) {
            continue;
        }
        for (mailbox, cause) in &fresh {
            let warning = Warning {
                mailbox: *mailbox,
                cause: cause.clone(),
                agent: agent.id,
            };
            jobs::queue(tx, workspace, &warning)?;
        }
    }
    Ok(())
}

/// What is wrong with a mailbox: a silence whose reason is told anyway is not told beside it.
fn causes(tx: &mut Tx<'_>, workspace: WorkspaceId, mailbox: &Mailbox) -> Result<Vec<&'static str>, DbError> {
    if !mailbox.is_open() {
        return Ok(Vec::new());
    }
    let mut causes = grants::warnings(tx, workspace, mailbox)?;
    let watches = watching::all(tx, workspace)?;
    let watch = watches.iter().find(|watch| watch.mailbox == mailbox.id);
    let is_explained = causes.contains(&"sign_in_again") || causes.contains(&"sign_in_fails");
    if !is_explained && alarm::is_silent(mailbox, watch, tx.now()) {
        causes.push("silent");
    }
    if rhythm::of(tx, workspace, mailbox)?.is_quiet {
        causes.push("quiet");
    }
    Ok(causes)
}

/// Writes the letter and hands it to the mail server; none about what is over by then.
///
/// # Errors
/// The server's, to be tried again unless it refused for good; the database's.
pub async fn warn(errand: Errand, job: Warning) -> Result<(), JobError> {
    let Some(out) = errand.db().attached::<Outgoing>() else {
        return Err(JobError::give_up("no mail server is configured"));
    };
    let workspace: WorkspaceId = errand.about().workspace()?;
    let (db, cause) = (errand.db(), job.cause.clone());
    let known = db
        .read(move |tx| {
            let is_so = store::all(tx, workspace)?.contains(&(job.mailbox, job.cause.clone()));
            let mailbox = mailboxes::one(tx, workspace, job.mailbox)?.filter(|_| is_so);
            let agent = agents::find(tx, workspace, job.agent)?.filter(|agent| agent.is_active);
            let workspace = workspaces::find(tx, workspace)?;
            Ok::<_, DbError>(mailbox.zip(agent).zip(workspace))
        })
        .await?;
    let Some(((mailbox, agent), workspace)) = known else {
        return Ok(());
    };
    let now = db.clock().now();
    let letter = Letter {
        key: errand.key(),
        ..written(&agent, &workspace, (&mailbox, &cause), (&out.origin, now))
    };
    letters::hand_over(&out, &letter, now).await
}

fn written(
    agent: &Agent,
    workspace: &Workspace,
    (mailbox, cause): (&Mailbox, &str),
    (origin, now): (&str, Timestamp),
) -> Letter {
    let t = letters::text_for(agent, workspace, now);
    let named = || kit::args!(name = mailbox.name.as_str());
    let word = cause.replace('_', "-");
    let place = if matches!(cause, "silent" | "quiet") {
        format!("{origin}/settings/mails")
    } else {
        format!("{origin}/settings/mailboxes/{}", mailbox.id)
    };
    let parts = [
        t.say_with("letter-greeting", kit::args!(name = agent.name.as_str())),
        t.say_with(&format!("mails-alarm-{word}"), named()),
        t.say(&format!("mails-alarm-{word}-remedy")),
        place,
    ];
    Letter {
        to: agent.email.clone(),
        subject: t.say_with("mails-alarm-subject", named()),
        text: parts.join("\n\n") + "\n",
        key: String::new(),
    }
}
