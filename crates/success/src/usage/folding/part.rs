//! A part of what waits: read and counted beside the writers, then stored by a few statements in one transaction.
//!
//! What is stored with the marks of its batches is stored once, whenever it is cut off and tried again.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::workspaces::{self, WorkspaceId};

use super::counting::Counted;
use super::store::{self, DayRow, Laid};
use super::{FeatureId, touch};
use crate::usage::log::{self, BatchId, each_header};
use crate::usage::people::{self, Edge, Ensured, NameId, NameKind, Placing};
use crate::usage::sources::SourceId;

/// How many batches are in a part at most, and how many bytes of them as they are stored.
const BATCHES: usize = 5_000;
const BYTES: i64 = 16 * 1024 * 1024;

/// Why nothing of a part was stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// Somebody else has folded some of it meanwhile, or taken a person out of it: what is left is another part.
    #[error("a part of it is folded already, or another than it was")]
    Taken,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Batches that wait, as they are stored.
#[derive(Debug)]
pub struct Waiting {
    workspace: WorkspaceId,
    zone: TimeZone,
    batches: Vec<(BatchId, i64)>,
    bodies: Vec<(SourceId, Vec<u8>)>,
    has_more: bool,
}

/// Batches that were counted.
#[derive(Debug)]
pub struct Part {
    workspace: WorkspaceId,
    zone: String,
    /// Each as it was at a revision.
    batches: Vec<(BatchId, i64)>,
    counted: Counted,
}

impl Waiting {
    /// Whether more waits than fits into it.
    pub const fn has_more(&self) -> bool {
        self.has_more
    }

    /// The batches that wait longest, with up to `most` events together, one batch at the least.
    ///
    /// # Errors
    /// [`DbError`] of the database.
    pub fn next(tx: &mut Tx<'_>, workspace: WorkspaceId, most: usize) -> Result<Option<Self>, DbError> {
        let most_batches = most.clamp(1, BATCHES);
        let limit = i64::try_from(most_batches).unwrap_or(1);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let (mut batches, mut events, mut bytes) = (Vec::new(), 0, 0);
        let pending = log::pending(tx, workspace, limit)?;
        let mut has_more = pending.len() >= most_batches;
        for batch in pending {
            events += batch.events;
            bytes += batch.bytes;
            if !batches.is_empty() && (events > most || bytes > BYTES) {
                has_more = true;
                break;
            }
            batches.push((batch.id, batch.revision));
        }
        if batches.is_empty() {
            return Ok(None);
        }
        let ids: Vec<BatchId> = batches.iter().map(|(id, _)| *id).collect();
        let mut bodies = Vec::with_capacity(ids.len());
        log::bodies(tx, workspace, &ids, |source, body| bodies.push((source, body)))?;
        Ok(Some(Self {
            workspace,
            zone: workspaces::zone(tx, workspace)?,
            batches,
            bodies,
            has_more,
        }))
    }

    /// Reads and counts the events: work for a thread on which nothing waits.
    pub fn counted(self) -> Part {
        let zone = self.zone.iana_name().unwrap_or("UTC").to_owned();
        let mut counted = Counted::in_zone(self.zone);
        for (source, body) in self.bodies {
            each_header(&body, |line| counted.add(line, source));
        }
        Part {
            workspace: self.workspace,
            zone,
            batches: self.batches,
            counted,
        }
    }
}

impl Part {
    /// How many events were counted.
    pub fn events(&self) -> usize {
        self.counted.events()
    }

    /// Whether it is one batch, which is folded whole or not at all.
    pub fn is_least(&self) -> bool {
        self.batches.len() == 1
    }

    /// Adds what was counted to what is stored, works out whose it is, and marks the batches.
    ///
    /// # Errors
    /// [`PartError::Taken`], or the database's.
    pub fn store(&self, tx: &mut Tx<'_>) -> Result<(), PartError> {
        let marked = log::mark_folded(tx, self.workspace, &self.batches, &self.zone)?;
        if marked < self.batches.len() {
            return Err(PartError::Taken);
        }
        let ensured = people::ensure(tx, self.workspace, &self.counted.names)?;
        let concerned = self.connect(tx, &ensured)?;
        let rows = self.rows(tx, &ensured.ids)?;
        let mut placing = Placing::of(self.workspace).with_fresh(ensured.fresh);
        self.lay(tx, &mut placing, rows)?;
        people::settle(tx, &mut placing, self.workspace, (&concerned, &BTreeSet::new()))?;
        touch(tx, self.workspace)?;
        Ok(())
    }

    /// Says which names belong together and which contacts they are; gives those whose past may be another's now.
    fn connect(&self, tx: &mut Tx<'_>, ensured: &Ensured) -> Result<BTreeSet<NameId>, DbError> {
        let ids = &ensured.ids;
        let edges = self.counted.edges.iter();
        let mut edges: Vec<Edge> = edges
            .map(|((from, to), heard)| Edge {
                from: ids[*from],
                to: ids[*to],
                at: heard.at,
                call: heard.call,
                source: heard.source,
            })
            .collect();
        edges.sort_unstable();
        let names = self.counted.names.iter().zip(ids);
        let users = names.filter(|(name, _)| name.kind == NameKind::User);
        let users: HashSet<NameId> = users.map(|(_, id)| *id).collect();
        let in_groups = edges.iter().filter(|edge| !users.contains(&edge.to));
        let in_groups: HashSet<NameId> = in_groups.map(|edge| edge.from).collect();
        let mut concerned = BTreeSet::new();
        for edge in people::join(tx, self.workspace, &edges)? {
            concerned.insert(edge.from);
            // A browser that nobody knew before changes nothing of what a user did with others, unless it says where they are.
            let is_quiet = ensured.fresh.contains(&edge.from) && !in_groups.contains(&edge.from);
            concerned.extend((!is_quiet && users.contains(&edge.to)).then_some(edge.to));
        }
        concerned.extend(people::link(tx, self.workspace, &ensured.users)?);
        Ok(concerned)
    }

    /// What was counted as rows, in the order in which they are stored.
    fn rows(&self, tx: &mut Tx<'_>, ids: &[NameId]) -> Result<Vec<DayRow>, DbError> {
        let features = self.features(tx)?;
        let mut rows: Vec<DayRow> = self
            .counted
            .days
            .iter()
            .map(|((person, group, feature, day), count)| DayRow {
                person: ids[*person],
                group: ids[group.unwrap_or(*person)],
                feature: features[*feature],
                day: *day,
                events: count.events,
                first: Timestamp(count.first),
                last: Timestamp(count.last),
            })
            .collect();
        rows.sort_unstable_by_key(|row| (row.person, row.group, row.feature, row.day));
        Ok(rows)
    }

    /// The ids of the features, made where there are none, in the order in which they were counted.
    fn features(&self, tx: &mut Tx<'_>) -> Result<Vec<FeatureId>, DbError> {
        let mut by_call: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for (number, (call, name)) in self.counted.features.iter().enumerate() {
            by_call.entry(call.as_str()).or_default().insert(name, number);
        }
        let mut found: BTreeMap<usize, FeatureId> = BTreeMap::new();
        for (call, mut names) in by_call {
            let wanted: Vec<&str> = names.keys().copied().collect();
            for (name, id) in store::features(tx, self.workspace, call, &wanted)? {
                found.extend(names.remove(name.as_str()).map(|number| (number, id)));
            }
            let mut made = Vec::with_capacity(names.len());
            for (name, number) in names {
                let id: FeatureId = tx.new_id();
                found.insert(number, id);
                made.push((id, name));
            }
            store::insert_features(tx, self.workspace, call, &made)?;
        }
        Ok(found.into_values().collect())
    }

    /// Adds rows to the days, and lets the numbers of the accounts be found again that they are put down to.
    fn lay(&self, tx: &mut Tx<'_>, placing: &mut Placing, rows: Vec<DayRow>) -> Result<(), DbError> {
        let group_of = |row: &DayRow| Some(row.group).filter(|group| *group != row.person);
        let persons: BTreeSet<NameId> = rows.iter().map(|row| row.person).collect();
        let groups: BTreeSet<NameId> = rows.iter().filter_map(group_of).collect();
        let alone = rows.iter().filter(|row| group_of(row).is_none());
        let alone: BTreeSet<NameId> = alone.map(|row| row.person).collect();
        placing.prepare(tx, (&persons, &alone), &groups)?;
        let mut moved = BTreeSet::new();
        let mut laid: Vec<Laid> = Vec::with_capacity(rows.len());
        for row in rows {
            let (who, account) = placing.whose(tx, (row.person, group_of(&row)), row.day)?;
            moved.extend(account);
            laid.push((row, who, account));
        }
        store::add(tx, self.workspace, &laid)?;
        people::look_in_turn(tx, self.workspace, &moved)
    }
}
