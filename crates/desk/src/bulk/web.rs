//! Changing many tickets on pages: the bar below the list, and the page of an act.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice, Page, Sent};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::views::{BulkPage, Trouble};
use super::{Bulk, BulkError, BulkId, Chosen, NewBulk, State as How};
use crate::replies::{self, FIELDS, ReplyError};
use crate::tickets::bins;
use crate::tickets::extras::Extras;
use crate::tickets::listing::View;
use crate::tickets::{self, Field, Status, TicketError, TicketId, turn};

/// How many refused tickets a page names.
const TROUBLES: i64 = 200;

/// Changes the tickets that are chosen as the bar says.
///
/// # Errors
/// Nothing chosen, a value that fits no ticket, a missing permission, or the database's.
pub async fn begin(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let view: View = sent.one("view").parse().unwrap_or(View::All);
    let (writer, voice) = (actor.clone(), t.clone());
    let begun = db
        .write_in_turn(&turn(actor.workspace), move |tx| {
            let new = described(tx, &writer, &voice, &sent, view)?;
            super::begin(tx, &writer, &new)
        })
        .await;
    match begun {
        Ok(bulk) => Ok(told(&t, &bulk, &format!("/inbox/{view}"))),
        Err(
            error @ (BulkError::NoTickets
            | BulkError::NoChanges
            | BulkError::TooMany
            | BulkError::BadMacro
            | BulkError::BadTags(_)
            | BulkError::BadChanges
            | BulkError::Ticket(TicketError::NoTicket)),
        ) => {
            let said = t.say(Failure::from(error).code.text);
            Ok((Notice::bad(said), Redirect::to(&format!("/inbox/{view}"))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes an act back.
///
/// # Errors
/// It is under way or taken back already, no such act here, a missing permission, or the database's.
pub async fn undo(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<BulkId>,
) -> Result<Response, Failure> {
    let turn = turn(actor.workspace);
    let bulk = db
        .write_in_turn(&turn, move |tx| super::undo(tx, &actor, id))
        .await?;
    let back = format!("/inbox/{}", bulk.view);
    Ok(told(&t, &bulk, &back))
}

/// An act: how far it is, and which tickets it left as they were.
///
/// # Errors
/// No such act here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text, At(id): At<BulkId>) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (bulk, troubles) = db
        .read(move |tx| {
            let bulk = super::find(tx, &reader, id)?.ok_or(BulkError::Unknown)?;
            let mut troubles = Vec::new();
            for row in super::troubles(tx, &reader, id, TROUBLES)? {
                let ticket = tickets::find(tx, &reader, row.ticket)?;
                troubles.push(Trouble { row, ticket });
            }
            Ok::<_, BulkError>((bulk, troubles))
        })
        .await?;
    let page = BulkPage {
        t: &t,
        troubles,
        may_undo: bulk.state == How::Done && bulk.changed > 0 && actor.may(Permission::TicketsWrite),
        bulk,
    };
    Ok(Page::new(t.say("bulk-title"), &page)
        .place("inbox")
        .crumb(t.say("nav-inbox"), format!("/inbox/{}", page.bulk.view))
        .live(id.to_string()))
}

/// The ticket with the number into which the chosen ones are merged, where one is typed.
fn merge_into(tx: &mut Tx<'_>, actor: &Actor, sent: &Sent) -> Result<Option<TicketId>, BulkError> {
    let Some(typed) = sent.given("merge_into") else {
        return Ok(None);
    };
    let number = typed
        .trim_start_matches('#')
        .parse()
        .map_err(|_| TicketError::NoTicket)?;
    let found = tickets::numbered(tx, actor, number)?.ok_or(TicketError::NoTicket)?;
    Ok(Some(found.id))
}

/// Which tickets the bar means.
pub(super) fn chosen(sent: &Sent) -> Chosen {
    if sent.one("all").is_empty() {
        Chosen::These(sent.all("ticket").filter_map(|id| id.parse().ok()).collect())
    } else {
        Chosen::All
    }
}

/// What a quick button changes.
fn quick(button: &str) -> Option<(Field, &'static str)> {
    Some(match button {
        "take" => (Field::Agent, "me"),
        "solve" => (Field::Status, Status::Solved.as_str()),
        "spam" => (Field::Status, Status::Spam.as_str()),
        "trash" => (Field::Status, Status::Trash.as_str()),
        "restore" => (Field::Status, bins::RESTORED),
        _ => return None,
    })
}

/// What the bar says: a quick button, a macro, or fields and their values.
fn described(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    sent: &Sent,
    view: View,
) -> Result<NewBulk, BulkError> {
    let mut words: Vec<(Field, String)> = Vec::new();
    let mut extras = Extras::said(sent.one("add_tags"), sent.one("remove_tags"), sent.one("follow"));
    match quick(sent.one("quick")) {
        Some((field, word)) => words.push((field, word.to_owned())),
        None => {
            if let Ok(id) = sent.one("macro").parse() {
                let found = replies::find(tx, actor, id).map_err(of_reply)?;
                let found = found.filter(|reply| reply.removal.is_none() && reply.text.body.is_empty());
                let text = found.ok_or(BulkError::BadMacro)?.text;
                words.extend(text.changes);
                extras = extras.and(text.extras);
            }
            for field in FIELDS {
                if let Some(word) = sent.given(replies::set(field)) {
                    words.retain(|(other, _)| *other != field);
                    words.push((field, word.to_owned()));
                }
            }
        }
    }
    let meant = |(field, word): (Field, String)| Ok((field, replies::meant(actor, t, field, &word)?));
    let changes = words.into_iter().map(meant).collect::<Result<_, BulkError>>()?;
    Ok(NewBulk {
        view,
        chosen: chosen(sent),
        changes,
        extras,
        merge_into: merge_into(tx, actor, sent)?,
        answer: None,
    })
}

fn of_reply(error: ReplyError) -> BulkError {
    match error {
        ReplyError::Forbidden(missing) => missing.into(),
        ReplyError::Db(error) => error.into(),
        _ => TicketError::Unknown.into(),
    }
}

/// What was done, with the way back; what is under way or left something leads to its own page.
pub(super) fn told(t: &Text, bulk: &Bulk, back: &str) -> Response {
    let own = format!("/tickets/bulk/{}", bulk.id);
    if bulk.state.is_busy() {
        return Redirect::to(&own).into_response();
    }
    let is_back = bulk.state == How::Undone;
    let count = if is_back {
        bulk.done - bulk.refused
    } else {
        bulk.changed
    };
    let key = match (is_back, &bulk.answer) {
        (true, _) => "bulk-was-undone",
        (false, Some(_)) => "bulk-was-answered",
        (false, None) => "bulk-was-done",
    };
    let notice = Notice::new(t.count(key, count));
    let notice = if !is_back && bulk.changed > 0 {
        notice.undo(format!("{own}/undo"))
    } else {
        notice
    };
    // Where something or everything stayed as it was, the act's own page says what.
    let is_whole = bulk.refused == 0 && (is_back || bulk.changed > 0);
    let to = if is_whole { back } else { own.as_str() };
    (notice, Redirect::to(to)).into_response()
}
