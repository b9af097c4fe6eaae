//! A condition as programs send it and rows keep it: one flat object, of which each test takes what it needs.

use kit::day::Day;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Condition, LONGEST, Subject, Test, WORDS};

macro_rules! words {
    ($(#[$outer:meta])* $name:ident $schema:literal { $($(#[$doc:meta])* $case:ident $word:literal;)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        #[schemars(rename = $schema)]
        pub enum $name {
            $($(#[$doc])* $case,)*
        }

        impl $name {
            /// All, in the order in which people choose.
            pub const ALL: &'static [Self] = &[$(Self::$case,)*];

            /// The word in forms and documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$case => $word,)* }
            }

            /// The one of this word.
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// What a condition asks about.
    About "SegmentSubject" {
        /// The account's name.
        Name "name";
        /// `company` or `person`.
        Kind "kind";
        /// `open` or `closed`.
        State "state";
        /// The agent who looks after it.
        Owner "owner";
        /// Its tier.
        Tier "tier";
        /// Its stage.
        Stage "stage";
        /// Its tags.
        Tag "tag";
        /// The account above it.
        Parent "parent";
        /// What it brings in a year, in minor units of the reporting currency.
        Arr "arr";
        /// The day on which the first of its subscriptions renews or ends.
        Renews "renews";
        /// The day on which it came.
        Created "created";
        /// The day on which its name, website or kind last changed.
        Changed "changed";
        /// The field of the workspace's own whose id is `key`.
        Field "field";
        /// The metric whose name is `key`, or what else features say of accounts: `health.band`.
        Metric "metric";
    }
}

words! {
    /// What must be so.
    Is "SegmentTest" {
        /// A text has the first of `words` in it.
        Contains "contains";
        /// A text has not.
        Lacks "lacks";
        /// A text is the first of `words`.
        Equals "equals";
        /// It is, or has, one of `words`.
        OneOf "one_of";
        /// It is, and has, none of `words`.
        NoneOf "none_of";
        /// More than `number`.
        Above "above";
        /// `number` or more.
        AtLeast "at_least";
        /// Less than `number`.
        Below "below";
        /// `number` or less.
        AtMost "at_most";
        /// Exactly `number`.
        EqualTo "equal_to";
        /// A metric grew by `number` or more within `days`.
        RoseBy "rose_by";
        /// A metric shrank by `number` or more within `days`.
        FellBy "fell_by";
        /// A day before `day`.
        Before "before";
        /// A day after `day`.
        After "after";
        /// Today, or a day within the next `days`.
        Next "next";
        /// Today, or a day within the last `days`.
        Last "last";
        /// A day before today.
        Past "past";
        /// Anything is known.
        Known "known";
        /// Nothing is known.
        Unknown "unknown";
    }
}

/// A condition of a segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SegmentCondition")]
pub struct Line {
    /// What it asks about.
    pub about: About,
    /// Which field or metric; of the other subjects null.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub key: Option<String>,
    /// What must be so.
    pub is: Is,
    /// Texts, words or ids that the test takes.
    #[serde(default)]
    #[schemars(length(max = 100), inner(length(max = 200)))]
    pub words: Vec<String>,
    /// The number that the test takes: money in minor units, a share as a part of 1.
    #[serde(default)]
    pub number: Option<f64>,
    /// How many days the test spans.
    #[serde(default)]
    #[schemars(range(min = 0, max = 3660))]
    pub days: Option<i64>,
    /// The day that the test takes.
    #[serde(default)]
    pub day: Option<Day>,
}

/// The part of a condition that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} does not fit")]
pub struct Misfit(pub &'static str);

impl Line {
    /// An empty line about a subject.
    pub(super) fn new(about: &Subject, is: Is) -> Self {
        let (about, key) = about.named();
        Self {
            about,
            key,
            is,
            words: Vec::new(),
            number: None,
            days: None,
            day: None,
        }
    }

    fn subject(&self) -> Result<Subject, Misfit> {
        let key = self.key.as_deref();
        match (self.about, key) {
            (About::Field, Some(key)) => key.parse().map(Subject::Field).map_err(|_| Misfit("key")),
            (About::Metric, Some(key)) if key.len() <= 100 => Ok(Subject::Metric(key.to_owned())),
            (About::Field | About::Metric, _) => Err(Misfit("key")),
            (plain, None) => Ok(plain.plain()),
            (_, Some(_)) => Err(Misfit("key")),
        }
    }

    fn test(&self) -> Result<Test, Misfit> {
        let text = || self.text();
        let number = || {
            self.number
                .filter(|number| number.is_finite())
                .ok_or(Misfit("number"))
        };
        let span = |least: i64| {
            let days = self.days.filter(|days| (least..=LONGEST).contains(days));
            days.ok_or(Misfit("days"))
        };
        let day = || self.day.ok_or(Misfit("day"));
        Ok(match self.is {
            Is::Contains => Test::Contains(text()?),
            Is::Lacks => Test::Lacks(text()?),
            Is::Equals => Test::Equals(text()?),
            Is::OneOf => Test::OneOf(self.several()?),
            Is::NoneOf => Test::NoneOf(self.several()?),
            Is::Above => Test::Above(number()?),
            Is::AtLeast => Test::AtLeast(number()?),
            Is::Below => Test::Below(number()?),
            Is::AtMost => Test::AtMost(number()?),
            Is::EqualTo => Test::EqualTo(number()?),
            Is::RoseBy => Test::RoseBy(number()?, span(1)?),
            Is::FellBy => Test::FellBy(number()?, span(1)?),
            Is::Before => Test::Before(day()?),
            Is::After => Test::After(day()?),
            Is::Next => Test::Next(span(0)?),
            Is::Last => Test::Last(span(0)?),
            Is::Past => Test::Past,
            Is::Known => Test::Known,
            Is::Unknown => Test::Unknown,
        })
    }

    fn text(&self) -> Result<String, Misfit> {
        let text = self.words.first().map(|text| text.trim()).unwrap_or_default();
        let fits = !text.is_empty() && text.chars().count() <= 200 && !text.chars().any(char::is_control);
        fits.then(|| text.to_owned()).ok_or(Misfit("words"))
    }

    fn several(&self) -> Result<Vec<String>, Misfit> {
        let mut words: Vec<String> = Vec::new();
        for word in self
            .words
            .iter()
            .map(|word| word.trim())
            .filter(|word| !word.is_empty())
        {
            if !words.iter().any(|held| held == word) {
                words.push(word.to_owned());
            }
        }
        let fits = (1..=WORDS).contains(&words.len()) && words.iter().all(|word| word.chars().count() <= 200);
        fits.then_some(words).ok_or(Misfit("words"))
    }
}

impl About {
    /// The subject of a word that needs no key.
    fn plain(self) -> Subject {
        match self {
            Self::Name => Subject::Name,
            Self::Kind => Subject::Kind,
            Self::State => Subject::State,
            Self::Owner => Subject::Owner,
            Self::Tier => Subject::Tier,
            Self::Stage => Subject::Stage,
            Self::Tag => Subject::Tag,
            Self::Parent => Subject::Parent,
            Self::Arr => Subject::Arr,
            Self::Renews => Subject::Renews,
            Self::Created => Subject::Created,
            Self::Changed => Subject::Changed,
            Self::Field | Self::Metric => Subject::Metric(String::new()),
        }
    }
}

impl Subject {
    /// Its word, and which one it is where there are many.
    pub(super) fn named(&self) -> (About, Option<String>) {
        let about = match self {
            Self::Field(id) => return (About::Field, Some(id.to_string())),
            Self::Metric(name) => return (About::Metric, Some(name.clone())),
            Self::Name => About::Name,
            Self::Kind => About::Kind,
            Self::State => About::State,
            Self::Owner => About::Owner,
            Self::Tier => About::Tier,
            Self::Stage => About::Stage,
            Self::Tag => About::Tag,
            Self::Parent => About::Parent,
            Self::Arr => About::Arr,
            Self::Renews => About::Renews,
            Self::Created => About::Created,
            Self::Changed => About::Changed,
        };
        (about, None)
    }

    /// As one word, for forms: `name`, `metric:health.score`.
    pub(super) fn word(&self) -> String {
        match self.named() {
            (about, Some(key)) => format!("{}:{key}", about.as_str()),
            (about, None) => about.as_str().to_owned(),
        }
    }

    /// The subject of such a word.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        let (about, key) = word.split_once(':').unwrap_or((word, ""));
        let line = Line {
            key: (!key.is_empty()).then(|| key.to_owned()),
            ..Line::new(&Self::Name, Is::Known)
        };
        let about = About::named(about)?;
        Line { about, ..line }.subject().ok()
    }
}

impl Test {
    /// Its word.
    pub(super) fn is(&self) -> Is {
        match self {
            Self::Contains(_) => Is::Contains,
            Self::Lacks(_) => Is::Lacks,
            Self::Equals(_) => Is::Equals,
            Self::OneOf(_) => Is::OneOf,
            Self::NoneOf(_) => Is::NoneOf,
            Self::Above(_) => Is::Above,
            Self::AtLeast(_) => Is::AtLeast,
            Self::Below(_) => Is::Below,
            Self::AtMost(_) => Is::AtMost,
            Self::EqualTo(_) => Is::EqualTo,
            Self::RoseBy(..) => Is::RoseBy,
            Self::FellBy(..) => Is::FellBy,
            Self::Before(_) => Is::Before,
            Self::After(_) => Is::After,
            Self::Next(_) => Is::Next,
            Self::Last(_) => Is::Last,
            Self::Past => Is::Past,
            Self::Known => Is::Known,
            Self::Unknown => Is::Unknown,
        }
    }
}

impl From<Condition> for Line {
    fn from(condition: Condition) -> Self {
        let line = Self::new(&condition.about, condition.test.is());
        match condition.test {
            Test::Contains(text) | Test::Lacks(text) | Test::Equals(text) => Self {
                words: vec![text],
                ..line
            },
            Test::OneOf(words) | Test::NoneOf(words) => Self { words, ..line },
            Test::Above(number)
            | Test::AtLeast(number)
            | Test::Below(number)
            | Test::AtMost(number)
            | Test::EqualTo(number) => Self {
                number: Some(number),
                ..line
            },
            Test::RoseBy(number, days) | Test::FellBy(number, days) => Self {
                number: Some(number),
                days: Some(days),
                ..line
            },
            Test::Before(day) | Test::After(day) => Self {
                day: Some(day),
                ..line
            },
            Test::Next(days) | Test::Last(days) => Self {
                days: Some(days),
                ..line
            },
            Test::Past | Test::Known | Test::Unknown => line,
        }
    }
}

impl TryFrom<Line> for Condition {
    type Error = Misfit;
    fn try_from(line: Line) -> Result<Self, Misfit> {
        Ok(Self {
            about: line.subject()?,
            test: line.test()?,
        })
    }
}
