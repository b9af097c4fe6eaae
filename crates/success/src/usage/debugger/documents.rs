//! What was rejected, as programs see it.

use kit::i18n::Text;
use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Filter, Replayed};
use crate::usage::log::refusals::{Refusal, RefusalId};
use crate::usage::protocol::Reason;
use crate::usage::sources::SourceId;

/// Something that was sent and not taken.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageRefusal")]
pub struct RefusalDocument {
    /// Its id.
    pub(super) id: RefusalId,
    /// The source that it came from.
    source: SourceId,
    /// The call, as far as it could be read: `track`.
    call: String,
    /// The kind of reason: `no-person`.
    code: String,
    /// The reason in words.
    reason: String,
    /// What to do.
    remedy: String,
    /// What was sent.
    body: String,
    /// Whether that is all of it, so that it can be sent again.
    is_whole: bool,
    /// When it came: microseconds since 1970-01-01 UTC.
    received_at: i64,
    /// When it was sent, by the sender's clock: microseconds since 1970-01-01 UTC.
    sent_at: Option<i64>,
    /// When it was sent again and taken: microseconds since 1970-01-01 UTC.
    settled_at: Option<i64>,
}

/// Which part of what was rejected.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusalsQuery {
    /// Of this source alone.
    source: Option<SourceId>,
    /// For this kind of reason alone: `no-person`.
    code: Option<String>,
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// What is sent again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UsageReplayInput")]
pub struct ReplayInput {
    /// The mended event, or the mended body of a whole request, as JSON in a text; what was sent where it is absent.
    #[serde(default)]
    #[schemars(length(max = 500_000))]
    pub(super) event: Option<String>,
}

/// What became of what was sent again.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageReplay")]
pub struct ReplayDocument {
    /// How many events were taken.
    taken: i64,
    /// Whether nothing was added, since what has its id is there already.
    is_known: bool,
    /// How many of the events of a whole request stand by themselves among the rejected now.
    refused: i64,
}

impl RefusalsQuery {
    /// What is listed; none where no such reason is known.
    pub(super) fn filter(&self) -> Option<Filter> {
        let reason = match &self.code {
            Some(code) => Some(Reason::named(code)?),
            None => None,
        };
        Some(Filter {
            source: self.source,
            reason,
            ..Filter::default()
        })
    }
}

impl RefusalDocument {
    /// Something rejected in the words of `t`.
    pub(super) fn of(refusal: &Refusal, t: &Text) -> Self {
        Self {
            id: refusal.id,
            source: refusal.source,
            call: refusal.call.clone(),
            code: refusal.reason.as_str().to_owned(),
            reason: refusal.reason.said(t, &refusal.about),
            remedy: refusal.reason.remedy(t, &refusal.about),
            body: refusal.body.clone(),
            is_whole: refusal.is_whole,
            received_at: refusal.received.0,
            sent_at: refusal.sent.map(|at| at.0),
            settled_at: refusal.settled.as_ref().map(|(_, at)| at.0),
        }
    }
}

impl From<Replayed> for ReplayDocument {
    fn from(replayed: Replayed) -> Self {
        let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let (taken, refused) = match replayed {
            Replayed::Taken(taken) => (number(taken), 0),
            Replayed::Known => (0, 0),
            Replayed::Part(taken, refused) => (number(taken), number(refused)),
        };
        Self {
            taken,
            is_known: replayed == Replayed::Known,
            refused,
        }
    }
}

impl Sample for RefusalDocument {
    fn sample() -> Self {
        Self {
            id: "rfs_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            source: "src_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            call: "track".to_owned(),
            code: "no-event".to_owned(),
            reason: "A track call without the name of its event".to_owned(),
            remedy: "Set “event” to what was done: “Report opened”.".to_owned(),
            body: r#"{"type":"track","userId":"u-1"}"#.to_owned(),
            is_whole: true,
            received_at: 1_772_442_000_000_000,
            sent_at: None,
            settled_at: None,
        }
    }
}

impl Sample for ReplayInput {
    fn sample() -> Self {
        Self {
            event: Some(r#"{"type":"track","userId":"u-1","event":"Report opened"}"#.to_owned()),
        }
    }
}

impl Sample for ReplayDocument {
    fn sample() -> Self {
        Self {
            taken: 1,
            is_known: false,
            refused: 0,
        }
    }
}
