//! Whose events are: ids as senders write them, what is known of each, and how that leads to a person and an account.
//!
//! An id is never rewritten. What is said of two ids is an *edge*; what follows from all edges is worked out anew whenever
//! one comes, or a contact, membership or external id is another, so that the order in which anything came has no part in it
//! and everything can be taken back. An anonymous id is the person of the one user id that was ever seen with it; one with
//! several is nobody's; an alias makes one user id another. A user id is the contact that is known by it, or by the address in its traits.
//!
//! The account of an event is the one of its group; else the single account where the person is on that day; else none, and
//! the event waits among the unsettled.

mod following;
pub mod jobs;
pub mod measures;
pub mod personal;
mod placing;
mod store;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::contacts::ContactId;
use tandem_core::contacts::identities::{self, Kind, NewIdentity};
use tandem_core::workspaces::WorkspaceId;

pub use following::{follow_account, follow_contact, look, settle};
pub use placing::Placing;
pub use store::{Unsettled, titles, unsettled};

kit::id! {
    /// An id as a sender writes it.
    NameId, "unm"
}

/// What other systems' ids of users and groups are filed under, at contacts and at accounts.
pub const REALM: &str = "usage";

/// What an id is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A user of the product.
    User,
    /// A browser or a device.
    Anonymous,
    /// A customer of the product.
    Group,
}

impl NameKind {
    /// The word in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Anonymous => "anonymous",
            Self::Group => "group",
        }
    }
}

/// What is said of a name in traits, each with when: of several the newest holds, whichever came first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What it is called.
    pub title: Option<(i64, String)>,
    /// The address.
    pub email: Option<(i64, String)>,
}

impl Said {
    /// Adds what is said elsewhere.
    pub fn add(&mut self, other: Self) {
        // Of two that were said in the same moment the same one always holds.
        self.title = self.title.take().max(other.title);
        self.email = self.email.take().max(other.email);
    }
}

/// A name as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its id.
    pub id: NameId,
    /// What it is of.
    pub kind: String,
    /// As the sender writes it.
    pub value: String,
    /// The address in its traits.
    pub email: Option<String>,
    /// The contact that it is known to be.
    pub contact: Option<ContactId>,
}

/// The ids of names, and those of users that were made or have another address now.
pub type Ensured = (HashMap<(NameKind, String), NameId>, BTreeSet<NameId>);

/// The ids of names, made where there are none yet; and those of users that were made or have another address now.
///
/// # Errors
/// [`DbError`] of the database.
pub fn ensure(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    wanted: &BTreeMap<(NameKind, String), Said>,
) -> Result<Ensured, DbError> {
    let (mut ids, mut fresh) = (HashMap::new(), BTreeSet::new());
    for kind in [NameKind::User, NameKind::Anonymous, NameKind::Group] {
        let of_kind: Vec<_> = wanted.iter().filter(|((of, _), _)| *of == kind).collect();
        let values: Vec<&str> = of_kind.iter().map(|((_, value), _)| value.as_str()).collect();
        let known: HashMap<String, NameId> = store::ids(tx, workspace, kind, &values)?.into_iter().collect();
        for ((_, value), said) in of_kind {
            let id = match known.get(value) {
                Some(id) => *id,
                None => {
                    let id: NameId = tx.new_id();
                    store::insert(tx, workspace, (id, kind, value))?;
                    fresh.extend((kind == NameKind::User).then_some(id));
                    id
                }
            };
            if let Some(title) = &said.title {
                store::set_title(tx, workspace, id, title)?;
            }
            if let Some(email) = &said.email
                && store::set_email(tx, workspace, id, email)?
            {
                fresh.insert(id);
            }
            ids.insert((kind, value.clone()), id);
        }
    }
    Ok((ids, fresh))
}

/// A name that is made up, with what it is called and who it is: for sample data alone.
///
/// # Errors
/// [`DbError`] of the database.
pub fn invent(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (kind, value, title): (NameKind, &str, &str),
    contact: Option<ContactId>,
) -> Result<NameId, DbError> {
    let said = Said {
        title: Some((1, title.to_owned())),
        email: None,
    };
    let key = (kind, value.to_owned());
    let (ids, _) = ensure(tx, workspace, &BTreeMap::from([(key.clone(), said)]))?;
    let id = ids[&key];
    store::set_contact(tx, workspace, id, contact)?;
    Ok(id)
}

/// Says that two names belong together: one person, or a person in a group. Whether it was not known.
///
/// # Errors
/// [`DbError`] of the database.
pub fn join(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (NameId, NameId),
    at: Timestamp,
) -> Result<bool, DbError> {
    if from == to {
        return Ok(false);
    }
    store::insert_edge(tx, workspace, (from, to), at)
}

/// Finds the contact that a user id is; whether that is another than before.
///
/// # Errors
/// [`DbError`] of the database.
pub fn link(tx: &mut Tx<'_>, workspace: WorkspaceId, id: NameId) -> Result<bool, DbError> {
    let Some(name) = store::find(tx, workspace, id)? else {
        return Ok(false);
    };
    if name.kind != NameKind::User.as_str() {
        return Ok(false);
    }
    let external = NewIdentity {
        kind: Kind::External,
        realm: REALM.to_owned(),
        value: name.value.clone(),
    };
    let addresses = [Some(name.value.clone()), name.email.clone()];
    let addresses = addresses.into_iter().flatten().map(NewIdentity::email);
    let mut contact = None;
    for identity in std::iter::once(external).chain(addresses) {
        if let Ok(identity) = identity.checked() {
            contact = identities::who_is(tx, workspace, &identity)?.map(|contact| contact.root);
        }
        if contact.is_some() {
            break;
        }
    }
    if contact == name.contact {
        return Ok(false);
    }
    store::set_contact(tx, workspace, id, contact)?;
    Ok(true)
}
