//! Pages for whoever has lost the way in: asking for a link, and choosing a new password by one.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::{Failure, Frame, Page};
use serde::Deserialize;

use super::Outgoing;
use super::views::{HelpPage, PasswordPage, SentPage};
use crate::agents::{self, Agent};
use crate::doors::entrance::Entrance;
use crate::doors::links::{self, Purpose};
use crate::doors::passwords::{self, Password};
use crate::doors::tries::{self, Verdict};
use crate::doors::web::{arrived, closed};
use crate::doors::{Proof, Secret, Visitor, arrive, failures, hurry};
use crate::workspaces;

/// How to get in without a password.
pub async fn help(State(db): State<Db>, t: Text) -> Page {
    help_page(&db, &t, "", String::new())
}

/// Who lost the way, and what they want.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpForm {
    email: String,
    #[serde(default)]
    want: String,
}

/// Sends a link to the address if it belongs to someone; the answer is the same if not.
///
/// # Errors
/// The database's.
pub async fn ask(
    State(db): State<Db>,
    visitor: Visitor,
    t: Text,
    Form(sent): Form<HelpForm>,
) -> Result<Response, Failure> {
    if db.attached::<Outgoing>().is_none() {
        return Ok(help_page(&db, &t, &sent.email, String::new()).into_response());
    }
    if !agents::is_address(sent.email.trim()) {
        let page = help_page(&db, &t, &sent.email, t.say("doors-no-address"));
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let purpose = match sent.want.as_str() {
        "password" => Purpose::Reset,
        _ => Purpose::Entry,
    };
    let email = sent.email.clone();
    let verdict = db
        .write(move |tx| {
            let address = agents::fold(&email);
            let keys = [
                (tries::SOURCE, visitor.source.as_str()),
                (tries::LETTER, &address),
            ];
            let verdict = tries::count(tx, &keys)?;
            if verdict == Verdict::Free {
                super::ask(tx, &email, purpose)?;
            }
            Ok::<_, DbError>(verdict)
        })
        .await?;
    if let Verdict::Wait(time) = verdict {
        return Ok(hurry::page(time, |wait| {
            help_page(&db, &t, &sent.email, hurry::sentence(&t, wait))
        }));
    }
    let page = Page::new(t.say("doors-mail-left"), &SentPage { t: &t }).frame(Frame::Alone);
    Ok(page.into_response())
}

/// The form that a reset link opens. Looking does not use the link up.
///
/// # Errors
/// The database's.
pub async fn choose(State(db): State<Db>, t: Text, Path(link): Path<String>) -> Result<Page, Failure> {
    Ok(match owner(&db, &link).await? {
        Some((agent, _)) => password_page(&t, &link, &agent.email, String::new()),
        None => closed(&t),
    })
}

/// The password chosen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChooseForm {
    new: Password,
}

/// Sets the password, uses the link up, ends the agent's sessions and lets them in.
///
/// # Errors
/// The database's.
pub async fn reset(
    State(Entrance { db, cookie, .. }): State<Entrance>,
    visitor: Visitor,
    t: Text,
    Path(link): Path<String>,
    Form(sent): Form<ChooseForm>,
) -> Result<Response, Failure> {
    let (Some((agent, workspace)), Ok(secret)) = (owner(&db, &link).await?, link.parse::<Secret>()) else {
        return Ok(closed(&t).into_response());
    };
    let about = [&agent.name, &agent.email, &workspace].map(String::as_str);
    if let Err(weakness) = passwords::check(&sent.new, &about) {
        let page = password_page(&t, &link, &agent.email, t.say(failures::weakness(weakness)));
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let hash = passwords::hash(&sent.new, db.ids()).await;
    let arrival = db
        .write(move |tx| match passwords::reset(tx, &secret, &hash)? {
            Some(who) => {
                passwords::forgive(tx, &agent.email, None)?;
                arrive(tx, &[who], Proof::One, &visitor, "/").map(Some)
            }
            None => Ok(None),
        })
        .await?;
    Ok(match arrival {
        Some(arrival) => arrived(cookie, &arrival, "/"),
        None => closed(&t).into_response(),
    })
}

/// Whose password the link sets, and the name of their workspace.
async fn owner(db: &Db, link: &str) -> Result<Option<(Agent, String)>, DbError> {
    let Ok(secret) = link.parse::<Secret>() else {
        return Ok(None);
    };
    db.read(move |tx| {
        let Some((workspace, agent)) = links::who_may_reset(tx, &secret)? else {
            return Ok(None);
        };
        let name = workspaces::find(tx, workspace)?.map(|workspace| workspace.name);
        Ok(Some((agent, name.unwrap_or_default())))
    })
    .await
}

fn help_page(db: &Db, t: &Text, email: &str, wrong: String) -> Page {
    let has_mail = db.attached::<Outgoing>().is_some();
    let view = HelpPage {
        t,
        has_mail,
        email,
        wrong,
    };
    Page::new(t.say("doors-help"), &view).frame(Frame::Alone)
}

fn password_page(t: &Text, link: &str, email: &str, wrong: String) -> Page {
    let view = PasswordPage {
        t,
        link,
        email,
        wrong,
    };
    Page::new(t.say("doors-new-password"), &view).frame(Frame::Alone)
}
