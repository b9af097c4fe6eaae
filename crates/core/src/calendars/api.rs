//! Working hours for programs: the same verbs as the page.

use std::collections::BTreeMap;

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{IfMatch, Operation, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
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

/// When a workspace works.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Calendar")]
pub struct CalendarDocument {
    /// Grows by one with every change; 0 while nobody changed the usual hours.
    version: i64,
    /// The hours of each weekday: `09:00–12:30, 13:30–17:00`. A weekday that is not named is a day off.
    week: BTreeMap<&'static str, String>,
    /// Days on which nobody works.
    holidays: Vec<HolidayDocument>,
}

/// A day on which nobody works.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Holiday")]
#[serde(deny_unknown_fields)]
pub struct HolidayDocument {
    /// The day: `2026-12-25`.
    day: String,
    /// What it is called.
    name: String,
}

/// What a program says about working hours.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarInput {
    /// The hours of each weekday, in English and lower case: `09:00–12:30, 13:30–17:00`. A weekday that is not named is
    /// a day off.
    week: BTreeMap<String, String>,
    /// Days on which nobody works.
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

/// `GET /api/v1/calendar`
pub const SHOW: Operation = Operation::new(
    "Workspace",
    "Show the working hours",
    "The hours of each weekday and the holidays, in the workspace's time zone.",
)
.shows::<CalendarDocument>();

/// `PUT /api/v1/calendar`
pub const CHANGE: Operation = Operation::new(
    "Workspace",
    "Change the working hours",
    "Replaces all hours and holidays.",
)
.takes::<CalendarInput>()
.shows::<CalendarDocument>()
.held_by(Precondition::Required);

/// The workspace's hours.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    let workspace = actor.workspace;
    let now = db.read(move |tx| super::find(tx, workspace)).await?;
    Ok(Single::of(&CalendarDocument::of(now)))
}

/// Changes the workspace's hours.
///
/// # Errors
/// Hours that can't be read, an older state, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    state: IfMatch,
    Sent(sent): Sent<CalendarInput>,
) -> Result<Single, Failure> {
    let hours = sent.hours()?;
    db.write(move |tx| {
        let now = CalendarDocument::of(super::find(tx, actor.workspace)?);
        state.must_hold(&Single::of(&now))?;
        let changed = super::change(tx, &actor, now.version, &hours)?;
        Ok(Single::of(&CalendarDocument::of(Some(changed))))
    })
    .await
}

fn christmas() -> HolidayDocument {
    HolidayDocument {
        day: "2026-12-25".to_owned(),
        name: "Christmas".to_owned(),
    }
}

impl Sample for CalendarInput {
    fn sample() -> Self {
        let hours = |day: &str| (day.to_owned(), "09:00–12:30, 13:30–17:00".to_owned());
        Self {
            week: ["monday", "tuesday"].map(hours).into(),
            holidays: vec![christmas()],
        }
    }
}

impl Sample for CalendarDocument {
    fn sample() -> Self {
        Self {
            version: 2,
            week: [("monday", "09:00–17:00".to_owned())].into(),
            holidays: vec![christmas()],
        }
    }
}
