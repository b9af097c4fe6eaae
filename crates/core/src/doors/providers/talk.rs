//! What is said to a provider from here: its description, its keys, the code that a browser brought.
//!
//! All of it goes through the guarded client, since an administrator wrote the address down and the provider's document
//! names the others.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use kit::outgoing::{Ask, Outgoing, OutgoingError};
use kit::text::escaped;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::token::{self, Claims, Distrust, Expected};

/// The longest answer of a provider, in bytes.
const LONGEST: usize = 256 * 1_024;

/// Why a provider's word was not had, or is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TalkError {
    /// It can't be reached.
    #[error(transparent)]
    Outgoing(#[from] OutgoingError),
    /// It answered with another status.
    #[error("the provider answered with status {0}")]
    Status(u16),
    /// It answered with something that is not what the standard says.
    #[error("the provider's {0} can't be read")]
    Unreadable(&'static str),
    /// Its document belongs to another issuer.
    #[error("the document belongs to another issuer")]
    OtherIssuer,
    /// Its token is not believed.
    #[error("the token is not believed: {0}")]
    Distrusted(#[from] Distrust),
}

/// Where a provider answers (OpenID Connect Discovery 1.0, section 3).
#[derive(Clone, Debug, Deserialize)]
pub struct Description {
    issuer: String,
    /// Where browsers go.
    pub authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// Whether its answers name it (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

/// How this installation shows a provider who it is.
#[derive(Clone, Debug)]
pub struct Client {
    /// What the provider calls it.
    pub id: String,
    /// What only the two know; public clients have none.
    pub secret: Option<String>,
}

/// What a browser brought back, and what belongs to it.
#[derive(Clone, Debug)]
pub struct Brought<'a> {
    /// The code.
    pub code: &'a str,
    /// The verifier of the challenge that went with the browser (RFC 7636).
    pub verifier: &'a str,
    /// Where the browser came back to.
    pub back: &'a str,
}

/// What a provider gives for a code.
#[derive(Debug, Deserialize)]
pub struct Given {
    id_token: String,
    access_token: Option<String>,
}

/// Asks a provider where it answers.
///
/// # Errors
/// [`TalkError`].
pub async fn describe(out: &Outgoing, issuer: &str) -> Result<Description, TalkError> {
    let address = format!(
        "{}/.well-known/openid-configuration",
        issuer.trim_end_matches('/')
    );
    let said = get(out, &address, HeaderMap::new()).await?;
    let found: Description =
        serde_json::from_value(said).map_err(|_| TalkError::Unreadable("description"))?;
    if found.issuer != issuer {
        return Err(TalkError::OtherIssuer);
    }
    Ok(found)
}

/// Gives a code for tokens.
///
/// # Errors
/// [`TalkError`].
pub async fn redeem(
    out: &Outgoing,
    description: &Description,
    client: &Client,
    brought: &Brought<'_>,
) -> Result<Given, TalkError> {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", brought.code),
        ("redirect_uri", brought.back),
        ("code_verifier", brought.verifier),
    ];
    let mut headers = HeaderMap::new();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    match &client.secret {
        Some(secret) if description.takes_basic() => {
            headers.insert(AUTHORIZATION, basic(&client.id, secret)?);
        }
        secret => {
            fields.push(("client_id", &client.id));
            fields.extend(secret.as_deref().map(|secret| ("client_secret", secret)));
        }
    }
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", escaped(value)));
    let ask = Ask {
        method: Method::POST,
        headers,
        body: pairs.collect::<Vec<_>>().join("&").into_bytes(),
        most: LONGEST,
    };
    let said = told(out, &description.token_endpoint, ask, "tokens").await?;
    serde_json::from_value(said).map_err(|_| TalkError::Unreadable("tokens"))
}

/// Who it is that the tokens speak of. A provider that keeps the address out of the token is asked for it.
///
/// # Errors
/// [`TalkError`].
pub async fn who(
    out: &Outgoing,
    description: &Description,
    given: &Given,
    expected: &Expected<'_>,
) -> Result<Claims, TalkError> {
    let keys = get(out, &description.jwks_uri, HeaderMap::new()).await?;
    let claims = token::read(&given.id_token, &token::keys(&keys), expected)?;
    let asked = description
        .userinfo_endpoint
        .as_deref()
        .zip(given.access_token.as_deref());
    let Some((address, access)) = asked.filter(|_| claims.email.is_none()) else {
        return Ok(claims);
    };
    let mut headers = HeaderMap::new();
    let bearer = HeaderValue::from_str(&format!("Bearer {access}"));
    headers.insert(
        AUTHORIZATION,
        bearer.map_err(|_| TalkError::Unreadable("tokens"))?,
    );
    let said = get(out, address, headers).await?;
    // It must speak of the same person (OpenID Connect Core 1.0, section 5.3.2).
    if said["sub"].as_str() != Some(&claims.subject) {
        return Err(Distrust::Subject.into());
    }
    let more = token::claims(claims.subject.clone(), &said);
    Ok(Claims {
        name: claims.name.or(more.name.clone()),
        ..more
    })
}

impl Description {
    /// Whether the secret goes into the header; a provider that says nothing takes it there.
    fn takes_basic(&self) -> bool {
        let methods = self.token_endpoint_auth_methods_supported.as_ref();
        methods.is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic"))
    }
}

/// Name and secret as RFC 6749, section 2.3.1, writes them.
fn basic(id: &str, secret: &str) -> Result<HeaderValue, TalkError> {
    let plain = format!("{}:{}", escaped(id), escaped(secret));
    let text = format!("Basic {}", kit::text::base64(plain.as_bytes()));
    let mut value = HeaderValue::from_str(&text).map_err(|_| TalkError::Unreadable("client"))?;
    value.set_sensitive(true);
    Ok(value)
}

async fn get(out: &Outgoing, address: &str, headers: HeaderMap) -> Result<Value, TalkError> {
    let ask = Ask {
        method: Method::GET,
        headers,
        body: Vec::new(),
        most: LONGEST,
    };
    told(out, address, ask, "answer").await
}

async fn told(out: &Outgoing, address: &str, ask: Ask, what: &'static str) -> Result<Value, TalkError> {
    let url: Url = out.accept(address)?;
    let reply = out.ask(&url, ask).await?;
    if reply.status != StatusCode::OK {
        return Err(TalkError::Status(reply.status.as_u16()));
    }
    serde_json::from_slice(&reply.beginning).map_err(|_| TalkError::Unreadable(what))
}
