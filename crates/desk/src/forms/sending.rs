//! What is sent by a form becomes a ticket: opened for who asks, with the values of its fields and its files.

use std::collections::BTreeMap;
use std::time::Duration;

use kit::blob::Stored;
use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::fields::{self, FieldId, FieldValue};
use tandem_core::touchpoints::Channel;
use tandem_core::workspaces::WorkspaceId;

use super::store::{self, Sending};
use super::{FormError, WebForm};
use crate::askers;
use crate::tickets::files::{self, NewFile};
use crate::tickets::nouns::NOUN;
use crate::tickets::{self, NewTicket, Ticket, TicketError};

/// In which time a form takes so many.
pub(super) const HOUR: Duration = Duration::from_secs(3_600);

/// What somebody sends by a form.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What they call themselves.
    pub name: String,
    /// Their address; nobody has verified it.
    pub address: String,
    /// In a line what it is about.
    pub subject: String,
    /// The words.
    pub body: String,
    /// What they said in the fields that were there.
    pub values: BTreeMap<FieldId, Option<FieldValue>>,
    /// What goes along: names, and contents that the store has taken.
    pub files: Vec<(String, Stored)>,
    /// The stamp of their page.
    pub stamp: String,
}

/// Who does what a form does.
fn actor(workspace: WorkspaceId) -> Actor {
    Actor::system(workspace, "form")
}

/// Opens the ticket, in the turn of the workspace's tickets ([`tickets::turn`]). What is sent twice is one ticket.
///
/// # Errors
/// [`FormError::Busy`] when the form takes no more in this hour, [`FormError::Field`] for values that do not fit,
/// [`FormError::Ticket`] for what is no ticket, or the database's.
pub fn take(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    form: &WebForm,
    draft: &Draft,
) -> Result<Ticket, FormError> {
    if let Some(id) = store::of_stamp(tx, workspace, form.id, &draft.stamp)? {
        let known = tickets::with_id(tx, workspace, id)?;
        return Ok(known.ok_or(TicketError::Unknown)?);
    }
    let since = tx.now().minus(HOUR);
    if store::count(tx, workspace, form.id, since)? >= form.text.per_hour {
        return Err(FormError::Busy);
    }
    let actor = actor(workspace);
    let new = NewTicket {
        subject: draft.subject.clone(),
        body: draft.body.clone(),
        contact: askers::who(tx, &actor, &draft.address, &draft.name)?,
        team: form.text.team,
        kind: form.text.kind,
        priority: form.text.priority,
        channel: Channel::Web,
        ..NewTicket::default()
    };
    let ticket = match tx.attempt(|tx| tickets::open(tx, &actor, &new)) {
        // The team was archived meanwhile: the ticket is nobody's.
        Err(TicketError::NoTeam) => tickets::open(tx, &actor, &NewTicket { team: None, ..new })?,
        other => other?,
    };
    fields::set(tx, &actor, &NOUN, ticket.id.into(), &draft.values)?;
    for (name, stored) in &draft.files {
        let file = NewFile {
            message: ticket.last_public,
            ..NewFile::waiting(ticket.id, name, stored.clone())
        };
        files::keep(tx, &actor, &file)?;
    }
    let sending = Sending {
        form: form.id,
        stamp: draft.stamp.clone(),
        ticket: ticket.id,
        message: ticket.last_public,
    };
    store::insert_sending(tx, workspace, &sending)?;
    Ok(ticket)
}
