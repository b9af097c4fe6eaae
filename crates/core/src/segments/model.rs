//! What a segment is: a tree of conditions, and whether what is known of an account fits it. No database, no HTML.
//!
//! There is one evaluator, [`matches`]. What is not known has no [`Fact`]: it never passes a comparison, it passes
//! [`Test::Unknown`], and it passes what says that something is not so ([`Test::NoneOf`], [`Test::Lacks`]).

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::text::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SegmentId;
use super::line::Line;
use crate::agents::AgentId;
use crate::fields::FieldId;

/// How deep groups lie in each other, the outermost counted.
pub const DEPTH: usize = 3;
/// How many conditions a segment has at most.
pub const CONDITIONS: usize = 50;
/// How many values a condition names at most.
pub const WORDS: usize = 100;
/// The longest span in days.
pub const LONGEST: i64 = 3_660;

/// How many of a group must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "SegmentJoin")]
pub enum Join {
    /// Each of them.
    #[default]
    All,
    /// At least one.
    Any,
    /// Not one.
    None,
}

impl Join {
    /// All, the usual one first.
    pub const ALL: [Self; 3] = [Self::All, Self::Any, Self::None];

    /// The word in forms and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::None => "none",
        }
    }

    /// The join of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|join| join.as_str() == word)
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::All => "segments-join-all",
            Self::Any => "segments-join-any",
            Self::None => "segments-join-none",
        }
    }
}

/// Conditions and further groups, joined.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Group {
    /// How many must hold.
    pub join: Join,
    /// What is asked.
    pub conditions: Vec<Condition>,
    /// Further groups, each of which counts as one.
    pub groups: Vec<Group>,
}

/// What an account is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Its name.
    Name,
    /// A company or a person.
    Kind,
    /// Open or closed.
    State,
    /// Who looks after it.
    Owner,
    /// Its tier.
    Tier,
    /// Its stage.
    Stage,
    /// Its tags.
    Tag,
    /// The account above it.
    Parent,
    /// What it brings in a year.
    Arr,
    /// When it next renews.
    Renews,
    /// When it came.
    Created,
    /// When it last changed.
    Changed,
    /// A field of the workspace's own.
    Field(FieldId),
    /// A metric, or something else that a feature says of accounts, by its name.
    Metric(String),
}

/// What must be so.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A text has this in it, whatever the capitals and accents.
    Contains(String),
    /// A text has not.
    Lacks(String),
    /// A text is this.
    Equals(String),
    /// One of these, or has one of these.
    OneOf(Vec<String>),
    /// None of these.
    NoneOf(Vec<String>),
    /// More than.
    Above(f64),
    /// So much or more.
    AtLeast(f64),
    /// Less than.
    Below(f64),
    /// So much or less.
    AtMost(f64),
    /// Exactly so much.
    EqualTo(f64),
    /// Grew by so much or more within so many days.
    RoseBy(f64, i64),
    /// Shrank by so much or more within so many days.
    FellBy(f64, i64),
    /// Before a day.
    Before(Day),
    /// After a day.
    After(Day),
    /// Today, or within the next so many days.
    Next(i64),
    /// Today, or within the last so many days.
    Last(i64),
    /// Before today.
    Past,
    /// Anything is known.
    Known,
    /// Nothing is.
    Unknown,
}

/// A subject and what must be so of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "Line", try_from = "Line")]
pub struct Condition {
    /// What is asked.
    pub about: Subject,
    /// What must be so.
    pub test: Test,
}

/// Something that is known of an account.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A text, folded.
    Text(String),
    /// Words or ids, one or several.
    Words(Vec<String>),
    /// A number.
    Number(f64),
    /// A day.
    Day(Day),
}

/// What is known of one account. What is missing is not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// By subject, as of today.
    pub now: BTreeMap<Subject, Fact>,
    /// What metrics were so many days ago.
    pub past: BTreeMap<(String, i64), f64>,
}

/// Whether what is known of an account fits.
pub fn matches(group: &Group, facts: &Facts, today: Day) -> bool {
    let conditions = group
        .conditions
        .iter()
        .map(|condition| condition.holds(facts, today));
    let mut each = conditions.chain(group.groups.iter().map(|group| matches(group, facts, today)));
    match group.join {
        Join::All => each.all(|holds| holds),
        Join::Any => each.any(|holds| holds),
        Join::None => !each.any(|holds| holds),
    }
}

impl Group {
    /// Every condition, those of a group before those of the groups in it.
    pub fn all(&self) -> Vec<&Condition> {
        let inner = self.groups.iter().flat_map(Self::all);
        self.conditions.iter().chain(inner).collect()
    }

    /// How deep groups lie in each other, this one counted.
    pub fn depth(&self) -> usize {
        1 + self.groups.iter().map(Self::depth).max().unwrap_or(0)
    }

    /// How many groups there are, this one counted.
    pub fn size(&self) -> usize {
        1 + self.groups.iter().map(Self::size).sum::<usize>()
    }

    /// Puts one value in the place of another in every condition about `subject`; gives whether anything is another.
    pub fn replace(&mut self, subject: &Subject, old: &str, new: &str) -> bool {
        let mut is_changed = false;
        for condition in self.conditions.iter_mut().filter(|one| one.about == *subject) {
            if let Test::OneOf(words) | Test::NoneOf(words) = &mut condition.test
                && words.iter().any(|word| word == old)
            {
                words.retain(|word| word != old && word != new);
                words.push(new.to_owned());
                is_changed = true;
            }
        }
        for group in &mut self.groups {
            is_changed |= group.replace(subject, old, new);
        }
        is_changed
    }
}

impl Condition {
    /// Whether it holds of what is known.
    pub fn holds(&self, facts: &Facts, today: Day) -> bool {
        let fact = facts.now.get(&self.about);
        let number =
            |asked: &dyn Fn(f64) -> bool| matches!(fact, Some(Fact::Number(number)) if asked(*number));
        let day = |asked: &dyn Fn(Day) -> bool| matches!(fact, Some(Fact::Day(day)) if asked(*day));
        match &self.test {
            Test::Contains(words) => contains(fact, words),
            Test::Lacks(words) => !contains(fact, words),
            Test::Equals(words) => matches!(fact, Some(Fact::Text(text)) if *text == fold(words)),
            Test::OneOf(words) => is_one(fact, words),
            Test::NoneOf(words) => !is_one(fact, words),
            Test::Above(than) => number(&|number| number > *than),
            Test::AtLeast(than) => number(&|number| number >= *than),
            Test::Below(than) => number(&|number| number < *than),
            Test::AtMost(than) => number(&|number| number <= *than),
            Test::EqualTo(than) => number(&|number| number == *than),
            Test::RoseBy(by, days) => self.change(facts, *days).is_some_and(|change| change >= *by),
            Test::FellBy(by, days) => self.change(facts, *days).is_some_and(|change| -change >= *by),
            Test::Before(than) => day(&|day| day < *than),
            Test::After(than) => day(&|day| day > *than),
            Test::Next(days) => day(&|day| (today..=today.plus_days(*days)).contains(&day)),
            Test::Last(days) => day(&|day| (today.plus_days(-*days)..=today).contains(&day)),
            Test::Past => day(&|day| day < today),
            Test::Known => fact.is_some(),
            Test::Unknown => fact.is_none(),
        }
    }

    /// By how much a metric is another than so many days ago.
    fn change(&self, facts: &Facts, days: i64) -> Option<f64> {
        let Subject::Metric(name) = &self.about else {
            return None;
        };
        let Some(Fact::Number(now)) = facts.now.get(&self.about) else {
            return None;
        };
        let before = facts.past.get(&(name.clone(), days))?;
        Some(now - before)
    }
}

fn contains(fact: Option<&Fact>, words: &str) -> bool {
    matches!(fact, Some(Fact::Text(text)) if text.contains(&fold(words)))
}

fn is_one(fact: Option<&Fact>, words: &[String]) -> bool {
    matches!(fact, Some(Fact::Words(known)) if known.iter().any(|word| words.contains(word)))
}

impl Test {
    /// Whether it can come to hold, or cease to, by nothing but a new day.
    pub fn is_timed(&self) -> bool {
        matches!(
            self,
            Self::Next(_) | Self::Last(_) | Self::Past | Self::RoseBy(..) | Self::FellBy(..)
        )
    }
}

/// What people say of a segment.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentText {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// Whose alone it is; none for one that everybody shares.
    pub owner: Option<AgentId>,
    /// Which accounts are in it.
    pub definition: Group,
}

/// A named set of accounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Its id.
    pub id: SegmentId,
    /// What people say of it.
    pub text: SegmentText,
    /// Whether a new day alone can change who is in.
    pub is_timed: bool,
    /// Whether all accounts have been looked at since the definition changed.
    pub is_counted: bool,
    /// How many of `total` accounts have been looked at since.
    pub looked: i64,
    /// How many there were when looking began.
    pub total: i64,
    /// How many accounts are in.
    pub members: i64,
    /// Grows by one with every change.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
    /// Who made it: a signature.
    pub created_by: String,
    /// When it was last written.
    pub changed_at: Timestamp,
    /// Who wrote it last: a signature.
    pub changed_by: String,
    /// Who removed it and when, while it is removed.
    pub removal: Option<(String, Timestamp)>,
}

impl Segment {
    /// Whether everybody shares it.
    pub fn is_shared(&self) -> bool {
        self.text.owner.is_none()
    }

    /// How far looking at all accounts has come, in percent.
    pub fn progress(&self) -> i64 {
        if self.is_counted || self.total <= 0 {
            return 100;
        }
        (self.looked * 100 / self.total).clamp(0, 99)
    }
}

#[cfg(test)]
mod tests;
