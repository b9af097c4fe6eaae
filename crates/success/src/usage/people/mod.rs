//! Whose events are: ids as senders write them, what is known of each, and how that leads to a person and an account.
//!
//! An id is never rewritten. What is said of two ids is an *edge*; what follows from all edges is worked out anew whenever
//! one comes, or a contact, membership or external id is another, so that the order in which anything came has no part in it
//! and everything can be taken back. An anonymous id is the person of the one user id that was ever seen with it; one with
//! several is nobody's. A user id is the contact that is known by it, or by the address in its traits.
//!
//! The account of an event is the one of its group; else the single account where the person is on that day; else none, and
//! the event waits among the unsettled.

pub mod jobs;
pub mod personal;
mod store;

use std::collections::{BTreeMap, HashMap, HashSet};

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::{AccountId, external_ids};
use tandem_core::actor::Actor;
use tandem_core::contacts::identities::{self, Kind, NewIdentity};
use tandem_core::contacts::{ContactId, memberships};
use tandem_core::workspaces::WorkspaceId;

pub use store::{Unsettled, titles, unsettled};

use super::folding::store as days;

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

/// What is said of a name in traits, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// When it was said.
    pub at: i64,
    /// What it is called.
    pub title: Option<String>,
    /// The address.
    pub email: Option<String>,
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

/// The ids of names, and those of them that were made or are called otherwise now.
pub type Ensured = (HashMap<(NameKind, String), NameId>, HashSet<NameId>);

/// An account, and from when until when it holds.
type Place = (AccountId, Option<Day>, Option<Day>);

/// Whose the events of one person in one group are.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Whose {
    who: kit::id::Uuid,
    places: Vec<Place>,
}

impl Whose {
    /// The account on a day: the single one that holds.
    fn account(&self, day: Day) -> Option<AccountId> {
        let holds = |place: &&Place| {
            place.1.is_none_or(|since| since <= day) && place.2.is_none_or(|until| until >= day)
        };
        let mut found: Vec<AccountId> = self.places.iter().filter(holds).map(|place| place.0).collect();
        found.sort();
        found.dedup();
        match found[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// The ids of names, made where there are none yet; and those that were made.
///
/// # Errors
/// [`DbError`] of the database.
pub fn ensure(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    wanted: &BTreeMap<(NameKind, String), Said>,
) -> Result<Ensured, DbError> {
    let (mut ids, mut fresh) = (HashMap::new(), HashSet::new());
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
                    fresh.insert(id);
                    id
                }
            };
            let says = said.title.is_some() || said.email.is_some();
            if says && store::describe(tx, workspace, id, said)? {
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
        at: 1,
        title: Some(title.to_owned()),
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

/// Works out anew whose the events are in which these names take part.
///
/// # Errors
/// [`DbError`] of the database.
pub fn attribute(tx: &mut Tx<'_>, workspace: WorkspaceId, names: &HashSet<NameId>) -> Result<(), DbError> {
    let mut concerned: HashSet<NameId> = names.clone();
    for name in names {
        link(tx, workspace, *name)?;
        // An anonymous id is whoever the user id behind its edge is; a person may be where their group is.
        concerned.extend(store::pointing_at(tx, workspace, *name)?);
    }
    let again: Vec<NameId> = concerned.iter().copied().collect();
    for name in again {
        concerned.extend(store::pointing_at(tx, workspace, name)?);
    }
    for name in &concerned {
        for (person, group) in days::pairs(tx, workspace, *name)? {
            let whose = whose(tx, workspace, person, group)?;
            days::set_who(tx, workspace, (person, group), whose.who)?;
            for (day, known) in days::days_of(tx, workspace, (person, group))? {
                let account = whose.account(day);
                if account != known {
                    days::set_account(tx, workspace, (person, group), day, account)?;
                }
            }
        }
    }
    Ok(())
}

/// Finds the contact that a user id is.
fn link(tx: &mut Tx<'_>, workspace: WorkspaceId, id: NameId) -> Result<(), DbError> {
    let Some(name) = store::find(tx, workspace, id)? else {
        return Ok(());
    };
    if name.kind != NameKind::User.as_str() {
        return Ok(());
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
    if contact != name.contact {
        store::set_contact(tx, workspace, id, contact)?;
    }
    Ok(())
}

fn whose(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    person: NameId,
    group: Option<NameId>,
) -> Result<Whose, DbError> {
    let root = root(tx, workspace, person)?;
    let contact = match store::find(tx, workspace, root)? {
        Some(name) => name.contact,
        None => None,
    };
    let who = contact.map_or(uuid(root), uuid);
    if let Some(group) = group {
        let account = account_of_group(tx, workspace, group)?;
        let places = account.map(|account| (account, None, None)).into_iter().collect();
        return Ok(Whose { who, places });
    }
    let system = Actor::system(workspace, "usage");
    let mut places: Vec<Place> = Vec::new();
    if let Some(contact) = contact {
        let all = memberships::of_contact(tx, &system, contact).unwrap_or_default();
        for (membership, _) in all {
            let day = |date: Option<jiff::civil::Date>| date.and_then(|date| date.to_string().parse().ok());
            places.push((
                membership.account,
                day(membership.text.since),
                day(membership.text.until),
            ));
        }
    }
    for group in store::groups_of(tx, workspace, root)? {
        if let Some(account) = account_of_group(tx, workspace, group)? {
            places.push((account, None, None));
        }
    }
    Ok(Whose { who, places })
}

fn uuid<T: kit::id::TypedId>(id: T) -> kit::id::Uuid {
    id.uuid()
}

/// Who stands behind a name: the one user id that was seen with an anonymous one, else itself.
fn root(tx: &mut Tx<'_>, workspace: WorkspaceId, person: NameId) -> Result<NameId, DbError> {
    match store::users_behind(tx, workspace, person)?[..] {
        [one] => Ok(one),
        _ => Ok(person),
    }
}

/// The account of a group: whose external id it is in the realm of usage, in any other if that is one account's alone, or
/// the account's own id.
fn account_of_group(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    group: NameId,
) -> Result<Option<AccountId>, DbError> {
    let Some(name) = store::find(tx, workspace, group)? else {
        return Ok(None);
    };
    if let Ok(id) = name.value.parse::<AccountId>()
        && tandem_core::accounts::exists(tx, workspace, id)?
    {
        return Ok(Some(id));
    }
    external_ids::account_called(tx, workspace, REALM, &name.value)
}

/// Works out anew whose events are that may concern an account: after it was merged, or is called otherwise.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow_account(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    let values = external_ids::values_of(tx, workspace, account)?;
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let mut names: HashSet<NameId> = store::ids(tx, workspace, NameKind::Group, &values)?
        .into_iter()
        .map(|(_, id)| id)
        .collect();
    names.extend(days::groups_of_account(tx, workspace, account)?);
    names.extend(days::persons_of_account(tx, workspace, account)?);
    attribute(tx, workspace, &names)
}

/// The same after a contact came, is known otherwise, or is somewhere else.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow_contact(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<(), DbError> {
    let system = Actor::system(workspace, "usage");
    let known = identities::of(tx, &system, contact).unwrap_or_default();
    let values: Vec<&str> = known.iter().map(|identity| identity.value.as_str()).collect();
    let mut names: HashSet<NameId> = store::ids(tx, workspace, NameKind::User, &values)?
        .into_iter()
        .map(|(_, id)| id)
        .collect();
    names.extend(store::of_contact(tx, workspace, contact)?);
    names.extend(store::with_emails(tx, workspace, &values)?);
    attribute(tx, workspace, &names)
}
