//! What a calendar is, and what it takes.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::db::DbError;

use super::{CalendarId, MOST_HOLIDAYS, Week};
use crate::actor::Forbidden;

/// When a workspace works.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Its id.
    pub id: CalendarId,
    /// Grows by one with every change.
    pub version: i64,
    /// The zone its hours stand in: the workspace's.
    pub zone: TimeZone,
    /// Its hours and holidays.
    pub hours: Hours,
}

/// The hours of a week, and the days on which they do not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The hours of each weekday.
    pub week: Week,
    /// Days off, by date.
    pub holidays: Vec<Holiday>,
}

/// A day on which nobody works.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// Which day.
    pub day: Date,
    /// What people call it.
    pub name: String,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CalendarError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The hours of this weekday, Monday being 1, can't be read, overlap, or end before they begin.
    #[error("the hours of weekday {0} look like 9:00-12:30, 13:30-17:00")]
    BadHours(i8),
    /// No weekday has hours.
    #[error("a calendar needs hours on one weekday at least")]
    NoHours,
    /// The holiday in this line, counted from 0, has no day that can be read, or no name.
    #[error("holiday {0} needs a day and a name of 1 to 100 characters")]
    BadHoliday(usize),
    /// There are more holidays than a calendar takes.
    #[error("a calendar takes up to {MOST_HOLIDAYS} holidays")]
    TooManyHolidays,
    /// There is no such calendar here.
    #[error("there is no such calendar")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the working hours meanwhile")]
    Stale(Box<Option<Calendar>>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Hours {
    /// Monday to Friday, without holidays.
    pub fn usual() -> Self {
        Self {
            week: Week::usual(),
            holidays: Vec::new(),
        }
    }

    /// The hours as they are stored: holidays by date, each day once, names trimmed.
    ///
    /// # Errors
    /// [`CalendarError::NoHours`], [`CalendarError::BadHoliday`], [`CalendarError::TooManyHolidays`].
    pub fn checked(&self) -> Result<Self, CalendarError> {
        if !self.week.has_hours() {
            return Err(CalendarError::NoHours);
        }
        if self.holidays.len() > MOST_HOLIDAYS {
            return Err(CalendarError::TooManyHolidays);
        }
        let mut holidays = Vec::with_capacity(self.holidays.len());
        for (line, holiday) in self.holidays.iter().enumerate() {
            let name: String = holiday.name.trim().chars().filter(|c| !c.is_control()).collect();
            if name.is_empty() || name.chars().count() > 100 {
                return Err(CalendarError::BadHoliday(line));
            }
            holidays.push(Holiday {
                day: holiday.day,
                name,
            });
        }
        holidays.sort();
        holidays.dedup_by_key(|holiday| holiday.day);
        Ok(Self {
            week: self.week.clone(),
            holidays,
        })
    }
}
