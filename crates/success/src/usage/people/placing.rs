//! Whose what was done is: who stands behind an id, and at which account they are on a day.

use std::collections::{BTreeSet, HashMap};

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::merging::stands_for;
use tandem_core::accounts::{AccountId, exists, external_ids};
use tandem_core::actor::Actor;
use tandem_core::contacts::{ContactId, memberships};
use tandem_core::workspaces::WorkspaceId;

use super::{NameId, NameKind, store};
use crate::usage::folding::store as days;

/// How far aliases are followed, and how many ids of one person are looked at.
const FAR: usize = 8;
const MOST: usize = 200;

/// An account, and from when until when it holds.
type Place = (AccountId, Option<Day>, Option<Day>);

/// Finds whose events are, and remembers what it found: good for one transaction, once all edges of it are there.
#[derive(Debug)]
pub struct Placing {
    workspace: WorkspaceId,
    roots: HashMap<NameId, NameId>,
    whos: HashMap<NameId, Uuid>,
    groups: HashMap<NameId, Option<AccountId>>,
    places: HashMap<NameId, Vec<Place>>,
}

impl Placing {
    /// Nothing is known yet.
    pub fn of(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            roots: HashMap::new(),
            whos: HashMap::new(),
            groups: HashMap::new(),
            places: HashMap::new(),
        }
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
            Some(group) => self.account(tx, group)?,
            None => holding(self.places(tx, person)?, day),
        };
        Ok((who, account))
    }

    /// Puts down anew what a person did; gives the accounts to which that makes a difference.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn settle(&mut self, tx: &mut Tx<'_>, person: NameId) -> Result<BTreeSet<AccountId>, DbError> {
        let mut moved = BTreeSet::new();
        let who = self.who(tx, person)?;
        if days::set_who(tx, self.workspace, person, who)? {
            moved.extend(days::accounts_of(tx, self.workspace, person)?);
        }
        let places = self.places(tx, person)?.to_vec();
        for (from, until) in spans(&places) {
            let account = holding(&places, from);
            let others = days::others(tx, self.workspace, (person, account), (from, until))?;
            if others.is_empty() {
                continue;
            }
            days::set_account(tx, self.workspace, (person, account), (from, until))?;
            moved.extend(others.into_iter().flatten());
            moved.extend(account);
        }
        Ok(moved)
    }

    /// The same for what anybody did in a group.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn settle_group(&mut self, tx: &mut Tx<'_>, group: NameId) -> Result<BTreeSet<AccountId>, DbError> {
        let account = self.account(tx, group)?;
        let others = days::others_of_group(tx, self.workspace, group, account)?;
        if others.is_empty() {
            return Ok(BTreeSet::new());
        }
        days::set_account_of_group(tx, self.workspace, group, account)?;
        Ok(others.into_iter().flatten().chain(account).collect())
    }

    /// Every id of the person who stands behind one.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn ids_of(&mut self, tx: &mut Tx<'_>, person: NameId) -> Result<Vec<NameId>, DbError> {
        let root = self.root(tx, person)?;
        let (mut all, mut next) = (vec![root], 0);
        while let Some(name) = all.get(next).copied().filter(|_| all.len() < MOST) {
            next += 1;
            for other in store::pointing_at(tx, self.workspace, name)? {
                let alias = store::namesake(tx, self.workspace, other, NameKind::User)?;
                for one in [Some(other), alias].into_iter().flatten() {
                    if !all.contains(&one) && self.root(tx, one)? == root {
                        all.push(one);
                    }
                }
            }
        }
        Ok(all)
    }

    /// Who stands behind an id: the one user that was seen with an anonymous id, the user whom an alias made of another, else
    /// the id itself.
    fn root(&mut self, tx: &mut Tx<'_>, person: NameId) -> Result<NameId, DbError> {
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

    fn behind(&self, tx: &mut Tx<'_>, name: NameId) -> Result<Option<NameId>, DbError> {
        let mut users = store::users_behind(tx, self.workspace, name)?;
        if users.is_empty()
            // An alias names what came before as an anonymous id, whatever it was.
            && let Some(alias) = store::namesake(tx, self.workspace, name, NameKind::Anonymous)?
        {
            users = store::users_behind(tx, self.workspace, alias)?;
        }
        Ok(match users[..] {
            [one] => Some(one),
            _ => None,
        })
    }

    fn contact(&mut self, tx: &mut Tx<'_>, root: NameId) -> Result<Option<ContactId>, DbError> {
        let name = store::find(tx, self.workspace, root)?;
        Ok(name.and_then(|name| name.contact))
    }

    fn who(&mut self, tx: &mut Tx<'_>, person: NameId) -> Result<Uuid, DbError> {
        if let Some(who) = self.whos.get(&person) {
            return Ok(*who);
        }
        let root = self.root(tx, person)?;
        let contact = self.contact(tx, root)?;
        let who = contact.map_or(root.uuid(), TypedId::uuid);
        self.whos.insert(person, who);
        Ok(who)
    }

    /// Where a person is said to be who did something in no group.
    fn places(&mut self, tx: &mut Tx<'_>, person: NameId) -> Result<&[Place], DbError> {
        let root = self.root(tx, person)?;
        if !self.places.contains_key(&root) {
            let found = self.found(tx, root)?;
            self.places.insert(root, found);
        }
        Ok(&self.places[&root])
    }

    fn found(&mut self, tx: &mut Tx<'_>, root: NameId) -> Result<Vec<Place>, DbError> {
        let system = Actor::system(self.workspace, "usage");
        let mut places: Vec<Place> = Vec::new();
        if let Some(contact) = self.contact(tx, root)? {
            let all = memberships::of_contact(tx, &system, contact).unwrap_or_default();
            for (membership, _) in all {
                let day =
                    |date: Option<jiff::civil::Date>| date.and_then(|date| date.to_string().parse().ok());
                places.push((
                    membership.account,
                    day(membership.text.since),
                    day(membership.text.until),
                ));
            }
        }
        let mut groups = BTreeSet::new();
        for id in self.ids_of(tx, root)? {
            groups.extend(store::groups_of(tx, self.workspace, id)?);
        }
        for group in groups {
            places.extend(self.account(tx, group)?.map(|account| (account, None, None)));
        }
        Ok(places)
    }

    /// The account of a group: whose external id it is in the realm of usage, in any other if that is one account's alone, or
    /// the account's own id, also after it was merged.
    fn account(&mut self, tx: &mut Tx<'_>, group: NameId) -> Result<Option<AccountId>, DbError> {
        if let Some(account) = self.groups.get(&group) {
            return Ok(*account);
        }
        let account = account_called(tx, self.workspace, group)?;
        self.groups.insert(group, account);
        Ok(account)
    }
}

fn account_called(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    group: NameId,
) -> Result<Option<AccountId>, DbError> {
    let Some(name) = store::find(tx, workspace, group)? else {
        return Ok(None);
    };
    if let Ok(id) = name.value.parse::<AccountId>() {
        let system = Actor::system(workspace, "usage");
        let id = stands_for(tx, &system, id).unwrap_or_default().unwrap_or(id);
        if exists(tx, workspace, id)? {
            return Ok(Some(id));
        }
    }
    external_ids::account_called(tx, workspace, super::REALM, &name.value)
}

/// The account on a day: the single one that holds.
fn holding(places: &[Place], day: Day) -> Option<AccountId> {
    let holds =
        |place: &&Place| place.1.is_none_or(|since| since <= day) && place.2.is_none_or(|until| until >= day);
    let found: BTreeSet<AccountId> = places.iter().filter(holds).map(|place| place.0).collect();
    match found.len() {
        1 => found.first().copied(),
        _ => None,
    }
}

/// Spans of days over which the same places hold, from the first day of the calendar to its last.
fn spans(places: &[Place]) -> Vec<(Day, Day)> {
    let (first, last) = (*days::FIRST, *days::LAST);
    let mut starts = BTreeSet::from([first]);
    for (_, since, until) in places {
        starts.extend(since.filter(|day| *day > first));
        starts.extend(
            until
                .filter(|day| *day >= first && *day < last)
                .map(|day| day.plus_days(1)),
        );
    }
    let starts: Vec<Day> = starts.into_iter().collect();
    let end = |at: usize| starts.get(at + 1).map_or(last, |next| next.plus_days(-1));
    starts
        .iter()
        .enumerate()
        .map(|(at, from)| (*from, end(at)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn spans_meet_without_a_gap_and_places_hold_the_same_over_each() {
        let account = |n: u128| AccountId::from_uuid(Uuid::from_u128(n));
        let places = vec![
            (account(1), None, Some(day("2026-03-31"))),
            (account(2), Some(day("2026-03-15")), None),
        ];
        let spans = spans(&places);
        let held: Vec<_> = spans.iter().map(|(from, _)| holding(&places, *from)).collect();
        assert_eq!(held, [Some(account(1)), None, Some(account(2))]);
        assert_eq!((spans[1].0, spans[1].1), (day("2026-03-15"), day("2026-03-31")));
        for pair in spans.windows(2) {
            assert_eq!(pair[0].1.plus_days(1), pair[1].0);
        }
        assert_eq!(super::spans(&[]).len(), 1);
    }
}
