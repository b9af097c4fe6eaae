//! What follows from a low rating: an event always; by setting a note in the ticket, or the ticket open again with one.

use kit::db::{DbError, Tx};
use kit::i18n::{Locale, Text};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;
use tandem_core::{teams, workspaces};

use super::model::{AfterLow, Survey, SurveyError};
use super::settings::{Alert, settings};
use super::{LOW, tell};
use crate::tickets::{
    self, Field, MessageKind, NewMessage, Status, Ticket, TicketError, TicketId, connections,
};

/// Lets it follow, once for each survey: whoever goes to and fro moves the ticket no more.
pub(super) fn follow(
    tx: &mut Tx<'_>,
    actor: &Actor,
    survey: &Survey,
    ticket: &Ticket,
) -> Result<(), SurveyError> {
    let Some(answer) = survey
        .answer
        .as_ref()
        .filter(|answer| survey.asks.is_low(answer.rating))
    else {
        return Ok(());
    };
    tell(tx, actor, &LOW, (survey, Some(ticket)))?;
    let after = settings(tx, actor.workspace)?.after_low;
    if after == AfterLow::Nothing {
        return Ok(());
    }
    // What is merged into another ticket is looked after there.
    let id: TicketId = connections::survivor(tx, actor.workspace, ticket.id)?;
    let body = words(tx, actor, survey, answer.rating)?;
    let note = NewMessage {
        kind: MessageKind::Note,
        body,
        html: None,
        seen: None,
        then: None,
        files: Vec::new(),
    };
    match tickets::write(tx, actor, id, &note) {
        Ok((now, _)) if after == AfterLow::Reopen && now.status == Status::Solved => {
            let open = [(Field::Status, Status::Open.as_str().to_owned())];
            tickets::change(tx, actor, id, &open).map_err(super::answering::of_ticket)?;
        }
        Ok(_) | Err(TicketError::Unknown) => {}
        Err(error) => return Err(super::answering::of_ticket(error)),
    }
    Ok(())
}

/// Who is told of a low rating of a ticket, as the workspace chose.
///
/// # Errors
/// [`DbError`] of the database.
pub fn whom_to_alert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
) -> Result<Vec<AgentId>, DbError> {
    let team = |tx: &mut Tx<'_>| -> Result<Vec<AgentId>, DbError> {
        let all = teams::all(tx, workspace)?;
        let found = all.into_iter().find(|team| Some(team.id) == ticket.team);
        Ok(found.map(|team| team.members).unwrap_or_default())
    };
    Ok(match settings(tx, workspace)?.alerts {
        Alert::Nobody => Vec::new(),
        Alert::Agent(agent) => vec![agent],
        Alert::Team => team(tx)?,
        // What is nobody's is their team's.
        Alert::Assignee => match ticket.agent {
            Some(agent) => vec![agent],
            None => team(tx)?,
        },
    })
}

/// The note, in the workspace's language. What they wrote stands with the answer alone, so that it goes when they do.
pub(super) fn words(
    tx: &mut Tx<'_>,
    actor: &Actor,
    survey: &Survey,
    rating: i64,
) -> Result<String, SurveyError> {
    let workspace = workspaces::find(tx, actor.workspace)?;
    let locale = workspace.and_then(|workspace| Locale::parse(&workspace.locale));
    let locale = locale.unwrap_or_else(Locale::english);
    let t = Text::new(locale, jiff::tz::TimeZone::UTC, tx.now());
    Ok(t.say_with(
        "surveys-note",
        kit::args!(
            question = t.say(survey.asks.question.text()),
            rating = t.number(rating),
            scale = t.number(survey.asks.scale)
        ),
    ))
}
