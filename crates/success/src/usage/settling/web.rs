//! The page of what belongs to no account, and what can be said of each.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::{At, cursor};
use kit::web::{Failure, Filled, Notice, Page};
use serde::Deserialize;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::failures::ACCOUNT;
use super::views::{QueuePage, is_open};
use super::{Asked, LIST, Made, Queued, RECENT, SettleError};
use crate::usage::TOPIC;
use crate::usage::debugger::{views::tabs, web::ADDRESS as EVENTS};
use crate::usage::people::NameId;
use crate::usage::sources::web::ADDRESS as SOURCES;

/// Where the ids stand.
pub(in crate::usage) const NAMES: &str = "/settings/sources/names";
/// Names on one page.
const PAGE: i64 = 50;

/// Which part of the queue.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    pub(super) q: String,
    #[serde(default)]
    pub(super) days: String,
    #[serde(default)]
    pub(super) left: String,
    after: Option<String>,
}

/// Where a choice goes back to.
#[derive(Debug, Default, Deserialize)]
pub struct Back {
    account: Option<AccountId>,
}

impl Wanted {
    fn asked(&self) -> Asked {
        let days = self.days.parse::<i64>().unwrap_or(RECENT).clamp(0, 4_000);
        Asked {
            text: self.q.clone(),
            days: Some(days).filter(|days| *days > 0),
            is_left: !self.left.is_empty(),
        }
    }

    /// The address of the next part, with what is asked for.
    fn next(&self, after: &str) -> String {
        let pairs = [
            ("q", &*self.q),
            ("days", &*self.days),
            ("left", &*self.left),
            ("after", after),
        ];
        let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let said: Vec<String> = said
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        format!("{EVENTS}/unsettled?{}", said.join("&"))
    }
}

/// A value as it stands in an address.
fn encoded(value: &str) -> String {
    let mut text = String::new();
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => text.push(char::from(byte)),
            other => text.push_str(&format!("%{other:02X}")),
        }
    }
    text
}

/// Names whose events belong to no account.
///
/// # Errors
/// The database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(wanted): Query<Wanted>,
) -> Result<Page, Failure> {
    let after: Option<Queued> = cursor::wanted(LIST, wanted.after.as_deref())?;
    let (asked, reader) = (wanted.asked(), actor.clone());
    let mut waiting = db
        .report(move |tx| super::list(tx, &reader, &asked, after.as_ref(), PAGE + 1))
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = waiting.len() > page;
    waiting.truncate(page);
    let last = waiting.last().filter(|_| has_more);
    let next = last.map(|last| wanted.next(&cursor::write(LIST, &last.line.queued())));
    let view = QueuePage {
        t: &t,
        tabs: tabs(&t, &format!("{EVENTS}/unsettled")),
        wanted: &wanted,
        waiting,
        next,
        may_write: is_open(&actor),
    };
    Ok(Page::new(t.say("usage-debugger-title"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("usage-sources-title"), SOURCES)
        .live(TOPIC))
}

/// Says which account a name is of: all its events are that account's.
///
/// # Errors
/// No such name here, a missing permission, or the database's.
pub async fn settle(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<NameId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let (named, writer) = (form.value("account").to_owned(), actor.clone());
    let settled = db
        .write(move |tx| {
            let account = meant(tx, &writer, &named)?;
            super::settle(tx, &writer, id, account)
        })
        .await;
    let before = match settled {
        Ok(before) => before,
        Err(SettleError::NoAccount) => {
            form.refuse("account", t.say("usage-settling-failure-account"));
            let page = crate::usage::identity::web::page(&db, &actor, &t, id, &form).await?;
            return Ok(page.status(ACCOUNT.status).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let undo = match before {
        Some(before) => format!("{NAMES}/{id}/account/end?account={before}"),
        None => format!("{NAMES}/{id}/account/end"),
    };
    Ok(done(Notice::new(t.say("usage-settling-was-settled")).undo(undo)))
}

/// Takes the choice of an account back, or chooses the one before.
///
/// # Errors
/// As of [`settle`].
pub async fn unsettle(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<NameId>,
    Query(back): Query<Back>,
) -> Result<Response, Failure> {
    db.write(move |tx| {
        super::unsettle(tx, &actor, id)?;
        if let Some(account) = back.account {
            super::settle(tx, &actor, id, account)?;
        }
        Ok::<_, SettleError>(())
    })
    .await?;
    Ok(done(Notice::new(t.say("usage-settling-was-unsettled"))))
}

/// Leaves a name without an account.
///
/// # Errors
/// As of [`settle`].
pub async fn leave(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<NameId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::leave(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("usage-settling-was-left"));
    Ok(done(notice.undo(format!("{NAMES}/{id}/leaving/end"))))
}

/// Lets a name wait again that was left.
///
/// # Errors
/// As of [`settle`].
pub async fn mind(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<NameId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::mind(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("usage-settling-was-minded"));
    Ok(done(notice.undo(format!("{NAMES}/{id}/leaving"))))
}

/// Makes the account or the contact that a name stands for.
///
/// # Errors
/// A name of which nothing can be made, a missing permission, or the database's.
pub async fn make(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<NameId>,
) -> Result<Response, Failure> {
    let made = db.write(move |tx| super::make(tx, &actor, id)).await?;
    let (said, to) = match made {
        Made::Account(account) => ("usage-settling-made-account", format!("/accounts/{account}")),
        Made::Contact(contact) => ("usage-settling-made-contact", format!("/contacts/{contact}")),
    };
    Ok((Notice::new(t.say(said)), Redirect::to(&to)).into_response())
}

/// The account that somebody means: its id, or its name if no other begins with it.
fn meant(tx: &mut Tx<'_>, actor: &Actor, named: &str) -> Result<AccountId, SettleError> {
    actor.must(Permission::UsageWrite)?;
    if let Ok(id) = named.trim().parse() {
        return Ok(id);
    }
    match &accounts::named(tx, actor, named, 2)?[..] {
        [account] => Ok(account.id),
        _ => Err(SettleError::NoAccount),
    }
}

/// Back to the queue, saying what was done.
fn done(notice: Notice) -> Response {
    (notice, Redirect::to(&format!("{EVENTS}/unsettled"))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_part_asks_for_the_same() {
        let wanted = Wanted {
            q: "a&b ö".to_owned(),
            left: "on".to_owned(),
            ..Wanted::default()
        };
        let next = wanted.next("x-1");
        assert_eq!(
            next,
            "/settings/sources/events/unsettled?q=a%26b%20%C3%B6&left=on&after=x-1"
        );
    }
}
