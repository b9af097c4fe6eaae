//! What is said under an answer that left by an API inbox: that it waits, that the program has it, that nobody took it.

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::webhooks::deliveries::{Attempt, DeliveryState};
use tandem_core::webhooks::lines;

use super::carrying::store;
use super::{Answer, Standing};
use crate::tickets::marks::Mark;
use crate::tickets::{MessageId, Ticket, TicketError, connections};

/// Says how answers stand, and what can be done about them.
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
    let mut marks = Vec::new();
    for part in connections::parts(tx, actor.workspace, ticket.id)? {
        let mut answers = store::of_ticket(tx, actor.workspace, part)?;
        answers.retain(|answer| messages.contains(&answer.message));
        for answer in &answers {
            marks.push(mark(tx, actor, t, answer)?);
        }
    }
    Ok(marks)
}

fn mark(tx: &mut Tx<'_>, actor: &Actor, t: &Text, answer: &Answer) -> Result<Mark, DbError> {
    let standing = answer.standing();
    let (tone, icon, _) = standing.look();
    // What is with the program already has no log to look into.
    let is_open = matches!(standing, Standing::Waiting | Standing::Failed);
    let known = if is_open {
        lines::standing(tx, actor.workspace, answer.delivery)?
    } else {
        None
    };
    let newest = known.as_ref().and_then(|(_, newest)| newest.as_ref());
    let mut mark = Mark::new(answer.message, icon, sentence(t, answer, newest));
    mark.tone = tone;
    let may_write = actor.may(Permission::TicketsWrite);
    let is_late = answer.state == DeliveryState::Waiting && newest.is_some();
    if may_write && known.is_some() && (is_late || standing == Standing::Failed) {
        let address = format!("/tickets/answers/{}/again", answer.message);
        mark.acts.push((t.say("api-inboxes-again"), address));
    }
    if actor.may(Permission::WebhooksRead) && known.is_some() {
        let address = format!("/settings/deliveries/{}", answer.delivery);
        mark.links.push((t.say("api-inboxes-details"), address));
    }
    Ok(mark)
}

/// How an answer stands, in a sentence; with the cause where it was tried in vain.
pub(super) fn sentence(t: &Text, answer: &Answer, newest: Option<&Attempt>) -> String {
    let standing = answer.standing();
    let (_, _, plain) = standing.look();
    let because = |key: &str, why: &str| t.say_with(key, kit::args!(why = why));
    match (standing, newest, &answer.receipt.refused) {
        (Standing::Waiting, Some(newest), _) => because("api-inboxes-answer-late", &cause(t, newest)),
        (Standing::Failed, Some(newest), _) => {
            because("api-inboxes-answer-failed-because", &cause(t, newest))
        }
        (Standing::Refused, _, Some((_, why))) if !why.is_empty() => {
            because("api-inboxes-answer-refused-because", why)
        }
        _ => t.say(plain),
    }
}

/// Why an attempt was in vain: what the program answered, or what kept us from asking it.
pub(super) fn cause(t: &Text, attempt: &Attempt) -> String {
    match (attempt.status, &attempt.error) {
        (Some(status), _) => {
            let status = status.to_string();
            t.say_with("webhooks-attempt-answered", kit::args!(status = status.as_str()))
        }
        (None, Some(error)) => error.clone(),
        (None, None) => t.say("webhooks-attempt-unanswered"),
    }
}
