//! `Idempotency-Key`: a `POST` that is sent again is not done again (draft-ietf-httpapi-idempotency-key-header-07).
//!
//! The answer is stored, sealed, in the transaction of the effect: either both are there or neither is, whoever is
//! killed when. A second request with the same key and the same body gets the stored answer, marked by
//! `Idempotency-Replayed`; with another body it is refused. Requests with one key take turns, so none is ever told that
//! another is still running. A request that failed has stored nothing and may be sent again.
//!
//! Keys belong to who sent them and are kept for a day: [`sweep`] takes older ones away.

mod posted;
mod store;

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};

pub use posted::Posted;

use super::Single;
use crate::db::{Db, DbError, Migration, Tx};
use crate::id::Uuid;
use crate::jobs::{About, Job, JobError};
use crate::seal::Seal;
use crate::web::{Code, Failure};

/// The table of this module.
pub const MIGRATIONS: &[Migration] = &[Migration::new(
    "kit_0003_answers",
    include_str!("../../../../migrations/kit_0003_answers.sql"),
)];

/// How long an answer is kept.
pub const KEPT: Duration = Duration::from_secs(24 * 3_600);

/// The key was used for another request.
pub const REUSED: Code = Code::new(
    "idempotency-key-reused",
    StatusCode::UNPROCESSABLE_ENTITY,
    "failure-idempotency-key-reused",
);

const HEADER: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The key of a request and what tells the request from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    key: Option<String>,
    fingerprint: [u8; 32],
}

/// Whose key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The workspace.
    pub workspace: Uuid,
    /// Who sent it.
    pub sender: Uuid,
}

impl Once {
    /// Runs `effect` in a write transaction that also stores its answer under the key; gives the stored answer instead
    /// when the same request has been answered before. Without a key it only runs.
    ///
    /// # Errors
    /// What `effect` returns; [`REUSED`]; the database's.
    pub async fn run<F>(self, db: &Db, owner: Owner, effect: F) -> Result<Response, Failure>
    where
        F: FnMut(&mut Tx<'_>) -> Result<Single, Failure> + Send + 'static,
    {
        let Some(key) = &self.key else {
            return Ok(db.write(effect).await?.into_response());
        };
        let turn = format!("once {} {} {key}", owner.workspace, owner.sender);
        self.run_in_turn(db, &turn, owner, effect).await
    }

    /// As [`Once::run`], taking turns with all writes of the same `turn`, as [`Db::write_in_turn`] does.
    ///
    /// # Errors
    /// As of [`Once::run`].
    pub async fn run_in_turn<F>(
        self,
        db: &Db,
        turn: &str,
        owner: Owner,
        mut effect: F,
    ) -> Result<Response, Failure>
    where
        F: FnMut(&mut Tx<'_>) -> Result<Single, Failure> + Send + 'static,
    {
        let Some(key) = self.key else {
            return Ok(db.write_in_turn(turn, effect).await?.into_response());
        };
        let fingerprint = self.fingerprint;
        let (answer, is_replayed) = db
            .write_in_turn(turn, move |tx| {
                if let Some(known) = known(tx, owner, &key, fingerprint)? {
                    return Ok::<_, Failure>((known, true));
                }
                let answer = effect(tx)?;
                remember(tx, owner, &key, fingerprint, &answer)?;
                Ok((answer, false))
            })
            .await?;
        let mut response = answer.into_response();
        if is_replayed {
            let headers = response.headers_mut();
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        Ok(response)
    }
}

/// The answer that the same request has had.
fn known(tx: &mut Tx<'_>, owner: Owner, key: &str, fingerprint: [u8; 32]) -> Result<Option<Single>, Failure> {
    let begin = tx.now().minus(KEPT);
    let Some(row) = store::find(tx, owner, key)? else {
        return Ok(None);
    };
    if row.created_at <= begin {
        store::forget(tx, owner, key)?;
        return Ok(None);
    }
    if row.fingerprint != fingerprint {
        let reason = "it belongs to another request of the last 24 hours";
        return Err(Failure::new(&REUSED).header(HEADER, reason));
    }
    let broken = |problem: String| DbError::internal("a stored answer", problem);
    let plain = seal(tx)?.open(&purpose(owner, key), &row.answer);
    let plain = plain.map_err(|error| broken(error.to_string()))?;
    let json = String::from_utf8(plain).map_err(|error| broken(error.to_string()))?;
    let status = u16::try_from(row.status).unwrap_or_default();
    let status = StatusCode::from_u16(status).map_err(|error| broken(error.to_string()))?;
    Ok(Some(Single::stored(status, row.location, json, row.has_tag)))
}

fn remember(
    tx: &mut Tx<'_>,
    owner: Owner,
    key: &str,
    fingerprint: [u8; 32],
    answer: &Single,
) -> Result<(), DbError> {
    let sealed = seal(tx)?.seal(tx.ids(), &purpose(owner, key), answer.json.as_bytes());
    let row = store::Stored {
        fingerprint,
        status: i64::from(answer.status.as_u16()),
        location: answer.location.clone(),
        has_tag: answer.has_tag(),
        answer: sealed,
        created_at: tx.now(),
    };
    store::insert(tx, owner, key, &row)
}

/// An answer may show a new secret, so it does not lie open in the database.
fn seal(tx: &Tx<'_>) -> Result<std::sync::Arc<Seal>, DbError> {
    tx.attached::<Seal>()
        .ok_or_else(|| DbError::internal("answers", "no keys are attached to the database"))
}

fn purpose(owner: Owner, key: &str) -> String {
    format!("answer {} {} {key}", owner.workspace, owner.sender)
}

/// Takes old answers away. To be queued every hour or so.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "answers.sweep";
}

/// Takes away the answers older than [`KEPT`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn sweep(tx: &mut Tx<'_>, _: &Sweep, _: &About) -> Result<(), JobError> {
    let end = tx.now().minus(KEPT);
    store::forget_before(tx, end)?;
    Ok(())
}
