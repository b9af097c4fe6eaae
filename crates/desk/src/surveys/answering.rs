//! What whoever has a link sees and says, without signing in. Looking never answers.

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::doors::Secret;
use tandem_core::workspaces::{self, Workspace, WorkspaceId};

use super::model::{Answer, Survey, SurveyError};
use super::{ANSWERED, CHANGEABLE, low, store, tell};
use crate::numbers;
use crate::tickets::{self, Ticket, TicketError};

/// The longest comment, in characters.
pub const LONGEST: usize = 2_000;

/// How often an answer may be another.
const MOST: usize = 20;

/// What a link leads to.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Whose question it is.
    pub workspace: Workspace,
    /// The question.
    pub survey: Survey,
    /// What the ticket is about.
    pub subject: String,
    /// Whether the answer may still be another.
    pub is_open: bool,
}

/// What a link leads to.
///
/// # Errors
/// [`SurveyError::Closed`] for a link that never was or works no more.
pub fn look(tx: &mut Tx<'_>, secret: &Secret) -> Result<Opened, SurveyError> {
    let now = tx.now();
    let (workspace, survey) = store::opened(tx, secret, now)?.ok_or(SurveyError::Closed)?;
    let survey = store::find(tx, workspace, survey)?.ok_or(SurveyError::Closed)?;
    let ticket = tickets::with_id(tx, workspace, survey.ticket)?.ok_or(SurveyError::Closed)?;
    let first = survey.answer.as_ref().map(|answer| answer.first_at);
    Ok(Opened {
        workspace: workspaces::find(tx, workspace)?.ok_or(SurveyError::Closed)?,
        is_open: first.is_none_or(|first| first.plus(CHANGEABLE) > now),
        survey,
        subject: ticket.subject,
    })
}

/// In which workspace a link is answered; so that the answer takes its turn there.
///
/// # Errors
/// As of [`look`].
pub fn whose(tx: &mut Tx<'_>, secret: &Secret) -> Result<WorkspaceId, SurveyError> {
    let now = tx.now();
    let found = store::opened(tx, secret, now)?;
    Ok(found.ok_or(SurveyError::Closed)?.0)
}

/// Answers, or answers anew. The same answer twice is one.
///
/// # Errors
/// [`SurveyError::Closed`], [`SurveyError::Settled`], [`SurveyError::BadRating`], [`SurveyError::LongComment`].
pub fn answer(tx: &mut Tx<'_>, secret: &Secret, rating: i64, comment: &str) -> Result<Opened, SurveyError> {
    let mut opened = look(tx, secret)?;
    if !opened.is_open {
        return Err(SurveyError::Settled);
    }
    let answer = checked(tx, &opened.survey, rating, comment)?;
    let workspace = opened.workspace.id;
    opened.survey = keep(tx, workspace, opened.survey, answer)?;
    Ok(opened)
}

fn checked(tx: &Tx<'_>, survey: &Survey, rating: i64, comment: &str) -> Result<Answer, SurveyError> {
    if !survey.asks.has(rating) {
        return Err(SurveyError::BadRating);
    }
    let comment = comment.replace("\r\n", "\n");
    let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let comment: String = comment.trim().chars().filter(is_kept).collect();
    if comment.chars().count() > LONGEST {
        return Err(SurveyError::LongComment);
    }
    let now = tx.now();
    Ok(Answer {
        rating,
        comment,
        first_at: survey.answer.as_ref().map_or(now, |answer| answer.first_at),
        at: now,
    })
}

/// Stores an answer, tells of it, and lets follow what follows from a low one.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    survey: Survey,
    answer: Answer,
) -> Result<Survey, SurveyError> {
    let is_same = |before: &Answer| before.rating == answer.rating && before.comment == answer.comment;
    if survey.answer.as_ref().is_some_and(is_same) {
        return Ok(survey);
    }
    let earlier = store::answers(tx, workspace, survey.id)?;
    if earlier.len() >= MOST {
        return Err(SurveyError::Settled);
    }
    let was_low = earlier.iter().any(|(rating, _, _)| survey.asks.is_low(*rating));
    let id = tx.new_id();
    store::answer(tx, workspace, (&survey, id), &answer)?;
    let survey = Survey {
        answer: Some(answer),
        ..survey
    };
    let actor = Actor::system(workspace, "surveys");
    let ticket: Option<Ticket> = tickets::with_id(tx, workspace, survey.ticket)?;
    tell(tx, &actor, &ANSWERED, (&survey, ticket.as_ref()))?;
    if let Some(ticket) = &ticket {
        numbers::follow(tx, workspace, ticket)?;
    }
    if let Some(ticket) = ticket.filter(|_| !was_low) {
        low::follow(tx, &actor, &survey, &ticket)?;
    }
    Ok(survey)
}

/// Notes that whoever has the link wants no more questions. Twice is no harm.
///
/// # Errors
/// [`SurveyError::Closed`], or the database's.
pub fn refuse(tx: &mut Tx<'_>, secret: &Secret) -> Result<Opened, SurveyError> {
    let opened = look(tx, secret)?;
    if let Some(contact) = opened.survey.contact {
        let now = tx.now();
        store::refuse(tx, opened.workspace.id, contact, now)?;
    }
    Ok(opened)
}

/// An error of tickets that can only be the database's here.
pub(super) fn of_ticket(error: TicketError) -> SurveyError {
    match error {
        TicketError::Db(error) => SurveyError::Db(error),
        other => SurveyError::Db(DbError::Internal {
            statement: "surveys".to_owned(),
            problem: other.to_string(),
        }),
    }
}
