//! Links by mail: whoever has lost the way in asks for one, and whoever reads the mail of the address gets it.
//!
//! The link is made when its letter leaves, so that no secret waits in the queue. The answer to whoever asks is the same
//! whether the address belongs to someone or not.

mod views;
pub mod web;

use std::sync::Arc;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::i18n::{Locale, Text};
use kit::jobs::{self, Errand, Job, JobError, Lane};
use kit::post::{Letter, Post, PostError};
use serde::{Deserialize, Serialize};

use super::links::{self, Entrant, Purpose};
use super::{Entering, passwords};
use crate::agents::{self, Agent};
use crate::workspaces::{self, Workspace};

/// How system mail leaves this installation. Attached to the database where it can.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The way to the mail server.
    pub post: Post,
    /// Where people reach this installation.
    pub origin: Arc<str>,
}

/// Brings an agent a link.
#[derive(Debug, Serialize, Deserialize)]
pub struct LinkLetter {
    who: Entering,
    purpose: Purpose,
}

impl Job for LinkLetter {
    const KIND: &'static str = "doors.letter";
    const LANE: Lane = Lane::Urgent;
}

/// Queues a letter with a link for everybody whom the address means: one for each workspace, or none.
///
/// # Errors
/// [`DbError`] of the database.
pub fn ask(tx: &mut Tx<'_>, email: &str, purpose: Purpose) -> Result<(), DbError> {
    for candidate in passwords::candidates(tx, email)? {
        let who = candidate.who;
        jobs::queue(tx, who.workspace, &LinkLetter { who, purpose })?;
    }
    Ok(())
}

/// Writes a letter, with a link made for it, and hands it to the mail server.
///
/// # Errors
/// The server's, to be tried again unless it refused for good; the database's.
pub async fn send(errand: Errand, job: LinkLetter) -> Result<(), JobError> {
    let Some(out) = errand.db().attached::<Outgoing>() else {
        return Err(JobError::give_up("no mail server is configured"));
    };
    let (who, purpose) = (job.who, job.purpose);
    let made = errand
        .db()
        .write(move |tx| {
            let agent = agents::find(tx, who.workspace, who.agent)?.filter(|agent| agent.is_active);
            let workspace = workspaces::find(tx, who.workspace)?;
            let Some((agent, workspace)) = agent.zip(workspace) else {
                return Ok(None);
            };
            let link = links::make(tx, who.workspace, Entrant::One(who.agent), purpose)?;
            Ok::<_, DbError>(Some((agent, workspace, link.expose())))
        })
        .await?;
    // Whoever lost their access meanwhile gets no letter.
    let Some((agent, workspace, link)) = made else {
        return Ok(());
    };
    let now = errand.db().clock().now();
    let address = format!("{}{}/{link}", out.origin, path(purpose));
    let letter = Letter {
        key: errand.key(),
        ..written(&agent, &workspace, purpose, &address, now)
    };
    hand_over(&out, &letter, now).await
}

/// Hands a letter to the mail server.
///
/// # Errors
/// The server's, to be tried again unless it refused for good.
pub async fn hand_over(out: &Outgoing, letter: &Letter, now: Timestamp) -> Result<(), JobError> {
    hand_over_answerable(out, letter, None, now).await
}

/// The same with an address that answers go to.
///
/// # Errors
/// As of [`hand_over`].
pub async fn hand_over_answerable(
    out: &Outgoing,
    letter: &Letter,
    reply_to: Option<&str>,
    now: Timestamp,
) -> Result<(), JobError> {
    let sent = out.post.send_answerable(letter, reply_to, now).await;
    sent.map_err(|error| match error {
        PostError::Refused(_) | PostError::BadLetter => JobError::give_up(error.to_string()),
        other => JobError::retry(other.to_string()),
    })
}

/// The words of letters from `workspace` to one of its agents: in the language, zone and formats that they chose, in the
/// workspace's where they chose none.
pub fn text_for(agent: &Agent, workspace: &Workspace, now: Timestamp) -> Text {
    let usual = text(workspace, now);
    let locale = agent.locale.as_deref().and_then(Locale::parse);
    let zone = agent
        .zone
        .as_deref()
        .and_then(|zone| jiff::tz::TimeZone::get(zone).ok());
    Text::new(
        locale.unwrap_or_else(|| usual.locale()),
        zone.unwrap_or_else(|| usual.zone().clone()),
        now,
    )
    .with_formats(agent.formats)
}

/// The words of letters from `workspace` to whoever is no agent yet.
pub fn text(workspace: &Workspace, now: Timestamp) -> Text {
    let locale = Locale::parse(&workspace.locale).unwrap_or_else(Locale::english);
    let zone = jiff::tz::TimeZone::get(&workspace.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    Text::new(locale, zone, now)
}

/// The page that a link of this purpose opens.
const fn path(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Entry => "/sign-in",
        Purpose::Reset => "/sign-in/password",
    }
}

/// The letter in the language of its reader.
fn written(agent: &Agent, workspace: &Workspace, purpose: Purpose, address: &str, now: Timestamp) -> Letter {
    let t = text_for(agent, workspace, now);
    let (subject, message) = match purpose {
        Purpose::Entry => ("letter-entry-subject", "letter-entry"),
        Purpose::Reset => ("letter-reset-subject", "letter-reset"),
    };
    let name = workspace.name.as_str();
    let parts = [
        t.say_with("letter-greeting", kit::args!(name = agent.name.as_str())),
        t.say_with(message, kit::args!(workspace = name)),
        address.to_owned(),
        t.say("letter-not-you"),
    ];
    Letter {
        to: agent.email.clone(),
        subject: t.say_with(subject, kit::args!(workspace = name)),
        text: parts.join("\n\n") + "\n",
        key: String::new(),
    }
}
