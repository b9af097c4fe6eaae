//! What is said to a mail provider from here: a code or an old token for a new one (RFC 6749, sections 4.1.3 and 6).
//!
//! All of it goes through the guarded client, since an administrator may have written the address down.

use std::sync::Arc;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use kit::db::Db;
use kit::outgoing::{Ask, Outgoing, OutgoingError};
use kit::text::{base64, escaped, from_base64url};
use serde::Deserialize;
use serde_json::Value;

use super::{MailProvider, ProviderKind};

/// The longest answer of a provider, in bytes.
const LONGEST: usize = 256 * 1_024;
/// How long a token lasts whose provider doesn't say, in seconds.
const USUAL: i64 = 3_600;
/// The longest that is believed, in seconds.
const MOST: i64 = 10 * 366 * 86_400;

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::mailboxes) enum TalkError {
    /// The provider can't be reached.
    #[error(transparent)]
    Outgoing(#[from] OutgoingError),
    /// It says no: the code of RFC 6749, section 5.2, and its words.
    #[error("the provider refused: {code}")]
    Refused { code: String, said: String },
    /// It answered with another status.
    #[error("the provider answered with status {0}")]
    Status(u16),
    /// It answered with something that is not what the standard says.
    #[error("the provider's answer can't be read")]
    Unreadable,
    /// It gave nothing that lasts.
    #[error("the provider gave no token that lasts")]
    NothingLasts,
}

impl TalkError {
    /// Whether the sign-in is over: only a person can help.
    pub(in crate::mailboxes) fn is_over(&self) -> bool {
        let over = [
            "invalid_grant",
            "interaction_required",
            "consent_required",
            "login_required",
        ];
        matches!(self, Self::Refused { code, .. } if over.contains(&code.as_str()))
    }

    /// A word for rows and sentences.
    pub(in crate::mailboxes) fn word(&self) -> &'static str {
        match self {
            _ if self.is_over() => "sign_in_again",
            Self::Refused { code, .. } if code == "invalid_client" || code == "unauthorized_client" => {
                "client_refused"
            }
            Self::Outgoing(OutgoingError::Forbidden) => "provider_not_allowed",
            Self::NothingLasts => "nothing_lasts",
            _ => "sign_in_fails",
        }
    }

    /// What is known beside the word, in the provider's words or ours.
    pub(in crate::mailboxes) fn said(&self) -> String {
        match self {
            Self::Refused { code, said } if said.is_empty() => code.clone(),
            Self::Refused { code, said } => format!("{code}: {said}"),
            other => other.to_string(),
        }
    }
}

/// How this installation shows itself.
#[derive(Clone)]
pub(in crate::mailboxes) struct Client {
    pub(in crate::mailboxes) id: String,
    pub(in crate::mailboxes) secret: Option<String>,
    pub(in crate::mailboxes) token_at: String,
    /// Whether the secret goes into the header, as every provider has to take it; the two big ones say otherwise.
    is_by_header: bool,
}

impl Client {
    pub(in crate::mailboxes) fn new(provider: &MailProvider, secret: Option<String>) -> Self {
        Self {
            id: provider.client.clone(),
            secret,
            token_at: provider.token_at(),
            is_by_header: provider.kind == ProviderKind::Own,
        }
    }
}

/// What is given for a token.
pub(in crate::mailboxes) enum For<'a> {
    /// A code that a browser brought, with its verifier and where the browser came back to.
    Code {
        code: &'a str,
        verifier: &'a str,
        back: &'a str,
    },
    /// What was given before.
    Refresh(&'a str),
}

/// What a provider gave.
#[derive(Clone)]
pub(in crate::mailboxes) struct Tokens {
    pub(in crate::mailboxes) access: String,
    /// What lasts; none where the one from before stays.
    pub(in crate::mailboxes) refresh: Option<String>,
    /// For how many seconds the token is good.
    pub(in crate::mailboxes) lasts: i64,
    /// In how many seconds what lasts is over, where the provider says so.
    pub(in crate::mailboxes) dies_in: Option<i64>,
    /// Who signed in, where the provider says so.
    pub(in crate::mailboxes) account: String,
}

#[derive(Deserialize)]
struct Said {
    access_token: String,
    refresh_token: Option<String>,
    expires_in: Option<Value>,
    // Google's word and that of Keycloak.
    refresh_token_expires_in: Option<Value>,
    refresh_expires_in: Option<Value>,
    id_token: Option<String>,
}

/// Asks a provider for a token.
///
/// # Errors
/// [`TalkError`].
pub(in crate::mailboxes) async fn token(
    db: &Db,
    client: &Client,
    given: For<'_>,
) -> Result<Tokens, TalkError> {
    let out: Option<Arc<Outgoing>> = db.attached();
    let out = out.ok_or(OutgoingError::Client)?;
    let url = out.accept(&client.token_at)?;
    let reply = out.ask(&url, ask(client, given)?).await?;
    let said: Value = serde_json::from_slice(&reply.beginning).unwrap_or_default();
    if reply.status != StatusCode::OK {
        let Some(code) = said["error"].as_str() else {
            return Err(TalkError::Status(reply.status.as_u16()));
        };
        return Err(TalkError::Refused {
            code: words(code, 60),
            said: words(said["error_description"].as_str().unwrap_or_default(), 300),
        });
    }
    let said: Said = serde_json::from_value(said).map_err(|_| TalkError::Unreadable)?;
    // What goes into a command of another protocol has no room for other signs (RFC 6750, section 2.1).
    let fits = |token: &str| !token.is_empty() && token.bytes().all(|byte| (0x21..0x7f).contains(&byte));
    if !fits(&said.access_token) {
        return Err(TalkError::Unreadable);
    }
    let dies_in = said.refresh_token_expires_in.or(said.refresh_expires_in);
    Ok(Tokens {
        access: said.access_token,
        refresh: said.refresh_token.filter(|token| !token.is_empty()),
        lasts: said.expires_in.as_ref().and_then(seconds).unwrap_or(USUAL),
        dies_in: dies_in.as_ref().and_then(seconds),
        account: said.id_token.as_deref().and_then(account).unwrap_or_default(),
    })
}

/// Takes a grant back at its provider (RFC 7009, section 2): the token and everything that follows from it. One that the provider
/// does not know any more is taken back.
///
/// # Errors
/// [`TalkError`].
pub(in crate::mailboxes) async fn revoke(
    db: &Db,
    client: &Client,
    at: &str,
    token: &str,
) -> Result<(), TalkError> {
    let out: Option<Arc<Outgoing>> = db.attached();
    let out = out.ok_or(OutgoingError::Client)?;
    let url = out.accept(at)?;
    let fields = vec![("token", token), ("token_type_hint", "refresh_token")];
    let reply = out.ask(&url, asked(client, fields)?).await?;
    if reply.status == StatusCode::OK {
        return Ok(());
    }
    let said: Value = serde_json::from_slice(&reply.beginning).unwrap_or_default();
    match said["error"].as_str() {
        Some("invalid_token") => Ok(()),
        Some(code) => Err(TalkError::Refused {
            code: words(code, 60),
            said: words(said["error_description"].as_str().unwrap_or_default(), 300),
        }),
        None => Err(TalkError::Status(reply.status.as_u16())),
    }
}

fn ask(client: &Client, given: For<'_>) -> Result<Ask, TalkError> {
    let fields = match given {
        For::Code { code, verifier, back } => vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", verifier),
        ],
        For::Refresh(token) => vec![("grant_type", "refresh_token"), ("refresh_token", token)],
    };
    asked(client, fields)
}

/// A form with these fields, by which the client shows itself.
fn asked<'a>(client: &'a Client, mut fields: Vec<(&'a str, &'a str)>) -> Result<Ask, TalkError> {
    let mut headers = HeaderMap::new();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    match &client.secret {
        Some(secret) if client.is_by_header => {
            let plain = format!("{}:{}", escaped(&client.id), escaped(secret));
            let text = format!("Basic {}", base64(plain.as_bytes()));
            let mut value = HeaderValue::from_str(&text).map_err(|_| TalkError::Unreadable)?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        secret => {
            fields.push(("client_id", &client.id));
            fields.extend(secret.as_deref().map(|secret| ("client_secret", secret)));
        }
    }
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", escaped(value)));
    Ok(Ask {
        method: Method::POST,
        headers,
        body: pairs.collect::<Vec<_>>().join("&").into_bytes(),
        most: LONGEST,
    })
}

/// A number of seconds, as a number or, as some write it, a text.
fn seconds(value: &Value) -> Option<i64> {
    let number = value.as_i64().or_else(|| value.as_str()?.parse().ok())?;
    (1..=MOST).contains(&number).then_some(number)
}

/// Whom the token names. It came from the provider itself, by an encrypted connection, and is shown to people only.
fn account(token: &str) -> Option<String> {
    let claims = from_base64url(token.split('.').nth(1)?)?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let named = ["email", "preferred_username", "upn"];
    let found = named.iter().find_map(|name| claims[*name].as_str())?;
    Some(words(found, 254))
}

/// What somebody else says, as it may stand in rows and sentences: its first signs, without those that steer.
pub(in crate::mailboxes) fn words(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn seconds_are_read_however_they_are_written() {
        for (value, expected) in [
            (json!(3599), Some(3599)),
            (json!("3599"), Some(3599)),
            (json!(0), None),
            (json!(-5), None),
            (json!("soon"), None),
            (json!(null), None),
        ] {
            assert_eq!(seconds(&value), expected, "{value}");
        }
    }

    #[test]
    fn what_is_over_is_told_from_what_passes() {
        let refused = |code: &str| TalkError::Refused {
            code: code.to_owned(),
            said: String::new(),
        };
        assert!(refused("invalid_grant").is_over());
        assert_eq!(refused("invalid_client").word(), "client_refused");
        for passing in [refused("temporarily_unavailable"), TalkError::Status(503)] {
            assert!(!passing.is_over());
            assert_eq!(passing.word(), "sign_in_fails");
        }
    }

    #[test]
    fn an_account_is_read_from_a_token_and_never_trusted_to_be_one() {
        let claims = kit::text::base64url(br#"{"email":"help@desk.example\r\n"}"#);
        assert_eq!(
            account(&format!("x.{claims}.y")).as_deref(),
            Some("help@desk.example")
        );
        assert_eq!(account("x"), None);
        assert_eq!(account("x.!.y"), None);
    }
}
