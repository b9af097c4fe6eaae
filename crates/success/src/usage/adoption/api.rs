//! Adoption for programs.

use axum::extract::State;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Single, cursor};
use tandem_core::actor::Actor;

use super::documents::{FeatureDocument, FeatureQuery, FeaturesQuery, Shown, UseDocument, UsersQuery};
use super::{LIST as NAME, Place, Spot, Users, Wanted, Whose, book, list as listed, users};
use crate::usage::folding::FeatureId;

pub use super::documents::{ACCOUNTS, LIST, SHOW};

/// `GET /api/v1/usage-features`
///
/// # Errors
/// A cursor that is none, a segment that the caller does not see, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<FeaturesQuery>,
) -> Result<Listed<FeatureDocument>, Failure> {
    let after: Option<Spot> = cursor::wanted(NAME, query.after.as_deref())?;
    let (limit, sort) = (query.limit, query.sort);
    let wanted = Wanted {
        window: query.window.into(),
        filter: query.filter(),
        call: query.call,
        mark: query.mark,
        q: query.q.unwrap_or_default(),
        sort,
    };
    let found = db
        .read(move |tx| listed(tx, &actor, &wanted, after.as_ref(), limit.and_one()))
        .await?;
    let (active, counted_at) = (found.active, found.counted_at.map(|at| at.0));
    let lines = found.lines.into_iter().map(|one| Shown {
        one,
        active,
        counted_at,
    });
    let next = |shown: &Shown| cursor::write(NAME, &Spot::of(&shown.one, sort));
    Ok(Listed::of(lines.collect(), limit, next).linked(&address))
}

/// `GET /api/v1/usage-features/{id}`
///
/// # Errors
/// No such feature here, a missing permission, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<FeatureId>,
    Asked(query): Asked<FeatureQuery>,
) -> Result<Single, Failure> {
    let window = query.window.into();
    let mut found = db.read(move |tx| book::one(tx, &actor, (id, window))).await?;
    let one = found.lines.remove(0);
    let shown = Shown {
        one,
        active: found.active,
        counted_at: found.counted_at.map(|at| at.0),
    };
    Ok(Single::of(&FeatureDocument::from(shown)).without_tag())
}

/// `GET /api/v1/usage-features/{id}/accounts`
///
/// # Errors
/// A cursor that is none, no such feature here, a missing permission, or the database's.
pub async fn accounts(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<FeatureId>,
    address: Uri,
    Asked(query): Asked<UsersQuery>,
) -> Result<Listed<UseDocument>, Failure> {
    let after: Option<Place> = cursor::wanted(NAME, query.after.as_deref())?;
    let (limit, whose): (_, Whose) = (query.limit, query.whose);
    let asked = Users {
        feature: id,
        whose,
        window: query.window.into(),
        filter: query.filter(),
    };
    let found = db
        .read(move |tx| users(tx, &actor, asked, after.as_ref(), limit.and_one()))
        .await?;
    let next = |one: &super::Use| cursor::write(NAME, &Place::of(one, whose));
    Ok(Listed::of(found, limit, next).linked(&address))
}
