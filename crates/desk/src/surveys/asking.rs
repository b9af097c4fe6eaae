//! Whether a solved ticket is asked about, and the question on its way.

use kit::clock::Timestamp;
use kit::db::Tx;
use mail::loops::{Budgets, Sent, may_send};
use tandem_core::actor::Actor;
use tandem_core::contacts::identities::{self, Identity, Kind};
use tandem_core::contacts::{self, Contact};
use tandem_core::workspaces::WorkspaceId;

use super::model::{Survey, SurveyError};
use super::settings::{Settings, settings};
use super::{ASKED, Origin, letter, store, tell};
use crate::outbox::{self, Asking};
use crate::tickets::{self, Status, Ticket, TicketId};
use crate::{forms, mails};

/// Why a solved ticket is not asked about by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The workspace does not ask.
    Off,
    /// It is not solved any more, or was solved anew meanwhile.
    NotSolved,
    /// It was asked about before.
    Asked,
    /// Nobody is known who asked for it.
    Nobody,
    /// They want no questions.
    Refused,
    /// They were asked not long ago, or twice within a day.
    Resting,
    /// A machine wrote it.
    Automatic,
    /// It came by a form, and nothing shows that its address is theirs who wrote it.
    Unproven,
    /// No mailbox sends, or there is no address that takes mail.
    NoWay,
}

/// Asks about a ticket that was solved at `solved_at`, if there is nothing against it; gives why not else.
///
/// # Errors
/// The database's.
pub fn ask(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TicketId,
    solved_at: Timestamp,
) -> Result<Result<Survey, Silence>, SurveyError> {
    let settings = settings(tx, workspace)?;
    if !settings.is_on {
        return Ok(Err(Silence::Off));
    }
    let actor = Actor::system(workspace, "surveys");
    let ticket = tickets::find(tx, &actor, id)?;
    let Some(ticket) =
        ticket.filter(|ticket| ticket.status == Status::Solved && ticket.solved_at == Some(solved_at))
    else {
        return Ok(Err(Silence::NotSolved));
    };
    let contact = match ticket.contact {
        Some(contact) => contacts::find(tx, &actor, contact).map_err(of_contact)?,
        None => None,
    };
    let Some(contact) = contact else {
        return Ok(Err(Silence::Nobody));
    };
    if let Some(why) = against(tx, workspace, &ticket, (&contact, &settings))? {
        return Ok(Err(why));
    }
    // The question is stored with its mail or not at all.
    let Some((mailbox, recipient)) = outbox::way_to_ask(tx, workspace, &ticket, &contact)? else {
        return Ok(Err(Silence::NoWay));
    };
    let Some(origin) = tx.attached::<Origin>() else {
        return Ok(Err(Silence::NoWay));
    };
    let survey = begin(tx, &actor, &ticket, Some(&contact))?;
    let to = (contact.text.name.as_str(), &origin.0);
    let (subject, body) = letter::written(tx, &survey, &ticket, to, workspace)?;
    let asking = Asking {
        survey: survey.id,
        mailbox,
        recipient,
        subject,
        body,
    };
    outbox::ask(tx, workspace, &ticket, asking)?;
    Ok(Ok(survey))
}

fn against(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
    (contact, settings): (&Contact, &Settings),
) -> Result<Option<Silence>, SurveyError> {
    if store::of_ticket(tx, workspace, ticket.id)?.is_some() {
        return Ok(Some(Silence::Asked));
    }
    if store::has_refused(tx, workspace, contact.root)? {
        return Ok(Some(Silence::Refused));
    }
    let last = store::last_asked(tx, workspace, contact.root)?;
    let day = std::time::Duration::from_secs(86_400);
    let rest = day * u32::try_from(settings.rest_days).unwrap_or_default();
    if last.is_some_and(|last| last.plus(rest) > tx.now()) {
        return Ok(Some(Silence::Resting));
    }
    // Where no rest is wanted, a machine that passes for a person would be asked after each of its answers.
    let yesterday = tx.now().minus(day);
    let asked = store::asked_since(tx, workspace, contact.root, yesterday)?;
    let sent = Sent {
        pair_in_day: u32::try_from(asked).unwrap_or(u32::MAX),
        ..Sent::default()
    };
    if may_send(&sent, &Budgets::default()).is_err() {
        return Ok(Some(Silence::Resting));
    }
    if mails::is_by_machine(tx, workspace, ticket.id)? {
        return Ok(Some(Silence::Automatic));
    }
    if forms::is_sent(tx, workspace, ticket.id)? && !is_proven(tx, workspace, ticket, contact)? {
        return Ok(Some(Silence::Unproven));
    }
    Ok(None)
}

/// Whether an address of a contact was verified, or they have written to the ticket by mail that shows whose it is.
fn is_proven(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
    contact: &Contact,
) -> Result<bool, SurveyError> {
    let system = Actor::system(workspace, "surveys");
    let known = identities::of(tx, &system, contact.root).map_err(of_contact)?;
    let is_verified = |one: &Identity| one.kind == Kind::Email && one.verified.is_some();
    if known.iter().any(is_verified) {
        return Ok(true);
    }
    Ok(mails::is_written_by(
        tx,
        workspace,
        ticket.id,
        &[contact.id, contact.root],
    )?)
}

/// Stores the question and tells of it.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: &Ticket,
    mailed_to: Option<&Contact>,
) -> Result<Survey, SurveyError> {
    let found = match (mailed_to, ticket.contact) {
        (Some(contact), _) => Some(contact.clone()),
        (None, Some(id)) => {
            let system = Actor::system(actor.workspace, "surveys");
            contacts::find(tx, &system, id).map_err(of_contact)?
        }
        (None, None) => None,
    };
    let contact = found.map(|contact| contact.id);
    let t = contacts::reader(tx, actor.workspace, contact)?;
    let survey = Survey {
        id: tx.new_id(),
        ticket: ticket.id,
        // As it stands in the ticket: a merge of contacts may be taken back.
        contact,
        agent: ticket.agent,
        team: ticket.team,
        asks: settings(tx, actor.workspace)?.asks,
        language: t.locale().tag().to_owned(),
        is_mailed: mailed_to.is_some(),
        asked_at: tx.now(),
        answer: None,
    };
    store::insert(tx, actor.workspace, &survey)?;
    tell(tx, actor, &ASKED, (&survey, Some(ticket)))?;
    Ok(survey)
}

fn of_contact(error: contacts::ContactError) -> SurveyError {
    match error {
        contacts::ContactError::Db(error) => error.into(),
        contacts::ContactError::Forbidden(missing) => missing.into(),
        _ => SurveyError::Unknown,
    }
}
