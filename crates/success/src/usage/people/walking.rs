//! All ids of a person, a part at a time: a person may have more than anybody wants to hold at once.
//!
//! They are the users who stand for the person, the one behind all of them first, and to each the names from which edges lead to
//! it. A name that leads to somebody else as well is no id of either: what is shared joins nobody.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};

use super::placing::{ASKED, Placing};
use super::{NameId, NameKind};

/// How many names are read at a time while ids are counted or gathered.
const PART: usize = 1_000;

/// How far a walk has come.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    users: Vec<NameId>,
    at: usize,
    after: NameId,
}

/// A part of the names that lead to a user.
struct Page {
    ids: Vec<NameId>,
    users: Vec<NameId>,
    next: Option<NameId>,
}

impl Walk {
    /// A walk from a user on, after one of the names that lead to it.
    pub(super) fn from((user, after): (NameId, NameId)) -> Self {
        Self {
            users: vec![user],
            at: 0,
            after,
        }
    }

    /// Where it would go on: users, each with the name after which.
    pub(super) fn rest(&self) -> Vec<(NameId, NameId)> {
        let left = self.users.iter().enumerate().skip(self.at);
        let after = |place| if place == self.at { self.after } else { nobody() };
        left.map(|(place, user)| (*user, after(place))).collect()
    }
}

/// What comes before every name.
pub(super) fn nobody() -> NameId {
    NameId::from_uuid(Uuid::nil())
}

impl Placing {
    /// A walk over all ids of the person who stands behind one.
    pub(super) fn walk(&mut self, tx: &mut Tx<'_>, person: NameId) -> Result<Walk, DbError> {
        Ok(Walk::from((self.root(tx, person)?, nobody())))
    }

    /// The next ids of a walk, of up to `most` names; nothing at its end.
    pub(super) fn part(
        &mut self,
        tx: &mut Tx<'_>,
        walk: &mut Walk,
        most: usize,
    ) -> Result<Option<Vec<NameId>>, DbError> {
        let Some(user) = walk.users.get(walk.at).copied() else {
            return Ok(None);
        };
        let page = self.page(tx, (user, walk.after), most)?;
        let mut ids = Vec::with_capacity(page.ids.len() + 1);
        if walk.after == nobody() {
            ids.push(user);
        }
        ids.extend(page.ids);
        for other in page.users {
            if !walk.users.contains(&other) {
                walk.users.push(other);
            }
        }
        match page.next {
            Some(next) => walk.after = next,
            None => (walk.at, walk.after) = (walk.at + 1, nobody()),
        }
        Ok(Some(ids))
    }

    /// The names that lead to a user, after one of them, as far as they are the same person; and the users who are so by them.
    fn page(
        &mut self,
        tx: &mut Tx<'_>,
        (user, after): (NameId, NameId),
        most: usize,
    ) -> Result<Page, DbError> {
        let root = self.root(tx, user)?;
        let found = self.known.pointing_after(tx, (user, after), most)?;
        let next = found.last().copied().filter(|_| found.len() == most);
        self.known.look_alike(tx, &found, NameKind::User)?;
        let (mut ids, mut users) = (Vec::with_capacity(found.len()), Vec::new());
        for name in &found {
            users.extend(self.known.user_alike(tx, *name)?);
        }
        self.prepare_roots(tx, &found)?;
        self.prepare_roots(tx, &users)?;
        for name in found {
            if self.root(tx, name)? == root {
                ids.push(name);
            }
        }
        let mut same = Vec::new();
        for other in users {
            if other != root && other != user && self.root(tx, other)? == root {
                same.push(other);
            }
        }
        Ok(Page {
            ids,
            users: same,
            next,
        })
    }

    /// Up to `most` ids of the person who stands behind one, that one first.
    pub(super) fn some_ids(
        &mut self,
        tx: &mut Tx<'_>,
        person: NameId,
        most: usize,
    ) -> Result<Vec<NameId>, DbError> {
        let mut walk = self.walk(tx, person)?;
        let mut all = Vec::new();
        while all.len() < most
            && let Some(part) = self.part(tx, &mut walk, PART)?
        {
            all.extend(part);
        }
        all.truncate(most);
        Ok(all)
    }

    /// How many ids a person has: [`MANY`](super::MANY) stand for more.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn count_ids(&mut self, tx: &mut Tx<'_>, person: NameId) -> Result<i64, DbError> {
        let all = self.some_ids(tx, person, ASKED)?;
        Ok(i64::try_from(all.len()).unwrap_or(i64::MAX))
    }
}
