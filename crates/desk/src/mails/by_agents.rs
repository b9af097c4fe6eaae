//! Answers of agents to notices, from their own mail programs. The address alone is no proof, nor is a name in From: an answer
//! counts if it was written to the notice's signed address, is from the agent who was told, shows that it is theirs, and they may
//! answer today. What does not is held back.

use kit::db::{DbError, Tx};
use mail::threading::{Clue, Refusal, Standing, candidates};
use mail::understand::Kind;
use tandem_core::agents::{self, Agent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::placing::{Unplaced, actor, held_back, is_by_hand, words};
use super::understanding::Understood;
use super::{Cause, Mail, State, carrying, store, suspicion};
use crate::mailboxes::{self, folded};
use crate::notices::{self, TicketNotice};
use crate::tickets::{self, MessageKind, NewMessage, Status, connections};

/// The clue of an answer to a notice.
pub(super) const ANSWERED: &str = "agent_answer";
/// What the first line of an answer says that is a note.
const NOTE: &str = "#note";

/// What an address names.
enum Asked {
    /// This notice, by this address.
    Notice(TicketNotice, String),
    /// One that does not count: its time is over, or nobody wrote to it.
    Void,
    /// None.
    No,
}

/// The place of a mail that answers a notice; none for all others.
pub(super) fn placed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: &Mail,
    read: &Understood,
) -> Result<Option<Mail>, Unplaced> {
    if !has_token(mail, read) {
        return Ok(None);
    }
    let (asked, mail) = (asked(tx, workspace, mail, read)?, mail.clone());
    let (notice, address) = match asked {
        Asked::Notice(notice, address) => (notice, address),
        Asked::Void => {
            let agent = agents::find_by_email(tx, workspace, &mail.reading.sender)?;
            let is_agents = agent.is_some_and(|agent| agent.is_active && !agent.is_machine);
            return Ok(is_agents.then(|| held_back(mail, Cause::AgentUnverified)));
        }
        Asked::No => return Ok(None),
    };
    if let Some(cause) = suspicion::of_nature(read) {
        return Ok(Some(held_back(mail, cause)));
    }
    let agent = agents::find(tx, workspace, notice.agent)?;
    let Some(agent) = agent.filter(|agent| is_theirs(agent, &mail, read)) else {
        return Ok(Some(held_back(mail, Cause::AgentUnverified)));
    };
    let new = if read.has_new { read.text.as_str() } else { "" };
    let (kind, words) = said(&words(read, new), notice.is_internal);
    // What is only quoted is for the agent, not for the customer.
    if words.is_empty() || (new.trim().is_empty() && !has_files(read)) {
        return Ok(Some(held_back(mail, Cause::Blank)));
    }
    if let Some(first) = first(tx, workspace, &mail)? {
        return Ok(Some(Mail {
            state: State::Repeated,
            ticket: first.ticket,
            message: first.message,
            ..mail
        }));
    }
    answered(tx, workspace, mail, read, (&agent, &notice, kind, words)).map(|mut mail| {
        mail.clue_text = address.chars().take(300).collect();
        Some(mail)
    })
}

/// Whether a mail is to an address that could carry a token: most are not, and no key has to be opened for them.
fn has_token(mail: &Mail, read: &Understood) -> bool {
    let message = &read.message;
    let written = message
        .to
        .iter()
        .chain(&message.cc)
        .map(|one| one.address.as_str());
    let envelope = mail.arrival.envelope_to.iter().map(String::as_str);
    written.chain(envelope).any(|address| address.contains('+'))
}

/// Whether a mail brings files of its own, beyond images in its text.
fn has_files(read: &Understood) -> bool {
    let mut files = read.message.attachments.iter();
    files.any(|file| carrying::is_for_people(file.kind) && file.kind != Kind::Inline)
}

/// The answer that a mail is another copy of: it went to several mailboxes of ours.
fn first(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: &Mail) -> Result<Option<Mail>, DbError> {
    let identifier = &mail.arrival.message_id;
    if identifier.is_empty() {
        return Ok(None);
    }
    let is_it = |other: &Mail| {
        let is_answer = other.state == State::Placed && other.clue == ANSWERED;
        is_answer && other.id != mail.id && other.reading.content == mail.reading.content
    };
    for mailbox in mailboxes::all(tx, workspace)? {
        let same = store::identified(tx, workspace, mailbox.id, identifier)?;
        if let Some(first) = same.into_iter().find(is_it) {
            return Ok(Some(first));
        }
    }
    Ok(None)
}

/// Whether somebody wrote a mail to an address, where its reader sees it: whoever passes a mail on can name one of another's.
fn is_written_to(read: &Understood, address: &str) -> bool {
    let mut written = read.message.to.iter().chain(&read.message.cc);
    written.any(|one| one.address.eq_ignore_ascii_case(address))
}

/// Whether a mail was written to the signed address of a notice.
fn asked(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: &Mail, read: &Understood) -> Result<Asked, Unplaced> {
    let signer = mailboxes::signer(tx, workspace)?;
    let now = jiff::Timestamp::from_microsecond(tx.now().0).unwrap_or_default();
    let mut is_void = false;
    for clue in candidates(&read.message, &mail.arrival.envelope_to, &signer, now) {
        match clue.standing {
            Standing::Names(conversation) if clue.clue == Clue::ReplyAddress => {
                if let Some(notice) = notices::named(tx, workspace, conversation)? {
                    if is_written_to(read, &clue.text) {
                        return Ok(Asked::Notice(notice, clue.text));
                    }
                    is_void = true;
                }
            }
            Standing::Refused(Refusal::Expired) if clue.clue == Clue::ReplyAddress => is_void = true,
            _ => {}
        }
    }
    Ok(if is_void { Asked::Void } else { Asked::No })
}

/// Whether a mail is an agent's who may answer today. Whoever lets it through vouches for the sender, not for more.
fn is_theirs(agent: &Agent, mail: &Mail, read: &Understood) -> bool {
    agent.is_active
        && !agent.is_machine
        && folded(&agent.email) == mail.reading.sender
        && (mail.reading.is_confirmed() || mail.is_released)
        && agent.permissions.has(Permission::TicketsWrite)
        && is_by_hand(read.nature)
}

/// What an answer is, and its words: a note where its first line says so, or where it answers one.
fn said(body: &str, is_internal: bool) -> (MessageKind, String) {
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    if first.trim().eq_ignore_ascii_case(NOTE) {
        return (MessageKind::Note, rest.trim().to_owned());
    }
    let kind = if is_internal {
        MessageKind::Note
    } else {
        MessageKind::Reply
    };
    (kind, body.trim().to_owned())
}

/// Writes it as the agent would on the page: a reply goes out by the outbox.
fn answered(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mut mail: Mail,
    read: &Understood,
    (agent, notice, kind, words): (&Agent, &TicketNotice, MessageKind, String),
) -> Result<Mail, Unplaced> {
    let id = connections::survivor(tx, workspace, notice.ticket)?;
    let Some(ticket) = tickets::with_id(tx, workspace, id)? else {
        return Ok(held_back(mail, Cause::AgentUnverified));
    };
    let is_open = kind == MessageKind::Reply && ticket.status != Status::Solved;
    let new = NewMessage {
        kind,
        body: words,
        html: None,
        seen: None,
        then: is_open.then(|| Status::Waiting.into()),
        files: Vec::new(),
    };
    let (ticket, message) = tickets::write(tx, &agent.actor(workspace), id, &new)?;
    carrying::keep(tx, &actor(workspace), (ticket.id, message.id), &read.carried)?;
    mail.state = State::Placed;
    (mail.ticket, mail.message) = (Some(ticket.id), Some(message.id));
    ANSWERED.clone_into(&mut mail.clue);
    Ok(mail)
}

/// Whether a message is an answer from another program that nobody sends again.
pub(super) fn is_out(mail: &Mail) -> bool {
    mail.is_ours() && mail.clue != ANSWERED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_note_where_it_says_so_or_answers_one() {
        let of = |body: &str, is_internal| {
            let (kind, words) = said(body, is_internal);
            (kind == MessageKind::Note, words)
        };
        assert_eq!(of("Try this.\nBye", false), (false, "Try this.\nBye".to_owned()));
        assert_eq!(
            of("#Note \nShe is angry.", false),
            (true, "She is angry.".to_owned())
        );
        assert_eq!(of("I know.", true), (true, "I know.".to_owned()));
        assert_eq!(of("#note", false), (true, String::new()));
        assert_eq!(of("#noted", false), (false, "#noted".to_owned()));
    }
}
