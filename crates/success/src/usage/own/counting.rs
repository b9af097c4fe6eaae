//! Counting events by their properties: who did what in which group on which day, as folding puts them down.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::Uuid;
use serde_json::Value;
use tandem_core::workspaces::WorkspaceId;

use super::days::{Counted, store};
use super::model::{Content, Event};
use crate::usage::log::Logged;

/// An id as a sender writes it, and what it is of: `user`, `anonymous`, `group`.
type Key = (&'static str, String);
/// Who, in which group, did what on which day.
type Place = (Key, Option<Key>, Event, Day);

/// Events that were counted for one metric.
#[derive(Debug)]
pub(super) struct Counting {
    zone: TimeZone,
    rows: BTreeMap<Place, (i64, f64)>,
}

impl Counting {
    /// Nothing yet; days begin and end in `zone`.
    pub(super) fn in_zone(zone: TimeZone) -> Self {
        Self {
            zone,
            rows: BTreeMap::new(),
        }
    }

    /// From here on days begin and end in another zone.
    pub(super) fn go_to(&mut self, zone: TimeZone) {
        self.zone = zone;
    }

    /// Counts an event with these properties, if it is meant.
    pub(super) fn add(&mut self, content: &Content, event: &Logged, properties: &Value) {
        let header = &event.header;
        let Some(weight) = content.weighs(properties) else {
            return;
        };
        let user = header.user.clone().map(|id| ("user", id));
        let Some(person) = user.or_else(|| header.anonymous.clone().map(|id| ("anonymous", id))) else {
            return;
        };
        let group = header.group.clone().map(|id| ("group", id));
        let day = Day::of(Timestamp(header.happened), &self.zone);
        let what = Event {
            call: header.call.clone(),
            name: header.name.clone(),
        };
        let count = self.rows.entry((person, group, what, day)).or_insert((0, 0.0));
        *count = (count.0 + 1, count.1 + weight);
    }

    /// The same by the ids under which usage is kept. Whom nobody knows there any more is left out.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub(super) fn resolved(&self, tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Counted>, DbError> {
        if self.rows.is_empty() {
            return Ok(Vec::new());
        }
        let names: BTreeSet<&str> = self
            .rows
            .keys()
            .map(|(_, _, event, _)| event.name.as_str())
            .collect();
        let names: Vec<&str> = names.into_iter().collect();
        let features: HashMap<Event, Uuid> = store::features(tx, workspace, &names)?.into_iter().collect();
        let mut ids: HashMap<Key, Uuid> = HashMap::new();
        for kind in ["user", "anonymous", "group"] {
            let keys = self.rows.keys();
            let named = keys.flat_map(|(person, group, ..)| [Some(person), group.as_ref()]);
            let of_kind: BTreeSet<&str> = named
                .flatten()
                .filter(|key| key.0 == kind)
                .map(|key| key.1.as_str())
                .collect();
            let values: Vec<&str> = of_kind.into_iter().collect();
            let found = store::names(tx, workspace, kind, &values)?.into_iter();
            ids.extend(found.map(|(value, id)| ((kind, value), id)));
        }
        let mut counted = Vec::new();
        for ((person, group, event, day), (events, total)) in &self.rows {
            let group = group.as_ref().unwrap_or(person);
            let known = ids.get(person).zip(ids.get(group)).zip(features.get(event));
            if let Some(((person, group), feature)) = known {
                counted.push(Counted {
                    person: *person,
                    group: *group,
                    feature: *feature,
                    day: *day,
                    events: *events,
                    total: *total,
                });
            }
        }
        Ok(counted)
    }
}

/// The properties of an event as it came; null where it has none.
pub(super) fn properties(raw: &str) -> Value {
    match serde_json::from_str::<Value>(raw) {
        Ok(Value::Object(mut event)) => event.remove("properties").unwrap_or_default(),
        _ => Value::Null,
    }
}
