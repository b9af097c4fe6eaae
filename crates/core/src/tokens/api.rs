//! Tokens for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`]. A token's
//! text is in the answer to the request that made it, and nowhere else.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed, Posted, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Token, TokenText};
use crate::actor::Actor;
use crate::agents::AgentId;
use crate::doors::SessionId;
use crate::permissions::{Permission, PermissionSet};

/// A token: a session of a program.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Token")]
pub struct TokenDocument {
    /// Its id.
    pub(super) id: SessionId,
    /// What it is for.
    pub(super) name: String,
    /// The agent it acts as.
    pub(super) agent: AgentId,
    /// Whether that agent is a machine.
    pub(super) is_machine: bool,
    /// What it may do at most; never more than its agent.
    pub(super) scopes: Vec<&'static str>,
    /// When it was made: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// Until when it works: microseconds since 1970-01-01 UTC; null for as long as its agent.
    pub(super) expires_at: Option<i64>,
    /// The token itself; null except in the answer to the request that made it.
    pub(super) token: Option<String>,
}

impl From<Token> for TokenDocument {
    fn from(token: Token) -> Self {
        Self {
            id: token.id,
            name: token.name,
            agent: token.agent,
            is_machine: token.is_machine,
            scopes: token.scopes.iter().map(Permission::as_str).collect(),
            created_at: token.created_at.0,
            expires_at: token.expires_at.map(|at| at.0),
            token: None,
        }
    }
}

/// What a program says about a token.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenInput {
    /// What it is for.
    pub(super) name: String,
    /// The machine it is for; nothing for oneself.
    pub(super) agent: Option<AgentId>,
    /// What it may do at most.
    pub(super) scopes: Vec<String>,
    /// How many days it works; nothing for as long as its agent.
    pub(super) days: Option<u32>,
}

/// `GET /api/v1/tokens`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<TokenDocument>, Failure> {
    let tokens = db.read(move |tx| super::list(tx, &actor)).await?;
    Ok(Listed::whole(tokens.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/tokens`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<TokenInput>,
) -> Result<Response, Failure> {
    let scopes: Result<PermissionSet, _> = input.scopes.iter().map(|word| word.parse()).collect();
    let wrong = |error: crate::permissions::UnknownPermission| {
        Failure::of(StatusCode::UNPROCESSABLE_ENTITY).pointer("#/scopes", error.to_string())
    };
    let text = TokenText {
        scopes: scopes.map_err(wrong)?,
        name: input.name,
        agent: input.agent,
        days: input.days,
    };
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let (token, secret) = super::make(tx, &actor, &text)?;
        let location = format!("/api/v1/tokens/{}", token.id);
        let document = TokenDocument {
            token: Some(secret),
            ..token.into()
        };
        Ok(Single::made(&document, location).without_tag())
    })
    .await
}

/// `DELETE /api/v1/tokens/{id}`
///
/// # Errors
/// No such token here, or the database's.
pub async fn revoke(State(db): State<Db>, actor: Actor, At(id): At<SessionId>) -> Result<Single, Failure> {
    db.write(move |tx| super::revoke(tx, &actor, id)).await?;
    Ok(Single::nothing())
}
