//! Scheduled replies on pages: sent later from the composer, listed above it and in the inbox, moved, called off, sent now.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::clock::Timestamp;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::cursor;
use kit::web::{Failure, Filled, Notice, Page, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::super::acts::{back, snooze};
use super::super::names::Names;
use super::super::pages::{PLACE, conversation};
use super::super::sending::FormId;
use super::super::{LIST as TICKETS, Status, Ticket, TicketError, TicketId, files, turn};
use super::views::{LinePage, ListPage, MomentPage};
use super::{LIST, NewScheduled, Place, ScheduleError, Scheduled, ScheduledId};

/// Replies on one page of the list.
const PAGE: i64 = 50;
/// Where the list is.
const ADDRESS: &str = "/inbox/scheduled";
/// The hour that the form proposes.
const MORNING: &str = "09:00";

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    after: Option<String>,
}

/// All that wait.
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let after: Option<Place> = cursor::wanted(LIST, query.after.as_deref())?;
    let reader = actor.clone();
    let (rows, names, next) = db
        .read(move |tx| {
            let mut found = super::all(tx, &reader, after, PAGE + 1)?;
            let page = usize::try_from(PAGE).expect("a page is small");
            let has_more = found.len() > page;
            found.truncate(page);
            let next = found.last().filter(|_| has_more).map(Scheduled::place);
            let mut rows = Vec::new();
            for one in found {
                // One look-up by key for each of a few.
                if let Some(ticket) = super::super::find(tx, &reader, one.ticket)? {
                    rows.push((one, ticket));
                }
            }
            let tickets: Vec<Ticket> = rows.iter().map(|(_, ticket)| ticket.clone()).collect();
            let names = Names::of(tx, &reader, &tickets)?;
            Ok::<_, ScheduleError>((rows, names, next))
        })
        .await?;
    let may_write = actor.may(Permission::TicketsWrite);
    let next = next.map(|place| format!("{ADDRESS}?after={}", cursor::write(LIST, &place)));
    let view = ListPage::new(&t, (rows, next), names, may_write);
    Ok(Page::new(t.say("scheduled-title"), &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox")
        .live(TICKETS)
        .live(LIST))
}

/// What waits in a ticket, and what was called off by itself; a part above its composer.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn of_ticket(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let (id, reader): (TicketId, _) = (known(&id)?, actor.clone());
    let (ticket, scheduled) = db
        .read(move |tx| {
            let ticket = super::super::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            Ok::<_, ScheduleError>((ticket, super::of_ticket(tx, &reader, id)?))
        })
        .await?;
    let view = LinePage::new(&t, scheduled, actor.may(Permission::TicketsWrite));
    Ok(Page::new(t.say("scheduled-title"), &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(format!("#{}", ticket.number), format!("/tickets/{id}"))
        .live(id.to_string()))
}

/// Schedules what the composer holds, or shows it again with what is wrong.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn schedule(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TicketId = known(&id)?;
    let mut filled: Filled = sent.into_iter().collect();
    match kept(&db, &actor, &t, id, &filled).await {
        Ok(one) => {
            let moment = t.moment(one.due_at);
            let said = t.say_with("scheduled-was-made", kit::args!(moment = moment.as_str()));
            let notice = Notice::new(said).undo(format!("/tickets/scheduled/{}/draft", one.id));
            Ok((notice, Redirect::to(&back(id, filled.value("view")))).into_response())
        }
        Err(error) => {
            let status = filled.refuse_all(error.into(), &t)?;
            if filled.value("when") == "choose" {
                return Ok(chosen_anew(&t, id, &mut filled).status(status).into_response());
            }
            let view = filled.value("view").to_owned();
            let page = conversation(&db, &actor, &t, (id, Some(view)), filled).await?;
            Ok(page.status(status).into_response())
        }
    }
}

async fn kept(
    db: &Db,
    actor: &Actor,
    t: &Text,
    id: TicketId,
    filled: &Filled,
) -> Result<Scheduled, ScheduleError> {
    let form: Option<FormId> = filled.value("form").parse().ok();
    let mut new = NewScheduled {
        body: filled.value("body").to_owned(),
        html: Some(filled.value("html").to_owned()),
        then: Some(Status::Waiting),
        due_at: moment(t, filled)?,
        unless_reply: filled.has("unless_reply"),
        files: Vec::new(),
    };
    let writer = actor.clone();
    db.write_in_turn(&turn(actor.workspace), move |tx| {
        // Everything that the composer shows goes along.
        let waiting = files::waiting(tx, &writer, id)?;
        new.files = waiting.iter().map(|file| file.id).collect();
        super::schedule(tx, &writer, (id, form), &new)
    })
    .await
}

/// When, as a form says it: a word, or a day and a time in the reader's zone.
fn moment(t: &Text, filled: &Filled) -> Result<Timestamp, ScheduleError> {
    match filled.value("when") {
        "choose" => at(t, filled.value("day"), filled.value("time")),
        word @ ("hours" | "tomorrow" | "monday" | "week") => {
            let moment = snooze(t, word)?.parse::<i64>();
            Ok(Timestamp(moment.map_err(|_| ScheduleError::BadMoment)?))
        }
        _ => Err(ScheduleError::BadMoment),
    }
}

fn at(t: &Text, day: &str, time: &str) -> Result<Timestamp, ScheduleError> {
    let day = t.read_day(day).ok_or(ScheduleError::BadDay)?;
    let (hour, minute) = time.trim().split_once(':').ok_or(ScheduleError::BadTime)?;
    let number = |text: &str| text.parse::<i8>().map_err(|_| ScheduleError::BadTime);
    let time = jiff::civil::Time::new(number(hour)?, number(minute)?, 0, 0);
    let time = time.map_err(|_| ScheduleError::BadTime)?;
    let moment = day.to_datetime(time).to_zoned(t.zone().clone());
    let moment = moment.map_err(|_| ScheduleError::BadTime)?;
    Ok(Timestamp(moment.timestamp().as_microsecond()))
}

/// Asks for a day and a time for what the composer holds. Nothing is stored.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn choose(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let id: TicketId = known(&id)?;
    let mut filled: Filled = sent.into_iter().collect();
    let found = db.read(move |tx| super::super::find(tx, &actor, id)).await?;
    found.ok_or(TicketError::Unknown)?;
    if let Some(tomorrow) = t.today().and_then(|today| today.tomorrow().ok()) {
        filled.set("day", t.day_written(tomorrow));
    }
    filled.set("time", MORNING);
    Ok(chosen_anew(&t, id, &mut filled))
}

fn chosen_anew(t: &Text, id: TicketId, filled: &mut Filled) -> Page {
    about_the_day(filled);
    let view = MomentPage {
        t,
        action: format!("/tickets/{id}/scheduled"),
        is_new: true,
        leave: back(id, filled.value("view")),
        filled,
    };
    Page::new(t.say("scheduled-choose"), &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(t.say("scheduled-ticket"), format!("/tickets/{id}"))
}

/// A moment that does not fit is said beside the day.
fn about_the_day(filled: &mut Filled) {
    let wrong = filled.error("due_at").to_owned();
    if !wrong.is_empty() {
        filled.refuse("day", wrong);
    }
}

/// The form of another moment.
///
/// # Errors
/// No such reply here, or the database's.
pub async fn time(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: ScheduledId = known(&id)?;
    let one = db.read(move |tx| super::find(tx, &actor, id)).await?;
    let mut filled = Filled::default();
    let due = one.due_at.calendar().map(|at| at.to_zoned(t.zone().clone()));
    if let Some(due) = due {
        filled.set("day", t.day_written(due.date()));
        filled.set("time", format!("{:02}:{:02}", due.hour(), due.minute()));
    }
    if one.unless_reply {
        filled.set("unless_reply", "on");
    }
    Ok(moved_anew(&t, &one, &mut filled))
}

fn moved_anew(t: &Text, one: &Scheduled, filled: &mut Filled) -> Page {
    about_the_day(filled);
    filled.set("body", one.body.clone());
    let view = MomentPage {
        t,
        action: format!("/tickets/scheduled/{}/time", one.id),
        is_new: false,
        leave: format!("/tickets/{}", one.ticket),
        filled,
    };
    Page::new(t.say("scheduled-choose"), &view)
        .place(PLACE)
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(t.say("scheduled-title"), "/inbox/scheduled")
}

/// Gives a reply another moment, or shows the form again with what is wrong.
///
/// # Errors
/// It does not wait any more, no such reply here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: ScheduledId = known(&id)?;
    let mut filled: Filled = sent.into_iter().collect();
    let unless_reply = filled.has("unless_reply");
    let reader = actor.clone();
    let before = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let changed = match at(&t, filled.value("day"), filled.value("time")) {
        Ok(due_at) => {
            db.write(move |tx| super::change(tx, &actor, id, (due_at, unless_reply)))
                .await
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(one) => {
            let moment = t.moment(one.due_at);
            let said = t.say_with("scheduled-was-moved", kit::args!(moment = moment.as_str()));
            let notice = Notice::new(said).undo(format!("/tickets/scheduled/{id}/time/undo"));
            Ok(to_ticket(notice, &one))
        }
        Err(error) => {
            let status = filled.refuse_all(error.into(), &t)?;
            Ok(moved_anew(&t, &before, &mut filled)
                .status(status)
                .into_response())
        }
    }
}

/// Gives a reply its former moment back.
///
/// # Errors
/// As of [`change`].
pub async fn move_back(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ScheduledId = known(&id)?;
    let one = db.write(move |tx| super::move_back(tx, &actor, id)).await?;
    let moment = t.moment(one.due_at);
    let said = t.say_with("scheduled-was-moved", kit::args!(moment = moment.as_str()));
    Ok(to_ticket(Notice::new(said), &one))
}

/// Calls a reply off.
///
/// # Errors
/// It was sent, no such reply here, a missing permission, or the database's.
pub async fn cancel(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ScheduledId = known(&id)?;
    let one = db.write(move |tx| super::cancel(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("scheduled-was-cancelled"));
    let notice = notice.undo(format!("/tickets/scheduled/{id}/cancellation/end"));
    Ok(to_ticket(notice, &one))
}

/// Puts a reply back.
///
/// # Errors
/// Its moment is past; as of [`cancel`].
pub async fn resume(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ScheduledId = known(&id)?;
    let one = db.write(move |tx| super::resume(tx, &actor, id)).await?;
    let moment = t.moment(one.due_at);
    let said = t.say_with("scheduled-was-made", kit::args!(moment = moment.as_str()));
    Ok(to_ticket(Notice::new(said), &one))
}

/// Sends a reply now.
///
/// # Errors
/// It was sent already, what the ticket refuses, no such reply here, a missing permission, or the database's.
pub async fn send(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ScheduledId = known(&id)?;
    let turn = turn(actor.workspace);
    let sent = db.write_in_turn(&turn, move |tx| super::send_now(tx, &actor, id));
    let one = sent.await?;
    Ok(to_ticket(Notice::new(t.say("tickets-sent")), &one))
}

/// Takes the words of a reply into the composer.
///
/// # Errors
/// As of [`send`].
pub async fn take_up(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ScheduledId = known(&id)?;
    let one = db.write(move |tx| super::take_up(tx, &actor, id)).await?;
    let to = Redirect::to(&format!("/tickets/{}#composer", one.ticket));
    Ok((Notice::new(t.say("scheduled-was-taken")), to).into_response())
}

fn to_ticket(notice: Notice, one: &Scheduled) -> Response {
    (notice, Redirect::to(&format!("/tickets/{}", one.ticket))).into_response()
}
