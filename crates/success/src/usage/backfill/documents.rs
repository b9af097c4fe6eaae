//! Back-fills as programs see them.

use kit::day::Day;
use kit::i18n::Text;
use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::imports::writing::DayOrder;

use super::model::{Backfill, RefusedLine, State};
use super::{BackfillId, Slot, Wish};
use crate::usage::sources::SourceId;

/// A file of usage events of the past.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageBackfill")]
pub struct BackfillDocument {
    /// Its id.
    id: BackfillId,
    /// The source whose events they are.
    source: SourceId,
    /// What the file is called.
    file_name: String,
    /// The file's length in bytes, as it came.
    size: i64,
    /// `lines` for an event in JSON on each line, `table` for CSV.
    form: String,
    /// What is going on.
    state: BackfillState,
    /// Why it failed: `damaged`, `unreadable`, `source-off`, `forbidden` or `gone`; null unless it did.
    problem: Option<String>,
    /// The names of the columns, of a table.
    columns: Vec<String>,
    /// Where each column goes; null for one that is a property.
    mapping: Vec<Option<Slot>>,
    /// How the column of times writes days; null where nothing depends on it.
    days: Option<DayOrder>,
    /// Events of this day and later are left out.
    until: Option<Day>,
    /// Lines of the file, without the header and empty ones.
    total: i64,
    /// What became of the lines so far.
    counts: BackfillCounts,
    /// Whether the file is still kept, so that it can go on and its refused lines can be fetched.
    is_kept: bool,
    /// When the file came: microseconds since 1970-01-01 UTC.
    created_at: i64,
    /// When something last changed: microseconds since 1970-01-01 UTC.
    changed_at: i64,
}

/// What became of the lines.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageBackfillCounts")]
pub struct BackfillCounts {
    /// They are in the log now.
    taken: i64,
    /// They were there already.
    known: i64,
    /// They are of the day `until` or later.
    left_out: i64,
    /// They do not fit.
    refused: i64,
}

/// What is going on with a back-fill.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "UsageBackfillState")]
pub enum BackfillState {
    /// Nothing was taken yet.
    Draft,
    /// Lines are being taken.
    Running,
    /// It waits to go on.
    Paused,
    /// Every line was looked at.
    Done,
    /// It can't go on by itself.
    Failed,
}

/// What a program says of a draft.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UsageBackfillMapping")]
pub struct BackfillInput {
    /// Where each column of a table goes, in the order of the file; null makes a property of it.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    columns: Vec<Option<Slot>>,
    /// How the column of times writes days, where `days` of the draft is `unclear`.
    #[serde(default)]
    days: Option<DayOrder>,
    /// Leave out events of this day and later, in the workspace's time zone: those that came by themselves.
    #[serde(default)]
    until: Option<Day>,
}

/// A line that was refused.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RefusedUsageLine")]
pub struct RefusedLineDocument {
    /// Its number in the file, from 1.
    pub(super) line: i64,
    /// The kind of reason: `no-person`.
    code: String,
    /// The reason in words.
    reason: String,
    /// What to do.
    remedy: String,
}

impl RefusedLineDocument {
    /// A refused line in the words of `t`.
    pub(super) fn of(refused: &RefusedLine, t: &Text) -> Self {
        Self {
            line: refused.line,
            code: refused.reason.as_str().to_owned(),
            reason: refused.reason.said(t, &refused.about),
            remedy: refused.reason.remedy(t, &refused.about),
        }
    }
}

impl From<BackfillInput> for Wish {
    fn from(input: BackfillInput) -> Self {
        Self {
            mapping: input.columns,
            days: input.days,
            until: input.until,
        }
    }
}

impl From<Backfill> for BackfillDocument {
    fn from(backfill: Backfill) -> Self {
        Self {
            id: backfill.id,
            source: backfill.source,
            size: backfill.size,
            form: backfill.layout.form.as_str().to_owned(),
            state: match backfill.state {
                State::Draft => BackfillState::Draft,
                State::Running => BackfillState::Running,
                State::Paused => BackfillState::Paused,
                State::Done => BackfillState::Done,
                State::Failed => BackfillState::Failed,
            },
            days: backfill.days(),
            file_name: backfill.file_name,
            problem: backfill.problem,
            columns: backfill.layout.columns,
            mapping: backfill.mapping,
            until: backfill.until,
            total: backfill.total,
            counts: BackfillCounts {
                taken: backfill.counts.taken,
                known: backfill.counts.known,
                left_out: backfill.counts.left_out,
                refused: backfill.counts.refused,
            },
            is_kept: backfill.is_kept,
            created_at: backfill.created_at.0,
            changed_at: backfill.changed_at.0,
        }
    }
}

impl Sample for BackfillDocument {
    fn sample() -> Self {
        Self {
            id: "bkf_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            source: "src_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            file_name: "events-2026.csv".to_owned(),
            size: 48_210_113,
            form: "table".to_owned(),
            state: BackfillState::Done,
            problem: None,
            columns: vec![
                "Event".to_owned(),
                "User ID".to_owned(),
                "Time".to_owned(),
                "Plan".to_owned(),
            ],
            mapping: vec![Some(Slot::Event), Some(Slot::User), Some(Slot::Time), None],
            days: None,
            until: None,
            total: 1_204_118,
            counts: BackfillCounts {
                taken: 1_203_990,
                known: 120,
                left_out: 0,
                refused: 8,
            },
            is_kept: true,
            created_at: 1_772_442_000_000_000,
            changed_at: 1_772_442_009_000_000,
        }
    }
}

impl Sample for BackfillInput {
    fn sample() -> Self {
        Self {
            columns: vec![Some(Slot::Event), Some(Slot::User), Some(Slot::Time), None],
            days: None,
            until: Some("2026-11-01".parse().expect("a day")),
        }
    }
}

impl Sample for RefusedLineDocument {
    fn sample() -> Self {
        Self {
            line: 17,
            code: "no-time".to_owned(),
            reason: "It does not say when it was".to_owned(),
            remedy: "Give each event of the past its “timestamp”.".to_owned(),
        }
    }
}
