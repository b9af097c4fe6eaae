//! Days on which the workspace works: those with hours that are no holidays.

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::i18n::Value;
use tandem_core::calendars::{self, Hours};
use tandem_core::workspaces::{self, WorkspaceId};

/// How far ahead a working day is looked for: longer than any break.
const HORIZON: i64 = 1_100;

/// The day so many working days after today: with 0, today or the next day on which the workspace works. A workspace that
/// never works counts all days.
///
/// # Errors
/// [`DbError`] of the database.
pub fn working_day(tx: &mut Tx<'_>, workspace: WorkspaceId, ahead: i64) -> Result<Day, DbError> {
    let today = workspaces::today(tx, workspace)?;
    let hours = match calendars::find(tx, workspace)? {
        Some(calendar) => calendar.hours,
        None => Hours::usual(),
    };
    Ok(after(&hours, today, ahead))
}

fn after(hours: &Hours, today: Day, ahead: i64) -> Day {
    let mut left = ahead;
    for step in 0..HORIZON {
        let day = today.plus_days(step);
        // Today counts as the beginning, however late it is.
        if step > 0 && is_worked(hours, day) {
            left -= 1;
        }
        if left <= 0 && is_worked(hours, day) {
            return day;
        }
    }
    today.plus_days(ahead)
}

fn is_worked(hours: &Hours, day: Day) -> bool {
    let date = day.value();
    let is_off = hours.holidays.iter().any(|holiday| holiday.day == date);
    !is_off && !hours.week.day(date.weekday().to_monday_one_offset()).is_empty()
}

#[cfg(test)]
mod tests {
    use tandem_core::calendars::Holiday;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn weekends_and_holidays_do_not_count() {
        let mut hours = Hours::usual();
        let friday = day("2026-11-20");
        assert_eq!(after(&hours, friday, 0), friday);
        assert_eq!(after(&hours, friday, 1), day("2026-11-23"));
        hours.holidays.push(Holiday {
            day: day("2026-11-23").value(),
            name: "Founders' day".to_owned(),
        });
        assert_eq!(after(&hours, friday, 1), day("2026-11-24"));
        assert_eq!(after(&hours, day("2026-11-21"), 0), day("2026-11-24"));
        assert_eq!(after(&hours, friday, 5), day("2026-11-30"));
    }
}
