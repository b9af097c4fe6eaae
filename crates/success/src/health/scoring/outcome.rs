//! What comes of scoring an account: pure, from what its score rests on and how it was before.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::day::Day;
use serde_json::json;
use tandem_core::accounts::AccountId;
use tandem_core::events::NewEvent;
use tandem_core::metrics::{Producers, Standing};

use super::spread;
use crate::health::model::{WINDOW, reason, trend};
use crate::health::{BANDED, Band, LIST, Moment, Now, SCORED, Scorecard, ScorecardId, Scored};

/// What the score of an account rests on, and how it was before.
pub(super) struct Basis<'a> {
    pub(super) account: AccountId,
    pub(super) card: &'a Scorecard,
    pub(super) held: &'a BTreeMap<String, Standing>,
    /// What was kept last, for this day or one before it.
    pub(super) last: Option<Last>,
    pub(super) before: Option<Now>,
    /// What somebody says instead.
    pub(super) said: Option<Band>,
    /// The scores of the window up to this day.
    pub(super) course: Vec<Moment>,
    pub(super) mrr: i64,
}

/// A score as its row has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Last {
    pub(super) scorecard: ScorecardId,
    pub(super) version: i64,
    pub(super) score: Option<f64>,
    pub(super) confidence: f64,
    pub(super) band: Band,
    /// What it is made of, as text, so that digits are compared as they are stored.
    pub(super) parts: String,
}

/// A score that is to be kept for its day.
pub(super) struct Kept {
    pub(super) account: AccountId,
    pub(super) row: Last,
    pub(super) at: Timestamp,
}

/// What is another than before.
pub(super) struct Outcome {
    pub(super) kept: Option<Kept>,
    pub(super) now: Option<(AccountId, Now)>,
    pub(super) told: Vec<NewEvent>,
}

impl Basis<'_> {
    /// What comes of it on `day`, computed at a moment.
    pub(super) fn score(&self, producers: &Producers, (day, at): (Day, Timestamp)) -> Outcome {
        let scored = self.card.content.score(self.held, producers, day);
        let now = self.now(&scored, (day, at));
        let row = Last {
            scorecard: self.card.id,
            version: self.card.version,
            score: scored.score,
            confidence: scored.confidence,
            band: scored.band,
            parts: serde_json::to_string(&scored.parts).expect("parts are JSON"),
        };
        let is_kept = self.last.as_ref() == Some(&row);
        let is_same = self.before.as_ref().is_some_and(|before| is_same(before, &now));
        Outcome {
            kept: (!is_kept).then_some(Kept {
                account: self.account,
                row,
                at,
            }),
            told: if is_same { Vec::new() } else { self.told(&now) },
            now: (!is_same).then_some((self.account, now)),
        }
    }

    /// How the account is, for lists.
    fn now(&self, scored: &Scored, (day, at): (Day, Timestamp)) -> Now {
        let shown = self.said.unwrap_or(scored.band);
        let mut course = self.course.clone();
        course.retain(|(since, _, _, _)| *since < day);
        course.push((day, scored.score, scored.confidence, scored.band));
        let days = spread(&course, day.plus_days(1 - WINDOW), WINDOW, 1);
        let (slope, way) = trend(&days);
        let since = self.before.as_ref().filter(|before| before.shown == shown);
        Now {
            score: scored.score,
            confidence: scored.confidence,
            band: scored.band,
            shown,
            trend: slope,
            way,
            week_ago: days.iter().rev().nth(7).copied().flatten(),
            reason: reason(&scored.parts),
            mrr: self.mrr,
            since: since.map_or(day, |before| before.since),
            at,
        }
    }

    /// What those hear who listen: that the score moved by a tenth at least, and that the account went into another band. Why is not
    /// for everybody who hears of it: the reason is a metric that some may not see.
    fn told(&self, now: &Now) -> Vec<NewEvent> {
        let whole = |score: Option<f64>| score.map(|score| (score * 10.0).round() / 10.0);
        let before = self.before.as_ref();
        let (old, new) = (before.and_then(|before| whole(before.score)), whole(now.score));
        let mut told = Vec::new();
        if before.is_none() || old != new || before.map(|before| before.shown) != Some(now.shown) {
            let payload = json!({
                "score": new, "before": old, "confidence": whole(Some(now.confidence * 100.0)), "band": now.shown.as_str(),
                "scorecard": self.card.id.to_string(), "version": self.card.version,
            });
            told.push(NewEvent::of(&SCORED, self.account).topic(LIST).payload(payload));
        }
        let moved = before.filter(|before| before.shown != now.shown && before.shown != Band::Unknown);
        if let Some(before) = moved {
            let payload = json!({ "before": before.shown.as_str(), "band": now.shown.as_str() });
            told.push(NewEvent::of(&BANDED, self.account).topic(LIST).payload(payload));
        }
        told
    }
}

/// Whether nothing but the moment of computing is another.
fn is_same(before: &Now, now: &Now) -> bool {
    let before = Now {
        at: now.at,
        ..before.clone()
    };
    before == *now
}
