//! All features over the accounts: put together beforehand for everybody's, at once for some accounts.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::text::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::workspaces::WorkspaceId;

use super::counting::store as counted;
use super::store::{self, Summed};
use super::{
    Adoption, AdoptionError, Feature, FeatureCall, Figures, Filter, Mark, NEW_DAYS, WEEKS, Window, must_read,
};
use crate::usage::folding::FeatureId;

/// How many features are looked at.
const MOST: i64 = 20_000;

/// In which order features are listed; numbers begin with the largest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "FeatureSort")]
pub enum Sort {
    /// By how many accounts use them.
    #[default]
    Accounts,
    /// By how many people do.
    People,
    /// By how often.
    Events,
    /// By when they were last used.
    Last,
    /// By name.
    Name,
}

impl Sort {
    /// All, in the order of the columns.
    pub const ALL: [Self; 5] = [Self::Name, Self::Accounts, Self::People, Self::Events, Self::Last];

    /// Its word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::People => "people",
            Self::Events => "events",
            Self::Last => "last",
            Self::Name => "name",
        }
    }

    /// The one of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word)
    }
}

/// Which features, of which accounts, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How many days are looked at.
    pub window: Window,
    /// Which accounts.
    pub filter: Filter,
    /// What they are; all without.
    pub call: Option<FeatureCall>,
    /// What stands out about them; all without.
    pub mark: Option<Mark>,
    /// A part of the name.
    pub q: String,
    /// The order.
    pub sort: Sort,
}

/// A place in the list: whatever comes after it is greater.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spot {
    sort: String,
    value: i64,
    name: String,
    id: FeatureId,
}

impl Spot {
    /// The place of a feature in a list that is sorted like this.
    pub fn of(one: &Adoption, sort: Sort) -> Self {
        let value = match sort {
            Sort::Accounts => one.figures.accounts,
            Sort::People => one.figures.people,
            Sort::Events => one.figures.events,
            Sort::Last => one.last.map_or(0, |at| at.0),
            Sort::Name => 0,
        };
        Self {
            sort: sort.as_str().to_owned(),
            value: -value,
            name: fold(&one.feature.name),
            id: one.feature.id,
        }
    }
}

/// What a list shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The features.
    pub lines: Vec<Adoption>,
    /// How many accounts of those that are looked at did anything in the window.
    pub active: i64,
    /// As of when; none while nothing was counted.
    pub counted_at: Option<Timestamp>,
    /// Whether anything was ever used at all.
    pub has_any: bool,
}

/// A feature in what is kept of all accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    id: FeatureId,
    windows: [Figures; 3],
    weeks: Vec<i64>,
    first: i64,
    last: i64,
}

/// What is kept of all accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Book {
    active: [i64; 3],
    lines: Vec<Line>,
}

/// Up to `limit` features after `after`; of some accounts those alone that any of them ever used.
///
/// # Errors
/// A missing permission, a segment that the actor does not see, or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    wanted: &Wanted,
    after: Option<&Spot>,
    limit: i64,
) -> Result<Found, AdoptionError> {
    must_read(actor)?;
    wanted.filter.checked(tx, actor)?;
    let workspace = actor.workspace;
    let features = store::features(tx, workspace, MOST)?;
    let has_any = !features.is_empty();
    let (mut found, since) = if wanted.filter.is_empty() {
        of_all(tx, workspace, wanted.window)?
    } else {
        of_some(tx, workspace, wanted)?
    };
    let now = tx.now();
    let mut lines: Vec<Adoption> = features
        .into_iter()
        .filter(|feature| wanted.takes(feature))
        .map(|feature| found.take(feature, (now, since)))
        .filter(|one| wanted.marks(one) && (wanted.filter.is_empty() || one.first.is_some()))
        .collect();
    sort(&mut lines, wanted.sort, after, limit);
    if !wanted.filter.is_empty() {
        draw(tx, workspace, &found.accounts, &mut lines)?;
    }
    Ok(Found {
        lines,
        active: found.active,
        counted_at: store::counted_at(tx, workspace)?,
        has_any,
    })
}

/// One feature over all accounts, how many of them did anything, and as of when.
///
/// # Errors
/// [`AdoptionError::Unknown`] for a feature of another workspace, a missing permission, or the database's.
pub(super) fn one(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, window): (FeatureId, Window),
) -> Result<Found, AdoptionError> {
    must_read(actor)?;
    let workspace = actor.workspace;
    let feature = store::find(tx, workspace, id)?.ok_or(AdoptionError::Unknown)?;
    let (mut known, since) = of_all(tx, workspace, window)?;
    let now = tx.now();
    Ok(Found {
        lines: vec![known.take(feature, (now, since))],
        active: known.active,
        counted_at: store::counted_at(tx, workspace)?,
        has_any: true,
    })
}

impl Wanted {
    fn takes(&self, feature: &Feature) -> bool {
        let q = fold(self.q.trim());
        self.call.is_none_or(|call| call == feature.call)
            && (q.is_empty() || fold(&feature.name).contains(&q))
    }

    fn marks(&self, one: &Adoption) -> bool {
        match self.mark {
            None => true,
            Some(Mark::New) => one.is_new,
            Some(Mark::Dropped) => one.figures.is_dropped(),
        }
    }
}

/// What is known of features before they have their names.
#[derive(Debug, Default)]
struct Known {
    active: i64,
    lines: HashMap<FeatureId, (Figures, Vec<i64>, Timestamp, Timestamp)>,
    accounts: Vec<AccountId>,
}

impl Known {
    /// What is known of a feature; `since` is when anything was first used at all. Where that is a short while ago
    /// everything would be new, and nothing is.
    fn take(&mut self, feature: Feature, (now, since): (Timestamp, Option<Timestamp>)) -> Adoption {
        let (figures, weeks, first, last) = match self.lines.remove(&feature.id) {
            Some((figures, weeks, first, last)) => (figures, weeks, Some(first), Some(last)),
            None => (Figures::default(), Vec::new(), None, None),
        };
        let begin = now.minus(Duration::from_secs(NEW_DAYS.unsigned_abs() * 86_400));
        let is_old = since.is_some_and(|since| since < begin);
        Adoption {
            feature,
            figures,
            weeks,
            is_new: is_old && first.is_some_and(|first| first >= begin),
            first,
            last,
        }
    }
}

/// Features over all accounts, and when anything was first used.
fn of_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    window: Window,
) -> Result<(Known, Option<Timestamp>), DbError> {
    let Some(book) = store::kept::<Book>(tx, workspace)? else {
        return Ok((Known::default(), None));
    };
    let since = book.lines.iter().map(|line| Timestamp(line.first)).min();
    let place = window.place();
    let lines = book.lines.into_iter().map(|line| {
        let span = (Timestamp(line.first), Timestamp(line.last));
        (line.id, (line.windows[place], line.weeks, span.0, span.1))
    });
    let known = Known {
        active: book.active[place],
        lines: lines.collect(),
        accounts: Vec::new(),
    };
    Ok((known, since))
}

/// The same over the accounts that a filter leaves; their weeks are read later, for those features alone that are shown.
fn of_some(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    wanted: &Wanted,
) -> Result<(Known, Option<Timestamp>), DbError> {
    let accounts = store::accounts(tx, workspace, &wanted.filter)?;
    let sums = store::sums_of(tx, workspace, wanted.window, &accounts)?;
    let since = sums.iter().map(|(_, _, first, _)| *first).min();
    let lines = sums
        .into_iter()
        .map(|(id, figures, first, last)| (id, (figures, Vec::new(), first, last)));
    let known = Known {
        active: store::active_of(tx, workspace, &accounts)?[wanted.window.place()],
        lines: lines.collect(),
        accounts,
    };
    Ok((known, since))
}

/// Puts the lines in order, and keeps those after a place.
fn sort(lines: &mut Vec<Adoption>, sort: Sort, after: Option<&Spot>, limit: i64) {
    lines.sort_by_cached_key(|one| Spot::of(one, sort));
    if let Some(after) = after.filter(|after| after.sort == sort.as_str()) {
        lines.retain(|one| Spot::of(one, sort) > *after);
    }
    lines.truncate(usize::try_from(limit).unwrap_or_default());
}

/// Reads the weeks of features at some accounts.
fn draw(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    lines: &mut [Adoption],
) -> Result<(), DbError> {
    let ids: Vec<FeatureId> = lines.iter().map(|one| one.feature.id).collect();
    let mut weeks: HashMap<FeatureId, Vec<i64>> = HashMap::new();
    for (feature, bits) in store::weeks_of(tx, workspace, accounts, &ids)? {
        add_weeks(weeks.entry(feature).or_default(), bits);
    }
    for one in lines {
        one.weeks = weeks.remove(&one.feature.id).unwrap_or_default();
    }
    Ok(())
}

/// Adds an account to the weeks in which it used a feature.
fn add_weeks(weeks: &mut Vec<i64>, bits: i64) {
    weeks.resize(usize::try_from(WEEKS).unwrap_or_default(), 0);
    for (week, count) in weeks.iter_mut().rev().enumerate() {
        *count += (bits >> week) & 1;
    }
}

/// Puts all accounts together as they are counted now; gives as of when.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn put_together(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(Timestamp, String), DbError> {
    // What waits moved then: everything before that is counted.
    let at = counted::oldest(tx, workspace)?.unwrap_or_else(|| tx.now());
    let mut weeks: HashMap<FeatureId, Vec<i64>> = HashMap::new();
    store::each_week(tx, workspace, |feature, bits| {
        add_weeks(weeks.entry(feature).or_default(), bits);
    })?;
    let mut lines: BTreeMap<FeatureId, Line> = BTreeMap::new();
    for window in Window::ALL {
        for summed in store::sums(tx, workspace, window)? {
            put(&mut lines, window, summed);
        }
    }
    for (id, line) in &mut lines {
        line.weeks = weeks.remove(id).unwrap_or_default();
    }
    let book = Book {
        active: store::active(tx, workspace)?,
        lines: lines.into_values().collect(),
    };
    let content = serde_json::to_string(&book).expect("numbers and ids can be written");
    Ok((at, content))
}

fn put(lines: &mut BTreeMap<FeatureId, Line>, window: Window, (id, figures, first, last): Summed) {
    let line = lines.entry(id).or_insert_with(|| Line {
        id,
        windows: [Figures::default(); 3],
        weeks: Vec::new(),
        first: first.0,
        last: last.0,
    });
    line.windows[window.place()] = figures;
}

#[cfg(test)]
mod tests;
