//! Using a reply in a ticket: its words filled in, its changes made, and counted, all or nothing.

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{LONGEST, Reply, ReplyError, ReplyId, ReplyText, files, filling, known, model, store, templates};
use crate::statuses;
use crate::tickets::extras::{self, Did};
use crate::tickets::files::FileId;
use crate::tickets::{self, Change, ChangeId, Field, NewTicket, Step, Ticket, TicketError, TicketId};

/// What came of using a reply.
#[derive(Clone, Debug)]
pub struct Used {
    /// The reply.
    pub reply: Reply,
    /// Its words, filled in; nobody has sent them.
    pub words: String,
    /// How far the ticket is to come when the words are sent: a macro with an answer changes its status with that.
    pub then: Option<Step>,
    /// What that is called.
    pub then_name: String,
    /// The ticket as it is now.
    pub ticket: Ticket,
    /// What was changed, all in one act.
    pub changes: Vec<Change>,
    /// What was done beside that: tags, and following.
    pub did: Did,
    /// Copies of its files, which wait for the actor's message.
    pub files: Vec<FileId>,
}

/// Uses a reply in a ticket, in its turn ([`tickets::turn`]): fills its words in, makes its changes, counts the use.
///
/// # Errors
/// [`ReplyError::Broken`] when a variable has no value, [`ReplyError::Ticket`] when the ticket does not take a change,
/// [`ReplyError::Unknown`] for a reply that is removed or none of the actor's; nothing is changed then.
pub fn apply(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    ticket: TicketId,
    id: ReplyId,
) -> Result<Used, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    let before = tickets::find(tx, actor, ticket)?.ok_or(TicketError::Unknown)?;
    let reply = known(tx, actor, id)?;
    if reply.removal.is_some() {
        return Err(ReplyError::Unknown);
    }
    let words = said(tx, actor, &before, &reply.text)?;
    let (wanted, then) = wanted(actor, t, &reply)?;
    let then_name = match then {
        Some(step) => statuses::called(t, &statuses::all(tx, actor.workspace)?, step),
        None => String::new(),
    };
    let (ticket, changes) = if wanted.is_empty() {
        (before, Vec::new())
    } else {
        tickets::change(tx, actor, ticket, &wanted)?
    };
    let did = extras::apply(tx, actor, ticket.id, &reply.text.extras)?;
    let files = files::lay(tx, actor, (id, ticket.id))?;
    store::count(tx, actor.workspace, id)?;
    Ok(Used {
        reply,
        words,
        then,
        then_name,
        ticket,
        changes,
        did,
        files,
    })
}

/// Uses the words of a reply for a ticket that is not opened yet, and counts the use.
///
/// # Errors
/// As of [`apply`].
pub fn apply_new(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (new, id): (&NewTicket, ReplyId),
) -> Result<String, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    let reply = known(tx, actor, id)?;
    if reply.removal.is_some() {
        return Err(ReplyError::Unknown);
    }
    let ticket = tickets::unopened(tx, new)?;
    let words = said(tx, actor, &ticket, &reply.text)?;
    store::count(tx, actor.workspace, id)?;
    Ok(words)
}

/// What a reply says in a ticket: in the language of whoever asked where it has words in it.
fn said(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket, text: &ReplyText) -> Result<String, ReplyError> {
    let language = filling::language(tx, actor, ticket)?;
    let body = text.said_in(language.as_deref());
    let values = filling::values(tx, actor, ticket)?;
    Ok(templates::fill(body, &values)?)
}

/// What a saved reply, or else a text, says in a ticket. Nothing is changed or counted.
///
/// # Errors
/// As of [`apply`].
pub(crate) fn words(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: TicketId,
    (reply, body): (Option<ReplyId>, &str),
) -> Result<String, ReplyError> {
    let ticket = tickets::find(tx, actor, ticket)?.ok_or(TicketError::Unknown)?;
    let Some(id) = reply else {
        let values = filling::values(tx, actor, &ticket)?;
        return Ok(templates::fill(body, &values)?);
    };
    let reply = known(tx, actor, id)?;
    if reply.removal.is_some() {
        return Err(ReplyError::Unknown);
    }
    said(tx, actor, &ticket, &reply.text)
}

/// Words as they are kept.
///
/// # Errors
/// [`ReplyError::LongBody`], and [`ReplyError::Broken`] for words that can be filled in nowhere.
pub(crate) fn clean(typed: &str) -> Result<String, ReplyError> {
    let body = model::body(typed);
    if body.chars().count() > LONGEST {
        return Err(ReplyError::LongBody);
    }
    templates::check(&body)?;
    Ok(body)
}

/// One use more of a reply.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn count(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ReplyId) -> Result<(), DbError> {
    store::count(tx, workspace, id)
}

/// Takes back what a reply did in a ticket, in its turn: the fields of its act, the tags, and the following.
///
/// # Errors
/// As of [`tickets::undo`] and [`extras::back`].
pub fn take_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    (change, did): (Option<ChangeId>, &Did),
) -> Result<Ticket, TicketError> {
    if let Some(change) = change {
        let (ticket, _) = tickets::undo(tx, actor, change)?;
        if ticket.id != id {
            return Err(TicketError::Unknown);
        }
    }
    extras::back(tx, actor, id, did)?;
    tickets::find(tx, actor, id)?.ok_or(TicketError::Unknown)
}

/// The values that a macro gives fields now, and the status that goes with its answer.
type Wanted = (Vec<(Field, String)>, Option<Step>);

fn wanted(actor: &Actor, t: &Text, reply: &Reply) -> Result<Wanted, ReplyError> {
    let (mut values, mut then) = (Vec::new(), None);
    for (field, word) in &reply.text.changes {
        if *field == Field::Status && reply.text.is_answer() {
            then = Some(word.parse()?);
        } else {
            values.push((*field, meant(actor, t, *field, word)?));
        }
    }
    Ok((values, then))
}

/// The value that a macro's word means now, for this actor.
///
/// # Errors
/// A word that is no time to snooze until.
pub fn meant(actor: &Actor, t: &Text, field: Field, word: &str) -> Result<String, TicketError> {
    Ok(match (field, word) {
        (Field::Agent, "me") => actor.agent().map(|id| id.to_string()).unwrap_or_default(),
        (Field::Agent, "nobody") | (Field::Team, "none") => String::new(),
        (Field::Snooze, word) => tickets::snooze(t, word)?,
        (_, word) => word.to_owned(),
    })
}
