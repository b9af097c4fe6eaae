//! What is shown of an id, and why nothing was done.

use std::fmt;

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Forbidden;
use tandem_core::contacts::ContactId;

use crate::usage::people::{Name, NameId};
use crate::usage::settling::{Looked, Mark};

/// An id and who stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The id.
    pub name: Name,
    /// What it is called: by its traits, else as it is written.
    pub title: String,
    /// Who it is, and where its account comes from.
    pub looked: Looked,
    /// The account that somebody chose.
    pub chosen: Option<AccountId>,
    /// Who left it without an account.
    pub left: Option<Mark>,
    /// How many ids are this person; five thousand stand for more.
    pub ids: i64,
    /// A part of its links, those to contacts first.
    pub links: Vec<Link>,
    /// After which id the next part comes.
    pub next: Option<NameId>,
    /// How many of its ids are put down anew, and of how many, while that goes on.
    pub spread: Option<(i64, i64)>,
}

/// What an id leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// Another id.
    Name(NameId),
    /// The contact that it is taken for.
    Contact(ContactId),
}

/// What belongs together with an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The other end.
    pub other: Other,
    /// `user`, `anonymous`, `group` or `contact`.
    pub kind: String,
    /// As the sender writes it; the name of a contact.
    pub value: String,
    /// The address in the traits of the other end.
    pub email: Option<String>,
    /// Since when; none where nobody wrote it down.
    pub since: Option<Timestamp>,
    /// How that is known.
    pub heard: Heard,
    /// The name of the source that it was first heard from.
    pub source: Option<String>,
    /// Who ended it, while it is ended.
    pub ended: Option<Ended>,
}

/// How a link is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A browser and a user in one `identify`.
    Identify,
    /// One id was said to be another.
    Alias,
    /// A person was said to be in a group.
    Group,
    /// Both stood in one event.
    Event,
    /// The contact has this id as its own: somebody wrote it down.
    Number,
    /// The address of the user is the contact's.
    Address,
}

/// Who ended a link, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Who: a signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such id, or contact, here.
    #[error("there is no such id of usage")]
    Unknown,
    /// Nothing ever said that these belong together.
    #[error("there is no such link")]
    NoLink,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Other {
    /// Its id as it is stored.
    pub fn uuid(self) -> Uuid {
        match self {
            Self::Name(id) => id.uuid(),
            Self::Contact(id) => id.uuid(),
        }
    }

    /// What such an id is of; none for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let name = text.parse().map(Self::Name).ok();
        name.or_else(|| text.parse().map(Self::Contact).ok())
    }
}

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(id) => fmt::Display::fmt(id, f),
            Self::Contact(id) => fmt::Display::fmt(id, f),
        }
    }
}

impl Heard {
    /// What a call says.
    pub(super) fn of_call(call: &str) -> Self {
        match call {
            "identify" => Self::Identify,
            "alias" => Self::Alias,
            "group" => Self::Group,
            _ => Self::Event,
        }
    }

    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identify => "identify",
            Self::Alias => "alias",
            Self::Group => "group",
            Self::Event => "event",
            Self::Number => "external_id",
            Self::Address => "email",
        }
    }

    /// The key of its sentence in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Identify => "usage-identity-by-identify",
            Self::Alias => "usage-identity-by-alias",
            Self::Group => "usage-identity-by-group",
            Self::Event => "usage-identity-by-event",
            Self::Number => "usage-identity-by-number",
            Self::Address => "usage-identity-by-address",
        }
    }
}

impl Link {
    /// The other end, where it is a name.
    pub fn name(&self) -> Option<NameId> {
        match self.other {
            Other::Name(id) => Some(id),
            Other::Contact(_) => None,
        }
    }
}
