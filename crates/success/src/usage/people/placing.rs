//! Whose what was done is: who stands behind an id, and at which account they are on a day.

use std::collections::{BTreeSet, HashMap, HashSet};

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::known::Known;
use super::places::Places;
use super::{NameId, NameKind, moving};
use crate::usage::folding::store as days;

/// How far aliases are followed.
const FAR: usize = 8;
/// How many ids of a person are asked where they are, those that came first.
pub(super) const ASKED: usize = 5_000;

/// Finds whose events are, and remembers what it found: good for one transaction, once all edges of it are there.
#[derive(Debug)]
pub struct Placing {
    workspace: WorkspaceId,
    pub(super) known: Known,
    fresh: HashSet<NameId>,
    roots: HashMap<NameId, NameId>,
    places: HashMap<NameId, Places>,
}

impl Placing {
    /// Nothing is known yet.
    pub fn of(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            known: Known::of(workspace),
            fresh: HashSet::new(),
            roots: HashMap::new(),
            places: HashMap::new(),
        }
    }

    /// These names were made in this transaction: what they did is put down by what is known now, and never otherwise.
    #[must_use]
    pub fn with_fresh(mut self, fresh: HashSet<NameId>) -> Self {
        self.fresh = fresh;
        self
    }

    /// Whether a name was made in this transaction.
    pub fn is_fresh(&self, name: NameId) -> bool {
        self.fresh.contains(&name)
    }

    /// Reads what finding these persons and groups asks for, by a few statements for all of them; `alone` are those of
    /// the persons who did something in no group.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn prepare(
        &mut self,
        tx: &mut Tx<'_>,
        (persons, alone): (&BTreeSet<NameId>, &BTreeSet<NameId>),
        groups: &BTreeSet<NameId>,
    ) -> Result<(), DbError> {
        let roots = self.prepare_roots(tx, &listed(persons))?;
        let alone = self.prepare_roots(tx, &listed(alone))?;
        self.known.look_up(tx, &roots)?;
        let mut groups = groups.clone();
        groups.extend(self.prepare_places(tx, alone)?);
        self.known.look_for_accounts(tx, &listed(&groups))
    }

    /// Reads who stands behind these, a step of all of them at a time; gives who that is.
    pub(super) fn prepare_roots(
        &mut self,
        tx: &mut Tx<'_>,
        persons: &[NameId],
    ) -> Result<Vec<NameId>, DbError> {
        let mut front = persons.to_vec();
        for _ in 0..=FAR {
            if front.is_empty() {
                break;
            }
            self.known.look_behind(tx, &front)?;
            let mut unknown = Vec::new();
            for name in &front {
                if self.known.users_behind(tx, *name)?.is_empty() {
                    unknown.push(*name);
                }
            }
            self.known.look_alike(tx, &unknown, NameKind::Anonymous)?;
            let mut aliases = Vec::new();
            for name in unknown {
                aliases.extend(self.known.alias(tx, name)?);
            }
            self.known.look_behind(tx, &aliases)?;
            let mut next = BTreeSet::new();
            for name in front {
                next.extend(self.behind(tx, name)?);
            }
            front = listed(&next);
        }
        let mut roots = BTreeSet::new();
        for person in persons {
            roots.insert(self.root(tx, *person)?);
        }
        Ok(listed(&roots))
    }

    /// Reads every id of these persons and where they are; gives the groups that were said of them.
    fn prepare_places(&mut self, tx: &mut Tx<'_>, roots: Vec<NameId>) -> Result<BTreeSet<NameId>, DbError> {
        self.known.look_up(tx, &roots)?;
        let mut contacts = Vec::new();
        for root in &roots {
            contacts.extend(self.contact(tx, *root)?);
        }
        self.known.look_where(tx, &contacts)?;
        let mut ids: BTreeSet<NameId> = roots.iter().copied().collect();
        let mut front = roots;
        for _ in 0..FAR {
            if front.is_empty() {
                break;
            }
            let found = self.leading_to(tx, &front, ASKED)?;
            front = found.into_iter().filter(|name| ids.insert(*name)).collect();
            self.prepare_roots(tx, &front)?;
        }
        let ids = listed(&ids);
        self.known.look_chosen(tx, &ids)?;
        self.known.look_for_groups(tx, &ids)?;
        let mut groups = BTreeSet::new();
        for id in ids {
            groups.extend(self.known.groups_of(tx, id)?);
        }
        Ok(groups)
    }

    /// The names from which edges lead to one of these, up to `most` to each, and the users who are written as one of them is.
    fn leading_to(
        &mut self,
        tx: &mut Tx<'_>,
        names: &[NameId],
        most: usize,
    ) -> Result<BTreeSet<NameId>, DbError> {
        self.known.look_back(tx, names)?;
        let mut others = Vec::new();
        for name in names {
            others.extend(self.known.pointing_at(tx, *name)?.iter().take(most));
        }
        self.known.look_alike(tx, &others, NameKind::User)?;
        let mut found: BTreeSet<NameId> = others.iter().copied().collect();
        for other in others {
            found.extend(self.known.user_alike(tx, other)?);
        }
        Ok(found)
    }

    /// Who a person is and the account that what they did in a group on a day is put down to.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn whose(
        &mut self,
        tx: &mut Tx<'_>,
        (person, group): (NameId, Option<NameId>),
        day: Day,
    ) -> Result<(Uuid, Option<AccountId>), DbError> {
        let who = self.who(tx, person)?;
        let account = match group {
            Some(group) => self.known.account(tx, group)?,
            None => self.places(tx, person)?.on(day),
        };
        Ok((who, account))
    }

    /// Puts down anew what these ids of one person did; gives the accounts to which that makes a difference. How many statements
    /// that takes does not depend on how many ids they are.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn settle(
        &mut self,
        tx: &mut Tx<'_>,
        person: NameId,
        ids: &[NameId],
    ) -> Result<BTreeSet<AccountId>, DbError> {
        let who = self.who(tx, person)?;
        let mut moved = moving::set_who(tx, self.workspace, ids, who)?;
        for (account, span) in self.places(tx, person)?.spans() {
            moved.extend(moving::set_account(tx, self.workspace, (ids, account), span)?);
        }
        Ok(moved)
    }

    /// The same for what anybody did in a group.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn settle_group(&mut self, tx: &mut Tx<'_>, group: NameId) -> Result<BTreeSet<AccountId>, DbError> {
        let account = self.known.account(tx, group)?;
        let others = days::others_of_group(tx, self.workspace, group, account)?;
        if others.is_empty() {
            return Ok(BTreeSet::new());
        }
        days::set_account_of_group(tx, self.workspace, group, account)?;
        Ok(others.into_iter().flatten().chain(account).collect())
    }

    /// Who stands behind an id, the contact they are and the accounts at which they are said to be on some day.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn standing(
        &mut self,
        tx: &mut Tx<'_>,
        person: NameId,
    ) -> Result<(NameId, Option<ContactId>, BTreeSet<AccountId>), DbError> {
        let root = self.root(tx, person)?;
        let contact = self.contact(tx, root)?;
        let places = self.places(tx, person)?;
        Ok((root, contact, places.said.iter().map(|place| place.0).collect()))
    }

    /// The account at which a person is said to be on every day; none when it is another on some day, or nobody can tell it.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn always_at(&mut self, tx: &mut Tx<'_>, person: NameId) -> Result<Option<AccountId>, DbError> {
        let spans = self.places(tx, person)?.spans();
        let all: BTreeSet<Option<AccountId>> = spans.into_iter().map(|(account, _)| account).collect();
        let one = all.first().copied().flatten();
        Ok(one.filter(|_| all.len() == 1))
    }

    /// The account of a group.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn account_of(&mut self, tx: &mut Tx<'_>, group: NameId) -> Result<Option<AccountId>, DbError> {
        self.known.account(tx, group)
    }

    /// How many user ids were seen with a name: two stand for more.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn users_of(&mut self, tx: &mut Tx<'_>, name: NameId) -> Result<usize, DbError> {
        Ok(self.known.users_behind(tx, name)?.len())
    }

    /// These persons and the users whom an id of them does not mean any more since it means another too, or who are written
    /// as one of them is; what finding them asks for is read.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn concerned(
        &mut self,
        tx: &mut Tx<'_>,
        persons: &BTreeSet<NameId>,
    ) -> Result<BTreeSet<NameId>, DbError> {
        self.known.look_behind(tx, &listed(persons))?;
        self.known.look_alike(tx, &listed(persons), NameKind::User)?;
        let fresh: Vec<NameId> = persons
            .iter()
            .copied()
            .filter(|one| self.is_fresh(*one))
            .collect();
        self.known.look_for_groups(tx, &fresh)?;
        let mut all = BTreeSet::new();
        for person in persons {
            let alike = self.known.user_alike(tx, *person)?;
            // What was made just now and says nothing of where anybody is makes no difference to what was there.
            if alike.is_none() && self.is_fresh(*person) && self.known.groups_of(tx, *person)?.is_empty() {
                continue;
            }
            all.insert(*person);
            all.extend(self.known.users_behind(tx, *person)?);
            all.extend(alike);
        }
        self.prepare(tx, (&all, &all), &BTreeSet::new())?;
        Ok(all)
    }

    /// Who stands behind an id: the one user that was seen with an anonymous id, the user whom an alias made of another, else
    /// the id itself.
    pub(super) fn root(&mut self, tx: &mut Tx<'_>, person: NameId) -> Result<NameId, DbError> {
        if let Some(root) = self.roots.get(&person) {
            return Ok(*root);
        }
        let mut root = person;
        let mut passed = vec![person];
        while let Some(next) = self.behind(tx, root)?.filter(|next| !passed.contains(next)) {
            root = next;
            passed.push(next);
            if passed.len() > FAR {
                break;
            }
        }
        self.roots.insert(person, root);
        Ok(root)
    }

    fn behind(&mut self, tx: &mut Tx<'_>, name: NameId) -> Result<Option<NameId>, DbError> {
        let mut users = self.known.users_behind(tx, name)?.to_vec();
        if users.is_empty()
            // An alias names what came before as an anonymous id, whatever it was.
            && let Some(alias) = self.known.alias(tx, name)?
        {
            users = self.known.users_behind(tx, alias)?.to_vec();
        }
        Ok(match users[..] {
            [one] => Some(one),
            _ => None,
        })
    }

    fn contact(&mut self, tx: &mut Tx<'_>, root: NameId) -> Result<Option<ContactId>, DbError> {
        let name = self.known.name(tx, root)?;
        Ok(name.and_then(|name| name.contact))
    }

    fn who(&mut self, tx: &mut Tx<'_>, person: NameId) -> Result<Uuid, DbError> {
        let root = self.root(tx, person)?;
        let contact = self.contact(tx, root)?;
        Ok(contact.map_or(root.uuid(), TypedId::uuid))
    }

    /// Where a person is said to be who did something in no group.
    fn places(&mut self, tx: &mut Tx<'_>, person: NameId) -> Result<&Places, DbError> {
        let root = self.root(tx, person)?;
        if !self.places.contains_key(&root) {
            let found = self.found(tx, root)?;
            self.places.insert(root, found);
        }
        Ok(&self.places[&root])
    }

    fn found(&mut self, tx: &mut Tx<'_>, root: NameId) -> Result<Places, DbError> {
        let mut said = Vec::new();
        if let Some(contact) = self.contact(tx, root)? {
            said.extend_from_slice(self.known.stays(tx, contact)?);
        }
        let (mut groups, mut chosen) = (BTreeSet::new(), BTreeSet::new());
        let ids = self.some_ids(tx, root, ASKED)?;
        self.known.look_for_groups(tx, &ids)?;
        self.known.look_chosen(tx, &ids)?;
        for id in ids {
            groups.extend(self.known.groups_of(tx, id)?);
            chosen.extend(self.known.chosen(tx, id)?);
        }
        for group in groups {
            let account = self.known.account(tx, group)?;
            said.extend(account.map(|account| (account, None, None)));
        }
        // Of two that were chosen neither is.
        let one = chosen.first().copied().filter(|_| chosen.len() == 1);
        Ok(Places { said, chosen: one })
    }
}

fn listed(names: &BTreeSet<NameId>) -> Vec<NameId> {
    names.iter().copied().collect()
}
