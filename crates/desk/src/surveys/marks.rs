//! What is said in a conversation: that its contact was asked, and what they answered.

use kit::db::Tx;
use kit::i18n::Text;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::model::{Answer, Survey};
use super::store;
use crate::tickets::marks::Mark;
use crate::tickets::{MessageId, Ticket, TicketError};

/// How much of a comment stands in the conversation, in characters.
const SHOWN: usize = 300;

/// Says it below the newest public message.
///
/// # Errors
/// [`TicketError::Db`]
pub fn say(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    ticket: &Ticket,
    messages: &[MessageId],
) -> Result<Vec<Mark>, TicketError> {
    let Some(below) = ticket.last_public.filter(|id| messages.contains(id)) else {
        return Ok(Vec::new());
    };
    let link = format!("/tickets/{}/survey", ticket.id);
    let may_link = actor.may(Permission::TicketsWrite);
    let Some(survey) = store::of_ticket(tx, actor.workspace, ticket.id)? else {
        if !may_link || ticket.solved_at.is_none() {
            return Ok(Vec::new());
        }
        let mut mark = Mark::new(below, "star", t.say("surveys-mark-none"));
        mark.links.push((t.say("surveys-make-link"), link));
        return Ok(vec![mark]);
    };
    let mut mark = match &survey.answer {
        Some(answer) => answered(t, below, &survey, answer),
        None => {
            let asked = kit::args!(when = t.ago(survey.asked_at));
            Mark::new(below, "star", t.say_with("surveys-mark-asked", asked))
        }
    };
    mark.links.push((t.say("surveys-details"), link));
    Ok(vec![mark])
}

fn answered(t: &Text, below: MessageId, survey: &Survey, answer: &Answer) -> Mark {
    let said = t.say_with(
        "surveys-mark-answered",
        kit::args!(
            question = t.say(survey.asks.question.text()),
            rating = t.number(answer.rating),
            scale = t.number(survey.asks.scale),
            when = t.ago(answer.at)
        ),
    );
    let comment: String = answer.comment.chars().take(SHOWN).collect();
    let text = if comment.is_empty() {
        said
    } else {
        t.say_with("surveys-mark-comment", kit::args!(said = said, comment = comment))
    };
    let mut mark = Mark::new(below, "star", text);
    mark.tone = survey.asks.tone(answer.rating);
    mark
}
