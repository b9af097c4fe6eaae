//! Tickets by tag, for programs.

use axum::extract::State;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Operation, cursor};
use tandem_core::actor::Actor;
use tandem_core::tags::TagId;

use super::super::LIST;
use super::super::documents::{MessagesQuery, TicketDocument};
use super::super::listing::Cursor;

/// `GET /api/v1/tags/{id}/tickets`
pub const OF_TAG: Operation = Operation::new(
    "Tickets",
    "List the tickets with a tag",
    "Those in which somebody wrote last come first.",
)
.of::<TagId>()
.asks::<MessagesQuery>()
.gives::<Listed<TicketDocument>>();

/// `GET /api/v1/tags/{id}/tickets`
///
/// # Errors
/// No such tag here, a cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TagId>,
    address: Uri,
    Asked(query): Asked<MessagesQuery>,
) -> Result<Listed<TicketDocument>, Failure> {
    let from: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let limit = query.limit.and_one();
    let found = db
        .read(move |tx| {
            super::tag(tx, &actor, id)?;
            super::part(tx, &actor, id, from, limit)
        })
        .await?;
    Ok(Listed::of(found, query.limit, |last| Cursor::of(last).encode()).linked(&address))
}
