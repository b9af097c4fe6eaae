//! What tiers give, for programs.

use axum::extract::State;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Operation, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::failures::{CADENCE, MOST};
use super::{Service, ServiceError, TouchModel};
use crate::actor::Actor;
use crate::ladders::{self, Ladder, RungId};
use crate::touchpoints::Channel;

const PART: &str = "Stages and tiers";

/// A way to us that a tier has or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceChannel {
    /// By mail.
    Email,
    /// By a form on a page of the web.
    Web,
    /// In a chat or messenger.
    Chat,
    /// On the phone.
    Phone,
    /// Over video.
    Video,
    /// Face to face.
    InPerson,
}

impl ServiceChannel {
    const ALL: [Self; 6] = [
        Self::Email,
        Self::Web,
        Self::Chat,
        Self::Phone,
        Self::Video,
        Self::InPerson,
    ];

    const fn channel(self) -> Channel {
        match self {
            Self::Email => Channel::Email,
            Self::Web => Channel::Web,
            Self::Chat => Channel::Chat,
            Self::Phone => Channel::Phone,
            Self::Video => Channel::Video,
            Self::InPerson => Channel::InPerson,
        }
    }

    fn of(channel: Channel) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.channel() == channel)
    }
}

/// What accounts on a tier get.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TierService")]
pub struct ServiceDocument {
    /// The tier.
    tier: RungId,
    /// Its name.
    name: String,
    /// How they are looked after; null while nothing is said of the tier.
    model: Option<TouchModel>,
    /// Which ways to us they have; none are all.
    channels: Vec<ServiceChannel>,
    /// From one touch to the next in person, at most so many days; null for no promise.
    cadence: Option<i64>,
    /// Whether each has a person of its own, whom the rules of assignment choose; null while nothing is said.
    has_owner: Option<bool>,
    /// How many accounts on the tier the rules give one person; null for no limit.
    most: Option<i64>,
}

/// What a program says accounts on a tier get; it replaces what was said.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TierServiceInput")]
pub struct ServiceInput {
    /// How they are looked after.
    model: TouchModel,
    /// Which ways to us they have; all unless told.
    #[serde(default)]
    channels: Vec<ServiceChannel>,
    /// From one touch to the next in person, at most so many days; no promise unless told.
    #[serde(default)]
    #[schemars(range(min = 1, max = 730))]
    cadence: Option<i64>,
    /// Whether each has a person of its own; so unless told.
    #[serde(default = "yes")]
    has_owner: bool,
    /// How many accounts on the tier the rules give one person; no limit unless told.
    #[serde(default)]
    #[schemars(range(min = 1, max = 100_000))]
    most: Option<i64>,
}

const fn yes() -> bool {
    true
}

/// `GET /api/v1/tiers/{id}/service`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show what a tier gives",
    "The touch model and the entitlements of the accounts on it. Its ETag is what a change may name with If-Match.",
)
.of::<RungId>()
.shows::<ServiceDocument>();

/// `PUT /api/v1/tiers/{id}/service`
pub const SET: Operation = Operation::new(
    PART,
    "Say what a tier gives",
    "Replaces all of it. Accounts keep the owners they have; the next ones are chosen by what is said now.",
)
.of::<RungId>()
.takes::<ServiceInput>()
.shows::<ServiceDocument>()
.held_by(Precondition::Optional)
.fails(&[&CADENCE, &MOST]);

/// `DELETE /api/v1/tiers/{id}/service`
pub const FORGET: Operation = Operation::new(
    PART,
    "Take back what a tier gives",
    "Nothing is said of the tier any more: it promises nothing and forbids nothing.",
)
.of::<RungId>()
.shows::<ServiceDocument>()
.held_by(Precondition::Optional);

impl Sample for ServiceInput {
    fn sample() -> Self {
        Self {
            model: TouchModel::HighTouch,
            channels: vec![ServiceChannel::Email, ServiceChannel::Phone],
            cadence: Some(30),
            has_owner: true,
            most: Some(40),
        }
    }
}

impl Sample for ServiceDocument {
    fn sample() -> Self {
        let input = ServiceInput::sample();
        Self {
            tier: "rng_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Premium".to_owned(),
            model: Some(input.model),
            channels: input.channels,
            cadence: input.cadence,
            has_owner: Some(input.has_owner),
            most: input.most,
        }
    }
}

/// `GET /api/v1/tiers/{id}/service`
///
/// # Errors
/// No such tier here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<RungId>) -> Result<Single, Failure> {
    db.read(move |tx| single(tx, &actor, id)).await
}

/// `PUT /api/v1/tiers/{id}/service`
///
/// # Errors
/// Another state than the one named, a field that does not fit, no such tier here, a missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RungId>,
    state: IfMatch,
    Sent(input): Sent<ServiceInput>,
) -> Result<Single, Failure> {
    let service = Service {
        model: input.model,
        channels: input.channels.iter().map(|one| one.channel()).collect(),
        cadence: input.cadence,
        has_owner: input.has_owner,
        most: input.most,
        version: 0,
    };
    let service = service.checked()?;
    db.write(move |tx| {
        state.hold(&single(tx, &actor, id)?)?;
        super::set(tx, &actor, id, None, Some(service.clone()))?;
        single(tx, &actor, id)
    })
    .await
}

/// `DELETE /api/v1/tiers/{id}/service`
///
/// # Errors
/// Another state than the one named, no such tier here, a missing permission, or the database's.
pub async fn forget(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RungId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(tx, &actor, id)?)?;
        super::set(tx, &actor, id, None, None)?;
        single(tx, &actor, id)
    })
    .await
}

fn single(tx: &mut Tx<'_>, actor: &Actor, id: RungId) -> Result<Single, Failure> {
    let tier = ladders::find(tx, actor.workspace, Ladder::Tiers, id)?.ok_or(ServiceError::UnknownTier)?;
    let service = super::of_tier(tx, actor.workspace, id)?;
    let said = service.as_ref();
    let channels = said
        .map(|service| service.channels.as_slice())
        .unwrap_or_default();
    Ok(Single::of(&ServiceDocument {
        tier: id,
        name: tier.text.name,
        model: said.map(|service| service.model),
        channels: channels.iter().copied().filter_map(ServiceChannel::of).collect(),
        cadence: said.and_then(|service| service.cadence),
        has_owner: said.map(|service| service.has_owner),
        most: said.and_then(|service| service.most),
    }))
}
