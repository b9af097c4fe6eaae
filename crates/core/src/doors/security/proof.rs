//! Making sure that it is the agent, before what lets them in is changed: their password, or a session just begun.
//!
//! A browser that was left open must not be enough to take an account over.

use std::time::Duration;

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::Failure;

use crate::doors::passwords::{self, Password};
use crate::doors::tries::{self, Verdict};
use crate::doors::{Entering, Session, hurry};

/// How long a session counts as just begun, for agents without a password.
pub(super) const FRESH: Duration = Duration::from_secs(30 * 60);

/// Whether it is them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proven {
    /// It is.
    Yes,
    /// The password is wrong.
    Wrong,
    /// They have no password and came in too long ago.
    Stale,
    /// Tried too often; free again after this time.
    Wait(Duration),
}

/// Whether `session`'s agent is at the keyboard: they typed their password, or have none and have just come in.
pub(super) async fn prove(db: &Db, session: &Session, typed: &Password) -> Result<Proven, DbError> {
    let who = who(session);
    let key = who.agent.to_string();
    let stored = db.read(move |tx| passwords::find(tx, who)).await?;
    if stored.is_none() {
        let is_fresh = db.clock().now().since(session.began_at) <= FRESH;
        return Ok(if is_fresh { Proven::Yes } else { Proven::Stale });
    }
    let counted = key.clone();
    let verdict = db
        .write(move |tx| tries::count(tx, &[(tries::CONFIRMATION, &counted)]))
        .await?;
    if let Verdict::Wait(time) = verdict {
        return Ok(Proven::Wait(time));
    }
    if passwords::fits(typed, vec![stored]).await != [true] {
        return Ok(Proven::Wrong);
    }
    db.write(move |tx| tries::forgive(tx, tries::CONFIRMATION, &key))
        .await?;
    Ok(Proven::Yes)
}

/// Whether whoever asks is the agent of the session; if not, why.
pub(in crate::doors) async fn is_them(
    db: &Db,
    session: &Session,
    t: &Text,
    typed: &Password,
) -> Result<Result<(), Unproven>, Failure> {
    Ok(match prove(db, session, typed).await? {
        Proven::Yes => Ok(()),
        Proven::Wrong => Err(Unproven::said(t.say("security-present-wrong"))),
        Proven::Stale => Err(Unproven::said(t.say("security-come-in-again"))),
        Proven::Wait(time) => Err(Unproven::hurried(t, time)),
    })
}

/// Why it is not taken for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::doors) struct Unproven {
    /// The reason, in the reader's words.
    pub(in crate::doors) sentence: String,
    /// Tried too often; free again after this time.
    pub(in crate::doors) wait: Option<Duration>,
}

impl Unproven {
    pub(super) fn said(sentence: String) -> Self {
        Self { sentence, wait: None }
    }

    /// Tried too often.
    pub(in crate::doors) fn hurried(t: &Text, time: Duration) -> Self {
        Self {
            sentence: hurry::sentence(t, time),
            wait: Some(time),
        }
    }

    /// The status of the answer that says so: something wrong in the form, or too many tries.
    pub(in crate::doors) fn status(&self) -> StatusCode {
        match self.wait {
            None => StatusCode::UNPROCESSABLE_ENTITY,
            Some(_) => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// When to come back, after too many tries.
    pub(in crate::doors) fn headers(&self) -> HeaderMap {
        let after = self.wait.map(|time| (RETRY_AFTER, hurry::seconds(time).into()));
        after.into_iter().collect()
    }
}

/// Whose session it is.
pub(in crate::doors) fn who(session: &Session) -> Entering {
    Entering {
        workspace: session.workspace,
        agent: session.agent,
    }
}
