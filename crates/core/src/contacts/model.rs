//! What a contact is, by what they are known, and what they are to an account.

use kit::clock::{Timestamp, is_zone};
use kit::db::DbError;
use kit::text::fold;
use kit::web::api::cursor;
use serde::{Deserialize, Serialize};

use super::identities::Trouble;
use super::{ContactId, LIST};
use crate::actor::Forbidden;

/// A person at an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Their id.
    pub id: ContactId,
    /// The contact they turned out to be; their own id unless they were merged.
    pub root: ContactId,
    /// What people write about them.
    pub text: ContactText,
    /// Grows by one with every change of the text.
    pub version: i64,
    /// When they came.
    pub created_at: Timestamp,
    /// When the text last changed.
    pub changed_at: Timestamp,
}

/// What people write about a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactText {
    /// Their name.
    pub name: String,
    /// The language they are written to in; none for the workspace's.
    pub language: Option<String>,
    /// Their time zone (IANA); none for the workspace's.
    pub time_zone: Option<String>,
    /// What everybody should know before speaking to them; may be empty.
    pub note: String,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or longer than 200 characters.
    #[error("a name has 1 to 200 characters")]
    BadName,
    /// The language is no tag of one (BCP 47).
    #[error("{0} is not a language tag like en or pt-BR")]
    BadLanguage(String),
    /// No such time zone.
    #[error("{0} is not a time zone")]
    BadZone(String),
    /// The note is too long.
    #[error("a note has up to 2000 characters")]
    LongNote,
    /// The identity is not of its kind.
    #[error("{0}")]
    BadIdentity(#[from] Trouble),
    /// Another contact is known by this.
    #[error("another contact is known by this")]
    IdentityTaken(Box<Contact>),
    /// The title is too long.
    #[error("a title has up to 200 characters")]
    LongTitle,
    /// The membership ends before it begins.
    #[error("the last day is before the first")]
    EndsBeforeStart,
    /// There is no such account here.
    #[error("there is no such account")]
    NoAccount,
    /// A contact can't be merged into this one: it is itself, or none of this workspace.
    #[error("choose another contact of this workspace")]
    BadMerge,
    /// There is no such contact here.
    #[error("there is no such contact")]
    Unknown,
    /// Someone changed them meanwhile; this is how they are now.
    #[error("someone changed the contact meanwhile")]
    Stale(Box<Contact>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl ContactText {
    /// The text as it is stored: trimmed, empty wishes as none.
    ///
    /// # Errors
    /// [`ContactError`] for a field that does not fit.
    pub fn checked(&self) -> Result<Self, ContactError> {
        let name: String = self.name.trim().chars().filter(|c| !c.is_control()).collect();
        if name.is_empty() || name.chars().count() > 200 {
            return Err(ContactError::BadName);
        }
        let note = self.note.trim().replace("\r\n", "\n");
        if note.chars().count() > 2_000 {
            return Err(ContactError::LongNote);
        }
        let (language, time_zone) = (wish(self.language.as_deref()), wish(self.time_zone.as_deref()));
        if let Some(word) = language.as_ref().filter(|word| !is_language(word)) {
            return Err(ContactError::BadLanguage(word.clone()));
        }
        if let Some(zone) = time_zone.as_ref().filter(|zone| !is_zone(zone)) {
            return Err(ContactError::BadZone(zone.clone()));
        }
        Ok(Self {
            name,
            language,
            time_zone,
            note,
        })
    }
}

/// Whether `tag` has the shape of a language tag: a language of two or three letters, and parts of up to eight.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_first =
        |part: &str| (2..=3).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphabetic());
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
    tag.len() <= 35 && parts.next().is_some_and(is_first) && parts.all(is_part)
}

fn wish(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

impl Contact {
    pub(super) fn new(id: ContactId, text: ContactText, now: Timestamp) -> Self {
        Self {
            id,
            root: id,
            text,
            version: 1,
            created_at: now,
            changed_at: now,
        }
    }

    /// Whether they turned out to be another contact.
    pub fn is_merged(&self) -> bool {
        self.root != self.id
    }

    /// The place after this contact in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            name: fold(&self.text.name),
            id: self.id,
        }
    }
}

/// A place in the list of contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The folded name of the last contact seen.
    pub name: String,
    /// Their id.
    pub id: ContactId,
}

impl Cursor {
    /// The text for URLs.
    pub fn encode(&self) -> String {
        cursor::write(LIST, self)
    }

    /// Reads what [`Cursor::encode`] wrote; `None` for anything else.
    pub fn decode(text: &str) -> Option<Self> {
        cursor::read(LIST, text)
    }
}
