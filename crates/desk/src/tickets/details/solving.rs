//! Asking for what is filled in before solving where somebody solves a ticket: beside what they sent, so that nothing is lost.

use askama::Template;
use axum::response::{IntoResponse, Response};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Page, Sent};
use tandem_core::actor::Actor;
use tandem_core::fields::conditions::Answers;
use tandem_core::fields::{self, Field, FieldError, FieldValue};

use super::super::failures::UNANSWERED;
use super::super::nouns::NOUN;
use super::super::{TicketError, TicketId};
use super::rules;
use crate::forms::{Asked, FieldsView, Words};

/// That a form asks for fields, in the form itself.
const ASKS: &str = "asks";
/// How the inputs of fields begin.
const INPUT: &str = "f.";

/// Whether a form asks for what is filled in before solving.
pub(in crate::tickets) fn is_asked(filled: &Filled) -> bool {
    filled.has(ASKS)
}

/// What a form says in the fields that it asks for. What can't be read is refused in `filled`.
///
/// # Errors
/// No such ticket here, or the database's.
pub(in crate::tickets) async fn read(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (id, sent): (TicketId, &Sent),
    filled: &mut Filled,
) -> Result<Answers, Failure> {
    if !filled.pairs().any(|(name, _)| name.starts_with(INPUT)) {
        return Ok(Answers::new());
    }
    filled.set(ASKS, "yes");
    let is_sent = |field: &Field| sent.all(&fields::form::input(field)).next().is_some();
    let (_, asked) = questions(db, actor, id).await?;
    let known = asked.into_iter().map(|one| one.field).filter(is_sent);
    let known: Vec<Field> = known.collect();
    let (mut answers, read) = fields::form::read(t, &known, sent);
    answers.retain(|_, value| value.as_ref().is_some_and(says_something));
    for field in &known {
        let name = fields::form::input(field);
        filled.set(&name, read.value(&name));
        let wrong = read.error(&name);
        if !wrong.is_empty() {
            filled.refuse(name, wrong.to_owned());
        }
    }
    Ok(answers)
}

fn says_something(value: &FieldValue) -> bool {
    !matches!(value, FieldValue::Several(chosen) if chosen.is_empty())
}

/// The number of a ticket, and what is to be asked of it.
async fn questions(db: &Db, actor: &Actor, id: TicketId) -> Result<(i64, Vec<Asked>), TicketError> {
    let reader = actor.clone();
    db.read(move |tx| {
        let ticket = super::super::find(tx, &reader, id)?.ok_or(TicketError::Unknown)?;
        let asked = rules::questions(tx, reader.workspace, &ticket)?;
        Ok((ticket.number, asked))
    })
    .await
}

/// Fills in what was answered, before the ticket is solved in the same act.
///
/// # Errors
/// [`TicketError::Unfit`] for what does not fit its field, a missing permission, or the database's.
pub(in crate::tickets) fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    answers: &Answers,
) -> Result<(), TicketError> {
    if answers.is_empty() {
        return Ok(());
    }
    match fields::set(tx, actor, &NOUN, id.into(), answers) {
        Ok(_) => Ok(()),
        Err(FieldError::Wrong(all)) => {
            let wrong = all.into_iter().map(|wrong| (wrong.key, wrong.trouble.text()));
            Err(TicketError::Unfit(wrong.collect()))
        }
        Err(error) => Err(super::of_field(error)),
    }
}

/// Says in a form which fields are to be filled in, or why what was filled in does not fit.
pub(in crate::tickets) fn refuse(t: &Text, filled: &mut Filled, error: &TicketError) {
    filled.set(ASKS, "yes");
    match error {
        TicketError::Unanswered(all) => {
            for (key, _) in all {
                filled.refuse(format!("{INPUT}{key}"), t.say("details-missing"));
            }
        }
        TicketError::Unfit(all) => {
            for (key, text) in all {
                filled.refuse(format!("{INPUT}{key}"), t.say(text));
            }
        }
        _ => {}
    }
}

/// Which fields are to be filled in before a ticket is solved, as a sentence; none for other failures.
pub(crate) fn told(t: &Text, error: &TicketError) -> Option<String> {
    let TicketError::Unanswered(all) = error else {
        return None;
    };
    let labels: Vec<&str> = all.iter().map(|(_, label)| label.as_str()).collect();
    let names = t.list(&labels);
    Some(t.say_with("details-missing-names", kit::args!(names = names.as_str())))
}

/// The inputs for what is asked.
pub(in crate::tickets) fn inputs(t: &Text, asked: &[Asked], filled: &Filled) -> String {
    let view = FieldsView {
        t,
        asked,
        filled,
        words: &Words::default(),
    };
    view.render()
        .expect("a template writes into a string, which cannot fail")
}

/// The page that asks for what is to be filled in, with everything that was sent.
///
/// # Errors
/// No such ticket here, or the database's.
pub(in crate::tickets) async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (id, filled): (TicketId, &Filled),
) -> Result<Response, Failure> {
    let (number, asked) = questions(db, actor, id).await?;
    let is_kept = |(name, _): &(&str, &str)| !name.starts_with(INPUT) && *name != ASKS;
    let view = SolvingPage {
        t,
        id,
        kept: filled.pairs().filter(is_kept).collect(),
        inputs: inputs(t, &asked, filled),
    };
    let page = Page::new(t.say("details-before-solving"), &view)
        .place(NOUN.place)
        .crumb(t.say("nav-inbox"), NOUN.home)
        .crumb(format!("#{number}"), format!("/tickets/{id}"));
    Ok(page.status(UNANSWERED.status).into_response())
}

#[derive(Template)]
#[template(path = "tickets/details/views/solving.html")]
struct SolvingPage<'a> {
    t: &'a Text,
    id: TicketId,
    /// What was sent.
    kept: Vec<(&'a str, &'a str)>,
    inputs: String,
}
