//! What the templates of calendars take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Filled;

use super::FIELDS;
use super::form::{day_field, lines, name_field};

/// The keys of the weekdays' names, Monday first.
pub const WEEKDAYS: [&str; 7] = [
    "weekday-1",
    "weekday-2",
    "weekday-3",
    "weekday-4",
    "weekday-5",
    "weekday-6",
    "weekday-7",
];

/// How many empty lines wait for more holidays.
const SPARE: usize = 2;

/// The fields of working hours, for any form that asks for them.
#[derive(Debug, Template)]
#[template(path = "calendars/views/fields.html")]
pub struct HoursFields<'a> {
    t: &'a Text,
    form: &'a Filled,
    days: Vec<(&'static str, String)>,
    holidays: Vec<(String, String)>,
}

impl<'a> HoursFields<'a> {
    /// The fields as `form` fills them.
    pub fn new(t: &'a Text, form: &'a Filled) -> Self {
        let days = FIELDS.into_iter().zip(WEEKDAYS.map(|weekday| t.say(weekday)));
        let holidays = (0..lines(form) + SPARE).map(|line| (day_field(line), name_field(line)));
        Self {
            t,
            form,
            days: days.collect(),
            holidays: holidays.collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "calendars/views/hours.html")]
pub(super) struct HoursPage<'a> {
    pub(super) t: &'a Text,
    pub(super) fields: HoursFields<'a>,
    pub(super) version: i64,
    pub(super) whole: Option<String>,
    pub(super) may_write: bool,
}
