//! Working hours for programs: the same verbs as the page.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use serde::{Deserialize, Serialize};

use super::{Calendar, CalendarError, Holiday, Hours, Week};
use crate::actor::Actor;

/// The names of the weekdays in documents, Monday first.
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A workspace's hours as programs see them. Times of day are `09:00–12:30, 13:30–17:00`; days are ISO 8601.
#[derive(Debug, Serialize)]
pub struct CalendarDocument {
    version: i64,
    week: BTreeMap<&'static str, String>,
    holidays: Vec<HolidayDocument>,
}

/// A day on which nobody works.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayDocument {
    day: String,
    name: String,
}

/// What a program sends. A weekday that is not named is a day off; 0 is the version of what nobody changed yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarInput {
    version: i64,
    week: BTreeMap<String, String>,
    #[serde(default)]
    holidays: Vec<HolidayDocument>,
}

impl CalendarDocument {
    fn of(calendar: Option<Calendar>) -> Self {
        let version = calendar.as_ref().map_or(0, |calendar| calendar.version);
        let hours = calendar.map_or_else(Hours::usual, |calendar| calendar.hours);
        let week = (1..)
            .zip(DAYS)
            .map(|(weekday, name)| (name, hours.week.text(weekday)));
        let holidays = hours.holidays.into_iter().map(|holiday| HolidayDocument {
            day: holiday.day.to_string(),
            name: holiday.name,
        });
        Self {
            version,
            week: week.filter(|(_, text)| !text.is_empty()).collect(),
            holidays: holidays.collect(),
        }
    }
}

impl CalendarInput {
    fn hours(&self) -> Result<Hours, CalendarError> {
        let mut week = Week::default();
        for (name, text) in &self.week {
            let place = DAYS.iter().position(|day| day == name);
            let weekday = place.and_then(|place| i8::try_from(place + 1).ok());
            week.write(weekday.ok_or(CalendarError::BadHours(0))?, text)?;
        }
        let mut holidays = Vec::with_capacity(self.holidays.len());
        for (line, holiday) in self.holidays.iter().enumerate() {
            holidays.push(Holiday {
                day: holiday.day.parse().map_err(|_| CalendarError::BadHoliday(line))?,
                name: holiday.name.clone(),
            });
        }
        Ok(Hours { week, holidays })
    }
}

/// The workspace's hours.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<Json<CalendarDocument>, Failure> {
    let workspace = actor.workspace;
    let now = db.read(move |tx| super::find(tx, workspace)).await?;
    Ok(Json(CalendarDocument::of(now)))
}

/// Changes the workspace's hours.
///
/// # Errors
/// Hours that can't be read, an older version, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    Json(sent): Json<CalendarInput>,
) -> Result<Json<CalendarDocument>, Failure> {
    let hours = sent.hours()?;
    let now = db
        .write(move |tx| super::change(tx, &actor, sent.version, &hours))
        .await?;
    Ok(Json(CalendarDocument::of(Some(now))))
}
