//! What of usage counts: which events are *key actions*, by which people are active, and which event is the *first value* that an
//! account has of the product. A setting of the workspace; another one writes the past of the metrics anew.
//!
//! Without key events every event counts, a sign-in too; without a milestone nothing is known of first value.

pub mod api;
pub mod demo;
mod failures;
mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, WorkspaceId};

use super::backfill;
use super::folding::FeatureId;
use super::measures::history;
use super::own::{self, Event};

/// Something else counts than before.
pub const CHANGED: Kind = Kind::new("usage_counts.changed", Permission::UsageRead);
/// The name of the setting, for pages that show it.
pub const LIST: &str = "usage-counts";
/// Key events at most.
pub const MOST: usize = 20;
/// How often the event of a milestone must happen at most.
pub const MOST_TIMES: i64 = 1_000;
/// Events that can be chosen from.
const EVENTS: i64 = 2_000;

/// What counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UsageCountsContent")]
pub struct Content {
    /// The events that are key actions; without any, every event counts.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub key_events: Vec<Event>,
    /// What first value is; null where nobody said it.
    #[serde(default)]
    pub first_value: Option<Milestone>,
}

/// An event that, once it happened so often within an account, is its first value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FirstValueMilestone")]
pub struct Milestone {
    /// The event.
    pub event: Event,
    /// How often it must happen, whoever does it.
    #[schemars(range(min = 1, max = 1000))]
    pub times: i64,
}

/// What counts, and since when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What counts.
    pub content: Content,
    /// What counted before.
    pub previous: Content,
    /// Grows with every change; 0 when nothing was ever set.
    pub version: i64,
    /// Who set it, and when.
    pub set: Option<(String, Timestamp)>,
}

/// What counts, as it is asked of the days of usage.
#[derive(Clone, Debug, Default)]
pub(in crate::usage) struct Rules {
    /// The key actions; none where every event counts.
    pub(in crate::usage) keys: Option<Vec<FeatureId>>,
    /// What first value is, and how often it must happen; the event of one that never came has no id.
    pub(in crate::usage) first: Option<(Option<FeatureId>, i64)>,
    /// From which day on usage is known.
    pub(in crate::usage) watched: Option<Day>,
}

/// Why nothing was set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountsError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such event, or its name is too long: the number of the key event, from 1; 0 for that of first value.
    #[error("an event has a call and a name")]
    BadEvent(usize),
    /// Too many key events.
    #[error("up to 20 events are key actions")]
    TooMany,
    /// Too often, or never.
    #[error("first value is an event that happens 1 to 1000 times")]
    BadTimes,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What counts.
///
/// # Errors
/// [`CountsError::Forbidden`], or the database's.
pub fn of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Counts, CountsError> {
    actor.must(Permission::UsageRead)?;
    Ok(held(tx, actor.workspace)?)
}

/// What can be chosen from: every event that came, by name.
///
/// # Errors
/// [`CountsError::Forbidden`], or the database's.
pub fn known(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Event>, CountsError> {
    actor.must(Permission::UsageRead)?;
    Ok(own::known_events(tx, actor.workspace, EVENTS)?)
}

/// Says what counts; the past is written anew in the background. Saying the same again changes nothing.
///
/// # Errors
/// [`CountsError`].
pub fn set(tx: &mut Tx<'_>, actor: &Actor, content: &Content) -> Result<Counts, CountsError> {
    actor.must(Permission::UsageWrite)?;
    actor.must(Permission::UsageRead)?;
    let content = content.checked()?;
    let workspace = actor.workspace;
    let before = held(tx, workspace)?;
    if before.content == content {
        return Ok(before);
    }
    let after = Counts {
        content,
        previous: before.content.clone(),
        version: before.version + 1,
        set: Some((actor.signature(), tx.now())),
    };
    store::put(tx, workspace, &after)?;
    let entry = Entry::of(Act::UsageCountsChanged, workspace);
    let entry = entry.before(json!(before.content)).after(json!(after.content));
    audit::record(tx, actor, entry)?;
    let event = NewEvent::of(&CHANGED, workspace).topic(LIST);
    events::record(tx, actor, event.payload(json!({ "version": after.version })))?;
    history::ask_whole(tx, workspace, None)?;
    Ok(after)
}

/// Says what was said before.
///
/// # Errors
/// As of [`set`].
pub fn undo(tx: &mut Tx<'_>, actor: &Actor) -> Result<Counts, CountsError> {
    let before = of(tx, actor)?;
    set(tx, actor, &before.previous)
}

/// The key actions, for whoever reads the days; none where every event counts.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn keys(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Option<Vec<FeatureId>>, DbError> {
    let content = held(tx, workspace)?.content;
    keys_of(tx, workspace, &content)
}

fn keys_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    content: &Content,
) -> Result<Option<Vec<FeatureId>>, DbError> {
    if content.key_events.is_empty() {
        return Ok(None);
    }
    let known = ids(tx, workspace, &content.key_events)?;
    Ok(Some(known.into_iter().map(|(_, id)| id).collect()))
}

/// All that counts, for whoever reads the days.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn rules(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Rules, DbError> {
    let content = held(tx, workspace)?.content;
    let keys = keys_of(tx, workspace, &content)?;
    let Some(milestone) = content.first_value else {
        return Ok(Rules {
            keys,
            ..Rules::default()
        });
    };
    let known = ids(tx, workspace, &[milestone.event])?;
    Ok(Rules {
        keys,
        first: Some((known.first().map(|(_, id)| *id), milestone.times)),
        watched: watched_from(tx, workspace)?,
    })
}

/// Those of the events that ever came, with their ids.
fn ids(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    events: &[Event],
) -> Result<Vec<(Event, FeatureId)>, DbError> {
    let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
    let mut known = store::features(tx, workspace, &names)?;
    known.retain(|(event, _)| events.contains(event));
    Ok(known)
}

/// From which day on usage is known: since the first source was there whatever came was seen, and files brought what was before.
/// A single event that says it is older, by a clock that was wrong, tells nothing of what else was done by then.
fn watched_from(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Day>, DbError> {
    let zone = workspaces::zone(tx, workspace)?;
    let since = store::first_source(tx, workspace)?.map(|first| Day::of(first, &zone));
    let before = backfill::first_day(tx, workspace)?;
    Ok([since, before].into_iter().flatten().min())
}

/// What counts in a workspace, whoever asks.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn held(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Counts, DbError> {
    Ok(store::find(tx, workspace)?.unwrap_or_default())
}

impl Content {
    /// The content as it is kept: each key event once.
    fn checked(&self) -> Result<Self, CountsError> {
        let mut key_events: Vec<Event> = Vec::new();
        for (index, event) in self.key_events.iter().enumerate() {
            if !event.is_good() {
                return Err(CountsError::BadEvent(index + 1));
            }
            if !key_events.contains(event) {
                key_events.push(event.clone());
            }
        }
        if key_events.len() > MOST {
            return Err(CountsError::TooMany);
        }
        if let Some(milestone) = &self.first_value {
            if !milestone.event.is_good() {
                return Err(CountsError::BadEvent(0));
            }
            if !(1..=MOST_TIMES).contains(&milestone.times) {
                return Err(CountsError::BadTimes);
            }
        }
        Ok(Self {
            key_events,
            first_value: self.first_value.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(name: &str) -> Event {
        Event {
            call: "track".to_owned(),
            name: name.to_owned(),
        }
    }

    #[test]
    fn an_event_counts_once_and_what_cannot_be_is_refused() {
        let twice = Content {
            key_events: vec![event("Export made"), event("Report opened"), event("Export made")],
            first_value: None,
        };
        let kept = twice.checked().unwrap();
        assert_eq!(kept.key_events, [event("Export made"), event("Report opened")]);
        let nameless = Content {
            key_events: vec![event("Export made"), event("")],
            first_value: None,
        };
        assert_eq!(nameless.checked(), Err(CountsError::BadEvent(2)));
        let first = |times| Content {
            key_events: Vec::new(),
            first_value: Some(Milestone {
                event: event("Export made"),
                times,
            }),
        };
        assert!(first(1).checked().is_ok() && first(MOST_TIMES).checked().is_ok());
        assert_eq!(first(0).checked(), Err(CountsError::BadTimes));
        assert_eq!(first(MOST_TIMES + 1).checked(), Err(CountsError::BadTimes));
        let many = Content {
            key_events: (0..=MOST).map(|number| event(&number.to_string())).collect(),
            first_value: None,
        };
        assert_eq!(many.checked(), Err(CountsError::TooMany));
    }
}
