//! Whether a definition can be asked: each condition of something there, in a way that goes with it, about values that are.

use super::catalogue::{Catalogue, Entry, Nature};
use super::line::Is;
use super::model::{CONDITIONS, Condition, DEPTH, Group, Subject, Test};

/// Why a part of a definition can't be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing here is called so, or the actor may not see it.
    Subject,
    /// The test does not go with what is asked.
    Test,
    /// A value is none of those that there are.
    Choice,
    /// A text, words or ids are missing or too long.
    Words,
    /// A number is missing or is none.
    Number,
    /// A number of days is missing or too large.
    Days,
    /// A day is missing or is none.
    Day,
    /// A group has nothing in it.
    Empty,
    /// Groups lie too deep in each other.
    Deep,
    /// There are too many conditions.
    Many,
}

impl Reason {
    /// The key of its sentence.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Subject => "segments-wrong-subject",
            Self::Test => "segments-wrong-test",
            Self::Choice => "segments-wrong-choice",
            Self::Words => "segments-wrong-words",
            Self::Number => "segments-wrong-number",
            Self::Days => "segments-wrong-days",
            Self::Day => "segments-wrong-day",
            Self::Empty => "segments-wrong-empty",
            Self::Deep => "segments-wrong-deep",
            Self::Many => "segments-wrong-many",
        }
    }

    /// For programs.
    pub const fn said(self) -> &'static str {
        match self {
            Self::Subject => "a subject that there is here and that the caller may see",
            Self::Test => "a test that goes with the subject",
            Self::Choice => "values that the subject can have, by their ids or words",
            Self::Words => "1 to 100 values of up to 200 characters",
            Self::Number => "a number",
            Self::Days => "a number of days up to 3660",
            Self::Day => "a day like 2026-11-22",
            Self::Empty => "a group has a condition or a group in it",
            Self::Deep => "groups lie up to 3 deep",
            Self::Many => "up to 50 conditions and 50 groups",
        }
    }

    /// The reason why a part of a [`super::Line`] does not fit.
    pub(super) fn of_part(part: &str) -> Self {
        match part {
            "key" => Self::Subject,
            "number" => Self::Number,
            "days" => Self::Days,
            "day" => Self::Day,
            _ => Self::Words,
        }
    }
}

/// A part of a definition that can't be asked, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// Where: `/groups/0/conditions/1/words`, empty for the whole.
    pub path: String,
    /// The how manyth condition it is, counted as [`Group::all`] does; none of a group.
    pub condition: Option<usize>,
    /// The how manyth group it is, counted from the outside, those in a group after it; none of a condition.
    pub group: Option<usize>,
    /// Why.
    pub reason: Reason,
}

/// A walk through a definition.
struct Walk<'c> {
    catalogue: &'c Catalogue,
    conditions: usize,
    groups: usize,
}

/// Whether it can be asked; the first part that can't.
pub(super) fn check(group: &Group, catalogue: &Catalogue) -> Result<(), Misplaced> {
    let whole = |reason| Misplaced {
        path: String::new(),
        condition: None,
        group: Some(0),
        reason,
    };
    if group.depth() > DEPTH {
        return Err(whole(Reason::Deep));
    }
    if group.all().len() > CONDITIONS || group.size() > CONDITIONS {
        return Err(whole(Reason::Many));
    }
    let mut walk = Walk {
        catalogue,
        conditions: 0,
        groups: 0,
    };
    walk.group(group, String::new())
}

impl Walk<'_> {
    fn group(&mut self, group: &Group, path: String) -> Result<(), Misplaced> {
        let number = self.groups;
        self.groups += 1;
        if group.conditions.is_empty() && group.groups.is_empty() {
            return Err(Misplaced {
                path,
                condition: None,
                group: Some(number),
                reason: Reason::Empty,
            });
        }
        for (index, condition) in group.conditions.iter().enumerate() {
            let number = self.conditions;
            self.conditions += 1;
            self.condition(condition).map_err(|(part, reason)| Misplaced {
                path: format!("{path}/conditions/{index}/{part}"),
                condition: Some(number),
                group: None,
                reason,
            })?;
        }
        for (index, inner) in group.groups.iter().enumerate() {
            self.group(inner, format!("{path}/groups/{index}"))?;
        }
        Ok(())
    }

    fn condition(&self, condition: &Condition) -> Result<(), (&'static str, Reason)> {
        let part = match condition.about {
            Subject::Field(_) | Subject::Metric(_) => "key",
            _ => "about",
        };
        let entry = self
            .catalogue
            .find(&condition.about)
            .ok_or((part, Reason::Subject))?;
        fits(entry, &condition.test)
    }
}

/// Whether a test goes with a subject.
fn fits(entry: &Entry, test: &Test) -> Result<(), (&'static str, Reason)> {
    if !entry.tests().contains(&test.is()) {
        return Err(("is", Reason::Test));
    }
    if let (Test::OneOf(words) | Test::NoneOf(words), Nature::Choice) = (test, entry.nature) {
        let is_known = |word: &String| entry.choices.iter().any(|(known, _)| known == word);
        if !words.iter().all(is_known) {
            return Err(("words", Reason::Choice));
        }
    }
    Ok(())
}

/// Whether a new day alone can change whether it holds.
pub(super) fn is_timed(group: &Group, catalogue: &Catalogue) -> bool {
    let is_daily = |condition: &Condition| {
        let entry = catalogue.find(&condition.about);
        let compares = !matches!(condition.test.is(), Is::Known | Is::Unknown);
        condition.test.is_timed() || (compares && entry.is_some_and(|entry| entry.is_daily))
    };
    group.all().into_iter().any(is_daily)
}
