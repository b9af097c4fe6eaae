//! What contacts were asked and said of tickets of a past that is made up, many at once.

mod store;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::workspaces::WorkspaceId;

use super::model::{AfterLow, Answer, Survey, SurveyError};
use super::settings::Settings;
use super::{ANSWERED, ASKED, LOW, answering, low, telling};
use crate::tickets::past::Story;
use crate::tickets::{Field, MessageKind, Status};

/// What a contact was asked, and what they said.
#[derive(Clone, Copy, Debug)]
pub struct Said<'s> {
    /// How the workspace asks.
    pub settings: &'s Settings,
    /// In which language.
    pub language: &'s str,
    /// When they were asked.
    pub asked_at: Timestamp,
    /// When they answered, with which rating and in which words; none where they did not.
    pub answer: Option<(Timestamp, i64, &'s str)>,
}

/// Asks the contact of a solved ticket of the past, as an agent who hands a link over does it, and keeps what they said.
///
/// # Errors
/// The database's.
pub fn rate(tx: &mut Tx<'_>, actor: &Actor, story: &mut Story, said: Said<'_>) -> Result<(), SurveyError> {
    let ticket = story.ticket.clone();
    let mut survey = Survey {
        id: tx.as_of(said.asked_at, |tx| tx.new_id()),
        ticket: ticket.id,
        contact: ticket.contact,
        agent: ticket.agent,
        team: ticket.team,
        asks: said.settings.asks,
        language: said.language.to_owned(),
        is_mailed: false,
        asked_at: said.asked_at,
        answer: None,
    };
    story.tell(actor, said.asked_at, telling(&ASKED, (&survey, Some(&ticket))));
    if let Some((at, rating, comment)) = said.answer {
        survey.answer = Some(Answer {
            rating,
            comment: comment.to_owned(),
            first_at: at,
            at,
        });
        let rule = Actor::system(actor.workspace, "surveys");
        story.tell(&rule, at, telling(&ANSWERED, (&survey, Some(&ticket))));
        if survey.asks.is_low(rating) {
            story.tell(&rule, at, telling(&LOW, (&survey, Some(&ticket))));
            follow_low(tx, (&rule, at), story, (&survey, said.settings.after_low))?;
        }
    }
    story.survey = Some(survey);
    Ok(())
}

/// What follows from a low rating, as `low::follow` does it.
fn follow_low(
    tx: &mut Tx<'_>,
    (rule, at): (&Actor, Timestamp),
    story: &mut Story,
    (survey, after): (&Survey, AfterLow),
) -> Result<(), SurveyError> {
    let rating = survey.answer.as_ref().map_or(0, |answer| answer.rating);
    if after == AfterLow::Nothing {
        return Ok(());
    }
    let words = low::words(tx, rule, survey, rating)?;
    let note = (MessageKind::Note, words.as_str());
    story
        .write(tx, (rule, at), note, None)
        .map_err(answering::of_ticket)?;
    if after == AfterLow::Reopen && story.ticket.status == Status::Solved {
        let open = [(Field::Status, Status::Open.as_str().to_owned())];
        story
            .change(tx, (rule, at), &open)
            .map_err(answering::of_ticket)?;
    }
    Ok(())
}

/// Stores questions and the answers to them.
pub(crate) fn keep(tx: &mut Tx<'_>, workspace: WorkspaceId, surveys: &[&Survey]) -> Result<(), DbError> {
    store::insert(tx, workspace, surveys)?;
    let answered: Vec<(&Survey, &Answer)> = surveys
        .iter()
        .filter_map(|survey| Some((*survey, survey.answer.as_ref()?)))
        .collect();
    store::insert_answers(tx, workspace, &answered)
}
