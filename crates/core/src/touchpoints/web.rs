//! The pages of touchpoints: timelines, and the form that writes one down.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::args;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};

use super::asking::TimelineQuery;
use super::failures::DAY;
use super::views::{Entries, FormPage, TimelinePanel};
use super::{
    Cursor, Direction, Experience, Impression, Judging, Kind, NewTouchpoint, TouchpointError, TouchpointId,
    Traces, Whose, kinds,
};
use crate::accounts::{self, Account, AccountId};
use crate::actor::Actor;
use crate::contacts::memberships::{self, Membership};
use crate::contacts::{self, ContactId};
use crate::permissions::Permission;

/// How many people of an account the form offers.
const OFFERED: i64 = 200;

/// Leads on to a touchpoint on the timeline of its account, where it stands first.
///
/// # Errors
/// No such touchpoint here, or the database's.
pub async fn lead(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Result<Redirect, Failure> {
    let id: TouchpointId = known(&id)?;
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    let touchpoint = found.ok_or(TouchpointError::Unknown)?;
    let before = Cursor {
        at: touchpoint.happened_at.0 + 1,
        id,
    };
    let account = touchpoint.account;
    let address = format!("/accounts/{account}/touchpoints?after={}#{id}", before.encode());
    Ok(Redirect::to(&address))
}

/// The timeline of an account: a panel of its page.
///
/// # Errors
/// No such account here, a cursor that is none, or the database's.
pub async fn of_account(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<TimelineQuery>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    let (filter, reader) = (query.filter(&t)?, actor.clone());
    let (account, part, experience) = db
        .read(move |tx| {
            let account = the_account(tx, &reader, id)?;
            let part = Entries::read(tx, &reader, Whose::Account(id), filter.clone())?;
            Ok::<_, Failure>((account, part, super::experience(tx, &reader, id)?))
        })
        .await?;
    let page = Panelled {
        base: format!("/accounts/{id}"),
        title: "panel-timeline",
        new_at: Some(format!("/accounts/{id}/touchpoints/new")),
        experience: Some(experience),
        part,
    };
    Ok(panel(&db, &t, &actor, &query, page)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(&account.name, format!("/accounts/{id}"))
        .live(id.to_string()))
}

/// The part of a contact in all timelines: a panel of their page.
///
/// # Errors
/// No such contact here, a cursor that is none, or the database's.
pub async fn of_contact(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<TimelineQuery>,
) -> Result<Page, Failure> {
    let id: ContactId = known(&id)?;
    let (filter, reader) = (query.filter(&t)?, actor.clone());
    let (contact, part, at) = db
        .read(move |tx| {
            let contact = contacts::find(tx, &reader, id)?.ok_or(TouchpointError::Unknown)?;
            let part = Entries::read(tx, &reader, Whose::Contact(contact.root), filter.clone())?;
            let at = memberships::of_contact(tx, &reader, contact.root)?;
            Ok::<_, Failure>((contact, part, at))
        })
        .await?;
    // Where they are now; what is written down with them stands on that account's timeline too.
    let now = |membership: &Membership| t.today().is_some_and(|day| membership.text.holds_on(day));
    let at = at.iter().find(|(membership, _)| now(membership));
    let new_at =
        at.map(|(membership, _)| format!("/accounts/{}/touchpoints/new?contact={id}", membership.account));
    let page = Panelled {
        base: format!("/contacts/{id}"),
        title: "panel-their-timeline",
        new_at,
        experience: None,
        part,
    };
    Ok(panel(&db, &t, &actor, &query, page)
        .place("contacts")
        .crumb(t.say("contacts-title"), "/contacts")
        .crumb(&contact.text.name, format!("/contacts/{id}"))
        .live(id.to_string()))
}

/// What differs between the two panels.
struct Panelled {
    base: String,
    title: &'static str,
    /// Where one more is written down.
    new_at: Option<String>,
    experience: Option<Experience>,
    part: Entries,
}

fn panel(db: &Db, t: &Text, actor: &Actor, query: &TimelineQuery, page: Panelled) -> Page {
    let traces = db.attached::<Traces>();
    let view = TimelinePanel {
        t,
        kinds: traces.as_deref().map(Traces::kinds).unwrap_or_default(),
        kind: &query.kind,
        channel: &query.channel,
        mood: &query.mood,
        since: &query.since,
        until: &query.until,
        new_at: page.new_at.filter(|_| actor.may(Permission::AccountsWrite)),
        may_write: actor.may(Permission::AccountsWrite),
        base: page.base,
        experience: page.experience,
        part: page.part,
    };
    Page::new(t.say(page.title), &view)
}

/// The empty form; the address may say with whom it was.
///
/// # Errors
/// No such account here, or the database's.
pub async fn new(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    form(&db, &actor, &t, id, &asked.into_iter().collect()).await
}

/// Writes down what the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: AccountId = known(&id)?;
    let mut filled: Filled = sent.into_iter().collect();
    let (writer, asked) = (actor.clone(), asked(&filled, &t));
    let added = match asked {
        Ok(new) => db
            .write(move |tx| super::add(tx, &writer, id, &new))
            .await
            .map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    match added {
        Ok(touchpoint) => {
            let notice = Notice::new(t.say("touchpoints-added"))
                .undo(format!("/touchpoints/{}/withdrawal", touchpoint.id));
            Ok((notice, to(id)).into_response())
        }
        Err(failure) => {
            let status = filled.refuse_all(failure, &t)?;
            Ok(form(&db, &actor, &t, id, &filled)
                .await?
                .status(status)
                .into_response())
        }
    }
}

/// Judges how a touchpoint left the customer.
///
/// # Errors
/// No such touchpoint here, a missing permission, or the database's.
pub async fn judge(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TouchpointId = known(&id)?;
    let filled: Filled = sent.into_iter().collect();
    let judging = Judging {
        impression: impression(&filled, "impression")?,
        reason: filled.value("reason").to_owned(),
        seen: Some(impression(&filled, "seen")?).filter(|_| filled.has("seen")),
    };
    let judged = db
        .write(move |tx| super::judge(tx, &actor, id, &judging))
        .await
        .map_err(|error| refused(error, &t))?;
    Ok((Notice::new(t.say("touchpoints-judged")), to(judged.account)).into_response())
}

fn impression(filled: &Filled, name: &str) -> Result<Option<Impression>, TouchpointError> {
    let number: Option<i64> = filled.value(name).parse().ok();
    number.map(TryInto::try_into).transpose()
}

/// A refused judgement; who was faster and what they said, where that is why.
fn refused(error: TouchpointError, t: &Text) -> Failure {
    let told = match &error {
        TouchpointError::JudgedMeanwhile(now) => {
            let word = now
                .as_ref()
                .map_or("touchpoints-no-impression", |judged| judged.impression.text());
            let by = now.as_ref().and_then(|judged| judged.by.split_once(' '));
            let (word, name) = (t.say(word), by.map_or("?", |(_, name)| name));
            Some(t.say_with(
                "touchpoints-judged-meanwhile",
                args!(name = name, impression = word.as_str()),
            ))
        }
        _ => None,
    };
    let failure = Failure::from(error);
    match told {
        Some(told) => failure.told(told),
        None => failure,
    }
}

/// Takes a touchpoint off the timeline.
///
/// # Errors
/// As of [`judge`].
pub async fn withdraw(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: TouchpointId = known(&id)?;
    let gone = db.write(move |tx| super::withdraw(tx, &actor, id)).await?;
    let notice =
        Notice::new(t.say("touchpoints-withdrawn")).undo(format!("/touchpoints/{id}/withdrawal/end"));
    Ok((notice, to(gone.account)).into_response())
}

/// Puts a withdrawn touchpoint back.
///
/// # Errors
/// As of [`judge`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: TouchpointId = known(&id)?;
    let back = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok((Notice::new(t.say("touchpoints-restored")), to(back.account)).into_response())
}

fn to(account: AccountId) -> Response {
    Redirect::to(&format!("/accounts/{account}")).into_response()
}

fn the_account(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Account, Failure> {
    let found = accounts::find(tx, actor, id)?;
    found.ok_or_else(|| Failure::of(StatusCode::NOT_FOUND))
}

/// What the form asks for.
fn asked(filled: &Filled, t: &Text) -> Result<NewTouchpoint, Failure> {
    let kind = kinds::BY_HAND
        .iter()
        .find(|kind| kind.word == filled.value("kind"));
    let kind: &Kind = kind.ok_or(TouchpointError::BadKind)?;
    let happened_at = match filled.value("happened").trim() {
        "" => None,
        text => {
            let day = t.read_day(text).ok_or_else(|| Failure::field("happened", &DAY))?;
            let is_today = t.today() == Some(day);
            let begins = t.day_begins(&day.to_string());
            (!is_today).then_some(begins).flatten()
        }
    };
    let number: Option<i64> = filled.value("impression").parse().ok();
    let impression = number.map(TryInto::try_into).transpose()?;
    let direction: Direction = filled.value("direction").parse().unwrap_or(Direction::Both);
    Ok(NewTouchpoint {
        contact: filled.value("contact").parse().ok(),
        kind: kind.word.to_owned(),
        channel: filled.value("channel").parse().unwrap_or(kind.channel),
        direction,
        summary: filled.value("summary").to_owned(),
        evidence: None,
        happened_at,
        impression: impression.map(|impression| (impression, filled.value("reason").to_owned())),
    })
}

async fn form(db: &Db, actor: &Actor, t: &Text, id: AccountId, filled: &Filled) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (account, people) = db
        .read(move |tx| {
            let account = the_account(tx, &reader, id)?;
            let people = if reader.may(Permission::ContactsRead) {
                memberships::at_account(tx, &reader, id, OFFERED)?
            } else {
                Vec::new()
            };
            Ok::<_, Failure>((account, people))
        })
        .await?;
    let view = FormPage {
        t,
        filled,
        account: &account,
        people: people.into_iter().map(|(_, contact)| contact).collect(),
    };
    Ok(Page::new(t.say("touchpoints-new"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(&account.name, format!("/accounts/{id}")))
}
