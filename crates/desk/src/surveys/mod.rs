//! Surveys: how content a contact was with a ticket, or how much effort it took them, asked once it was solved.
//!
//! A ticket is asked about once. The question goes out by mail after a delay, if the ticket is solved still, or an agent
//! hands its link over. Whoever has the link answers without signing in, and may answer anew for a while: every answer is
//! kept as it was given, with its scale and which end of it is good, and the newest holds. Looking at a link never
//! answers: programs that open the links of mails change nothing. What a rating comes to is pure arithmetic (`model.rs`).

pub mod answering;
pub mod api;
mod asking;
pub mod demo;
mod documents;
mod failures;
pub mod jobs;
mod letter;
pub mod listing;
mod low;
pub mod marks;
pub mod measures;
mod model;
pub mod operations;
pub mod past;
mod personal;
pub mod public;
mod settings;
pub mod settings_form;
mod store;
pub mod traces;
mod views;
pub mod web;

use std::sync::Arc;
use std::time::Duration;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::doors::Secret;
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use asking::{Silence, ask};
pub(crate) use letter::with_link;
pub use low::whom_to_alert;
pub use model::{AfterLow, Answer, Asks, Direction, Question, Ratings, Survey, SurveyError};
pub use personal::HOLDS;
pub(crate) use personal::forget_ticket;
pub use settings::{Alert, Settings, change_settings, settings};

use crate::tickets::{self, Status, Ticket, TicketError, TicketId};

kit::id! {
    /// A question to one contact about one ticket.
    SurveyId, "srv"
}
kit::id! {
    /// An answer as it was given.
    AnswerId, "sra"
}

/// A contact was asked.
pub const ASKED: Kind = Kind::new("survey.asked", Permission::TicketsRead);
/// A contact answered, for the first time or anew.
pub const ANSWERED: Kind = Kind::new("survey.answered", Permission::TicketsRead);
/// A rating says that something went wrong.
pub const LOW: Kind = Kind::new("survey.low", Permission::TicketsRead);

/// The name of the list of answers, for pages that show it and in cursors.
pub const LIST: &str = "surveys";

/// How long a link works.
pub const LINK_LIFE: Duration = Duration::from_secs(60 * 24 * 3_600);
/// For how long an answer may be given anew.
pub const CHANGEABLE: Duration = Duration::from_secs(14 * 24 * 3_600);

/// Where people reach this installation; attached to the database's handle, for the links in mails.
#[derive(Clone, Debug)]
pub struct Origin(pub Arc<str>);

/// A survey of the actor's workspace.
///
/// # Errors
/// [`SurveyError::Unknown`] for one of no or another workspace; a missing permission.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: SurveyId) -> Result<Survey, SurveyError> {
    actor.must(Permission::TicketsRead)?;
    store::find(tx, actor.workspace, id)?.ok_or(SurveyError::Unknown)
}

/// What was asked about a ticket.
///
/// # Errors
/// A missing permission, or the database's.
pub fn of_ticket(tx: &mut Tx<'_>, actor: &Actor, ticket: TicketId) -> Result<Option<Survey>, SurveyError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::of_ticket(tx, actor.workspace, ticket)?)
}

/// What was asked about a ticket, for what works without a person.
pub(crate) fn standing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<Survey>, DbError> {
    store::of_ticket(tx, workspace, ticket)
}

/// Of these tickets, those whose contact said that something went wrong.
pub(crate) fn low_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tickets: &[TicketId],
) -> Result<Vec<TicketId>, DbError> {
    store::low_of(tx, workspace, tickets)
}

/// A link by which a solved ticket's contact answers, for an agent to hand over. Links that were made before work still.
///
/// # Errors
/// [`SurveyError::NotSolved`], a missing permission, or a ticket of no or another workspace.
pub fn link(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<(Survey, Secret), SurveyError> {
    actor.must(Permission::TicketsWrite)?;
    let ticket = tickets::find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    let survey = match store::of_ticket(tx, actor.workspace, id)? {
        Some(survey) => {
            // Who holds a link can answer with it, so it is told who made one.
            tell(tx, actor, &ASKED, (&survey, Some(&ticket)))?;
            survey
        }
        None if ticket.status != Status::Solved => return Err(SurveyError::NotSolved),
        None => asking::begin(tx, actor, &ticket, None)?,
    };
    let secret = new_link(tx, actor.workspace, survey.id)?;
    Ok((survey, secret))
}

/// Makes a link of a survey.
pub(crate) fn new_link(tx: &mut Tx<'_>, workspace: WorkspaceId, survey: SurveyId) -> Result<Secret, DbError> {
    let (secret, now) = (Secret::new(tx.ids()), tx.now());
    store::insert_link(tx, workspace, survey, (&secret, now.plus(LINK_LIFE)))?;
    Ok(secret)
}

/// Where a link leads.
pub(crate) fn address(origin: &str, secret: &Secret) -> String {
    format!("{origin}/s/{}", secret.expose())
}

fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    about: (&Survey, Option<&Ticket>),
) -> Result<(), DbError> {
    events::record(tx, actor, telling(kind, about))?;
    Ok(())
}

/// What is told of a survey; payloads hold ids and the rating, no words.
fn telling(kind: &'static Kind, (survey, ticket): (&Survey, Option<&Ticket>)) -> NewEvent {
    let mut event = NewEvent::of(kind, survey.ticket).topic(LIST).topic(survey.id);
    if let Some(account) = ticket.and_then(|ticket| ticket.account) {
        event = event.topic(account);
    }
    if let Some(contact) = survey.contact {
        event = event.topic(contact);
    }
    let mut payload = json!({
        "survey": survey.id, "question": survey.asks.question, "direction": survey.asks.direction,
        "scale": survey.asks.scale,
    });
    if let Some(answer) = &survey.answer {
        payload["rating"] = answer.rating.into();
        payload["impression"] = survey.asks.impression(answer.rating).into();
    }
    if let Some(ticket) = ticket {
        payload["number"] = ticket.number.into();
    }
    event.payload(payload)
}
