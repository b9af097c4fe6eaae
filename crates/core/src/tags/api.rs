//! Tags for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::id::AnyId;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Colour, Tag, TagError, TagId, TagText};
use crate::actor::Actor;
use crate::nouns::Noun;

/// A tag: a word of the vocabulary.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Tag")]
pub struct TagDocument {
    /// Its id.
    pub(super) id: TagId,
    /// The word.
    pub(super) name: String,
    /// Its colour.
    pub(super) colour: Colour,
    /// Grows by one with every change.
    pub(super) version: i64,
}

impl From<Tag> for TagDocument {
    fn from(tag: Tag) -> Self {
        Self {
            id: tag.id,
            name: tag.name,
            colour: tag.colour,
            version: tag.version,
        }
    }
}

/// What a program says about a tag.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TagInput {
    /// The word; no comma.
    #[schemars(length(min = 1, max = 40))]
    pub(super) name: String,
    /// Its colour; grey unless told.
    #[serde(default)]
    pub(super) colour: Colour,
}

/// Into which tag another is merged.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TagMergeInput {
    /// The tag that stays.
    pub(super) into: TagId,
}

impl From<TagInput> for TagText {
    fn from(input: TagInput) -> Self {
        Self {
            name: input.name,
            colour: input.colour,
        }
    }
}

/// `GET /api/v1/tags`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<TagDocument>, Failure> {
    let tags = db.read(move |tx| super::all(tx, actor.workspace)).await?;
    Ok(Listed::whole(
        tags.into_iter().map(|(tag, _)| tag.into()).collect(),
        None,
    ))
}

/// `POST /api/v1/tags`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<TagInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (TagText::from(input), (&actor).into());
    once.run(&db, owner, move |tx| {
        let tag = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/tags/{}", tag.id);
        Ok(Single::made(&TagDocument::from(tag), location))
    })
    .await
}

/// `GET /api/v1/tags/{id}`
///
/// # Errors
/// No such tag here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<TagId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| known(tx, &actor, id)).await?))
}

/// `PUT /api/v1/tags/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such tag here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TagId>,
    state: IfMatch,
    Sent(input): Sent<TagInput>,
) -> Result<Single, Failure> {
    let text = TagText::from(input);
    db.write(move |tx| {
        let now = known(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/tags/{id}/merge`
///
/// # Errors
/// Tags that can't be merged, none of this workspace, a missing permission, or the database's.
pub async fn merge(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TagId>,
    Sent(input): Sent<TagMergeInput>,
) -> Result<Single, Failure> {
    let kept = db
        .write(move |tx| super::merge(tx, &actor, id, input.into))
        .await?;
    Ok(single(kept))
}

/// Gives a thing exactly these tags, as a program says them.
///
/// # Errors
/// A word that can't be a tag, with a pointer to the list; a missing permission; the database's.
pub fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    noun: &Noun,
    subject: AnyId,
    names: &[String],
) -> Result<(), Failure> {
    match super::set(tx, actor, noun, subject, names) {
        Err(error @ (TagError::BadName | TagError::TooMany)) => {
            Err(Failure::new(&super::TAG).pointer("/tags", error.to_string()))
        }
        outcome => Ok(outcome?),
    }
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: TagId) -> Result<Tag, TagError> {
    super::find(tx, actor, id)?.ok_or(TagError::Unknown)
}

fn single(tag: Tag) -> Single {
    Single::of(&TagDocument::from(tag))
}
