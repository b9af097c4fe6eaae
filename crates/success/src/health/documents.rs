//! Health as programs see it.

use kit::day::Day;
use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::metrics::Producers;
use tandem_core::permissions::Permission;

use super::{Band, Explained, GroupScore, Line, Part, ScorecardId};

/// The health of an account in the list of all.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HealthLine")]
pub struct LineDocument {
    /// The account.
    pub(super) account: AccountId,
    /// Its name.
    pub(super) name: String,
    /// The computed score, 0 to 100; null where nothing is known.
    pub(super) score: Option<f64>,
    /// How much is known, 0 to 1.
    pub(super) confidence: f64,
    /// What is shown: what somebody said, else what the score says.
    pub(super) band: Band,
    /// Where it goes: `up`, `down`, `flat` or `unknown`.
    pub(super) way: String,
    /// Points a week.
    pub(super) trend: Option<f64>,
    /// The metric that costs the most points; null where none does.
    pub(super) reason: Option<String>,
    /// What the account brings in a month, in minor units of the reporting currency; null for readers who may not see money.
    pub(super) mrr: Option<i64>,
    /// When it next renews or ends; null for readers who may not see money.
    pub(super) renews: Option<Day>,
    /// Since when it is in this band.
    pub(super) since: Day,
}

/// What a measure gave to a score.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HealthPart")]
pub struct PartDocument {
    /// The metric, its value, how good that is, how much and how fresh it counts.
    #[serde(flatten)]
    pub(super) part: Part,
    /// What it added or took, against 50; null where its value was not known.
    pub(super) contribution: Option<f64>,
}

/// The health of an account on a day, explained.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Health")]
pub struct HealthDocument {
    /// The account.
    pub(super) account: AccountId,
    /// The day.
    pub(super) day: Day,
    /// The computed score, 0 to 100; null where nothing was known.
    pub(super) score: Option<f64>,
    /// How much was known, 0 to 1.
    pub(super) confidence: f64,
    /// What the score says.
    pub(super) band: Band,
    /// The scorecard that was in force; null before the account was scored.
    pub(super) scorecard: Option<ScorecardId>,
    /// Its version then.
    pub(super) version: Option<i64>,
    /// What the score is made of.
    pub(super) parts: Vec<PartDocument>,
    /// What each group of measures says; none where they stand in none.
    pub(super) groups: Vec<GroupDocument>,
    /// The score a week before.
    pub(super) week_ago: Option<f64>,
    /// What each metric changed since then; together the difference.
    pub(super) changes: Vec<ChangeDocument>,
    /// What somebody says of the account today; null where nobody does.
    pub(super) said: Option<SaidDocument>,
}

/// What the measures of a group say together.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HealthGroup")]
pub struct GroupDocument {
    /// Its name; empty for the measures that stand in none.
    pub(super) name: String,
    /// Its share of the weight of all measures, 0 to 1.
    pub(super) share: f64,
    /// Its score, 0 to 100; null where nothing of it was known, or the reader may not see all of it.
    pub(super) score: Option<f64>,
    /// How much of it was known, 0 to 1; null where the reader may not see all of it.
    pub(super) confidence: Option<f64>,
    /// What it added or took, against 50; null as for the score.
    pub(super) contribution: Option<f64>,
}

impl From<&GroupScore> for GroupDocument {
    fn from(group: &GroupScore) -> Self {
        Self {
            name: group.name.clone(),
            share: group.share,
            score: group.score,
            confidence: group.confidence,
            contribution: group.contribution,
        }
    }
}

/// What a metric changed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HealthChange")]
pub struct ChangeDocument {
    /// The metric; empty for the sum of those that the reader may not see.
    pub(super) metric: String,
    /// By how many points.
    pub(super) by: f64,
}

/// What somebody says of an account's health.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HealthOverride")]
pub struct SaidDocument {
    /// How it is.
    pub(super) band: Band,
    /// Why.
    pub(super) reason: String,
    /// The last day on which that holds.
    pub(super) until: Day,
    /// Who says so.
    pub(super) by: String,
}

/// What is said of an account's health.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SayInput {
    /// How it is: green, amber or red.
    pub(super) band: Band,
    /// Why.
    #[schemars(length(min = 1, max = 500))]
    pub(super) reason: String,
    /// The last day on which it holds: within a year.
    pub(super) until: Day,
}

impl Sample for LineDocument {
    fn sample() -> Self {
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Northwind".to_owned(),
            score: Some(41.5),
            confidence: 0.85,
            band: Band::Red,
            way: "down".to_owned(),
            trend: Some(-3.2),
            reason: Some("tickets.urgent".to_owned()),
            mrr: Some(125_000),
            renews: Some("2027-01-31".parse().expect("a day")),
            since: "2026-11-12".parse().expect("a day"),
        }
    }
}

impl Sample for SayInput {
    fn sample() -> Self {
        Self {
            band: Band::Amber,
            reason: "Their sponsor confirmed the budget on the phone".to_owned(),
            until: "2027-01-31".parse().expect("a day"),
        }
    }
}

impl Sample for HealthDocument {
    fn sample() -> Self {
        let day = "2026-11-22".parse().expect("a day");
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            day,
            score: Some(41.5),
            confidence: 0.85,
            band: Band::Red,
            scorecard: Some("scc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            version: Some(3),
            parts: vec![PartDocument {
                part: Part {
                    metric: "tickets.urgent".to_owned(),
                    value: Some(2.0),
                    as_of: None,
                    score: Some(25.0),
                    group: "support".to_owned(),
                    weight: 10.0,
                    freshness: 1.0,
                },
                contribution: Some(-2.5),
            }],
            groups: vec![GroupDocument {
                name: "support".to_owned(),
                share: 0.1,
                score: Some(25.0),
                confidence: Some(1.0),
                contribution: Some(-2.5),
            }],
            week_ago: Some(52.0),
            changes: vec![ChangeDocument {
                metric: "tickets.urgent".to_owned(),
                by: -10.5,
            }],
            said: None,
        }
    }
}

/// A line for a reader who may not see everything.
pub(super) struct Shown<'a> {
    pub(super) line: Line,
    pub(super) producers: &'a Producers,
    pub(super) actor: &'a Actor,
}

impl From<Shown<'_>> for LineDocument {
    fn from(shown: Shown<'_>) -> Self {
        let Shown {
            line,
            producers,
            actor,
        } = shown;
        let now = line.now;
        let reason = producers
            .find(&now.reason)
            .filter(|metric| actor.may(metric.needs));
        Self {
            account: line.account,
            name: line.name,
            score: now.score,
            confidence: now.confidence,
            band: now.shown,
            way: now.way.as_str().to_owned(),
            trend: now.trend,
            reason: reason.map(|metric| metric.name.to_owned()),
            mrr: actor.may(Permission::MoneyRead).then_some(now.mrr),
            renews: line.renews,
            since: now.since,
        }
    }
}

/// An explained score.
pub(super) fn document(account: AccountId, explained: Explained) -> HealthDocument {
    let contribution = |metric: &str| {
        let found = explained.contributions.iter().find(|(name, _)| name == metric);
        found.map(|(_, by)| *by)
    };
    let kept = explained.kept.as_ref();
    let parts = kept.map_or(&[][..], |kept| &kept.scored.parts);
    let part = |part: &Part| PartDocument {
        part: part.clone(),
        contribution: contribution(&part.metric),
    };
    let changes = explained.changes.iter();
    HealthDocument {
        account,
        day: explained.day,
        score: kept.and_then(|kept| kept.scored.score),
        confidence: kept.map_or(0.0, |kept| kept.scored.confidence),
        band: kept.map_or(Band::Unknown, |kept| kept.scored.band),
        scorecard: kept.map(|kept| kept.scorecard),
        version: kept.map(|kept| kept.version),
        parts: parts.iter().map(part).collect(),
        groups: explained.groups.iter().map(Into::into).collect(),
        week_ago: explained.week_ago,
        changes: changes
            .map(|(metric, by)| ChangeDocument {
                metric: metric.clone(),
                by: *by,
            })
            .collect(),
        said: explained.said.as_ref().map(|said| SaidDocument {
            band: said.band,
            reason: said.reason.clone(),
            until: said.until,
            by: said.by.clone(),
        }),
    }
}
