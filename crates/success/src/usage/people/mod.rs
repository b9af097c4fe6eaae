//! Whose events are: ids as senders write them, what is known of each, and how that leads to a person and an account.
//!
//! An id is never rewritten. What is said of two ids is an *edge*; what follows from all edges is worked out anew whenever
//! one comes, or a contact, membership or external id is another, so that the order in which anything came has no part in it
//! and everything can be taken back: an edge that somebody *ends* stays where it is and counts no more. An anonymous id is
//! the person of the one user id that was ever seen with it; one with several is nobody's; an alias makes one user id
//! another. A user id is the contact that is known by it, or by the address in its traits.
//!
//! The account of an event is the one of its group; else the single account where the person is on that day; else the one
//! that somebody chose for them; else none, and the event waits among the unsettled.

mod following;
pub mod jobs;
mod known;
pub mod measures;
mod moving;
pub mod personal;
mod places;
mod placing;
pub mod shifting;
mod store;
mod walking;
mod written;

use std::collections::{BTreeSet, HashMap, HashSet};

use kit::db::{DbError, Tx};
use tandem_core::accounts::merging::{Part, Way};
use tandem_core::contacts::ContactId;
use tandem_core::contacts::identities::{self, Kind, NewIdentity};
use tandem_core::workspaces::WorkspaceId;

use super::protocol::Call;
use super::sources::SourceId;

pub use following::{follow_account, follow_contact, follow_names, look, look_in_turn, settle};
pub(in crate::usage) use moving::spread;
pub use placing::Placing;
pub use store::titles;
pub(in crate::usage) use written::fold_some;

kit::id! {
    /// An id as a sender writes it.
    NameId, "unm"
}

/// How many ids of a person are counted at most: so many stand for more.
pub const MANY: i64 = placing::ASKED as i64;

/// What other systems' ids of users and groups are filed under, at contacts and at accounts.
pub const REALM: &str = "usage";

/// What a merge of accounts does with the accounts that were chosen for people.
pub const MERGES: Part = Part::new("usage_placements", Way::Move);

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

    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        let mut all = [Self::User, Self::Anonymous, Self::Group].into_iter();
        all.find(|kind| kind.as_str() == word)
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

impl Name {
    /// What stands in the place of the value once the person was erased.
    fn erased(id: NameId) -> String {
        format!("erased {id}")
    }

    /// Whether the person was erased.
    fn is_erased(&self) -> bool {
        self.value == Self::erased(self.id)
    }
}

/// A name and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it is of.
    pub kind: NameKind,
    /// As the sender writes it.
    pub value: String,
    /// What is said of it.
    pub said: Said,
}

/// Names as they are stored now.
#[derive(Debug, Default)]
pub struct Ensured {
    /// The id of each, in their order.
    pub ids: Vec<NameId>,
    /// Those that were made.
    pub fresh: HashSet<NameId>,
    /// Users that were made or have another address now: they may be another contact.
    pub users: BTreeSet<NameId>,
}

/// A name of a workspace.
///
/// # Errors
/// [`DbError`] of the database.
pub fn name(tx: &mut Tx<'_>, workspace: WorkspaceId, id: NameId) -> Result<Option<Name>, DbError> {
    store::find(tx, workspace, id)
}

/// The names of a contact and of those for whom they stand.
///
/// # Errors
/// [`DbError`] of the database.
pub fn names_of(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<Vec<Name>, DbError> {
    let ids = store::of_contact(tx, workspace, contact)?;
    known::names(tx, workspace, &ids)
}

/// Makes the names that there are not yet, and keeps what is said of them: by a few statements, however many they are. No
/// two of them are the same.
///
/// # Errors
/// [`DbError`] of the database.
pub fn ensure(tx: &mut Tx<'_>, workspace: WorkspaceId, wanted: &[Named]) -> Result<Ensured, DbError> {
    let mut ids: HashMap<(NameKind, &str), NameId> = HashMap::with_capacity(wanted.len());
    let mut ensured = Ensured::default();
    for kind in [NameKind::User, NameKind::Anonymous, NameKind::Group] {
        let of_kind = wanted.iter().filter(|name| name.kind == kind);
        let values: Vec<&str> = of_kind.map(|name| name.value.as_str()).collect();
        if values.is_empty() {
            continue;
        }
        let known: HashMap<String, NameId> = store::ids(tx, workspace, kind, &values)?.into_iter().collect();
        let mut made: Vec<(NameId, &str)> = Vec::new();
        for value in values {
            let id = match known.get(value) {
                Some(id) => *id,
                None => {
                    let id = tx.new_id();
                    made.push((id, value));
                    id
                }
            };
            ids.insert((kind, value), id);
        }
        written::insert(tx, workspace, kind, &made)?;
        ensured.fresh.extend(made.iter().map(|(id, _)| *id));
        if kind == NameKind::User {
            ensured.users.extend(made.iter().map(|(id, _)| *id));
        }
    }
    ensured.ids = wanted
        .iter()
        .map(|name| ids[&(name.kind, name.value.as_str())])
        .collect();
    let said: Vec<(NameId, &Said)> = ensured
        .ids
        .iter()
        .zip(wanted)
        .filter(|(_, name)| name.said != Said::default())
        .map(|(id, name)| (*id, &name.said))
        .collect();
    let moved = keep(tx, workspace, &said)?;
    ensured.users.extend(moved);
    Ok(ensured)
}

/// Keeps the newest of what is said of names; gives those that have another address now.
fn keep(tx: &mut Tx<'_>, workspace: WorkspaceId, said: &[(NameId, &Said)]) -> Result<Vec<NameId>, DbError> {
    if said.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<NameId> = said.iter().map(|(id, _)| *id).collect();
    let before: HashMap<NameId, Said> = store::said(tx, workspace, &ids)?.into_iter().collect();
    let (mut titles, mut emails, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for (id, said) in said {
        let before = before.get(id).cloned().unwrap_or_default();
        if let Some(title) = &said.title
            && said.title > before.title
        {
            titles.push((*id, title));
        }
        if let Some(email) = &said.email
            && said.email > before.email
        {
            emails.push((*id, email));
            if before.email.is_none_or(|(_, before)| before != email.1) {
                moved.push(*id);
            }
        }
    }
    written::set_titles(tx, workspace, &titles)?;
    store::set_emails(tx, workspace, &emails)?;
    Ok(moved)
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
    let named = Named {
        kind,
        value: value.to_owned(),
        said: Said {
            title: Some((1, title.to_owned())),
            email: None,
        },
    };
    let ensured = ensure(tx, workspace, &[named])?;
    let id = ensured.ids[0];
    store::set_contacts(tx, workspace, &[(id, contact)])?;
    Ok(id)
}

/// Two names that belong together, and how that was heard first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// From which.
    pub from: NameId,
    /// To which.
    pub to: NameId,
    /// Since when, in microseconds.
    pub at: i64,
    /// With which call.
    pub call: Call,
    /// Where that came from.
    pub source: SourceId,
}

/// Says that names belong together, each two of them: one person, or a person in a group. Gives those of which it was
/// not known; one that somebody ended is known, and stays ended.
///
/// # Errors
/// [`DbError`] of the database.
pub fn join(tx: &mut Tx<'_>, workspace: WorkspaceId, edges: &[Edge]) -> Result<Vec<Edge>, DbError> {
    let from: BTreeSet<NameId> = edges.iter().map(|edge| edge.from).collect();
    let from: Vec<NameId> = from.into_iter().collect();
    if from.is_empty() {
        return Ok(Vec::new());
    }
    let known: HashMap<(NameId, NameId), i64> = store::edges(tx, workspace, &from)?.into_iter().collect();
    let (mut new, mut older) = (Vec::new(), Vec::new());
    for edge in edges.iter().filter(|edge| edge.from != edge.to) {
        match known.get(&(edge.from, edge.to)) {
            None => new.push(*edge),
            Some(seen) if edge.at < *seen => older.push(*edge),
            Some(_) => {}
        }
    }
    store::insert_edges(tx, workspace, &new)?;
    store::set_heard(tx, workspace, &older)?;
    Ok(new)
}

/// Finds the contacts that user ids are; gives those of them that are another than before. Who somebody said they are not
/// they are not.
///
/// # Errors
/// [`DbError`] of the database.
pub fn link(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &BTreeSet<NameId>,
) -> Result<BTreeSet<NameId>, DbError> {
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ids: Vec<NameId> = ids.iter().copied().collect();
    let mut names = known::names(tx, workspace, &ids)?;
    names.retain(|name| name.kind == NameKind::User.as_str());
    let known_as: Vec<Vec<NewIdentity>> = names.iter().map(identities_of).collect();
    let all = || known_as.iter().flatten();
    let folded = |kind: Kind| -> BTreeSet<String> {
        let of_kind = all().filter(|identity| identity.kind == kind);
        of_kind.map(NewIdentity::folded).collect()
    };
    let mut contacts: HashMap<(Kind, String), ContactId> = HashMap::new();
    for (kind, realm) in [(Kind::External, REALM), (Kind::Email, "")] {
        let values = folded(kind);
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        for (value, contact) in identities::known_by(tx, workspace, (kind, realm), &values)? {
            contacts.insert((kind, value), contact);
        }
    }
    let ended: HashSet<(NameId, ContactId)> =
        known::ended_contacts(tx, workspace, &ids)?.into_iter().collect();
    let mut linked = Vec::new();
    for (name, identities) in names.iter().zip(&known_as) {
        let mut found = identities
            .iter()
            .filter_map(|identity| contacts.get(&(identity.kind, identity.folded())).copied())
            .filter(|contact| !ended.contains(&(name.id, *contact)));
        let contact = found.next();
        if contact != name.contact {
            linked.push((name.id, contact));
        }
    }
    store::set_contacts(tx, workspace, &linked)?;
    Ok(linked.into_iter().map(|(id, _)| id).collect())
}

/// By what a user may be known as a contact, what says most first.
fn identities_of(name: &Name) -> Vec<NewIdentity> {
    let external = NewIdentity {
        kind: Kind::External,
        realm: REALM.to_owned(),
        value: name.value.clone(),
    };
    let addresses = [Some(name.value.clone()), name.email.clone()];
    let addresses = addresses.into_iter().flatten().map(NewIdentity::email);
    let all = std::iter::once(external).chain(addresses);
    all.filter_map(|identity| identity.checked().ok()).collect()
}
