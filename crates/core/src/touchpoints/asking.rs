//! What the pages of timelines are asked for: which part, and narrowed down how.

use http::StatusCode;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::Failure;
use serde::Deserialize;

use super::failures::DAY;
use super::{Cursor, Filter, PAGE};

/// Which part of a timeline.
#[derive(Debug, Default, Deserialize)]
pub struct TimelineQuery {
    pub(super) after: Option<String>,
    #[serde(default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) channel: String,
    #[serde(default)]
    pub(super) mood: String,
    #[serde(default)]
    pub(super) since: String,
    #[serde(default)]
    pub(super) until: String,
}

impl TimelineQuery {
    pub(super) fn filter(&self, t: &Text) -> Result<Filter, Failure> {
        let bad = || Failure::of(StatusCode::BAD_REQUEST);
        let before = self
            .after
            .as_ref()
            .map(|text| Cursor::decode(text).ok_or_else(bad));
        Ok(Filter {
            before: before.transpose()?,
            limit: PAGE,
            kind: Some(self.kind.clone()).filter(|kind| !kind.is_empty()),
            channel: self.channel.parse().ok(),
            is_good: match self.mood.as_str() {
                "good" => Some(true),
                "bad" => Some(false),
                _ => None,
            },
            since: moment(t, "since", &self.since, Text::day_begins)?,
            until: moment(t, "until", &self.until, Text::day_ends)?,
        })
    }
}

/// The moment that a day stands for; none where nothing is written.
fn moment(
    t: &Text,
    field: &'static str,
    written: &str,
    of: fn(&Text, &str) -> Option<Timestamp>,
) -> Result<Option<Timestamp>, Failure> {
    if written.trim().is_empty() {
        return Ok(None);
    }
    let day = t.read_day(written).ok_or_else(|| Failure::field(field, &DAY))?;
    Ok(of(t, &day.to_string()))
}
