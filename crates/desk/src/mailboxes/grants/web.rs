//! The way to a mail provider and back, as the browser of an administrator goes it.
//!
//! State and verifier are derived from the secret of a step that only this browser has, and the step names the session that
//! set out: nobody is made to connect somebody else's mailbox, and an answer that comes a second time is good for nothing. It
//! names mailbox and provider as they were, too: what was agreed to counts for these. No page of another site sends anybody
//! on the way.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;
use http::header::SET_COOKIE;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::outgoing::{Outgoing, OutgoingError};
use kit::text::{base64url, sha256};
use kit::web::api::At;
use kit::web::{Failure, Notice};
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::doors::steps::{self, STEP_LIFE, Step};
use tandem_core::doors::{Entrance, Secret, SessionId, Visitor};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::super::providers::talk::{self, Client, For, TalkError, Tokens};
use super::super::providers::{self, MailProvider};
use super::super::{Mailbox, MailboxError, MailboxId};
use super::{Aim, GrantError};

/// Where every mail provider sends browsers back to.
pub(in crate::mailboxes) const BACK: &str = "/settings/mailboxes/back";

const ADDRESS: &str = "/settings/mailboxes";

/// An administrator is on the way to a provider, to sign a mailbox in.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ConnectStep {
    workspace: WorkspaceId,
    aim: Aim,
    session: SessionId,
}

impl Step for ConnectStep {
    const PURPOSE: &'static str = "mailbox";
}

/// What the browser takes along, made of its step's secret.
struct Marks {
    state: String,
    verifier: String,
}

impl Marks {
    fn of(secret: &Secret) -> Self {
        let mark = |purpose| base64url(&steps::derived(secret, purpose));
        Self {
            state: mark("mailbox state"),
            verifier: mark("mailbox verifier"),
        }
    }

    /// The verifier as the provider sees it at first (RFC 7636, section 4.2).
    fn challenge(&self) -> String {
        base64url(&sha256(self.verifier.as_bytes()))
    }
}

/// Sends the browser to the provider of a mailbox.
///
/// # Errors
/// No such mailbox here, a missing permission, or the database's.
pub async fn begin(
    State(Entrance {
        db, cookie, origin, ..
    }): State<Entrance>,
    visitor: Visitor,
    actor: Actor,
    t: Text,
    (headers, At(id)): (HeaderMap, At<MailboxId>),
) -> Result<Response, Failure> {
    if is_sent_here(&headers) {
        return Ok(Redirect::to(&format!("{ADDRESS}/{id}")).into_response());
    }
    let session = visitor.session.as_ref().map(|session| session.id);
    let begun = db.write(move |tx| set_out(tx, &actor, id, session)).await?;
    let Some((mailbox, provider, secret)) = begun else {
        return Ok(to(id, Notice::bad(t.say("mailboxes-sign-in-gone"))));
    };
    match address(&db, &provider, &mailbox, &Marks::of(&secret), &origin) {
        Ok(address) => {
            let step = cookie.give(cookie.step(), &secret.expose(), STEP_LIFE.as_secs());
            Ok(([(SET_COOKIE, step)], Redirect::to(&address)).into_response())
        }
        Err(error) => {
            tracing::warn!(provider = %provider.id, %error, "a mailbox can't be signed in");
            Ok(to(id, Notice::bad(t.say("mail-providers-failure-address"))))
        }
    }
}

/// Whether a page of another site sent the browser: its person is shown the mailbox and presses the button, or not.
fn is_sent_here(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_some_and(|site| site == "cross-site" || site == "same-site")
}

/// The step on the way, with where it leads; nothing for a mailbox without a provider.
fn set_out(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MailboxId,
    session: Option<SessionId>,
) -> Result<Option<(Mailbox, MailProvider, Secret)>, MailboxError> {
    actor.must(Permission::MailboxesWrite)?;
    let mailbox = super::super::known(tx, actor.workspace, id)?;
    if !mailbox.is_open() {
        return Err(MailboxError::Unknown);
    }
    let provider = match mailbox.provider {
        Some(provider) => providers::store::find(tx, actor.workspace, provider)?,
        None => None,
    };
    let Some((provider, session)) = provider.zip(session) else {
        return Ok(None);
    };
    let step = ConnectStep {
        workspace: actor.workspace,
        aim: Aim::at(&mailbox, &provider),
        session,
    };
    let secret = steps::begin(tx, &step)?;
    Ok(Some((mailbox, provider, secret)))
}

/// Where the browser goes, with everything that it takes along.
fn address(
    db: &Db,
    provider: &MailProvider,
    mailbox: &Mailbox,
    marks: &Marks,
    origin: &str,
) -> Result<String, OutgoingError> {
    let out: Option<Arc<Outgoing>> = db.attached();
    let out = out.ok_or(OutgoingError::Client)?;
    let mut url = out.accept(&provider.authorize_at())?;
    let back = format!("{origin}{BACK}");
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &provider.client)
        .append_pair("redirect_uri", &back)
        .append_pair("scope", provider.scopes())
        .append_pair("state", &marks.state)
        .append_pair("code_challenge", &marks.challenge())
        .append_pair("code_challenge_method", "S256")
        .append_pair("login_hint", mailbox.name_at_provider())
        .extend_pairs(provider.wishes());
    Ok(url.into())
}

/// What a provider sends a browser back with (RFC 6749, sections 4.1.2 and 4.1.2.1).
#[derive(Debug, Deserialize)]
pub struct Answer {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

/// Takes what the provider gives for the code, and leads back to the mailbox.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn back(
    State(Entrance {
        db, cookie, origin, ..
    }): State<Entrance>,
    visitor: Visitor,
    actor: Actor,
    t: Text,
    Query(answer): Query<Answer>,
) -> Result<Response, Failure> {
    let (secret, session) = (visitor.secret(cookie.step()), visitor.session);
    let taken = taken(&db, secret, &answer).await?;
    let is_theirs = |step: &ConnectStep| {
        let is_session = session.as_ref().is_some_and(|session| session.id == step.session);
        is_session && step.workspace == actor.workspace
    };
    let lost = || Notice::bad(t.say("mailboxes-sign-in-lost"));
    let Some((step, marks)) = taken.filter(|(step, _)| is_theirs(step)) else {
        return Ok((lost(), Redirect::to(ADDRESS)).into_response());
    };
    let id = step.aim.mailbox;
    let Some(client) = client(&db, &step).await? else {
        return Ok(to(id, lost()));
    };
    let back = format!("{origin}{BACK}");
    let given = given(&db, &client, &marks, &answer, &back).await;
    let (tokens, refresh) = match given {
        Ok(given) => given,
        Err(error) => {
            tracing::warn!(mailbox = %id, %error, "a mailbox was not signed in");
            return Ok(to(id, Notice::bad(refused(&t, &error))));
        }
    };
    let kept = db.write(move |tx| super::keep(tx, &actor, &step.aim, &tokens, &refresh));
    let mailbox = match kept.await {
        Err(MailboxError::Unknown) => return Ok(to(id, lost())),
        kept => kept?,
    };
    let said = t.say_with("mailboxes-signed-in", kit::args!(name = mailbox.name.as_str()));
    Ok(to(id, Notice::new(said)))
}

/// Signs a mailbox out.
///
/// # Errors
/// No such mailbox here, a missing permission, or the database's.
pub async fn end(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailboxId>,
) -> Result<Response, Failure> {
    let mailbox = db.write(move |tx| super::end(tx, &actor, id)).await?;
    let said = t.say_with("mailboxes-signed-out", kit::args!(name = mailbox.name.as_str()));
    Ok(to(id, Notice::new(said)))
}

/// The step that this answer ends, if it belongs to this browser; it is over with that.
async fn taken(
    db: &Db,
    secret: Option<Secret>,
    answer: &Answer,
) -> Result<Option<(ConnectStep, Marks)>, Failure> {
    let Some(secret) = secret else { return Ok(None) };
    let marks = Marks::of(&secret);
    if answer.state.as_ref() != Some(&marks.state) {
        return Ok(None);
    }
    let step = db
        .write(move |tx| steps::take::<ConnectStep>(tx, &secret))
        .await?;
    Ok(step.map(|step| (step, marks)))
}

/// How we show ourselves to the provider; nothing once it or the mailbox is another than when the browser set out: neither
/// the code nor the secret is for anybody else.
async fn client(db: &Db, step: &ConnectStep) -> Result<Option<Client>, Failure> {
    let step = step.clone();
    let client = db.read(move |tx| {
        let Some((_, provider)) = step.aim.find(tx, step.workspace)? else {
            return Ok(None);
        };
        let secret = providers::opened(tx, &provider)?;
        Ok::<_, GrantError>(Some(Client::new(&provider, secret)))
    });
    Ok(client.await.map_err(MailboxError::from)?)
}

/// What the provider gives for the code, with what lasts of it.
async fn given(
    db: &Db,
    client: &Client,
    marks: &Marks,
    answer: &Answer,
    back: &str,
) -> Result<(Tokens, String), TalkError> {
    if let Some(code) = &answer.error {
        return Err(TalkError::Refused {
            code: talk::words(code, 60),
            said: talk::words(answer.error_description.as_deref().unwrap_or_default(), 300),
        });
    }
    let brought = For::Code {
        code: answer.code.as_deref().ok_or(TalkError::Unreadable)?,
        verifier: &marks.verifier,
        back,
    };
    let tokens = talk::token(db, client, brought).await?;
    let refresh = tokens.refresh.clone().ok_or(TalkError::NothingLasts)?;
    Ok((tokens, refresh))
}

/// Why a mailbox was not signed in, in words.
fn refused(t: &Text, error: &TalkError) -> String {
    let key = match error {
        TalkError::NothingLasts => return t.say("mailboxes-sign-in-nothing-lasts"),
        TalkError::Refused { code, .. } if code == "access_denied" => {
            return t.say("mailboxes-sign-in-denied");
        }
        error if error.word() == "client_refused" => "mailboxes-sign-in-client-refused",
        _ => "mailboxes-sign-in-refused",
    };
    t.say_with(key, kit::args!(said = error.said()))
}

fn to(id: MailboxId, notice: Notice) -> Response {
    (notice, Redirect::to(&format!("{ADDRESS}/{id}"))).into_response()
}
