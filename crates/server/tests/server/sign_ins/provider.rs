//! A strict provider for tests of sign-ins.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use kit::text::{base64, base64url, sha256};
use serde_json::{Value, json};
use tokio::sync::Notify;

/// A provider that gives a new lasting token with every other one and takes each once: whoever loses one is out.
#[derive(Clone)]
pub(super) struct Provider {
    pub(super) at: String,
    desk: Arc<Mutex<Desk>>,
    pub(super) asked: Arc<Notify>,
}

#[derive(Default)]
pub(super) struct Desk {
    pub(super) person: String,
    pub(super) challenge: String,
    pub(super) round: u32,
    pub(super) asked: usize,
    pub(super) is_down: bool,
    pub(super) says_no: bool,
    pub(super) dies_in: Option<u64>,
    pub(super) revoked: Vec<String>,
}

impl Provider {
    pub(super) async fn start(person: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        let desk = Desk {
            person: person.to_owned(),
            ..Desk::default()
        };
        let provider = Self {
            at,
            desk: Arc::new(Mutex::new(desk)),
            asked: Arc::default(),
        };
        let app = Router::new()
            .route("/token", post(token))
            .route("/revoke", post(revoke))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        provider
    }

    pub(super) fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes back what it is told (RFC 7009), from its client alone.
async fn revoke(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(asked): Form<BTreeMap<String, String>>,
) -> StatusCode {
    let mut desk = provider.desk();
    let client = headers.get("authorization").and_then(|value| value.to_str().ok());
    if desk.is_down {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    if client != Some(format!("Basic {}", base64(b"tandem:s3cret")).as_str()) {
        return StatusCode::UNAUTHORIZED;
    }
    desk.revoked.extend(asked.get("token").cloned());
    StatusCode::OK
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(asked): Form<BTreeMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let no = |code: &str| {
        let said = json!({ "error": code, "error_description": "Token has been expired or revoked." });
        (StatusCode::BAD_REQUEST, Json(said))
    };
    provider.desk().asked += 1;
    provider.asked.notify_one();
    // Long enough for others to ask at the same time, if they do.
    tokio::time::sleep(Duration::from_millis(40)).await;
    let mut desk = provider.desk();
    let field = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let client = headers.get("authorization").and_then(|value| value.to_str().ok());
    let expected = format!("Basic {}", base64(b"tandem:s3cret"));
    if client != Some(expected.as_str()) {
        return no("invalid_client");
    }
    if desk.is_down {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(Value::Null));
    }
    let is_good = match field("grant_type").as_str() {
        "authorization_code" => {
            let proof = base64url(&sha256(field("code_verifier").as_bytes()));
            field("code") == "the-code" && proof == desk.challenge
        }
        "refresh_token" => !desk.says_no && field("refresh_token") == format!("lasting-{}", desk.round),
        _ => false,
    };
    if !is_good {
        return no("invalid_grant");
    }
    desk.round += 1;
    let claims = base64url(json!({ "email": "owner@world.test" }).to_string().as_bytes());
    let said = json!({
        "access_token": format!("good.{}.{}", desk.person, desk.round),
        "refresh_token": format!("lasting-{}", desk.round),
        "expires_in": "3600",
        "refresh_expires_in": desk.dies_in,
        "id_token": format!("x.{claims}.y"),
    });
    (StatusCode::OK, Json(said))
}
