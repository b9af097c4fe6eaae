//! Counting events: by person, group, feature and day, and what they say of ids.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::FeatureId;
use super::store::{self, DayRow};
use crate::usage::log::Header;
use crate::usage::people::{self, NameId, NameKind, Placing, Said};
use crate::usage::protocol::Call;

/// An id and what it is of.
type Key = (NameKind, String);
/// Who, in which group, did what on which day.
type Place = (Key, Option<Key>, (String, String), Day);

/// Events that were counted and are not stored yet.
#[derive(Debug)]
pub struct Counted {
    zone: TimeZone,
    events: usize,
    names: BTreeMap<Key, Said>,
    edges: BTreeMap<(Key, Key), i64>,
    days: BTreeMap<Place, (i64, i64, i64)>,
}

impl Counted {
    /// Nothing yet; days begin and end in `zone`.
    pub fn in_zone(zone: TimeZone) -> Self {
        Self {
            zone,
            events: 0,
            names: BTreeMap::new(),
            edges: BTreeMap::new(),
            days: BTreeMap::new(),
        }
    }

    /// How many events were counted.
    pub fn events(&self) -> usize {
        self.events
    }

    /// Counts one event.
    pub fn add(&mut self, event: &Header) {
        self.events += 1;
        let Some(call) = event.call() else { return };
        let key = |kind, value: &Option<String>| value.clone().map(|value| (kind, value));
        let user = key(NameKind::User, &event.user);
        let anonymous = key(NameKind::Anonymous, &event.anonymous);
        let group = key(NameKind::Group, &event.group);
        let at = |text: String| (event.happened, text);
        let said = Said {
            title: event.title.clone().map(at),
            email: event.email.as_deref().map(kit::text::fold).map(at),
        };
        let person = user.clone().or(anonymous.clone());
        for name in [&user, &anonymous, &group].into_iter().flatten() {
            self.names.entry(name.clone()).or_default();
        }
        match (call, &person, &group) {
            (Call::Identify, Some(person), _) => self.say(person, said),
            (Call::Group, person, Some(group)) => {
                self.say(group, Said { email: None, ..said });
                if let Some(person) = person {
                    self.join(person, group, event.happened);
                }
            }
            (Call::Alias, Some(person), _) => {
                if let Some(previous) = key(NameKind::Anonymous, &event.previous) {
                    self.names.entry(previous.clone()).or_default();
                    self.join(&previous, person, event.happened);
                }
            }
            _ => {}
        }
        if let (Some(user), Some(anonymous)) = (&user, &anonymous) {
            self.join(anonymous, user, event.happened);
        }
        if let (Call::Track | Call::Page | Call::Screen, Some(person)) = (call, person) {
            let day = Day::of(Timestamp(event.happened), &self.zone);
            let feature = (event.call.clone(), event.name.clone());
            let place = (person, group, feature, day);
            let count = self.days.entry(place).or_insert((0, i64::MAX, i64::MIN));
            *count = (
                count.0 + 1,
                count.1.min(event.happened),
                count.2.max(event.happened),
            );
        }
    }

    fn say(&mut self, name: &Key, said: Said) {
        self.names.entry(name.clone()).or_default().add(said);
    }

    fn join(&mut self, from: &Key, to: &Key, at: i64) {
        let first = self.edges.entry((from.clone(), to.clone())).or_insert(at);
        *first = (*first).min(at);
    }

    /// Adds what was counted to what is stored, and works out whose it is.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn store(self, tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
        let (ids, users) = people::ensure(tx, workspace, &self.names)?;
        let mut concerned = BTreeSet::new();
        for ((from, to), at) in &self.edges {
            if people::join(tx, workspace, (ids[from], ids[to]), Timestamp(*at))? {
                concerned.insert(ids[from]);
                concerned.extend((to.0 == NameKind::User).then_some(ids[to]));
            }
        }
        for user in users {
            if people::link(tx, workspace, user)? {
                concerned.insert(user);
            }
        }
        let mut placing = Placing::of(workspace);
        let moved = self.lay(tx, workspace, (&ids, &mut placing))?;
        people::look(tx, workspace, &moved)?;
        people::settle(tx, &mut placing, workspace, (&concerned, &BTreeSet::new()))
    }

    /// Adds to the days; gives the accounts that they are put down to.
    fn lay(
        &self,
        tx: &mut Tx<'_>,
        workspace: WorkspaceId,
        (ids, placing): (&HashMap<Key, NameId>, &mut Placing),
    ) -> Result<BTreeSet<AccountId>, DbError> {
        let mut features: BTreeMap<&(String, String), FeatureId> = BTreeMap::new();
        let mut moved = BTreeSet::new();
        for ((person, group, feature, day), (events, first, last)) in &self.days {
            let feature = match features.get(feature) {
                Some(id) => *id,
                None => {
                    let id = store::feature(tx, workspace, (&feature.0, &feature.1))?;
                    features.insert(feature, id);
                    id
                }
            };
            let person = ids[person];
            let group = group.as_ref().map(|group| ids[group]);
            let row = DayRow {
                person,
                group: group.unwrap_or(person),
                feature,
                day: *day,
                events: *events,
                first: Timestamp(*first),
                last: Timestamp(*last),
            };
            let account = match store::add(tx, workspace, &row)? {
                Some(account) => account,
                None => {
                    let whose = placing.whose(tx, (person, group), *day)?;
                    store::insert(tx, workspace, &row, whose)?;
                    whose.1
                }
            };
            moved.extend(account);
        }
        Ok(moved)
    }
}
