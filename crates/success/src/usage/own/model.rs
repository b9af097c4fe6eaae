//! What a metric counts: which events, of which properties, what of them, over how many days.

use kit::day::Day;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tandem_core::metrics::Unit;

use super::values::{at, day, number, read, said, truth};

/// Conditions of properties in one metric at most.
pub const MOST_FILTERS: usize = 6;
/// The windows, in days.
pub const WINDOWS: [i64; 3] = [7, 30, 90];
/// How long the name of an event, of a property or a value may be.
const LONGEST: usize = 200;

/// What of the events is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "OwnMetricMeasure")]
pub enum Measure {
    /// How many events there were.
    #[default]
    Count,
    /// How many different people.
    People,
    /// The sum of a number in a property.
    Sum,
    /// On how many days there were any.
    Days,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Count, Self::People, Self::Sum, Self::Days];

    /// Its word in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::People => "people",
            Self::Sum => "sum",
            Self::Days => "days",
        }
    }

    /// What a word means.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// The key of what it is called.
    pub fn text(self) -> &'static str {
        match self {
            Self::Count => "own-metrics-measure-count",
            Self::People => "own-metrics-measure-people",
            Self::Sum => "own-metrics-measure-sum",
            Self::Days => "own-metrics-measure-days",
        }
    }

    /// What its values are.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Sum => Unit::Number,
            Self::Count | Self::People | Self::Days => Unit::Count,
        }
    }
}

/// What must be so of a property. The kind of the value follows from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "OwnMetricTest")]
pub enum Test {
    /// A text is this one, whatever its capitals.
    #[default]
    Is,
    /// A text is another.
    IsNot,
    /// A text has this one in it.
    Contains,
    /// A number is this one.
    Equals,
    /// A number is this one or more.
    AtLeast,
    /// A number is this one or less.
    AtMost,
    /// It is true.
    Yes,
    /// It is false.
    No,
    /// A day, or the day of a moment, is this one or later.
    Since,
    /// A day, or the day of a moment, is this one or earlier.
    Until,
    /// It is there.
    Present,
    /// It is not there.
    Absent,
}

/// What kind of value a test takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A day.
    Day,
    /// Nothing.
    Nothing,
}

impl Test {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Is,
        Self::IsNot,
        Self::Contains,
        Self::Equals,
        Self::AtLeast,
        Self::AtMost,
        Self::Yes,
        Self::No,
        Self::Since,
        Self::Until,
        Self::Present,
        Self::Absent,
    ];

    /// Its word in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is_not",
            Self::Contains => "contains",
            Self::Equals => "equals",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::Yes => "yes",
            Self::No => "no",
            Self::Since => "since",
            Self::Until => "until",
            Self::Present => "present",
            Self::Absent => "absent",
        }
    }

    /// What a word means.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// The key of what it is called.
    pub fn text(self) -> String {
        format!("own-metrics-test-{}", self.as_str().replace('_', "-"))
    }

    /// What it takes.
    pub const fn takes(self) -> Takes {
        match self {
            Self::Is | Self::IsNot | Self::Contains => Takes::Text,
            Self::Equals | Self::AtLeast | Self::AtMost => Takes::Number,
            Self::Since | Self::Until => Takes::Day,
            Self::Yes | Self::No | Self::Present | Self::Absent => Takes::Nothing,
        }
    }
}

/// A condition of a property.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OwnMetricFilter")]
pub struct Filter {
    /// The name of the property; dots lead into objects.
    #[schemars(length(min = 1, max = 200))]
    pub property: String,
    /// What must be so of it.
    pub test: Test,
    /// What it is compared with: a text, a number with a point, a day as `2026-11-23`; empty where nothing is compared.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub value: String,
}

/// What a metric counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OwnMetricContent")]
pub struct Content {
    /// The name of the event: of what was tracked, or of the page or screen; null for any.
    #[serde(default)]
    pub event: Option<Event>,
    /// What must hold of its properties, all of it.
    #[serde(default)]
    #[schemars(length(max = 6))]
    pub filters: Vec<Filter>,
    /// What of it is counted.
    pub measure: Measure,
    /// The property whose numbers are added up; empty for anything but a sum.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub property: String,
    /// Over how many days, today the last of them: 7, 30 or 90.
    #[schemars(range(min = 7, max = 90))]
    pub window: i64,
}

/// Something that people do in the product.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OwnMetricEvent")]
pub struct Event {
    /// `track`, `page` or `screen`.
    pub call: String,
    /// Its name; may be empty for a page or screen.
    #[schemars(length(max = 200))]
    pub name: String,
}

/// What can't be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// There is no such call, or the name is too long.
    Event,
    /// A window is 7, 30 or 90 days.
    Window,
    /// A sum needs a property, anything else has none.
    Property,
    /// Up to six conditions.
    Filters,
    /// The property of the condition of this number, from 1.
    FilterProperty(usize),
    /// Its value is not of the kind that the test takes.
    FilterValue(usize),
}

fn fits(text: &str) -> bool {
    text.chars().count() <= LONGEST && !text.contains('\0')
}

impl Event {
    /// Whether it can be: a call that does something, and a name where one is needed.
    pub fn is_good(&self) -> bool {
        let is_call = matches!(self.call.as_str(), "track" | "page" | "screen");
        let is_named = self.call != "track" || !self.name.is_empty();
        is_call && is_named && fits(&self.name)
    }
}

impl Content {
    /// The content as it is kept.
    ///
    /// # Errors
    /// [`Wrong`].
    pub fn checked(&self) -> Result<Self, Wrong> {
        if self.event.as_ref().is_some_and(|event| !event.is_good()) {
            return Err(Wrong::Event);
        }
        if !WINDOWS.contains(&self.window) {
            return Err(Wrong::Window);
        }
        let property = self.property.trim();
        if property.is_empty() == (self.measure == Measure::Sum) || !fits(property) {
            return Err(Wrong::Property);
        }
        if self.filters.len() > MOST_FILTERS {
            return Err(Wrong::Filters);
        }
        let mut filters = Vec::new();
        for (index, filter) in self.filters.iter().enumerate() {
            filters.push(filter.checked(index + 1)?);
        }
        Ok(Self {
            event: self.event.clone(),
            filters,
            measure: self.measure,
            property: property.to_owned(),
            window: self.window,
        })
    }

    /// Whether the events themselves must be read: what is kept by day knows nothing of properties.
    pub fn needs_events(&self) -> bool {
        !self.filters.is_empty() || self.measure == Measure::Sum
    }

    /// Whether the same days can be used for both.
    pub fn counts_the_same(&self, other: &Self) -> bool {
        self.needs_events() == other.needs_events()
            && self.event == other.event
            && self.filters == other.filters
            && self.property == other.property
    }

    /// Whether events of this call and name are meant.
    pub fn means(&self, call: &str, name: &str) -> bool {
        matches!(call, "track" | "page" | "screen")
            && self
                .event
                .as_ref()
                .is_none_or(|event| event.call == call && event.name == name)
    }

    /// What an event with these properties adds to the sum; nothing where a condition does not hold.
    pub fn weighs(&self, properties: &Value) -> Option<f64> {
        if !self.filters.iter().all(|filter| filter.holds(properties)) {
            return None;
        }
        match self.measure {
            Measure::Sum => number(at(properties, &self.property)?),
            Measure::Count | Measure::People | Measure::Days => Some(0.0),
        }
    }
}

impl Filter {
    fn checked(&self, number: usize) -> Result<Self, Wrong> {
        let property = self.property.trim();
        if property.is_empty() || property.chars().count() > LONGEST || property.contains('\0') {
            return Err(Wrong::FilterProperty(number));
        }
        let value = match self.test.takes() {
            Takes::Nothing => String::new(),
            Takes::Text => self.value.trim().to_owned(),
            Takes::Number => self.value.trim().replace(',', "."),
            Takes::Day => self.value.trim().to_owned(),
        };
        let is_fine = match self.test.takes() {
            Takes::Nothing => true,
            Takes::Text => !value.is_empty() && value.chars().count() <= LONGEST && !value.contains('\0'),
            Takes::Number => read(&value).is_some(),
            Takes::Day => value.parse::<Day>().is_ok(),
        };
        if !is_fine {
            return Err(Wrong::FilterValue(number));
        }
        Ok(Self {
            property: property.to_owned(),
            test: self.test,
            value,
        })
    }

    /// Whether it holds of an event with these properties. What is of another kind than asked fits nothing.
    pub fn holds(&self, properties: &Value) -> bool {
        let found = at(properties, &self.property).filter(|value| !value.is_null());
        let Some(found) = found else {
            return matches!(self.test, Test::Absent | Test::IsNot);
        };
        let compared = |holds: fn(f64, f64) -> bool| {
            let both = number(found).zip(read(&self.value));
            both.is_some_and(|(found, asked)| holds(found, asked))
        };
        let dated = |holds: fn(Day, Day) -> bool| {
            let both = day(found).zip(self.value.parse::<Day>().ok());
            both.is_some_and(|(found, asked)| holds(found, asked))
        };
        match self.test {
            Test::Is => said(found) == kit::text::fold(&self.value),
            Test::IsNot => said(found) != kit::text::fold(&self.value),
            Test::Contains => said(found).contains(&kit::text::fold(&self.value)),
            Test::Equals => compared(|found, asked| found == asked),
            Test::AtLeast => compared(|found, asked| found >= asked),
            Test::AtMost => compared(|found, asked| found <= asked),
            Test::Yes => truth(found) == Some(true),
            Test::No => truth(found) == Some(false),
            Test::Since => dated(|found, asked| found >= asked),
            Test::Until => dated(|found, asked| found <= asked),
            Test::Present => true,
            Test::Absent => false,
        }
    }
}

#[cfg(test)]
mod tests;
