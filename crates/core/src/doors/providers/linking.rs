//! An agent who is in becomes known to a provider, or is known to it no more: from their own security page.
//!
//! Both sides are shown: the agent is at the keyboard, and the provider says who they are there. The session that they
//! set out from must be the one that comes back, so that nobody is made to link somebody else's identity.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::args;
use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Notice, Sent, known};

use super::door::{Begun, Linking, sent_off, set_out};
use super::entering::link;
use super::token::Claims;
use super::{Provider, ProviderId, UNLINKED, store};
use crate::agents;
use crate::audit::{self, Act, Entry};
use crate::doors::entrance::Entrance;
use crate::doors::passwords::Password;
use crate::doors::security::{ADDRESS, refusal};
use crate::doors::{Session, hurry};
use crate::events::{self, NewEvent};

/// A provider on an agent's own security page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnProvider {
    /// The provider.
    pub id: ProviderId,
    /// What stands on its button.
    pub label: String,
    /// Since when it knows the agent; none when it doesn't.
    pub linked_at: Option<Timestamp>,
}

/// The providers of the session's workspace that are on, and which of them know its agent.
///
/// # Errors
/// [`DbError`] of the database.
pub fn own(tx: &mut Tx<'_>, session: &Session) -> Result<Vec<OwnProvider>, DbError> {
    let known = store::issuers(tx, session.workspace, session.agent)?;
    let all = store::all(tx, session.workspace)?.into_iter();
    Ok(all
        .filter(|provider| provider.is_on)
        .map(|provider| OwnProvider {
            linked_at: known
                .iter()
                .find(|(issuer, _)| *issuer == provider.issuer)
                .map(|(_, at)| *at),
            id: provider.id,
            label: provider.label,
        })
        .collect())
}

/// Sends the agent to a provider, to become known there.
///
/// # Errors
/// No such provider here, or the database's.
pub async fn begin(
    State(Entrance {
        db, cookie, origin, ..
    }): State<Entrance>,
    session: Session,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let provider = the_provider(&db, &session, &id).await?;
    if let Some(refusal) = refusal(
        &db,
        &session,
        &t,
        &Password::from(sent.one("present")),
        "providers",
    )
    .await?
    {
        return Ok(refusal);
    }
    let linking = Linking { session: session.id };
    let source = session.origin.known().address.unwrap_or_default();
    let begun = db
        .write(move |tx| set_out(tx, provider.id, &source, ADDRESS, Some(linking)))
        .await?;
    match begun {
        Begun::Step(provider, secret) => match sent_off(&db, (cookie, &origin), &provider, &secret).await {
            Ok(response) => Ok(response),
            Err(error) => {
                tracing::warn!(provider = %provider.id, %error, "an agent could not be sent to a provider");
                Ok(failed(&t, "providers-door-silent", &provider))
            }
        },
        Begun::Nowhere => Err(Failure::of(StatusCode::NOT_FOUND)),
        Begun::Wait(time) => Err(hurry::failure(time)),
    }
}

/// Lets a provider know the agent no more.
///
/// # Errors
/// No such provider here, or the database's.
pub async fn end(
    State(db): State<Db>,
    session: Session,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let provider = the_provider(&db, &session, &id).await?;
    if let Some(refusal) = refusal(
        &db,
        &session,
        &t,
        &Password::from(sent.one("present")),
        "providers",
    )
    .await?
    {
        return Ok(refusal);
    }
    let gone = provider.clone();
    db.write(move |tx| {
        if store::unlink_from(tx, &gone, session.agent)? {
            let (actor, facts) = (session.actor(), serde_json::json!({ "provider": gone.label }));
            let entry = Entry::of(Act::IdentitiesUnlinked, session.agent);
            audit::record(tx, &actor, entry.named(&session.name).before(facts))?;
            events::record(tx, &actor, NewEvent::of(&UNLINKED, session.agent))?;
        }
        Ok::<_, DbError>(())
    })
    .await?;
    Ok(said(&t, "security-provider-unlinked", &provider))
}

/// What came of linking.
enum Linked {
    Done,
    Unverified,
    Taken,
    Over,
}

/// Links whom the provider means with the agent of the session that set out; none is another one than came back.
pub(super) async fn finish(
    db: &Db,
    t: &Text,
    session: Option<Session>,
    provider: Provider,
    claims: Claims,
) -> Result<Response, Failure> {
    let named = provider.clone();
    let linked = db
        .write(move |tx| match &session {
            Some(session) => taken_as_theirs(tx, session, &provider, &claims),
            None => Ok(Linked::Over),
        })
        .await?;
    Ok(match linked {
        Linked::Done => said(t, "security-provider-linked", &named),
        Linked::Unverified => failed(t, "providers-door-unverified", &named),
        Linked::Taken => failed(t, "security-provider-taken", &named),
        Linked::Over => failed(t, "providers-door-over", &named),
    })
}

fn taken_as_theirs(
    tx: &mut Tx<'_>,
    session: &Session,
    provider: &Provider,
    claims: &Claims,
) -> Result<Linked, DbError> {
    if session.workspace != provider.workspace {
        return Ok(Linked::Over);
    }
    if !claims.is_verified {
        return Ok(Linked::Unverified);
    }
    match store::agent_of(tx, provider, &claims.subject)? {
        Some(agent) if agent == session.agent => return Ok(Linked::Done),
        Some(_) => return Ok(Linked::Taken),
        None => {}
    }
    if store::issuers_of(tx, session.workspace, session.agent, Some(&provider.issuer))? > 0 {
        return Ok(Linked::Taken);
    }
    let Some(agent) = agents::find(tx, session.workspace, session.agent)? else {
        return Ok(Linked::Over);
    };
    link(tx, &session.actor(), provider, claims, &agent)?;
    Ok(Linked::Done)
}

async fn the_provider(db: &Db, session: &Session, id: &str) -> Result<Provider, Failure> {
    let (id, workspace): (ProviderId, _) = (known(id)?, session.workspace);
    let found = db.read(move |tx| store::find(tx, workspace, id)).await?;
    found.ok_or_else(|| Failure::of(StatusCode::NOT_FOUND))
}

/// Back to the security page, with why it stays as it was.
pub(super) fn failed(t: &Text, why: &str, provider: &Provider) -> Response {
    let sentence = t.say_with(why, args!(provider = provider.label.as_str()));
    (Notice::bad(sentence), Redirect::to(ADDRESS)).into_response()
}

fn said(t: &Text, what: &str, provider: &Provider) -> Response {
    let sentence = t.say_with(what, args!(provider = provider.label.as_str()));
    (Notice::new(sentence), Redirect::to(ADDRESS)).into_response()
}
