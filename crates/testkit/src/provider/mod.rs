//! A small identity provider on a port of this machine: OpenID Connect's discovery, keys, authorization, tokens and user
//! information as they are on the wire, with tokens that are really signed (RS256, ES256).
//!
//! It knows one client and one person, checks what a provider checks (client, return address, PKCE, codes that are good
//! once), and lies as it is told to.

mod signing;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use kit::clock::Clock;
use kit::text::{base64, base64url, escaped, sha256};
use serde_json::{Value, json};

use signing::Keys;
pub use signing::Signing;

/// What the provider calls its one client.
pub const CLIENT: &str = "tandem desk";
/// What only the two know.
pub const SECRET: &str = "s3cret: with/signs";

/// The person who is signed in there.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name that never changes hands.
    pub subject: String,
    /// Their address.
    pub email: String,
    /// What the provider says about having checked it; null for nothing.
    pub is_verified: Value,
    /// Their name.
    pub name: String,
}

/// What is wrong with the provider's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// Nothing.
    None,
    /// The token has the nonce of another sign-in.
    Nonce,
    /// The token is for another client.
    Audience,
    /// The token is for this client and another, and does not say who asked.
    SharedAudience,
    /// The token names another issuer.
    Issuer,
    /// The token is over.
    Expired,
    /// The token is not good yet.
    TooEarly,
    /// The token names nobody.
    Nobody,
    /// The document names another issuer.
    Document,
    /// The browser comes back with another issuer's name.
    Answer,
    /// The browser comes back with another state.
    State,
    /// The address is told to those who ask for it only, and about somebody else.
    OtherPerson,
}

/// A running provider.
#[derive(Clone, Debug)]
pub struct IdentityProvider {
    /// Its name for itself.
    pub issuer: String,
    state: Arc<Mutex<Desk>>,
}

#[derive(Debug)]
struct Desk {
    issuer: String,
    clock: Clock,
    keys: Keys,
    person: Person,
    lie: Lie,
    signing: Signing,
    keeps_address: bool,
    codes: BTreeMap<String, BTreeMap<String, String>>,
    given: u32,
}

type Shared = State<Arc<Mutex<Desk>>>;

impl IdentityProvider {
    /// Starts one whose tokens are of `clock`'s time. It ends with the test's runtime.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn start(clock: &Clock, person: Person) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let issuer = format!("http://{address}");
        let desk = Desk {
            issuer: issuer.clone(),
            clock: clock.clone(),
            keys: Keys::new(),
            person,
            lie: Lie::None,
            signing: Signing::Rs256,
            keeps_address: false,
            codes: BTreeMap::new(),
            given: 0,
        };
        let state = Arc::new(Mutex::new(desk));
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/keys", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/me", get(me))
            .with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { issuer, state }
    }

    /// Who is signed in from now on.
    pub fn is(&self, person: Person) {
        open(&self.state).person = person;
    }

    /// How it lies from now on.
    pub fn lies(&self, lie: Lie) {
        let mut desk = open(&self.state);
        desk.lie = lie;
        desk.keeps_address = lie == Lie::OtherPerson;
    }

    /// How it signs from now on.
    pub fn signs(&self, signing: Signing) {
        open(&self.state).signing = signing;
    }

    /// From now on the token has no address: it is told to those who ask for it.
    pub fn keeps_address(&self) {
        open(&self.state).keeps_address = true;
    }
}

fn open(state: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn document(State(state): Shared) -> Json<Value> {
    let desk = open(&state);
    let issuer = &desk.issuer;
    let named = if desk.lie == Lie::Document {
        "https://other.example"
    } else {
        issuer
    };
    Json(json!({
        "issuer": named,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "userinfo_endpoint": format!("{issuer}/me"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn keys(State(state): Shared) -> Json<Value> {
    Json(open(&state).keys.document())
}

/// The person is signed in already and agrees to everything.
async fn authorize(State(state): Shared, Query(asked): Query<BTreeMap<String, String>>) -> Response {
    let mut desk = open(&state);
    let is = |name: &str, value: &str| asked.get(name).is_some_and(|asked| asked == value);
    let scopes = asked.get("scope").map(String::as_str).unwrap_or_default();
    let fits = is("client_id", CLIENT)
        && is("response_type", "code")
        && is("code_challenge_method", "S256")
        && scopes.split(' ').any(|scope| scope == "openid");
    let (Some(back), Some(sent)) = (asked.get("redirect_uri"), asked.get("state")) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if !fits {
        return StatusCode::BAD_REQUEST.into_response();
    }
    desk.given += 1;
    let code = format!("code {}", desk.given);
    let issuer = if desk.lie == Lie::Answer {
        "https://other.example"
    } else {
        &desk.issuer
    };
    let sent = if desk.lie == Lie::State { "c3RhdGU" } else { sent };
    let to = format!(
        "{back}?code={}&state={sent}&iss={}",
        escaped(&code),
        escaped(issuer)
    );
    desk.codes.insert(code, asked);
    Redirect::to(&to).into_response()
}

async fn token(
    State(state): Shared,
    headers: HeaderMap,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Response {
    let mut desk = open(&state);
    let basic = format!(
        "Basic {}",
        base64(format!("{}:{}", escaped(CLIENT), escaped(SECRET)).as_bytes())
    );
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(&basic) {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let field = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    // A code is good once, whatever becomes of it.
    let Some(asked) = desk.codes.remove(field("code")) else {
        return refuse(StatusCode::BAD_REQUEST, "invalid_grant");
    };
    let challenge = base64url(&sha256(field("code_verifier").as_bytes()));
    let fits = field("grant_type") == "authorization_code"
        && asked
            .get("redirect_uri")
            .is_some_and(|back| back == field("redirect_uri"))
        && asked.get("code_challenge") == Some(&challenge);
    if !fits {
        return refuse(StatusCode::BAD_REQUEST, "invalid_grant");
    }
    let claims = desk.claims(asked.get("nonce").map(String::as_str).unwrap_or_default());
    let id_token = desk.keys.sign(desk.signing, &claims);
    Json(json!({ "access_token": "open sesame", "token_type": "Bearer", "id_token": id_token }))
        .into_response()
}

async fn me(State(state): Shared, headers: HeaderMap) -> Response {
    let desk = open(&state);
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some("Bearer open sesame") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let subject = if desk.lie == Lie::OtherPerson {
        "somebody else"
    } else {
        &desk.person.subject
    };
    let person = &desk.person;
    Json(json!({ "sub": subject, "email": person.email, "email_verified": person.is_verified, "name": person.name }))
        .into_response()
}

fn refuse(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

impl Desk {
    fn claims(&self, nonce: &str) -> Value {
        let now = self.clock.now();
        let day = Duration::from_secs(86_400);
        let at = |time: kit::clock::Timestamp| time.0 / 1_000_000;
        let (begin, end) = match self.lie {
            Lie::Expired => (now.minus(day), now.minus(Duration::from_secs(300))),
            Lie::TooEarly => (now.plus(Duration::from_secs(300)), now.plus(day)),
            _ => (now, now.plus(Duration::from_secs(300))),
        };
        let audience = match self.lie {
            Lie::Audience => json!("another client"),
            Lie::SharedAudience => json!([CLIENT, "another client"]),
            _ => json!(CLIENT),
        };
        let mut claims = json!({
            "iss": if self.lie == Lie::Issuer { "https://other.example" } else { &self.issuer },
            "sub": if self.lie == Lie::Nobody { "" } else { &self.person.subject },
            "aud": audience,
            "iat": at(begin),
            "exp": at(end),
            "nonce": if self.lie == Lie::Nonce { "bm9uY2U" } else { nonce },
        });
        if !self.keeps_address {
            claims["email"] = json!(self.person.email);
            claims["email_verified"] = self.person.is_verified.clone();
            claims["name"] = json!(self.person.name);
        }
        claims
    }
}
