//! What the program brings: each message once, into the ticket in which its conversation goes on, or into a new one.

use kit::blob::Stored;
use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::contacts::identities::{self, Kind, NewIdentity};
use tandem_core::contacts::{self, ContactError, ContactId, ContactText, Introduction};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::model::checked_name;
use super::{ApiInbox, ApiInboxError, ApiInboxId, store};
use crate::reopening;
use crate::tickets::connections::{self, Joint};
use crate::tickets::files::{self, NewFile};
use crate::tickets::taking_in::{self, NewInbound};
use crate::tickets::{self, MessageId, NewTicket, Ticket, TicketError};

/// How long a subject is that is made of the first words, in characters.
const SUBJECT: usize = 100;

/// Who wrote a message. One of the three by which they are known again has to be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// What they are called; may be empty.
    pub name: String,
    /// Their number with the other side; empty for none.
    pub external_id: String,
    /// Their address; empty for none.
    pub email: String,
    /// Their phone number; empty for none.
    pub phone: String,
}

/// A message that the program brings.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// What the other side calls the conversation.
    pub conversation: String,
    /// What it calls the message: one of a name is taken once.
    pub name: String,
    /// In a line what it is about; the first words where it is empty.
    pub subject: String,
    /// The words.
    pub body: String,
    /// The same with formatting; then the words follow from it.
    pub html: Option<String>,
    /// Who wrote it.
    pub author: Author,
    /// What goes along: names, kinds of content, and contents that the store has taken.
    pub files: Vec<(String, String, Stored)>,
}

/// What became of a message.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The ticket that it is in.
    pub ticket: Ticket,
    /// The message.
    pub message: MessageId,
    /// Whether it was taken before: nothing was done this time.
    pub is_repeated: bool,
}

/// Who writes down what the program brings.
fn writer(workspace: WorkspaceId) -> Actor {
    Actor::system(workspace, "api-inbox")
}

/// Takes a message in, in the turn of the workspace's tickets ([`tickets::turn`]).
///
/// # Errors
/// [`ApiInboxError::Closed`], names or an author that do not fit, [`ApiInboxError::Ticket`] for what is no message,
/// [`ApiInboxError::Unknown`] for an inbox of no or another workspace, or a missing permission.
pub fn take(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApiInboxId,
    incoming: &Incoming,
) -> Result<Taken, ApiInboxError> {
    actor.must(Permission::TicketsWrite)?;
    let workspace = actor.workspace;
    let inbox = store::find(tx, workspace, id)?.ok_or(ApiInboxError::Unknown)?;
    let name = checked_name(&incoming.name).ok_or(ApiInboxError::BadMessage)?;
    let conversation = checked_name(&incoming.conversation).ok_or(ApiInboxError::BadConversation)?;
    if let Some((ticket, message)) = store::came(tx, workspace, id, &name)? {
        let standing = connections::survivor(tx, workspace, ticket)?;
        let known = tickets::with_id(tx, workspace, standing)?;
        return Ok(Taken {
            ticket: known.ok_or(TicketError::Unknown)?,
            message,
            is_repeated: true,
        });
    }
    if inbox.closing.is_some() {
        return Err(ApiInboxError::Closed);
    }
    let contact = who(tx, &inbox, workspace, &incoming.author)?;
    let (ticket, message) = placed(tx, &inbox, (&conversation, contact), (workspace, incoming))?;
    for (name, media_type, stored) in &incoming.files {
        let file = NewFile {
            message: Some(message),
            media_type: media_type.clone(),
            ..NewFile::waiting(ticket.id, name, stored.clone())
        };
        files::keep(tx, &writer(workspace), &file)?;
    }
    store::set_conversation(tx, workspace, (id, &conversation), ticket.id)?;
    store::insert_came(tx, workspace, (id, &name), (ticket.id, message))?;
    Ok(Taken {
        ticket,
        message,
        is_repeated: false,
    })
}

/// Puts the words where the conversation goes on. What was solved too long ago to be opened again is followed by a new ticket.
fn placed(
    tx: &mut Tx<'_>,
    inbox: &ApiInbox,
    (conversation, contact): (&str, ContactId),
    (workspace, incoming): (WorkspaceId, &Incoming),
) -> Result<(Ticket, MessageId), ApiInboxError> {
    let actor = writer(workspace);
    let known = match store::conversation(tx, workspace, inbox.id, conversation)? {
        Some(id) => tickets::with_id(tx, workspace, id)?,
        None => None,
    };
    let Some(known) = known else {
        return opened(tx, &actor, inbox, (contact, incoming));
    };
    if let Some(old) = reopening::over(tx, workspace, known.id)? {
        let (ticket, message) = opened(tx, &actor, inbox, (contact, incoming))?;
        connections::connect(tx, &actor, (ticket.id, old), Joint::Related)?;
        return Ok((ticket, message));
    }
    let new = NewInbound {
        body: incoming.body.clone(),
        html: incoming.html.clone(),
        contact: Some(contact),
        is_automatic: false,
        is_stranger: false,
    };
    let (ticket, message) = taking_in::take_in(tx, &actor, known.id, &new)?;
    Ok((ticket, message.id))
}

fn opened(
    tx: &mut Tx<'_>,
    actor: &Actor,
    inbox: &ApiInbox,
    (contact, incoming): (ContactId, &Incoming),
) -> Result<(Ticket, MessageId), ApiInboxError> {
    let new = NewTicket {
        subject: subject(incoming),
        body: incoming.body.clone(),
        html: incoming.html.clone(),
        contact: Some(contact),
        team: inbox.text.team,
        channel: inbox.text.channel,
        ..NewTicket::default()
    };
    let ticket = match tx.attempt(|tx| tickets::open(tx, actor, &new)) {
        // The team was archived meanwhile: the ticket is nobody's.
        Err(TicketError::NoTeam) => tickets::open(tx, actor, &NewTicket { team: None, ..new })?,
        other => other?,
    };
    let message = ticket.last_public.ok_or(TicketError::BadBody)?;
    Ok((ticket, message))
}

/// What the message says that it is about, or its first words.
fn subject(incoming: &Incoming) -> String {
    let said = incoming.subject.trim();
    if !said.is_empty() {
        return said.to_owned();
    }
    let words = match incoming.html.as_deref().filter(|html| !html.trim().is_empty()) {
        Some(html) => mail::dom::text(html).0,
        None => incoming.body.clone(),
    };
    let line = words.lines().map(str::trim).find(|line| !line.is_empty());
    let line = line.unwrap_or_default();
    if line.chars().count() <= SUBJECT {
        return line.to_owned();
    }
    let cut: String = line.chars().take(SUBJECT - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Who an author is: the contact known by any of what they are known by, or a new one. What is said of them is kept for the next
/// time, unless it is somebody else's.
fn who(
    tx: &mut Tx<'_>,
    inbox: &ApiInbox,
    workspace: WorkspaceId,
    author: &Author,
) -> Result<ContactId, ApiInboxError> {
    let actor = writer(workspace);
    let known_by = known_by(inbox, author)?;
    for identity in &known_by {
        let Some(found) = identities::who_is(tx, workspace, identity)? else {
            continue;
        };
        for other in &known_by {
            match tx.attempt(|tx| identities::add(tx, &actor, found.root, other)) {
                Ok(_) | Err(ContactError::IdentityTaken(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        return Ok(found.root);
    }
    let name = match author.name.trim() {
        "" => known_by[0].value.split('@').next().unwrap_or_default().to_owned(),
        name => name.to_owned(),
    };
    let text = ContactText {
        name: name
            .chars()
            .filter(|letter| !letter.is_control())
            .take(200)
            .collect(),
        ..ContactText::default()
    };
    let introduction = Introduction {
        identities: known_by,
        membership: None,
    };
    Ok(contacts::add(tx, &actor, &text, &introduction)?.root)
}

/// By what an author is known, the surest first: at least one.
fn known_by(inbox: &ApiInbox, author: &Author) -> Result<Vec<NewIdentity>, ApiInboxError> {
    let said = [
        (Kind::External, inbox.realm.as_str(), &author.external_id),
        (Kind::Email, "", &author.email),
        (Kind::Phone, "", &author.phone),
    ];
    let mut known = Vec::new();
    for (kind, realm, value) in said {
        if value.trim().is_empty() {
            continue;
        }
        let identity = NewIdentity {
            kind,
            realm: realm.to_owned(),
            value: value.clone(),
        };
        known.push(identity.checked().map_err(|_| ApiInboxError::BadAuthor)?);
    }
    if known.is_empty() {
        return Err(ApiInboxError::BadAuthor);
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_what_is_said_or_the_first_words() {
        let said = |subject: &str, body: &str, html: Option<&str>| {
            subject_of(subject, body, html.map(str::to_owned))
        };
        assert_eq!(said(" Reader ", "It beeps", None), "Reader");
        assert_eq!(said("", "\n  It beeps\nall day", None), "It beeps");
        assert_eq!(said("", "", Some("<p>It <b>beeps</b></p>")), "It beeps");
        let long = said("", &"beep ".repeat(40), None);
        assert!(long.ends_with('…') && long.chars().count() <= SUBJECT, "{long}");
    }

    fn subject_of(subject: &str, body: &str, html: Option<String>) -> String {
        super::subject(&Incoming {
            subject: subject.to_owned(),
            body: body.to_owned(),
            html,
            ..Incoming::default()
        })
    }
}
