//! How a contact reads: in which language and by which clock what goes to them is written.

use jiff::tz::TimeZone;
use kit::db::{DbError, Tx};
use kit::i18n::{Locale, Text};

use super::{Contact, ContactId, store};
use crate::workspaces::{self, WorkspaceId};

/// The words and formats for a contact: their own language, where we speak it, and their own time zone; the workspace's for
/// what is not known of them, and for nobody in particular. Of a merged contact that is what is written about who they
/// turned out to be.
///
/// # Errors
/// [`DbError`] of the database.
pub fn reader(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: Option<ContactId>) -> Result<Text, DbError> {
    let contact = match contact {
        Some(id) => standing(tx, workspace, id)?,
        None => None,
    };
    let own = contact.map(|contact| contact.text).unwrap_or_default();
    let home = workspaces::find(tx, workspace)?;
    let locale = own.language.as_deref().and_then(Locale::parse);
    let locale = locale.or_else(|| Locale::parse(&home.as_ref()?.locale));
    let zone = own.time_zone.and_then(|zone| TimeZone::get(&zone).ok());
    let zone = zone.or_else(|| TimeZone::get(&home.as_ref()?.zone).ok());
    Ok(Text::new(
        locale.unwrap_or_else(Locale::english),
        zone.unwrap_or(TimeZone::UTC),
        tx.now(),
    ))
}

/// Who stands for a contact.
fn standing(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ContactId) -> Result<Option<Contact>, DbError> {
    match store::find(tx, workspace, id)? {
        Some(contact) if contact.is_merged() => store::find(tx, workspace, contact.root),
        found => Ok(found),
    }
}
