//! Segments for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::{Db, Tx};
use kit::id::{TypedId, Uuid};
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Limit, Listed, Posted, Sent, Single, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::documents::{MemberDocument, PreviewDocument, SegmentDocument, SegmentInput, SegmentPreviewInput};
use super::{LIST, Member, Segment, SegmentError, SegmentId};
use crate::accounts::AccountId;
use crate::actor::Actor;

/// `GET /api/v1/segments`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<SegmentDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/segments`
///
/// # Errors
/// A part that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<SegmentInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (input.text(&actor)?, (&actor).into());
    once.run(&db, owner, move |tx| {
        let segment = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/segments/{}", segment.id);
        Ok(Single::made(&SegmentDocument::from(segment), location))
    })
    .await
}

/// `POST /api/v1/segments/preview`
///
/// # Errors
/// A part that does not fit, or the database's.
pub async fn preview(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<SegmentPreviewInput>,
) -> Result<Response, Failure> {
    let (definition, owner) = (input.definition.group()?, (&actor).into());
    // Looking takes a while: not where writers wait.
    let preview = db
        .report(move |tx| super::preview(tx, &actor, &definition))
        .await?;
    let found = Single::of(&PreviewDocument::from(preview));
    once.run(&db, owner, move |_| Ok(found.clone())).await
}

/// `GET /api/v1/segments/{id}`
///
/// # Errors
/// No such segment here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<SegmentId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::known(tx, &actor, id)).await?))
}

/// `PUT /api/v1/segments/{id}`
///
/// # Errors
/// An older state, a part that does not fit, no such segment here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SegmentId>,
    state: IfMatch,
    Sent(input): Sent<SegmentInput>,
) -> Result<Single, Failure> {
    let text = input.text(&actor)?;
    db.write(move |tx| {
        let now = super::known(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// Where to go on in the accounts of a segment, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MembersQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
}

/// The last account seen.
#[derive(Debug, Serialize, Deserialize)]
struct Place {
    account: AccountId,
}

/// `GET /api/v1/segments/{id}/accounts`
///
/// # Errors
/// A cursor that is none, no such segment here, or the database's.
pub async fn accounts(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SegmentId>,
    address: Uri,
    Asked(query): Asked<MembersQuery>,
) -> Result<Listed<MemberDocument>, Failure> {
    let from: Option<Place> = cursor::wanted(LIST, query.after.as_deref())?;
    let after = from.map_or(AccountId::from_uuid(Uuid::nil()), |place| place.account);
    let limit = query.limit;
    let found = db
        .read(move |tx| super::members(tx, &actor, id, after, limit.and_one()))
        .await?;
    let cursor = |last: &Member| {
        let account = last.account;
        cursor::write(LIST, &Place { account })
    };
    Ok(Listed::of(found, limit, cursor).linked(&address))
}

/// `PUT /api/v1/segments/{id}/removal`
///
/// # Errors
/// Another state than the one named, no such segment here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SegmentId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| held(tx, &actor, id, &state, super::remove))
        .await
}

/// `DELETE /api/v1/segments/{id}/removal`
///
/// # Errors
/// As of [`remove`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SegmentId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| held(tx, &actor, id, &state, super::restore))
        .await
}

/// What removes a segment or brings it back.
type Verb = fn(&mut Tx<'_>, &Actor, SegmentId) -> Result<Segment, SegmentError>;

fn held(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: SegmentId,
    state: &IfMatch,
    verb: Verb,
) -> Result<Single, Failure> {
    state.hold(&single(super::known(tx, actor, id)?))?;
    Ok(single(verb(tx, actor, id)?))
}

fn single(segment: Segment) -> Single {
    Single::of(&SegmentDocument::from(segment))
}
