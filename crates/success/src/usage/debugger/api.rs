//! What was rejected, for programs.

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Operation, Posted, Single, cursor};
use tandem_core::actor::Actor;

use super::documents::{RefusalDocument, RefusalsQuery, ReplayDocument, ReplayInput};
use super::failures::{REFUSED, SETTLED};
use crate::usage::log::refusals::RefusalId;

const PART: &str = "Usage";
/// The list, for its cursors.
const REFUSALS: &str = "usage-refusals";

/// `GET /api/v1/usage-refusals`
pub const LIST: Operation = Operation::new(
    PART,
    "List rejected events",
    "What was sent in the last 30 days and not taken, the newest first: single events, and bodies of which nothing could be \
     read. Of each source 1,000 an hour are kept.",
)
.asks::<RefusalsQuery>()
.gives::<Listed<RefusalDocument>>();

/// `GET /api/v1/usage-refusals/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a rejected event",
    "With the reason and what to do about it.",
)
.of::<RefusalId>()
.gives::<RefusalDocument>();

/// `POST /api/v1/usage-refusals/{id}/replay`
pub const REPLAY: Operation = Operation::new(
    PART,
    "Send a rejected event again",
    "It is taken as if it had come now, with the times it has. Of a whole request each event is taken by itself, and those \
     that still do not fit are rejected by themselves.",
)
.of::<RefusalId>()
.takes::<ReplayInput>()
.gives::<ReplayDocument>()
.fails(&[&REFUSED, &SETTLED]);

/// `GET /api/v1/usage-refusals`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    (t, address): (Text, Uri),
    Asked(query): Asked<RefusalsQuery>,
) -> Result<Listed<RefusalDocument>, Failure> {
    let after: Option<RefusalId> = cursor::wanted(REFUSALS, query.after.as_deref())?;
    let (filter, limit) = (query.filter(), query.limit);
    let most = usize::try_from(limit.and_one()).unwrap_or_default();
    let found = match filter {
        Some(filter) => {
            let found = db.read(move |tx| super::rejected(tx, &actor, &filter, after, most));
            found.await?.refusals
        }
        // For a reason that there is not nothing was rejected.
        None => Vec::new(),
    };
    let found = found.iter().map(|refusal| RefusalDocument::of(refusal, &t));
    let listed = Listed::of(found.collect(), limit, |last: &RefusalDocument| {
        cursor::write(REFUSALS, &last.id)
    });
    Ok(listed.linked(&address))
}

/// `GET /api/v1/usage-refusals/{id}`
///
/// # Errors
/// No such event here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<RefusalId>,
) -> Result<Single, Failure> {
    let refusal = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(Single::of(&RefusalDocument::of(&refusal, &t)).without_tag())
}

/// `POST /api/v1/usage-refusals/{id}/replay`
///
/// # Errors
/// What is wrong with it still, it was sent again before or only its beginning is kept, no such event here, a missing
/// permission, or the database's.
pub async fn replay(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RefusalId>,
    Posted { input, once }: Posted<ReplayInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let text = match &input.event {
            Some(text) => text.clone(),
            None => super::find(tx, &actor, id)?.body,
        };
        let replayed = super::replay(tx, &actor, id, &text)?;
        Ok(Single::of(&ReplayDocument::from(replayed)).without_tag())
    })
    .await
}
