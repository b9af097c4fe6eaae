//! The usual scorecards, for programs.

use axum::extract::State;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::Failure;
use kit::web::api::{Listed, Operation, Sample};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;
use tandem_core::ladders::RungId;

use super::{Offer, add_all, offered};
use crate::health::Content;
use crate::health::api::PART;
use crate::health::scorecards::api::ScorecardDocument;
use crate::health::standard::OFFERED;

/// A usual scorecard that could be added.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsualScorecard")]
pub struct UsualDocument {
    /// Its key among the usual ones.
    key: String,
    /// What it would be called.
    name: String,
    /// What it is for.
    about: String,
    /// The stage it would be for; null for any, or where none is called as usual.
    stage: Option<RungId>,
    /// The tier it would be for; null for any, or where none is called as usual.
    tier: Option<RungId>,
    /// What it says.
    content: Content,
}

/// `GET /api/v1/scorecards/usual`
pub const LIST: Operation = Operation::new(
    PART,
    "List the usual scorecards",
    "Those in whose places none stands. One without a stage and a tier is for one that is not called as usual here.",
)
.gives::<Listed<UsualDocument>>();

/// `PUT /api/v1/scorecards/usual`
pub const ADD: Operation = Operation::new(
    PART,
    "Add the usual scorecards",
    "Each that is for a stage or a tier here and in whose place none stands; gives those that were added. Twice is no harm.",
)
.gives::<Listed<ScorecardDocument>>();

impl From<Offer> for UsualDocument {
    fn from(offer: Offer) -> Self {
        let text = offer.text();
        Self {
            key: offer.key.to_owned(),
            name: text.name,
            about: offer.about,
            stage: text.stage,
            tier: text.tier,
            content: text.content,
        }
    }
}

impl Sample for UsualDocument {
    fn sample() -> Self {
        let usual = &OFFERED[0];
        Self {
            key: usual.key.to_owned(),
            name: "Onboarding".to_owned(),
            about: "For accounts that are not where they want to be yet.".to_owned(),
            stage: Some("rng_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            tier: None,
            content: usual.content(),
        }
    }
}

/// `GET /api/v1/scorecards/usual`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Listed<UsualDocument>, Failure> {
    let offers = db.read(move |tx| offered(tx, &actor, &t)).await?;
    Ok(Listed::whole(offers.into_iter().map(Into::into).collect(), None))
}

/// `PUT /api/v1/scorecards/usual`
///
/// # Errors
/// A missing permission, or the database's.
pub async fn add(State(db): State<Db>, actor: Actor) -> Result<Listed<ScorecardDocument>, Failure> {
    let added = db.write(move |tx| add_all(tx, &actor)).await?;
    Ok(Listed::whole(added.into_iter().map(Into::into).collect(), None))
}
