//! The address at which a billing system's events arrive. It answers 200 once an event is kept, and as shortly as it can.

use axum::body::Bytes;
use axum::extract::{Path, State};
use http::{HeaderMap, StatusCode};
use kit::db::Db;
use kit::web::Failure;

use super::{BillingError, Gate, receiving};

/// The header with the signature.
const SIGNATURE: &str = "stripe-signature";

/// `POST /hooks/stripe/{link}`
///
/// # Errors
/// 404 for an address that is none, 400 for what is not signed or no event, or the database's: the sender then tries again.
pub async fn receive(
    State(db): State<Db>,
    Path(link): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let gate = Gate::read(&link).ok_or_else(|| Failure::of(StatusCode::NOT_FOUND))?;
    let header = headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
    let header = header.unwrap_or_default().to_owned();
    let body = String::from_utf8(body.to_vec()).map_err(|_| BillingError::NoEvent)?;
    db.write(move |tx| receiving::receive(tx, gate, &header, &body))
        .await?;
    Ok(StatusCode::OK)
}
