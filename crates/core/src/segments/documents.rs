//! Segments as programs see and send them. Groups lie up to three deep in each other, so each depth is a document of its own.

use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::line::{About, Is, Line, Misfit};
use super::model::{Condition, Group, Join, Segment, SegmentText};
use super::{Member, Misplaced, Preview, Reason, SegmentError, SegmentId};
use crate::accounts::AccountId;
use crate::actor::Actor;

/// What accounts must be to be in a segment.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "SegmentDefinition")]
pub struct Definition {
    /// How many of the conditions and groups must hold.
    join: Join,
    /// What is asked.
    #[schemars(length(max = 50))]
    conditions: Vec<Line>,
    /// Further groups, each of which counts as one condition.
    #[schemars(length(max = 50))]
    groups: Vec<Middle>,
}

/// A group of conditions.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "SegmentGroup")]
pub struct Middle {
    /// How many of the conditions and groups must hold.
    join: Join,
    /// What is asked.
    #[schemars(length(max = 50))]
    conditions: Vec<Line>,
    /// Further groups, each of which counts as one condition.
    #[schemars(length(max = 50))]
    groups: Vec<Inner>,
}

/// A group of conditions that has no further groups.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "SegmentInnerGroup")]
pub struct Inner {
    /// How many of the conditions must hold.
    join: Join,
    /// What is asked.
    #[schemars(length(max = 50))]
    conditions: Vec<Line>,
}

fn conditions(lines: Vec<Line>, path: &str) -> Result<Vec<Condition>, SegmentError> {
    let read = |(index, line): (usize, Line)| {
        Condition::try_from(line).map_err(|Misfit(part)| {
            SegmentError::Bad(Misplaced {
                path: format!("{path}/conditions/{index}/{part}"),
                condition: None,
                group: None,
                reason: Reason::of_part(part),
            })
        })
    };
    lines.into_iter().enumerate().map(read).collect()
}

fn lines(conditions: Vec<Condition>) -> Vec<Line> {
    conditions.into_iter().map(Line::from).collect()
}

impl Definition {
    /// The tree that it says.
    pub(super) fn group(self) -> Result<Group, SegmentError> {
        let mut groups = Vec::new();
        for (index, group) in self.groups.into_iter().enumerate() {
            groups.push(group.group(&format!("/groups/{index}"))?);
        }
        Ok(Group {
            join: self.join,
            conditions: conditions(self.conditions, "")?,
            groups,
        })
    }
}

impl Middle {
    fn group(self, path: &str) -> Result<Group, SegmentError> {
        let mut groups = Vec::new();
        for (index, group) in self.groups.into_iter().enumerate() {
            groups.push(Group {
                join: group.join,
                conditions: conditions(group.conditions, &format!("{path}/groups/{index}"))?,
                groups: Vec::new(),
            });
        }
        Ok(Group {
            join: self.join,
            conditions: conditions(self.conditions, path)?,
            groups,
        })
    }
}

impl From<Group> for Definition {
    fn from(group: Group) -> Self {
        let inner = |group: Group| Inner {
            join: group.join,
            conditions: lines(group.conditions),
        };
        let middle = |group: Group| Middle {
            join: group.join,
            conditions: lines(group.conditions),
            groups: group.groups.into_iter().map(inner).collect(),
        };
        Self {
            join: group.join,
            conditions: lines(group.conditions),
            groups: group.groups.into_iter().map(middle).collect(),
        }
    }
}

/// Who sees a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "SegmentAudience")]
pub enum Audience {
    /// Everybody in the workspace.
    Everyone,
    /// The agent who made it.
    #[default]
    Own,
}

/// A named set of accounts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Segment")]
pub struct SegmentDocument {
    /// Its id; what a list of accounts takes as `segment`.
    id: SegmentId,
    /// What it is called.
    name: String,
    /// What it is for.
    about: String,
    /// Who sees it.
    audience: Audience,
    /// What accounts must be to be in it.
    definition: Definition,
    /// How many accounts are in it.
    members: i64,
    /// Whether all accounts have been looked at since the definition changed; until then some may be missing.
    is_counted: bool,
    /// Grows by one with every change.
    version: i64,
    /// When it came: microseconds since 1970-01-01 UTC.
    created_at: i64,
    /// When it was last written: microseconds since 1970-01-01 UTC.
    changed_at: i64,
    /// When it was removed: microseconds since 1970-01-01 UTC; null while it is not.
    removed_at: Option<i64>,
}

impl From<Segment> for SegmentDocument {
    fn from(segment: Segment) -> Self {
        Self {
            id: segment.id,
            audience: if segment.is_shared() {
                Audience::Everyone
            } else {
                Audience::Own
            },
            name: segment.text.name,
            about: segment.text.about,
            definition: segment.text.definition.into(),
            members: segment.members,
            is_counted: segment.is_counted,
            version: segment.version,
            created_at: segment.created_at.0,
            changed_at: segment.changed_at.0,
            removed_at: segment.removal.map(|(_, at)| at.0),
        }
    }
}

/// What a program says of a segment.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentInput {
    /// What it is called.
    #[schemars(length(min = 1, max = 80))]
    name: String,
    /// What it is for; nothing unless told.
    #[serde(default)]
    #[schemars(length(max = 500))]
    about: String,
    /// Who sees it; `own` unless told. One for everyone needs `segments.write`.
    #[serde(default)]
    audience: Audience,
    /// What accounts must be to be in it.
    definition: Definition,
}

impl SegmentInput {
    pub(super) fn text(self, actor: &Actor) -> Result<SegmentText, SegmentError> {
        let owner = match self.audience {
            Audience::Everyone => None,
            Audience::Own => Some(actor.agent().ok_or(SegmentError::NoOwner)?),
        };
        Ok(SegmentText {
            name: self.name,
            about: self.about,
            owner,
            definition: self.definition.group()?,
        })
    }
}

/// A definition that is to be tried.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentPreviewInput {
    /// What accounts must be.
    pub(super) definition: Definition,
}

/// What a definition would hold.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SegmentPreview")]
pub struct PreviewDocument {
    /// How many of the accounts that were looked at fit.
    members: i64,
    /// How many accounts were looked at.
    looked: i64,
    /// Whether those were all.
    is_whole: bool,
    /// The first ten that fit.
    accounts: Vec<PreviewedDocument>,
    /// What those that fit bring in a year, in minor units of `currency`; null for readers who may not see money.
    arr: Option<i64>,
    /// The reporting currency (ISO 4217).
    currency: Option<String>,
}

/// An account that would be in a segment.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PreviewedAccount")]
pub struct PreviewedDocument {
    /// Its id.
    id: AccountId,
    /// Its name.
    name: String,
}

impl From<Preview> for PreviewDocument {
    fn from(preview: Preview) -> Self {
        let accounts = preview.first.into_iter();
        Self {
            members: preview.members,
            looked: preview.looked,
            is_whole: preview.is_whole,
            accounts: accounts
                .map(|(id, name)| PreviewedDocument { id, name })
                .collect(),
            arr: preview.arr.map(|arr| arr.minor),
            currency: preview.arr.map(|arr| arr.currency.to_string()),
        }
    }
}

/// An account in a segment.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SegmentMember")]
pub struct MemberDocument {
    /// Its id.
    id: AccountId,
    /// Its name.
    name: String,
    /// When it came in: microseconds since 1970-01-01 UTC.
    entered_at: i64,
}

impl From<Member> for MemberDocument {
    fn from(member: Member) -> Self {
        Self {
            id: member.account,
            name: member.name,
            entered_at: member.entered_at.0,
        }
    }
}

impl Sample for SegmentPreviewInput {
    fn sample() -> Self {
        let line = |about, is, words: &[&str], days| Line {
            about,
            key: None,
            is,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            number: None,
            days,
            day: None,
        };
        Self {
            definition: Definition {
                join: Join::All,
                conditions: vec![
                    line(About::State, Is::OneOf, &["open"], None),
                    line(About::Renews, Is::Next, &[], Some(90)),
                ],
                groups: vec![Middle {
                    join: Join::Any,
                    conditions: vec![line(About::Owner, Is::Unknown, &[], None)],
                    groups: Vec::new(),
                }],
            },
        }
    }
}

impl Sample for SegmentInput {
    fn sample() -> Self {
        Self {
            name: "Renewing without owner".to_owned(),
            about: "Somebody has to take these.".to_owned(),
            audience: Audience::Own,
            definition: SegmentPreviewInput::sample().definition,
        }
    }
}

impl Sample for SegmentDocument {
    fn sample() -> Self {
        let input = SegmentInput::sample();
        Self {
            id: "seg_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: input.name,
            about: input.about,
            audience: Audience::Everyone,
            definition: input.definition,
            members: 12,
            is_counted: true,
            version: 2,
            created_at: 1_772_442_000_000_000,
            changed_at: 1_772_528_400_000_000,
            removed_at: None,
        }
    }
}

impl Sample for PreviewDocument {
    fn sample() -> Self {
        Self {
            members: 12,
            looked: 340,
            is_whole: true,
            accounts: vec![PreviewedDocument {
                id: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
                name: "Northwind Traders".to_owned(),
            }],
            arr: Some(48_000_000),
            currency: Some("EUR".to_owned()),
        }
    }
}

impl Sample for MemberDocument {
    fn sample() -> Self {
        Self {
            id: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Northwind Traders".to_owned(),
            entered_at: 1_772_528_400_000_000,
        }
    }
}
