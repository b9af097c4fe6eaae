//! Finding contacts: the list as somebody filters it.
//!
//! Where an account or a tag is asked for, those who have it are looked at; else contacts are looked at in the order that
//! the list has.

mod store;

use std::collections::BTreeSet;

use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use kit::text::fold;
use kit::web::Order;
use kit::web::table::Sort;
use serde::Deserialize;

use super::listing::{self, Spot, TABLE};
use super::memberships::ContactRole;
use super::{Contact, ContactError, ContactId, Cursor};
use crate::accounts::{self, AccountError, AccountId};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::tags::TagId;

/// Accounts of a name that are looked at.
const ACCOUNTS: i64 = 20;
/// Contacts that one filter leaves at most.
const FEW: i64 = 20_000;

/// What an address asks of the list; what is empty, asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// A part of the name.
    pub q: String,
    /// An account's id, or how its name begins; `none` for those who are at no account.
    pub account: String,
    /// A role at an account.
    pub role: String,
    /// A tag's id.
    pub tag: String,
}

/// What is asked, with ids.
struct Asked {
    like: String,
    role: &'static str,
    is_homeless: bool,
    /// Only these, where an account or a tag is asked for.
    among: Option<Vec<ContactId>>,
}

impl Wishes {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.pairs().iter().all(|(_, value)| value.trim().is_empty())
    }

    /// The pairs of the address.
    pub fn pairs(&self) -> [(&'static str, &str); 4] {
        [
            ("q", &self.q),
            ("account", &self.account),
            ("role", &self.role),
            ("tag", &self.tag),
        ]
    }

    /// Who only asks for contacts at no account.
    pub fn is_homeless(&self) -> bool {
        self.account.trim() == "none"
    }

    fn asked(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Asked, ContactError> {
        let plain: String = fold(self.q.trim())
            .chars()
            .map(|c| if "%_\\".contains(c) { '_' } else { c })
            .collect();
        let roles = ContactRole::ALL.map(ContactRole::as_str);
        let mut sets: Vec<BTreeSet<ContactId>> = Vec::new();
        let account = self.account.trim();
        if !account.is_empty() && !self.is_homeless() {
            let accounts = meant(tx, actor, account)?;
            sets.push(
                store::at(tx, actor.workspace, &accounts, FEW)?
                    .into_iter()
                    .collect(),
            );
        }
        if !self.tag.trim().is_empty() {
            let tag = self
                .tag
                .trim()
                .parse::<TagId>()
                .map_or(Uuid::nil(), |tag| tag.uuid());
            sets.push(
                store::tagged(tx, actor.workspace, tag, FEW)?
                    .into_iter()
                    .collect(),
            );
        }
        let both = sets.into_iter().reduce(|one, other| &one & &other);
        Ok(Asked {
            like: format!("%{plain}%"),
            role: roles
                .into_iter()
                .find(|role| *role == self.role)
                .unwrap_or_default(),
            is_homeless: self.is_homeless(),
            among: both.map(|both| both.into_iter().collect()),
        })
    }
}

/// The accounts that are meant: by an id, or by how their names begin.
fn meant(tx: &mut Tx<'_>, actor: &Actor, written: &str) -> Result<Vec<AccountId>, ContactError> {
    if let Ok(id) = written.parse() {
        return Ok(vec![id]);
    }
    match accounts::named(tx, actor, written, ACCOUNTS) {
        Ok(found) => Ok(found.into_iter().map(|account| account.id).collect()),
        Err(AccountError::Forbidden(missing)) => Err(missing.into()),
        Err(AccountError::Db(error)) => Err(error.into()),
        Err(_) => Err(ContactError::NoAccount),
    }
}

/// Up to `limit` contacts as they are asked for, by name after `cursor`; merged ones are left out.
///
/// # Errors
/// [`ContactError::Forbidden`], or the database's.
pub fn found(
    tx: &mut Tx<'_>,
    actor: &Actor,
    wishes: &Wishes,
    cursor: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Contact>, ContactError> {
    actor.must(Permission::ContactsRead)?;
    if wishes.is_empty() {
        return super::list(tx, actor, cursor, limit);
    }
    let asked = wishes.asked(tx, actor)?;
    let start = Cursor {
        name: String::new(),
        id: ContactId::from_uuid(Uuid::nil()),
    };
    let from = cursor.unwrap_or(&start);
    Ok(match &asked.among {
        Some(few) => store::among(tx, actor.workspace, &asked, few, (from, limit))?,
        None => store::along(tx, actor.workspace, &asked, (from, limit))?,
    })
}

/// The same in any order of the list, from `spot` on.
pub(super) fn sorted(
    tx: &mut Tx<'_>,
    actor: &Actor,
    wishes: &Wishes,
    (sort, spot): (Sort, Option<&Spot>),
    limit: i64,
) -> Result<Vec<Contact>, ContactError> {
    if sort == TABLE.sort {
        let cursor = spot.and_then(|spot| {
            let name = spot.text()?.to_owned();
            Some(Cursor { name, id: spot.id })
        });
        return found(tx, actor, wishes, cursor.as_ref(), limit);
    }
    actor.must(Permission::ContactsRead)?;
    let asked = wishes.asked(tx, actor)?;
    let Some(few) = &asked.among else {
        return Ok(store::ordered(tx, actor.workspace, &asked, (sort, spot), limit)?);
    };
    let start = Cursor {
        name: String::new(),
        id: ContactId::from_uuid(Uuid::nil()),
    };
    let mut all = store::among(tx, actor.workspace, &asked, few, (&start, FEW))?;
    all.sort_by_cached_key(|contact| (listing::value(contact, sort), contact.id));
    if sort.order == Order::Descending {
        all.reverse();
    }
    let is_behind = |contact: &Contact| {
        spot.is_none_or(|spot| {
            let (here, there) = (
                (listing::value(contact, sort), contact.id),
                (spot.value.clone(), spot.id),
            );
            match sort.order {
                Order::Ascending => here > there,
                Order::Descending => here < there,
            }
        })
    };
    all.retain(is_behind);
    all.truncate(usize::try_from(limit).expect("a page is small"));
    Ok(all)
}
