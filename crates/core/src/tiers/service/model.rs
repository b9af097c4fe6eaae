//! What a service is, and what it may say.

use kit::day::Day;
use kit::db::DbError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::actor::Forbidden;
use crate::ladders::RungId;
use crate::touchpoints::Channel;

/// How a customer is looked after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TouchModel {
    /// They help themselves; nobody turns to them in person.
    SelfService,
    /// Programs turn to them, people now and then.
    TechTouch,
    /// People turn to them.
    HighTouch,
}

impl TouchModel {
    /// All, the one with the least work first.
    pub const ALL: [Self; 3] = [Self::SelfService, Self::TechTouch, Self::HighTouch];

    /// The word in rows, forms, files and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SelfService => "self_service",
            Self::TechTouch => "tech_touch",
            Self::HighTouch => "high_touch",
        }
    }

    /// The model with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|model| model.as_str() == word)
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::SelfService => "service-self",
            Self::TechTouch => "service-tech",
            Self::HighTouch => "service-high",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::SelfService => "life-buoy",
            Self::TechTouch => "workflow",
            Self::HighTouch => "handshake",
        }
    }
}

/// The channels that a tier may have or not, in the order in which they are shown.
pub const CHANNELS: [Channel; 6] = [
    Channel::Email,
    Channel::Web,
    Channel::Chat,
    Channel::Phone,
    Channel::Video,
    Channel::InPerson,
];
/// The longest time from one touch to the next, in days.
pub const LONGEST: i64 = 730;
/// How many accounts of a tier one person looks after at most.
pub const MOST: i64 = 100_000;

/// What accounts on a tier get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// How they are looked after.
    pub model: TouchModel,
    /// Which ways to us they have; none are all.
    pub channels: Vec<Channel>,
    /// From one touch to the next in person, at most so many days; none for no promise.
    pub cadence: Option<i64>,
    /// Whether each has a person of its own, whom the rules of assignment choose.
    pub has_owner: bool,
    /// How many accounts on the tier the rules give one person; none for no limit.
    pub most: Option<i64>,
    /// Grows by one with every change.
    pub version: i64,
}

impl Service {
    /// Checks what somebody says, and brings the channels into their order.
    pub(super) fn checked(self) -> Result<Self, ServiceError> {
        if self.cadence.is_some_and(|days| !(1..=LONGEST).contains(&days)) {
            return Err(ServiceError::BadCadence);
        }
        if self.most.is_some_and(|most| !(1..=MOST).contains(&most)) {
            return Err(ServiceError::BadMost);
        }
        if self.channels.iter().any(|channel| !CHANNELS.contains(channel)) {
            return Err(ServiceError::BadChannel);
        }
        let chosen = CHANNELS.into_iter();
        let chosen: Vec<Channel> = chosen.filter(|channel| self.channels.contains(channel)).collect();
        // All of them is what an empty list says; it stays true when there is one more.
        let channels = if chosen.len() == CHANNELS.len() {
            Vec::new()
        } else {
            chosen
        };
        Ok(Self { channels, ..self })
    }

    /// Whether a channel belongs to it.
    pub fn includes(&self, channel: Channel) -> bool {
        self.channels.is_empty() || self.channels.contains(&channel)
    }

    /// When somebody is to be touched next: `last` is when they were, or came.
    pub fn next(&self, last: Day) -> Option<Day> {
        self.cadence.map(|days| last.plus_days(days))
    }
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such tier here.
    #[error("there is no such tier")]
    UnknownTier,
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// No touch model was named.
    #[error("a service has a touch model")]
    NoModel,
    /// Not a number of days from 1 to 730.
    #[error("a cadence is a number of days from 1 to 730")]
    BadCadence,
    /// Not a number from 1 to 100 000.
    #[error("a person looks after 1 to 100000 accounts")]
    BadMost,
    /// A channel that no tier has.
    #[error("no tier has or lacks this channel")]
    BadChannel,
    /// Someone changed it meanwhile; this is the tier.
    #[error("someone changed it meanwhile")]
    Stale(RungId),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service() -> Service {
        Service {
            model: TouchModel::HighTouch,
            channels: Vec::new(),
            cadence: Some(30),
            has_owner: true,
            most: Some(20),
            version: 1,
        }
    }

    #[test]
    fn channels_stand_in_their_order_and_all_of_them_are_none_named() {
        let mut some = service();
        some.channels = vec![Channel::Phone, Channel::Email, Channel::Phone];
        let some = some.checked().expect("good");
        assert_eq!(some.channels, [Channel::Email, Channel::Phone]);
        assert!(some.includes(Channel::Phone) && !some.includes(Channel::Chat));
        let mut all = service();
        all.channels = CHANNELS.to_vec();
        let all = all.checked().expect("good");
        assert!(all.channels.is_empty() && all.includes(Channel::Chat));
        let mut odd = service();
        odd.channels = vec![Channel::System];
        assert!(matches!(odd.checked(), Err(ServiceError::BadChannel)));
    }

    #[test]
    fn numbers_have_bounds_and_the_next_touch_is_a_cadence_away() {
        for days in [0, -1, LONGEST + 1] {
            let one = Service {
                cadence: Some(days),
                ..service()
            };
            assert!(matches!(one.checked(), Err(ServiceError::BadCadence)), "{days}");
        }
        let none = Service {
            most: Some(0),
            ..service()
        };
        assert!(matches!(none.checked(), Err(ServiceError::BadMost)));
        let day: Day = "2026-01-31".parse().expect("a day");
        assert_eq!(
            service().next(day).map(|day| day.to_string()),
            Some("2026-03-02".to_owned())
        );
    }
}
