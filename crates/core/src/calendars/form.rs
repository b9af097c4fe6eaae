//! Working hours as a form has them: a text for each weekday, a line for each holiday.

use kit::i18n::Text;
use kit::web::Filled;

use super::{CalendarError, Holiday, Hours, MOST_HOLIDAYS, Week};

/// The names of the fields that hold the hours of Monday to Sunday.
pub const FIELDS: [&str; 7] = [
    "hours.1", "hours.2", "hours.3", "hours.4", "hours.5", "hours.6", "hours.7",
];

/// The form with these hours in it.
pub fn filled(hours: &Hours, t: &Text) -> Filled {
    let mut form = Filled::default();
    for (weekday, field) in (1..).zip(FIELDS) {
        form.set(field, hours.week.text(weekday));
    }
    for (line, holiday) in hours.holidays.iter().enumerate() {
        form.set(day_field(line), t.day_written(holiday.day));
        form.set(name_field(line), &*holiday.name);
    }
    form
}

/// The hours in a form; `None` after refusing the fields that can't be read.
pub fn hours_of(form: &mut Filled, t: &Text) -> Option<Hours> {
    let mut week = Week::default();
    for (weekday, field) in (1..).zip(FIELDS) {
        let text = form.value(field).to_owned();
        if week.write(weekday, &text).is_err() {
            form.refuse(field, t.say("calendars-failure-hours"));
        }
    }
    let mut holidays = Vec::new();
    for line in 0..lines(form) {
        let (day, name) = (
            form.value(&day_field(line)).trim(),
            form.value(&name_field(line)).trim(),
        );
        match (t.read_day(day), day.is_empty(), name.is_empty()) {
            (_, true, true) => {}
            (Some(day), false, false) => holidays.push(Holiday {
                day,
                name: name.to_owned(),
            }),
            (Some(_), false, true) => form.refuse(name_field(line), t.say("calendars-failure-holiday")),
            _ => form.refuse(day_field(line), t.say("date-failure")),
        }
    }
    if !form.is_good() {
        return None;
    }
    match (Hours { week, holidays }).checked() {
        Ok(hours) => Some(hours),
        Err(error) => {
            refuse(form, t, &error);
            None
        }
    }
}

/// How many lines of holidays the form has: those with something in them.
pub(super) fn lines(form: &Filled) -> usize {
    let used = |line: &usize| {
        !form.value(&day_field(*line)).is_empty() || !form.value(&name_field(*line)).is_empty()
    };
    (0..=MOST_HOLIDAYS).rev().find(used).map_or(0, |last| last + 1)
}

pub(super) fn day_field(line: usize) -> String {
    format!("holiday.{line}.day")
}

pub(super) fn name_field(line: usize) -> String {
    format!("holiday.{line}.name")
}

/// Says beside the field what the hours lack.
fn refuse(form: &mut Filled, t: &Text, error: &CalendarError) {
    match error {
        CalendarError::BadHoliday(line) => {
            form.refuse(name_field(*line), t.say("calendars-failure-holiday"));
        }
        CalendarError::TooManyHolidays => {
            form.refuse(day_field(MOST_HOLIDAYS), t.say("calendars-failure-many"));
        }
        _ => form.refuse(FIELDS[0], t.say("calendars-failure-none")),
    }
}
