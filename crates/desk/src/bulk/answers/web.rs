//! The page of an answer to many tickets: what it says, how that looks in one of them, and sending it to all.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Page, Sent};
use tandem_core::actor::Actor;

use super::super::web::{chosen, told};
use super::super::{BulkError, Chosen, MOST, NewBulk};
use super::views::{AnswerPage, Preview};
use super::{Answer, begin_once};
use crate::replies::Reply;
use crate::statuses::{self, OwnStatus};
use crate::tickets::extras::Extras;
use crate::tickets::listing::{self, View};
use crate::tickets::{self, Status, TicketId, turn};

/// Shows the form for the tickets that are chosen, with what it says in the first of them; or sends it to all. What can't be sent
/// stands in the form again with everything that was typed.
///
/// # Errors
/// Nothing chosen, a missing permission, or the database's.
pub async fn answer(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let sent: Sent = pairs.iter().cloned().collect();
    let mut filled: Filled = pairs.into_iter().collect();
    let view: View = sent.one("view").parse().unwrap_or(View::All);
    let mut status = StatusCode::OK;
    if sent.one("act") == "send" {
        let (writer, asked) = (actor.clone(), sent.clone());
        let turn = turn(actor.workspace);
        let begun = db.write_in_turn(&turn, move |tx| begin_once(tx, &writer, &described(&asked, view)));
        match begun.await {
            Ok(bulk) => return Ok(told(&t, &bulk, &format!("/inbox/{view}"))),
            Err(error) => status = refuse(&t, &mut filled, error)?,
        }
    }
    let page = page(&db, &actor, &t, (view, &sent, filled)).await?;
    Ok(page.status(status).into_response())
}

/// What is wrong with an answer, beside its words.
fn refuse(t: &Text, filled: &mut Filled, error: BulkError) -> Result<StatusCode, Failure> {
    let is_of_words = matches!(error, BulkError::BadAnswer | BulkError::Broken(_));
    if let BulkError::Broken(broken) = &error {
        filled.refuse("body", crate::replies::broken(t, broken));
    }
    let failure = Failure::from(error);
    if !is_of_words {
        return Err(failure);
    }
    filled.refuse("body", t.say(failure.code.text));
    Ok(failure.status())
}

/// The act that the form describes.
fn described(sent: &Sent, view: View) -> NewBulk {
    NewBulk {
        view,
        chosen: chosen(sent),
        changes: Vec::new(),
        extras: Extras::default(),
        merge_into: None,
        answer: Some(answer_of(sent)),
    }
}

fn answer_of(sent: &Sent) -> Answer {
    Answer {
        reply: sent.one("reply").parse().ok(),
        body: sent.one("body").to_owned(),
        then: sent.one("then").to_owned(),
        seen_at: sent.one("seen_at").parse().ok(),
    }
}

/// What the page shows beside what was typed.
struct Shown {
    replies: Vec<Reply>,
    statuses: Vec<OwnStatus>,
    count: i64,
    now: i64,
    preview: Option<Result<Preview, BulkError>>,
}

async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (view, sent, mut filled): (View, &Sent, Filled),
) -> Result<Page, Failure> {
    let (reader, asked) = (actor.clone(), sent.clone());
    let shown = db.read(move |tx| shown(tx, &reader, view, &asked)).await?;
    let preview = match shown.preview {
        Some(Ok(preview)) => Some(preview),
        Some(Err(error)) => {
            refuse(t, &mut filled, error)?;
            None
        }
        None => None,
    };
    let then = sent.one("then").parse().unwrap_or(Status::Waiting.into());
    let is_all = chosen(sent) == Chosen::All;
    let page = AnswerPage {
        t,
        view,
        tickets: if is_all {
            Vec::new()
        } else {
            sent.all("ticket").collect()
        },
        is_all,
        count: shown.count,
        seen_at: sent.one("seen_at").parse().unwrap_or(shown.now),
        replies: shown.replies,
        statuses: statuses::choices(t, &shown.statuses, Some(then)),
        filled: &filled,
        preview,
    };
    Ok(Page::new(t.say("bulk-answer"), &page)
        .place("inbox")
        .crumb(t.say("nav-inbox"), format!("/inbox/{view}")))
}

fn shown(tx: &mut Tx<'_>, actor: &Actor, view: View, sent: &Sent) -> Result<Shown, BulkError> {
    let (first, count) = match chosen(sent) {
        Chosen::These(these) if these.is_empty() => return Err(BulkError::NoTickets),
        Chosen::These(these) => (
            these.first().copied(),
            i64::try_from(these.len()).unwrap_or(i64::MAX),
        ),
        Chosen::All => {
            let first = listing::view(tx, actor, view, None, 1)?.pop();
            let most = i64::try_from(MOST).unwrap_or(i64::MAX);
            (
                first.map(|ticket| ticket.id),
                listing::count(tx, actor, view)?.unwrap_or(most),
            )
        }
    };
    let answer = answer_of(sent);
    let says_something = answer.reply.is_some() || !answer.body.is_empty();
    let preview = match first.filter(|_| says_something) {
        Some(id) => preview(tx, actor, (&answer, id))?,
        None => None,
    };
    Ok(Shown {
        replies: super::usable(tx, actor)?,
        statuses: statuses::all(tx, actor.workspace)?,
        count,
        now: tx.now().0,
        preview,
    })
}

/// What the answer says in a ticket, or why it can't.
fn preview(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (answer, id): (&Answer, TicketId),
) -> Result<Option<Result<Preview, BulkError>>, BulkError> {
    let Some(ticket) = tickets::find(tx, actor, id)? else {
        return Ok(None);
    };
    match super::words(tx, actor, answer, id) {
        Ok(words) => Ok(Some(Ok(Preview { ticket, words }))),
        Err(error @ (BulkError::Broken(_) | BulkError::BadAnswer)) => Ok(Some(Err(error))),
        Err(error) => Err(error),
    }
}
