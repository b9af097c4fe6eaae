//! What the API's document says about timelines.

use kit::web::api::{Listed, Operation, Sample};

use super::api::{ExperienceDocument, ImpressionInput, TimelineQuery, TouchpointDocument, TouchpointInput};
use super::failures::{CONTACT, FUTURE, KIND, REASON, SUMMARY};
use super::{Channel, Direction, Impression, TouchpointId};
use crate::accounts::AccountId;
use crate::contacts::ContactId;

const PART: &str = "Timeline";

/// `GET /api/v1/accounts/{id}/touchpoints`
pub const OF_ACCOUNT: Operation = Operation::new(
    PART,
    "List an account's touchpoints",
    "Every contact with the customer, the newest first; those that were withdrawn are left out.",
)
.of::<AccountId>()
.asks::<TimelineQuery>()
.gives::<Listed<TouchpointDocument>>();

/// `GET /api/v1/contacts/{id}/touchpoints`
pub const OF_CONTACT: Operation = Operation::new(
    PART,
    "List a contact's touchpoints",
    "At all their accounts, the newest first, with those of the contacts merged into them.",
)
.of::<ContactId>()
.asks::<TimelineQuery>()
.gives::<Listed<TouchpointDocument>>();

/// `POST /api/v1/accounts/{id}/touchpoints`
pub const ADD: Operation = Operation::new(
    PART,
    "Write a touchpoint down",
    "A call, a meeting, a visit, a message that went another way, or something else.",
)
.of::<AccountId>()
.takes::<TouchpointInput>()
.makes::<TouchpointDocument>()
.fails(&[&SUMMARY, &KIND, &REASON, &FUTURE, &CONTACT]);

/// `GET /api/v1/accounts/{id}/experience`
pub const EXPERIENCE: Operation = Operation::new(
    PART,
    "Show an account's experience",
    "The mean of its impressions, the newer ones counting more, and on how many it rests.",
)
.of::<AccountId>()
.gives::<ExperienceDocument>();

/// `GET /api/v1/touchpoints/{id}`
pub const SHOW: Operation = Operation::new(PART, "Show a touchpoint", "Withdrawn or not.")
    .of::<TouchpointId>()
    .shows::<TouchpointDocument>();

/// `PUT /api/v1/touchpoints/{id}/impression`
pub const JUDGE: Operation = Operation::new(
    PART,
    "Judge a touchpoint",
    "Says how it left the customer. Earlier judgements are kept.",
)
.of::<TouchpointId>()
.takes::<ImpressionInput>()
.shows::<TouchpointDocument>()
.fails(&[&REASON]);

/// `PUT /api/v1/touchpoints/{id}/withdrawal`
pub const WITHDRAW: Operation = Operation::new(
    PART,
    "Withdraw a touchpoint",
    "Takes it off the timelines. It is kept and can be put back.",
)
.of::<TouchpointId>()
.shows::<TouchpointDocument>();

/// `DELETE /api/v1/touchpoints/{id}/withdrawal`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Put a withdrawn touchpoint back",
    "One that stands on the timelines stays there.",
)
.of::<TouchpointId>()
.shows::<TouchpointDocument>();

impl Sample for TouchpointInput {
    fn sample() -> Self {
        Self {
            kind: "call".to_owned(),
            channel: Channel::Phone,
            direction: Direction::Outbound,
            summary: "Walked through the new report; they want it weekly.".to_owned(),
            contact: None,
            happened_at: Some(1_772_442_000_000_000),
            impression: Some(Impression::ALL[3]),
            reason: "They said so.".to_owned(),
        }
    }
}

impl Sample for TouchpointDocument {
    fn sample() -> Self {
        let said = TouchpointInput::sample();
        Self {
            id: "tch_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            contact: None,
            kind: said.kind,
            channel: said.channel,
            direction: said.direction,
            author: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Ada Byron".to_owned(),
            summary: said.summary,
            evidence: None,
            happened_at: 1_772_442_000_000_000,
            recorded_at: 1_772_442_300_000_000,
            impression: said.impression,
            reason: Some(said.reason),
        }
    }
}

impl Sample for ImpressionInput {
    fn sample() -> Self {
        Self {
            impression: Some(Impression::ALL[1]),
            reason: "They sounded disappointed.".to_owned(),
        }
    }
}

impl Sample for ExperienceDocument {
    fn sample() -> Self {
        Self {
            index: Some(0.8),
            n: 14,
        }
    }
}
