//! The tickets behind a number, page by page.

pub(super) mod documents;
mod store;

use kit::day::Day;
use kit::db::Tx;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::fact::Fact;
use super::item::Filter;
use super::report::AGES;
use super::store::Side;
use super::{Ask, NumbersError};
use crate::tickets::TicketId;

/// Behind which number tickets stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Opened in the time.
    Created,
    /// Of them, those that were answered.
    Responded,
    /// Open now, whenever they were opened.
    Backlog,
    /// Last solved in the time.
    Solved,
    /// Of them, those that had come back.
    Reopened,
    /// Of them, those that took fewer than two answers.
    OneTouch,
    /// Of them, those whose contact said how it was.
    Rated,
}

impl Of {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Created,
        Self::Responded,
        Self::Backlog,
        Self::Solved,
        Self::Reopened,
        Self::OneTouch,
        Self::Rated,
    ];

    /// The word in addresses and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Responded => "responded",
            Self::Backlog => "backlog",
            Self::Solved => "solved",
            Self::Reopened => "reopened",
            Self::OneTouch => "one_touch",
            Self::Rated => "rated",
        }
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Created => "numbers-created",
            Self::Responded => "numbers-responded",
            Self::Backlog => "numbers-backlog",
            Self::Solved => "numbers-solved",
            Self::Reopened => "numbers-reopened",
            Self::OneTouch => "numbers-one-touch",
            Self::Rated => "numbers-rated",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.as_str() == word)
    }

    /// By which of their days they are found.
    pub(super) const fn side(self) -> Side {
        match self {
            Self::Created | Self::Responded | Self::Backlog => Side::Opened,
            Self::Solved | Self::Reopened | Self::OneTouch | Self::Rated => Side::Solved,
        }
    }
}

/// How old what is open is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Opened today.
    Day,
    /// Under a week.
    Week,
    /// Under thirty days.
    Month,
    /// Under ninety days.
    Quarter,
    /// Older.
    Older,
}

impl Age {
    /// All of them, the youngest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Older];

    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Older => "older",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|age| age.as_str() == word)
    }

    /// The first day on which something of this age was opened, and the day after the last; none where there is no end.
    fn days(self, today: Day) -> (Option<Day>, Option<Day>) {
        let place = Self::ALL.iter().position(|age| *age == self).unwrap_or(0);
        let after = |bound: &i64| today.plus_days(1 - bound);
        let until = place.checked_sub(1).and_then(|place| AGES.get(place)).map(after);
        (AGES.get(place).map(after), until)
    }
}

/// Which tickets are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Behind which number.
    pub of: Of,
    /// From which day on.
    pub from: Day,
    /// Until before which day.
    pub until: Day,
    /// Which of them.
    pub filter: Filter,
    /// So old, of those that are open.
    pub age: Option<Age>,
    /// Opened on this weekday, Monday being 1, and in this hour.
    pub clock: Option<(i64, i64)>,
    /// Where to go on.
    pub after: Option<Cursor>,
}

/// A place in a list of tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The day by which the last one shown was found.
    pub day: Day,
    /// The last one shown.
    pub ticket: TicketId,
}

/// The first and the last day that there can be.
const EVER: (&str, &str) = ("1900-01-01", "2999-12-31");

impl Rows {
    /// Those behind a number of a report.
    pub fn behind(of: Of, ask: &Ask) -> Self {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let (from, until) = match of {
            Of::Backlog => (day(EVER.0), day(EVER.1)),
            _ => (ask.period.from, ask.period.until),
        };
        Self {
            of,
            from,
            until,
            filter: ask.filter.clone(),
            age: None,
            clock: None,
            after: None,
        }
    }

    /// Of what is open, what is so old today; other numbers stay as they are.
    #[must_use]
    pub fn aged(mut self, age: Age, today: Day) -> Self {
        if self.of == Of::Backlog {
            let (from, until) = age.days(today);
            self.from = from.unwrap_or(self.from);
            self.until = until.unwrap_or(self.until);
            self.age = Some(age);
        }
        self
    }

    /// The place after a ticket.
    pub fn cursor(&self, last: &Fact) -> Cursor {
        let day = match self.of.side() {
            Side::Opened => last.opened_day,
            Side::Solved => last.solved_day.unwrap_or(last.opened_day),
        };
        Cursor {
            day,
            ticket: last.ticket,
        }
    }
}

/// The tickets behind a number, the newest day first.
///
/// # Errors
/// A missing permission, or the database's.
pub fn rows(tx: &mut Tx<'_>, actor: &Actor, rows: &Rows, limit: i64) -> Result<Vec<Fact>, NumbersError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::rows(tx, actor.workspace, rows, limit)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_has_the_age_by_which_the_chart_counts_it() {
        let today: Day = "2026-05-20".parse().unwrap();
        for days in [0, 1, 6, 7, 29, 30, 89, 90, 400] {
            let counted = AGES.iter().position(|bound| days < *bound).unwrap_or(AGES.len());
            let opened = today.plus_days(-days);
            let fits = |age: &Age| {
                let (from, until) = age.days(today);
                from.is_none_or(|from| opened >= from) && until.is_none_or(|until| opened < until)
            };
            let found: Vec<&Age> = Age::ALL.iter().filter(|age| fits(age)).collect();
            assert_eq!(found, [&Age::ALL[counted]], "{days}");
        }
    }
}
