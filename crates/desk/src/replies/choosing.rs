//! Choosing a reply for a ticket: the list that opens over the composer, and what happens with the chosen one.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page, address, known};
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::failures::said;
use super::views::ChoosePage;
use super::{ReplyError, ReplyId, Used};
use crate::tickets::{self, TicketError, TicketId, turn};

/// What is looked for, and from which view of the inbox.
#[derive(Debug, Default, Deserialize)]
pub struct ChooseQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    view: String,
}

/// What came of a chosen reply, for the composer's script.
#[derive(Debug, Serialize)]
struct Chosen {
    words: String,
    mode: &'static str,
    /// The status that goes with the answer, and what its button says.
    then: Option<(String, String)>,
    /// Whether fields were changed, so that the page is to be fetched again.
    changed: bool,
}

/// The replies that can be used in a ticket.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn choose(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<TicketId>,
    Query(query): Query<ChooseQuery>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (ticket, mut replies) = db
        .read(move |tx| {
            let ticket = tickets::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
            Ok::<_, ReplyError>((ticket, super::all(tx, &reader)?))
        })
        .await?;
    let is_any = !replies.is_empty();
    replies.retain(|reply| reply.has(&query.q));
    let view = ChoosePage {
        t: &t,
        ticket: id,
        view: &query.view,
        q: &query.q,
        replies,
        is_any,
    };
    let subject = format!("#{} {}", ticket.number, ticket.subject);
    Ok(Page::new(t.say("replies-choose"), &view)
        .place("inbox")
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(subject, format!("/tickets/{id}")))
}

/// Uses the chosen reply: makes its changes and gives its words to the composer.
///
/// # Errors
/// A variable without a value, told with its name; no such ticket or reply here; the database's.
pub async fn take(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<TicketId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let filled: Filled = sent.into_iter().collect();
    let reply: ReplyId = known(filled.value("reply"))?;
    let is_script = filled.value("as") == "json";
    let (writer, voice) = (actor.clone(), t.clone());
    let used = db
        .write_in_turn(&turn(actor.workspace), move |tx| {
            super::apply(tx, &writer, &voice, id, reply)
        })
        .await;
    let used = match used {
        Err(ReplyError::Broken(broken)) if !is_script => {
            let back = Redirect::to(&ticket_address(id, filled.value("view")));
            return Ok((Notice::bad(said(&t, &broken)), back).into_response());
        }
        Err(error) => return Err(told(&t, error)),
        Ok(used) => used,
    };
    if is_script {
        let answer = Json(Chosen::of(&t, &used));
        return Ok(match notice(&t, &used) {
            Some(notice) => (notice, answer).into_response(),
            None => answer.into_response(),
        });
    }
    // Without the script the ticket's page comes with the words in its composer.
    let mut composer = Filled::default();
    composer.set("body", &used.words);
    composer.set("mode", if used.reply.text.is_note { "note" } else { "reply" });
    let view = Some(filled.value("view").to_owned());
    let page = tickets::conversation(&db, &actor, &t, (id, view), composer).await?;
    Ok(match notice(&t, &used) {
        Some(notice) => (notice, page).into_response(),
        None => page.into_response(),
    })
}

impl Chosen {
    fn of(t: &Text, used: &Used) -> Self {
        Self {
            words: used.words.clone(),
            mode: if used.reply.text.is_note { "note" } else { "reply" },
            then: used.then.map(|then| {
                let status = used.then_name.as_str();
                let text = t.say_with("replies-send-then", kit::args!(status = status));
                (then.to_string(), text)
            }),
            changed: !used.changes.is_empty(),
        }
    }
}

/// What was changed, with the way to take it back.
fn notice(t: &Text, used: &Used) -> Option<Notice> {
    let change = used.changes.first()?;
    let name = used.reply.text.name.as_str();
    let said = t.say_with("replies-was-applied", kit::args!(name = name));
    Some(Notice::new(said).undo(format!("/tickets/changes/{}/undo", change.id)))
}

fn told(t: &Text, error: ReplyError) -> Failure {
    let sentence = match &error {
        ReplyError::Broken(broken) => said(t, broken),
        _ => return error.into(),
    };
    Failure::from(error).told(sentence)
}

fn ticket_address(id: TicketId, view: &str) -> String {
    match view {
        "" => format!("/tickets/{id}"),
        view => address(&format!("/tickets/{id}"), &[("view", view)]),
    }
}
