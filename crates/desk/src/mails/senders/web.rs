//! The page of senders about whom somebody has decided.

use std::fmt::Write;

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::super::{MailError, Verdict, web};
use super::Taught;

const ADDRESS: &str = "/settings/mails/senders";
/// Senders on one page.
const PAGE: i64 = 100;

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    after: String,
}

/// Which sender, and what is decided.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    sender: String,
    verdict: Verdict,
}

/// Which sender.
#[derive(Debug, Deserialize)]
pub struct Named {
    sender: String,
}

#[derive(Template)]
#[template(path = "mails/views/senders.html")]
struct SendersPage<'a> {
    t: &'a Text,
    senders: Vec<Taught>,
    next: Option<String>,
    may_decide: bool,
}

impl SendersPage<'_> {
    fn verdict(&self, taught: &Taught) -> String {
        self.t.say(&taught.verdict.text())
    }

    fn removal(&self, taught: &Taught) -> String {
        format!("{ADDRESS}/removal?sender={}", encoded(&taught.sender))
    }
}

/// A text as a value in an address.
fn encoded(text: &str) -> String {
    let mut address = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing into a string does not fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

/// Whose mail is held back or let through.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn list(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<ListQuery>,
) -> Result<Page, Failure> {
    let may_decide = actor.may(Permission::MailsWrite);
    let mut senders = db
        .read(move |tx| super::list(tx, &actor, &query.after, PAGE + 1))
        .await?;
    let page = usize::try_from(PAGE).expect("a page is small");
    let has_more = senders.len() > page;
    senders.truncate(page);
    let last = senders.last().filter(|_| has_more);
    let next = last.map(|last| format!("{ADDRESS}?after={}", encoded(&last.sender)));
    let view = SendersPage {
        t: &t,
        senders,
        next,
        may_decide,
    };
    let page = Page::new(t.say("mails-senders"), &view).place("settings");
    Ok(page
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-mails"), web::ADDRESS))
}

/// Decides about a sender.
///
/// # Errors
/// Neither address nor domain, a missing permission, or the database's.
pub async fn decide(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    axum::Form(sent): axum::Form<Chosen>,
) -> Result<Response, Failure> {
    decided(&db, actor, &t, sent).await
}

/// Decides again what was taken back.
///
/// # Errors
/// As of [`decide`].
pub async fn back(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    Query(sent): Query<Chosen>,
) -> Result<Response, Failure> {
    decided(&db, actor, &t, sent).await
}

async fn decided(db: &Db, actor: Actor, t: &Text, sent: Chosen) -> Result<Response, Failure> {
    let done = db.write(move |tx| super::decide(tx, &actor, &sent.sender, sent.verdict));
    let taught = match done.await {
        Err(MailError::BadSender) => {
            let notice = Notice::bad(t.say("mails-failure-bad-sender"));
            return Ok((notice, Redirect::to(ADDRESS)).into_response());
        }
        done => done?,
    };
    let undo = format!("{ADDRESS}/removal?sender={}", encoded(&taught.sender));
    let notice = Notice::new(t.say("mails-senders-decided")).undo(undo);
    Ok((notice, Redirect::to(ADDRESS)).into_response())
}

/// Takes back what was decided about a sender.
///
/// # Errors
/// Nothing was decided, a missing permission, or the database's.
pub async fn remove(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    Query(named): Query<Named>,
) -> Result<Response, Failure> {
    let before = db
        .write(move |tx| super::take_back(tx, &actor, &named.sender))
        .await?;
    let (sender, verdict) = (encoded(&before.sender), before.verdict.as_str());
    let undo = format!("{ADDRESS}/back?sender={sender}&verdict={verdict}");
    let notice = Notice::new(t.say("mails-senders-removed")).undo(undo);
    Ok((notice, Redirect::to(ADDRESS)).into_response())
}
