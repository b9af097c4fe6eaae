//! One answer to many tickets: a saved reply or typed words, filled in for each ticket and sent as every answer is, with its time to
//! take it back.
//!
//! What came into a ticket since whoever answers looked is not passed over: that ticket is left as it is and named. A ticket whose
//! words can't be filled in is left too.

mod views;
pub mod web;

use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::{Bulk, BulkError, BulkRow, Fate, NewBulk, refused, store};
use crate::outbox::{self, OutboxError};
use crate::replies::{self, Reply, ReplyError, ReplyId};
use crate::tickets::{self, MessageId, MessageKind, NewMessage, Status, Step, TicketError, TicketId};

/// An answer that is written into each ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TicketBulkAnswer")]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The saved reply whose words it has: none that changes something, and no note.
    #[serde(default)]
    pub reply: Option<ReplyId>,
    /// Its words, with variables like `{{ contact.first_name }}`, where no saved reply is named.
    #[serde(default)]
    #[schemars(length(max = 20_000))]
    pub body: String,
    /// How far a ticket comes with it, as a change of its status says it; `waiting` unless told.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub then: String,
    /// When whoever answers looked: microseconds since 1970-01-01 UTC; now unless told. A ticket in which somebody else wrote a
    /// public message later is left as it is.
    #[serde(default)]
    pub seen_at: Option<i64>,
}

impl Answer {
    fn step(&self) -> Result<Step, BulkError> {
        match self.then.as_str() {
            "" => Ok(Status::Waiting.into()),
            word => Ok(word.parse::<Step>()?),
        }
    }

    /// The last message that whoever answers may have seen: ids begin with the millisecond in which they were given.
    fn seen(&self) -> MessageId {
        let millis = self.seen_at.unwrap_or_default() / 1_000 + 1;
        MessageId::from_uuid(Uuid::from_u128(u128::try_from(millis).unwrap_or_default() << 80))
    }
}

/// The answer in the form in which it is kept.
///
/// # Errors
/// [`BulkError::BadAnswer`] for no words and for a saved reply that is gone, a note or a macro; [`BulkError::Broken`] for words
/// that can't be filled in anywhere; a status that is none.
pub(super) fn checked(tx: &mut Tx<'_>, actor: &Actor, answer: &Answer) -> Result<Answer, BulkError> {
    let mut answer = answer.clone();
    answer.step()?;
    answer.seen_at = answer.seen_at.or(Some(tx.now().0));
    match answer.reply {
        Some(id) => {
            let found = replies::find(tx, actor, id).map_err(of_reply)?;
            if !found.is_some_and(|reply| is_usable(&reply)) {
                return Err(BulkError::BadAnswer);
            }
            answer.body.clear();
        }
        None => {
            answer.body = replies::clean(&answer.body).map_err(of_reply)?;
            if answer.body.is_empty() {
                return Err(BulkError::BadAnswer);
            }
        }
    }
    Ok(answer)
}

/// Begins what a form describes. Sent twice, as by a second click, it is the act that the first one began: nobody gets an answer
/// twice.
///
/// # Errors
/// As of [`begin`](super::begin).
pub fn begin_once(tx: &mut Tx<'_>, actor: &Actor, new: &NewBulk) -> Result<Bulk, BulkError> {
    actor.must(Permission::TicketsWrite)?;
    if let (Some(agent), Some(answer)) = (actor.agent(), &new.answer) {
        let answer = checked(tx, actor, answer)?;
        if let Some(known) = store::of_answer(tx, actor.workspace, agent, &answer)? {
            return Ok(known);
        }
    }
    super::begin(tx, actor, new)
}

/// Whether a saved reply can be an answer to many: words for the customer, and nothing else.
fn is_usable(reply: &Reply) -> bool {
    reply.removal.is_none() && reply.text.is_answer() && !reply.is_macro()
}

/// The saved replies that can be an answer to many, as the actor may use them.
///
/// # Errors
/// A missing permission, or the database's.
fn usable(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Reply>, BulkError> {
    let mut all = replies::all(tx, actor).map_err(of_reply)?;
    all.retain(is_usable);
    Ok(all)
}

/// What the answer says in a ticket. Nothing is written.
///
/// # Errors
/// [`BulkError::Broken`] when a variable has no value there, or the database's.
fn words(tx: &mut Tx<'_>, actor: &Actor, answer: &Answer, id: TicketId) -> Result<String, BulkError> {
    replies::words(tx, actor, id, (answer.reply, &answer.body)).map_err(of_reply)
}

/// Answers one ticket, all of it or nothing.
pub(super) fn one(
    tx: &mut Tx<'_>,
    actor: &Actor,
    answer: &Answer,
    row: &mut BulkRow,
) -> Result<Fate, BulkError> {
    let ticket = row.ticket;
    match tx.attempt(|tx| write(tx, actor, answer, ticket)) {
        Ok(message) => {
            row.message = Some(message);
            Ok(Fate::Changed)
        }
        Err(BulkError::Db(error)) => Err(error.into()),
        Err(BulkError::Ticket(error)) => refused(row, error, Fate::Refused),
        Err(error) => {
            if let BulkError::Broken(broken) = &error {
                row.about = broken.variable();
            }
            row.reason = kit::web::Failure::from(error).code.text.to_owned();
            Ok(Fate::Refused)
        }
    }
}

fn write(tx: &mut Tx<'_>, actor: &Actor, answer: &Answer, id: TicketId) -> Result<MessageId, BulkError> {
    let words = words(tx, actor, answer, id)?;
    let files = match answer.reply {
        Some(reply) => replies::files::lay(tx, actor, (reply, id)).map_err(of_reply)?,
        None => Vec::new(),
    };
    let new = NewMessage {
        kind: MessageKind::Reply,
        body: words,
        html: None,
        seen: Some(Some(answer.seen())),
        then: Some(answer.step()?),
        files,
    };
    let (_, message) = tickets::write(tx, actor, id, &new)?;
    if let Some(reply) = answer.reply {
        replies::count(tx, actor.workspace, reply)?;
    }
    Ok(message.id)
}

/// Takes one answer back as long as its mail has not gone out.
pub(super) fn back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    message: MessageId,
    row: &mut BulkRow,
) -> Result<Fate, BulkError> {
    let withdrawn = match outbox::of_message(tx, actor.workspace, message)? {
        Some(parcel) => outbox::withdraw(tx, actor, parcel.mail.id).map(drop),
        // It went to nobody by mail, so there is nothing that could be stopped.
        None => Err(OutboxError::TooLate),
    };
    match withdrawn {
        Ok(()) => Ok(Fate::Undone),
        Err(OutboxError::Db(error)) => Err(error.into()),
        Err(error) => {
            row.reason = kit::web::Failure::from(error).code.text.to_owned();
            Ok(Fate::Kept)
        }
    }
}

fn of_reply(error: ReplyError) -> BulkError {
    match error {
        ReplyError::Forbidden(missing) => missing.into(),
        ReplyError::Db(error) => error.into(),
        ReplyError::Ticket(error) => error.into(),
        ReplyError::Broken(broken) => BulkError::Broken(broken),
        ReplyError::Unknown => TicketError::Unknown.into(),
        _ => BulkError::BadAnswer,
    }
}
