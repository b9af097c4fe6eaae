//! What an account does with each feature, over a window that one chooses.

use std::collections::HashMap;
use std::time::Duration;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::Tx;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::{UsageError, WEEKS, store};
use crate::usage::adoption::{Feature, NEW_DAYS, Window, is_dropped};
use crate::usage::folding::FeatureId;

/// How many features are shown.
const SHOWN: i64 = 50;

/// What an account does with a feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The feature.
    pub feature: Feature,
    /// Different people who used it in the window.
    pub people: i64,
    /// Of the people who did anything in the window, the share that used it.
    pub share: f64,
    /// How often.
    pub events: i64,
    /// How often in as many days before.
    pub before: i64,
    /// When it was first used here.
    pub first: Timestamp,
    /// When last.
    pub last: Timestamp,
    /// How often in each of the last weeks, the oldest first.
    pub weeks: Vec<i64>,
    /// Whether it was first used here a short while ago.
    pub is_new: bool,
}

impl Taken {
    /// Whether use fell by more than half.
    pub fn is_dropped(&self) -> bool {
        is_dropped(self.events, self.before)
    }
}

/// What an account used in a window or in as many days before, by most people first.
///
/// # Errors
/// [`UsageError::Unknown`] for an account of no or another workspace, a missing permission, or the database's.
pub fn taken(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    (today, window): (Day, Window),
) -> Result<Vec<Taken>, UsageError> {
    actor.must(Permission::UsageRead)?;
    let workspace = actor.workspace;
    if !accounts::exists(tx, workspace, account)? {
        return Err(UsageError::Unknown);
    }
    let days = window.days();
    let (from, before) = (today.plus_days(1 - days), today.plus_days(1 - 2 * days));
    let mut found = store::taken(tx, workspace, account, (before, from), SHOWN)?;
    let active = store::present(tx, workspace, account, from)?;
    let begun = store::first(tx, workspace, account)?;
    let since = today.plus_days(1 - 7 * WEEKS);
    let weeks = weeks(&store::each_day(tx, workspace, account, since)?, today);
    let begin = tx
        .now()
        .minus(Duration::from_secs(NEW_DAYS.unsigned_abs() * 86_400));
    let is_old = begun.is_some_and(|begun| begun < begin);
    for one in &mut found {
        one.share = if active > 0 {
            one.people as f64 / active as f64
        } else {
            0.0
        };
        one.is_new = is_old && one.first >= begin;
        one.weeks = weeks.get(&one.feature.id).cloned().unwrap_or_default();
    }
    Ok(found)
}

/// What was done on each day as weeks that end today.
fn weeks(rows: &[(FeatureId, Day, i64)], today: Day) -> HashMap<FeatureId, Vec<i64>> {
    let mut weeks: HashMap<FeatureId, Vec<i64>> = HashMap::new();
    let size = usize::try_from(WEEKS).unwrap_or_default();
    for (feature, day, events) in rows {
        let ago = usize::try_from(day.days_until(today).max(0) / 7).unwrap_or(size);
        let line = weeks.entry(*feature).or_insert_with(|| vec![0; size]);
        if let Some(week) = line.iter_mut().rev().nth(ago) {
            *week += events;
        }
    }
    weeks
}

#[cfg(test)]
mod tests {
    use kit::id::{TypedId, Uuid};

    use super::*;

    #[test]
    fn each_day_falls_into_its_week_and_what_is_older_into_none() {
        let today: Day = "2026-11-22".parse().unwrap();
        let feature = FeatureId::from_uuid(Uuid::from_u128(1));
        let rows = [(-1, 1), (0, 2), (6, 4), (7, 8), (90, 16), (91, 32)];
        let rows = rows.map(|(ago, events)| (feature, today.plus_days(-ago), events));
        let weeks = &weeks(&rows, today)[&feature];
        assert_eq!((weeks.len(), weeks[12], weeks[11], weeks[0]), (13, 7, 8, 16));
        assert_eq!(weeks.iter().sum::<i64>(), 31);
    }
}
