//! What a contact does with the product: when they were last seen, by how many ids they are known, and what they used lately.

mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::web::Failure;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::contacts::{self, ContactError, ContactId};
use tandem_core::panels::{Panel, Place, Width};
use tandem_core::permissions::Permission;

use super::people::NameId;

/// How many days of features are shown.
pub const WINDOW: i64 = 30;
/// How many features are shown.
const SHOWN: i64 = 20;

/// The panel of the contact's page.
pub const PANEL: Panel = Panel {
    width: Width::Line,
    lines: 4,
    ..Panel::new(
        "contact-usage",
        Place::Contact,
        Permission::UsageRead,
        "/contacts/{id}/usage",
    )
};

/// What a contact does with the product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactUsage {
    /// What they are called.
    pub name: String,
    /// When they were last seen; none for never.
    pub last: Option<Timestamp>,
    /// How often they did anything in thirty days.
    pub events: i64,
    /// The ids that the product calls them by.
    pub ids: usize,
    /// The browsers and devices that they were seen with.
    pub devices: usize,
    /// What they used in thirty days: the call, its name, how often, and when last; what they did most first.
    pub features: Vec<(String, String, i64, Timestamp)>,
}

/// Why nothing is shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactUsageError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such contact here.
    #[error("there is no such contact")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<ContactError> for ContactUsageError {
    fn from(error: ContactError) -> Self {
        match error {
            ContactError::Forbidden(missing) => missing.into(),
            ContactError::Db(error) => error.into(),
            _ => Self::Unknown,
        }
    }
}

impl From<ContactUsageError> for Failure {
    fn from(error: ContactUsageError) -> Self {
        match error {
            ContactUsageError::Forbidden(missing) => {
                Self::of(http::StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            ContactUsageError::Unknown => Self::of(http::StatusCode::NOT_FOUND),
            ContactUsageError::Db(error) => error.into(),
        }
    }
}

/// What a contact did with the product until `today`.
///
/// # Errors
/// [`ContactUsageError::Unknown`] for a contact of no or another workspace, a missing permission, or the database's.
pub fn of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
    today: Day,
) -> Result<ContactUsage, ContactUsageError> {
    actor.must(Permission::UsageRead)?;
    let workspace = actor.workspace;
    let found = contacts::find(tx, actor, contact)?.ok_or(ContactUsageError::Unknown)?;
    let (contact, name) = (found.root, found.text.name);
    let own = store::own(tx, workspace, contact)?;
    let devices = store::devices(tx, workspace, contact)?;
    let mut all: Vec<NameId> = own.iter().chain(&devices).copied().collect();
    all.sort_unstable();
    all.dedup();
    if all.is_empty() {
        return Ok(ContactUsage {
            name,
            ..ContactUsage::default()
        });
    }
    let since = today.plus_days(1 - WINDOW);
    let (last, events) = store::seen(tx, workspace, (contact, &all), since)?;
    Ok(ContactUsage {
        name,
        last,
        events,
        ids: own.len(),
        devices: devices.len(),
        features: store::features(tx, workspace, (contact, &all), since, SHOWN)?,
    })
}
