//! Teams for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Team, TeamError, TeamId, TeamText};
use crate::actor::Actor;
use crate::agents::AgentId;

/// A team: agents who work on the same things.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Team")]
pub struct TeamDocument {
    /// Its id.
    pub(super) id: TeamId,
    /// Its name.
    pub(super) name: String,
    /// Who is in it.
    pub(super) members: Vec<AgentId>,
    /// Grows by one with every change of name or members.
    pub(super) version: i64,
    /// When it came: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// When it was archived: microseconds since 1970-01-01 UTC; null while it is not.
    pub(super) archived_at: Option<i64>,
}

impl From<Team> for TeamDocument {
    fn from(team: Team) -> Self {
        Self {
            id: team.id,
            name: team.name,
            members: team.members,
            version: team.version,
            created_at: team.created_at.0,
            archived_at: team.archiving.map(|archiving| archiving.at.0),
        }
    }
}

/// What a program says about a team.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamInput {
    /// Its name; blanks around it are taken away.
    #[schemars(length(min = 1, max = 60))]
    pub(super) name: String,
    /// Who is in it.
    pub(super) members: Vec<AgentId>,
}

impl From<TeamInput> for TeamText {
    fn from(input: TeamInput) -> Self {
        Self {
            name: input.name,
            members: input.members,
        }
    }
}

/// `GET /api/v1/teams`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<TeamDocument>, Failure> {
    let teams = db.read(move |tx| super::all(tx, actor.workspace)).await?;
    Ok(Listed::whole(teams.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/teams`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<TeamInput>,
) -> Result<Response, Failure> {
    let text = TeamText::from(input);
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let team = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/teams/{}", team.id);
        Ok(Single::made(&TeamDocument::from(team), location))
    })
    .await
}

/// `GET /api/v1/teams/{id}`
///
/// # Errors
/// No such team here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<TeamId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| known(tx, &actor, id)).await?))
}

/// `PUT /api/v1/teams/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such team here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TeamId>,
    state: IfMatch,
    Sent(input): Sent<TeamInput>,
) -> Result<Single, Failure> {
    let text = TeamText::from(input);
    db.write(move |tx| {
        let now = known(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/teams/{id}/archiving`
///
/// # Errors
/// Another state than the one named, no such team here, a missing permission, or the database's.
pub async fn archive(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TeamId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::archive(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/teams/{id}/archiving`
///
/// # Errors
/// As of [`archive`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TeamId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::restore(tx, &actor, id)?))
    })
    .await
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: TeamId) -> Result<Team, TeamError> {
    super::find(tx, actor, id)?.ok_or(TeamError::Unknown)
}

fn single(team: Team) -> Single {
    Single::of(&TeamDocument::from(team))
}
