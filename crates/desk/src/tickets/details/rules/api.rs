//! Rules of tickets' fields for programs: the same verbs as the pages.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Sent, Single};
use tandem_core::actor::Actor;
use tandem_core::fields::{Field, FieldId};

use super::Rule;
use super::documents::{RuleDocument, RuleInput};

/// `GET /api/v1/ticket-fields`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<RuleDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    let document = |(field, rule)| RuleDocument::of(field, rule);
    Ok(Listed::whole(all.into_iter().map(document).collect(), None))
}

/// `GET /api/v1/ticket-fields/{id}`
///
/// # Errors
/// No such field of tickets here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<FieldId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::find(tx, &actor, id)).await?))
}

/// `PUT /api/v1/ticket-fields/{id}`
///
/// # Errors
/// An older state, a condition that can't be, no such field here, a missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<FieldId>,
    state: IfMatch,
    Sent(input): Sent<RuleInput>,
) -> Result<Single, Failure> {
    let wanted = input.rule(0);
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?;
        let version = now.1.version;
        state.must_hold(&single(now))?;
        let wanted = Rule {
            version,
            ..wanted.clone()
        };
        Ok::<_, Failure>(single(super::set(tx, &actor, id, &wanted)?))
    })
    .await
}

fn single((field, rule): (Field, Rule)) -> Single {
    Single::of(&RuleDocument::of(field, rule))
}
