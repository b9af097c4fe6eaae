//! Workspaces: one company using Tandem each. Every row of every feature belongs to one.
//!
//! A workspace's language and zone hold wherever nobody chose their own. A change carries the version it was made from.

pub mod api;
mod failures;
mod store;
mod views;
pub mod web;

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::i18n::Locale;

pub use views::WorkspaceFields;

use crate::actor::{Actor, Forbidden};
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::ladders;
use crate::permissions::Permission;

kit::id! {
    /// A workspace.
    WorkspaceId, "wsp"
}

/// A workspace's name, language or zone is another.
pub const CHANGED: Kind = Kind::new("workspace.changed", Permission::WorkspaceRead);

/// One company using Tandem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// The language of its texts where nobody chose one: `en`.
    pub locale: String,
    /// Its time zone: `Europe/Warsaw`.
    pub zone: String,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a workspace is made from, and changed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWorkspace {
    /// Its name.
    pub name: String,
    /// The language of its texts where nobody chose one.
    pub locale: String,
    /// Its time zone.
    pub zone: String,
}

/// Why a workspace was not made or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkspaceError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or longer than 100 characters.
    #[error("a workspace has a name of 1 to 100 characters")]
    NoName,
    /// The language is none that Tandem speaks.
    #[error("{0} is not a language of this program; write one like en")]
    UnknownLocale(String),
    /// The time zone is not one of the time zone database.
    #[error("{0} is not a time zone; write one like Europe/Warsaw")]
    UnknownZone(String),
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the workspace meanwhile")]
    Stale(Box<Workspace>),
    /// There is no such workspace.
    #[error("there is no such workspace")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl NewWorkspace {
    /// The same as it is stored.
    ///
    /// # Errors
    /// [`WorkspaceError::NoName`], [`WorkspaceError::UnknownLocale`], [`WorkspaceError::UnknownZone`].
    pub fn checked(&self) -> Result<Self, WorkspaceError> {
        let name: String = self.name.trim().chars().filter(|c| !c.is_control()).collect();
        if name.is_empty() || name.chars().count() > 100 {
            return Err(WorkspaceError::NoName);
        }
        let locale = Locale::parse(&self.locale);
        let locale = locale.ok_or_else(|| WorkspaceError::UnknownLocale(self.locale.clone()))?;
        if !kit::clock::is_zone(&self.zone) {
            return Err(WorkspaceError::UnknownZone(self.zone.clone()));
        }
        Ok(Self {
            name,
            locale: locale.tag().to_owned(),
            zone: self.zone.clone(),
        })
    }
}

/// Makes a workspace. There is no actor in it yet: only the command line and [`crate::setup`] come here.
///
/// # Errors
/// [`WorkspaceError`] for an empty name, an unknown language or zone.
pub fn create(tx: &mut Tx<'_>, new: &NewWorkspace) -> Result<Workspace, WorkspaceError> {
    let NewWorkspace { name, locale, zone } = new.checked()?;
    let workspace = Workspace {
        id: tx.new_id(),
        name,
        locale,
        zone,
        version: 1,
        created_at: tx.now(),
    };
    store::insert(tx, &workspace)?;
    ladders::found(tx, workspace.id, &workspace.locale)?;
    Ok(workspace)
}

/// Changes the name, language and zone of the actor's workspace, made from `version`.
///
/// # Errors
/// [`WorkspaceError::Stale`] with the workspace as it is when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    version: i64,
    text: &NewWorkspace,
) -> Result<Workspace, WorkspaceError> {
    actor.must(Permission::WorkspaceWrite)?;
    let text = text.checked()?;
    let now = find(tx, actor.workspace)?.ok_or(WorkspaceError::Unknown)?;
    if now.version != version {
        return Err(WorkspaceError::Stale(Box::new(now)));
    }
    if now.text() == text {
        return Ok(now);
    }
    let before = now.text();
    let workspace = Workspace {
        name: text.name,
        locale: text.locale,
        zone: text.zone,
        version: version + 1,
        ..now
    };
    store::update(tx, &workspace)?;
    let payload = serde_json::json!({ "name": workspace.name, "version": workspace.version });
    events::record(tx, actor, NewEvent::of(&CHANGED, workspace.id).payload(payload))?;
    let entry = Entry::of(Act::WorkspaceChanged, workspace.id)
        .named(&workspace.name)
        .before(facts(&before))
        .after(facts(&workspace.text()));
    audit::record(tx, actor, entry)?;
    Ok(workspace)
}

fn facts(text: &NewWorkspace) -> serde_json::Value {
    serde_json::json!({ "name": text.name, "locale": text.locale, "zone": text.zone })
}

impl Workspace {
    fn text(&self) -> NewWorkspace {
        NewWorkspace {
            name: self.name.clone(),
            locale: self.locale.clone(),
            zone: self.zone.clone(),
        }
    }
}

/// The workspace with this id.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, id: WorkspaceId) -> Result<Option<Workspace>, DbError> {
    store::find(tx, id)
}

/// The day it is now where the workspace is.
///
/// # Errors
/// [`DbError`] of the database.
pub fn today(tx: &mut Tx<'_>, id: WorkspaceId) -> Result<Day, DbError> {
    let zone = zone(tx, id)?;
    Ok(Day::of(tx.now(), &zone))
}

/// The day that has begun in a workspace since this was last asked under `name`; none while it is still the same. Days begin at
/// other hours elsewhere, so that what is done once a day asks often.
///
/// # Errors
/// [`DbError`] of the database.
pub fn new_day(tx: &mut Tx<'_>, id: WorkspaceId, name: &str) -> Result<Option<Day>, DbError> {
    let today = today(tx, id)?;
    if store::day(tx, id, name)? == Some(today) {
        return Ok(None);
    }
    store::set_day(tx, id, (name, today))?;
    Ok(Some(today))
}

/// The workspace's time zone.
///
/// # Errors
/// [`DbError`] of the database.
pub fn zone(tx: &mut Tx<'_>, id: WorkspaceId) -> Result<TimeZone, DbError> {
    let zone = find(tx, id)?.and_then(|workspace| TimeZone::get(&workspace.zone).ok());
    Ok(zone.unwrap_or(TimeZone::UTC))
}

/// Every workspace of this installation, oldest first; for the command line.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Workspace>, DbError> {
    store::all(tx)
}
