//! The way to a provider and back, as a browser goes it.
//!
//! State, nonce and verifier are derived from the secret of a step that only this browser has: an answer that was meant
//! for another browser, or comes a second time, is good for nothing.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use http::header::SET_COOKIE;
use kit::db::{Db, DbError, Tx};
use kit::i18n::Text;
use kit::outgoing::Outgoing;
use kit::seal::Seal;
use kit::text::{base64url, sha256};
use kit::web::Failure;
use serde::{Deserialize, Serialize};

use super::talk::{self, Brought, Client, Description, TalkError};
use super::token::{Claims, Expected};
use super::{Entered, Provider, ProviderError, ProviderId, enter, linking, opened, store};
use crate::actor::Origin;
use crate::doors::entrance::Entrance;
use crate::doors::front::sign_in_page;
use crate::doors::steps::{self, STEP_LIFE, Step};
use crate::doors::tries::{self, Verdict};
use crate::doors::web::{Onward, SessionCookie, arrived, own_path};
use crate::doors::{Secret, SessionId, Visitor, hurry};
use crate::workspaces::WorkspaceId;

/// Where every provider sends browsers back to.
pub(super) const BACK: &str = "/sign-in/provider/back";

/// Is on the way to a provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProviderStep {
    workspace: WorkspaceId,
    provider: ProviderId,
    next: String,
    /// Who wants to be known to the provider from now on; none for somebody who comes in.
    #[serde(default)]
    pub(super) linking: Option<Linking>,
}

/// The session that an agent goes to a provider from, to become known there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Linking {
    pub(super) session: SessionId,
}

impl Step for ProviderStep {
    const PURPOSE: &'static str = "provider";
}

/// What the browser takes along, made of its step's secret.
struct Marks {
    state: String,
    nonce: String,
    verifier: String,
}

impl Marks {
    fn of(secret: &Secret) -> Self {
        let mark = |purpose| base64url(&steps::derived(secret, purpose));
        Self {
            state: mark("provider state"),
            nonce: mark("provider nonce"),
            verifier: mark("provider verifier"),
        }
    }

    /// The verifier as the provider sees it at first (RFC 7636, section 4.2).
    fn challenge(&self) -> String {
        base64url(&sha256(self.verifier.as_bytes()))
    }
}

/// Sends the browser to a provider.
///
/// # Errors
/// The database's.
pub async fn begin(
    State(Entrance {
        db, cookie, origin, ..
    }): State<Entrance>,
    visitor: Visitor,
    t: Text,
    Path(id): Path<String>,
    Query(onward): Query<Onward>,
) -> Result<Response, Failure> {
    let next = own_path(onward.next.as_deref().unwrap_or("/"));
    let Ok(id) = id.parse::<ProviderId>() else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let onward = next.clone();
    let begun = db
        .write(move |tx| set_out(tx, id, &visitor.source, &onward, None))
        .await?;
    let (provider, secret) = match begun {
        Begun::Step(provider, secret) => (provider, secret),
        Begun::Nowhere => return Ok(Redirect::to("/sign-in").into_response()),
        Begun::Wait(time) => {
            let page = sign_in_page(&db, &t, "", &next, hurry::sentence(&t, time)).await?;
            return Ok(hurry::page(time, |_| page));
        }
    };
    match sent_off(&db, (cookie, &origin), &provider, &secret).await {
        Ok(response) => Ok(response),
        Err(error) => {
            tracing::warn!(provider = %provider.id, %error, "a sign-in by provider could not begin");
            refused(&db, &t, &next, "providers-door-silent", &provider).await
        }
    }
}

/// Sends a browser that has a step to the provider.
pub(super) async fn sent_off(
    db: &Db,
    (cookie, origin): (SessionCookie, &str),
    provider: &Provider,
    secret: &Secret,
) -> Result<Response, TalkError> {
    let described = talk::describe(&*outgoing(db)?, &provider.issuer).await?;
    let back = format!("{origin}{BACK}");
    let address = address(db, &described, provider, &Marks::of(secret), &back)?;
    let step = cookie.give(cookie.step(), &secret.expose(), STEP_LIFE.as_secs());
    Ok(([(SET_COOKIE, step)], Redirect::to(&address)).into_response())
}

/// What came of setting out.
pub(super) enum Begun {
    Step(Box<Provider>, Secret),
    Nowhere,
    Wait(std::time::Duration),
}

pub(super) fn set_out(
    tx: &mut Tx<'_>,
    id: ProviderId,
    source: &str,
    next: &str,
    linking: Option<Linking>,
) -> Result<Begun, DbError> {
    if let Verdict::Wait(time) = tries::count(tx, &[(tries::SOURCE, source)])? {
        return Ok(Begun::Wait(time));
    }
    let Some(provider) = store::offered(tx)?.into_iter().find(|one| one.id == id) else {
        return Ok(Begun::Nowhere);
    };
    let step = ProviderStep {
        workspace: provider.workspace,
        provider: id,
        next: next.to_owned(),
        linking,
    };
    let secret = steps::begin(tx, &step)?;
    Ok(Begun::Step(Box::new(provider), secret))
}

/// Where the browser goes, with everything that it takes along.
fn address(
    db: &Db,
    found: &Description,
    provider: &Provider,
    marks: &Marks,
    back: &str,
) -> Result<String, TalkError> {
    let mut url = outgoing(db)?.accept(&found.authorization_endpoint)?;
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("scope", "openid email profile")
        .append_pair("client_id", &provider.client)
        .append_pair("redirect_uri", back)
        .append_pair("state", &marks.state)
        .append_pair("nonce", &marks.nonce)
        .append_pair("code_challenge", &marks.challenge())
        .append_pair("code_challenge_method", "S256");
    Ok(url.into())
}

/// What a provider sends a browser back with.
#[derive(Debug, Deserialize)]
pub struct Answer {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
}

/// Lets in whomever the provider knows, or says why not.
///
/// # Errors
/// The database's.
pub async fn back(
    State(Entrance {
        db, cookie, origin, ..
    }): State<Entrance>,
    visitor: Visitor,
    whence: Origin,
    t: Text,
    Query(answer): Query<Answer>,
) -> Result<Response, Failure> {
    let secret = visitor.secret(cookie.step());
    let Some((provider, step, marks)) = taken(&db, secret, &answer).await? else {
        let page = sign_in_page(&db, &t, "", "/", t.say("providers-door-over")).await?;
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    let claims = match known(&db, &provider, &marks, &answer, &format!("{origin}{BACK}")).await {
        Ok(claims) => claims,
        Err(error) => {
            tracing::warn!(provider = %provider.id, %error, "a provider's word was not taken");
            if step.linking.is_some() {
                return Ok(linking::failed(&t, "providers-door-refused", &provider));
            }
            return refused(&db, &t, &step.next, "providers-door-refused", &provider).await;
        }
    };
    if let Some(wish) = step.linking {
        let session = visitor.session.filter(|session| session.id == wish.session);
        return linking::finish(&db, &t, session, provider, claims).await;
    }
    let (owner, next) = (provider.clone(), step.next.clone());
    let entered = db
        .write(move |tx| enter(tx, &owner, &claims, (&visitor, &whence), &next))
        .await?;
    let why = match entered {
        Entered::Arrived(arrival) => return Ok(arrived(cookie, &arrival, &step.next)),
        Entered::Unverified => "providers-door-unverified",
        Entered::Nobody => "providers-door-nobody",
        Entered::Inactive => "providers-door-inactive",
        Entered::Taken => "providers-door-taken",
    };
    refused(&db, &t, &step.next, why, &provider).await
}

/// The step that this answer ends, if it belongs to this browser; it is over with that.
async fn taken(
    db: &Db,
    secret: Option<Secret>,
    answer: &Answer,
) -> Result<Option<(Provider, ProviderStep, Marks)>, DbError> {
    let Some(secret) = secret else { return Ok(None) };
    let marks = Marks::of(&secret);
    if answer.state.as_ref() != Some(&marks.state) {
        return Ok(None);
    }
    let found = db
        .write(move |tx| {
            let Some(step) = steps::take::<ProviderStep>(tx, &secret)? else {
                return Ok(None);
            };
            let provider = store::find(tx, step.workspace, step.provider)?;
            Ok::<_, DbError>(provider.filter(|provider| provider.is_on).map(|one| (one, step)))
        })
        .await?;
    Ok(found.map(|(provider, step)| (provider, step, marks)))
}

/// Whom the provider means by the code.
async fn known(
    db: &Db,
    provider: &Provider,
    marks: &Marks,
    answer: &Answer,
    back: &str,
) -> Result<Claims, TalkError> {
    let out = outgoing(db)?;
    let description = talk::describe(&out, &provider.issuer).await?;
    // Whose answer it is, where the provider says (RFC 9207, section 2.4): none of another one is taken.
    let must_name = description.authorization_response_iss_parameter_supported;
    let is_theirs = answer
        .iss
        .as_ref()
        .map_or(!must_name, |iss| *iss == provider.issuer);
    if !is_theirs {
        return Err(TalkError::OtherIssuer);
    }
    let secret = opened(db.attached::<Seal>().as_deref(), provider);
    let client = Client {
        id: provider.client.clone(),
        secret: secret.map_err(|_: ProviderError| TalkError::Unreadable("secret"))?,
    };
    let brought = Brought {
        code: answer.code.as_deref().ok_or(TalkError::Unreadable("code"))?,
        verifier: &marks.verifier,
        back,
    };
    let given = talk::redeem(&out, &description, &client, &brought).await?;
    let expected = Expected {
        issuer: &provider.issuer,
        client: &provider.client,
        nonce: &marks.nonce,
        now: db.clock().now(),
    };
    talk::who(&out, &description, &given, &expected).await
}

pub(super) fn outgoing(db: &Db) -> Result<Arc<Outgoing>, TalkError> {
    let client = db.attached::<Outgoing>();
    client.ok_or(TalkError::Outgoing(kit::outgoing::OutgoingError::Client))
}

/// The front door again, with why it stays shut.
async fn refused(db: &Db, t: &Text, next: &str, why: &str, provider: &Provider) -> Result<Response, Failure> {
    let sentence = t.say_with(why, kit::args!(provider = provider.label.as_str()));
    let page = sign_in_page(db, t, "", next, sentence).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
