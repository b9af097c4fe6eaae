//! Choosing a reply for a ticket: the list that opens over the composer, and what happens with the chosen one.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page, Sent, address, known};
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::tags::TagId;

use super::failures::said;
use super::views::ChoosePage;
use super::{ReplyError, ReplyId, Used};
use crate::tickets::extras::Did;
use crate::tickets::{self, NewTicket, TicketError, TicketId, turn};

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
    /// Whether files wait in the composer now.
    files: bool,
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
        ticket: id.to_string(),
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

/// The replies whose words can be used in a ticket that is not opened yet.
///
/// # Errors
/// The database's.
pub async fn choose_new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ChooseQuery>,
) -> Result<Page, Failure> {
    let mut replies = db.read(move |tx| super::all(tx, &actor)).await?;
    replies.retain(|reply| reply.text.is_answer());
    let is_any = !replies.is_empty();
    replies.retain(|reply| reply.has(&query.q));
    let view = ChoosePage {
        t: &t,
        ticket: "new".to_owned(),
        view: &query.view,
        q: &query.q,
        replies,
        is_any,
    };
    Ok(Page::new(t.say("replies-choose"), &view)
        .place("inbox")
        .crumb(t.say("nav-inbox"), "/inbox")
        .crumb(t.say("tickets-new"), "/tickets/new"))
}

/// Gives the words of the chosen reply to the form of a new ticket, filled in with what stands in that form. What a macro changes is
/// left: there is nothing yet that it could change.
///
/// # Errors
/// A variable without a value, told with its name; no such reply here; the database's.
pub async fn take_new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let filled: Filled = sent.into_iter().collect();
    let reply: ReplyId = known(filled.value("reply"))?;
    let new = NewTicket {
        subject: filled.value("subject").trim().to_owned(),
        contact: filled.value("contact").parse().ok(),
        account: filled.value("account_id").parse().ok(),
        ..NewTicket::default()
    };
    let words = db.write(move |tx| super::apply_new(tx, &actor, (&new, reply)));
    let words = words.await.map_err(|error| told(&t, error))?;
    if filled.value("as") != "json" {
        return Ok(Redirect::to("/tickets/new").into_response());
    }
    let chosen = Chosen {
        words,
        mode: "reply",
        then: None,
        changed: false,
        files: false,
    };
    Ok(Json(chosen).into_response())
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

/// Takes back what a macro did, as its address says.
///
/// # Errors
/// What was changed again meanwhile, no such ticket here, a missing permission, or the database's.
pub async fn undo(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<TicketId>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let asked: Sent = asked.into_iter().collect();
    let did = Did {
        put: asked.all("put").filter_map(|id| id.parse().ok()).collect(),
        taken: asked.all("taken").filter_map(|id| id.parse().ok()).collect(),
        follower: asked.one("follower").parse().ok(),
    };
    let change = asked.given("change").map(known).transpose()?;
    let ticket = db
        .write_in_turn(&turn(actor.workspace), move |tx| {
            super::take_back(tx, &actor, id, (change, &did))
        })
        .await?;
    let said = t.say_with("tickets-taken-back", kit::args!(number = ticket.number));
    Ok((Notice::new(said), Redirect::to(&format!("/tickets/{id}"))).into_response())
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
            changed: !used.changes.is_empty() || !used.did.is_nothing(),
            files: !used.files.is_empty(),
        }
    }
}

/// What was changed, with the way to take it back.
fn notice(t: &Text, used: &Used) -> Option<Notice> {
    let undo = way_back(used)?;
    let name = used.reply.text.name.as_str();
    let said = t.say_with("replies-was-applied", kit::args!(name = name));
    Some(Notice::new(said).undo(undo))
}

/// The address that takes it back; none where nothing is other than before.
fn way_back(used: &Used) -> Option<String> {
    let change = used.changes.first().map(|change| change.id.to_string());
    if used.did.is_nothing() {
        return change.map(|id| format!("/tickets/changes/{id}/undo"));
    }
    let ids = |ids: &[TagId]| -> Vec<String> { ids.iter().map(TagId::to_string).collect() };
    let (put, taken) = (ids(&used.did.put), ids(&used.did.taken));
    let change = change.unwrap_or_default();
    let follower = used
        .did
        .follower
        .map(|agent| agent.to_string())
        .unwrap_or_default();
    let mut pairs = vec![("change", change.as_str()), ("follower", follower.as_str())];
    pairs.extend(put.iter().map(|id| ("put", id.as_str())));
    pairs.extend(taken.iter().map(|id| ("taken", id.as_str())));
    Some(address(
        &format!("/tickets/{}/replies/undo", used.ticket.id),
        &pairs,
    ))
}

fn told(t: &Text, error: ReplyError) -> Failure {
    let sentence = match &error {
        ReplyError::Broken(broken) => said(t, broken),
        ReplyError::Ticket(error) => match tickets::unanswered(t, error) {
            Some(sentence) => sentence,
            None => return error.clone().into(),
        },
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
