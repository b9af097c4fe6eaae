//! Beginning a ticket: everything that goes with a new one, in one act. Who asks (somebody known, or a new address), who else gets
//! the answers, tags, the workspace's own fields, files; so that whatever follows from the ticket, such as the mail of what we
//! wrote, finds all of it. What a form or another program's thing became is kept: sent again, it is the same ticket.
//!
//! What an agent has begun to fill in is kept while they type, each form on its own, and the last is there again when they come back.

pub mod draft;
mod failures;
mod looking;
mod reading;
mod store;
mod views;
pub mod web;

use std::collections::BTreeMap;

use kit::blob::Stored;
use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::contacts::ContactError;
use tandem_core::fields::{self, FieldError, FieldId, FieldValue};
use tandem_core::permissions::Permission;
use tandem_core::tags::{self, TagError};

pub(super) use failures::{COPIES, EXTERNAL, REQUESTER};

use super::files::{self, LARGEST, NewFile};
use super::nouns::NOUN;
use super::opening::{announce, of_contact, place};
use super::{NewTicket, Ticket, TicketError};
use crate::askers;
use crate::participants::{self, ParticipantError};

/// The longest name that another program has for a ticket, in characters.
const LONGEST: usize = 200;

/// A new ticket with everything that goes with it.
#[derive(Clone, Debug, Default)]
pub struct Beginning {
    /// The ticket and its first message.
    pub ticket: NewTicket,
    /// Who asks, by address and name, where no contact is named: the contact who is known by it, or a new one.
    pub requester: Option<Requester>,
    /// Who else gets the answers: addresses, each with whether it is a copy.
    pub participants: Vec<(String, bool)>,
    /// The words of its tags.
    pub tags: Vec<String>,
    /// What stands in the workspace's own fields.
    pub fields: BTreeMap<FieldId, Option<FieldValue>>,
    /// What goes with the first message: names, and contents that the store has taken.
    pub files: Vec<(String, Stored)>,
    /// What it is made from, by which it is known again.
    pub source: Option<Source>,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requester {
    /// Their address.
    pub address: String,
    /// What they are called where they are new; may be empty.
    pub name: String,
}

/// What a ticket is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A form as it was shown once.
    Form(super::sending::FormId),
    /// What another program calls it.
    External(String),
}

impl Source {
    fn key(&self) -> Result<String, BeginningError> {
        match self {
            Self::Form(form) => Ok(format!("form {form}")),
            Self::External(id) => {
                let id = id.trim();
                let is_one =
                    !id.is_empty() && id.chars().count() <= LONGEST && !id.chars().any(char::is_control);
                if is_one {
                    Ok(format!("external {id}"))
                } else {
                    Err(BeginningError::BadExternal)
                }
            }
        }
    }
}

/// Why no ticket was begun.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BeginningError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// What is wrong with the ticket.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The address of who asks is none.
    #[error("not an address")]
    BadRequester,
    /// What another program calls it is empty or too long.
    #[error("a name of another program has 1 to 200 characters")]
    BadExternal,
    /// What is wrong with who else gets the answers.
    #[error(transparent)]
    Participant(#[from] ParticipantError),
    /// What is wrong with a tag.
    #[error(transparent)]
    Tag(#[from] TagError),
    /// What is wrong with own fields.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Opens a ticket with everything that goes with it, in the turn of the workspace's tickets. What is made from the same source is
/// the ticket that it became.
///
/// # Errors
/// [`BeginningError`] for a missing permission or what does not fit; nothing is kept then.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, new: &Beginning) -> Result<Ticket, BeginningError> {
    actor.must(Permission::TicketsWrite)?;
    let source = new.source.as_ref().map(Source::key).transpose()?;
    if let Some(source) = &source
        && let Some(id) = store::of_source(tx, actor.workspace, source)?
        && let Some(ticket) = super::store::find(tx, actor.workspace, id)?
    {
        actor.must(Permission::TicketsRead)?;
        return Ok(ticket);
    }
    let sizes = new.files.iter().map(|(_, stored)| stored.size);
    if sizes.sum::<u64>() > LARGEST || new.files.len() > files::MOST {
        return Err(TicketError::LargeFile.into());
    }
    let mut asked = new.ticket.clone();
    if let (None, Some(requester)) = (asked.contact, &new.requester) {
        asked.contact =
            Some(askers::typed(tx, actor, (&requester.address, &requester.name)).map_err(of_requester)?);
    }
    let ticket = place(tx, actor, &asked)?;
    for (address, is_copy) in &new.participants {
        participants::seat(tx, actor, &ticket, (address, *is_copy))?;
    }
    for (name, stored) in &new.files {
        let file = NewFile {
            message: ticket.last_public,
            ..NewFile::waiting(ticket.id, name, stored.clone())
        };
        files::keep(tx, actor, &file)?;
    }
    if let Some(source) = &source {
        store::set_source(tx, actor.workspace, source, ticket.id)?;
    }
    announce(tx, actor, &ticket)?;
    describe(tx, actor, &ticket, new)?;
    Ok(ticket)
}

/// Gives a ticket its tags and what stands in its own fields.
fn describe(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket, new: &Beginning) -> Result<(), BeginningError> {
    if !new.tags.is_empty() {
        tags::set(tx, actor, &NOUN, ticket.id.into(), &new.tags)?;
    }
    if !new.fields.is_empty() {
        fields::set(tx, actor, &NOUN, ticket.id.into(), &new.fields)?;
    }
    Ok(())
}

fn of_requester(error: ContactError) -> BeginningError {
    match error {
        ContactError::BadIdentity(_) | ContactError::BadName => BeginningError::BadRequester,
        error => of_contact(error).into(),
    }
}

/// Forgets forms that nobody has gone on with since a moment, in all workspaces.
pub(super) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), DbError> {
    store::forget(tx, before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_program_calls_a_ticket_is_a_line_of_two_hundred_characters() {
        let key = |id: &str| Source::External(id.to_owned()).key();
        assert_eq!(key(" SUP-1 "), Ok("external SUP-1".to_owned()));
        assert!(key(&"ż".repeat(200)).is_ok());
        for bad in ["", "  ", "a\nb", &"a".repeat(201)] {
            assert_eq!(key(bad), Err(BeginningError::BadExternal), "{bad:?}");
        }
    }
}
