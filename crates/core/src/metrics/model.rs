//! What a metric is, and how a stored value becomes the value of a day.

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::i18n::Text;

use crate::accounts::AccountId;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// What the values of a metric are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// So many of something.
    Count,
    /// A number with decimals.
    Number,
    /// A share; 1 is 100 %.
    Share,
    /// Minor units of the workspace's reporting currency.
    Money,
    /// Days since a day: what is stored is that day.
    DaysSince,
    /// Days until a day; negative once it is past. What is stored is that day.
    DaysUntil,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 6] = [
        Self::Count,
        Self::Number,
        Self::Share,
        Self::Money,
        Self::DaysSince,
        Self::DaysUntil,
    ];

    /// Its word in rows and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Number => "number",
            Self::Share => "share",
            Self::Money => "money",
            Self::DaysSince => "days_since",
            Self::DaysUntil => "days_until",
        }
    }

    /// The unit of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == word)
    }
}

/// A named number of an account and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Its name everywhere: `tickets.open`. It is called by the message `metric-NAME`, dots and underscores as hyphens.
    pub name: &'static str,
    /// What its values are.
    pub unit: Unit,
    /// Who may see it.
    pub needs: Permission,
    /// What people call one that they defined; those of the library are called by their message.
    pub title: Option<&'static str>,
}

/// A value that a feature found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Of which metric.
    pub metric: &'static Metric,
    /// How much; none where it is not known. Of days since and until: the day as [`number`].
    pub value: Option<f64>,
    /// From when what it rests on is; none where it rests on what is known today.
    pub as_of: Option<Day>,
}

/// A metric of an account as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The metric's name.
    pub metric: String,
    /// As stored.
    pub value: f64,
    /// From when what it rests on is; none for today.
    pub as_of: Option<Day>,
    /// Since when it has this value.
    pub since: Day,
}

/// What a metric of an account became on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// From which day on.
    pub since: Day,
    /// As stored; none where it was not known any more.
    pub value: Option<f64>,
    /// From when what it rests on was; none for that day.
    pub as_of: Option<Day>,
}

/// How a metric of an account went: its values from their days on, the oldest first, none where it was not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The metric.
    pub metric: &'static Metric,
    /// What it became, and on which day.
    pub steps: Vec<(Day, Option<f64>)>,
}

/// What finds metrics of an account.
#[derive(Clone, Copy, Debug)]
pub struct Producer {
    /// What it can find.
    pub metrics: &'static [&'static Metric],
    /// Finds them as of today.
    pub read: Read,
}

/// Finds metrics of an account as of the transaction's moment, which may be one of the past, and the day that it is then in
/// the workspace. What was not kept of the past is taken as it is now.
pub type Read = fn(&mut Tx<'_>, WorkspaceId, AccountId, Day) -> Result<Vec<Reading>, DbError>;

/// Everything that finds metrics; stands beside the wiring and is attached to the database handle. [`super::producers`] has
/// with it what a workspace defines itself.
#[derive(Clone, Debug, Default)]
pub struct Producers {
    table: Vec<&'static Producer>,
    own: Vec<&'static Metric>,
}

impl Producers {
    /// The table.
    pub fn new(producers: &[&'static Producer]) -> Self {
        Self {
            table: producers.to_vec(),
            own: Vec::new(),
        }
    }

    /// The same with the metrics that a workspace defines.
    pub(super) fn with(&self, own: Vec<&'static Metric>) -> Self {
        Self {
            table: self.table.clone(),
            own,
        }
    }

    /// Every producer.
    pub fn all(&self) -> impl Iterator<Item = &'static Producer> + '_ {
        self.table.iter().copied()
    }

    /// Every metric, in the order of the table; the workspace's own are the last.
    pub fn metrics(&self) -> impl Iterator<Item = &'static Metric> + '_ {
        let table = self.all().flat_map(|producer| producer.metrics.iter().copied());
        table.chain(self.own.iter().copied())
    }

    /// What the metric of a name is called; one that is no more by its name.
    pub fn called(&self, t: &Text, name: &str) -> String {
        match self.find(name) {
            Some(metric) => metric.called(t),
            None if super::own::is_own(name) => t.say("metrics-gone"),
            None => t.say(&text(name)),
        }
    }

    /// The metric of a name.
    pub fn find(&self, name: &str) -> Option<&'static Metric> {
        self.metrics().find(|metric| metric.name == name)
    }

    /// Who may see the metric of a name; none where no feature knows it any more. One that people defined needs the same
    /// after it was removed: its values stay where they were shown.
    pub fn needs(&self, name: &str) -> Option<Permission> {
        if super::own::is_own(name) {
            return Some(super::own::NEEDS);
        }
        self.find(name).map(|metric| metric.needs)
    }
}

impl Metric {
    /// A metric.
    pub const fn new(name: &'static str, unit: Unit, needs: Permission) -> Self {
        Self {
            name,
            unit,
            needs,
            title: None,
        }
    }

    /// A value that rests on what is known today.
    pub const fn is(&'static self, value: f64) -> Reading {
        Reading {
            metric: self,
            value: Some(value),
            as_of: None,
        }
    }

    /// A value that is known or not.
    pub const fn may_be(&'static self, value: Option<f64>) -> Reading {
        Reading {
            metric: self,
            value,
            as_of: None,
        }
    }

    /// The key of its name in the reader's language.
    pub fn text(&self) -> String {
        text(self.name)
    }

    /// What it is called.
    pub fn called(&self, t: &Text) -> String {
        self.title.map_or_else(|| t.say(&self.text()), str::to_owned)
    }

    /// The value on `day` of what is stored.
    pub fn on(&self, stored: f64, day: Day) -> f64 {
        match self.unit {
            Unit::DaysSince => number(day) - stored,
            Unit::DaysUntil => stored - number(day),
            _ => stored,
        }
    }

    /// A value of a day in the reader's writing. `currency` is that of money.
    pub fn written(&self, t: &Text, value: f64, currency: &str) -> String {
        match self.unit {
            Unit::Count => t.number(value.round() as i64),
            Unit::Number => t.decimal(value, 2),
            Unit::Share => t.percent(value, 0),
            Unit::Money => t.money_whole(value.round() as i64, currency),
            Unit::DaysSince | Unit::DaysUntil => t.count("metrics-days", value.round() as i64),
        }
    }
}

/// The key of the name of a metric.
pub fn text(name: &str) -> String {
    format!("metric-{}", name.replace(['.', '_'], "-"))
}

/// A day as a number: days since 1970.
pub fn number(day: Day) -> f64 {
    day.number() as f64
}

/// The day of a number: days since 1970.
pub fn day(number: f64) -> Day {
    let epoch: Day = "1970-01-01".parse().expect("a day");
    epoch.plus_days(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_defined_needs_the_same_after_it_is_gone() {
        static KNOWN: Metric = Metric::new("money.mrr", Unit::Money, Permission::MoneyRead);
        static ALL: Producer = Producer {
            metrics: &[&KNOWN],
            read: |_, _, _, _| Ok(Vec::new()),
        };
        let producers = Producers::new(&[&ALL]);
        assert_eq!(producers.needs("own.omt_1"), Some(Permission::UsageRead));
        assert_eq!(producers.needs("money.mrr"), Some(Permission::MoneyRead));
        assert_eq!(producers.needs("money.gone"), None);
    }

    #[test]
    fn days_pass_without_a_new_value() {
        let metric = Metric::new("people.last_touch", Unit::DaysSince, Permission::AccountsRead);
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let stored = number(day("2026-11-01"));
        assert_eq!(metric.on(stored, day("2026-11-22")), 21.0);
        let until = Metric::new("money.renewal", Unit::DaysUntil, Permission::MoneyRead);
        assert_eq!(until.on(stored, day("2026-11-22")), -21.0);
        assert_eq!(metric.text(), "metric-people-last-touch");
    }
}
