//! Groups of measures: each has a weight, which its measures share in the proportion of theirs. So a group counts for what it
//! says, however many measures stand in it, and the score stays one sum over measures.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Content, HealthError, NEUTRAL, Part, shares};

/// Groups in one scorecard at most.
pub const MOST_GROUPS: usize = 8;
/// Characters of a group's name at most.
const LONGEST: usize = 40;

/// Groups that are called in the reader's language, each with its message.
pub const USUAL_GROUPS: &[(&str, &str)] = &[
    ("start", "health-group-start"),
    ("use", "health-group-use"),
    ("people", "health-group-people"),
    ("support", "health-group-support"),
    ("money", "health-group-money"),
];

/// A named group of measures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MeasureGroup")]
pub struct Group {
    /// What it is called, as its measures name it. `start`, `use`, `people`, `support` and `money` are shown in the reader's
    /// language.
    #[schemars(length(min = 1, max = 40))]
    pub name: String,
    /// How much all its measures count together: more than 0, at most 100.
    pub weight: f64,
}

/// What the measures of a group say together.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupScore {
    /// Its name; empty for the measures that stand in none.
    pub name: String,
    /// Its share of the weight of all measures, 0 to 1.
    pub share: f64,
    /// From 0 to 100; none where nothing of it is known, or not for this reader.
    pub score: Option<f64>,
    /// How much of it is known, 0 to 1; none where that is not for this reader.
    pub confidence: Option<f64>,
    /// What it added to the score or took from it, against neither good nor bad; none as for the score.
    pub contribution: Option<f64>,
}

/// Whether the groups make sense, and every measure stands in one of them or in none.
pub(super) fn check(content: &Content) -> Result<(), HealthError> {
    if content.groups.len() > MOST_GROUPS {
        return Err(HealthError::GroupCount);
    }
    let mut names = BTreeSet::new();
    for (index, group) in content.groups.iter().enumerate() {
        let length = group.name.chars().count();
        let is_plain = group.name.trim() == group.name && !group.name.chars().any(char::is_control);
        if !(1..=LONGEST).contains(&length) || !is_plain || !names.insert(kit::text::fold(&group.name)) {
            return Err(HealthError::BadGroup(index + 1));
        }
        if !(group.weight > 0.0 && group.weight <= 100.0) {
            return Err(HealthError::BadGroupWeight(index + 1));
        }
    }
    let is_known = |name: &str| name.is_empty() || content.groups.iter().any(|group| group.name == name);
    match content
        .measures
        .iter()
        .position(|measure| !is_known(&measure.group))
    {
        Some(index) => Err(HealthError::UnknownGroup(index + 1)),
        None => Ok(()),
    }
}

/// How much each measure counts beside all others: as written where it stands in no group, so that scorecards without groups
/// give the digits they always gave.
pub(super) fn weights(content: &Content) -> Vec<f64> {
    let weight_of = |name: &str| {
        let group = content.groups.iter().find(|group| group.name == name)?;
        let of = content.measures.iter().filter(|measure| measure.group == name);
        let sum: f64 = of.map(|measure| measure.weight).sum();
        (sum > 0.0).then(|| group.weight / sum)
    };
    let all = content.measures.iter();
    all.map(|measure| match measure.group.as_str() {
        "" => measure.weight,
        name => weight_of(name).map_or(measure.weight, |factor| measure.weight * factor),
    })
    .collect()
}

/// The share of the whole that each group of a scorecard has, the measures in none together under no name at the end; nothing
/// where there are no groups.
pub fn group_shares(content: &Content) -> Vec<(String, f64)> {
    if content.groups.is_empty() {
        return Vec::new();
    }
    let weights = weights(content);
    let whole: f64 = weights.iter().sum();
    let of = |name: &str| {
        let all = content.measures.iter().zip(&weights);
        let own = all.filter(|(measure, _)| measure.group == name);
        let sum: f64 = own.map(|(_, weight)| weight).sum();
        if whole > 0.0 { sum / whole } else { 0.0 }
    };
    let named = content.groups.iter().map(|group| group.name.as_str());
    let all = named
        .chain(std::iter::once(""))
        .map(|name| (name.to_owned(), of(name)));
    all.filter(|(name, share)| !name.is_empty() || *share > 0.0)
        .collect()
}

/// What each group says, in the order in which they come; nothing where no measure stands in one. Together their contributions
/// are the score less [`NEUTRAL`].
pub fn groups(parts: &[Part]) -> Vec<GroupScore> {
    if parts.iter().all(|part| part.group.is_empty()) {
        return Vec::new();
    }
    let mut names: Vec<&str> = Vec::new();
    for part in parts {
        if !names.contains(&part.group.as_str()) {
            names.push(&part.group);
        }
    }
    // What stands in no group comes last.
    names.sort_by_key(|name| name.is_empty());
    let whole: f64 = parts.iter().map(|part| part.weight).sum();
    names.into_iter().map(|name| group(parts, name, whole)).collect()
}

fn group(parts: &[Part], name: &str, whole: f64) -> GroupScore {
    let (mut weight, mut counted, mut sum) = (0.0, 0.0, 0.0);
    for part in parts.iter().filter(|part| part.group == name) {
        weight += part.weight;
        if let Some(score) = part.score {
            counted += part.weight * part.freshness;
            sum += part.weight * part.freshness * score;
        }
    }
    let of = shares(parts).filter(|(part, _, _)| part.group == name);
    let contribution: f64 = of.map(|(_, share, score)| share * (score - NEUTRAL)).sum();
    GroupScore {
        name: name.to_owned(),
        share: if whole > 0.0 { weight / whole } else { 0.0 },
        score: (counted > 0.0).then(|| sum / counted),
        confidence: Some(if weight > 0.0 { counted / weight } else { 0.0 }),
        contribution: (counted > 0.0).then_some(contribution),
    }
}
