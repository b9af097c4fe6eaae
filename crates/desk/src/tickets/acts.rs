//! What people do with tickets on pages: write, change, take back.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::clock::Timestamp;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Onward, Sent, known};
use tandem_core::actor::Actor;

use super::details::solving;
use super::drafts::{self, NewDraft};
use super::failures::UNANSWERED;
use super::meanwhile::{self, Wish};
use super::pages::conversation;
use super::sending::{self, FormId};
use super::{
    Change, ChangeId, Field, MessageKind, NewMessage, Status, Step, Ticket, TicketError, TicketId,
    connections, files, history, onward, turn,
};

const HOUR: i64 = 3_600_000_000;

/// Writes what the composer holds: an answer or a note, once however often it is sent. When a message came that the writer had not seen, the page
/// shows it and what was typed, and sending again sends it.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn write(
    State(db): State<Db>,
    actor: Actor,
    (t, wish): (Text, Onward),
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TicketId = known(&id)?;
    let typed: Sent = sent.iter().cloned().collect();
    let mut filled: Filled = sent.into_iter().collect();
    let view = filled.value("view").to_owned();
    let answers = solving::read(&db, &actor, &t, (id, &typed), &mut filled).await?;
    if !filled.is_good() {
        let page = conversation(&db, &actor, &t, (id, Some(view)), filled).await?;
        return Ok(page.status(UNANSWERED.status).into_response());
    }
    let kind = MessageKind::of_composer(filled.value("mode"));
    let form: Option<FormId> = filled.value("form").parse().ok();
    let mut new = NewMessage {
        kind,
        body: filled.value("body").to_owned(),
        html: Some(filled.value("html").to_owned()),
        seen: Some(filled.value("seen").parse().ok()),
        then: then(kind, filled.value("then")),
        files: Vec::new(),
    };
    let (writer, asked) = (actor.clone(), filled.clone());
    let written = db
        .write_in_turn(&turn(actor.workspace), move |tx| {
            // Everything that the composer shows goes along.
            let waiting = files::waiting(tx, &writer, id)?;
            new.files = waiting.iter().map(|file| file.id).collect();
            let place = onward::place(tx, &writer, id, &asked)?;
            solving::keep(tx, &writer, id, &answers)?;
            let (ticket, message) = sending::send(tx, &writer, (id, form), &new)?;
            let next = onward::to(tx, &writer, (&ticket, place.as_ref()), wish)?;
            let act = (id, message.written_at);
            let changes = history::store::of_act(tx, writer.workspace, act, &message.author)?;
            Ok::<_, TicketError>((ticket, next, changes))
        })
        .await;
    match written {
        Ok((ticket, next, changes)) => {
            // What was sent stays sent; where whoever sent it is elsewhere now, they take the solving back from there.
            let changes = next.as_ref().map_or(&[][..], |_| &changes[..]);
            let notice = with_undo(Notice::new(t.say(said(kind, ticket.status))), changes);
            let to = next.unwrap_or_else(|| back(id, &view));
            Ok((notice, Redirect::to(&to)).into_response())
        }
        Err(TicketError::Merged(..)) => Ok(carried_on(&db, actor, &t, id, &filled).await?.into_response()),
        Err(error) => {
            let status = refused(&t, &mut filled, error)?;
            let page = conversation(&db, &actor, &t, (id, Some(view)), filled).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// Says in the composer why nothing was written; gives the status of the answer.
///
/// # Errors
/// What names no part of the composer.
fn refused(t: &Text, filled: &mut Filled, error: TicketError) -> Result<StatusCode, Failure> {
    match error {
        TicketError::Overtaken(newer) => {
            filled.set("seen", newer.id.to_string());
            filled.set("overtaken", newer.id.to_string());
            Ok(super::failures::OVERTAKEN.status)
        }
        error @ (TicketError::Unanswered(_) | TicketError::Unfit(_)) => {
            solving::refuse(t, filled, &error);
            Ok(UNANSWERED.status)
        }
        error => filled.refuse_all(error.into(), t),
    }
}

/// What is said of a message that was written.
fn said(kind: MessageKind, status: Status) -> &'static str {
    match (kind, status) {
        (MessageKind::Note, _) => "tickets-noted",
        (_, Status::Solved) => "tickets-sent-solved",
        _ => "tickets-sent",
    }
}

/// What was written into a ticket that somebody has merged meanwhile waits as a draft in the one that shows it.
async fn carried_on(
    db: &Db,
    actor: Actor,
    t: &Text,
    id: TicketId,
    filled: &Filled,
) -> Result<(Notice, Redirect), Failure> {
    let draft = NewDraft {
        kind: MessageKind::of_composer(filled.value("mode")),
        body: filled.value("body").to_owned(),
        html: Some(filled.value("html").to_owned()),
        form: None,
    };
    let into = db
        .write(move |tx| {
            let into = connections::survivor(tx, actor.workspace, id)?;
            drafts::append(tx, &actor, into, draft.clone())?;
            files::carry(tx, actor.workspace, (id, into))?;
            Ok::<_, TicketError>(into)
        })
        .await?;
    let notice = Notice::bad(t.say("connections-carried"));
    Ok((notice, Redirect::to(&format!("/tickets/{into}#composer"))))
}

/// How far a ticket has come with a message: after an answer we wait, unless told. Notes and what the customer said
/// carry no status of their own.
fn then(kind: MessageKind, word: &str) -> Option<Step> {
    (kind == MessageKind::Reply).then(|| word.parse().unwrap_or(Status::Waiting.into()))
}

pub(super) fn back(id: TicketId, view: &str) -> String {
    match view {
        "" => format!("/tickets/{id}"),
        view => kit::web::address(&format!("/tickets/{id}"), &[("view", view)]),
    }
}

/// Gives fields other values, and offers to take that back. What is to be filled in before solving is asked for on a page of its
/// own.
///
/// # Errors
/// A value that does not fit, no such ticket here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    (t, wish): (Text, Onward),
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TicketId = known(&id)?;
    let typed: Sent = sent.iter().cloned().collect();
    let mut filled: Filled = sent.into_iter().collect();
    let answers = solving::read(&db, &actor, &t, (id, &typed), &mut filled).await?;
    if !filled.is_good() {
        return solving::page(&db, &actor, &t, (id, &filled)).await;
    }
    let wishes = wishes(&filled, &actor, &t)?;
    let (turn, voice) = (turn(actor.workspace), t.clone());
    let (asked, writer) = (filled.clone(), actor.clone());
    let changed = db
        .write_in_turn(&turn, move |tx| {
            if let Some(faster) = meanwhile::faster(tx, &writer, (id, &wishes), &voice)? {
                return Ok(Err(faster));
            }
            let values: Vec<_> = wishes.iter().map(Wish::value).collect();
            let place = onward::place(tx, &writer, id, &asked)?;
            solving::keep(tx, &writer, id, &answers)?;
            let (ticket, changes) = super::change(tx, &writer, id, &values)?;
            let next = onward::to(tx, &writer, (&ticket, place.as_ref()), wish)?;
            Ok::<_, TicketError>(Ok((ticket, changes, next)))
        })
        .await;
    let (ticket, changes, next) = match changed {
        Ok(Ok(changed)) => changed,
        Ok(Err(faster)) => return Err(Failure::from(TicketError::ChangedMeanwhile).told(faster)),
        Err(error @ (TicketError::Unanswered(_) | TicketError::Unfit(_))) => {
            solving::refuse(&t, &mut filled, &error);
            return solving::page(&db, &actor, &t, (id, &filled)).await;
        }
        Err(error) => return Err(error.into()),
    };
    let to = next.unwrap_or_else(|| back(id, filled.value("view")));
    Ok((notice(&t, &ticket, &changes), Redirect::to(&to)).into_response())
}

/// What a form asks for. A field that stands there as the person saw it is not theirs to change.
fn wishes(filled: &Filled, actor: &Actor, t: &Text) -> Result<Vec<Wish>, TicketError> {
    let mut wishes = Vec::new();
    for field in Field::ALL.iter().filter(|field| filled.has(field.as_str())) {
        let typed = filled.value(field.as_str());
        let value = match field {
            Field::Snooze => snooze(t, typed)?,
            Field::Agent if typed == "me" => actor.agent().map(|id| id.to_string()).unwrap_or_default(),
            _ => typed.to_owned(),
        };
        let seen = format!("seen_{}", field.as_str());
        let seen = Some(filled.value(&seen).to_owned()).filter(|_| filled.has(&seen));
        if seen.as_ref() != Some(&value) {
            wishes.push(Wish {
                field: *field,
                value,
                seen,
            });
        }
    }
    Ok(wishes)
}

fn notice(t: &Text, ticket: &Ticket, changes: &[Change]) -> Notice {
    let has = |field| changes.iter().any(|change| change.field == field);
    let said = match changes {
        [] => "tickets-unchanged",
        _ if has(Field::Status) && ticket.status == Status::Solved => "tickets-was-solved",
        [_] if has(Field::Snooze) && ticket.snoozed_until.is_some() => "tickets-was-snoozed",
        _ => "tickets-changed",
    };
    let notice = Notice::new(t.say_with(said, kit::args!(number = ticket.number)));
    with_undo(notice, changes)
}

/// Offers to take an act back: any of its changes leads to all of them.
pub(super) fn with_undo(notice: Notice, changes: &[Change]) -> Notice {
    match changes.first() {
        Some(change) => notice.undo(format!("/tickets/changes/{}/undo", change.id)),
        None => notice,
    }
}

/// Until when, as the form says it: a word or a day; nine in the morning of that day. Empty wakes it.
pub(crate) fn snooze(t: &Text, typed: &str) -> Result<String, TicketError> {
    use jiff::ToSpan;
    use jiff::civil::Weekday;
    let today = t.today().ok_or(TicketError::BadSnooze)?;
    let day = match typed.trim() {
        "" => return Ok(String::new()),
        "hours" => return Ok((t.now().0 + 4 * HOUR).to_string()),
        "tomorrow" => today.tomorrow(),
        "monday" => today.nth_weekday(1, Weekday::Monday),
        "week" => today.checked_add(7.days()),
        text => t.read_day(text).ok_or(TicketError::BadSnooze).map(Ok)?,
    };
    let day = day.map_err(|_| TicketError::BadSnooze)?;
    let begins = t.day_begins(&day.to_string()).ok_or(TicketError::BadSnooze)?;
    Ok(Timestamp(begins.0 + 9 * HOUR).0.to_string())
}

/// Takes a change back.
///
/// # Errors
/// The field has another value by now, no such change here, a missing permission, or the database's.
pub async fn undo(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ChangeId = known(&id)?;
    let turn = turn(actor.workspace);
    let (ticket, changes) = db
        .write_in_turn(&turn, move |tx| super::undo(tx, &actor, id))
        .await?;
    let said = t.say_with("tickets-taken-back", kit::args!(number = ticket.number));
    let notice = with_undo(Notice::new(said), &changes);
    Ok((notice, Redirect::to(&format!("/tickets/{}", ticket.id))).into_response())
}
