//! What is known of names, read for many at once and remembered: good for one transaction, once all of it is written.
//!
//! Each look takes a list and asks for those of it alone that were not asked for before, so that whoever looks for one
//! name after another says first which they will be.

mod store;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use kit::db::{DbError, Tx};
use tandem_core::accounts::merging::stands_for;
use tandem_core::accounts::{AccountId, exists, external_ids};
use tandem_core::actor::Actor;
use tandem_core::contacts::{ContactId, memberships};
use tandem_core::workspaces::WorkspaceId;

pub(super) use store::{ended_contacts, names};

use super::places::Place;
use super::walking::nobody;
use super::{Name, NameId, NameKind};

/// How many users behind a name are remembered: for more say no more.
const USERS: usize = 2;
/// How many edges to names are read at once; where there are more, so many to each name.
const EDGES: usize = 20_000;
const EDGES_OF_ONE: usize = 5_001;

/// What was read.
#[derive(Debug)]
pub(super) struct Known {
    workspace: WorkspaceId,
    names: HashMap<NameId, Option<Name>>,
    users: HashMap<NameId, Vec<NameId>>,
    groups: HashMap<NameId, Vec<NameId>>,
    pointing: HashMap<NameId, Vec<NameId>>,
    aliases: HashMap<NameId, Option<NameId>>,
    users_alike: HashMap<NameId, Option<NameId>>,
    accounts: HashMap<NameId, Option<AccountId>>,
    stays: HashMap<ContactId, Vec<Place>>,
    chosen: HashMap<NameId, Option<AccountId>>,
}

impl Known {
    pub(super) fn of(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            names: HashMap::new(),
            users: HashMap::new(),
            groups: HashMap::new(),
            pointing: HashMap::new(),
            aliases: HashMap::new(),
            users_alike: HashMap::new(),
            accounts: HashMap::new(),
            stays: HashMap::new(),
            chosen: HashMap::new(),
        }
    }

    /// Reads names.
    pub(super) fn look_up(&mut self, tx: &mut Tx<'_>, ids: &[NameId]) -> Result<(), DbError> {
        let unread = unread(&mut self.names, ids);
        if !unread.is_empty() {
            for name in names(tx, self.workspace, &unread)? {
                self.names.insert(name.id, Some(name));
            }
        }
        Ok(())
    }

    /// A name.
    pub(super) fn name(&mut self, tx: &mut Tx<'_>, id: NameId) -> Result<Option<&Name>, DbError> {
        self.look_up(tx, &[id])?;
        Ok(self.names.get(&id).and_then(Option::as_ref))
    }

    /// Reads the users who were seen with names.
    pub(super) fn look_behind(&mut self, tx: &mut Tx<'_>, ids: &[NameId]) -> Result<(), DbError> {
        let unread = unread(&mut self.users, ids);
        if !unread.is_empty() {
            for (from, to) in store::leading(tx, self.workspace, &unread, NameKind::User)? {
                let users = self.users.entry(from).or_default();
                if users.len() < USERS {
                    users.push(to);
                }
            }
        }
        Ok(())
    }

    /// The user ids that were seen with a name: two at most, for more say no more.
    pub(super) fn users_behind(&mut self, tx: &mut Tx<'_>, id: NameId) -> Result<&[NameId], DbError> {
        self.look_behind(tx, &[id])?;
        Ok(of(&self.users, id))
    }

    /// Reads the groups that persons were said to be in.
    pub(super) fn look_for_groups(&mut self, tx: &mut Tx<'_>, ids: &[NameId]) -> Result<(), DbError> {
        let unread = unread(&mut self.groups, ids);
        if !unread.is_empty() {
            for (from, to) in store::leading(tx, self.workspace, &unread, NameKind::Group)? {
                self.groups.entry(from).or_default().push(to);
            }
        }
        Ok(())
    }

    /// The groups that a person was said to be in.
    pub(super) fn groups_of(&mut self, tx: &mut Tx<'_>, id: NameId) -> Result<&[NameId], DbError> {
        self.look_for_groups(tx, &[id])?;
        Ok(of(&self.groups, id))
    }

    /// Reads from where edges lead to names; of a name to which very many do, from where the first of them do.
    pub(super) fn look_back(&mut self, tx: &mut Tx<'_>, ids: &[NameId]) -> Result<(), DbError> {
        let unread = unread(&mut self.pointing, ids);
        if !unread.is_empty() {
            let found = store::pointing(tx, self.workspace, &unread, EDGES)?;
            if found.len() < EDGES {
                for (to, from) in found {
                    self.pointing.entry(to).or_default().push(from);
                }
                return Ok(());
            }
            for to in unread {
                let from = store::pointing_after(tx, self.workspace, (to, nobody()), EDGES_OF_ONE)?;
                self.pointing.insert(to, from);
            }
        }
        Ok(())
    }

    /// Up to `most` names from which an edge leads to this one, after one of them, in their order.
    pub(super) fn pointing_after(
        &mut self,
        tx: &mut Tx<'_>,
        (id, after): (NameId, NameId),
        most: usize,
    ) -> Result<Vec<NameId>, DbError> {
        if let Some(read) = self.pointing.get(&id).filter(|read| read.len() < EDGES_OF_ONE) {
            let first = read.partition_point(|from| *from <= after);
            return Ok(read[first..].iter().copied().take(most).collect());
        }
        store::pointing_after(tx, self.workspace, (id, after), most)
    }

    /// The names from which an edge leads to this one, the first of very many.
    pub(super) fn pointing_at(&mut self, tx: &mut Tx<'_>, id: NameId) -> Result<&[NameId], DbError> {
        self.look_back(tx, &[id])?;
        Ok(of(&self.pointing, id))
    }

    /// Reads the names of a kind that are written as these are.
    pub(super) fn look_alike(
        &mut self,
        tx: &mut Tx<'_>,
        ids: &[NameId],
        kind: NameKind,
    ) -> Result<(), DbError> {
        let alike = match kind {
            NameKind::User => &mut self.users_alike,
            NameKind::Anonymous | NameKind::Group => &mut self.aliases,
        };
        let unread = unread(alike, ids);
        if !unread.is_empty() {
            for (id, other) in store::namesakes(tx, self.workspace, &unread, kind)? {
                alike.insert(id, Some(other));
            }
        }
        Ok(())
    }

    /// The anonymous id that is written as a user's is: an alias names what came before so, whatever it was.
    pub(super) fn alias(&mut self, tx: &mut Tx<'_>, id: NameId) -> Result<Option<NameId>, DbError> {
        self.look_alike(tx, &[id], NameKind::Anonymous)?;
        Ok(self.aliases.get(&id).copied().flatten())
    }

    /// The user id that is written as an anonymous one is.
    pub(super) fn user_alike(&mut self, tx: &mut Tx<'_>, id: NameId) -> Result<Option<NameId>, DbError> {
        self.look_alike(tx, &[id], NameKind::User)?;
        Ok(self.users_alike.get(&id).copied().flatten())
    }

    /// Reads where contacts are and were.
    pub(super) fn look_where(&mut self, tx: &mut Tx<'_>, contacts: &[ContactId]) -> Result<(), DbError> {
        let unread = unread(&mut self.stays, contacts);
        if !unread.is_empty() {
            let day = |date: Option<jiff::civil::Date>| date.and_then(|date| date.to_string().parse().ok());
            for (contact, stay) in memberships::of_contacts(tx, self.workspace, &unread)? {
                let place = (stay.account, day(stay.text.since), day(stay.text.until));
                self.stays.entry(contact).or_default().push(place);
            }
        }
        Ok(())
    }

    /// Where a contact is and was.
    pub(super) fn stays(&mut self, tx: &mut Tx<'_>, contact: ContactId) -> Result<&[Place], DbError> {
        self.look_where(tx, &[contact])?;
        Ok(self.stays.get(&contact).map_or(&[][..], Vec::as_slice))
    }

    /// Reads which accounts were chosen for names.
    pub(super) fn look_chosen(&mut self, tx: &mut Tx<'_>, ids: &[NameId]) -> Result<(), DbError> {
        let unread = unread(&mut self.chosen, ids);
        if !unread.is_empty() {
            for (id, account) in store::placements(tx, self.workspace, &unread)? {
                self.chosen.insert(id, Some(account));
            }
        }
        Ok(())
    }

    /// The account that was chosen for a name.
    pub(super) fn chosen(&mut self, tx: &mut Tx<'_>, id: NameId) -> Result<Option<AccountId>, DbError> {
        self.look_chosen(tx, &[id])?;
        Ok(self.chosen.get(&id).copied().flatten())
    }

    /// Finds the accounts of groups: whose external id each is in the realm of usage, in any other if that is one
    /// account's alone, or the account's own id, also after it was merged.
    pub(super) fn look_for_accounts(&mut self, tx: &mut Tx<'_>, groups: &[NameId]) -> Result<(), DbError> {
        let unread = unread(&mut self.accounts, groups);
        if unread.is_empty() {
            return Ok(());
        }
        self.look_up(tx, &unread)?;
        let called: Vec<&Name> = unread
            .iter()
            .filter_map(|id| self.names.get(id)?.as_ref())
            .collect();
        let values: Vec<&str> = called.iter().map(|name| name.value.as_str()).collect();
        let by_value = external_ids::accounts_called(tx, self.workspace, super::REALM, &values)?;
        for name in called {
            let own = match name.value.parse::<AccountId>() {
                Ok(id) => own_account(tx, self.workspace, id)?,
                Err(_) => None,
            };
            let account = own.or(by_value.get(&name.value).copied());
            self.accounts.insert(name.id, account);
        }
        Ok(())
    }

    /// The account of a group.
    pub(super) fn account(&mut self, tx: &mut Tx<'_>, group: NameId) -> Result<Option<AccountId>, DbError> {
        self.look_for_accounts(tx, &[group])?;
        Ok(self.accounts.get(&group).copied().flatten())
    }
}

/// The account with an id, or the one into which it was merged.
fn own_account(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AccountId) -> Result<Option<AccountId>, DbError> {
    let system = Actor::system(workspace, "usage");
    let id = stands_for(tx, &system, id).unwrap_or_default().unwrap_or(id);
    Ok(exists(tx, workspace, id)?.then_some(id))
}

/// Those of which nothing was read yet, in order; from here on it counts as read.
fn unread<K: Copy + Ord + Hash, V: Default>(read: &mut HashMap<K, V>, wanted: &[K]) -> Vec<K> {
    let mut unread = Vec::new();
    for key in wanted {
        if let Entry::Vacant(place) = read.entry(*key) {
            place.insert(V::default());
            unread.push(*key);
        }
    }
    unread.sort_unstable();
    unread
}

fn of(read: &HashMap<NameId, Vec<NameId>>, id: NameId) -> &[NameId] {
    read.get(&id).map_or(&[][..], Vec::as_slice)
}
