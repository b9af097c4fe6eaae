//! Notices as letters, each an errand of its own.

use kit::clock::Timestamp;
use kit::db::Tx;
use kit::i18n::{Locale, Text};
use kit::id::TypedId;
use kit::jobs::{Errand, Job, JobError};
use kit::post::Letter;
use serde::{Deserialize, Serialize};
use tandem_core::agents::{self, Agent};
use tandem_core::doors::letters::{self, Outgoing};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, Workspace, WorkspaceId};

use super::{NoticeId, TicketNotice, store};
use crate::mailboxes::{self, MailboxError};
use crate::outbox;
use crate::tickets::{self, Message, Ticket, TicketError};

/// How many messages of a ticket are looked through for the one that is told of.
const LOOKED: i64 = 50;
/// How much of it a letter says.
const LONGEST: usize = 4_000;

/// Writes one notice.
#[derive(Debug, Serialize, Deserialize)]
pub struct Tell {
    pub(super) notice: NoticeId,
}

impl Job for Tell {
    const KIND: &'static str = "notices.tell";
}

/// What a letter is written from.
struct Material {
    notice: TicketNotice,
    workspace: Workspace,
    agent: Agent,
    ticket: Ticket,
    words: String,
    reply_to: Option<String>,
}

/// Writes the letter and hands it to the mail server.
///
/// # Errors
/// The server's, to be tried again unless it refused for good; the database's.
pub async fn tell(errand: Errand, job: Tell) -> Result<(), JobError> {
    let Some(out) = errand.db().attached::<Outgoing>() else {
        return Err(JobError::give_up("no mail server is configured"));
    };
    let workspace: WorkspaceId = errand.about().workspace()?;
    let (db, now) = (errand.db(), errand.db().clock().now());
    // The first signed address of a workspace makes its key.
    let read = db.write(move |tx| read(tx, workspace, job.notice)).await;
    let material = match read {
        Ok(material) => material,
        Err(TicketError::Db(error)) => return Err(error.into()),
        Err(error) => return Err(JobError::give_up(error.to_string())),
    };
    // Whoever lost their access meanwhile gets no letter.
    let Some(material) = material else { return Ok(()) };
    let reply_to = material.reply_to.clone();
    let letter = Letter {
        key: errand.key(),
        ..written(&material, &out.origin, now)
    };
    letters::hand_over_answerable(&out, &letter, reply_to.as_deref(), now).await
}

fn read(tx: &mut Tx<'_>, workspace: WorkspaceId, id: NoticeId) -> Result<Option<Material>, TicketError> {
    let Some(notice) = store::find(tx, workspace, id)? else {
        return Ok(None);
    };
    let agent = agents::find(tx, workspace, notice.agent)?.filter(|agent| agent.is_active);
    let Some((agent, place)) = agent.zip(workspaces::find(tx, workspace)?) else {
        return Ok(None);
    };
    let actor = agent.actor(workspace);
    let Some(ticket) = tickets::find(tx, &actor, notice.ticket)? else {
        return Ok(None);
    };
    let messages = tickets::messages(tx, &actor, ticket.id, None, LOOKED)?;
    let is_it = |message: &&Message| match notice.message {
        Some(id) => message.id == id,
        None => Some(message.id) == ticket.last_public,
    };
    let words = messages.iter().find(is_it).map(|message| message.body.clone());
    let may_answer = actor.may(Permission::TicketsWrite);
    let reply_to = if may_answer {
        reply_address(tx, workspace, (&notice, &ticket))?
    } else {
        None
    };
    Ok(Some(Material {
        words: words.unwrap_or_default().chars().take(LONGEST).collect(),
        notice,
        workspace: place,
        agent,
        ticket,
        reply_to,
    }))
}

/// Where an answer goes: none where no mailbox of ours would get it.
fn reply_address(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (notice, ticket): (&TicketNotice, &Ticket),
) -> Result<Option<String>, TicketError> {
    let Some(mailbox) = outbox::mailbox_of_side(tx, workspace, ticket)? else {
        return Ok(None);
    };
    let signer = match mailboxes::signer(tx, workspace) {
        Ok(signer) => signer,
        Err(MailboxError::Db(error)) => return Err(error.into()),
        // Without the key nothing can be signed; the letter goes out all the same.
        Err(_) => return Ok(None),
    };
    let expires = notice.expires_at.calendar();
    Ok(mailbox.reply_address(&signer, *notice.id.uuid().as_bytes(), expires))
}

/// The words of letters to an agent: theirs where they chose some, else the workspace's.
fn text(agent: &Agent, workspace: &Workspace, now: Timestamp) -> Text {
    let usual = letters::text(workspace, now);
    match agent.locale.as_deref().and_then(Locale::parse) {
        Some(locale) => Text::new(locale, usual.zone().clone(), now),
        None => usual,
    }
}

fn written(material: &Material, origin: &str, now: Timestamp) -> Letter {
    let t = text(&material.agent, &material.workspace, now);
    let ticket = &material.ticket;
    let why = material.notice.reason.said();
    let answer = match (&material.reply_to, material.notice.is_internal) {
        (None, _) => "notices-letter-no-answer",
        (Some(_), true) => "notices-letter-answer-note",
        (Some(_), false) => "notices-letter-answer",
    };
    let parts = [
        t.say_with("letter-greeting", kit::args!(name = material.agent.name.as_str())),
        t.say_with(why, kit::args!(number = ticket.number)),
        material.words.trim().to_owned(),
        format!("{origin}/tickets/{}", ticket.id),
        t.say(answer),
        t.say_with(
            "notices-letter-off",
            kit::args!(address = format!("{origin}{}", super::web::ADDRESS)),
        ),
    ];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Letter {
        to: material.agent.email.clone(),
        subject: t.say_with(
            "notices-letter-subject",
            kit::args!(number = ticket.number, subject = ticket.subject.as_str()),
        ),
        text: said.join("\n\n") + "\n",
        key: String::new(),
    }
}
