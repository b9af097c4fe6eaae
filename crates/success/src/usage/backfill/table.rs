//! Tables as events: where columns go, and the event that a row is. What no place is named for is a property.

use kit::text::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};
use tandem_core::imports::writing::Writing;

use super::model::{Backfill, BackfillError};
use crate::usage::protocol::is_time;

/// Where a column goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "UsageColumn")]
pub enum Slot {
    /// The call: `track` where nothing says another.
    Call,
    /// What was done or looked at.
    Event,
    /// What the company calls the person.
    User,
    /// What their browser or device is called.
    Anonymous,
    /// The group: what the company calls the account.
    Group,
    /// When it happened.
    Time,
    /// The sender's id of the event.
    Message,
    /// The id that an `alias` says was theirs before.
    Previous,
    /// Nowhere.
    Nothing,
}

/// The longest text that is taken for a number: longer ones are ids.
const LONGEST_NUMBER: usize = 15;

/// What files call their columns, without blanks, hyphens, underscores, points and dollars.
#[rustfmt::skip]
const NAMES: &[(Slot, &[&str])] = &[
    (Slot::Call, &["type", "call", "eventtype", "kind"]),
    (Slot::Event, &["event", "eventname", "action", "activity", "name", "page", "screen", "feature", "zdarzenie", "событие", "hadisə", "peristiwa"]),
    (Slot::User, &["userid", "user", "distinctid", "identity", "personid", "person", "customerid", "użytkownik", "пользователь", "istifadəçi", "pengguna"]),
    (Slot::Anonymous, &["anonymousid", "deviceid", "cookieid", "visitorid"]),
    (Slot::Group, &["groupid", "group", "accountid", "account", "companyid", "company", "organizationid", "organisationid", "organization", "orgid", "tenantid", "workspaceid", "contextgroupid", "firma", "компания", "şirkət", "perusahaan"]),
    (Slot::Time, &["timestamp", "time", "originaltimestamp", "eventtime", "occurredat", "happenedat", "createdat", "date", "datetime", "data", "czas", "дата", "время", "tarix", "vaxt", "tanggal", "waktu"]),
    (Slot::Message, &["messageid", "insertid", "eventid", "uuid", "id"]),
    (Slot::Previous, &["previousid", "aliasid"]),
    (Slot::Nothing, &["sentat", "receivedat"]),
];

impl Slot {
    /// Every place, in the order in which forms offer them.
    pub const ALL: [Self; 9] = [
        Self::Event,
        Self::User,
        Self::Group,
        Self::Time,
        Self::Message,
        Self::Call,
        Self::Anonymous,
        Self::Previous,
        Self::Nothing,
    ];

    /// The word in forms and for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Event => "event",
            Self::User => "user",
            Self::Anonymous => "anonymous",
            Self::Group => "group",
            Self::Time => "time",
            Self::Message => "message",
            Self::Previous => "previous",
            Self::Nothing => "nothing",
        }
    }

    /// The place of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.as_str() == word)
    }
}

/// Where columns of these names go, as far as their names say it; the first of two that would go to one place.
pub(super) fn guess(columns: &[String]) -> Vec<Option<Slot>> {
    let mut mapping = vec![None; columns.len()];
    let plain: Vec<String> = columns.iter().map(|column| plain(column)).collect();
    for (slot, names) in NAMES {
        let mut found = names
            .iter()
            .filter_map(|name| plain.iter().position(|column| *column == fold(name)));
        if *slot == Slot::Nothing {
            found.for_each(|place| mapping[place] = Some(*slot));
        } else if let Some(place) = found.find(|place| mapping[*place].is_none()) {
            mapping[place] = Some(*slot);
        }
    }
    mapping
}

fn plain(column: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '_' | '-' | '.' | '$');
    fold(&column.chars().filter(kept).collect::<String>())
}

/// Whether a mapping says what every event needs.
///
/// # Errors
/// [`BackfillError::Twice`], [`BackfillError::Unmapped`].
pub(super) fn check(mapping: &[Option<Slot>]) -> Result<(), BackfillError> {
    let count = |slot: Slot| mapping.iter().filter(|mapped| **mapped == Some(slot)).count();
    for slot in Slot::ALL {
        if slot != Slot::Nothing && count(slot) > 1 {
            return Err(BackfillError::Twice(slot.as_str()));
        }
    }
    if count(Slot::Time) == 0 {
        return Err(BackfillError::Unmapped(Slot::Time.as_str()));
    }
    if count(Slot::User) + count(Slot::Anonymous) == 0 {
        return Err(BackfillError::Unmapped(Slot::User.as_str()));
    }
    if count(Slot::Event) + count(Slot::Call) == 0 {
        return Err(BackfillError::Unmapped(Slot::Event.as_str()));
    }
    Ok(())
}

/// The event that a row is, as an SDK would send it.
pub(super) fn event(backfill: &Backfill, cells: &[String]) -> String {
    let cell = |slot: Slot| {
        let place = backfill.column_of(slot)?;
        cells
            .get(place)
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
    };
    let call = cell(Slot::Call).map_or_else(|| "track".to_owned(), str::to_lowercase);
    let mut event = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            event.insert(name.to_owned(), value);
        }
    };
    let text = |slot: Slot| cell(slot).map(Value::from);
    put("type", Some(Value::from(call.as_str())));
    put("messageId", text(Slot::Message));
    put("userId", text(Slot::User));
    put("anonymousId", text(Slot::Anonymous));
    put("previousId", text(Slot::Previous));
    let writing = backfill
        .column_of(Slot::Time)
        .map(|place| backfill.writing.get(place));
    let writing = writing.flatten().copied().unwrap_or_default();
    put("timestamp", cell(Slot::Time).map(|cell| time(cell, writing)));
    let title = if matches!(call.as_str(), "page" | "screen") {
        "name"
    } else {
        "event"
    };
    put(title, text(Slot::Event));
    if call == "group" {
        put("groupId", text(Slot::Group));
    } else {
        put(
            "context",
            text(Slot::Group).map(|group| serde_json::json!({ "groupId": group })),
        );
    }
    let rest = if matches!(call.as_str(), "identify" | "group") {
        "traits"
    } else {
        "properties"
    };
    let properties = properties(backfill, cells);
    put(
        rest,
        Some(properties).filter(|all| !all.is_empty()).map(Value::Object),
    );
    Value::Object(event).to_string()
}

fn properties(backfill: &Backfill, cells: &[String]) -> Map<String, Value> {
    let mut all = Map::new();
    for (place, cell) in cells.iter().enumerate() {
        let is_property = matches!(backfill.mapping.get(place), Some(None));
        let title = backfill
            .layout
            .columns
            .get(place)
            .map_or("", |title| title.trim());
        if is_property && !title.is_empty() && !cell.trim().is_empty() {
            all.insert(key(title), value(cell.trim()));
        }
    }
    all
}

/// The name of a property: that of its column; addresses and names stand where SDKs put them.
fn key(title: &str) -> String {
    match plain(title).as_str() {
        "email" | "emailaddress" | "mail" => "email".to_owned(),
        "name" | "fullname" | "username" => "name".to_owned(),
        "firstname" => "firstName".to_owned(),
        "lastname" | "surname" => "lastName".to_owned(),
        _ => title.to_owned(),
    }
}

/// A cell as a number where it is written as one, so that it can be added up; else as the text that it is.
fn value(cell: &str) -> Value {
    let number = serde_json::from_str::<Number>(cell).ok();
    match number.filter(|_| cell.len() <= LONGEST_NUMBER) {
        Some(number) => Value::Number(number),
        None if cell == "true" => Value::Bool(true),
        None if cell == "false" => Value::Bool(false),
        None => Value::from(cell),
    }
}

/// A time in a form that events have; what can't be read stays and is refused with its line.
fn time(cell: &str, writing: Writing) -> Value {
    if let Ok(number) = serde_json::from_str::<Number>(cell) {
        return Value::Number(number);
    }
    if is_time(cell) {
        return Value::from(cell);
    }
    match writing.day(cell) {
        Some(day) if day.len() == 10 => Value::from(format!("{day}T00:00:00")),
        Some(moment) => Value::from(moment),
        None => Value::from(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_what_files_call_them() {
        let columns = [
            "Event Name",
            "distinct_id",
            "Company",
            "time",
            "$insert_id",
            "Plan",
            "sent_at",
        ];
        let columns = columns.map(str::to_owned);
        let expected = [
            Some(Slot::Event),
            Some(Slot::User),
            Some(Slot::Group),
            Some(Slot::Time),
            Some(Slot::Message),
            None,
            Some(Slot::Nothing),
        ];
        assert_eq!(guess(&columns), expected);
        assert_eq!(check(&guess(&columns)), Ok(()));
        assert_eq!(check(&[Some(Slot::User)]), Err(BackfillError::Unmapped("time")));
        let twice = [Some(Slot::Time), Some(Slot::Time)];
        assert_eq!(check(&twice), Err(BackfillError::Twice("time")));
    }

    #[test]
    fn what_is_written_as_a_number_is_one_and_an_id_is_not() {
        assert_eq!(value("42.5"), serde_json::json!(42.5));
        assert_eq!(value("007"), Value::from("007"));
        assert_eq!(value("12345678901234567890"), Value::from("12345678901234567890"));
        assert_eq!(value("true"), Value::Bool(true));
        assert_eq!(
            time("1772442000", Writing::default()),
            serde_json::json!(1_772_442_000)
        );
        assert_eq!(
            time("2026-03-02 09:00", Writing::default()),
            Value::from("2026-03-02 09:00")
        );
        assert_eq!(time("soon", Writing::default()), Value::from("soon"));
        let spoken = time("31.12.2025 14:05", Writing::default());
        assert_eq!(spoken, Value::from("2025-12-31 14:05"));
    }
}
