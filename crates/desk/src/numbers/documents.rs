//! Numbers as programs see them.

use kit::day::Day;
use kit::web::Filled;
use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asking::word;
use super::period::Ask;
use super::report::{Report, Spans, Sum};

/// Which tickets, in which time.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumbersQuery {
    /// The first day; thirty days up to today without both.
    from: Option<Day>,
    /// The last day.
    last: Option<Day>,
    /// Which hours count: `calendar`, or `working` for those in which the workspace works.
    hours: Option<String>,
    /// By what the parts are told apart: `agent`, `team`, `channel`, `mailbox`, `tier`, `tag`, `kind`, `priority` or
    /// `hour`, the hour of the day in which they were opened.
    by: Option<String>,
    /// Only tickets of this agent; `none` for nobody's.
    agent: Option<String>,
    /// Only tickets of this team; `none` for no team's.
    team: Option<String>,
    /// Only tickets that came this way.
    channel: Option<String>,
    /// Only tickets that came to this mailbox; `none` for other ways.
    mailbox: Option<String>,
    /// Only tickets whose account had this tier; `none` for those without one.
    tier: Option<String>,
    /// Only tickets with this tag; `none` for those without any.
    tag: Option<String>,
    /// Only tickets of this kind.
    kind: Option<String>,
    /// Only tickets of this priority.
    priority: Option<String>,
    /// Only tickets that were opened in this hour of the day: `00` to `23`.
    hour: Option<String>,
}

/// A form with what is there of some fields.
pub(super) fn filled<const N: usize>(pairs: [(&str, Option<String>); N]) -> Filled {
    let mut form = Filled::default();
    for (name, value) in pairs {
        if let Some(value) = value {
            form.set(name, value);
        }
    }
    form
}

impl NumbersQuery {
    /// The same as a form would say it.
    pub(super) fn form(self) -> Filled {
        filled([
            ("from", self.from.map(|day| day.to_string())),
            ("last", self.last.map(|day| day.to_string())),
            ("hours", self.hours),
            ("by", self.by),
            ("agent", self.agent),
            ("team", self.team),
            ("channel", self.channel),
            ("mailbox", self.mailbox),
            ("tier", self.tier),
            ("tag", self.tag),
            ("kind", self.kind),
            ("priority", self.priority),
            ("hour", self.hour),
        ])
    }
}

/// What some durations come to, in seconds.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SupportTime")]
pub struct TimeDocument {
    /// How many there are.
    n: i64,
    /// Half of them are no longer; null without one.
    p50: Option<f64>,
    /// Nine of ten are no longer.
    p90: Option<f64>,
    /// Their mean.
    mean: Option<f64>,
}

/// What some tickets come to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SupportSum")]
pub struct SumDocument {
    /// How many were opened in the time.
    created: i64,
    /// How many were last solved in it.
    solved: i64,
    /// Of the opened: from opening to the first public message of an agent.
    first_response: TimeDocument,
    /// Of the solved: from opening to the last solving.
    resolution: TimeDocument,
    /// Of the solved: from opening to the first solving.
    first_resolution: TimeDocument,
    /// Of the solved: the share that had come back; null without a solved one.
    reopen_share: Option<f64>,
    /// Of the solved: the share that took fewer than two answers.
    one_touch_share: Option<f64>,
    /// Of the solved: how many were rated from 1 to 5.
    ratings: i64,
    /// The share of 4 and 5 among them.
    csat: Option<f64>,
    /// The lower end of its interval at 95 % (Wilson).
    csat_low: Option<f64>,
    /// The upper end.
    csat_high: Option<f64>,
    /// The mean effort from 0 to 100, lower being less; null without an answer.
    ces: Option<f64>,
}

/// A step of the time.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SupportStep")]
pub struct StepDocument {
    /// Its first day.
    from: Day,
    /// How many tickets were open at its end.
    backlog: i64,
    /// What its tickets come to.
    sum: SumDocument,
}

/// One value of what tickets are told apart by.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SupportPart")]
pub struct PartDocument {
    /// An id or a word; `none` where nothing stands.
    value: String,
    /// How many of its tickets are open now.
    backlog: i64,
    /// What its tickets come to.
    sum: SumDocument,
}

/// The numbers of support.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SupportNumbers")]
pub struct NumbersDocument {
    /// The first day.
    from: Day,
    /// The last day.
    last: Day,
    /// Which hours count.
    hours: String,
    /// By what the parts are told apart.
    by: String,
    /// All tickets of the time.
    whole: SumDocument,
    /// By days up to 31 days, by weeks beyond.
    steps: Vec<StepDocument>,
    /// By the values.
    parts: Vec<PartDocument>,
    /// How many are open now, by age: under a day, a week, thirty days, ninety days, and older.
    backlog: Vec<i64>,
    /// How many were opened in each hour of each weekday, Monday first.
    heat: Vec<Vec<i64>>,
}

impl From<&Spans> for TimeDocument {
    fn from(spans: &Spans) -> Self {
        let spread = spans.spread();
        Self {
            n: spread.map_or(0, |one| i64::try_from(one.n).unwrap_or(i64::MAX)),
            p50: spread.map(|one| one.p50),
            p90: spread.map(|one| one.p90),
            mean: spread.map(|one| one.mean),
        }
    }
}

impl From<&Sum> for SumDocument {
    fn from(sum: &Sum) -> Self {
        let csat = sum.csat();
        Self {
            created: sum.created,
            solved: sum.solved,
            first_response: (&sum.first_response).into(),
            resolution: (&sum.resolution).into(),
            first_resolution: (&sum.first_resolution).into(),
            reopen_share: sum.reopen_share(),
            one_touch_share: sum.one_touch_share(),
            ratings: sum.rated(),
            csat: csat.map(|(share, _)| share),
            csat_low: csat.map(|(_, (low, _))| low),
            csat_high: csat.map(|(_, (_, high))| high),
            ces: sum.ces(),
        }
    }
}

impl NumbersDocument {
    /// The document of a report.
    pub(super) fn of(ask: &Ask, report: &Report) -> Self {
        let steps = ask
            .period
            .steps()
            .into_iter()
            .zip(&report.steps)
            .zip(report.backlog_steps());
        let part = |key: &super::Key| PartDocument {
            value: word(ask.by, key),
            backlog: report.backlog_parts.get(key).copied().unwrap_or_default(),
            sum: report
                .parts
                .get(key)
                .map_or_else(|| (&Sum::default()).into(), Into::into),
        };
        let mut keys: Vec<&super::Key> = report.parts.keys().chain(report.backlog_parts.keys()).collect();
        keys.sort();
        keys.dedup();
        Self {
            from: ask.period.from,
            last: ask.period.until.plus_days(-1),
            hours: ask.hours.as_str().to_owned(),
            by: ask.by.as_str().to_owned(),
            whole: (&report.whole).into(),
            steps: steps
                .map(|((from, sum), backlog)| StepDocument {
                    from,
                    backlog,
                    sum: sum.into(),
                })
                .collect(),
            parts: keys.into_iter().map(part).collect(),
            backlog: report.backlog.to_vec(),
            heat: report.heat.iter().map(|day| day.to_vec()).collect(),
        }
    }
}

impl Sample for NumbersDocument {
    fn sample() -> Self {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        Self {
            from: day("2026-11-01"),
            last: day("2026-11-01"),
            hours: "calendar".to_owned(),
            by: "agent".to_owned(),
            whole: (&Sum::default()).into(),
            steps: Vec::new(),
            parts: Vec::new(),
            backlog: vec![2, 1, 0, 0, 0],
            heat: vec![vec![0; 24]; 7],
        }
    }
}
